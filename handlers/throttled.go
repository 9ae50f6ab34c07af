package handlers

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/words"
)

// tellWait says to programs when to try again.
func tellWait(c echo.Context, throttled services.Throttled) {
	seconds := max(1, int(math.Ceil(throttled.Wait.Seconds())))
	c.Response().Header().Set(echo.HeaderRetryAfter, strconv.Itoa(seconds))
}

// throttledFields says at its field that an attempt was not heard, and to programs when to try again; false for every other error.
func throttledFields(c echo.Context, field string, cause error) ([]services.FieldError, bool) {
	var throttled services.Throttled
	if !errors.As(cause, &throttled) {
		return nil, false
	}
	tellWait(c, throttled)
	return []services.FieldError{{Field: field, Text: throttledText(throttled)}}, true
}

// throttledText says what to do about an attempt that was not heard.
func throttledText(throttled services.Throttled) string {
	if throttled.Busy {
		return fmt.Sprintf("Too many people are signing in at the moment. Wait %s, then try again.", words.Remaining(throttled.Wait))
	}
	return fmt.Sprintf("Too many attempts failed. Wait %s, then try again.", words.Remaining(throttled.Wait))
}

// throttledText tells who signs in of the other ways as well.
func (h SignIn) throttledText(throttled services.Throttled) string {
	text := throttledText(throttled)
	if throttled.Busy {
		return text
	}
	text += " If you can’t wait, use another browser in which you have signed in before"
	if h.Console.Mails() {
		return text + ", or press “Email me a link”."
	}
	return text + "."
}

// tooManyLinks says what to do where no further link is mailed: an earlier one still works.
func tooManyLinks(wait time.Duration) string {
	return fmt.Sprintf("Too many links were asked for. If one was mailed to you in the last %s, it still works: look into your mailbox, "+
		"and in the spam folder. If not, wait %s, then ask again.", words.Remaining(services.LinkLife), words.Remaining(wait))
}
