package handlers

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

func TestASessionThatOpensNothingHereSaysWhatWould(t *testing.T) {
	acme := models.Organization{Key: "acme", Name: "Acme"}
	second := withPassword
	second.TOTPSecret = "s"
	at := func(p models.Person) views.GateForm {
		return factorMissing(asked(visitorOf(p), http.MethodGet, "/o/acme"), services.SecondFactorMissing{Organization: acme}, "/o/acme")
	}
	provider := wrongProvider(asked(visitorOf(withPassword), http.MethodGet, "/o/acme"), services.WrongProvider{Organization: acme, Wanted: services.ProviderEmailLink}, "/o/acme")
	for name, c := range map[string]struct {
		page   views.GateForm
		button string
		links  []string
		says   string
	}{
		"no second factor":     {at(withPassword), "", []string{"Set up the second factor", "Your organizations"}, "a code from an app on your phone"},
		"a session without it": {at(second), "Sign out and sign in again", []string{"Your organizations"}, "you signed in without it"},
		"another provider":     {provider, "Sign out and sign in again", []string{"Your organizations"}, "Your session, of john.smith@example.com, began with Email and password."},
	} {
		if text := strings.Join(c.page.Text, " "); c.page.Button != c.button || !slices.Equal(linkLabels(c.page.Links), c.links) || !strings.Contains(text, c.says) {
			t.Errorf("%s: %q, %q, %q", name, c.page.Button, linkLabels(c.page.Links), text)
		}
		if leads := c.page.Action == SignOutPath && slices.Equal(c.page.Hidden, []parts.Hidden{{Name: "next", Value: "/o/acme"}}); leads != (c.button != "") {
			t.Errorf("%s: the form is %q with %+v", name, c.page.Action, c.page.Hidden)
		}
	}
}
