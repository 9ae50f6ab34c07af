package web_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

func sum(secret string) string {
	digest := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(digest[:])
}

// onEmpty runs the body on a console without an organization, and its setup link.
func onEmpty(t *testing.T, body func(t *testing.T, w world, link string)) {
	t.Helper()
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		link, err := w.Console.NewSetupLink(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		body(t, w, link)
	})
}

func firstAdministrator() url.Values {
	return url.Values{
		"organization": {"Crème & Co"}, "name": {"First Administrator"}, "email": {"First@Example.com"},
		"password": {password}, "again": {password},
	}
}

func TestSetupLinkMakesTheFirstAdministratorOnce(t *testing.T) {
	onEmpty(t, func(t *testing.T, w world, link string) {
		b, late := w.Browser(t), w.Browser(t)
		form := b.Get(link)
		wantPage(t, form, http.StatusOK, "/setup")
		lateForm := late.Get(link)
		page := form.Submit("Create organization", firstAdministrator())
		if page.Status != http.StatusOK || !strings.HasPrefix(page.Address.Path, "/o/creme-co") {
			t.Fatalf("setting up leads to %s with %d: %s", page.Address, page.Status, page.Text("main"))
		}
		if !strings.Contains(page.Text("[role=status]"), "Crème & Co is ready.") {
			t.Errorf("the page says %q", page.Text("[role=status]"))
		}
		if again := b.Get("/o/creme-co"); strings.Contains(again.Text("main"), "is ready.") {
			t.Error("the message is shown twice")
		}
		for name, again := range map[string]*webtest.Page{
			"the link": w.Browser(t).Get(link), "the form": lateForm.Submit("Create organization", firstAdministrator()),
			"no link": w.Browser(t).Get("/setup"), "another link": w.Browser(t).Get("/setup/another"),
		} {
			if again.Status != http.StatusGone {
				t.Errorf("%s once more: %d", name, again.Status)
			}
		}
		w.Browser(t).SignIn("first@example.com", password)
		w.wantAdministrator(t, "creme-co", "first@example.com")
	})
}

func (w world) wantAdministrator(t *testing.T, organization, email string) {
	t.Helper()
	ctx := context.Background()
	o, err := w.Store.OrganizationByKey(ctx, organization)
	if err != nil {
		t.Fatal(err)
	}
	administrators, err := w.Store.In(o.ID).Administrators(ctx, w.clock.Now())
	if err != nil || len(administrators) != 1 || administrators[0].Email != email {
		t.Errorf("administrators %+v, %v", administrators, err)
	}
	groups, err := w.Store.In(o.ID).AllGroups(ctx)
	if err != nil || len(groups) != len(w.Console.Catalog().BuiltIn) {
		t.Errorf("%d groups, %v; the catalogue has %d built-in ones", len(groups), err, len(w.Console.Catalog().BuiltIn))
	}
}

func TestSetupSecretLeavesTheAddressAtOnce(t *testing.T) {
	onEmpty(t, func(t *testing.T, w world, link string) {
		b := w.Browser(t)
		answer := b.Request(http.MethodGet, link, nil)
		if answer.Status != http.StatusSeeOther || answer.Header.Get("Location") != "/setup" {
			t.Fatalf("%d to %q", answer.Status, answer.Header.Get("Location"))
		}
		secret := strings.TrimPrefix(link, "/setup/")
		if b.Cookie("__Host-setup") != secret {
			t.Error("the secret is not in the cookie")
		}
		if strings.Contains(b.Get("/setup").Body, secret) {
			t.Error("the page shows the secret")
		}
	})
}

func TestSetupLinkExpiresAfterADay(t *testing.T) {
	onEmpty(t, func(t *testing.T, w world, link string) {
		b := w.Browser(t)
		w.clock.Advance(24*time.Hour - time.Second)
		form := b.Get(link)
		wantPage(t, form, http.StatusOK, "/setup")
		w.clock.Advance(time.Second)
		if page := form.Submit("Create organization", firstAdministrator()); page.Status != http.StatusGone {
			t.Errorf("a day later: %d", page.Status)
		}
	})
}

func TestSetupSaysWhatIsWrongAndKeepsWhatWasTyped(t *testing.T) {
	onEmpty(t, func(t *testing.T, w world, link string) {
		for field, c := range map[string]struct{ value, want string }{
			"organization": {" ", "Enter a name."},
			"key":          {"No Key", "lower-case letters"},
			"name":         {"", "Enter a name."},
			"email":        {"nobody", "name@example.com"},
			"password":     {"too short", "15 characters"},
			"again":        {password + "!", "differ"},
		} {
			values := firstAdministrator()
			values.Set(field, c.value)
			page := w.Browser(t).Get(link).Submit("Create organization", values)
			if page.Status != http.StatusUnprocessableEntity || !strings.Contains(page.Text("#"+field+"-error"), c.want) {
				t.Errorf("%s: %d, the field says %q", field, page.Status, page.Text("#"+field+"-error"))
			}
			if got := page.Find("#organization").AttrOr("value", ""); got != values.Get("organization") {
				t.Errorf("%s: the page forgot the name of the organization: %q", field, got)
			}
			if page.Find("#password").AttrOr("value", "") != "" {
				t.Errorf("%s: the page sends the password back", field)
			}
		}
		if empty, err := w.Console.Empty(context.Background()); err != nil || !empty {
			t.Errorf("something was created: empty %t, %v", empty, err)
		}
	})
}
