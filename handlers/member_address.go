package handlers

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// MemberAddressAsk asks for another mail address of a member, above the list, or whether to withdraw what was proposed.
func (h Pages) MemberAddressAsk(c echo.Context) error {
	by := caller(c)
	a, err := h.Console.MemberAddress(c.Request().Context(), by, memberOf(c))
	if err != nil {
		return err
	}
	if a.Change == nil {
		return h.askAddress(c, http.StatusOK, a, "", nil)
	}
	dialog := withdrawDialog(readMembersQuery(c), siteOf(by.Organization.Key), a)
	return h.memberList(c, http.StatusOK, func(page *views.Members) { page.Removal = dialog })
}

// askAgain asks for the address once more, with what was typed.
func (h Pages) askAgain(c echo.Context, status int, typed string, wrong []services.FieldError, hidden ...parts.Hidden) error {
	a, err := h.Console.MemberAddress(c.Request().Context(), caller(c), memberOf(c))
	if err != nil {
		return err
	}
	return h.askAddress(c, status, a, typed, wrong, hidden...)
}

func (h Pages) askAddress(
	c echo.Context, status int, a services.MemberAddress, typed string, wrong []services.FieldError, hidden ...parts.Hidden,
) error {
	s := siteOf(caller(c).Organization.Key)
	switch {
	case a.Why != nil:
		return addressRefused(c, s, a, a.Why)
	case !h.Console.Mails():
		flash(c, "danger", "The address can’t be changed.", noMailServer)
		return seeOther(c, selectedMember(c, s, a.Member.ID))
	}
	dialog := proposeDialog(readMembersQuery(c), s, a, typed, wrong, hidden)
	return h.memberList(c, status, func(page *views.Members) { page.Removal = dialog })
}

// memberAddressControls are where the question shows the field of its command.
var memberAddressControls = controls{"Email": views.NewAddress}

func proposeDialog(q query, s site, a services.MemberAddress, typed string, wrong []services.FieldError, hidden []parts.Hidden) *views.Departure {
	email := views.NewAddressField(typed)
	email.Autocomplete = "off"
	mark(fieldErrors(wrong, memberAddressControls.find), &email)
	return &views.Departure{Confirm: parts.Confirm{Title: "Change the address of " + memberName(a.Member) + "?", Button: "Propose address", Hidden: hidden,
		Action: q.here(s.member(a.Member.ID) + "/address"), Cancel: q.selecting(s.memberList(), memberKey(a.Member.ID)), Name: &email,
		Text: []string{whoExactly(a.Member), "The new address gets a link to confirm it. The present address gets a mail too, and can object for " + words.Duration(services.ObjectionTime) +
			". The address changes after that. The member is then signed out and sets a new password."}}}
}

// withdrawDialog says what was proposed.
func withdrawDialog(q query, s site, a services.MemberAddress) *views.Departure {
	return &views.Departure{Confirm: parts.Confirm{Title: "Withdraw the new address of " + memberName(a.Member) + "?", Button: "Withdraw",
		Action: q.here(s.member(a.Member.ID) + "/address/withdraw"), Cancel: q.selecting(s.memberList(), memberKey(a.Member.ID)),
		Text: []string{whoExactly(a.Member), a.Change.ProposerName + " proposed " + a.Change.Email + ". It changes " + proposedWhen(*a.Change) + ".",
			"Withdraw it, and the links that were mailed no longer work. Then you can propose another one."}}}
}

// addressRefused says why the viewer proposes nothing.
func addressRefused(c echo.Context, s site, a services.MemberAddress, why error) error {
	switch {
	case errors.Is(why, services.ErrOneself):
		return seeOther(c, ownAddressPath)
	case errors.Is(why, services.ErrOnlyThemselves):
		flash(c, "warning", "You can’t change this address.", "Only "+services.Signature(a.Member.Name, a.Member.Email)+" can, in their profile.")
		return seeOther(c, selectedMember(c, s, a.Member.ID))
	}
	return why
}

// MemberAddressPropose proposes another mail address for a member.
func (h Pages) MemberAddressPropose(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	var unsure services.UnsureAddresses
	by, id, typed := caller(c), memberOf(c), strings.TrimSpace(form.Get(views.NewAddress.Name))
	if resuming(c) {
		return h.askAgain(c, http.StatusOK, typed, nil)
	}
	change, err := h.Console.ProposeAddress(c.Request().Context(), by, id, services.AddressProposal{Email: typed, Sure: form.Get(views.SureAddress.Name) == typed})
	switch {
	case err == nil:
		flash(c, "success", "New address proposed.", "A link is on its way to "+change.Email+". It changes "+proposedWhen(change)+", unless "+change.EmailBefore+" objects.")
		return seeOther(c, selectedMember(c, siteOf(by.Organization.Key), id))
	case errors.Is(err, services.ErrOneself), errors.Is(err, services.ErrOnlyThemselves), errors.Is(err, services.ErrNoMail):
		return h.askAgain(c, http.StatusUnprocessableEntity, typed, nil)
	case errors.As(err, &unsure):
		return h.askAgain(c, http.StatusUnprocessableEntity, typed, looksWrong(unsure), views.SureAddress.Hidden(typed))
	case len(wrongIn(err)) > 0:
		return h.askAgain(c, http.StatusUnprocessableEntity, typed, wrongIn(err))
	}
	if wrong, throttled := throttledFields(c, "Email", err); throttled {
		return h.askAgain(c, http.StatusTooManyRequests, typed, wrong)
	}
	return err
}

// MemberAddressWithdraw withdraws what was proposed.
func (h Pages) MemberAddressWithdraw(c echo.Context) error {
	by, id := caller(c), memberOf(c)
	err := h.Console.WithdrawAddress(c.Request().Context(), by, id)
	if err != nil {
		return err
	}
	flash(c, "success", "The address stays.", "Links that were mailed no longer work.")
	return seeOther(c, selectedMember(c, siteOf(by.Organization.Key), id))
}
