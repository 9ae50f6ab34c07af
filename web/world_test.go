package web_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/web/webtest"
)

const password = "nobody guesses this sentence"

// world is a console with the two organizations.
type world struct {
	*webtest.Server
	clock *modelstest.Clock
}

// inWorlds runs the body in a fresh world on each database.
func inWorlds(t *testing.T, o webtest.Options, body func(t *testing.T, w world)) {
	t.Helper()
	inCopies(t, peopled([]string{modelstest.AcmeFile, modelstest.GlobexFile}, "acme: admin editor outdoors several viewer", "globex: outsider"), o, body)
}

// peopled is a database in which files were applied and people were given passwords; each line says to whom in which organization.
func peopled(texts []string, people ...string) modelstest.Template {
	return modelstest.Template{Name: strings.Join(append(slices.Clone(texts), people...), "\n"),
		Fill: func(t testing.TB, store *models.Store, clock *modelstest.Clock) {
			w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
			for _, text := range texts {
				w.apply(t, text)
			}
			for _, line := range people {
				organization, names, _ := strings.Cut(line, ": ")
				for name := range strings.FieldsSeq(names) {
					w.setPassword(t, organization, name+"@example.com")
				}
			}
		}}
}

// inCopies runs the body in a copy of a template on each database.
func inCopies(t *testing.T, from modelstest.Template, o webtest.Options, body func(t *testing.T, w world)) {
	t.Helper()
	modelstest.EachOf(t, from, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		body(t, world{webtest.New(t, store, clock.Now, o), clock})
	})
}

func (w world) apply(t testing.TB, text string) {
	t.Helper()
	organization, err := files.ReadOrganization("test.yaml", []byte(text), w.Console.Catalog())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Console.Apply(context.Background(), organization, services.ApplyOptions{}); err != nil {
		t.Fatal(err)
	}
}

func (w world) setPassword(t testing.TB, organization, email string) {
	t.Helper()
	if err := w.Console.SetPassword(context.Background(), organization, email, password); err != nil {
		t.Fatal(err)
	}
}

// member is the number of a member, as addresses have it.
func (w world) member(t testing.TB, organization, email string) string {
	t.Helper()
	o, err := w.Store.OrganizationByKey(t.Context(), organization)
	if err != nil {
		t.Fatal(err)
	}
	m, err := w.Store.In(o.ID).MemberByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	return strconv.FormatInt(int64(m.ID), 10)
}

// as is a browser in which a person is signed in.
func (w world) as(t testing.TB, email string) *webtest.Browser {
	t.Helper()
	b := w.Browser(t)
	if page := b.SignIn(email, password); b.Cookie("__Host-sid") == "" {
		t.Fatalf("sign in as %s: %d %s", email, page.Status, page.Text("main"))
	}
	return b
}

func wantPage(t *testing.T, page *webtest.Page, status int, path string) {
	t.Helper()
	if page.Status != status || page.Address.RequestURI() != path {
		t.Errorf("got %d at %s, want %d at %s: %s", page.Status, page.Address.RequestURI(), status, path, page.Text("main"))
	}
}
