package handlers

import (
	"net/http"
	"slices"
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
