package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

func invited(wanted services.Provider, account services.AccountState) joinPage {
	return joinPage{now: noon, catalog: catalog, joining: services.Joining{
		Invitation:   models.Invitation{Email: "john.smith@example.com", InviterName: "Lead", ExpiresAt: noon.AddDate(0, 0, 3)},
		Organization: models.Organization{Key: "acme", Name: "Acme"}, Wanted: wanted, Account: account,
	}}
}

// waysIn are the ways to accept that a page offers.
func waysIn(v views.Join) string {
	var all []string
	for way, address := range map[string]string{"accept": v.Accept, "mail": v.MailLink, "sign in": v.SignIn, "account": v.Account, "switch": v.Switch} {
		if address != "" {
			all = append(all, way)
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

// What whoever invites is told of the page of the invitation is what that page offers, whatever the provider and the mail server.
func TestThePanelOfAnInvitationTellsWhatItsPageOffers(t *testing.T) {
	told := map[string]string{
		"account, mail": "They choose how to sign in.", "account": "They join with a password.",
		"mail": "They join with a mailed link.", "": "They can’t join at the moment.",
	}
	for _, wanted := range services.Providers() {
		for _, mails := range []bool{true, false} {
			page := invited(wanted, services.AccountNone)
			page.mails = mails
			offered := waysIn(page.open())
			if notice := providerNotice(wanted, mails); notice.Title != told[offered] {
				t.Errorf("%s, mails %t: the page offers %q, the panel says %q", wanted, mails, offered, notice.Title)
			}
		}
	}
}

func TestAnInvitationOffersTheWaysInThatItAllows(t *testing.T) {
	const password, link, anyway = services.ProviderPassword, services.ProviderEmailLink, services.ProviderAny
	for _, c := range []struct {
		wanted        services.Provider
		account       services.AccountState
		mails, mailed bool // mailed: the link went to the invited address only
		ways, says    string
	}{
		{anyway, services.AccountNone, true, true, "account, mail", ""},
		{anyway, services.AccountNone, false, false, "account", ""},
		{password, services.AccountNone, true, true, "account", ""},
		{link, services.AccountNone, true, true, "mail", "You join with Email link. We send it to john.smith@example.com. It works once."},
		{link, services.AccountReady, false, false, "", "Ask Lead to invite you in another way."},
		{anyway, services.AccountReady, true, true, "mail, sign in", "There is an account for john.smith@example.com."},
		{password, services.AccountReady, true, true, "sign in", "There is an account for john.smith@example.com."},
		{anyway, services.AccountBeside, false, false, "account, sign in", "Sign in if you have an account"},
		{anyway, services.AccountMember, true, false, "mail, sign in", "Without a password, use “Forgot your password?”"},
		{anyway, services.AccountMember, false, false, "sign in", "Without a password, ask your operator to set one."},
		{anyway, services.AccountClosed, true, false, "mail", ""},
		{password, services.AccountClosed, true, false, "sign in", "Open the link that was mailed to you, or set a password"},
		{password, services.AccountClosed, true, true, "sign in", "and this link can’t set one. Set one with “Forgot your password?”"},
	} {
		page := invited(c.wanted, c.account)
		page.mails, page.joining.Mailed = c.mails, c.mailed
		view := page.open()
		if text := strings.Join(view.Text, " "); waysIn(view) != c.ways || !strings.Contains(text, c.says) || (text == "") != (c.says == "") {
			t.Errorf("%s, account %s, mails %t: %q, %q", c.wanted, c.account, c.mails, waysIn(view), text)
		}
		if view.Decline == "" || view.Lead != "Lead invited you as john.smith@example.com." || view.Foot != "Expires 7 January 2027, 12:00 UTC, in 3 days" {
			t.Errorf("%s, account %s: drawn as %+v", c.wanted, c.account, view)
		}
	}
}

func TestWhoIsSignedInAcceptsAsTheInvitedPersonInTheInvitedWay(t *testing.T) {
	for name, c := range map[string]struct {
		email  string
		with   services.Provider
		wanted services.Provider
		ways   string
		says   string
	}{
		"as invited":       {"john.smith@example.com", services.ProviderPassword, services.ProviderPassword, "accept", ""},
		"any way":          {"john.smith@example.com", services.ProviderEmailLink, services.ProviderAny, "accept", ""},
		"in another way":   {"john.smith@example.com", services.ProviderPassword, services.ProviderEmailLink, "switch", "You are signed in with Email and password. This invitation is for Email link"},
		"as somebody else": {"lead@example.com", services.ProviderPassword, services.ProviderAny, "switch", "You are signed in as lead@example.com. The invitation is for "},
	} {
		page := invited(c.wanted, services.AccountReady)
		page.signedIn, page.who = true, services.Session{Person: models.Person{Email: c.email}, Provider: c.with}
		view := page.open()
		text := strings.Join(view.Text, " ")
		if waysIn(view) != c.ways || !strings.Contains(text, c.says) {
			t.Errorf("%s: %q, %q", name, waysIn(view), text)
		}
		if other := c.email != page.joining.Email; other && (strings.Contains(text, page.joining.Email) || view.Passport != nil || view.Decline != "") {
			t.Errorf("%s: it tells %+v", name, view)
		}
	}
}

func TestAMistakeInANewAccountStandsAtItsFieldAndThePasswordIsNotSentBack(t *testing.T) {
	page := invited(services.ProviderAny, services.AccountNone)
	page.typed = url.Values{"name": {"John"}, "password": {"short"}}
	page.wrong = []services.FieldError{{Field: "Password", Text: "Take a longer one."}}
	view := page.open()
	if view.Name.Value != "John" || view.Name.Error != "" || view.Password.Value != "" || view.Password.Error != "Take a longer one." || len(view.Errors) != 1 || view.Errors[0].ID != view.Password.ID {
		t.Errorf("drawn as %+v, %+v, %+v", view.Name, view.Password, view.Errors)
	}
}

func TestAPassportSaysWhatJoiningGivesAndUntilWhen(t *testing.T) {
	page := invited(services.ProviderAny, services.AccountNone)
	page.joining.Groups = []models.InvitedGroup{{Name: "Interns"}, {Name: "Leads"}}
	soon := held(sources, access.LevelView)
	soon.Until = noon.Add(time.Hour)
	page.joining.Gives = rightsOf(soon, held("content/fields", access.LevelEdit))
	p := page.passport()
	want := []views.PassportDomain{{Service: "Content", Name: "Fields", Level: "edit", Word: "Edit"}, {Service: "Content", Name: "Sources", Level: "view", Word: "View all until 4 Jan 2027, 13:00 UTC"}}
	if p.Groups != "Interns and Leads" || p.Tally != "2 of 53 domains" || !slices.Equal(p.Domains, want) {
		t.Errorf("the passport is %+v", p)
	}
	page.joining.Gives = access.Resolve(catalog, []access.Grant{{Via: access.Grantee{Kind: access.Group, ID: 1, Administrators: true}}}, nil, noon)
	if p := page.passport(); p.Tally != "53 of 53 domains" || len(p.Domains) != passportDomains {
		t.Errorf("of Administrators: %s, %d named", p.Tally, len(p.Domains))
	}
}

func TestALevelLastsAsLongAsTheLastGroupThatGivesIt(t *testing.T) {
	grant := func(l access.Level, until time.Time) access.Grant { return access.Grant{Level: l, Until: until} }
	soon, later := noon.Add(time.Hour), noon.Add(2*time.Hour)
	for name, c := range map[string]struct {
		grants []access.Grant
		want   time.Time
	}{
		"the later end":     {[]access.Grant{grant(access.LevelEdit, later), grant(access.LevelEdit, soon)}, later},
		"one without end":   {[]access.Grant{grant(access.LevelEdit, soon), grant(access.LevelEdit, time.Time{})}, time.Time{}},
		"of that level":     {[]access.Grant{grant(access.LevelEdit, soon), grant(access.LevelView, time.Time{})}, soon},
		"not of that level": {[]access.Grant{grant(access.LevelView, soon)}, time.Time{}},
	} {
		if got := lastsUntil(c.grants, access.LevelEdit); !got.Equal(c.want) {
			t.Errorf("%s: until %s", name, got)
		}
	}
}

// The page of the link says what to do next; what it can't say stays an error.
func TestAnAnswerThatCameTooLateLeadsBackToTheInvitation(t *testing.T) {
	broken := errors.New("broken")
	for err, back := range map[error]bool{
		services.ErrHasAccount: true, services.ErrInvitationEnded: true, models.ErrNotFound: true,
		services.WrongPerson{For: "j…@example.com"}: true, services.WrongProvider{Wanted: services.ProviderPassword}: true, broken: false, models.ErrBusy: false,
	} {
		c := asked(services.Caller{}, http.MethodPost, "/join/accept")
		got := Join{}.again(c, err)
		if leads := c.Response().Header().Get("Location") == JoinPath; leads != back || (got == nil) != back {
			t.Errorf("%v: %v, leads back %t", err, got, leads)
		}
	}
}

func TestAPageWithoutAnInvitationLeadsOn(t *testing.T) {
	for signedIn, want := range map[bool]string{true: organizationsPath, false: SignInPath} {
		for name, view := range map[string]views.Join{"unknown": joinPage{signedIn: signedIn}.unknown(), "ended": joinPage{signedIn: signedIn}.end()} {
			if len(view.Links) != 1 || view.Links[0].Href != want {
				t.Errorf("%s, signed in %t: %+v", name, signedIn, view.Links)
			}
		}
	}
}

func TestAnInvitationThatNobodyStandsBehindSaysWhomToAsk(t *testing.T) {
	for _, c := range []struct {
		standing services.Standing
		says     string
	}{
		{services.Standing{Reason: services.ReasonInviterRights, Group: "Interns"}, "Lead may no longer invite into Interns."},
		{services.Standing{Reason: services.ReasonInviterRights}, "Lead may no longer invite into its groups."},
		{services.Standing{Reason: services.ReasonInviterLent}, "Lead has temporary access to Acme only"},
		{services.Standing{Reason: services.ReasonInviterLeft}, "Lead no longer has access to Acme."},
		{services.Standing{Reason: "of a later version"}, "Ask an administrator of Acme to invite you again."},
	} {
		page := invited(services.ProviderAny, services.AccountNone)
		page.joining.Standing = c.standing
		if text := page.end().Text[0]; !page.ended() || !strings.HasPrefix(text, c.says) {
			t.Errorf("%+v: %q", c.standing, text)
		}
	}
	if invited(services.ProviderAny, services.AccountNone).ended() {
		t.Error("one that can be accepted has ended")
	}
}
