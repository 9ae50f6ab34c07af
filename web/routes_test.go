package web_test

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/labstack/echo/v4"

	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

var update = flag.Bool("update", false, "write testdata/routes.golden anew")

const goldenRoutes = "testdata/routes.golden"

// visitors are the columns of the matrix: who asks.
var visitors = []struct{ name, email string }{
	{"anonymous", ""},
	{"outsider", "outsider@example.com"}, // administrator of another organization
	{"outdoors", "outdoors@example.com"}, // a member without the minimum privilege, who may edit all sources
	{"viewer", "viewer@example.com"},
	{"editor", "editor@example.com"},
	{"administrator", "admin@example.com"},
}

// placeholders fill in the patterns of routes, from modelstest.AcmeFile.
var placeholders = map[string]string{
	":organization": "acme", ":group": "team", ":key": "connector", ":service": "content", ":domain": "sources", ":resource": "jira",
	":token": "none", ":invitation": "1", ":mail": "1", ":access": "none", ":membership": "1", ":activity": "1", "*": "none.css",
}

// Attack: a page that somebody added without asking who comes. Every route stands here with the status that each kind of
// visitor gets, posting an empty form where it changes something. A new route appears in the difference:
//
//	go test ./web -run TestRouteMatrix -update
func TestRouteMatrix(t *testing.T) {
	inWorlds(t, webtest.Options{Proxies: "127.0.0.1"}, func(t *testing.T, w world) {
		var table strings.Builder
		fmt.Fprintf(&table, "%-75s", "")
		for _, v := range visitors {
			fmt.Fprintf(&table, " %-13s", v.name)
		}
		browsers := map[string]*webtest.Browser{}
		for _, route := range patterns(t, w) {
			fmt.Fprintf(&table, "\n%-6s %-68s", route.Method, route.Path)
			for _, v := range visitors {
				fmt.Fprintf(&table, " %-13s", w.visit(t, browsers, v.email, route))
			}
		}
		compareGolden(t, goldenRoutes, trimLines(table.String()))
	})
}

// patterns are all routes in order, and an address in an organization that no route answers.
func patterns(t *testing.T, w world) []*echo.Route {
	t.Helper()
	routes := append(w.Handler.Routes(), &echo.Route{Method: http.MethodGet, Path: "/o/:organization/no/such/page"})
	slices.SortFunc(routes, func(a, b *echo.Route) int {
		return strings.Compare(a.Path+" "+a.Method, b.Path+" "+b.Method)
	})
	if len(routes) < 20 {
		t.Fatalf("only %d routes", len(routes))
	}
	return routes
}

// strangers counts browsers, each of which comes from an address of its own: empty forms count as failed attempts there.
var strangers atomic.Int64

// visit is what a visitor gets at a route: the status, or "sign-in" where they are sent there. What the visit changed is
// put right afterwards.
func (w world) visit(t *testing.T, browsers map[string]*webtest.Browser, email string, route *echo.Route) string {
	t.Helper()
	b := browsers[email]
	if email == "" || b == nil || b.Cookie("__Host-sid") == "" {
		b = w.Browser(t)
		b.Header.Set("X-Forwarded-For", fmt.Sprintf("2001:db8:0:%x::1", strangers.Add(1)))
		if email != "" {
			b.SignIn(email, password)
		}
		browsers[email] = b
	}
	var form url.Values
	if route.Method != http.MethodGet {
		form = url.Values{}
	}
	answer := b.Request(route.Method, w.fill(t, route.Path), form)
	if form != nil && answer.Status < http.StatusBadRequest {
		w.apply(t, modelstest.AcmeFile)
	}
	if answer.Status == http.StatusSeeOther && strings.HasPrefix(answer.Header.Get("Location"), "/sign-in") {
		return "sign-in"
	}
	return strconv.Itoa(answer.Status)
}

// fill puts things of modelstest.AcmeFile into a pattern. The member is one who is nobody's visitor.
func (w world) fill(t *testing.T, pattern string) string {
	t.Helper()
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		if !strings.HasPrefix(part, ":") && part != "*" {
			continue
		}
		if part == ":member" {
			parts[i] = w.member(t, "acme", "several@example.com")
			continue
		}
		value, ok := placeholders[part]
		if !ok {
			t.Fatalf("no placeholder for %s in %s: add one", part, pattern)
		}
		parts[i] = value
	}
	return strings.Join(parts, "/")
}

func trimLines(table string) string {
	lines := strings.Split(table, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	is, was := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for _, line := range is {
		if !slices.Contains(was, line) {
			t.Errorf("now:    %s", line)
		}
	}
	for _, line := range was {
		if !slices.Contains(is, line) {
			t.Errorf("golden: %s", line)
		}
	}
	if t.Failed() {
		t.Logf("if this is meant: go test ./web -run TestRouteMatrix -update, and look at the difference of %s", path)
	}
}
