package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"

	"github.com/gorilla/sessions"
	"github.com/labstack/echo/v4"

	"bailiwick/handlers"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

const (
	sessionCookie = "__Host-sid"
	knownCookie   = "__Host-known"
	flashValue    = "flash"
	foundValue    = "found"
)

// sessionStore keeps gorilla sessions in our own table, so that they can be ended there. The cookie holds a random secret
// and nothing else; its digest is the key of the row. Anonymous visitors have neither.
type sessionStore struct {
	console *services.Console
}

// Get is the session of a request, read once.
func (s sessionStore) Get(r *http.Request, name string) (*sessions.Session, error) {
	return sessions.GetRegistry(r).Get(s, name)
}

// New reads the session behind the cookie. A secret that opens nothing makes a visitor anonymous; a database that does
// not answer is an error, or everybody would seem to be signed out.
func (s sessionStore) New(r *http.Request, name string) (*sessions.Session, error) {
	session := sessions.NewSession(s, name)
	session.IsNew = true
	session.Options = &sessions.Options{Path: "/", Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	cookie, err := r.Cookie(name)
	if err != nil || cookie.Value == "" {
		return session, nil
	}
	found, err := s.console.Session(r.Context(), cookie.Value)
	if errors.Is(err, models.ErrNotFound) {
		return session, nil
	}
	if err != nil {
		return session, fmt.Errorf("read the session: %w", err)
	}
	session.ID, session.IsNew = cookie.Value, false
	session.Values[foundValue] = found
	session.Values[flashValue] = found.Flash
	return session, nil
}

// Save writes the cookie of a session that has begun, and clears that of one that has ended (MaxAge below zero). The row
// itself was made by services.SignIn and ends in services.EndSession; of its values only the flash is written here.
func (s sessionStore) Save(r *http.Request, w http.ResponseWriter, session *sessions.Session) error {
	if session.Options.MaxAge < 0 || session.IsNew {
		http.SetCookie(w, sessions.NewCookie(session.Name(), session.ID, session.Options))
	}
	if session.ID == "" {
		return nil
	}
	flash, _ := session.Values[flashValue].(string)
	return s.console.SetFlash(r.Context(), session.ID, flash)
}

// visitor is the session of one request as handlers see it.
type visitor struct {
	console *services.Console
	session *sessions.Session
	request *http.Request
	answer  http.ResponseWriter
	log     *slog.Logger
	changed bool
}

// Begin puts a new session in the place of the old one, whose row ends: no secret from before signing in stays valid.
func (v *visitor) Begin(token string) error {
	if err := v.endRow(); err != nil {
		return err
	}
	v.session.ID, v.session.IsNew, v.changed = token, true, true
	v.session.Values[flashValue] = ""
	v.dropName()
	v.remember(token)
	return nil
}

// remember makes the browser one that knows the session's person. Without that they are signed in as well.
func (v *visitor) remember(token string) {
	cookie, err := v.console.RememberBrowser(v.request.Context(), token)
	if err != nil {
		v.log.Warn("remember the browser", "error", err)
		return
	}
	http.SetCookie(v.answer, &http.Cookie{Name: knownCookie, Value: cookie, Path: "/", MaxAge: int(services.KnownBrowserLife.Seconds()),
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// inBrowser is the request with what its browser keeps of those who have signed in there.
func inBrowser(r *http.Request) *http.Request {
	cookie, err := r.Cookie(knownCookie)
	if err != nil {
		return r
	}
	return r.WithContext(services.WithBrowser(r.Context(), cookie.Value))
}

// End deletes the row at once and the cookie with the answer. What stays in the browser opens nothing.
func (v *visitor) End() error {
	if err := v.endRow(); err != nil {
		return err
	}
	v.leaveName()
	v.session.ID, v.session.Options.MaxAge, v.changed = "", -1, true
	return nil
}

func (v *visitor) endRow() error {
	if v.session.ID == "" {
		return nil
	}
	return v.console.EndSession(v.request.Context(), v.session.ID)
}

// Flash keeps a message in the row of the session. Anonymous visitors have none, so it is lost on them.
func (v *visitor) Flash(message parts.Flash) {
	text, err := json.Marshal(message)
	if err != nil {
		return // three strings always marshal
	}
	v.session.Values[flashValue], v.changed = string(text), true
}

// TakeFlash is the message of the request before, once.
func (v *visitor) TakeFlash() *parts.Flash {
	text, _ := v.session.Values[flashValue].(string)
	if text == "" {
		return nil
	}
	v.session.Values[flashValue], v.changed = "", true
	var message parts.Flash
	if err := json.Unmarshal([]byte(text), &message); err != nil {
		return nil // written by another version of the program
	}
	return &message
}

// KeepShownOnce is sealed with the secret of the session, which no row has.
func (v *visitor) KeepShownOnce(path string, text []byte) (mark string, _ error) {
	mark, err := v.console.KeepShownOnce(v.request.Context(), v.session.ID, path, text)
	if err != nil {
		v.log.Error("keep what is shown once", "error", err) // the page can be drawn without
	}
	return mark, err
}

// errReadAhead refuses a page that a browser reads before anybody asks for it, and that shows something once.
var errReadAhead = echo.NewHTTPError(http.StatusForbidden, "This page is not read ahead. Open it.")

// ShownOnce is what a page of the session shows once, and what takes it. Who looks at the head of the page, or follows a link of another
// site to it, takes nothing: the last is shown it, and finds it there again.
func (v *visitor) ShownOnce(path, mark string) (text []byte, take func() error, _ error) {
	if readAhead(v.request) {
		return nil, nil, errReadAhead
	}
	shown, err := v.console.ShownOnce(v.request.Context(), v.session.ID, path, mark)
	if err != nil {
		return nil, nil, err
	}
	take = func() error { return v.console.TakeShownOnce(v.request.Context(), shown) }
	if methodOf(v.request) == http.MethodHead || v.request.Header.Get("Sec-Fetch-Site") == "cross-site" {
		take = func() error { return nil }
	}
	return shown.Text, take, nil
}

// readAhead tells whether a browser asks for a page because somebody might open it.
func readAhead(r *http.Request) bool {
	for _, header := range []string{"Sec-Purpose", "Purpose", "X-Moz"} {
		if strings.HasPrefix(strings.ToLower(r.Header.Get(header)), "prefetch") {
			return true
		}
	}
	return false
}

// KeepDrawnForm is sealed with the secret of the session, as what is shown once is.
func (v *visitor) KeepDrawnForm(form services.KeptForm) (string, error) {
	mark, err := v.console.KeepDrawnForm(v.request.Context(), v.session.ID, form)
	if err != nil && !errors.Is(err, models.ErrNoRoom) {
		v.log.Error("keep a form that is drawn again", "error", err) // it can be drawn without
	}
	return mark, err
}

// DrawnForm is such a form.
func (v *visitor) DrawnForm(mark, path string) (services.KeptForm, error) {
	return v.console.DrawnForm(v.request.Context(), v.session.ID, mark, path)
}

// AccessOver is read only where somebody has to be told: on the page on which people sign in, and where a request is refused.
func (v *visitor) AccessOver() (services.AccessOver, bool) {
	cookie, err := v.request.Cookie(sessionCookie)
	if err != nil || v.session.ID != "" {
		return services.AccessOver{}, false
	}
	over, err := v.console.AccessOver(v.request.Context(), cookie.Value)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		v.log.Warn("read the access with which a session ended", "error", err) // the page can do without
	}
	return over, err == nil
}

// keepSession reads the session and writes it ahead of the answer's first byte, where it has changed.
func keepSession(console *services.Console, log *slog.Logger) echo.MiddlewareFunc {
	store := sessionStore{console}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			session, err := store.Get(c.Request(), sessionCookie)
			if err != nil {
				return err
			}
			c.SetRequest(inBrowser(c.Request()))
			v := &visitor{console: console, session: session, request: c.Request(), answer: c.Response(), log: log}
			handlers.SetVisitor(c, v)
			c.Response().Before(func() {
				if !v.changed {
					return
				}
				if err := session.Save(v.request, c.Response()); err != nil {
					log.Error("keep the session", "id", idOf(c), "error", err)
				}
			})
			if found, ok := session.Values[foundValue].(services.Session); ok {
				c.SetRequest(c.Request().WithContext(services.WithSession(c.Request().Context(), found)))
			}
			return next(c)
		}
	}
}
