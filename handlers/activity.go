package handlers

import (
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// refusedOnly is the one value of the outcome's filter.
const refusedOnly = "refused"

// Activity is the record of what happened: all of it, a domain's, or one thing's.
func (h Pages) Activity(c echo.Context) error {
	by := caller(c)
	q := readQuery(c, nil, "domain", "resource", "who", "outcome")
	q.values["who"] = cutRunes(q.values["who"], 200)
	list, err := h.Console.Activities(c.Request().Context(), by, services.ActivityQuery{
		Page: q.Page, Domain: access.DomainKey(q.values["domain"]), Resource: q.values["resource"],
		Who: q.values["who"], Refused: q.values["outcome"] == refusedOnly,
	})
	if err != nil {
		return err
	}
	p := activityPage{h.Console.Catalog(), siteOf(by.Organization.Key), q, list, h.Console.Now()}
	page, err := h.page(c, p.place(by))
	if err != nil {
		return err
	}
	people, err := h.suggestions(c)
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, views.Activity{
		Page: page, Filters: p.filters(people), Days: p.days(), Empty: p.empty(), Pager: q.pager(p.site.activity(), list.Next, list.Previous),
	}.Component())
}

// activityPage is what the functions of this page share.
type activityPage struct {
	catalog *access.Catalog
	site    site
	query   query
	list    services.ActivityList
	now     time.Time
}

func (p activityPage) place(by services.Caller) place {
	where := place{Domain: access.ActivitiesDomain, Title: p.catalog.Domain(access.ActivitiesDomain).Name,
		Lead: "What happened in " + by.Organization.Name + ", the newest first; open a line to see what changed. " +
			"It includes activities of pages that you cannot open. All times are UTC."}
	if about := p.about(); about != "" {
		where.Heading = where.Title + " of " + about
		where.Crumbs = []parts.Link{{Label: about}}
	}
	return where
}

// about is what the list is narrowed to: a thing, or a domain; "" for everything.
func (p activityPage) about() string {
	if p.list.Thing.ID != 0 {
		return p.list.Thing.Name
	}
	if d := p.catalog.Domain(access.DomainKey(p.query.values["domain"])); d != nil {
		return d.Name
	}
	return ""
}

func (p activityPage) filters(people []parts.Person) views.ActivityFilters {
	outcomes := parts.SelectField{Name: "outcome", Label: "Outcome", Options: []parts.Option{
		{Label: "Any outcome"}, {Value: refusedOnly, Label: "Refused only"}}}
	choose(&outcomes, p.query.values["outcome"])
	f := views.ActivityFilters{
		Action: p.site.activity(), Search: parts.Search{Name: "q", Label: "Search activities", Value: p.query.Query},
		Who:    parts.Search{Name: "who", Label: "Who: a name or email", Value: p.query.values["who"]},
		People: people,
	}
	if p.list.Thing.ID != 0 {
		d := p.list.Thing.Domain
		f.Hidden = []parts.Hidden{{Name: "domain", Value: string(d)}, {Name: "resource", Value: p.query.values["resource"]}}
		f.Only = &parts.Link{Label: "Only " + p.list.Thing.Name, Href: with(p.site.activity(), "domain", string(d))}
		f.Selects = []parts.SelectField{outcomes}
	} else {
		f.Selects = []parts.SelectField{p.domains(), outcomes}
	}
	if p.narrowed() {
		f.Clear = with(p.site.activity(), "domain", p.query.values["domain"], "resource", p.query.values["resource"])
	}
	return f
}

// domains offers those that something can happen in.
func (p activityPage) domains() parts.SelectField {
	f := parts.SelectField{Name: "domain", Label: "Domain", Options: []parts.Option{{Label: "All domains"}}}
	for _, d := range p.catalog.Domains() {
		if d.Resource != "" || d.Key == access.OrganizationDomain || d.Key == access.TemporaryAccessDomain {
			f.Options = append(f.Options, parts.Option{Value: string(d.Key), Label: words.Domain(d)})
		}
	}
	choose(&f, p.query.values["domain"])
	return f
}

// narrowed tells that more is asked than where something happened.
func (p activityPage) narrowed() bool {
	return p.query.Query != "" || p.query.values["who"] != "" || p.query.values["outcome"] != ""
}

func (p activityPage) empty() *parts.Empty {
	if len(p.list.Rows) > 0 {
		return nil
	}
	here := with(p.site.activity(), "domain", p.query.values["domain"], "resource", p.query.values["resource"])
	if p.narrowed() {
		return &parts.Empty{Icon: "search-x", Title: "No activity matches", Text: "Check the spelling, or look at all activities.",
			Action: &parts.Link{Label: "Clear filter", Href: here}}
	}
	empty := &parts.Empty{Icon: "history", Title: "Nothing happened here yet", Text: "Every change is recorded from the first one on."}
	if here != p.site.activity() {
		empty.Action = &parts.Link{Label: "Show all activities", Href: p.site.activity()}
	}
	return empty
}

// days puts the events under the days on which they happened.
func (p activityPage) days() []views.ActivityDay {
	var days []views.ActivityDay
	for _, e := range p.list.Rows {
		date := words.Weekday(e.At)
		if n := len(days); n == 0 || days[n-1].Date != date {
			days = append(days, views.ActivityDay{ID: "day-" + strconv.Itoa(n+1), Date: date})
		}
		last := &days[len(days)-1]
		last.Events = append(last.Events, p.event(e))
	}
	return days
}

func (p activityPage) event(e services.Event) parts.ActivityEvent {
	event := parts.ActivityEvent{
		At:       parts.When{ISO: e.At.UTC().Format(time.RFC3339), Text: words.Clock(e.At)},
		Initials: initials(e.ActorName), Sentence: p.sentence(e), Kind: p.kind(e),
		Changes: p.changeRows(e), Facts: p.facts(e),
	}
	if e.Refusal != nil {
		event.Refused = p.refusal(*e.Refusal)
	}
	if e.More > 0 {
		event.More = "and " + words.Changes.With("more").Count(e.More)
	}
	if e.Cut {
		event.More = "What changed is too long to be listed here."
	}
	if e.ResourceID != 0 && e.ResourceID != p.list.Thing.ID {
		event.All = &parts.Link{Label: "All activities of " + subjectName(e), Href: p.site.activityOf(e.ListedUnder(), e.ResourceID)}
	}
	return event
}

// facts are when exactly, from where, at which revision of the organization, by which operation, and how it ended.
func (p activityPage) facts(e services.Event) []parts.Fact {
	outcome := "Done"
	if e.Outcome == models.OutcomeRefused {
		outcome = "Refused"
	}
	return []parts.Fact{
		{Term: "At", Value: words.Instant(e.At), DateTime: e.At.UTC().Format(time.RFC3339)},
		{Term: "From", Value: origin(e)},
		{Term: "Revision", Value: words.Number(int(e.Revision))},
		{Term: "Operation", Value: string(e.Operation)},
		{Term: "Outcome", Value: outcome},
	}
}

// origin is where a request came from.
func origin(e services.Event) string {
	switch {
	case e.Address != "":
		return e.Address
	case e.ActorKind == "operator":
		return "the command line"
	case e.ActorKind == "clock":
		return "the clock"
	}
	return "unknown"
}
