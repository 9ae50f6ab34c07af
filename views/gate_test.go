package views_test

import (
	"testing"

	"bailiwick/views"
)

func TestSignInAsksForEmailAndPassword(t *testing.T) {
	doc := tabDocument(t, sampleSignIn().Component())
	wantWords(t, one(t, doc, "h1"), "Sign in")
	form := one(t, doc, `form[action="/sign-in"]`)
	wantAttr(t, form, "method", "post")
	wantAttr(t, form.Find("input[type=hidden][name=next]"), "value", "/o/example/groups")
	wantLabels(t, form.Find("label"), "Email", "Password")
	wantAttr(t, form.Find("#email"), "autocomplete", "username")
	wantAttr(t, form.Find("#password"), "autocomplete", "current-password")
	wantWords(t, form.Find("button"), "Sign in")
	if form.Find("[aria-invalid]").Length() != 0 || doc.Find("[role=alert]").Length() != 0 {
		t.Error("an empty form shows an error")
	}
}

func TestRefusedSignInKeepsTheEmailAndNeverThePassword(t *testing.T) {
	doc := tabDocument(t, sampleRefusedSignIn().Component())
	wantWords(t, one(t, doc, "[role=alert]"), "Email or password is incorrect.")
	for _, id := range []string{"#email", "#password"} {
		wantAttr(t, one(t, doc, id), "aria-invalid", "true")
		wantAttr(t, one(t, doc, id), "aria-describedby", "sign-in-error")
	}
	wantAttr(t, one(t, doc, "#email"), "value", "john.smith@example.com")
	if _, ok := one(t, doc, "#password").Attr("value"); ok {
		t.Error("the password comes back in the page")
	}
}

func TestSetupSaysEachErrorAtItsFieldAndLeadsThere(t *testing.T) {
	doc := tabDocument(t, sampleSetup().Component())
	summary := one(t, doc, "[role=alert]")
	wantAttr(t, summary.Find("a"), "href", "#password")
	wantPhrases(t, summary, "This field needs your attention. Password")
	password := one(t, doc, "#password")
	wantAttr(t, password, "aria-invalid", "true")
	wantAttr(t, password, "aria-describedby", "password-error password-help")
	wantWords(t, one(t, doc, "#password-error"), "Use at least 12 characters.")
	wantAttr(t, one(t, doc, "#key"), "aria-describedby", "key-help")
	wantAttr(t, one(t, doc, "#key"), "maxlength", "64")
	wantLabels(t, doc.Find("legend"), "Organization", "You, its first administrator")
}

func TestOrganizationPickerListsTheOrganizations(t *testing.T) {
	doc := tabDocument(t, sampleOrganizations().Component())
	wantLabels(t, doc.Find(".gate-list a > span"), "Example Corp 148 members", "Example Corp Sandbox")
	wantAttr(t, doc.Find(".gate-list a").First(), "href", "/o/example")
	wantWords(t, one(t, doc, `form[method=post][action="/sign-out"]`), "Sign out")
	none := views.Organizations{Page: views.Page{Title: "Organizations"}, SignOut: "/sign-out"}
	if got := words(tabDocument(t, none.Component()).Find(".callout strong")); got != "You are in no organization." {
		t.Errorf("reads %q", got)
	}
}

// R5: never the vendor, never an empty console.
func TestWithoutTheMinimumPrivilegeThePageNamesItAndWhomToAsk(t *testing.T) {
	doc := tabDocument(t, sampleNoAccess().Component())
	wantWords(t, one(t, doc, "h1"), "No access to the console")
	wantWords(t, doc.Find(".gate-card > p strong"), "View on Organization / Organization")
	wantAttr(t, one(t, doc, ".grants a"), "href", "mailto:admin@example.com")
	wantWords(t, doc.Find("section a[href='/o/sandbox']"), "Example Corp Sandbox")
	if doc.Find(`nav[aria-label="Main"]`).Length() != 0 {
		t.Error("the console’s navigation is drawn")
	}
}

func TestRefusalNamesTheNeedAndWhoCanGrantIt(t *testing.T) {
	doc := tabDocument(t, sampleForbidden().Component())
	wantWords(t, one(t, doc, "h1"), "You can’t open API keys")
	wantWords(t, one(t, doc, ".empty strong"), "View on Organization / API keys")
	wantAttr(t, one(t, doc, `.empty a[href^="mailto:"]`), "href", "mailto:admin@example.com")
	wantWords(t, one(t, doc, ".error-links a"), "Back to Groups")
	wantWords(t, one(t, doc, "title"), "Not allowed · Bailiwick")
}

func TestErrorPagesSayWhatHappenedAndKeepTheCauseToThemselves(t *testing.T) {
	tests := []struct {
		name, heading string
		page          views.ErrorPage
	}{
		{"not found", "There is nothing here", views.NotFound(views.Page{})},
		{"stale", "Somebody changed this first", views.Stale(views.Page{})},
		{"failed", "This did not work", views.Failed(views.Page{}, "req-7f3a19")},
		{"unavailable", "The console can’t reach its database", views.Unavailable(views.Page{}, "Try again.", "req-7f3a19")},
		{"busy", "The database is busy", views.Busy(views.Page{}, "Try again.", "req-7f3a19")},
		{"in doubt", "It is not known whether this was saved", views.InDoubt(views.Page{}, "req-7f3a19")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := tabDocument(t, tt.page.Component())
			wantWords(t, one(t, doc, "main h1"), tt.heading)
			if words(doc.Find(".empty > p").First()) == "" {
				t.Error("the page does not say what happened")
			}
			wantWords(t, doc.Find(".mono"), tt.page.Reference)
		})
	}
}
