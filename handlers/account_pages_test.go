package handlers

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

func visitorOf(p models.Person) services.Caller { return services.Caller{Person: p} }

var withPassword = models.Person{ID: 70, Email: "john.smith@example.com", Name: "John Smith", PasswordHash: "$argon2id$"}

func TestTheSignInPageOffersLinksWhereMailCanBeSent(t *testing.T) {
	for mailFrom, want := range map[string]string{"": "", "console@example.com": signInLinkPath + " " + forgotPath} {
		page := SignIn{Console: console(mailFrom)}.page(asked(services.Caller{}, http.MethodGet, SignInPath), "john.smith@example.com", "/o/acme", "Wrong.")
		if got := strings.TrimSpace(page.Link + " " + page.Forgot); got != want || page.Email != "john.smith@example.com" || page.Next != "/o/acme" || page.Error != "Wrong." {
			t.Errorf("mail from %q: %+v", mailFrom, page)
		}
	}
}

func TestWhoSignsInGoesOnToWhereTheyWere(t *testing.T) {
	for path, want := range map[string]string{"/": "/sign-in", "/o/acme/groups?q=a": "/sign-in?next=%2Fo%2Facme%2Fgroups%3Fq%3Da"} {
		if got := SignInFor(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
	if got := secondFactorFor("/o/acme"); got != "/profile/second-factor?next=%2Fo%2Facme" {
		t.Errorf("to set up a second factor: %s", got)
	}
	// The second factor is asked for on a page of its own; no address of another site comes along.
	for next, want := range map[string]string{"/o/acme": "/sign-in/code?next=%2Fo%2Facme", "//example.com": "/sign-in/code", "": "/sign-in/code"} {
		c := asked(services.Caller{}, http.MethodPost, SignInPath)
		if err := askForCode(c, services.OwesSecondFactor{Step: "a-secret"}, next); err != nil || c.Response().Header().Get("Location") != want {
			t.Errorf("%q leads to %s, %v", next, c.Response().Header().Get("Location"), err)
		}
		if cookie := c.Response().Header().Get("Set-Cookie"); !strings.HasPrefix(cookie, "__Host-sign-in-step=a-secret;") || !strings.Contains(cookie, "HttpOnly") {
			t.Errorf("the step is kept as %s", cookie)
		}
	}
}

func TestARecoveryCodeIsAskedForOnceThereIsOne(t *testing.T) {
	for recovery, help := range map[bool]string{true: "recovery codes", false: "another one each half minute"} {
		if f := codeField(recovery); !strings.Contains(f.Help, help) || f.Autofocus != recovery || !f.Required {
			t.Errorf("drawn as %+v", f)
		}
	}
	page := codePage(asked(services.Caller{}, http.MethodGet, signInCodePath), "/o/acme", "This code is wrong.")
	if page.Error != "This code is wrong." || len(page.Hidden) != 1 || page.Hidden[0].Value != "/o/acme" {
		t.Errorf("the page is %+v", page)
	}
}

func TestANewPasswordIsAskedForByTheRuleOfTheAccount(t *testing.T) {
	second := withPassword
	second.TOTPSecret = "s"
	for name, c := range map[string]struct {
		person models.Person
		least  int
	}{"alone": {withPassword, services.PasswordMinimumOf(withPassword)}, "beside a second factor": {second, services.PasswordMinimumOf(second)}} {
		password, again := passwordFields(c.person)
		if !strings.HasPrefix(password.Help, fmt.Sprintf("%d characters or more.", c.least)) || password.Type != "password" || again.Type != "password" || password.Autocomplete != "new-password" {
			t.Errorf("%s: %+v, %+v", name, password, again)
		}
	}
}

func TestMistakesInANewPasswordStandAtTheirFields(t *testing.T) {
	wrong := []services.FieldError{{Field: "Again", Text: "The two differ."}}
	page := resetPage(asked(services.Caller{}, http.MethodPost, resetPasswordPath), withPassword, wrong)
	if page.Fields[0].Error != "" || page.Fields[1].Error != "The two differ." || page.Errors[0] != (parts.FieldError{ID: "again", Label: "New password again", Text: "The two differ."}) {
		t.Errorf("drawn as %+v, %+v", page.Fields, page.Errors)
	}
	if !strings.Contains(page.Lead, "john.smith@example.com") {
		t.Errorf("it is for %q", page.Lead)
	}
	forgot := forgotPage(asked(services.Caller{}, http.MethodPost, forgotPath), "john.smith@example.com", noMailText)
	if forgot.Error != noMailText || forgot.Fields[0].Value != "john.smith@example.com" {
		t.Errorf("the page before is %+v", forgot)
	}
}

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
		"off":          {services.SecondFactor{}, []string{"somebody who knows your password still can't get in"}, []string{"Set up"}},
		"off, asked":   {services.SecondFactor{RequiredBy: acme}, []string{"somebody who knows", "Acme and West ask for it: without it you can't enter there."}, []string{"Set up"}},
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

func TestTheKeyOfASecondFactorIsReadInGroupsOfFour(t *testing.T) {
	for key, want := range map[string]string{"": "", "ABC": "ABC", "ABCD": "ABCD", "ABCDE": "ABCD E", "ABCDEFGHIJKL": "ABCD EFGH IJKL"} {
		if got := inGroups(key); got != want {
			t.Errorf("%q reads %q", key, got)
		}
	}
}

// They are what the form sends, so no more of it comes back than a page of codes has.
func TestNoMoreThanAPageOfRecoveryCodesComesBackAsAFile(t *testing.T) {
	for codes, want := range map[string]int{"aaaa-bbbb\r\ncccc-dddd": http.StatusOK, "": 0, strings.Repeat("x", maxCodesText+1): 0} {
		c := asked(visitorOf(withPassword), http.MethodPost, recoveryFilePath)
		c.Request().PostForm, c.Request().Form = url.Values{"codes": {codes}}, url.Values{}
		err := Profile{}.RecoveryCodesFile(c)
		if (err == nil) != (want == http.StatusOK) {
			t.Errorf("%.20q: %v", codes, err)
		}
	}
}

func TestASetupKeepsWhatWasTypedButNoPassword(t *testing.T) {
	typed := url.Values{"organization": {"Acme"}, "key": {"acme"}, "email": {"lead@example.com"}, "password": {"secret"}, "again": {"secret"}}
	wrong := []services.FieldError{{Field: "Key", Text: "Take another one."}, {Field: "Again", Text: "The two differ."}}
	page := setupPage(asked(services.Caller{}, http.MethodPost, setupPath), typed, wrong, "Wait.")
	values := []string{page.Organization.Value, page.Key.Value, page.Name.Value, page.Email.Value, page.Password.Value, page.Again.Value}
	if !slices.Equal(values, []string{"Acme", "acme", "", "lead@example.com", "", ""}) || page.Unheard != "Wait." {
		t.Errorf("filled with %q, %q", values, page.Unheard)
	}
	if page.Key.Error != "Take another one." || page.Again.Error != "The two differ." || page.Password.Error != "" || len(page.Errors) != 2 {
		t.Errorf("wrong are %+v", page.Errors)
	}
}

func TestASessionThatOpensNothingHereSaysWhatWould(t *testing.T) {
	acme := models.Organization{Key: "acme", Name: "Acme"}
	second := withPassword
	second.TOTPSecret = "s"
	at := func(p models.Person) views.GateForm {
		return factorMissing(asked(visitorOf(p), http.MethodGet, "/o/acme"), services.SecondFactorMissing{Organization: acme}, "/o/acme")
	}
	proof := func(mails bool) views.GateForm {
		return waitsForProof(asked(visitorOf(withPassword), http.MethodGet, "/o/acme"), services.WaitsForProof{Organization: acme}, "/o/acme", mails)
	}
	provider := wrongProvider(asked(visitorOf(withPassword), http.MethodGet, "/o/acme"), services.WrongProvider{Organization: acme, Wanted: services.ProviderEmailLink}, "/o/acme")
	for name, c := range map[string]struct {
		page   views.GateForm
		button string
		links  []string
		says   string
	}{
		"no second factor":         {at(withPassword), "", []string{"Set up the second factor", "Your organizations"}, "Signing in takes a code"},
		"a session without it":     {at(second), "Sign out and sign in again", []string{"Your organizations"}, "this session began without it"},
		"another provider":         {provider, "Sign out and sign in again", []string{"Your organizations"}, "This session, of john.smith@example.com, began with Email and password."},
		"no proof, mails are sent": {proof(true), "Sign out and sign in by mail", []string{"Your organizations"}, "sign in with a link that is mailed to john.smith@example.com"},
		"no proof and no mail":     {proof(false), "", []string{"Your organizations"}, "Ask an administrator of Acme to invite you"},
	} {
		if text := strings.Join(c.page.Text, " "); c.page.Button != c.button || !slices.Equal(linkLabels(c.page.Links), c.links) || !strings.Contains(text, c.says) {
			t.Errorf("%s: %q, %q, %q", name, c.page.Button, linkLabels(c.page.Links), text)
		}
		if leads := c.page.Action == SignOutPath && slices.Equal(c.page.Hidden, []parts.Hidden{{Name: "next", Value: "/o/acme"}}); leads != (c.button != "") {
			t.Errorf("%s: the form is %q with %+v", name, c.page.Action, c.page.Hidden)
		}
	}
}
