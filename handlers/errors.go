package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// Refuse answers with the page for an error whose status is decided. The reference is the id of the request in the log.
// Inside an organization the page keeps the navigation.
func (h Pages) Refuse(c echo.Context, status int, cause error, reference string) error {
	page := h.refusalFrame(c)
	var forbidden services.Forbidden
	if status == http.StatusForbidden && errors.As(cause, &forbidden) {
		return Render(c, status, h.forbidden(c, page, forbidden.Need).Component())
	}
	var throttled services.Throttled
	if errors.As(cause, &throttled) {
		tellWait(c, throttled)
	}
	refusal := h.refusal(c, page, status, cause, reference)
	refusal.Links = ways(c)
	if status == http.StatusUnauthorized {
		if over := accessOverSaid(c); over != "" {
			c.Response().Header().Set(accessOverHeader, "1")
			refusal.Heading, refusal.Text = over, []string{"Nothing was saved. What you made before stays."}
		}
		refusal.Links = []parts.Link{{Label: "Sign in", Href: SignInFor(h.cameFrom(c)), Kind: parts.Primary}}
	}
	return Render(c, status, refusal.Component())
}

// refusalFrame is the frame of the organization where the visitor may enter it, and a bare page otherwise: also when the
// frame can't be read, since then the database may be the very reason.
func (h Pages) refusalFrame(c echo.Context) views.Page {
	if caller(c).Enters() {
		if page, err := h.page(c, place{}); err == nil {
			return page
		}
	}
	return bare(c, "")
}

// forbidden names the missing need and who can grant it, never the thing (R15).
func (h Pages) forbidden(c echo.Context, p views.Page, need access.Need) views.ErrorPage {
	administrators, err := h.Console.Administrators(c.Request().Context(), caller(c))
	if err != nil {
		administrators = nil // the refusal stands without them
	}
	page := views.Forbidden(p, forbiddenWords[need.Ability], words.Need(h.Console.Catalog(), need), administratorsToAsk(administrators))
	page.Links = append(ways(c), whyForbidden(c, need)...)
	return page
}

var forbiddenWords = map[access.Ability]string{
	access.View: "open this page", access.Edit: "change this", access.Create: "add this",
	access.Allowed: "do this", access.Push: "push here",
}

// ways lead on from a page of refusal.
func ways(c echo.Context) []parts.Link {
	if by := caller(c); by.Enters() {
		return []parts.Link{{Label: "Go to " + by.Organization.Name, Href: string(siteOf(by.Organization.Key)), Kind: parts.Primary}}
	}
	return []parts.Link{{Label: "Go to the start", Href: "/", Kind: parts.Primary}}
}

// refusalTexts are the pages that are told apart by their status alone.
var refusalTexts = map[int]struct{ icon, title, heading, text string }{
	http.StatusBadRequest: {"triangle-alert", "Not understood", "This request could not be read",
		"Go back and try again."},
	http.StatusUnauthorized: {"lock", "Signed out", "You are signed out",
		"Nothing was saved. Sign in again and repeat your change."},
	http.StatusForbidden: {"lock", "Not allowed", "This request was refused",
		"The request did not come from this console. Open the page here and try again."},
	http.StatusMethodNotAllowed: {"search-x", "Not possible", "This address does not work that way",
		"Go back and use the buttons of the page."},
	http.StatusGone: {"search-x", "No longer valid", "This link no longer works",
		"It has been used or has expired. Ask for a new one, or sign in if your account exists."},
	http.StatusRequestEntityTooLarge: {"triangle-alert", "Too large", "You sent too much",
		"Nothing was saved. Go back and choose less."},
	http.StatusTooManyRequests: {"hourglass", "Too many attempts", "Too many attempts",
		"Wait a while, then try again."},
	http.StatusConflict: {"triangle-alert", "Not done", "This could not be done",
		lastAdministrator},
	http.StatusUnprocessableEntity: {"triangle-alert", "Not saved", "This could not be saved",
		"Nothing was changed. Go back, correct it and try again."},
	http.StatusInsufficientStorage: {"cloud-off", "No space left", "The console has no space left to store this",
		"Nothing was saved. Ask your operator to make room, then try again."},
}

// refusal is the page for a status. A sentence of our own inside the error takes the place of the general one.
func (h Pages) refusal(c echo.Context, p views.Page, status int, cause error, reference string) views.ErrorPage {
	last := errors.Is(cause, services.ErrLastAdministrator)
	switch {
	case status == http.StatusNotFound:
		return views.NotFound(p)
	case status == http.StatusConflict && !last:
		return views.Stale(p)
	case status == http.StatusServiceUnavailable:
		return unavailable(c, p, cause, reference)
	}
	text, known := refusalTexts[status]
	if !known {
		return views.Failed(p, reference)
	}
	p.Title, p.Heading = text.title, text.heading
	page := views.ErrorPage{Page: p, Icon: text.icon, Text: []string{text.text}}
	if own := h.ownWords(cause); own != "" {
		page.Text = []string{own}
	}
	return page
}

// ownWords is what an error has to say to the reader: only texts that were written for them.
func (h Pages) ownWords(cause error) string {
	var invalid services.Invalid
	var duplicate services.NotDuplicable
	var high services.TooHigh
	var throttled services.Throttled
	var refused *echo.HTTPError
	switch {
	case errors.As(cause, &throttled):
		return throttledText(throttled)
	case errors.As(cause, &duplicate):
		return refusalWords(h.Console.Catalog(), duplicate.Refusal)
	case errors.As(cause, &high):
		return words.Sentence(words.Beyond(h.Console.Catalog(), high.Excess))
	case errors.As(cause, &services.BringsNobodyIn{}):
		return words.Upper(words.BringsNobodyIn) + ". An administrator of the organization can add and invite people."
	case errors.As(cause, &invalid) && len(invalid.Fields) > 0:
		return invalid.Fields[0].Text
	case errors.Is(cause, services.ErrLastAdministrator):
		return lastAdministrator
	case errors.Is(cause, services.ErrOneself):
		return "You can’t do this to yourself. Ask another administrator."
	case errors.Is(cause, services.ErrAdministrators):
		return words.Sentence(words.AdministratorsStay)
	case errors.Is(cause, services.ErrTemplate):
		return "The template decides what this key may do."
	case errors.As(cause, &refused):
		if text, ok := refused.Message.(string); ok && text != http.StatusText(refused.Code) {
			return text
		}
	}
	return ""
}
