package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"bailiwick/web/webtest"
)

const explain = "/o/story/explain"

// question is the address of a question about the story's sources.
func question(who, can, resource string) string {
	return explain + "?" + url.Values{"who": {who}, "can": {can}, "what": {"content/sources"}, "resource": {resource}}.Encode()
}

// number is how addresses name a member of an organization.
func (w world) number(t *testing.T, organization, email string) string {
	t.Helper()
	o, err := w.Store.OrganizationByKey(context.Background(), organization)
	if err != nil {
		t.Fatal(err)
	}
	m, err := w.Store.In(o.ID).MemberByEmail(context.Background(), email)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("member:%d", m.ID)
}

func isExplain(_ int, s *goquery.Selection) bool {
	return strings.TrimSpace(s.Text()) == "Explain access"
}

func wantVerdict(t *testing.T, page *webtest.Page, want string) {
	t.Helper()
	if got := page.Text(".verdict h2"); page.Status != http.StatusOK || got != want {
		t.Errorf("%s: %d %q, want %q: %s", page.Address, page.Status, got, want, page.Text("main"))
	}
}

func TestWhyTheseActionsLeadsToAnAddressThatCanBeShared(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		delegate := w.as(t, "delegate@example.com")
		for selected, want := range map[string]string{
			"/o/story/resources/content/sources?selected=web":  "No, Delegate can’t edit Web",
			"/o/story/resources/content/sources?selected=jira": "Yes, Delegate can edit Jira",
			"/o/story/groups?selected=team":                    "Yes, Delegate can edit Team",
		} {
			page := delegate.Get(delegate.Get(selected).Find("#actionbar .actionbar-why a").AttrOr("href", ""))
			wantVerdict(t, page, want)
			if who := page.Address.Query().Get("who"); who != w.number(t, "story", "delegate@example.com") {
				t.Errorf("the address is about %q", who)
			}
			wantVerdict(t, w.as(t, "admin@example.com").Get(page.Address.RequestURI()), want)
		}
	})
}

func TestRowsOfGroupsMembersAndKeysLeadToQuestionsAboutThem(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, "version: 1\norganization: {key: story, name: Story}\napi_keys: [{key: push, name: Push, privileges: {content/sources: view}}]\n")
		admin := w.as(t, "admin@example.com")
		reader := w.number(t, "story", "reader@example.com")
		for path, want := range map[string]string{
			"/o/story/groups?selected=readers":                                   "group:readers",
			"/o/story/groups/readers/members?selected=reader@example.com":        reader,
			"/o/story/members?selected=" + strings.TrimPrefix(reader, "member:"): reader,
			"/o/story/api-keys?selected=push":                                    "api-key:push",
		} {
			link := admin.Get(path).Find("#actionbar .menu-list a").FilterFunction(isExplain)
			page := admin.Get(link.AttrOr("href", ""))
			if got := page.Find("[name=who] option[selected]").AttrOr("value", ""); page.Status != http.StatusOK || got != want {
				t.Errorf("%s leads to %s about %q, want %q", path, page.Address, got, want)
			}
			asked := page.Submit("Explain", url.Values{"can": {"view"}, "what": {"content/sources"}})
			if got := asked.Text(".verdict h2"); !strings.HasSuffix(got, "can view all sources") {
				t.Errorf("asked from %s: %q", path, got)
			}
		}
	})
}

func TestAResourceIsFoundByWhatIsTyped(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, "version: 1\norganization: {key: story, name: Story}\nresources: {content/sources: [{key: careers, name: Web careers}, {key: other, name: web}]}\n")
		reader := w.as(t, "reader@example.com")
		ask := func(typed string) *webtest.Page {
			return reader.Get(explain).Submit("Explain", url.Values{"can": {"view"}, "what": {"content/sources"}, "resource": {typed}})
		}
		wantVerdict(t, ask("careers"), "Yes, Reader can view Web careers")
		wantVerdict(t, ask(" WEB careers "), "Yes, Reader can view Web careers")
		wantVerdict(t, ask("jir"), "Yes, Reader can view Jira")
		page := ask("We")
		var offered []string
		for _, a := range page.Find(`[aria-labelledby="matches"] a`).EachIter() {
			offered = append(offered, a.Text())
			wantVerdict(t, reader.Get(a.AttrOr("href", "")), "Yes, Reader can view "+a.Text())
		}
		if strings.Join(offered, ", ") != "Web, web, Web careers" && strings.Join(offered, ", ") != "web, Web, Web careers" {
			t.Errorf("offered %q", offered)
		}
		named := ask("other") // its name is the key of another source: the field must not mean that one
		again := named.Submit("Explain", nil)
		if again.Address.Query().Get("resource") != "other" {
			t.Errorf("asked again about %s", again.Address)
		}
	})
}

// Where there are more people, groups and keys than a choice holds, a part of the name finds them.
func TestWhoIsFoundAmongMany(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		file := "version: 1\norganization: {key: story, name: Story}\ngroups:\n"
		for i := range 60 {
			file += fmt.Sprintf("  - {key: squad-%02d, name: Squad %02d}\n", i, i)
		}
		admin := w.as(t, "admin@example.com")
		if admin.Get(explain).Find("#find").Length() != 0 {
			t.Error("few groups are looked for")
		}
		w.apply(t, file)
		page := admin.Get(explain).Submit("Explain", url.Values{"can": {"view"}, "what": {"content/sources"}, "find": {"squad 59"}})
		var found []string
		for _, o := range page.Find("[name=who] option").EachIter() {
			found = append(found, o.AttrOr("value", ""))
		}
		if strings.Join(found, " ") != " group:squad-59" { // oneself comes first, without a value
			t.Fatalf("found %q", found)
		}
		if page.Find(".verdict").Length() != 0 || page.Find("#find").AttrOr("value", "") != "squad 59" {
			t.Error("somebody else is answered about, or what was typed is gone")
		}
		if one := page.Find(`[aria-labelledby="matches"] a`); one.Text() != "Squad 59" {
			t.Errorf("offered %q", one.Text())
		} else {
			wantVerdict(t, admin.Get(one.AttrOr("href", "")), "No, Squad 59 can’t view all sources")
		}
		many := admin.Get(explain).Submit("Explain", url.Values{"find": {"squad"}})
		if more := many.Find(`[aria-labelledby="matches"] > .help`).Text(); !strings.Contains(more, "there are more") {
			t.Errorf("the list ends with %q", more)
		}
		nobody := admin.Get(explain).Submit("Explain", url.Values{"can": {"view"}, "what": {"content/sources"}, "find": {"zzz"}})
		if nobody.Status != http.StatusNotFound || nobody.Find("#find").AttrOr("aria-invalid", "") != "true" || nobody.Find(".verdict").Length() != 0 {
			t.Error("who is looked for in vain is not said to be missing")
		}
		wantVerdict(t, page.Submit("Explain", url.Values{"who": {"group:squad-59"}}), "No, Squad 59 can’t view all sources")
	})
}

// Attack: reading from explanations who else is a member, and which things there are.
func TestExplanationsShowNothingThatTheirReaderMayNotView(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		insider, reader := w.as(t, "insider@example.com"), w.as(t, "reader@example.com")
		stranger := w.number(t, "strange", "stranger@example.com")
		same := func(status int, pages ...*webtest.Page) {
			t.Helper()
			for _, page := range pages {
				if page.Status != status || page.Text("main") != pages[0].Text("main") {
					t.Errorf("%s: %d %s; want %d as for %s", page.Address, page.Status, page.Text("main"), status, pages[0].Address)
				}
			}
		}
		maker := w.number(t, "story", "maker@example.com")
		same(http.StatusForbidden, insider.Get(question(maker, "view", "")), insider.Get(question("member:999999", "view", "")),
			insider.Get(question("member:maker@example.com", "view", "")), insider.Get(question("group:team", "view", "")),
			insider.Get(question("group:gone", "view", "")), insider.Get(question(stranger, "view", "")), insider.Get(explain+"?who=group:gone"))
		same(http.StatusForbidden, reader.Get(question("api-key:gone", "view", "")), reader.Get(question("api-key:hidden", "view", "")))
		same(http.StatusForbidden, insider.Get(question("", "view", "jira")), insider.Get(question("", "view", "gone")))
		same(http.StatusNotFound, reader.Get(question("member:999999", "view", "")), reader.Get(question(stranger, "view", "")),
			reader.Get(question("group:hidden", "view", "")), reader.Get(question("nonsense", "view", "")))
		same(http.StatusNotFound, reader.Get(question("", "view", "gone")), reader.Get(question("", "view", "hidden")))
		for _, page := range []*webtest.Page{insider.Get(explain), insider.Get(question("", "edit", ""))} {
			for _, secret := range []string{"Maker", "Readers", "Jira", "jira"} {
				if page.Status != http.StatusOK || strings.Contains(page.Body, secret) {
					t.Errorf("%s: %d, shows %s", page.Address, page.Status, secret)
				}
			}
		}
	})
}

func TestAQuestionThatNobodyCanAnswerIsRefusedAtItsField(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		reader := w.as(t, "reader@example.com")
		for path, field := range map[string]string{
			question("", "own", ""):                                       "can",
			question("", " edit", ""):                                     "can",
			explain + "?can=edit&what=content/secrets":                    "what",
			explain + "?can=view&what=analytics/dimensions&resource=jira": "resource",
			explain + "?who=group:gone":                                   "who",
		} {
			page := reader.Get(path)
			wanted := map[string]int{"can": http.StatusUnprocessableEntity, "what": http.StatusUnprocessableEntity}[field]
			if wanted == 0 {
				wanted = http.StatusNotFound
			}
			if page.Status != wanted || page.Find("#"+field+"[aria-invalid]").Length() != 1 || page.Find(".verdict").Length() != 0 {
				t.Errorf("%s: %d, want %d and an error at %s: %s", path, page.Status, wanted, field, page.Text("main"))
			}
		}
	})
}

// A refusal leads to the question that it answers; of a thing it asks only where its reader may view it.
func TestARefusalLeadsToItsExplanation(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		for _, test := range []struct{ email, path, verdict string }{
			{"insider@example.com", "/o/story/groups/team", "No, Insider can’t view all groups"},
			{"reader@example.com", "/o/story/groups/team/delete", "No, Reader can’t edit Team"},
			{"reader@example.com", "/o/story/resources/content/sources/-/add", "No, Reader can’t create sources"},
			{"reader@example.com", "/o/story/resources/content/sources/web/delete", "No, Reader can’t edit Web"},
		} {
			visitor := w.as(t, test.email)
			refused := visitor.Get(test.path)
			link := refused.Find("main a").FilterFunction(isExplain)
			if refused.Status != http.StatusForbidden || link.Length() != 1 {
				t.Fatalf("%s: %d with %d links to the explanation", test.path, refused.Status, link.Length())
			}
			wantVerdict(t, visitor.Get(link.AttrOr("href", "")), test.verdict)
		}
	})
}
