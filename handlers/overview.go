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

// overviewName is the first entry of the rail, which stands for no domain.
const overviewName = "Overview"

// Home is the overview for who may view groups; others are led to where their work is.
func (h Pages) Home(c echo.Context) error {
	by := caller(c)
	if !by.Rights.May(services.ViewGroups, 0) {
		return h.leadToWork(c, by)
	}
	limit := services.EndsShown
	if c.QueryParam(views.OverviewEnding) != "" {
		limit = services.EndsAll
	}
	found, err := h.Console.Overview(c.Request().Context(), by, limit)
	if err != nil {
		return err
	}
	o := overviewPage{found, by, h.Console.Catalog(), siteOf(by.Organization.Key)}
	page, err := h.page(c, o.place())
	if err != nil {
		return err
	}
	view := views.Overview{Page: page, Cards: o.cards(), Nothing: o.nothing(), Setup: o.setup(), Ending: o.ending(),
		Changes: o.changes(), Activities: o.site.activity(), Lent: o.lent(), Unused: o.unused(), UnusedDays: unusedHeads(),
		Since: usesNoted(by.Organization), Seats: o.seats()}
	if n := o.endings(); n > len(view.Ending) && limit == services.EndsShown {
		view.AllEnding = parts.Link{Label: "Show all " + words.Roughly(n), Href: with(string(o.site), views.OverviewEnding, views.OverviewAll)}
	}
	return Render(c, http.StatusOK, view.Component())
}

// leadToWork leads to the first page on which the viewer can do most: what they can edit or add to goes ahead of what they can
// only look at.
func (h Pages) leadToWork(c echo.Context, by services.Caller) error {
	if address := workOf(by, h.Console.Catalog()); address != "" {
		return seeOther(c, address)
	}
	page, err := h.page(c, place{Title: "Welcome", Heading: "Welcome to " + by.Organization.Name})
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, views.ErrorPage{Page: page, Icon: "shield-check", Text: []string{
		"Your groups open no page of this console. Their other privileges, such as running searches, work.",
	}}.Component())
}

func workOf(by services.Caller, catalog *access.Catalog) string {
	s, best, address := siteOf(by.Organization.Key), 0, ""
	for _, d := range catalog.Domains() {
		href := pageOf(s, d)
		if href == "" || d.Key == access.OrganizationDomain {
			continue
		}
		work := 0
		switch by.Rights.Level(d.Key) {
		case access.LevelNone:
		case access.LevelEdit:
			work = 3
		case access.LevelCustom:
			work = 2
		default:
			work = 1
		}
		if work > 0 && by.Rights.CanCreate(d.Key) {
			work = max(work, 2)
		}
		if work > best && by.Rights.May(services.ViewIn(d.Key), 0) {
			best, address = work, href
		}
	}
	return address
}

// overviewPage is an overview in the making.
type overviewPage struct {
	services.Overview
	by      services.Caller
	catalog *access.Catalog
	site    site
}

func (o overviewPage) place() place {
	p := place{Title: overviewName, Lead: "What needs attention today in " + o.by.Organization.Name + ". Numbers lead to the lists they count."}
	if o.Invites {
		p.Actions = []parts.Link{{Label: "Add members", Href: o.site.invite(), Icon: "user-plus", Kind: parts.Primary}}
	}
	return p
}

// card is one that counts something; nil of nothing.
func card(n int, icon, tone string, what words.Noun, more, href string) []views.AttentionCard {
	if n == 0 {
		return nil
	}
	return []views.AttentionCard{{Icon: icon, Tone: tone, Count: words.Roughly(n), Text: what.Of(n), More: more, Href: href}}
}

const (
	byExpiry = "expires" // how lists are sorted by their end

	danger  = "danger"
	warning = "warning"
)

// verb is what a number of things does.
func verb(of words.Noun, one, many, what string) words.Noun {
	return words.Noun{One: of.One + " " + one + " " + what, Many: of.Many + " " + many + " " + what}
}

// cards are what needs attention: what is urgent, what will be, and what else there is to look at.
func (o overviewPage) cards() []views.AttentionCard {
	var all []views.AttentionCard
	add := func(more []views.AttentionCard) { all = append(all, more...) }
	s, soon := o.site, "within "+words.Days.Count(endsSoon)
	if o.Keys != nil && o.Keys.Count > 0 {
		add(card(o.Keys.Count, "key-round", danger, verb(words.APIKeys, "expires", "expire", soon),
			"The first "+words.In(o.Keys.First[0].At, o.At), with(s.apiKeys(), views.APIKeyStatus.Name, string(models.KeyExpiring), parts.SortName, byExpiry)))
	}
	add(card(o.Failed, "circle-alert", danger, verb(words.Mails, "could", "could", "not be sent"), "",
		with(s.mails(), views.MailState.Name, models.MailFailed)))
	add(card(o.Memberships.Members, "hourglass", warning, verb(words.Members, "leaves", "leave", "a group "+soon),
		words.Memberships.Roughly(o.Memberships.Count)+" in "+words.Groups.Count(o.Memberships.Groups), with(s.memberList(), views.Ends.Name, strconv.Itoa(endsSoon))))
	add(card(o.Invitations.Count, "mail", warning, verb(words.Invitations, "expires", "expire", "this week"),
		"Of "+words.Roughly(o.Pending)+" open", with(s.invitations(), views.Ends.Name, strconv.Itoa(endsThisWeek), parts.SortName, byExpiry)))
	if len(o.Lent) > 0 {
		add(card(o.LentAll, "life-buoy", "", verb(words.TemporaryAccesses, "is", "are", "active"),
			"Ends "+words.In(o.Lent[0].ExpiresAt, o.At), with(s.temporaryAccesses(), views.TemporaryAccessStatus.Name, string(models.StatusActive))))
	}
	add(card(o.Members.Since[services.UnusedShown], "user-x", "", verb(words.Members, "without", "without", "use for "+words.Days.Count(services.UnusedShown)),
		words.Roughly(o.Members.Both)+" of them never used", with(s.memberList(), views.Unused.Name, strconv.Itoa(services.UnusedShown))))
	add(card(o.Groups.Empty, "users", "", verb(words.Groups, "has", "have", "no members"),
		words.Roughly(o.Groups.EmptyBuiltIn)+" built in", with(s.groups(), views.GroupOnly.Name, withoutMembers)))
	add(card(o.Groups.Sensitive, "shield", "", verb(words.Groups, "holds", "hold", "sensitive privileges"),
		o.sensitive(), with(s.groups(), views.GroupOnly.Name, onlySensitive)))
	return all
}

// sensitive names the domains that groups hold.
func (o overviewPage) sensitive() string {
	var names []string
	for _, key := range o.Groups.Domains {
		if d := o.catalog.Domain(key); d != nil {
			names = append(names, d.Name)
		}
	}
	return words.List(names, 2)
}

// nothing says what was looked at.
func (o overviewPage) nothing() string {
	what := "No membership or invitation"
	if o.Keys != nil {
		what = "No API key, membership or invitation"
	}
	return what + " ends soon. All members were active recently. Every group has members."
}

func (o overviewPage) endings() int {
	n := o.Memberships.Count + o.Invitations.Count
	if o.Keys != nil {
		n += o.Keys.Count
	}
	return n
}

func (o overviewPage) ending() []views.EndingLine {
	var lines []views.EndingLine
	for _, e := range o.Ending {
		line := views.EndingLine{Day: moment(e.At, words.DayIn(words.LastDay(e.At), o.At)), Left: words.In(e.At, o.At), Tone: warning}
		if e.At.Sub(o.At) <= 72*time.Hour {
			line.Tone = danger
		}
		switch {
		case e.Key != "":
			line.Icon, line.What = "key-round", parts.Link{Label: e.Name, Href: o.site.apiKey(e.Key)}
			line.Sub = "API key, never used"
			if e.LastUsedAt != nil {
				line.Sub = "API key, used " + words.Ago(*e.LastUsedAt, o.At)
			}
		case e.Invitation != 0:
			line.Icon, line.What = "mail", parts.Link{Label: e.Email, Href: with(o.site.invitations(), parts.QueryName, e.Email)}
			line.Sub = "Invitation to " + words.Groups.Count(e.Groups) + ", by " + e.Inviter
		default:
			line.Icon, line.What = "id-card", parts.Link{Label: orElse(e.Name, e.Email), Href: o.site.member(e.Member)}
			line.Sub = e.Email + " leaves " + e.Group
		}
		lines = append(lines, line)
	}
	return lines
}

// changes are the last activities, each in one line.
func (o overviewPage) changes() []parts.ActivityEvent {
	if o.Overview.Changes == nil {
		return nil
	}
	p := activityPage{catalog: o.catalog, site: o.site, list: *o.Overview.Changes, now: o.At}
	var lines []parts.ActivityEvent
	for _, e := range p.list.Rows {
		text := words.Clock(e.At)
		if words.Date(e.At) != words.Date(o.At) {
			text = words.DayIn(e.At, o.At)
		}
		lines = append(lines, parts.ActivityEvent{At: moment(e.At, text), Initials: initials(e.ActorName), Sentence: p.sentence(e), Kind: p.kind(e)})
	}
	return lines
}

func (o overviewPage) lent() []views.LentNow {
	var all []views.LentNow
	for _, a := range o.Lent {
		total, used := a.ExpiresAt.Sub(a.RequestedAt), o.At.Sub(a.RequestedAt)
		all = append(all, views.LentNow{Name: a.Name, Href: o.site.temporaryAccess(a.Key), Sub: a.Justification, Until: momentOf(a.ExpiresAt),
			Used: minutes(used), Total: minutes(total), Read: "Time used: " + words.Duration(used.Round(time.Minute)) + " of " + words.Duration(total.Round(time.Minute))})
	}
	return all
}

func minutes(d time.Duration) string { return strconv.Itoa(int(d.Minutes())) }

func unusedHeads() []string {
	var heads []string
	for _, days := range services.UnusedDays {
		heads = append(heads, words.Days.Count(days))
	}
	return heads
}

// unused are the numbers of what is not used, each of which leads to the list.
func (o overviewPage) unused() []views.UnusedLine {
	lines := []views.UnusedLine{o.unusedLine(words.Members, o.Members, o.site.memberList())}
	lines = append(lines, o.unusedLine(words.Groups, o.OfGroups, o.site.groups()))
	if o.OfKeys != nil {
		lines = append(lines, o.unusedLine(words.APIKeys, *o.OfKeys, o.site.apiKeys()))
	}
	return lines
}

// usesNoted says from when on uses are known.
func usesNoted(o models.Organization) string {
	text := "Counted since " + words.Date(o.CreatedAt) + ", when recording of use began."
	if o.GroupUsesSince.After(o.CreatedAt) {
		text += " " + groupUsesNoted(o)
	}
	return text
}

func (o overviewPage) unusedLine(of words.Noun, n services.UnusedCount, address string) views.UnusedLine {
	line := views.UnusedLine{Name: words.Upper(of.Many), Cells: []views.UnusedCell{unusedCell(n.Never, of, "never used", address, neverUsed)}}
	for _, days := range services.UnusedDays {
		line.Cells = append(line.Cells, unusedCell(n.Since[days], of, "not used for "+words.Days.Count(days), address, strconv.Itoa(days)))
	}
	return line
}

func unusedCell(n int, of words.Noun, how, address, word string) views.UnusedCell {
	cell := views.UnusedCell{Count: words.Roughly(n), Read: of.Of(n) + " " + how}
	if n > 0 {
		cell.Href = with(address, views.Unused.Name, word)
	}
	return cell
}

// seats are told amber from 95 % on.
func (o overviewPage) seats() views.Seats {
	n := o.Overview.Seats
	s := views.Seats{Taken: seatsTaken(n), Free: words.Number(n.Free) + " free", Sub: seatsBy(n),
		Max: strconv.Itoa(max(n.All, n.Taken, 1)), High: strconv.Itoa(n.All * 95 / 100), Value: strconv.Itoa(n.Taken)}
	if over := n.TooFew(); over > 0 {
		s.Free = words.Number(over) + " too many"
	}
	s.Read = s.Taken
	return s
}

// setup are the steps that are still to do, and those that are done; nil where all are.
func (o overviewPage) setup() *views.FirstSteps {
	steps := o.Overview.Setup
	if steps == nil {
		return nil
	}
	noun, first := words.Resources.One, parts.Link{}
	if d := steps.Resource; d != nil {
		noun = d.Resource
		first = parts.Link{Label: "Add " + d.Resource, Href: o.site.addResource(d.Key)}
	}
	setup := &views.FirstSteps{Title: "Set up " + o.by.Organization.Name, Steps: []views.FirstStep{
		{Name: "Organization created", Sub: words.Day(o.by.Organization.CreatedAt), Done: true},
		{Name: "Add " + words.A(noun), Sub: "Groups can then view or edit it", Done: steps.Resources, Action: first},
		{Name: "Add a group with the privileges of a role", Sub: words.Groups.With("built-in").Count(len(o.catalog.BuiltIn)) + " exist already", Done: steps.Groups},
		{Name: "Add members", Sub: "Paste a list, or type their addresses", Done: steps.Members},
	}}
	if steps.AddsGroups {
		setup.Steps[2].Action = parts.Link{Label: "Add Group", Href: o.site.addGroup()}
	}
	if o.Invites {
		setup.Steps[3].Action = parts.Link{Label: "Add members", Href: o.site.invite()}
	}
	for i := range setup.Steps {
		setup.Steps[i].Number = strconv.Itoa(i + 1)
		if setup.Steps[i].Done {
			setup.Steps[i].Action = parts.Link{}
		}
	}
	return setup
}
