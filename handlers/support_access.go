package handlers

import (
	"errors"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// supportPanel says whether the vendor's personnel can ask for temporary access, and turns that round.
func supportPanel(on bool, s site) views.SupportPanel {
	if !on {
		return views.SupportPanel{State: "Support access is off", Action: s.supportAccess(),
			Text: "The vendor’s personnel can’t ask for temporary access.",
			Turn: parts.Option{Value: "yes", Label: "Switch support access on"}}
	}
	return views.SupportPanel{On: true, State: "Support access is on", Action: s.supportAccess(),
		Text: "The vendor’s personnel can ask for temporary access, as far as their category allows. Administrators see it on the page Temporary access and can revoke it.",
		Turn: parts.Option{Value: "no", Label: "Switch support access off"}}
}

// confirmSupportOff is asked where access runs that would end.
func confirmSupportOff(o services.OrganizationSettings, _ services.Caller, at site) *parts.Confirm {
	return &parts.Confirm{
		Title: "Switch support access to " + o.Name + " off?", Button: "Switch it off", Danger: true,
		Text:   []string{"Somebody of the vendor has temporary access now. It ends immediately."},
		Final:  words.Final("Nobody can ask for another access until you switch support access on again."),
		Action: at.supportAccess(), Cancel: at.settings(),
		Hidden: []parts.Hidden{{Name: views.SupportAccess, Value: "no"}, {Name: parts.ConfirmSupportOff, Value: "yes"}},
	}
}

// SupportAccessUpdate switches support access on or off.
func (h Pages) SupportAccessUpdate(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	on := form.Get(views.SupportAccess) == "yes"
	err = h.Console.SetSupportAccess(c.Request().Context(), caller(c), on, form.Get(parts.ConfirmSupportOff) == "yes")
	var confirm services.NeedsConfirmation
	if errors.As(err, &confirm) {
		return h.organizationPage(c, confirmSupportOff)
	}
	if err != nil {
		return err
	}
	if on {
		flash(c, "success", "Support access is on.", "")
	} else {
		flash(c, "success", "Support access is off.", "The vendor’s personnel have no temporary access, and can’t ask for it.")
	}
	return seeOther(c, siteOf(caller(c).Organization.Key).settings())
}
