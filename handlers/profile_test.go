package handlers

import (
	"slices"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

func TestAProfileOffersAPasswordOrALinkToSetOne(t *testing.T) {
	without := models.Person{Email: "john.smith@example.com"}
	for name, c := range map[string]struct {
		person   models.Person
		mailFrom string
		fields   bool
		ask      bool
	}{
		"with a password":     {withPassword, "console@example.com", true, false},
		"without one":         {without, "console@example.com", false, true},
		"without one or mail": {without, "", false, false},
	} {
		panel := Profile{Console: console(c.mailFrom)}.passwordPanel(c.person)
		if (panel.New.Name != "") != c.fields || (panel.Ask != nil) != c.ask || (panel.None == "") != c.fields {
			t.Errorf("%s: %+v", name, panel)
		}
	}
}

func TestAProfileSaysWhoAsksForASecondFactor(t *testing.T) {
	acme := []models.Organization{{Name: "Acme"}, {Name: "West"}}
	for name, c := range map[string]struct {
		factor services.SecondFactor
		says   []string
		links  []string
	}{
		"off":          {services.SecondFactor{}, []string{"Somebody who knows only your password can’t sign in."}, []string{"Set up"}},
		"off, asked":   {services.SecondFactor{RequiredBy: acme}, []string{"Somebody who knows only your password", "Acme and West ask for it: without it you can’t enter there."}, []string{"Set up"}},
		"on":           {services.SecondFactor{On: true, RecoveryCodes: 1}, []string{"1 recovery code is left"}, []string{"New recovery codes", "Turn off"}},
		"asked twice":  {services.SecondFactor{On: true, RecoveryCodes: 8, RequiredBy: acme}, []string{"8 recovery codes are left", "Acme and West ask for it."}, []string{"New recovery codes", "Turn off"}},
		"on and asked": {services.SecondFactor{On: true, RecoveryCodes: 8, RequiredBy: acme[:1]}, []string{"8 recovery codes are left", "Acme asks for it."}, []string{"New recovery codes", "Turn off"}},
	} {
		panel := factorPanel(c.factor)
		if len(panel.Text) != len(c.says) || !slices.Equal(linkLabels(panel.Links), c.links) || panel.On != c.factor.On {
			t.Errorf("%s: %+v", name, panel)
			continue
		}
		for i, text := range panel.Text {
			if !strings.Contains(text, c.says[i]) {
				t.Errorf("%s: %q", name, text)
			}
		}
	}
}

func TestASessionSaysWithWhatItBegan(t *testing.T) {
	at := noon
	for _, c := range []struct {
		session models.Session
		want    views.OwnSession
	}{
		{models.Session{ID: "a", Provider: "password", Address: "192.0.2.1"}, views.OwnSession{ID: "a", With: "Email and password", Address: "192.0.2.1"}},
		{models.Session{ID: "b", Provider: "email-link", SecondFactorAt: &at}, views.OwnSession{ID: "b", With: "Email link and second factor", Address: "Unknown"}},
	} {
		got := ownSession(c.session, false, console(""))
		if got.ID != c.want.ID || got.With != c.want.With || got.Address != c.want.Address {
			t.Errorf("drawn as %+v", got)
		}
	}
}
