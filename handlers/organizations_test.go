package handlers

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

func TestAdministratorsToAskHaveAName(t *testing.T) {
	got := administratorsToAsk([]models.Member{{Name: "John Smith", Email: "john.smith@example.com"}, {Email: "lead@example.com"}})
	want := []views.Administrator{{Name: "John Smith", Email: "john.smith@example.com"}, {Name: "lead@example.com", Email: "lead@example.com"}}
	if !slices.Equal(got, want) {
		t.Errorf("to ask are %+v", got)
	}
}

func TestTheChoiceOfAnOrganizationSaysWhatProofWouldDo(t *testing.T) {
	acme := []models.Organization{{Key: "acme", Name: "Acme"}}
	page := organizationsPage(asked(visitorOf(withPassword), http.MethodGet, organizationsPath), acme, true)
	want := []views.OrganizationLink{{Name: "Acme", Note: "acme", Href: "/o/acme"}}
	if page.Proof != nil {
		t.Errorf("who has proven the address is told %+v", page.Proof)
	}
	unproven := withPassword
	unproven.Unproven = true
	for mails, says := range map[bool]string{true: "sign in with a link that is mailed", false: "Ask your operator to set a password"} {
		for _, list := range [][]models.Organization{acme, nil} {
			page := organizationsPage(asked(visitorOf(unproven), http.MethodGet, organizationsPath), list, mails)
			if page.Proof == nil || !strings.Contains(page.Proof.Text, says) || len(page.List) != len(list) {
				t.Errorf("mails %t, in %d: %+v", mails, len(list), page.Proof)
			}
		}
	}
	if !slices.Equal(page.List, want) || page.Heading != "Choose an organization" {
		t.Errorf("%q: %+v", page.Heading, page.List)
	}
	if page := organizationsPage(asked(services.Caller{}, http.MethodGet, organizationsPath), nil, true); page.Heading != "No organization yet" {
		t.Errorf("without any: %q", page.Heading)
	}
}
