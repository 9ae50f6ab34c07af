package handlers

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// TemporaryAccessShow is the page of one temporary access.
func (h Pages) TemporaryAccessShow(c echo.Context) error {
	d, err := h.Console.TemporaryAccess(c.Request().Context(), caller(c), c.Param("access"))
	if err != nil {
		return err
	}
	return h.temporaryAccessPage(c, d, nil)
}

// temporaryAccessPage draws the details; confirm puts a question above them.
func (h Pages) temporaryAccessPage(c echo.Context, d services.TemporaryAccessDetail, confirm *parts.Confirm) error {
	by := caller(c)
	s := siteOf(by.Organization.Key)
	where := place{Domain: access.TemporaryAccessDomain, Thing: d.ID, Title: d.Name, Heading: "Temporary access of " + d.Name,
		Crumbs: []parts.Link{{Label: d.Name}}}
	if d.Revocable {
		where.Actions = []parts.Link{{Label: "Revoke", Href: s.revokeTemporary(d.Key), Icon: "ban", Kind: parts.Danger}}
	}
	page, err := h.page(c, where)
	if err != nil {
		return err
	}
	view := views.TemporaryAccess{
		Page: page, Status: accessMark(d.Status), Justification: justified(d), Description: d.Description,
		Facts: accessFacts(d), Privileges: lentPrivileges(d), Confirm: confirm,
	}
	if d.Status == models.StatusActive {
		view.Countdown = countdown(d.RequestedAt, d.ExpiresAt, d.At)
	} else {
		view.Note = endedAccess(d.TemporaryAccess, d.Status)
	}
	h.addDone(s, d, &view)
	view.Made, view.NothingMade = madeUnder(s, h.Console.Catalog(), d), "Nothing, or nothing that you may view."
	return Render(c, http.StatusOK, view.Component())
}

// justified is the justification, the case that it names as a link.
func justified(d services.TemporaryAccessDetail) views.Justified {
	before, after, found := strings.Cut(d.Justification, d.Case.Text)
	if d.Case.Text == "" || !found {
		return views.Justified{Before: d.Justification}
	}
	return views.Justified{Before: before, Case: &parts.Link{Label: d.Case.Text, Href: d.Case.Link}, After: after}
}

// accessFacts are who, as what, when, from where and until when.
func accessFacts(d services.TemporaryAccessDetail) []parts.Fact {
	granted, expires := momentOf(d.RequestedAt), momentOf(d.ExpiresAt)
	facts := []parts.Fact{
		{Term: "Requester", Value: subLine(d.Name, d.Email)}, {Term: "Category", Value: d.CategoryName},
		{Term: "Granted on", Value: granted.Text, DateTime: granted.ISO},
		{Term: "Asked for from", Value: orElse(d.Address, "Unknown")},
	}
	if d.Status == models.StatusActive || d.Status == models.StatusExpired {
		return append(facts, parts.Fact{Term: "Expires on", Value: expires.Text, DateTime: expires.ISO})
	}
	ended := momentOf(d.End())
	return append(facts, parts.Fact{Term: "Ended on", Value: ended.Text + byWords(d.EndedBy), DateTime: ended.ISO},
		parts.Fact{Term: "Would have expired on", Value: expires.Text, DateTime: expires.ISO})
}

// countdown is what is left of a time at a moment in it.
func countdown(from, until, now time.Time) *views.Countdown {
	seconds := func(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }
	return &views.Countdown{Left: words.Upper(left(until, now).Text), Until: parts.When{ISO: momentOf(until).ISO, Text: "until " + words.Minute(until)},
		Value: seconds(until.Sub(now)), Max: seconds(until.Sub(from))}
}

func lentPrivileges(d services.TemporaryAccessDetail) []views.LentPrivilege {
	var all []views.LentPrivilege
	for _, p := range d.Privileges {
		all = append(all, views.LentPrivilege{Level: levelClass(p.Level), Word: p.Label(p.Level), Domain: words.Domain(p.Domain), Allows: words.Sentence(p.Allows[p.Level])})
	}
	return all
}

// addDone adds what was done under the access, or says why there is nothing.
func (h Pages) addDone(s site, d services.TemporaryAccessDetail, view *views.TemporaryAccess) {
	if !d.Activities {
		view.NothingDone = words.YouNeedOn(h.Console.Catalog(), "see this", services.ViewActivities)
		view.NothingTaken = view.NothingDone
		return
	}
	p := activityPage{catalog: h.Console.Catalog(), site: s, list: services.ActivityList{Names: d.Names}, now: h.Console.Now()}
	for _, e := range d.Done {
		event := p.event(e)
		event.At.Text = words.DayIn(e.At, p.now) + ", " + words.Clock(e.At)
		view.Done = append(view.Done, event)
	}
	view.NothingDone, view.NothingTaken = "Nothing was changed.", "Nobody lost anything."
	view.Taken, view.MoreTaken = takenAway(s, d.Taken)
	view.All = &parts.Link{Label: "All activities of " + d.Name, Href: with(s.activity(), views.ActivityWho.Name, d.Email)}
}

// madeUnder are the resources that were made under the access. Those that are there no more lead nowhere.
func madeUnder(s site, catalog *access.Catalog, d services.TemporaryAccessDetail) []views.MadeResource {
	var all []views.MadeResource
	for _, m := range d.Made {
		made := views.MadeResource{Name: m.Name, Domain: string(m.Domain)}
		if domain := catalog.Domain(m.Domain); domain != nil {
			made.Domain = words.Domain(domain)
		}
		if m.Ended {
			made.Name += " (deleted)"
		} else {
			made.Href = s.thing(m.Domain, m.Key)
		}
		all = append(all, made)
	}
	return all
}
