package handlers

import (
	"errors"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

func (s site) settings() string      { return string(s) + "/organization" }
func (s site) settingsName() string  { return s.settings() + "/name" }
func (s site) supportAccess() string { return s.settings() + "/support" }

// OrganizationShow is the page of the organization itself.
func (h Pages) OrganizationShow(c echo.Context) error {
	return h.organizationPage(c, nil)
}

// organizationPage draws the page; ask puts a question above it.
func (h Pages) organizationPage(c echo.Context, ask func(services.OrganizationSettings, services.Caller, site) *parts.Confirm) error {
	settings, view, err := h.organizationView(c)
	if err != nil {
		return err
	}
	if ask != nil {
		view.Confirm = ask(settings, caller(c), siteOf(settings.Key))
	}
	return Render(c, http.StatusOK, view.Component())
}

func (h Pages) organizationView(c echo.Context) (services.OrganizationSettings, views.OrganizationSettings, error) {
	by := caller(c)
	settings, err := h.Console.OrganizationSettings(c.Request().Context(), by)
	if err != nil {
		return settings, views.OrganizationSettings{}, err
	}
	failed, err := h.Console.FailedMails(c.Request().Context(), by)
	if err != nil {
		return settings, views.OrganizationSettings{}, err
	}
	page, err := h.page(c, place{Domain: access.OrganizationDomain, Title: settings.Name, Lead: "Settings for everybody in this organization.",
		Actions: mailLinks(by, failed)})
	if err != nil {
		return settings, views.OrganizationSettings{}, err
	}
	s := siteOf(by.Organization.Key)
	view := views.OrganizationSettings{
		Page: page, Name: nameForm(s, settings.Name, settings.Name), Factor: requirePanel(settings), Action: s.settings(),
		Facts:   organizationFacts(settings, by, h.Console.Now()),
		Turn:    parts.Option{Value: "yes", Label: "Require a second factor"},
		Support: supportPanel(settings.SupportAccess, s),
	}
	if settings.RequireSecondFactor {
		view.Turn = parts.Option{Value: "no", Label: "Stop requiring it"}
	}
	if !settings.Editable {
		view.ReadOnly = words.YouNeedOn(h.Console.Catalog(), "change this", services.EditOrganization)
	}
	view.Remark, err = h.administratorsRemark(c)
	return settings, view, err
}

// organizationFacts leaves out who takes the seats for those who may not view members.
func organizationFacts(o services.OrganizationSettings, by services.Caller, now time.Time) []parts.Fact {
	created := when(o.CreatedAt, now)
	key, added := parts.Fact{Term: "Key", Value: o.Key}, parts.Fact{Term: "Created", Value: created.Text, DateTime: created.ISO}
	seats := parts.Fact{Term: "Seats", Value: seatsTaken(o.Taken)}
	if !by.Rights.May(services.ViewGroups, 0) {
		return []parts.Fact{key, seats, added}
	}
	seats.Value += ": " + seatsBy(o.Taken)
	return []parts.Fact{key, {Term: "Members", Value: words.Number(o.Members), Href: siteOf(o.Key).memberList()}, seats, added}
}

func requirePanel(s services.OrganizationSettings) views.FactorPanel {
	panel := views.FactorPanel{On: s.RequireSecondFactor, State: "A second factor is not required",
		Text: []string{"Members sign in the way they joined. Each of them decides whether to use a second factor."}}
	if s.RequireSecondFactor {
		panel.State = "A second factor is required"
		panel.Text = []string{"A session without a second factor opens nothing in " + s.Name + " except the page that sets it up."}
	}
	if s.Editable {
		panel.Text = append(panel.Text, words.Noun{One: "member has", Many: "members have"}.Count(s.Without)+" none set up yet.")
	}
	return panel
}

// confirmRequire says what follows, for the reader too.
func confirmRequire(s services.OrganizationSettings, by services.Caller, at site) *parts.Confirm {
	confirm := &parts.Confirm{
		Title: "Require a second factor in " + s.Name + "?", Button: "Require it", Action: at.settings(), Cancel: at.settings(),
		Hidden: []parts.Hidden{{Name: views.RequireFactor, Value: "yes"}, {Name: parts.ConfirmSecondFactor, Value: "yes"}},
		Text: []string{"From the next click on, sessions without a second factor open only the page that sets it up. " +
			words.Noun{One: "member has", Many: "members have"}.Count(s.Without) + " none yet."},
	}
	switch {
	case by.SecondFactor:
	case by.Person.TOTPSecret == "":
		confirm.Text = append(confirm.Text, "You have none. The next page asks you to set it up.")
	default:
		confirm.Text = append(confirm.Text, "You signed in without it, so you have to sign in again.")
	}
	return confirm
}

// OrganizationUpdate requires a second factor, or no longer.
func (h Pages) OrganizationUpdate(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	require := form.Get(views.RequireFactor) == "yes"
	err = h.Console.RequireSecondFactor(c.Request().Context(), caller(c), require, form.Get(parts.ConfirmSecondFactor) == "yes")
	var confirm services.NeedsConfirmation
	if errors.As(err, &confirm) {
		return h.organizationPage(c, confirmRequire)
	}
	if err != nil {
		return err
	}
	if require {
		flash(c, "success", "A second factor is required.", "")
	} else {
		flash(c, "success", "A second factor is no longer required.", "")
	}
	return seeOther(c, siteOf(caller(c).Organization.Key).settings())
}
