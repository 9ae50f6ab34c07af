package web_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/web/webtest"
)

// by is somebody of acme as the use cases know them.
func (w world) by(t testing.TB, email string) services.Caller {
	t.Helper()
	person := modelstest.Proven(t, w.Store, email)
	by, err := w.Console.Identify(t.Context(), services.Session{Person: person, Provider: services.ProviderPassword}, "acme", "")
	if err != nil {
		t.Fatal(err)
	}
	return by
}

// invite invites somebody into the group viewers and returns the invitation with a link to it.
func (w world) invite(t testing.TB, email string, provider services.Provider) (models.Invitation, string) {
	t.Helper()
	results, err := w.Console.Invite(context.Background(), w.by(t, "editor@example.com"), services.NewInvitations{
		Provider: provider, Emails: []string{email}, Notify: true, Groups: []string{"viewers"},
	})
	if err != nil || len(results) != 1 || results[0].Link == "" {
		t.Fatalf("invite %s: %+v, %v", email, results, err)
	}
	return results[0].Invitation, results[0].Link
}

func TestSomebodyNewJoinsByLink(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		_, link := w.invite(t, "new@example.com", services.ProviderPassword)
		b := w.Browser(t)
		page := b.Get(link)
		wantPage(t, page, http.StatusOK, "/join")
		for _, want := range []string{"Join Acme", "Editor (editor@example.com) invited you as new@example.com.", "Viewers", "Expires"} {
			if !strings.Contains(page.Text("main"), want) {
				t.Errorf("the page does not say %q: %s", want, page.Text("main"))
			}
		}
		wrong := page.Submit("Join organization", url.Values{"name": {"  "}, "password": {"short"}})
		if wrong.Status != http.StatusUnprocessableEntity || wrong.Find("[aria-invalid]").Length() != 2 {
			t.Errorf("a wrong form: %d %s", wrong.Status, wrong.Text("main"))
		}
		in := wrong.Submit("Join organization", url.Values{"name": {"Newcomer"}, "password": {password}})
		wantPage(t, in, http.StatusOK, "/o/acme")
		if b.Cookie("__Host-join") != "" || !strings.Contains(in.Text("main"), "You joined Acme.") {
			t.Errorf("after joining: %q", in.Text("main"))
		}
		again := w.Browser(t).Get(link)
		if again.Status != http.StatusGone || again.Title() != "You accepted this invitation" {
			t.Errorf("the used link: %d %q", again.Status, again.Title())
		}
		wantPage(t, w.Browser(t).SignIn("new@example.com", password), http.StatusOK, "/o/acme")
	})
}

func TestMemberSignsInAndAccepts(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		_, link := w.invite(t, "outsider@example.com", services.ProviderAny)
		b := w.Browser(t)
		page := b.Get(link)
		if page.Find("form[action='/join/account']").Length() != 1 {
			t.Error("the page of a copied link tells that there is an account")
		}
		signIn := b.Get(page.Find("a:contains('Sign in to accept')").AttrOr("href", ""))
		back := signIn.Submit("Sign in", url.Values{"email": {"outsider@example.com"}, "password": {password}})
		wantPage(t, back, http.StatusOK, "/join")
		wantPage(t, back.Submit("Accept invitation", nil), http.StatusOK, "/o/acme")
	})
}

// The secret of a link stands in no answer but the redirect's own cookie, and in no log.
func TestSecretOfAnInvitationStaysInItsCookie(t *testing.T) {
	var lines strings.Builder
	inWorlds(t, webtest.Options{Log: slog.NewTextHandler(&lines, nil)}, func(t *testing.T, w world) {
		_, link := w.invite(t, "new@example.com", services.ProviderPassword)
		secret := strings.TrimPrefix(link, "/join/")
		b := w.Browser(t)
		opened := b.Request(http.MethodGet, link, nil)
		cookie := opened.Header.Get("Set-Cookie")
		for _, want := range []string{"__Host-join=" + secret, "Max-Age=1800", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("the cookie is %q, without %s", cookie, want)
			}
		}
		if opened.Status != http.StatusSeeOther || opened.Header.Get("Location") != "/join" {
			t.Errorf("the link leads to %q with %d", opened.Header.Get("Location"), opened.Status)
		}
		page := b.Get("/join")
		page.Submit("Join organization", url.Values{"name": {"New"}, "password": {password}})
		if strings.Contains(page.Body, secret) || strings.Contains(lines.String(), secret) {
			t.Error("the secret stands in the page or in the log")
		}
		activities, err := w.Store.In(1).Activities(t.Context(), models.ActivityFilter{})
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range activities.Rows {
			if strings.Contains(a.Before+a.After+a.ResourceName, secret) {
				t.Errorf("the secret stands in %+v", a)
			}
		}
	})
}

// Attack: a mail scanner opens the link of every mail, several times and in both ways.
func TestOpeningALinkChangesNothing(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		i, link := w.invite(t, "new@example.com", services.ProviderPassword)
		for range 3 {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				b := w.Browser(t)
				b.Request(method, link, nil)
				for _, path := range []string{"/join", "/join/accept", "/join/decline", "/join/account"} {
					b.Request(method, path, nil)
				}
			}
		}
		after, err := w.Store.InvitationByID(t.Context(), i.ID)
		if err != nil || after.Outcome != "" || after.Revision != i.Revision {
			t.Errorf("the invitation is now %+v, %v", after, err)
		}
	})
}

func TestWrongPersonLearnsWhomAnInvitationIsForOnlyMasked(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		_, link := w.invite(t, "somebody.else@example.org", services.ProviderPassword)
		b := w.as(t, "outsider@example.com")
		page := b.Get(link)
		text := page.Text("main")
		if !strings.Contains(text, "s•••@e•••.org") || strings.Contains(page.Body, "somebody.else") || strings.Contains(text, "Viewers") {
			t.Errorf("the page says %s", text)
		}
		if page.Find("form[action='/join/accept'], form[action='/join/decline']").Length() > 0 {
			t.Error("somebody else could answer")
		}
		refused := b.Post("/join/accept", url.Values{})
		wantPage(t, refused, http.StatusOK, "/join")
		switched := page.Submit("Sign out and continue", nil)
		wantPage(t, switched, http.StatusOK, "/join")
		if b.Cookie("__Host-sid") != "" || !strings.Contains(switched.Text("main"), "Join organization") {
			t.Errorf("after switching: %s", switched.Text("main"))
		}
	})
}

func TestEachEndOfAnInvitationHasItsPage(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		_, declined := w.invite(t, "declines@example.com", services.ProviderPassword)
		i, revoked := w.invite(t, "revoked@example.com", services.ProviderPassword)
		_, expired := w.invite(t, "late@example.com", services.ProviderPassword)
		w.Browser(t).Get(declined).Submit("Decline invitation", nil)
		if _, err := w.Console.RevokeInvitations(t.Context(), w.by(t, "editor@example.com"), i.ID); err != nil {
			t.Fatal(err)
		}
		w.clock.Advance(services.InvitationLife)
		for link, want := range map[string]string{
			declined: "This invitation was declined", revoked: "This invitation was revoked", expired: "This invitation has expired",
		} {
			if page := w.Browser(t).Get(link); page.Status != http.StatusGone || page.Title() != want || page.Find("form").Length() > 0 {
				t.Errorf("got %d %q, want 410 %q", page.Status, page.Title(), want)
			}
		}
		forged := w.Browser(t).Get("/join/" + strings.Repeat("A", 43))
		none := w.Browser(t).Get("/join")
		if forged.Status != http.StatusNotFound || none.Status != http.StatusNotFound || forged.Text("main") != none.Text("main") {
			t.Errorf("an unknown link: %d %q; without one: %d %q", forged.Status, forged.Text("main"), none.Status, none.Text("main"))
		}
	})
}

func TestOwnInvitationsAreShownAfterSigningIn(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.invite(t, "outsider@example.com", services.ProviderPassword)
		b := w.as(t, "outsider@example.com")
		page := b.Get("/")
		wantPage(t, page, http.StatusOK, "/invitations")
		in := page.Submit("Accept the invitation to Acme", nil)
		wantPage(t, in, http.StatusOK, "/o/acme")
	})
}

// Attack: the numbers of other people's invitations.
func TestNobodyAnswersTheInvitationsOfOthers(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.invite(t, "outsider@example.com", services.ProviderPassword)
		b := w.as(t, "viewer@example.com")
		for _, path := range []string{"/invitations/1/accept", "/invitations/1/decline", "/invitations/2/accept", "/invitations/x/accept"} {
			if page := b.Post(path, url.Values{}); page.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, page.Status)
			}
		}
	})
}

// Attack: somebody who may invite makes an account in another person's name, and waits for what that person is invited to.
func TestAccountMadeWithACopiedLinkWaitsForNothing(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		_, copied := w.invite(t, "chief@example.com", services.ProviderPassword)
		attacker := w.Browser(t)
		attacker.Get(copied).Submit("Join organization", url.Values{"name": {"Chief"}, "password": {password}})
		results, err := w.Console.Invite(t.Context(), w.by(t, "admin@example.com"), services.NewInvitations{
			Provider: services.ProviderPassword, Emails: []string{"chief@example.com"}, Groups: []string{"administrators"}, Confirmed: true,
		})
		if err != nil || results[0].Outcome != services.Invited {
			t.Fatalf("%+v, %v", results, err)
		}
		if page := attacker.Get("/invitations"); strings.Contains(page.Text("main"), "Administrators") {
			t.Errorf("the attacker sees %s", page.Text("main"))
		}
		for _, number := range []string{"1", "2", "3"} {
			page := attacker.Post("/invitations/"+number+"/accept", url.Values{})
			if page.Status != http.StatusForbidden && page.Status != http.StatusNotFound {
				t.Errorf("invitation %s: %d", number, page.Status)
			}
		}
	})
}

// Attack: somebody who may invite invites an administrator of elsewhere who never had a password, and sets one with the
// copied link. It opens the organization of the link; of the other one it learns nothing.
func TestACopiedLinkOpensItsOwnOrganizationAlone(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.apply(t, strings.Replace(modelstest.GlobexFile, "members:", "members:\n  - {email: silent@example.com, name: Silent, groups: [administrators]}", 1))
		_, copied := w.invite(t, "silent@example.com", services.ProviderPassword)
		b := w.Browser(t)
		in := b.Get(copied).Submit("Join organization", url.Values{"name": {"Attacker"}, "password": {password}})
		wantPage(t, in, http.StatusOK, "/o/acme")
		for _, path := range []string{"/groups", "/activity", "/"} {
			page, unknown := b.Get("/o/globex"+path), b.Get("/o/nobody"+path)
			if page.Status != http.StatusNotFound || page.Body != strings.ReplaceAll(unknown.Body, "nobody", "globex") {
				t.Errorf("%s: %d %q differs from an unknown organization: %s", path, page.Status, page.Title(), page.Text("main"))
			}
		}
		if page := b.Post("/o/globex/groups/add", url.Values{"name": {"Mine"}}); page.Status != http.StatusNotFound {
			t.Errorf("a group is added: %d", page.Status)
		}
		text := b.Get("/organizations").Text("main")
		if strings.Contains(strings.ToLower(text), "globex") || !strings.Contains(text, "Nobody has proven that silent@example.com is yours. Once it is proven, this list may have more") {
			t.Errorf("the page of organizations says %s", text)
		}
		for _, path := range []string{"/operator", "/support"} {
			if page := b.Get(path); page.Status != http.StatusNotFound {
				t.Errorf("%s: %d", path, page.Status)
			}
		}
		w.setPassword(t, "globex", "silent@example.com")
		owner := w.as(t, "silent@example.com")
		wantPage(t, owner.Get("/o/globex/groups"), http.StatusOK, "/o/globex/groups")
		if page := b.Get("/o/acme/groups"); page.Address.Path != "/sign-in" {
			t.Errorf("the account of the link lives on beside the proven one: %d %s", page.Status, page.Address.Path)
		}
	})
}

// Attack: an invitation into a group holds a member whose account is already there; the link makes none beside it.
func TestACopiedLinkMakesNoAccountForAMember(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		w.apply(t, strings.Replace(modelstest.AcmeFile, "members:", "members:\n  - {email: silent@example.com, name: Silent, groups: [administrators]}", 1))
		for _, email := range []string{"silent@example.com", "outdoors@example.com"} { // without a password, and with one
			_, copied := w.invite(t, email, services.ProviderPassword)
			b := w.Browser(t)
			page := b.Get(copied)
			if page.Status != http.StatusOK || page.Find("[name=password]").Length() > 0 ||
				!strings.Contains(page.Text("main"), email+" is a member of Acme already. Sign in to accept.") {
				t.Errorf("%s: %d %s", email, page.Status, page.Text("main"))
			}
			b.Post("/join/account", url.Values{"name": {"Attacker"}, "password": {password}})
			if b.Cookie("__Host-sid") != "" {
				t.Errorf("the attacker is signed in as %s", email)
			}
		}
	})
}

func TestInviterWhoLostTheirRightsInvitesNobody(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		_, link := w.invite(t, "new@example.com", services.ProviderPassword)
		w.apply(t, strings.Replace(modelstest.AcmeFile, "organization/groups: edit", "organization/groups: view", 1))
		page := w.Browser(t).Get(link)
		if page.Status != http.StatusGone || !strings.Contains(page.Text("main"), "Editor (editor@example.com) may no longer invite into Viewers.") {
			t.Errorf("%d %s", page.Status, page.Text("main"))
		}
		b := w.Browser(t)
		b.Get(link)
		b.Post("/join/account", url.Values{"name": {"New"}, "password": {password}})
		if b.Cookie("__Host-sid") != "" {
			t.Error("the invitation was accepted")
		}
		if again := w.Browser(t).Get(link); again.Title() != "This invitation is no longer valid" {
			t.Errorf("afterwards: %q", again.Title())
		}
	})
}
