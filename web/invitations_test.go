package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
	"bailiwick/views/parts"
	"bailiwick/web/webtest"
)

// wantTexts holds that parts of a page can be read.
func wantTexts(t *testing.T, page *webtest.Page, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(page.Text("body"), text) {
			t.Errorf("%s does not say %q: %s", page.Address.Path, text, page.Text("body"))
		}
	}
}

// linkFor is the link that a sheet shows for an address.
func linkFor(page *webtest.Page, email string) string {
	return page.Find(`input[aria-label="Invitation link for `+email+`"]`).AttrOr("value", "")
}

func TestInvitingSaysWhatBecameOfEachAddressAndShowsLinksOnce(t *testing.T) {
	inWorlds(t, webtest.Options{BaseURL: "https://console.example.com"}, func(t *testing.T, w world) {
		w.invite(t, "open@example.com", services.ProviderPassword)
		editor := w.as(t, "editor@example.com")
		panel := editor.Get("/o/acme/groups/viewers/members/-/invite")
		asked := panel.Submit("Add members", url.Values{"who_typed": {"new@example.com, open@example.com; viewer@example.com\nnone"}})
		wantPage(t, asked, http.StatusUnprocessableEntity, "/o/acme/groups/viewers/members/-/invite")
		wantTexts(t, asked, "1 line can’t be used.")
		if got := words(asked, ".resolved-part > summary"); strings.Join(got, ", ") != "1 can’t be used, 1 already in the group, 1 already invited, 1 will be invited" {
			t.Errorf("the parts are %q", got)
		}
		results := asked.Submit("Invite 1", nil)
		wantShown(t, results, "/o/acme/groups/viewers/members/-/invite/done")
		if got := words(results, ".results .status"); strings.Join(got, ", ") != "Not used, Already invited, Already a member, Invited" {
			t.Errorf("the results are %q", got)
		}
		wantTexts(t, results, "Invitation created", "1 invited, 1 already a member, 1 already invited, 1 not used.", "Line 2: no @ sign.", "They join with a password.", "31 days left")
		link := linkFor(results, "new@example.com")
		path, ours := strings.CutPrefix(link, "https://console.example.com")
		if !ours || results.Find("input[aria-label^='Invitation link']").Length() != 1 {
			t.Fatalf("the links are %q and others", link)
		}
		if page := w.Browser(t).Get(path); page.Status != http.StatusOK || page.Title() != "Join Acme" {
			t.Errorf("the link answers %d %q", page.Status, page.Title())
		}
		if again := results.Submit("Correct 1 line", nil); again.Find("#who_typed").Text() != "none" {
			t.Errorf("inviting another begins with %q", again.Find("#who_typed").Text())
		}
		secret := strings.TrimPrefix(path, "/join/")
		for _, later := range []string{"/groups/viewers/members", "/groups/viewers/members/-/invite", "/members/-/invitations", "/activity"} {
			if page := editor.Get("/o/acme" + later); page.Status != http.StatusOK || strings.Contains(page.Body, secret) {
				t.Errorf("%s: %d, or it holds the secret of the link", later, page.Status)
			}
		}
	})
}

// Links of several are offered together, and what has to be known of them is said once.
func TestLinksOfSeveralWhoAreInvitedAreOfferedTogether(t *testing.T) {
	inWorlds(t, webtest.Options{BaseURL: "https://console.example.com"}, func(t *testing.T, w world) {
		editor := w.as(t, "editor@example.com")
		results := editor.Get("/o/acme/groups/viewers/members/-/invite").Submit("Add members", url.Values{"who_typed": {"a@example.com, viewer@example.com, b@example.com"}})
		lines := strings.Split(strings.TrimSpace(results.Find("textarea#link-lines").Text()), "\n")
		if len(lines) != 2 || lines[0] != "a@example.com\t"+linkFor(results, "a@example.com") || lines[1] != "b@example.com\t"+linkFor(results, "b@example.com") {
			t.Fatalf("%d: the links are %q of %s", results.Status, lines, results.Text("main"))
		}
		if got := results.Text("dialog"); strings.Count(got, "shown only once") != 1 || strings.Contains(got, "Copy it now") {
			t.Errorf("the result says %q", got)
		}
		file := table(t, results.SubmitAmong("dialog button", "Download links as CSV", nil))
		if len(file) != 3 || file[2][0]+"\t"+file[2][1] != lines[1] {
			t.Errorf("the file has %q", file)
		}
	})
}

func TestInvitePanelKeepsWhatWasTyped(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		editor := w.as(t, "editor@example.com")
		for name, test := range map[string]struct {
			form url.Values
			want string
		}{
			"no address":   {url.Values{"who_typed": {"John Smith"}, "group": {"team"}}, "Not a complete address: John Smith. Choose a member"},
			"nothing":      {url.Values{"who_typed": {" ;\n"}, "group": {"team"}}, "Enter at least one address"},
			"no group":     {url.Values{"who_typed": {"new@example.com"}}, "Choose at least one group."},
			"no provider":  {url.Values{"who_typed": {"new@example.com"}, "group": {"team"}, "provider": {"carrier pigeon"}}, "Choose one of the ways to sign in."},
			"a lost group": {url.Values{"who_typed": {"new@example.com"}, "group": {"gone"}}, "One of these groups was deleted."},
			"too strong":   {url.Values{"who_typed": {"new@example.com"}, "group": {"administrators"}, "confirm_administrators": {"yes"}}, "beyond your own privileges"},
		} {
			if test.form.Get("provider") == "" {
				test.form.Set("provider", "password")
			}
			page := editor.Post("/o/acme/members/-/invite", test.form)
			if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text("dialog .error"), test.want) {
				t.Errorf("%s: %d %q", name, page.Status, page.Text("dialog .error"))
			}
			kept := page.Find("#who_typed").Text() + strings.TrimPrefix(page.Find("input[name=read_lines]").AttrOr("value", ""), "1:")
			if typed := strings.Trim(test.form.Get("who_typed"), " ;\n"); kept != typed {
				t.Errorf("%s: what was typed became %q", name, kept)
			}
			if (page.Find(".token input[value=team]").Length() == 1) != (test.form.Get("group") == "team") {
				t.Errorf("%s: the chosen group is another", name)
			}
		}
	})
}

func TestInvitingAdministratorsAsksToConfirm(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		panel := admin.Get("/o/acme/groups/administrators/members/-/invite")
		wantTexts(t, panel, "Administrators may do everything.")
		asked := panel.Submit("Add members", url.Values{"who_typed": {"new@example.com"}})
		if asked.Status != http.StatusUnprocessableEntity {
			t.Fatalf("without the box: %d %s", asked.Status, asked.Text("dialog"))
		}
		wantTexts(t, asked, "Confirm below that they become administrators.")
		done := asked.Submit("Invite 1", url.Values{parts.ConfirmAdministrators: {"yes"}})
		wantTexts(t, done, "Invitation created")

		chosen := admin.Post("/o/acme/members/-/invite", url.Values{"provider": {"password"}, "who_typed": {"other@example.com"}, "group": {"administrators"}})
		if chosen.Status != http.StatusUnprocessableEntity || chosen.Find("#confirm-"+parts.ConfirmAdministrators).Length() != 1 {
			t.Errorf("chosen on the Members page: %d %s", chosen.Status, chosen.Text("dialog"))
		}
		both := admin.Post("/o/acme/members/-/invite", url.Values{"provider": {"password"}, "who_typed": {"аdmin@example.com"}, "group": {"administrators"}})
		wantTexts(t, both, "Check аdmin@example.com", "Make all of them administrators")
		hint := admin.Get("/o/acme/groups/analytics-viewers/members/-/invite")
		wantTexts(t, hint, "First member of Analytics viewers.")
	})
}

// Without the script a button finds groups; what was typed and chosen stays.
func TestGroupsAreFoundWithoutLosingWhatWasTyped(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		file := "version: 1\norganization: {key: acme, name: Acme}\ngroups:\n"
		for i := range 30 {
			file += fmt.Sprintf("  - {key: crew-%02d, name: Crew %02d}\n", i, i)
		}
		w.apply(t, file)
		panel := w.as(t, "admin@example.com").Get("/o/acme/members/-/invite")
		wantTexts(t, panel, "There are more groups.")
		found := panel.Submit("Find groups", url.Values{"who_typed": {"new@example.com"}, "group": {"crew-00"}, "find_group": {"crew 2"}})
		wantPage(t, found, http.StatusOK, "/o/acme/members/-/invite")
		if found.Find("input[name=group]").Length() != 11 || !found.Find("input[name=group]").First().Is("[type=hidden][value=crew-00]") ||
			strings.TrimSpace(found.Find("#who_typed").Text()) != "new@example.com" {
			t.Errorf("found %s", found.Text("dialog"))
		}
		done := found.Submit("Add members", url.Values{"find_group": {""}, "group": {"crew-00", "crew-25"}})
		wantTexts(t, done, "Invitation created")
		wantTexts(t, w.as(t, "admin@example.com").Get("/o/acme/members/-/invitations"), "Crew 00 and 1 more")
	})
}

func TestInvitationTooManyIsRefusedWithWhatToDo(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.apply(t, "version: 1\norganization: {key: acme, name: Acme, seats: 6}\n")
		panel := w.as(t, "editor@example.com").Get("/o/acme/groups/viewers/members/-/invite")
		results := panel.Submit("Add members", url.Values{"who_typed": {"one@example.com, two@example.com"}})
		wantPage(t, results, http.StatusUnprocessableEntity, "/o/acme/groups/viewers/members/-/invite")
		wantTexts(t, results, "1 seat too few: 2 people, 1 free. Revoke an invitation or remove a member first, or ask your operator for more seats.", "one@example.com", "two@example.com")
	})
}

func TestInvitationsAreListedByStateAndPaged(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.apply(t, "version: 1\norganization: {key: acme, name: Acme, seats: 100}\n")
		admin := w.as(t, "admin@example.com")
		var many []string
		for i := range 60 {
			many = append(many, fmt.Sprintf("p%02d@example.com", i))
		}
		panel := admin.Get("/o/acme/groups/team/members/-/invite")
		wantTexts(t, panel.Submit("Add members", url.Values{"who_typed": {strings.Join(many, ",")}}), "60 invitations created")
		list := admin.Get("/o/acme/members/-/invitations")
		if list.Find("tbody tr").Length() != 50 || list.Text("nav.tabs [aria-current]") != "Invitations60" && list.Text("nav.tabs [aria-current]") != "Invitations 60" {
			t.Errorf("%d rows under %q", list.Find("tbody tr").Length(), list.Text("nav.tabs [aria-current]"))
		}
		next := admin.Get(list.Find("a[rel=next]").AttrOr("href", ""))
		if next.Find("tbody tr").Length() != 10 || next.Text("tbody [id^=name-]") != "p50@example.com" {
			t.Errorf("the second page begins with %q", next.Text("tbody [id^=name-]"))
		}
		if found := admin.Get("/o/acme/members/-/invitations?q=P17"); found.Find("tbody tr").Length() != 1 || found.Text("tbody [id^=name-]") != "p17@example.com" {
			t.Errorf("filtered: %q", found.Text("tbody"))
		}
		tab := admin.Get("/o/acme/groups/team/members")
		if tab.Find("tbody tr").Length() != 50 {
			t.Errorf("the group’s tab has %d rows", tab.Find("tbody tr").Length())
		}
		wantTexts(t, tab, "0 members, 50+ invited", "There are more invitations. Filter by Invited to see all of them.")
		if only := admin.Get(admin.Get("/o/acme/groups/team/members?show=invited").Find("a[rel=next]").AttrOr("href", "")); only.Find("tbody tr").Length() != 10 {
			t.Errorf("the invited alone, page two: %d rows", only.Find("tbody tr").Length())
		}
		w.clock.Advance(services.InvitationLife)
		admin = w.as(t, "admin@example.com")
		wantTexts(t, admin.Get("/o/acme/members/-/invitations"), "Nobody is invited")
		if expired := admin.Get("/o/acme/members/-/invitations?state=expired"); expired.Find("tbody tr").Length() != 50 || expired.Text("tbody .status") != "Expired" {
			t.Errorf("expired: %d rows, %q", expired.Find("tbody tr").Length(), expired.Text("tbody .status"))
		}
	})
}

// One invitation through all that can be done with it, from the list and from the group.
func TestInvitationIsSentAgainExtendedAndRevoked(t *testing.T) {
	inMailingWorlds(t, func(t *testing.T, w world, server *mailtest.Server) {
		before := len(server.MailsTo("new-again@example.com")) // of the other database
		w.mailTo(t, "new-again@example.com")
		if err := w.SendMails(t); err != nil {
			t.Fatal(err)
		}
		editor := w.as(t, "editor@example.com")
		list := editor.Get("/o/acme/members/-/invitations?selected=1")
		soon := list.Submit("Resend", nil)
		wantTexts(t, soon, "Not sent again yet.", "You can send the next one in 1 minute.")
		w.clock.Advance(2 * time.Minute)
		again := soon.Submit("Resend", nil)
		wantTexts(t, again, "Invitation sent again.", "A mail to new-again@example.com is on its way.")
		if err := w.SendMails(t); err != nil {
			t.Fatal(err)
		}
		if mails := server.MailsTo("new-again@example.com")[before:]; len(mails) != 2 || mails[0].Link() == mails[1].Link() {
			t.Errorf("%d mails went out, or both with one link", len(mails))
		}
		w.clock.Advance(24 * time.Hour)
		editor = w.as(t, "editor@example.com")
		tab := editor.Get("/o/acme/groups/viewers/members?selected=invitation-1")
		wantTexts(t, tab, "30 days left", "Invited by Editor")
		extended := tab.Submit("Extend", nil)
		wantTexts(t, extended, "Invitation extended.", "31 days left")
		wantPage(t, extended, http.StatusOK, "/o/acme/groups/viewers/members?selected=invitation-1")
		copied := extended.Submit("Copy link", nil)
		if link := linkFor(copied, "new-again@example.com"); !strings.HasPrefix(link, w.URL+"/join/") {
			t.Errorf("the copied link is %q", link)
		}
		asked := editor.Get("/o/acme/groups/viewers/members/-/invitations/1/revoke")
		wantTexts(t, asked, "Revoke the invitation of new-again@example.com?")
		revoked := asked.Submit("Revoke invitation", nil)
		wantTexts(t, revoked, "Invitation revoked.")
		wantPage(t, revoked, http.StatusOK, "/o/acme/groups/viewers/members")
		late := asked.Submit("Revoke invitation", nil)
		wantTexts(t, late, "Nothing was done.", "The invitation has already ended.")
		wantTexts(t, editor.Get("/o/acme/members/-/invitations?state=revoked&selected=1"), "It was revoked.")
	})
}

func TestWhoMayOnlyViewGroupsSeesInvitationsAndDoesNothing(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.invite(t, "new@example.com", services.ProviderPassword)
		viewer := w.as(t, "viewer@example.com")
		list := viewer.Get("/o/acme/members/-/invitations?selected=1")
		wantTexts(t, list, "View only", "To change this invitation, you need Edit on every group of the invitation.")
		if list.Find("#actionbar button[formaction], #actionbar .btn-danger, a:contains('Add members')").Length() > 0 {
			t.Errorf("the page offers %s", list.Text("#actionbar"))
		}
		tab := viewer.Get("/o/acme/groups/viewers/members?selected=invitation-1")
		if tab.Find("tr[data-readonly] #name-invitation-1").Length() != 1 || tab.Find("a:contains('Add members')").Length() > 0 {
			t.Errorf("the group’s tab: %s", tab.Text("main"))
		}
		for _, path := range []string{"/members/-/invite", "/groups/viewers/members/-/invite", "/members/-/invitations/1/revoke"} {
			if page := viewer.Get("/o/acme" + path); page.Status != http.StatusForbidden {
				t.Errorf("%s: %d", path, page.Status)
			}
		}
		if page := viewer.Get("/o/acme/groups/team/members/-/invitations/1/revoke"); page.Status != http.StatusNotFound {
			t.Errorf("from a group that it does not lead into: %d", page.Status)
		}
	})
}
