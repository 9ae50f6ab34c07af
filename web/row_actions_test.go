package web_test

import (
	"net/url"
	"strings"
	"testing"
)

// Each action on one row of the lists of people keeps the words and the order of its list: in its own address, in the question that
// it asks, and in the way back from that.
func TestActionsOnOnePersonKeepFilterAndOrder(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		admin.Post("/o/acme/members/-/invite", url.Values{"who_typed": {"guest@example.org"}, "group": {"team"}, "provider": {"any"}})
		asked := "?q=e&sort=-name"
		invited := admin.Get("/o/acme/members/-/invitations"+asked).Find("tbody input[name=selected]").First().AttrOr("value", "none")
		kept := func(how, address string) {
			t.Helper()
			to, err := url.Parse(address)
			if err != nil || to.Query().Get("q") != "e" || to.Query().Get("sort") != "-name" {
				t.Errorf("%s leads to %q", how, address)
			}
		}
		plain := w.member(t, "acme", "plain@example.com")
		for _, list := range []struct {
			address, row string
			asks, posts  []string
		}{
			{"/o/acme/members", plain, []string{"Suspend", "Remove"}, nil},
			{"/o/acme/members/-/invitations", invited, []string{"Revoke"}, []string{"Extend"}},
			{"/o/acme/groups/team/members", plain, []string{"Delete"}, nil},
			{"/o/acme/groups/team/members", "invitation-" + invited, []string{"Revoke"}, []string{"Extend"}},
		} {
			page := admin.Get(list.address + asked + "&selected=" + list.row)
			for _, ask := range list.asks {
				link := page.Find("#actionbar a:contains('"+ask+"')").First().AttrOr("href", "none")
				kept(list.address+": "+ask, link)
				question := admin.Get(link)
				kept(list.address+": Cancel of "+ask, question.Find("dialog a[data-close]").AttrOr("href", "none"))
				kept(list.address+": the form of "+ask, question.Find("dialog form").AttrOr("action", "none"))
			}
			for _, post := range list.posts {
				done := page.SubmitAmong("#actionbar button", post, nil)
				kept(list.address+": "+post, done.Address.String())
			}
		}
		link := admin.Get("/o/acme/members/-/invitations"+asked+"&selected="+invited).SubmitAmong("#actionbar button", "Copy link", nil)
		kept("Done of Copy link", link.Find("dialog a:contains('Done')").AttrOr("href", "none"))
		address := admin.Get("/o/acme/members"+asked+"&selected="+plain).Find("#actionbar a:contains('Change address')").AttrOr("href", "none")
		kept("Change address", address)
		suspended := admin.Get(w.memberPath(t, "plain@example.com")+"/suspend"+asked).Submit("Suspend member", nil)
		kept("Suspend, done,", suspended.Address.String())
		removed := admin.Get(w.memberPath(t, "plain@example.com")+"/delete"+asked).Submit("Remove member", nil)
		kept("Remove, done,", removed.Address.String())
		revoked := admin.Get("/o/acme/members/-/invitations/"+invited+"/revoke"+asked).Submit("Revoke invitation", nil)
		if kept("Revoke, done,", revoked.Address.String()); strings.Contains(revoked.Address.RawQuery, "selected") {
			t.Errorf("revoked, and selected: %s", revoked.Address)
		}
	})
}

// Sheets and choices that begin at a list lead back to it, with its words and its order, and a copy is shown in its order.
func TestWhatBeginsAtAListLeadsBackToIt(t *testing.T) {
	inPeopledWorlds(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		for address, link := range map[string]string{
			"/o/acme/members": "Add members", "/o/acme/members/-/invitations": "Add members", "/o/acme/groups/team/members": "Add members", "/o/acme/groups": "Compare",
		} {
			open := admin.Get(address+"?q=e&sort=-name").Find("main a:contains('"+link+"')").First().AttrOr("href", "none")
			if cancel := admin.Get(open).Find("dialog a:contains('Cancel')").AttrOr("href", "none"); cancel != address+"?q=e&sort=-name" {
				t.Errorf("Cancel of %s at %s leads to %q", link, address, cancel)
			}
		}
		for words, want := range map[string]string{"copy": "", "team": "team"} {
			copied := admin.Get("/o/acme/groups/team/duplicate?sort=-name&q="+words).Submit("Duplicate group", url.Values{"name": {"Team " + w.member(t, "acme", "plain@example.com") + want}})
			at := copied.Address.Query()
			if at.Get("sort") != "-name" || at.Get("q") != want || copied.Find("tbody tr:has(input:checked)").Length() != 1 {
				t.Errorf("the copy is shown at %s: %q", copied.Address, copied.Text("main"))
			}
		}
	})
}
