package handlers

import (
	"errors"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// TemporaryAccessActions answers the Action bar of a selected temporary access.
func (h Pages) TemporaryAccessActions(c echo.Context) error {
	bar, err := h.temporaryAccessBar(c, readAccessQuery(c))
	return answerBar(c, bar, err)
}

// temporaryAccessBar is the Action bar for the selected access. A selection that does not exist (any more) is none.
func (h Pages) temporaryAccessBar(c echo.Context, q query) (parts.ActionBar, error) {
	by := caller(c)
	a, err := h.Console.SelectedAccess(c.Request().Context(), by, q.Selected)
	if isNotFound(err) {
		return parts.ActionBar{State: "none", Hint: "Select a request to see what you can do."}, nil
	}
	if err != nil {
		return parts.ActionBar{}, err
	}
	bar := accessBar(siteOf(by.Organization.Key), h.Console.Catalog(), by.Rights, a)
	bar.Selected, bar.Clear = a.Key, q.here(siteOf(by.Organization.Key).temporaryAccesses())
	return bar, nil
}

// accessBar draws what the viewer may do with an access, and says in words what is missing.
func accessBar(s site, catalog *access.Catalog, r access.Rights, a services.SelectedAccess) parts.ActionBar {
	bar := parts.ActionBar{State: "editable", Level: "edit", Word: "Can edit", Subject: services.Signature(a.Name, a.Email), WhyHref: s.why(access.TemporaryAccessDomain, ""),
		Actions: []parts.Action{{Label: "Details", Icon: "panel-right-open", Href: s.temporaryAccess(a.Key)}}}
	if r.May(services.ViewActivities, 0) {
		bar.Actions = append(bar.Actions, parts.Action{Label: "Activity", Icon: "clock", Href: s.activityOf(access.TemporaryAccessDomain, a.ID)})
	}
	switch {
	case a.Status != models.StatusActive: // nothing of it can be edited any more, whoever looks
		bar.State, bar.Level, bar.Word = "readonly", "none", accessMark(a.Status).Word
	case !r.May(services.EditTemporaryAccess, 0):
		bar.State, bar.Level, bar.Word = "readonly", "view", "View only"
	}
	switch {
	case a.Revocable:
		bar.Actions = append(bar.Actions, parts.Action{Label: "Revoke", Icon: "ban", Href: s.revokeTemporary(a.Key), Danger: true})
	case a.Status == models.StatusActive:
		bar.Why = words.YouNeedOn(catalog, "revoke it", services.EditTemporaryAccess)
	default:
		bar.Why = endedAccess(a.TemporaryAccess, a.Status)
	}
	bar.Announce = bar.Subject + " selected, " + words.Lower(bar.Word) + ": " + words.Actions.Count(len(bar.Actions))
	return bar
}

// accessReasons say why an access was revoked, beyond somebody's decision.
var accessReasons = map[string]string{
	services.ReasonSwitchedOff: "when support access was switched off",
	services.ReasonWithdrawn:   "because the vendor no longer allows it",
	services.ReasonClockReset:  "because the clock of the server had been wrong",
}

// endedAccess says what became of an access, and that nothing comes after.
func endedAccess(a models.TemporaryAccess, status models.AccessStatus) string {
	how := "It has expired"
	switch status {
	case models.StatusRevoked:
		how = "It was revoked" + byWords(a.EndedBy)
	case models.StatusEnded:
		how = "Its holder gave it back"
	}
	if why := accessReasons[a.Reason]; why != "" {
		how += " " + why
	}
	return how + ", and can’t be reactivated."
}

// TemporaryAccessRevokeAsk asks before an access is revoked, above its details.
func (h Pages) TemporaryAccessRevokeAsk(c echo.Context) error {
	by := caller(c)
	d, err := h.Console.TemporaryAccessRevocation(c.Request().Context(), by, c.Param("access"))
	if errors.Is(err, services.ErrAccessEnded) {
		return endedBefore(c, d.Key)
	}
	if err != nil {
		return err
	}
	s, told := siteOf(by.Organization.Key), ""
	if h.Console.Mails() {
		told = " A mail tells them."
	}
	return h.temporaryAccessPage(c, d, &parts.Confirm{
		Title: "Revoke the access of " + services.Signature(d.Name, d.Email) + "?", Button: "Revoke access", Danger: true,
		Text: []string{"They lose it with their next click." + told, "What they made stays."}, Final: words.Final("They can ask for another one."),
		Action: s.revokeTemporary(d.Key), Cancel: with(s.temporaryAccesses(), parts.SelectedName, d.Key),
	})
}

// TemporaryAccessRevoke ends an access for good.
func (h Pages) TemporaryAccessRevoke(c echo.Context) error {
	a, err := h.Console.RevokeTemporaryAccess(c.Request().Context(), caller(c), c.Param("access"))
	if errors.Is(err, services.ErrAccessEnded) {
		return endedBefore(c, a.Key)
	}
	if err != nil {
		return err
	}
	flash(c, "success", "Access of "+services.Signature(a.Name, a.Email)+" revoked.", "It ended at this moment.")
	return toAccess(c, a.Key)
}

// endedBefore says that somebody, or the clock, was faster.
func endedBefore(c echo.Context, key string) error {
	flash(c, "warning", "Nothing was done.", "The access has already ended.")
	return toAccess(c, key)
}

// toAccess leads to the list with the access selected.
func toAccess(c echo.Context, key string) error {
	return seeOther(c, with(siteOf(caller(c).Organization.Key).temporaryAccesses(), parts.SelectedName, key))
}

// SubscribeToRequests has the viewer told of each new request by mail.
func (h Pages) SubscribeToRequests(c echo.Context) error {
	if err := h.Console.SubscribeToRequests(c.Request().Context(), caller(c)); err != nil {
		return err
	}
	if h.Console.Mails() {
		flash(c, "success", "Subscribed.", "A mail tells you of each new request, and when one is revoked or expires.")
	} else {
		flash(c, "warning", "Subscribed, but no mail is sent.", noMailServer)
	}
	return seeOther(c, siteOf(caller(c).Organization.Key).temporaryAccesses())
}

// UnsubscribeFromRequests ends that.
func (h Pages) UnsubscribeFromRequests(c echo.Context) error {
	if err := h.Console.UnsubscribeFromRequests(c.Request().Context(), caller(c)); err != nil {
		return err
	}
	flash(c, "success", "Unsubscribed.", "No mail tells you of new requests any more.")
	return seeOther(c, siteOf(caller(c).Organization.Key).temporaryAccesses())
}
