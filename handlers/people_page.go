package handlers

import (
	"strconv"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// peoplePage is a People tab in the making.
type peoplePage struct {
	services.Reach
	query query
	by    services.Caller
	which services.ResourceRef
	open  string // ID of the row whose ways are drawn
	now   time.Time
}

func (p peoplePage) site() site      { return siteOf(p.by.Organization.Key) }
func (p peoplePage) address() string { return p.site().peopleOf(p.which) }

// thing is what it is about, as a sentence has it: "this source", "Sources".
func (p peoplePage) thing() string {
	if p.Resource.ID != 0 {
		return "this " + p.Domain.Resource
	}
	return p.Domain.Name
}

func (p peoplePage) place() place {
	d, r, s := p.Domain, p.Resource, p.site()
	where := place{Domain: d.Key, Thing: r.ID, Title: r.Name, Crumbs: []parts.Link{{Label: r.Name}},
		Lead: "Everybody who can view or edit " + p.thing() + " today, and what gives it to them."}
	if !p.hasLess() {
		where.Lead = "Everybody who has " + p.thing() + " today, and what gives it to them."
	}
	switch {
	case r.ID == 0:
		where.Title, where.Crumbs = d.Name, []parts.Link{{Label: peopleName}}
		if pageOf(s, d) != "" && p.by.Rights.May(services.ViewIn(d.Key), 0) {
			where.Tabs = domainTabs(p.by, d, peopleTab)
		}
	case d.Key == access.GroupsDomain:
		where.Tabs = groupTabs(s, r.Key, words.Roughly(p.Members), peopleTab)
	case d.Key == access.APIKeysDomain:
		where.Tabs = apiKeyTabs(p.by, r.Key, peopleTab)
	default:
		where.Tabs = resourceTabs(p.by, d, r.Key, peopleTab)
	}
	if n := len(where.Tabs); n > 0 {
		where.Tabs[n-1].Count = words.Roughly(p.total())
	}
	return where
}

// remarks say what is left out.
func (p peoplePage) remarks() []string {
	var all []string
	if !p.SeesKeys && !p.Keyless {
		all = append(all, "API keys are not listed, because you may not view them.")
	}
	if !p.SeesLent {
		all = append(all, "People with temporary access are not listed, because you may not view temporary access.")
	}
	return all
}

func (p peoplePage) filters() parts.Filters {
	q := p.query
	f := parts.Filters{Action: p.address(), Search: parts.Search{Label: "Filter people and keys", Value: q.Query}, Hidden: q.order()}
	kinds := views.PeopleKind.Select([]parts.Option{{Label: "People and keys"}, {Value: models.ReachPeople, Label: "Members"},
		{Value: models.ReachKeys, Label: "API keys"}, {Value: models.ReachLent, Label: "Temporary access"}})
	choose(&kinds, q.values[views.PeopleKind.Name])
	f.Selects = []parts.SelectField{unusedFilter(q), kinds}
	var groups []parts.Option
	for _, g := range p.Groups {
		groups = append(groups, parts.Option{Value: g.Key, Label: g.Name})
	}
	var chosen *models.Group
	if p.Reach.Group.ID != 0 {
		chosen = &p.Reach.Group
	}
	groupFilterIn(&f, p.site(), q, views.PeopleGroup, groups, chosen)
	if q.filtered() && len(p.Rows) > 0 {
		f.Clear = p.address()
	}
	return f
}

func (p peoplePage) listing() parts.Listing {
	q, address := p.query, p.address()
	byLevel := q
	byLevel.Sort = ""
	level := parts.Column{Label: "Access level", Href: with(address, byLevel.pairs()...)}
	if q.Sort == "" {
		level.Sort = "descending"
	}
	listing := parts.Listing{
		Caption: "People and API keys that can reach " + p.thing() + ".",
		Columns: []parts.Column{q.column(address, "Name", "name", "", false), level, {Label: "Through", Class: "p2"},
			views.UntilColumn, {Label: "Last used", Class: "p3"}},
		Count: p.count(), Pager: q.pager(address, pagedBy(p.Listing)),
	}
	if len(p.Rows) == 0 {
		listing.Empty = p.none()
	}
	return listing
}

func (p peoplePage) none() *parts.Empty {
	const everybody = "show everybody who can reach it"
	if p.query.filtered() {
		return &parts.Empty{Icon: "search-x", Title: "Nobody matches", Text: otherwise(p.query.Query, everybody, everybody),
			Action: &parts.Link{Label: "Clear filters", Href: p.address()}}
	}
	return &parts.Empty{Icon: "users", Title: "Nobody can reach this", Text: "No member, API key or temporary access has it today."}
}

// count is the foot of the list: "1–50 of 711: 706 people, 4 API keys, 1 temporary access".
func (p peoplePage) count() string {
	if p.query.filtered() {
		return p.query.shown(pagedBy(p.Listing), words.Rows)
	}
	text := words.People.Roughly(p.Counts.People)
	page := pagedBy(p.Listing)
	if first := p.query.first(page, p.total()); !page.alone() && first > 0 {
		text = words.RangeOf(first, first+page.rows-1, p.total()) + ": " + text
	}
	if p.Counts.Keys > 0 {
		text += ", " + words.APIKeys.Roughly(p.Counts.Keys)
	}
	if p.Counts.Lent > 0 {
		text += ", " + words.TemporaryAccesses.Roughly(p.Counts.Lent)
	}
	return text
}

func (p peoplePage) rows() []views.PersonRow {
	rows := make([]views.PersonRow, 0, len(p.Rows))
	for _, r := range p.Rows {
		rows = append(rows, p.row(r))
	}
	return rows
}

// row is one line, with its ways below it where they are asked for.
func (p peoplePage) row(r services.Reacher) views.PersonRow {
	row := views.PersonRow{ID: reacherKey(r), Name: r.Name, Email: r.Email, Initials: initials(r.Name), You: r.Self, Marks: marks(models.Marks{Unproven: r.Unproven}),
		Level: levelClass(r.Level), Word: p.levelWord(r.Level), LastUsed: when(r.LastUsed(), p.now)}
	switch {
	case r.Key != 0:
		row.Icon, row.Chip, row.Href, row.Sub = "key-round", "API key", p.site().apiKey(r.Slug), "Does not expire"
		if r.ExpiresAt != nil {
			row.Sub = "Expires " + words.Day(words.LastDay(*r.ExpiresAt))
		}
	case r.Member == 0:
		row.Chip, row.Tone, row.LastUsed = "Temporary", "warning", parts.When{}
		row.Href = p.lentHref(r.Ways)
	default:
		row.Href = p.site().member(r.Member)
		if r.Name == "" {
			row.Name, row.Initials = r.Email, initials(r.Email)
		}
	}
	row.Found, row.UnderFound = markedIn(row.Name, p.query.Query), markedIn(row.Email, p.query.Query)
	if !r.Until.IsZero() {
		row.Until = reachEnd(r.Until, p.now)
	}
	if len(r.Ways) == 0 {
		return row
	}
	row.Through, row.How = p.through(r.Ways[0]), p.how(r.Ways[0])
	if len(r.Ways) > 1 {
		row.Ways = words.Ways.Count(len(r.Ways))
		here := append(p.query.pairs(), parts.AfterName, p.query.After, parts.BeforeName, p.query.Before)
		row.WaysHref = with(p.address(), append(here, views.PeopleOpen, row.ID)...) + "#ways-" + row.ID
		if p.open == row.ID {
			row.WaysHref = with(p.address(), here...)
		}
	}
	if p.open == row.ID {
		row.Open = p.ways(r, row)
	}
	return row
}

// reacherKey names a row in addresses by number: they name nobody.
func reacherKey(r services.Reacher) string {
	switch {
	case r.Key != 0:
		return "key-" + strconv.FormatInt(int64(r.Key), 10)
	case r.Member == 0:
		return "lent-" + strconv.FormatInt(int64(r.Person), 10)
	}
	return "member-" + strconv.FormatInt(int64(r.Member), 10)
}

// levelWord is a level as it counts for what the tab is about.
func (p peoplePage) levelWord(l access.Level) string {
	if p.Resource.ID == 0 {
		return p.Domain.Label(l)
	}
	if l == access.LevelEdit {
		return "Edit"
	}
	return "View"
}

// reachEnd is an end: a day, within two days to the minute where it is not the whole day.
func reachEnd(end, now time.Time) string {
	if end.Sub(now) < 48*time.Hour && !words.EndsDay(end) {
		return words.DayIn(end, now) + ", " + words.Clock(end) + " UTC"
	}
	return words.Day(words.LastDay(end))
}
