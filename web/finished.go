package web

import (
	"errors"
	"net/http"
	"path"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/handlers"
	"bailiwick/services"
	"bailiwick/views/parts"
)

// questions are what the addresses of questions about one thing end in, and of their answers. Those about many end in "many" and what is
// asked. TestEveryQuestionIsAskedOnce compares them with the routes.
var questions = []string{"address", "delete", "duplicate", "reactivate", "renew", "revoke", "rotate", "suspend", "withdraw"}

func asks(pattern string) bool {
	return strings.HasPrefix(pattern, organizations) && (strings.HasSuffix(path.Dir(pattern), "/-/many") || slices.Contains(questions, path.Base(pattern)))
}

// longestQuestion is the longest address that gets a mark: it has to fit into the answers of proxies.
const longestQuestion = 2500

// finished keeps a question that was answered from being asked again by who goes back to it. A browser that opens one is sent on to its
// address with a mark; the answer uses the mark up together with what it does, and from then on that address leads to the list.
func finished(console *services.Console) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			if !asks(c.Path()) {
				return next(c)
			}
			mark := r.URL.Query().Get(parts.QuestionName)
			if r.Method == http.MethodGet && !console.FormInTime(mark) { // none, or one of yesterday: nobody can tell whether it was answered
				if r.Header.Get("Sec-Fetch-Dest") == "document" && len(r.RequestURI) <= longestQuestion {
					return c.Redirect(http.StatusSeeOther, markedQuestion(r, console.NewFormToken()))
				}
				mark = ""
			}
			if r.Method == http.MethodGet && mark != "" {
				sent, err := console.FormSent(r.Context(), mark)
				if err != nil {
					return err
				}
				if sent {
					return handlers.DoneAlready(c, listOf(c))
				}
			}
			ctx := services.Answering(r.Context(), mark)
			c.SetRequest(r.WithContext(parts.WithQuestion(ctx, mark)))
			err := next(c)
			switch {
			case r.Method != http.MethodPost || mark == "" || !errors.Is(err, services.ErrFormSent):
				return err
			case !console.FormInTime(mark):
				return handlers.SentOrOld(c, listOf(c))
			}
			return handlers.DoneAlready(c, listOf(c))
		}
	}
}

func markedQuestion(r *http.Request, mark string) string {
	values := r.URL.Query()
	values.Set(parts.QuestionName, mark)
	return r.URL.EscapedPath() + "?" + values.Encode()
}

// listOf is the list that a question is asked above, as it stands in the question's address.
func listOf(c echo.Context) string {
	r := c.Request()
	list := strings.TrimSuffix(r.URL.EscapedPath(), "/withdraw") // of what the address of a member asks
	below := false
	for _, of := range []string{"/-/many/", "/-/delete"} {
		above, _, found := strings.Cut(list, of)
		list, below = above, below || found
	}
	if !below {
		list = path.Dir(path.Dir(list)) // the thing, and what is asked about it
		if c.Param("group") != "" {
			list = strings.TrimSuffix(list, "/-/invitations")
		}
	}
	values := r.URL.Query()
	for _, name := range []string{parts.QuestionName, parts.StepName, parts.ResumedName, parts.DrawnName} {
		values.Del(name)
	}
	if len(values) == 0 {
		return list
	}
	return list + "?" + values.Encode()
}
