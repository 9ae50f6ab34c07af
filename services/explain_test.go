package services_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

const johnSmith = "member:john.smith@example.com"

// told is an explanation in one text, a line each, as the tests below read it.
func told(e services.Explanation) string {
	w := e.Sentences()
	lines := []string{w.Verdict + ". " + w.Summary}
	for _, t := range w.Because {
		lines = append(lines, "+ "+t.Grant.Via.Name+": "+t.Text)
	}
	for _, t := range w.Considered {
		lines = append(lines, "- "+t.Grant.Via.Name+": "+t.Text)
	}
	for _, change := range w.Changes {
		lines = append(lines, "! "+change)
	}
	return strings.Join(lines, "\n")
}

func TestAnExplanationTellsWhatGivesAndWhatDoesNot(t *testing.T) {
	cases := []struct {
		name     string
		question services.Question
		want     string
	}{
		{"through an editor list", services.Question{Subject: johnSmith, Ability: "edit", Domain: "content/sources", Resource: "jira"},
			`John Smith can edit Jira. 1 of 3 groups gives it. The highest level wins.
+ Atlassian: Custom on Content / Sources, with Jira in its editor list
- Readers: View all on Content / Sources gives view, not edit
- Visitors: no level on Content / Sources
! Without Atlassian, View all on Content / Sources would remain.
! Taking Jira out of the editor list of Atlassian ends it for all of its members.`},
		{"not in the editor list", services.Question{Subject: johnSmith, Ability: "edit", Domain: "content/sources", Resource: "web"},
			`John Smith can’t edit Web. None of 3 groups gives it.
- Atlassian: Custom on Content / Sources, but Web is not in its editor list
- Readers: View all on Content / Sources gives view, not edit
- Visitors: no level on Content / Sources
! Adding Web to the editor list of Atlassian.
! Giving Readers Custom on Content / Sources, with Web in its editor list, in place of View all.
! Giving Visitors Custom on Content / Sources, with Web in its editor list, in place of None.`},
		{"all sources", services.Question{Subject: johnSmith, Ability: "edit", Domain: "content/sources"},
			`John Smith can’t edit all sources. None of 3 groups gives it.
- Atlassian: Custom on Content / Sources gives edit on what is in its editor list, not on all sources
- Readers: View all on Content / Sources gives view, not edit
- Visitors: no level on Content / Sources
! Giving Atlassian Edit all on Content / Sources, in place of Custom.
! Giving Readers Edit all on Content / Sources, in place of View all.
! Giving Visitors Edit all on Content / Sources, in place of None.`},
		{"by two groups", services.Question{Subject: johnSmith, Ability: "view", Domain: "content/sources"},
			`John Smith can view all sources. 2 of 3 groups give it. The highest level wins.
+ Atlassian: Custom on Content / Sources
+ Readers: View all on Content / Sources
- Visitors: no level on Content / Sources
! Each of these 2 groups gives it by itself. It is lost only when all of them change.`},
		{"creation", services.Question{Subject: johnSmith, Ability: "create", Domain: "content/sources"},
			`John Smith can’t create sources. None of 3 groups gives it.
- Atlassian: Custom on Content / Sources, without Can create
- Readers: View all on Content / Sources, without Can create
- Visitors: no level on Content / Sources
! Giving Atlassian Can create on Content / Sources.
! Giving Readers Can create on Content / Sources.
! Giving Visitors View all on Content / Sources, with Can create, in place of None.`},
		{"creation of a resource", services.Question{Subject: "group:administrators", Ability: "create", Domain: "content/sources", Resource: "web"},
			`Administrators can’t create Web. To ask about creating, name Content / Sources alone, without something in it.
- Administrators: Edit all on Content / Sources`},
		{"what no level gives", services.Question{Subject: "group:administrators", Ability: "push", Domain: "content/sources"},
			`Administrators can’t push to all sources. No level on Content / Sources gives push.
- Administrators: Edit all on Content / Sources`},
		{"administrators", services.Question{Subject: "member:administrator@example.com", Ability: "create", Domain: "content/fields"},
			`Administrator can create fields. Their only group gives it.
+ Administrators: Administrators hold the highest level everywhere: Edit on Content / Fields
! Without Administrators, no level on Content / Fields would remain.`},
		{"a group", services.Question{Subject: "group:marketing", Ability: "create", Domain: "content/sources"},
			`Marketing can create sources. The group gives it to its members.
+ Marketing: Custom on Content / Sources, with Can create`},
		{"a use", services.Question{Subject: "member:visitor@example.com", Ability: "allowed", Domain: "search/execute-queries"},
			`Visitor is not allowed on Search / Execute queries. Their only group does not give it.
- Visitors: no level on Search / Execute queries
! Giving Visitors Allowed on Search / Execute queries, in place of None.`},
		{"a disabled key", services.Question{Subject: "api-key:push", Ability: "edit", Domain: "content/sources", Resource: "web"},
			`Push can’t edit Web. The key does not hold it.
- Push: the key is deactivated, so Edit all on Content / Sources has no effect
! Activating the key.`},
		{"a key that will expire", services.Question{Subject: "api-key:pull", Ability: "edit", Domain: "content/sources", Resource: "jira"},
			`Pull can edit Jira. The key holds it itself.
+ Pull: Custom on Content / Sources, with Jira in its editor list, until the end of 30 April 2027 (UTC)
! Taking Jira out of the editor list of Pull ends it.
! It ends by itself at the end of 30 April 2027 (UTC).`},
		{"a key whose privileges are its template’s", services.Question{Subject: "api-key:search", Ability: "view", Domain: "content/sources"},
			`Search can’t view all sources. The key does not hold it.
- Search: no level on Content / Sources`},
		{"a key that may be given more", services.Question{Subject: "api-key:pull", Ability: "edit", Domain: "content/sources", Resource: "web"},
			`Pull can’t edit Web. The key does not hold it.
- Pull: Custom on Content / Sources, but Web is not in its editor list
! Adding Web to the editor list of Pull.`},
		{"what no key may hold", services.Question{Subject: "api-key:pull", Ability: "view", Domain: "organization/api-keys"},
			`Pull can’t view all API keys. The key does not hold it.
- Pull: no level on Organization / API keys`},
	}
	onConsoleWith(t, applied(modelstest.ExplainedFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		for _, test := range cases {
			t.Run(test.name, func(t *testing.T) {
				e, err := c.Check(context.Background(), "acme", test.question)
				must(t, err)
				if got := told(e); got != test.want {
					t.Errorf("told\n%s\nwant\n%s", got, test.want)
				}
			})
		}
	})
}

// A membership that has expired no longer counts, and is told as long as nobody has ended it (R12).
func TestAnExpiredMembershipIsTold(t *testing.T) {
	onConsoleWith(t, applied(modelstest.ExplainedFile), func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		org := scopeOf(t, store, "acme")
		group, err := org.Group(context.Background(), "marketing")
		must(t, err)
		person, err := store.PersonByEmail(context.Background(), "visitor@example.com")
		must(t, err)
		end := clock.Now().Add(time.Hour)
		must(t, store.Change(context.Background(), org.ID(), func(tx *models.Scope) error {
			tx.ActsFor(modelstest.Somebody)
			return tx.AddMembership(context.Background(), access.GranteeID(group.ID), person, &end, clock.Now())
		}))
		ask := services.Question{Subject: "member:visitor@example.com", Ability: "edit", Domain: "content/sources", Resource: "web"}
		e, err := c.Check(context.Background(), "acme", ask)
		must(t, err)
		want := `Visitor can edit Web. 1 of 2 groups gives it. The highest level wins.
+ Marketing: Custom on Content / Sources, with Web in its editor list, until 4 January 2027, 10:00 UTC
- Visitors: no level on Content / Sources
! Without Marketing, no level on Content / Sources would remain.
! Taking Web out of the editor list of Marketing ends it for all of its members.
! It ends by itself on 4 January 2027, 10:00 UTC.`
		if got := told(e); got != want {
			t.Errorf("before its end told\n%s\nwant\n%s", got, want)
		}
		clock.Set(end)
		e, err = c.Check(context.Background(), "acme", ask)
		must(t, err)
		want = `Visitor can’t edit Web. None of 2 groups gives it.
- Marketing: the membership ended on 4 January 2027, 10:00 UTC, so Custom on Content / Sources has no effect
- Visitors: no level on Content / Sources
! Renewing the membership of Marketing.
! Giving Visitors Custom on Content / Sources, with Web in its editor list, in place of None.`
		if got := told(e); got != want {
			t.Errorf("after its end told\n%s\nwant\n%s", got, want)
		}
	})
}

func scopeOf(t *testing.T, store *models.Store, key string) *models.Scope {
	t.Helper()
	o, err := store.OrganizationByKey(context.Background(), key)
	must(t, err)
	return modelstest.In(store, o.ID)
}

// asking is the caller of a member.
func asking(t *testing.T, c *services.Console, store *models.Store, email string) services.Caller {
	t.Helper()
	person := modelstest.Proven(t, store, email)
	by, err := c.Identify(context.Background(), services.Session{Person: person, Provider: services.ProviderPassword}, "acme", "192.0.2.1")
	must(t, err)
	return by
}

// Attack: somebody without view on Groups, API keys or Sources reads from explanations who and what there is (R15).
func TestWhoMayNotViewIsToldNothingAboutOthers(t *testing.T) {
	groups, keys := services.Forbidden{Need: services.ViewGroups}, services.Forbidden{Need: services.ViewAPIKeys}
	sources := services.Forbidden{Need: services.ViewIn("content/sources")}
	onConsoleWith(t, applied(modelstest.ExplainedFile), func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		by := asking(t, c, store, "visitor@example.com")
		for subject, want := range map[string]error{
			"": nil, "member:visitor@example.com": nil, "member:Visitor@Example.com": nil,
			johnSmith: groups, "member:nobody@example.com": groups, "member:1": groups, "member:999999": groups, "member:": nil,
			"group:visitors": groups, "group:gone": groups, "nonsense": groups, "operator:operator": groups,
			"api-key:push": keys, "api-key:gone": keys,
		} {
			e, err := c.Explain(context.Background(), by, services.Question{Subject: subject, Ability: "view", Domain: "content/sources"})
			if !errors.Is(err, want) || err == nil && (!e.Subject.Own || e.Subject.Email != "visitor@example.com") {
				t.Errorf("about %q: %+v, %v; want %v", subject, e.Subject, err, want)
			}
		}
		for _, resource := range []string{"jira", "gone"} {
			_, err := c.Explain(context.Background(), by, services.Question{Ability: "view", Domain: "content/sources", Resource: resource})
			if !errors.Is(err, sources) {
				t.Errorf("naming %s: %v, want %v", resource, err, sources)
			}
		}
	})
}

func TestMembersAreNamedByNumber(t *testing.T) {
	onConsoleWith(t, applied(modelstest.ExplainedFile), func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		by := asking(t, c, store, "administrator@example.com")
		ask := services.Question{Subject: johnSmith, Ability: "view", Domain: "content/sources"}
		byEmail, err := c.Explain(context.Background(), by, ask)
		must(t, err)
		ask.Subject = byEmail.Subject.Ref
		byNumber, err := c.Explain(context.Background(), by, ask)
		must(t, err)
		if !reflect.DeepEqual(byEmail, byNumber) || strings.Contains(ask.Subject, "@") || byNumber.Subject.Own {
			t.Errorf("%s is explained as %+v, want what is explained of the e-mail", ask.Subject, byNumber.Subject)
		}
		for _, subject := range []string{"member:999999", "member:0", "member:-1", "member:nobody@example.com", "group:gone", "api-key:gone", "nonsense"} {
			ask.Subject = subject
			if e, err := c.Explain(context.Background(), by, ask); err != nil || e.Allowed || e.Unknown.Field != services.FieldSubject {
				t.Errorf("%s: %+v, %v; want to be told that there is none", subject, e, err)
			}
		}
	})
}
