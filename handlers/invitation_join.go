package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

// Join lets people answer an invitation by its link.
type Join struct {
	Console *services.Console
}

// JoinPath is where an invitation is answered, once its secret is in a cookie.
const JoinPath = "/join"

const (
	joinCookie   = "__Host-join"
	joinMinutes  = 30
	secretLength = 43 // of 256 bits in base64
)

// Open moves the secret of the link into a short-lived cookie, so that it stays out of referrers, logs and history. It
// asks nothing and changes nothing, however often mail scanners open the link.
func (h Join) Open(c echo.Context) error {
	token := c.Param("token")
	if len(token) != secretLength {
		return models.ErrNotFound
	}
	setJoinCookie(c, token, joinMinutes*60)
	return seeOther(c, JoinPath)
}

func setJoinCookie(c echo.Context, value string, maxAge int) {
	c.SetCookie(&http.Cookie{
		Name: joinCookie, Value: value, Path: "/", MaxAge: maxAge,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func joinToken(c echo.Context) string {
	cookie, err := c.Cookie(joinCookie)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// Show is the invitation, or what became of it.
func (h Join) Show(c echo.Context) error {
	return h.show(c, http.StatusOK, url.Values{}, nil, "")
}

// show draws the invitation. Without a link at hand, who is signed in sees their own invitations.
func (h Join) show(c echo.Context, status int, typed url.Values, wrong []services.FieldError, unheard string) error {
	who, signedIn := services.SessionFrom(c.Request().Context())
	token := joinToken(c)
	if token == "" && signedIn {
		return seeOther(c, ownInvitationsPath)
	}
	page := joinPage{page: bare(c, "Join"), who: who, signedIn: signedIn, now: h.Console.Now(),
		catalog: h.Console.Catalog(), mails: h.Console.Mails(), typed: typed, wrong: wrong, unheard: unheard}
	var err error
	page.joining, err = h.Console.Joining(c.Request().Context(), token)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return Render(c, http.StatusNotFound, page.unknown().Component())
	case err != nil:
		return err
	case page.ended():
		return Render(c, http.StatusGone, page.end().Component())
	}
	return Render(c, status, page.open().Component())
}

// Accept makes the signed-in person a member.
func (h Join) Accept(c echo.Context) error {
	who, _ := services.SessionFrom(c.Request().Context()) // without a session it ends what is void, and is otherwise refused as for another person
	joined, err := h.Console.AcceptByLink(c.Request().Context(), who, joinToken(c), c.RealIP())
	if err != nil {
		return h.again(c, err)
	}
	return h.joined(c, joined)
}

// joined goes on into the organization. What became of an invitation that can't be accepted stands on its page.
func (h Join) joined(c echo.Context, joined services.Joined) error {
	if joined.State != models.InvitationAccepted {
		return seeOther(c, JoinPath)
	}
	setJoinCookie(c, "", -1)
	flash(c, "success", "You joined "+joined.Organization.Name+".", "")
	home := string(siteOf(joined.Organization.Key))
	if session, signedIn := services.SessionFrom(c.Request().Context()); signedIn && session.Person.Name == "" {
		return seeOther(c, with(joinNamePath, views.SignInNext.Name, home)) // a mailed link brought them in, and nobody has asked yet
	}
	return seeOther(c, home)
}

// again goes back to the page of the link, which says what to do next. Other errors are handed on.
func (h Join) again(c echo.Context, err error) error {
	var person services.WrongPerson
	var provider services.WrongProvider
	for _, expected := range []error{services.ErrHasAccount, services.ErrInvitationEnded, models.ErrNotFound} {
		if errors.Is(err, expected) {
			return seeOther(c, JoinPath)
		}
	}
	if errors.Is(err, services.ErrUnproven) {
		return echo.NewHTTPError(http.StatusForbidden, "Your address is not proven yet, and it belongs to a member here. Sign out, and sign in with a link that is "+
			"mailed to the address, or ask your operator to set a password for it. Then open the link of the invitation again: it stays as it is.")
	}
	if errors.As(err, &person) || errors.As(err, &provider) {
		return seeOther(c, JoinPath)
	}
	return err
}

// Create makes an account, accepts and signs in.
func (h Join) Create(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	if _, signedIn := services.SessionFrom(c.Request().Context()); signedIn {
		err := h.Console.SettleInvitation(c.Request().Context(), joinToken(c), c.RealIP())
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return err
		}
		return seeOther(c, JoinPath)
	}
	joined, session, err := h.Console.JoinWithAccount(c.Request().Context(), joinToken(c), services.NewAccount{
		Name: form.Get(views.JoinName.Name), Password: form.Get(views.JoinPassword.Name), Address: c.RealIP(), Device: c.Request().UserAgent(),
	})
	wrong := wrongIn(err)
	var throttled services.Throttled
	switch {
	case len(wrong) > 0:
		return h.show(c, http.StatusUnprocessableEntity, form, wrong, "")
	case errors.As(err, &throttled):
		tellWait(c, throttled)
		return h.show(c, http.StatusTooManyRequests, form, wrong, throttledText(throttled))
	case errors.Is(err, services.ErrTooManyAccounts):
		return Render(c, http.StatusConflict, joinPage{page: bare(c, "Too many accounts")}.tooManyAccounts().Component())
	case err != nil:
		return h.again(c, err)
	case session == "":
		return seeOther(c, JoinPath)
	}
	if err := visitor(c).Begin(session); err != nil {
		return err
	}
	return h.joined(c, joined)
}

// MailLink mails a link to sign in with to the invited address.
func (h Join) MailLink(c echo.Context) error {
	page := joinPage{page: bare(c, "Check your mail")}
	err := h.Console.SendJoinLink(c.Request().Context(), joinToken(c), c.RealIP())
	var throttled services.Throttled
	switch {
	case errors.As(err, &throttled):
		tellWait(c, throttled)
		return Render(c, http.StatusTooManyRequests, page.throttled(throttled.Wait).Component())
	case err != nil:
		return h.again(c, err)
	}
	return Render(c, http.StatusOK, page.mailed().Component())
}

// Decline declines; the link suffices.
func (h Join) Decline(c echo.Context) error {
	if _, err := h.Console.DeclineByLink(c.Request().Context(), joinToken(c), c.RealIP()); err != nil {
		return h.again(c, err)
	}
	return seeOther(c, JoinPath)
}

// Switch signs out a visitor whom the invitation is not for, and comes back.
func (h Join) Switch(c echo.Context) error {
	if err := visitor(c).End(); err != nil {
		return err
	}
	return seeOther(c, JoinPath)
}
