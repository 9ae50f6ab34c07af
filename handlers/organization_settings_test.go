package handlers

import (
	"slices"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
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
		"free, viewed":   {services.OrganizationSettings{Organization: acme, Without: 3}, "A second factor is not required", "Each of them decides whether to use a second factor."},
		"free, edited":   {services.OrganizationSettings{Organization: acme, Without: 1, Editable: true}, "A second factor is not required", "1 member has none set up yet."},
		"strict, edited": {services.OrganizationSettings{Organization: strict, Without: 3, Editable: true}, "A second factor is required", "3 members have none set up yet."},
		"strict, viewed": {services.OrganizationSettings{Organization: strict}, "A second factor is required", "except the page that sets it up."},
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
	for want, by := range map[string]services.Caller{"": with, "You have none. The next page asks you to set it up.": without,
		"You signed in without it, so you have to sign in again.": setUp} {
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
