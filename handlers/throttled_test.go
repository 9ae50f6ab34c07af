package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

func TestAWaitIsToldToPrograms(t *testing.T) {
	for wait, want := range map[time.Duration]string{0: "1", 300 * time.Millisecond: "1", 59*time.Second + 1: "60", time.Hour: "3600"} {
		c := asked(services.Caller{}, http.MethodPost, "/")
		wrong, heard := throttledFields(c, "Code", fmt.Errorf("sign in: %w", services.Throttled{Wait: wait}))
		if got := c.Response().Header().Get("Retry-After"); got != want || !heard || textOf(wrong, "Code") == "" {
			t.Errorf("%s: %q, %+v", wait, got, wrong)
		}
	}
	c := asked(services.Caller{}, http.MethodPost, "/")
	if _, heard := throttledFields(c, "Code", models.ErrConflict); heard || c.Response().Header().Get("Retry-After") != "" {
		t.Error("another error is told as one that was not heard")
	}
}

func TestWhoMustWaitIsToldOfTheOtherWaysIn(t *testing.T) {
	const failed, busy = "Too many attempts failed. Wait 2 minutes, then try again.", "Too many people are signing in at the moment. Wait 1 minute, then try again."
	const browser = " If you can’t wait, use another browser in which you have signed in before"
	for _, c := range []struct {
		mailFrom  string
		throttled services.Throttled
		want      string
	}{
		{"", services.Throttled{Wait: 2 * time.Minute}, failed + browser + "."},
		{"console@example.com", services.Throttled{Wait: 2 * time.Minute}, failed + browser + ", or press “Email me a link”."},
		{"console@example.com", services.Throttled{Wait: time.Minute, Busy: true}, busy},
	} {
		if got := (SignIn{Console: console(c.mailFrom)}).throttledText(c.throttled); got != c.want {
			t.Errorf("%+v: %s", c.throttled, got)
		}
	}
	if got := tooManyLinks(5 * time.Minute); !strings.Contains(got, "in the last 15 minutes") || !strings.Contains(got, "wait 5 minutes") {
		t.Errorf("of links: %s", got)
	}
}
