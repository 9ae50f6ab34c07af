package handlers

import (
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

var (
	jira        = models.Resource{ID: 7, Domain: sources, Key: "jira", Name: "Jira Cloud"}
	johnAsked   = services.Subject{Ref: "member:7", Kind: services.SubjectMember, Name: "John Smith", Email: "john.smith@example.com", Memberships: map[access.GranteeID]models.Membership{1: {Since: noon}}}
	importerKey = services.Subject{Ref: "api-key:importer", Kind: services.SubjectAPIKey, Name: "Importer"}
)

// explained is what services answer of these grants.
func explained(s services.Subject, ability access.Ability, about models.Resource, entries []access.Entry, grants ...access.Grant) services.Explanation {
	need := access.Need{Domain: sources, Ability: ability}
	return services.Explanation{Explanation: access.Explain(catalog, grants, entries, noon, need, about.ID),
		Subject: s, Domain: catalog.Domain(sources), Resource: about, Revision: 12, At: noon}
}

// chainText is one line a link: name, note, edge and where it leads.
func chainText(chain []parts.ChainLink) []string {
	var lines []string
	for _, l := range chain {
		line := strings.Join([]string{l.Name, l.Note, l.Edge}, " | ")
		if l.Link != nil {
			line += " | " + l.Link.Label + " " + l.Link.Href
		}
		lines = append(lines, line)
	}
	return lines
}

func TestTheChainOfAnAnswerLeadsFromSomebodyToWhatTheyMayDo(t *testing.T) {
	const (
		you    = "John Smith | john.smith@example.com | is a member of"
		member = "Leads | Member since 4 January 2027 | which is granted"
		link   = " | Members /o/acme/groups/leads/members"
		held0  = " | Privileges /o/acme/groups/leads/privileges"
	)
	sees := lead(held(access.GroupsDomain, access.LevelView))
	listed := []access.Entry{{Grantee: 1, Domain: sources, Resource: jira.ID}}
	all := held(sources, access.LevelEdit)
	administrators, key := all, all
	administrators.Via.Administrators = true
	key.Via = access.Grantee{Kind: access.APIKey, ID: 2, Key: "importer", Name: "Importer"}
	ending := all
	ending.Until = noon.AddDate(0, 1, 0)
	for name, c := range map[string]struct {
		by   services.Caller
		e    services.Explanation
		want []string
	}{
		"a level": {sees, explained(johnAsked, access.Edit, models.Resource{}, nil, all),
			[]string{you, member + link, "Edit all on Content / Sources | ALLOWS | which includes" + held0, "Edit on all sources |  | "}},
		"an editor list": {sees, explained(johnAsked, access.Edit, jira, listed, held(sources, access.LevelCustom)),
			[]string{you, member + link, "Custom on Content / Sources | ALLOWS | whose editor list has" + held0, "Edit on Jira Cloud | This source |  | Access /o/acme/resources/content/sources/jira/access"}},
		"the box": {sees, explained(johnAsked, access.Create, models.Resource{}, nil, boxed(sources, access.LevelView)),
			[]string{you, member + link, "View all on Content / Sources | ALLOWS | with the box" + held0, "Can create on Content / Sources |  | "}},
		"a level that creates": {sees, explained(johnAsked, access.Create, models.Resource{}, nil, all),
			[]string{you, member + link, "Edit all on Content / Sources | ALLOWS | which includes" + held0, "Can create on Content / Sources |  | "}},
		"Administrators": {sees, explained(johnAsked, access.Edit, models.Resource{}, nil, administrators),
			[]string{you, member + link, "Edit all on Content / Sources | Administrators hold the highest level everywhere | which includes" + held0, "Edit on all sources |  | "}},
		"until a moment": {sees, explained(johnAsked, access.Edit, models.Resource{}, nil, ending),
			[]string{you, "Leads | Member since 4 January 2027 · until 4 February 2027, 12:00 UTC | which is granted" + link,
				"Edit all on Content / Sources | ALLOWS | which includes" + held0, "Edit on all sources |  | "}},
		"without view on groups": {lead(), explained(johnAsked, access.Edit, models.Resource{}, nil, all),
			[]string{you, member, "Edit all on Content / Sources | ALLOWS | which includes", "Edit on all sources |  | "}},
		"an API key": {lead(), explained(importerKey, access.Edit, models.Resource{}, nil, key),
			[]string{"Importer |  | which is granted", "Edit all on Content / Sources | ALLOWS | which includes | Privileges /o/acme/api-keys/importer/privileges", "Edit on all sources |  | "}},
	} {
		got := chainText(answerOf(c.by, c.e, "/again").Chain)
		for i := range c.want {
			if c.want[i] = strings.Replace(c.want[i], "ALLOWS", allowsOf(c.e), 1); i >= len(got) || got[i] != c.want[i] {
				t.Errorf("%s:\n%s\nwant\n%s", name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
				break
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s has %d links", name, len(got))
		}
	}
}

// allowsOf is what the catalogue says of the level behind an answer.
func allowsOf(e services.Explanation) string {
	text := e.Domain.Allows[e.Via[0].Grant.Level]
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

func TestAnAnswerTellsEveryGrantOnce(t *testing.T) {
	other := held(sources, access.LevelView)
	other.Via = access.Grantee{Kind: access.Group, ID: 2, Key: "interns", Name: "Interns"}
	second := held(sources, access.LevelEdit)
	second.Via = access.Grantee{Kind: access.Group, ID: 3, Key: "web", Name: "Web"}
	for name, c := range map[string]struct {
		grants           []access.Grant
		verdict          string
		chain            int
		also, considered []string
	}{
		"yes by two": {[]access.Grant{held(sources, access.LevelEdit), other, second}, "Yes, John Smith can edit all sources", 4, []string{"Web Edit all"}, []string{"Interns View all"}},
		"no":         {[]access.Grant{other}, "No, John Smith can’t edit all sources", 0, nil, []string{"Interns View all"}},
	} {
		a := answerOf(lead(), explained(johnAsked, access.Edit, models.Resource{}, nil, c.grants...), "/again")
		if a.Verdict != c.verdict || len(a.Chain) != c.chain || !slices.Equal(told(a.Also), c.also) || !slices.Equal(told(a.Considered), c.considered) || a.Again != "/again" {
			t.Errorf("%s: %+v", name, a)
		}
		if a.At != "2027-01-04T12:00:00Z" || a.AsOf != "revision 12, 4 January 2027, 12:00 UTC" {
			t.Errorf("%s: as of %q, %q", name, a.At, a.AsOf)
		}
	}
}

func told(grants []parts.ToldGrant) []string {
	var all []string
	for _, g := range grants {
		all = append(all, g.Name+" "+g.Word)
	}
	return all
}

// What a group held before the catalogue dropped the level reads as nothing (R17).
func TestALevelThatIsNoLongerOfferedReadsAsNone(t *testing.T) {
	got := toldGrants(catalog.Domain(sources), []services.Told{{Grant: held(sources, access.LevelPush), Text: "no longer offered"}})
	if want := (parts.ToldGrant{Name: "Leads", Text: "no longer offered", Level: "none", Word: "None"}); got[0] != want {
		t.Errorf("told is %+v", got[0])
	}
}

func TestAQuestionIsAskedAboutTheViewerUnlessItNamesSomebodyElse(t *testing.T) {
	choices := services.ExplainChoices{Members: []models.Member{john, {ID: 8, PersonID: 5, Name: "Lead", Email: "lead@example.com"}},
		Groups: []models.Resource{{Key: "interns", Name: "Interns"}}}
	for name, c := range map[string]struct {
		find    string
		subject services.Subject
		want    []string
	}{
		"looked for": {"le", services.Subject{},
			[]string{": Choose one of those found", "Members: John Smith · john.smith@example.com", "Members: Lead (you) · lead@example.com", "Groups: Interns"}},
		"nobody else": {"", services.Subject{Own: true}, []string{": Lead (you) · lead@example.com*", "Members: John Smith · john.smith@example.com", "Groups: Interns"}},
		"among them":  {"", johnAsked, []string{": Lead (you) · lead@example.com", "Members: John Smith · john.smith@example.com*", "Groups: Interns"}},
		"a group":     {"", services.Subject{Ref: "group:interns", Kind: services.SubjectGroup, Name: "Interns"}, []string{": Lead (you) · lead@example.com", "Members: John Smith · john.smith@example.com", "Groups: Interns*"}},
		"not among them": {"", services.Subject{Ref: "api-key:importer", Kind: services.SubjectAPIKey, Name: "Importer"},
			[]string{": Lead (you) · lead@example.com", ": Importer*", "Members: John Smith · john.smith@example.com", "Groups: Interns"}},
	} {
		var got []string
		for _, g := range whoSelect(lead(), c.subject, choices, c.find).Groups {
			for _, o := range g.Options {
				line := g.Label + ": " + o.Label
				if o.Selected {
					line += "*"
				}
				got = append(got, line)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: offered are %q", name, got)
		}
	}
}

func TestAQuestionBeginsWithEditAndNoDomain(t *testing.T) {
	for asked, want := range map[string]string{"": "Edit", "create": "Create", "allowed": "Use (Allowed)", "dance": ""} {
		got := ""
		for _, o := range canSelect(asked).Options {
			if o.Selected {
				got += o.Label
			}
		}
		if got != want {
			t.Errorf("%q selects %q", asked, got)
		}
	}
	for want, d := range map[string]*access.Domain{"Choose a domain": nil, "Sources": catalog.Domain(sources)} {
		got, domains := "", 0
		for _, g := range whatSelect(catalog, d).Groups {
			for _, o := range g.Options {
				if domains++; o.Selected {
					got += o.Label
				}
			}
		}
		if got != want || domains != len(catalog.Domains())+1 {
			t.Errorf("selected is %q of %d", got, domains)
		}
	}
}

func TestWhatIsNotThereIsSaidOfTheFieldForAResource(t *testing.T) {
	for d, want := range map[access.DomainKey]string{
		sources:                   "There is no such source. Leave it empty to ask about all sources.",
		access.APIKeysDomain:      "There is no such API key. Leave it empty to ask about all API keys.",
		access.OrganizationDomain: "Nothing can be listed one by one in Organization / Organization. Leave it empty.",
	} {
		if got := noneNamed(catalog.Domain(d)); got != want {
			t.Errorf("%s: %q", d, got)
		}
	}
	// A name that is written like a key may be the key of another thing.
	for want, r := range map[string]models.Resource{"Jira Cloud": jira, "jira": {Key: "jira", Name: "wiki"}} {
		if got := typedName(r); got != want {
			t.Errorf("%+v is shown as %q", r, got)
		}
	}
}
