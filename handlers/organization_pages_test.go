package handlers

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

func TestAnOrganizationSaysWhetherASecondFactorIsRequiredAndWhoHasNone(t *testing.T) {
	acme := models.Organization{Name: "Acme"}
	strict := models.Organization{Name: "Acme", RequireSecondFactor: true}
	for name, c := range map[string]struct {
		settings services.OrganizationSettings
		state    string
		last     string
	}{
		"free, viewed":   {services.OrganizationSettings{Organization: acme, Without: 3}, "A second factor is not required", "Each decides about a second factor."},
		"free, edited":   {services.OrganizationSettings{Organization: acme, Without: 1, Editable: true}, "A second factor is not required", "1 member has none set up yet."},
		"strict, edited": {services.OrganizationSettings{Organization: strict, Without: 3, Editable: true}, "A second factor is required", "3 members have none set up yet."},
		"strict, viewed": {services.OrganizationSettings{Organization: strict}, "A second factor is required", "the page that leads to its set-up."},
	} {
		panel := requirePanel(c.settings)
		if panel.State != c.state || !strings.HasSuffix(panel.Text[len(panel.Text)-1], c.last) || panel.On != c.settings.RequireSecondFactor {
			t.Errorf("%s: %+v", name, panel)
		}
	}
}

func TestRequiringASecondFactorSaysWhatComesToTheReader(t *testing.T) {
	with, without, setUp := lead(), lead(), lead()
	with.SecondFactor, setUp.Person.TOTPSecret = true, "s"
	for want, by := range map[string]services.Caller{"": with, "You have none yourself: the next page that you see is the one that leads to its set-up.": without,
		"This session of yours began without it: you will have to sign in again.": setUp} {
		confirm, got := confirmRequire(services.OrganizationSettings{Without: 2}, by, siteOf("acme")), ""
		if len(confirm.Text) > 1 {
			got = confirm.Text[1]
		}
		if got != want || !strings.HasSuffix(confirm.Text[0], "2 members have none yet.") {
			t.Errorf("said is %q", confirm.Text)
		}
		if !slices.Equal(confirm.Hidden, []parts.Hidden{{Name: "require", Value: "yes"}, {Name: parts.ConfirmSecondFactor, Value: "yes"}}) {
			t.Errorf("sent is %+v", confirm.Hidden)
		}
	}
}

func TestTheSwitchOfSupportAccessTurnsItRound(t *testing.T) {
	for on, turn := range map[bool]parts.Option{true: {Value: "no", Label: "Switch support access off"}, false: {Value: "yes", Label: "Switch support access on"}} {
		if panel := supportPanel(on, siteOf("acme")); panel.On != on || panel.Turn != turn || panel.Action != "/o/acme/organization/support" {
			t.Errorf("on %t: %+v", on, panel)
		}
	}
}

func TestMailsAreLedToByWhoLooksAfterThem(t *testing.T) {
	editor := lead(held(access.OrganizationDomain, access.LevelEdit))
	for _, c := range []struct {
		by     services.Caller
		failed int
		want   []string
	}{{lead(), 3, nil}, {editor, 0, []string{"Mail"}}, {editor, 3, []string{"Mail (3 not sent)"}}, {editor, 2000, []string{"Mail (1,000+ not sent)"}}} {
		if got := linkLabels(mailLinks(c.by, c.failed)); !slices.Equal(got, c.want) {
			t.Errorf("%d failed: %q", c.failed, got)
		}
	}
}

func TestAListOfMailsSaysWhatItsPageHas(t *testing.T) {
	two := models.Listing[models.Mail]{Rows: make([]models.Mail, 2)}
	more := two
	more.Next = "n"
	for name, c := range map[string]struct {
		query        query
		list         models.Listing[models.Mail]
		count, empty string
	}{
		"two":      {query{}, two, "2 mails", ""},
		"of many":  {query{}, more, "2 mails on this page", ""},
		"none":     {query{}, models.Listing[models.Mail]{}, "", "No mail waits"},
		"no match": {query{values: map[string]string{"state": models.MailFailed}}, models.Listing[models.Mail]{}, "", "No mail matches"},
	} {
		got, empty := mailListing(lead(), c.query, c.list, parts.ActionBar{}), ""
		if got.Empty != nil {
			empty = got.Empty.Title
		}
		if got.Count != c.count || empty != c.empty {
			t.Errorf("%s: %q, %q", name, got.Count, empty)
		}
	}
	for sends, retries := range map[bool][]string{true: {"Retry all not sent"}, false: nil} {
		if got := linkLabels(mailsPlace(lead(), sends).Actions); !slices.Equal(got, retries) || (mailRemark(sends) == nil) != sends {
			t.Errorf("a mail server %t: %q, %+v", sends, got, mailRemark(sends))
		}
	}
}

func TestTheChoiceOfAnOrganizationHasThoseThatWaitForProof(t *testing.T) {
	acme, west := models.Organization{Key: "acme", Name: "Acme"}, models.Organization{Key: "west", Name: "West"}
	page := organizationsPage(asked(services.Caller{}, http.MethodGet, organizationsPath), []models.Organization{acme}, []models.Organization{west})
	want := []views.OrganizationLink{{Name: "Acme", Note: "acme", Href: "/o/acme"}, {Name: "West", Note: "west · waits for proof of your address", Href: "/o/west"}}
	if !slices.Equal(page.List, want) || page.Heading != "Choose an organization" {
		t.Errorf("%q: %+v", page.Heading, page.List)
	}
	if page := organizationsPage(asked(services.Caller{}, http.MethodGet, organizationsPath), nil, nil); page.Heading != "No organization yet" {
		t.Errorf("without any: %q", page.Heading)
	}
}

// What the catalogue no longer has stands in the file for nothing (R17).
func TestTheOperatorSeesWhatACategoryMayAskFor(t *testing.T) {
	c := models.Category{Key: "sources", Name: "Sources", Longest: 8 * time.Hour, MinLength: 20, Pattern: "CASE-[0-9]+", Link: "https://cases.example.com", Privileges: []models.CategoryPrivilege{
		{Domain: sources, Level: "edit", Sensitive: true}, {Domain: "gone/things", Level: "edit"}, {Domain: "content/fields", Level: "mighty"}}}
	got := operatorCategory(catalog, c)
	facts := []parts.Fact{{Term: "Key", Value: "sources"}, {Term: "Longest", Value: "8 hours"}, {Term: "Justification", Value: "20 characters or more, in the form CASE-[0-9]+"}, {Term: "Cases", Value: "https://cases.example.com"}}
	if !slices.Equal(got.Facts, facts) || !slices.Equal(got.Privileges, []views.OperatorPrivilege{{Domain: "Content / Sources", Level: "edit", Word: "Edit all", Sensitive: true}}) {
		t.Errorf("drawn as %+v", got)
	}
	for want, c := range map[string]models.Category{"Any": {}, "1 character or more": {MinLength: 1}, "In the form CASE": {Pattern: "CASE"}} {
		if got := justificationRule(c); got != want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestTheOperatorSeesWhoOfTheVendorMayAsk(t *testing.T) {
	s := models.Support{Vendor: models.Vendor{Name: "Vendor"}, Operators: []models.Person{{Email: "a@example.com"}, {Email: "b@example.com"}},
		Categories: []models.Category{{Key: "sources", Name: "Sources"}, {Key: "search", Name: "Search"}},
		Personnel: []models.Personnel{{Name: "Agent", Email: "agent@example.com", Categories: []string{"search", "sources"}, Organizations: []string{"acme", "west"}},
			{Email: "new@example.com", Unproven: true}}}
	want := []views.OperatorPerson{{Name: "Agent", Email: "agent@example.com", Categories: "Search, Sources", Organizations: "acme, west"},
		{Email: "new@example.com", Organizations: "All organizations", Unproven: "Has not shown yet that the address is theirs: can ask for nothing."}}
	if got := (Operator{}).personnel(s); !slices.Equal(got, want) {
		t.Errorf("personnel are %+v", got)
	}
	if got := vendorFacts(s); !slices.Equal(got, []parts.Fact{{Term: "Name", Value: "Vendor"}, {Term: "Operators", Value: "a@example.com, b@example.com"}}) {
		t.Errorf("the vendor is %+v", got)
	}
}
