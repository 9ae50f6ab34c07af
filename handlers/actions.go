package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// action is one entry of an Action bar: what it is called, where it leads, and the need that both the button and the
// service behind it ask. Domain needs are asked without the resource.
type action struct {
	Label, Icon  string
	Href         string
	Need         access.Need
	OfDomain     bool // the need is asked of the domain, not of the row
	Post, Danger bool
	More         bool   // in the menu at the end
	Name, Value  string // posted with it
	Missing      string // why it is not there although the need is met; "" draws it
}

// selection is the row that an Action bar is about.
type selection struct {
	Key, Name string
	ID        access.ResourceID
	Clear     string // address without a selection
	Why       string // address that explains the viewer's access to the row
}

// actionBar draws what the viewer may do with the row, and says in words what is missing. Edit and View are one entry:
// View takes Edit's place.
func actionBar(r access.Rights, d *access.Domain, sel selection, actions []action) parts.ActionBar {
	editable := r.May(services.EditIn(d.Key), sel.ID)
	bar := parts.ActionBar{State: "editable", Selected: sel.Key, Subject: sel.Name, Level: "edit", Word: "Can edit",
		Clear: sel.Clear, WhyHref: sel.Why}
	if !editable {
		bar.State, bar.Level, bar.Word = "readonly", "view", "View only"
		bar.Why = "Your groups let you view this " + d.Resource + ", not edit it."
	}
	for _, a := range actions {
		id := sel.ID
		if a.OfDomain {
			id = 0
		}
		switch {
		case !r.May(a.Need, id) && a.Need == services.CreateIn(d.Key) && editable:
			bar.Why = strings.TrimSpace(bar.Why + " " + words.YouNeed(words.Lower(a.Label)+" it", access.Create, words.Domain(d)))
		case !r.May(a.Need, id):
		case a.Missing != "":
			bar.Why = strings.TrimSpace(bar.Why + " " + a.Missing)
		default:
			bar.Actions = append(bar.Actions, parts.Action{Label: a.Label, Icon: a.Icon, Href: a.Href, Post: a.Post, Danger: a.Danger,
				More: a.More, Name: a.Name, Value: a.Value})
		}
	}
	bar.Announce = sel.Name + " selected, " + words.Lower(bar.Word) + ": " + words.Actions.Count(len(bar.Actions))
	return bar
}

// answerBar answers a selection with its Action bar alone.
func answerBar(c echo.Context, bar parts.ActionBar, err error) error {
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, parts.ActionBarFragment(bar))
}

// emptyBar is the Action bar before anything is selected.
func emptyBar(d *access.Domain) parts.ActionBar {
	return parts.ActionBar{State: "none", Hint: "Select " + words.A(d.Resource) + " to see what you can do."}
}

// openAction is Edit for who may edit the row, else View: one entry, two words.
func openAction(r access.Rights, d *access.Domain, id access.ResourceID, href string) action {
	if r.May(services.EditIn(d.Key), id) {
		return action{Label: "Edit", Icon: "pencil", Href: href, Need: services.EditIn(d.Key)}
	}
	return action{Label: "View", Icon: "eye", Href: href, Need: services.ViewIn(d.Key), OfDomain: true}
}

// activityActions leads to what happened to a row, where the viewer may edit it: on a row that they may only view the bar
// holds View alone, and the panel behind it has the link.
func activityActions(s site, r access.Rights, d access.DomainKey, id access.ResourceID) []action {
	if !r.May(services.EditIn(d), id) {
		return nil
	}
	return []action{{Label: "Activity", Icon: "clock", Href: s.activityOf(d, id), Need: services.ViewActivities, OfDomain: true, More: true}}
}

// activityLink is the same for the panel of a thing that the viewer may only view; nil where it does not belong.
func activityLink(by services.Caller, r access.Rights, d access.DomainKey, id access.ResourceID) *parts.Link {
	if r.May(services.EditIn(d), id) || !r.May(services.ViewActivities, 0) {
		return nil
	}
	return &parts.Link{Label: "Activity", Href: siteOf(by.Organization.Key).activityOf(d, id)}
}
