package handlers

import (
	"errors"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// Visitor is the session of the person who sends a request, as far as handlers touch it. Package web keeps it in a cookie and in
// the store. Anonymous visitors have one too; it remembers nothing.
type Visitor interface {
	// Begin signs in: the secret of a new session takes the place of the old session, which ends.
	Begin(token string) error
	// End signs out.
	End() error
	// Flash keeps a message for the next page.
	Flash(message parts.Flash)
	// TakeFlash is the message of the request before; nil where there is none, and from then on.
	TakeFlash() *parts.Flash
	// KeepShownOnce keeps for a page what it shows once, under the mark that it answers with.
	KeepShownOnce(path string, text []byte) (mark string, _ error)
	// ShownOnce is what the page has to show under a mark, until it is taken; models.ErrNotFound where there is nothing. So is take, where
	// another request was quicker.
	ShownOnce(path, mark string) (text []byte, take func() error, err error)
	// KeepDrawnForm keeps a form that was sent to be drawn again, and returns the mark of the address that draws it.
	KeepDrawnForm(form services.KeptForm) (mark string, err error)
	// DrawnForm is the form with the mark that was sent to that path; models.ErrNotFound where it is not kept.
	DrawnForm(mark, path string) (services.KeptForm, error)
	// AccessOver is the temporary access with which the browser's session ended; false where it ended otherwise or goes on.
	AccessOver() (services.AccessOver, bool)
}

const visitorKey = "visitor"

// SetVisitor gives handlers the session of the request.
func SetVisitor(c echo.Context, v Visitor) { c.Set(visitorKey, v) }

// nobody is the visitor of requests that failed before a session was looked up.
type nobody struct{}

var errNoSession = errors.New("no session is kept for this request")

func (nobody) Begin(string) error                           { return errNoSession }
func (nobody) End() error                                   { return errNoSession }
func (nobody) Flash(parts.Flash)                            {}
func (nobody) TakeFlash() *parts.Flash                      { return nil }
func (nobody) KeepShownOnce(string, []byte) (string, error) { return "", errNoSession }
func (nobody) ShownOnce(string, string) ([]byte, func() error, error) {
	return nil, nil, models.ErrNotFound
}
func (nobody) KeepDrawnForm(services.KeptForm) (string, error) { return "", errNoSession }
func (nobody) DrawnForm(string, string) (services.KeptForm, error) {
	return services.KeptForm{}, models.ErrNotFound
}
func (nobody) AccessOver() (services.AccessOver, bool) { return services.AccessOver{}, false }

func visitor(c echo.Context) Visitor {
	if v, ok := c.Get(visitorKey).(Visitor); ok {
		return v
	}
	return nobody{}
}

// flash keeps a message for the next page: tone is success, warning or danger.
func flash(c echo.Context, tone, title, text string) {
	message := parts.Flash{Tone: tone, Title: title, Text: text}
	if id := services.Undoable(c.Request().Context()); id != 0 && tone == "success" {
		message.Undo = siteOf(caller(c).Organization.Key).activityUndo(id)
	}
	visitor(c).Flash(message)
}

// takeFlash is the message of the request before, for the page that shows it.
func takeFlash(c echo.Context) *parts.Flash { return visitor(c).TakeFlash() }

// bare is a page outside of every organization.
func bare(c echo.Context, title string) views.Page {
	return views.Page{Title: title, Theme: theme(c), Flash: takeFlash(c), Resumed: resumed(c)}
}
