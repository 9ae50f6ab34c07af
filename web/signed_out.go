package web

import (
	"errors"
	"net/http"

	"bailiwick/models"
	"bailiwick/services"
)

// signedOutCookie names the session that a browser had until it was signed out, for an hour. The session's own cookie goes.
const signedOutCookie = "__Host-signed-out"

// ended is the session of ours that the browser had and that has ended; models.ErrNotFound where it has none to tell of.
func ended(r *http.Request, console *services.Console) (services.EndedSession, error) {
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		session, err := console.EndedSession(r.Context(), cookie.Value)
		if !errors.Is(err, models.ErrNotFound) {
			return session, err
		}
	}
	cookie, err := r.Cookie(signedOutCookie)
	if err != nil {
		return services.EndedSession{}, models.ErrNotFound
	}
	return console.SignedOutSession(r.Context(), cookie.Value)
}

// leaveName leaves the name of the session in a browser that signs out. Without one it is signed out as well.
func (v *visitor) leaveName() {
	cookie, err := v.request.Cookie(sessionCookie)
	if err != nil {
		return
	}
	name, err := v.console.NameForSignedOut(v.request.Context(), cookie.Value)
	if err != nil {
		v.log.Warn("name the session that was signed out", "error", err)
		return
	}
	v.setName(name, int(services.NamedAfterSignOut.Seconds()))
}

// dropName takes the name away when somebody signs in.
func (v *visitor) dropName() {
	if _, err := v.request.Cookie(signedOutCookie); err == nil {
		v.setName("", -1)
	}
}

func (v *visitor) setName(name string, maxAge int) {
	http.SetCookie(v.answer, &http.Cookie{Name: signedOutCookie, Value: name, Path: "/", MaxAge: maxAge, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}
