package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// pagesOfRows are the pages whose cost must not depend on how much there is. Their organizations are those of
// modelstest.Large; "team" holds Custom wherever it is offered, so its Privileges tab opens every editor list. MEMBER
// stands for the number of one of the members, who is in two groups, ADMIN for that of an administrator.
var pagesOfRows = []struct {
	name, path string
	form       url.Values // of a POST; nil for a GET
	fewer      bool       // of many groups, who can reach something is found by walking the members, in fewer statements
}{
	{name: "Groups", path: "/groups"},
	{name: "Groups by members", path: "/groups?sort=-members"},
	{name: "Groups, filtered", path: "/groups?q=group&kind=custom&domain=content%2Fsources"},
	{name: "Groups with a selection", path: "/groups?selected=team"},
	{name: "Action bar of a group", path: "/groups/-/actions?selected=group-0003"},
	{name: "Compare", path: "/groups/-/compare?group=group-0001&group=team"},
	{name: "Compare, with what lists set apart", path: "/groups/-/compare?group=group-0001&group=team&group=group-0002&rows=content%2Fsources&add=yes"},
	{name: "Compare members", path: "/members/-/compare?member=MEMBER&member=ADMIN&rows=content%2Fsources&add=yes"},
	{name: "Activities", path: "/activity"},
	{name: "Search", path: "/search?q=source"},
	{name: "Search, nothing typed", path: "/search"},
	{name: "Activities of groups", path: "/activity?domain=organization%2Fgroups"},
	{name: "Activities of a source", path: "/activity?domain=content%2Fsources&resource=source-00007"},
	{name: "Activities, filtered", path: "/activity?q=source&who=admin%40large.example.com"},
	{name: "Activities, refused", path: "/activity?outcome=refused"},
	{name: "Explain access", path: "/explain?who=group:team&can=edit&what=content/sources&resource=source-00007"},
	{name: "Explain access, a choice", path: "/explain?who=group:team&can=edit&what=content/sources&resource=source"},
	{name: "Members tab", path: "/groups/group-0003/members"},
	{name: "Members tab, invited", path: "/groups/group-0003/members?show=invited"},
	{name: "Members", path: "/members"},
	{name: "Add members", path: "/members/-/invite"},
	{name: "Add members, a list and a choice of groups", path: "/members/-/invite", form: url.Values{
		"step": {"filter"}, "read_lines": {"1:member-0001@large.example.com\n2:new@example.com"}, "who_typed": {"member"}, "find_group": {"group"}, "group": {"group-0003", "group-0005"}}},
	{name: "Invitations", path: "/members/-/invitations"},
	{name: "Invitations by end, filtered", path: "/members/-/invitations?sort=-expires&q=member"},
	{name: "Invitations that were accepted", path: "/members/-/invitations?state=accepted"},
	{name: "Members by last use", path: "/members?sort=-used"},
	{name: "Members, filtered", path: "/members?q=member&group=group-0003"},
	{name: "Members who are suspended", path: "/members?status=suspended"},
	{name: "Suspended members of a group", path: "/members?status=suspended&group=group-0003"},
	{name: "Members with a selection", path: "/members?selected=MEMBER"},
	{name: "Action bar of a member", path: "/members/-/actions?selected=MEMBER"},
	{name: "Access of a member", path: "/members/MEMBER"},
	{name: "Your access", path: "/members/-/you"},
	{name: "Groups of a member", path: "/members/MEMBER/groups"},
	{name: "Groups that a member is in", path: "/members/MEMBER/groups?show=joined"},
	{name: "Preview of a member’s groups", path: "/members/MEMBER/groups/preview", form: url.Values{
		"rows": {"group-0003 group-0005 team"}, "in.group-0005": {"yes"}, "in.team": {"yes"}}},
	{name: "Privileges tab", path: "/groups/team/privileges"},
	{name: "Privileges preview", path: "/groups/team/privileges/preview", form: url.Values{
		"revision": {"1"}, "level.content/sources": {"custom"}, "rows.content/sources": {"source-00000 source-00003"},
		"edit.content/sources.source-00000": {"view"}, "edit.content/sources.source-00003": {"view"}}},
	{name: "Access tab of a group", path: "/groups/team/access"},
	{name: "API keys", path: "/api-keys"},
	{name: "API keys by end", path: "/api-keys?sort=expires"},
	{name: "API keys by use, expiring", path: "/api-keys?status=expiring&sort=-used"},
	{name: "Action bar of an API key", path: "/api-keys/-/actions?selected=key-0003"},
	{name: "API key", path: "/api-keys/key-0003"},
	{name: "Privileges tab of an API key", path: "/api-keys/key-0003/privileges"},
	{name: "Access tab of an API key", path: "/api-keys/key-0003/access"},
	{name: "Sources", path: "/resources/content/sources"},
	{name: "Sources by last change", path: "/resources/content/sources?sort=-modified"},
	{name: "Sources, filtered", path: "/resources/content/sources?q=source"},
	{name: "Sources to edit", path: "/resources/content/sources?access=edit"},
	{name: "Sources to view", path: "/resources/content/sources?access=view"},
	{name: "Extensions", path: "/resources/content/extensions"},
	{name: "Action bar of a source", path: "/resources/content/sources/-/actions?selected=source-00007"},
	{name: "Source", path: "/resources/content/sources/source-00007"},
	{name: "Access tab of a source", path: "/resources/content/sources/source-00007/access"},
	{name: "People of a source", path: "/resources/content/sources/source-00007/people", fewer: true},
	{name: "People of a domain", path: "/resources/content/sources/-/people", fewer: true},
	{name: "Overview", path: ""},
	{name: "Access preview", path: "/resources/content/sources/source-00007/access/preview", form: url.Values{
		"access.group:group-0003": {"view"}, "access.group:group-0004": {"edit"}}},
}

// mostStatements is what the dearest page may take: the Privileges tab, with the editor lists of six domains.
const mostStatements = 45

// mostBytes is what a page may weigh, packed as it is sent.
const mostBytes = 30 << 10

// page is the address of a page of an organization.
func (w world) page(t testing.TB, organization, path string) string {
	t.Helper()
	if strings.Contains(path, "MEMBER") {
		path = strings.ReplaceAll(path, "MEMBER", w.member(t, organization, "member-00003@"+organization+".example.com"))
		path = strings.ReplaceAll(path, "ADMIN", w.member(t, organization, "admin@"+organization+".example.com"))
	}
	return "/o/" + organization + path
}

func TestPageOfFiftyRowsCostsTheSameWithAThousandGroups(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := inLarge(t, store, clock, small, large)
		w.cost(t, w.asker(t, "admin@small.example.com"), "/o/small/groups?q=x", nil) // what a database is searched by is asked once
		for _, who := range []string{"admin", "viewer"} {
			few, many := w.asker(t, who+"@small.example.com"), w.asker(t, who+"@large.example.com")
			for _, page := range pagesOfRows {
				t.Run(who+"/"+page.name, func(t *testing.T) {
					atFew, _ := w.cost(t, few, w.page(t, "small", page.path), page.form)
					atMany, bytes := w.cost(t, many, w.page(t, "large", page.path), page.form)
					if atMany > atFew || atMany < atFew && !page.fewer || atMany > mostStatements {
						t.Errorf("%d statements with %d groups and %d resources, %d with %d and %d; at most %d are meant", atFew,
							small.Groups, small.Resources, atMany, large.Groups, large.Resources, mostStatements)
					}
					if bytes >= mostBytes {
						t.Errorf("%d bytes, want less than %d", bytes, mostBytes)
					}
				})
			}
		}
		w.wantFullPages(t)
	})
}

// cost is the number of statements that an answer takes, and its size. The whole chain counts: session, rights, page and
// frame.
func (w world) cost(t *testing.T, a asker, path string, form url.Values) (statements, bytes int) {
	t.Helper()
	ctx, counter := w.Store.CountStatements(t.Context())
	answer := a.ask(ctx, path, form)
	if answer.Code != http.StatusOK || answer.Header().Get("Content-Encoding") != "gzip" {
		t.Fatalf("%s: %d, encoded as %q", path, answer.Code, answer.Header().Get("Content-Encoding"))
	}
	if counter.Count() < 3 {
		t.Fatalf("%s: only %d statements were counted", path, counter.Count())
	}
	return counter.Count(), answer.Body.Len()
}

// wantFullPages makes sure that pages of fifty rows were measured.
func (w world) wantFullPages(t *testing.T) {
	t.Helper()
	a := w.asker(t, "admin@large.example.com")
	for path, row := range map[string]string{
		"/groups": `name="selected"`, "/resources/content/sources": `name="selected"`,
		"/resources/content/sources/source-00007/access": `<th scope="row">`, "/groups/team/privileges": `name="edit.content/sources.`,
	} {
		page := unpack(t, a.ask(t.Context(), "/o/large"+path, nil).Body.String())
		if n := strings.Count(page, row); n != 50 && n != 2*50 { // in an editor list each row has two choices
			t.Errorf("%s has %d of %s, want those of 50 rows", path, n, row)
		}
	}
}
