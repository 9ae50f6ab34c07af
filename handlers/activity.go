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
	return h.activities(c, http.StatusOK, readOpened(c), "")
}

// opened is the activity that the page shows opened, and whether what reverting it would do is shown in it.
type opened struct {
	id      int64
	reverts bool
}

func readOpened(c echo.Context) opened {
	id, _ := strconv.ParseInt(c.QueryParam(views.ActivityOpen), 10, 64) // 0, which none has, where it is no number
	return opened{id, c.QueryParam(views.ActivityRevert) != ""}
}

func readActivityQuery(c echo.Context) query {
	q := readQuery(c, nil, views.ActivityDomain.Name, views.ActivityThing.Name, views.ActivityChange.Name, views.ActivityWho.Name, views.ActivityOutcome.Name,
		views.ActivityWhen.Name, views.ActivitySince.Name, views.ActivityUntil.Name)
	if changeOf(q) == 0 {
		q.values[views.ActivityChange.Name] = ""
	}
	q = q.oneOf(views.ActivityOutcome.Name, refusedOnly).oneOf(views.ActivityWhen.Name, whenWords()...)
	q.values[views.ActivityWho.Name] = cutRunes(q.values[views.ActivityWho.Name], 200)
	return q
}

func activityQuery(q query, page models.Page, when span) services.ActivityQuery {
	page.Query = withoutSmallWords(page.Query)
	return services.ActivityQuery{
		Page: page, Said: saying(page.Query), Domain: access.DomainKey(q.values[views.ActivityDomain.Name]), Resource: q.values[views.ActivityThing.Name],
		Who: q.values[views.ActivityWho.Name], Refused: q.values[views.ActivityOutcome.Name] == refusedOnly,
		Change: changeOf(q), From: when.from, Until: when.until,
	}
}

// activities draws the page; changed says in the opened activity what kept it from being reverted.
func (h Pages) activities(c echo.Context, status int, open opened, changed string) error {
	by, q := caller(c), readActivityQuery(c)
	when := whenOf(q, h.Console.Now())
	asked := activityQuery(q, q.Page, when)
	asked.Open, asked.Lines = open.id, true
	list, err := h.Console.Activities(c.Request().Context(), by, asked)
	if err != nil {
		return err
	}
	p := activityPage{catalog: h.Console.Catalog(), site: siteOf(by.Organization.Key), query: q, list: list, now: h.Console.Now(), when: when, open: open,
		reverts: func(e services.Event) bool { return list.Reverts(h.Console, e) }}
	var review *parts.Review
	switch {
	case !open.reverts:
	case open.id == 0:
		if review, err = h.reviewOfChange(c, p, changed); err != nil {
			return err
		}
	default:
		if p.reversal, err = h.readReversal(c, open.id); err != nil {
			return err
		}
		p.changed = changed
	}
	page, err := h.page(c, p.place(by).withCSV(csvLink(q, p.site.activityCSV())))
	if err != nil {
		return err
	}
	people, err := h.suggestions(c)
	if err != nil {
		return err
	}
	return Render(c, status, views.Activity{
		Page: page, Filters: p.filters(people), Shown: when.words(), Days: p.days(), Empty: p.empty(), Pager: q.pager(p.site.activity(), pagedBy(list.Listing)), Review: review,
	}.Component())
}

// activityPage is what the functions of this page share.
type activityPage struct {
	catalog *access.Catalog
	site    site
	query   query
	list    services.ActivityList
	now     time.Time
	when    span

	open     opened
	reverts  func(services.Event) bool // the viewer is offered to revert it
	reversal *services.Reversal        // of the opened activity, where that is asked for
	changed  string
}

func (p activityPage) place(by services.Caller) place {
	where := place{Domain: access.ActivitiesDomain, Title: p.catalog.Domain(access.ActivitiesDomain).Name,
		Lead: "What happened in " + by.Organization.Name + ", newest first. Open a line to see what changed. " +
			"It includes activities of pages that you can’t open. All times are UTC."}
	if of := p.query.values[views.ActivityChange.Name]; of != "" {
		return p.placeOfChange(where)
	}
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
	if d := p.catalog.Domain(access.DomainKey(p.query.values[views.ActivityDomain.Name])); d != nil {
		return d.Name
	}
	return ""
}

func (p activityPage) filters(people []parts.Person) views.ActivityFilters {
	outcomes := views.ActivityOutcome.Select([]parts.Option{
		{Label: "Any outcome"}, {Value: refusedOnly, Label: "Refused only"}})
	choose(&outcomes, p.query.values[views.ActivityOutcome.Name])
	f := views.ActivityFilters{
		Action: p.site.activity(), Search: parts.Search{Label: "Search activities", Value: p.query.Query},
		Who:    parts.Search{Label: views.ActivityWho.Label, Value: p.query.values[views.ActivityWho.Name]},
		People: people,
	}
	if p.list.Thing.ID != 0 {
		d := p.list.Thing.Domain
		f.Hidden = []parts.Hidden{views.ActivityDomain.Hidden(string(d)), views.ActivityThing.Hidden(p.query.values[views.ActivityThing.Name])}
		f.Only = &parts.Link{Label: "Only " + p.list.Thing.Name, Href: with(p.site.activity(), views.ActivityDomain.Name, string(d))}
		f.Selects = []parts.SelectField{whenFilter(p.query), outcomes}
	} else {
		f.Selects = []parts.SelectField{p.domains(), whenFilter(p.query), outcomes}
	}
	if change := p.query.values[views.ActivityChange.Name]; change != "" {
		f.Hidden = append(f.Hidden, views.ActivityChange.Hidden(change))
		f.Only = &parts.Link{Label: "Only one change", Href: p.site.activity()}
	}
	f.Days = dayFields(p.query, p.when)
	if p.narrowed() {
		f.Clear = p.everything()
	}
	return f
}

// domains offers those that something can happen in.
func (p activityPage) domains() parts.SelectField {
	f := views.ActivityDomain.Select([]parts.Option{{Label: "All domains"}})
	for _, d := range p.catalog.Domains() {
		if d.Resource != "" || d.Key == access.OrganizationDomain || d.Key == access.TemporaryAccessDomain {
			f.Options = append(f.Options, parts.Option{Value: string(d.Key), Label: words.Domain(d)})
		}
	}
	choose(&f, p.query.values[views.ActivityDomain.Name])
	return f
}

// everything is the address of all that happened there.
func (p activityPage) everything() string {
	return with(p.site.activity(), views.ActivityDomain.Name, p.query.values[views.ActivityDomain.Name],
		views.ActivityThing.Name, p.query.values[views.ActivityThing.Name], views.ActivityChange.Name, p.query.values[views.ActivityChange.Name])
}

// narrowed tells that more is asked than where something happened.
func (p activityPage) narrowed() bool {
	return p.query.Query != "" || p.query.values[views.ActivityWho.Name] != "" || p.query.values[views.ActivityOutcome.Name] != "" ||
		p.query.values[views.ActivityWhen.Name] != ""
}

func (p activityPage) empty() *parts.Empty {
	if len(p.list.Rows) > 0 {
		return nil
	}
	here := p.everything()
	if p.narrowed() {
		const all = "show all activities"
		return &parts.Empty{Icon: "search-x", Title: "No activity matches", Text: otherwise(p.query.Query, all, all), Action: clearing(p.query.Query, here)}
	}
	empty := &parts.Empty{Icon: "history", Title: "Nothing happened here yet", Text: "Every change is recorded here."}
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

// searched is a sentence in whose names the words are marked that the list was searched for.
func searched(sentence []parts.Phrase, query string) []parts.Phrase {
	for i, phrase := range sentence {
		sentence[i].Marked = markedIn(phrase.Text, query)
	}
	return sentence
}

func (p activityPage) event(e services.Event) parts.ActivityEvent {
	event := parts.ActivityEvent{
		At:       parts.When{ISO: e.At.UTC().Format(time.RFC3339), Text: words.Clock(e.At)},
		Initials: initials(e.ActorName), Sentence: searched(p.sentence(e), p.query.Query), Kind: p.kind(e),
		Changes: p.changeRows(e), Facts: p.facts(e),
		ID: activityID(e.ID), Open: e.ID == p.open.id, Here: p.opened(e.ID),
	}
	p.addReversal(e, &event)
	p.addChange(e, &event)
	if e.Refusal != nil {
		event.Refused = p.refusal(*e.Refusal)
	}
	if e.More > 0 {
		event.More = "and " + words.Changes.With("more").Count(e.More)
	}
	if e.Cut {
		event.More = "There are too many changes to list here."
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
