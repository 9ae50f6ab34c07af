package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/web/webtest"
)

// The page of a search has each kind that was found under its heading, and leads to what was found and to the filtered lists.
func TestSearchFindsEverythingThatTheViewerMayView(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, peopleKeys)
		admin := w.as(t, "admin@example.com")
		found := func(q string) []string { return words(admin.Get("/o/story/search?q="+q), "main h2") }
		for q, want := range map[string]string{
			"source":             "Pages 1",
			"jira":               "Sources 1",
			"ing+ind":            "API keys 1",
			"administrator+stor": "Members 1",
			"readers":            "Groups 1",
		} {
			if got := strings.Join(found(q), ", "); !strings.Contains(got, want) {
				t.Errorf("%s: found %q, want %q among it", q, got, want)
			}
		}
		page := admin.Get("/o/story/search?q=ma")
		for _, hit := range page.Find("main .hit").EachIter() {
			if there := admin.Get(hit.AttrOr("href", "")); there.Status != http.StatusOK {
				t.Errorf("%q leads to %d", hit.Text(), there.Status)
			}
		}
		if marked := page.Find("main .hit mark").Length(); marked == 0 {
			t.Error("nothing is marked")
		}
		none := admin.Get("/o/story/search?q=<xyz>")
		if got := none.Text("main [role=status]"); got != "Nothing found for “<xyz>”. You see only what you may view." {
			t.Errorf("nothing: %q", got)
		}
		if got := admin.Get("/o/story/search").Find("main .hit").Length(); got != 0 {
			t.Errorf("without words: %d", got)
		}
		if got := admin.Get("/o/story/search?q=elsewhere").Text("main [role=status]"); !strings.HasPrefix(got, "Nothing") {
			t.Errorf("of another organization: %q", got)
		}
	})
}

// Who may view groups finds one by what it is for, and sees why it was found; to the others that says nothing.
func TestSearchFindsGroupsByTheirDescriptions(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		made := w.as(t, "admin@example.com").Post("/o/story/groups/-/add", url.Values{"name": {"Stripes"}, "description": {"Looks after the <zebra> review"}})
		if made.Text(".callout") != "Group added. Now add its members." {
			t.Fatalf("adding answers %d: %s", made.Status, made.Text(".callout"))
		}
		page := w.as(t, "reader@example.com").Get("/o/story/search?q=REVIEW+zeb")
		if got := page.Text("main .hit .entry-sub"); got != "Looks after the <zebra> review · 0 members" {
			t.Errorf("beneath the group: %q", got)
		}
		if got := strings.Join(words(page, "main .hit .entry-sub mark"), ","); got != "zeb,review" {
			t.Errorf("marked: %q", got)
		}
		if got := w.as(t, "maker@example.com").Get("/o/story/search?q=zebra").Text("main [role=status]"); !strings.HasPrefix(got, "Nothing") {
			t.Errorf("who may not view groups: %q", got)
		}
	})
}

// A resource that was found names its owner with the address; who has no name is the address alone.
func TestSearchNamesOwnersWithTheirAddress(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, `
version: 1
organization: {key: story, name: Story}
members:
  - {email: owner@example.com, name: Olive Owner, groups: [administrators]}
  - {email: nameless@example.com, groups: [administrators]}
resources:
  content/sources:
    - {key: zebra, name: Zebra, type: web, owner: owner@example.com}
    - {key: yak, name: Yak, owner: nameless@example.com}
    - {key: xenops, name: Xenops}
`)
		admin := w.as(t, "admin@example.com")
		for q, want := range map[string]string{
			"zebra":  "web · Owner: Olive Owner (owner@example.com)",
			"yak":    "Owner: nameless@example.com",
			"xenops": "",
		} {
			if got := admin.Get("/o/story/search?q=" + q).Text("main .hit[href*=sources] .entry-sub"); got != want {
				t.Errorf("beneath %s: %q, want %q", q, got, want)
			}
		}
	})
}

func TestSearchShowsNobodyWhatTheyMayNotView(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		w.apply(t, peopleKeys)
		for email, want := range map[string]string{ // everybody sees names of members
			"admin@example.com":   "Pages, Groups, Members, Sources, API keys, Activities",
			"reader@example.com":  "Pages, Groups, Members, Sources",
			"maker@example.com":   "Pages, Members, Sources",
			"insider@example.com": "Pages, Members",
		} {
			by := w.as(t, email)
			var kinds []string
			for _, q := range []string{"e", "m", "w", "j", "i"} {
				for _, kind := range words(by.Get("/o/story/search/hits?q="+q), ".hit-head [id]") {
					if !strings.Contains(strings.Join(kinds, ", "), kind) {
						kinds = append(kinds, kind)
					}
				}
			}
			for _, kind := range []string{"Pages", "Groups", "Members", "Sources", "API keys", "Activities"} {
				if got, shall := strings.Contains(strings.Join(kinds, ", "), kind), strings.Contains(want, kind); got != shall {
					t.Errorf("%s finds %s: %t, want %t", email, kind, got, shall)
				}
			}
		}
		insider := w.as(t, "insider@example.com").Get("/o/story/search?q=reader")
		hit := insider.Find(`main a.hit`)
		if hit.Length() != 1 || hit.AttrOr("href", "") != "/o/story/members?q=reader%40example.com" || hit.Find(".hit-kind").Length() != 0 {
			t.Errorf("who may not view groups finds %q", insider.Text("main"))
		}
	})
}

// More than five of a kind lead to the list with the same words.
func TestSearchLeadsToAllThatItFound(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		var alls []string
		for _, hit := range admin.Get("/o/story/search?q=e").Find("main li:last-child .hit").EachIter() {
			if text := strings.TrimSpace(hit.Text()); strings.HasPrefix(text, "Show all ") {
				alls = append(alls, text)
				if there := admin.Get(hit.AttrOr("href", "")); there.Status != http.StatusOK || there.Find("main tbody tr, main .event").Length() <= 5 {
					t.Errorf("%q leads to %d: %q", text, there.Status, there.Text("main"))
				}
			}
		}
		if len(alls) < 2 || alls[0] != "Show all 6 members" {
			t.Errorf("got %q", alls)
		}
	})
}

// A pending invitation leads to its list, where it is selected; pages are found by what people call them, for who may open them.
func TestSearchFindsInvitationsAndPagesByTheirUsualWords(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		admin.Post("/o/story/members/-/invite", url.Values{"who_typed": {"newcomer4@example.com"}, "group": {"readers"}, "provider": {"password"}})
		found := admin.Get("/o/story/search?q=newcomer4").Find("main .hit[href*=invitations]")
		if got := strings.Join(strings.Fields(found.Text()), " "); found.Length() != 1 || !strings.HasPrefix(got, "newcomer4@example.com Invited into Readers") {
			t.Fatalf("found %q", got)
		}
		there := admin.Get(found.AttrOr("href", ""))
		if row := there.Find("tbody tr:has(input:checked)"); row.Length() != 1 || !strings.Contains(row.Text(), "newcomer4@example.com") || !strings.Contains(there.Text("#actionbar"), "newcomer4@example.com") {
			t.Errorf("selected there: %q, and the bar says %q", row.Text(), there.Text("#actionbar"))
		}
		if got := w.as(t, "maker@example.com").Get("/o/story/search?q=newcomer4").Text("main [role=status]"); !strings.HasPrefix(got, "Nothing") {
			t.Errorf("who may not see invitations: %q", got)
		}
		pages := func(by *webtest.Browser, q string) string {
			return strings.Join(words(by.Get("/o/story/search?q="+q), "main section:first-of-type .hit .hit-text > span:first-child"), ", ")
		}
		for q, want := range map[string]string{
			"invit": "Invitations, Add members", "users": "Members, Add members", "sign-in": "Your profile", "audit": "Activities", "log": "Activities, Your profile",
			"2fa": "Organization, Your profile", "roles": "Groups", "token": "API keys, Add API key", "compare": "Compare members, Compare groups", "settings": "Organization", "email": "Mail",
		} {
			if got := pages(admin, q); got != want {
				t.Errorf("%s finds %q, want %q", q, got, want)
			}
		}
		for q, want := range map[string]string{"invit": "", "audit": "", "roles": "", "token": "", "email": "", "users": "Members"} {
			page := w.as(t, "insider@example.com").Get("/o/story/search?q=" + q)
			if got := strings.Join(words(page, "main .hit .hit-text > span:first-child"), ", "); got != want {
				t.Errorf("who may open little finds %q for %s, want %q", got, q, want)
			}
		}
		for _, hit := range admin.Get("/o/story/search/hits?q=a").Find(".hit").EachIter() {
			if there := admin.Get(hit.AttrOr("href", "")); there.Status != http.StatusOK {
				t.Errorf("%q leads to %d", hit.Text(), there.Status)
			}
		}
	})
}
