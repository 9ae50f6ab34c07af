package handlers

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// keptFormCookie holds the secret that opens a kept form in the browser that sent it.
var keptFormCookie = shortCookie{"__Host-kept-form", services.KeptFormLife}

// secretFields are left out of what is kept: they are typed again.
var secretFields = []parts.Control{views.PresentPassword, views.NewPassword, views.NewPasswordAgain, views.FactorCode}

// DiscardKeptPath is where a kept form is forgotten.
const DiscardKeptPath = "/kept-form/discard"

// KeptForms brings people back to the form that their session ended in the middle of.
type KeptForms struct {
	Console *services.Console
}

// Entered is what the form of a request holds; nil where its body is none. Of a file it is the name alone: its page says that the file was
// not read, and asks for it again.
func Entered(c echo.Context) (url.Values, error) {
	r := c.Request()
	if strings.HasPrefix(r.Header.Get(echo.HeaderContentType), echo.MIMEApplicationForm) {
		return postForm(c)
	}
	var tooLarge *http.MaxBytesError
	switch err := r.ParseMultipartForm(mostFile); {
	case errors.As(err, &tooLarge):
		return nil, unreadable(err)
	case err != nil:
		return nil, nil
	}
	values := maps.Clone(r.PostForm)
	for name, files := range r.MultipartForm.File {
		values.Set(name, files[0].Filename)
	}
	return values, nil
}

// Keep keeps the form of a request from a browser whose session has ended, and leads to the sign-in page, which leads back to the form.
// models.ErrNoRoom where no more are kept.
func (h KeptForms) Keep(c echo.Context, session services.EndedSession, entered url.Values) error {
	r := c.Request()
	values, path := withoutSecrets(entered), echo.GetPath(r)
	secret, err := h.Console.KeepForm(r.Context(), session, services.KeptForm{Path: path, Query: r.URL.RawQuery, Values: values})
	if err != nil {
		return err
	}
	keptFormCookie.set(c, secret)
	return seeOther(c, SignInFor(resumedPath(path, r.URL.RawQuery)))
}

// withoutSecrets is what may be kept of a form.
func withoutSecrets(form url.Values) url.Values {
	values := maps.Clone(form)
	for _, field := range secretFields {
		values.Del(field.Name)
	}
	values.Del(parts.ResumedName)
	return values
}

// resumedPath is the address at which a kept form is drawn again.
func resumedPath(path, query string) string {
	resumed := url.Values{parts.ResumedName: {"1"}}.Encode()
	if query == "" || len(path)+len(query)+len(resumed) > maxPath/2 { // escaped once more it has to fit into an address
		return path + "?" + resumed
	}
	return path + "?" + query + "&" + resumed
}

const resumedKey = "kept form"

// Redraw turns a request for a form into the one that was sent to have it drawn again, for draw to answer. Nothing can be changed by it.
// Without such a form it is next that answers, and its page says so.
func (h KeptForms) Redraw(c echo.Context, next, draw echo.HandlerFunc) error {
	r := c.Request()
	form, err := visitor(c).DrawnForm(r.URL.Query().Get(parts.DrawnName), echo.GetPath(r))
	if isNotFound(err) {
		c.Set(resumedKey, views.Resumed{Lost: true})
		return next(c)
	}
	if err != nil {
		return err
	}
	r = r.Clone(services.Resuming(r.Context()))
	r.PostForm, r.Form = form.Values, form.Values
	c.SetRequest(r)
	c.Set(redrawnKey, true)
	return draw(c)
}

// Resume turns a request for a form into the one that was kept, for draw to answer. Nothing can be changed by it. Without such a form it
// is next that answers, and its page says so.
func (h KeptForms) Resume(c echo.Context, next, draw echo.HandlerFunc) error {
	secret, err := keptFormCookie.get(c)
	if err != nil {
		secret = ""
	}
	r := c.Request()
	kept, err := h.Console.KeptForm(r.Context(), who(c), secret, echo.GetPath(r))
	if errors.Is(err, models.ErrNotFound) {
		c.Set(resumedKey, views.Resumed{Lost: true})
		return next(c)
	}
	if err != nil {
		return err
	}
	return drawTyped(c, kept.Values, words.Clock(kept.At)+" UTC", draw)
}

// drawTyped has a form drawn with what was entered. Nothing can be changed by it.
func drawTyped(c echo.Context, values url.Values, sent string, draw echo.HandlerFunc) error {
	r := c.Request().Clone(services.Resuming(c.Request().Context()))
	r.PostForm, r.Form = values, values
	c.SetRequest(r)
	c.Set(resumedKey, views.Resumed{Sent: sent, Discard: DiscardKeptPath, Back: echo.GetPath(r)})
	err := draw(c)
	if err != nil {
		c.Set(resumedKey, nil) // the page of an error has no form
	}
	return err
}

// Done forgets the form that was kept, when its person has sent it again or discards it.
func (h KeptForms) Done(c echo.Context) error {
	secret, err := keptFormCookie.get(c)
	if err != nil {
		return nil // nothing is kept in this browser
	}
	keptFormCookie.clear(c)
	return h.Console.DropKeptForm(c.Request().Context(), who(c), secret)
}

// Discard forgets the form that was kept, and shows the page as it is stored.
func (h KeptForms) Discard(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	if err := h.Done(c); err != nil {
		return err
	}
	return seeOther(c, localPath(form.Get(views.DiscardBack), "/"))
}

// resuming tells whether the request draws a kept form again.
func resuming(c echo.Context) bool { return services.IsResuming(c.Request().Context()) }

// resumed is what the page of a kept form says above it; nil on every other page.
func resumed(c echo.Context) *views.Resumed {
	if r, ok := c.Get(resumedKey).(views.Resumed); ok {
		return &r
	}
	return nil
}

// drawnStatus is that of a form which is drawn again: a kept one was not refused.
func drawnStatus(c echo.Context, refused int) int {
	if resuming(c) {
		return http.StatusOK
	}
	return refused
}

// keptForSignIn tells the page on which people sign in what waits behind it; nil where nothing does.
func keptForSignIn(c echo.Context, next string) *parts.Flash {
	_, query, _ := strings.Cut(next, "?")
	values, err := url.ParseQuery(query)
	if _, none := keptFormCookie.get(c); none != nil || err != nil || !values.Has(parts.ResumedName) {
		return nil
	}
	return &parts.Flash{Title: "You are signed out.", Text: "Nothing is lost: sign in, and you come back to your form with everything in it."}
}
