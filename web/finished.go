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

// questions are what the addresses of questions about one thing end in. Those about many have "many" in them.
var questions = []string{"delete", "duplicate", "reactivate", "renew", "revoke", "rotate", "suspend"}

func asks(pattern string) bool {
	return strings.Contains(pattern, "/-/many/") || slices.Contains(questions, path.Base(pattern))
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
			switch {
			case r.Method == http.MethodGet && mark == "":
				if r.Header.Get("Sec-Fetch-Dest") != "document" || len(r.RequestURI) > longestQuestion {
					return next(c)
				}
				return c.Redirect(http.StatusSeeOther, markedQuestion(r, console.NewFormToken()))
			case r.Method == http.MethodGet:
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
			if r.Method == http.MethodPost && mark != "" && errors.Is(err, services.ErrFormSent) {
				return handlers.DoneAlready(c, listOf(c))
			}
			return err
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
	list := r.URL.EscapedPath()
	for _, below := range []string{"/-/many/", "/-/delete"} {
		list, _, _ = strings.Cut(list, below)
	}
	if list == r.URL.EscapedPath() {
		list = path.Dir(path.Dir(list)) // the thing, and what is asked about it
		if c.Param("group") != "" {
			list = strings.TrimSuffix(list, "/-/invitations")
		}
	}
	values := r.URL.Query()
	for _, name := range []string{parts.QuestionName, parts.StepName, parts.ResumedName} {
		values.Del(name)
	}
	if len(values) == 0 {
		return list
	}
	return list + "?" + values.Encode()
}
