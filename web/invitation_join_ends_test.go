package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/web/webtest"
)

// endOf makes a membership of acme end at a moment.
func (w world) endOf(t *testing.T, email, group string, end time.Time) {
	t.Helper()
	scope := modelstest.In(w.Store, 1)
	member, err := scope.MemberByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	found, err := scope.Group(t.Context(), group)
	if err != nil {
		t.Fatal(err)
	}
	if err := scope.SetMembershipEnd(t.Context(), found.Grantee().ID, member.PersonID, &end, w.clock.Now()); err != nil {
		t.Fatal(err)
	}
}

// Anyone who is invited by somebody whose own access ends learns it before they accept, and it is so (R7).
func TestAnInvitationSaysUntilWhenItsMembershipsWouldBe(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		end := w.clock.Now().Add(3 * time.Hour).UTC().Truncate(time.Second)
		said := "Your membership of Viewers will end on " + end.Format("2 January 2006, 15:04") + " UTC, when the access of Editor (editor@example.com) ends."
		_, before := w.invite(t, "new@example.com", services.ProviderPassword)
		if page := w.Browser(t).Get(before); strings.Contains(page.Text("body"), "will end on") {
			t.Errorf("an end is said where there is none: %s", page.Text("body"))
		}
		w.endOf(t, "editor@example.com", "editors", end)
		w.invite(t, "outsider@example.com", services.ProviderPassword)
		own := w.as(t, "outsider@example.com").Get("/invitations")
		linked := w.Browser(t).Get(before)
		for name, page := range map[string]*webtest.Page{"the link": linked, "one’s own invitations": own} {
			if !strings.Contains(page.Text("body"), said) {
				t.Errorf("%s: %d without %q: %s", name, page.Status, said, page.Text("body"))
			}
		}
		wantPage(t, own.Submit("Accept the invitation to Acme", nil), http.StatusOK, "/o/acme")
		wantPage(t, linked.Submit("Join organization", url.Values{"name": {"Newcomer"}, "password": {password}}), http.StatusOK, "/o/acme")
		for _, email := range []string{"outsider@example.com", "new@example.com"} {
			if got := w.memberships(t, email); len(got) != 1 || got[0].ExpiresAt == nil || !got[0].ExpiresAt.Equal(end) {
				t.Errorf("the memberships of %s are %+v", email, got)
			}
		}
	})
}

func (w world) memberships(t *testing.T, email string) []models.Membership {
	t.Helper()
	member, err := modelstest.In(w.Store, 1).MemberByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	all, err := modelstest.In(w.Store, 1).MembershipsOf(t.Context(), member.PersonID)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Attack: copied links make accounts for an address until there is no more room. The next one says what to do.
func TestAnAddressWithTooManyAccountsIsToldWhatToDo(t *testing.T) {
	inWorlds(t, webtest.Options{}, func(t *testing.T, w world) {
		_, link := w.invite(t, "new@example.com", services.ProviderPassword)
		person := models.Person{Email: "new@example.com", CreatedAt: w.clock.Now()}
		if err := w.Store.CreatePerson(t.Context(), &person); err != nil {
			t.Fatal(err)
		}
		for i := range 8 {
			a := models.Account{PersonID: person.ID, Name: fmt.Sprint(i), CreatedAt: w.clock.Now()}
			if err := w.Store.CreateAccount(t.Context(), &a); err != nil {
				t.Fatal(err)
			}
			org := modelstest.Organization(t, w.Store, fmt.Sprintf("org-%d", i))
			modelstest.Group(t, org, "team", access.PrivilegeSet{}, person)
			if err := org.LetIn(t.Context(), models.Person{ID: person.ID, AccountID: a.ID, Email: person.Email}, w.clock.Now()); err != nil {
				t.Fatal(err)
			}
		}
		b := w.Browser(t)
		page := b.Get(link).Submit("Join organization", url.Values{"name": {"New"}, "password": {password}})
		if page.Status != http.StatusConflict || page.Title() != "Too many accounts" || b.Cookie("__Host-sid") != "" {
			t.Errorf("%d %q: %s", page.Status, page.Title(), page.Text("main"))
		}
		wantTexts(t, page, "Sign in to one of them and open the link again.")
		wantPage(t, b.Get("/join"), http.StatusOK, "/join")
	})
}
