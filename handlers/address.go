package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

const (
	ownAddressPath  = "/profile/address"
	keepOwnPath     = "/profile/address/keep"
	addressNewPath  = "/address/new"
	addressKeepPath = "/address/keep"
)

// addressControls are where the form for a new address of one's own shows the fields of its command.
var addressControls = controls{"Email": views.NewAddress, "Present": views.PresentPassword, "Code": views.FactorCode}

// AddressForm asks for a new mail address of the visitor's own account.
func (h Profile) AddressForm(c echo.Context) error {
	return h.addressForm(c, http.StatusOK, "", nil)
}

func (h Profile) addressForm(c echo.Context, status int, typed string, wrong []services.FieldError, hidden ...parts.Hidden) error {
	person := who(c).Person
	email := views.NewAddressField(typed)
	page := views.GateForm{Page: bare(c, "Change your address"), Action: ownAddressPath, Button: "Email me a link", Hidden: hidden,
		Text:   []string{"We mail a link to the new address. Open it while you are signed in. After that, you sign in with the new address. Nothing else changes. Your present address gets a mail too, and can object."},
		Fields: []parts.Field{email}, Links: []parts.Link{{Label: "Back to your profile", Href: profilePath}}}
	page.Lead = "Your address is " + person.Email + " now."
	if !h.Console.Mails() {
		page.Error = noMailText
	}
	if person.PasswordHash != "" {
		page.Fields = append(page.Fields, passwordField(views.PresentPassword, "current-password"))
	}
	if person.TOTPSecret != "" {
		code := views.FactorCode.Field()
		code.Required, code.Autocomplete = true, "one-time-code"
		page.Fields = append(page.Fields, code)
	}
	page.Errors = fieldErrors(wrong, addressControls.find)
	for i := range page.Fields {
		mark(page.Errors, &page.Fields[i])
	}
	return Render(c, status, page.Component())
}

// AskForAddress mails a link to the new address.
func (h Profile) AskForAddress(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(form.Get(views.NewAddress.Name))
	if resuming(c) {
		return h.addressForm(c, http.StatusOK, typed, nil)
	}
	err = h.Console.AskForAddress(c.Request().Context(), who(c), services.AddressWish{Email: typed, Present: form.Get(views.PresentPassword.Name),
		Code: form.Get(views.FactorCode.Name), Sure: form.Get(views.SureAddress.Name) == typed, Address: c.RealIP()})
	var unsure services.UnsureAddresses
	switch {
	case err == nil:
		flash(c, "success", "A link is on its way to "+typed+".", "Open it while you are signed in. Nothing changes before.")
		return seeOther(c, profilePath)
	case errors.Is(err, services.ErrNoMail):
		return h.addressForm(c, http.StatusUnprocessableEntity, typed, nil)
	case errors.As(err, &unsure):
		return h.addressForm(c, http.StatusUnprocessableEntity, typed, looksWrong(unsure), views.SureAddress.Hidden(typed))
	case len(wrongIn(err)) > 0:
		return h.addressForm(c, http.StatusUnprocessableEntity, typed, wrongIn(err))
	}
	if wrong, throttled := throttledFields(c, "Email", err); throttled {
		return h.addressForm(c, http.StatusTooManyRequests, typed, wrong)
	}
	return err
}

// looksWrong says what an address looks like. Sending it once more confirms it.
func looksWrong(unsure services.UnsureAddresses) []services.FieldError {
	return []services.FieldError{{Field: "Email", Text: "Is this right? " + words.Sentence(unsure.Addresses[0].String()) + " If it is, send it once more."}}
}

// KeepAddress ends the change of the visitor's own address.
func (h Profile) KeepAddress(c echo.Context) error {
	if err := h.Console.KeepOwnAddress(c.Request().Context(), who(c), c.RealIP()); err != nil {
		return err
	}
	flash(c, "success", "You keep your address.", "Links that were mailed no longer work.")
	return seeOther(c, profilePath)
}

// addressPanel says on the profile what is to become of the visitor's address.
func (h Profile) addressPanel(c echo.Context, person models.Person) (views.AddressPanel, error) {
	panel := views.AddressPanel{Email: person.Email, Change: ownAddressPath, Keep: keepOwnPath}
	change, err := h.Console.OwnAddressChange(c.Request().Context(), person)
	if isNotFound(err) {
		return panel, nil
	}
	if err != nil {
		return panel, err
	}
	panel.Pending = &parts.Notice{Title: "Your address will change to " + change.Email + ".", Text: "It changes when you have opened the link that was mailed there, until " + words.Moment(change.ExpiresAt) + "."}
	if change.Proposed() {
		panel.Pending.Tone, panel.Pending.Text = "warning", change.ProposerName+" proposed it. It changes "+proposedWhen(change)+"."
	}
	return panel, nil
}

// proposedWhen is when a proposed address takes its place.
func proposedWhen(change models.AddressChange) string {
	if change.ProvenAt != nil {
		return "on " + words.Moment(change.DueAt)
	}
	return "on " + words.Moment(change.DueAt) + " at the earliest, when the new address has confirmed it"
}

// Addresses are the pages to which the links of a change of an address lead.
type Addresses struct {
	Console *services.Console
}

// OpenNew moves the secret of the link to a new address into a cookie of a few minutes, and OpenKeep that of the link to the one before.
// They change nothing else: mail scanners open links.
func (h Addresses) OpenNew(c echo.Context) error {
	if _, err := h.Console.AddressProof(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	addressProofCookie.set(c, c.Param("token"))
	return seeOther(c, addressNewPath)
}

// OpenKeep is described with OpenNew.
func (h Addresses) OpenKeep(c echo.Context) error {
	if _, err := h.Console.AddressObjection(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	addressObjectionCookie.set(c, c.Param("token"))
	return seeOther(c, addressKeepPath)
}

// AskNew asks whether the account is to get the address. Who asked for it themselves has to be signed in to that account.
func (h Addresses) AskNew(c echo.Context) error {
	token, err := addressProofCookie.get(c)
	if err != nil {
		return err
	}
	change, err := h.Console.AddressProof(c.Request().Context(), token)
	if err != nil {
		return err
	}
	page := views.GateForm{Page: bare(c, "Confirm your address"), Action: addressNewPath, Button: "Use this address"}
	page.Lead = "The account of " + change.EmailBefore + " will get the address " + change.Email + "."
	session, _ := services.SessionFrom(c.Request().Context())
	switch {
	case change.Proposed():
		page.Text = []string{change.ProposerName + " proposed it. It changes on " + words.Moment(change.DueAt) + " at the earliest; until then the present address can object.",
			"From then on the account is signed out everywhere. You set a new password with a link that is mailed to the new address."}
	case session.Person.ID == change.PersonID:
		page.Text = []string{"From then on you sign in with the new address. You are signed out everywhere, here too."}
	default:
		page.Text = []string{"Sign in to the account of " + change.EmailBefore + " to continue. If you don’t know it, close this page: nothing changes."}
		page.Action, page.Links = "", []parts.Link{{Label: "Sign in", Href: SignInFor(addressNewPath), Kind: parts.Primary}}
		if session.Person.ID != 0 {
			page.Action, page.Button, page.Hidden, page.Links = SignOutPath, "Sign out and sign in again", []parts.Hidden{views.SignInNext.Hidden(addressNewPath)}, nil
		}
	}
	return Render(c, http.StatusOK, page.Component())
}

// UseNew proves the new address.
func (h Addresses) UseNew(c echo.Context) error {
	token, err := addressProofCookie.get(c)
	if err != nil {
		return err
	}
	session, _ := services.SessionFrom(c.Request().Context())
	change, err := h.Console.ProveAddress(c.Request().Context(), session, token, c.RealIP())
	if errors.Is(err, services.ErrAnotherAccount) {
		return seeOther(c, addressNewPath)
	}
	if err != nil {
		return err
	}
	addressProofCookie.clear(c)
	if change.Outcome != models.AddressChanged {
		return Render(c, http.StatusOK, views.GateForm{Page: bare(c, "Address confirmed"), Text: []string{
			"Thank you. The address changes " + proposedWhen(change) + ", unless somebody objects from the present address.",
		}, Links: []parts.Link{{Label: "Go to Bailiwick", Href: "/"}}}.Component())
	}
	if session.Person.ID == change.PersonID {
		if err := visitor(c).End(); err != nil {
			return err
		}
	}
	return seeOther(c, with(SignInPath, views.AddressChanged, "changed"))
}

// AskKeep asks whether the account is to keep its address.
func (h Addresses) AskKeep(c echo.Context) error {
	token, err := addressObjectionCookie.get(c)
	if err != nil {
		return err
	}
	change, err := h.Console.AddressObjection(c.Request().Context(), token)
	if err != nil {
		return err
	}
	page := views.GateForm{Page: bare(c, "Keep your address"), Action: addressKeepPath, Button: "Keep my address",
		Text: []string{change.ProposerName + " wants it to be " + change.Email + ".", "If you keep your address, links to the new one no longer work."}}
	page.Lead = "The account has the address " + change.EmailBefore + "."
	return Render(c, http.StatusOK, page.Component())
}

// Keep objects to the change.
func (h Addresses) Keep(c echo.Context) error {
	token, err := addressObjectionCookie.get(c)
	if err != nil {
		return err
	}
	change, err := h.Console.ObjectToAddress(c.Request().Context(), token, c.RealIP())
	if err != nil {
		return err
	}
	addressObjectionCookie.clear(c)
	return Render(c, http.StatusOK, views.GateForm{Page: bare(c, "Your address stays"), Text: []string{
		"The account keeps the address " + change.EmailBefore + ". If you did not ask for another one, set a new password: somebody may know yours.",
	}, Links: []parts.Link{{Label: "Set a new password", Href: forgotPath, Kind: parts.Primary}, {Label: "Go to Bailiwick", Href: "/"}}}.Component())
}
