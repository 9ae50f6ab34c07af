package fault

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// The addresses of this machine from which visitors come to the proxy.
const (
	attackersAddress      = "127.0.0.9"
	administratorsAddress = "127.0.0.10"
)

const operatorsFile = `version: 1
vendor: {name: Example Vendor, support_mail: support@vendor.example}
operators: [operator@vendor.example]
`

// behindNginx is the program, started with these flags, behind the README's nginx, with passwords for an administrator and
// the operator.
func behindNginx(t *testing.T, db database, flags []string) (*server, front) {
	t.Helper()
	db.apply(t, writersFile())
	db.mustRun(t, "", "operator", "apply", written(t, operatorsFile))
	db.mustRun(t, password, "member", "set-password", "acme", administrator(0))
	db.mustRun(t, password, "operator", "set-password", "operator@vendor.example")
	s := db.serve(t, flags...)
	return s, nginxBefore(t, s)
}

// renames changes the visitor's own name, and gives the address that the activity about it shows.
func (v *visitor) renames(t *testing.T) string {
	t.Helper()
	renamed, err := v.post("/profile", url.Values{"name": {"Another Name"}})
	must(t, err)
	if !renamed.saved() {
		t.Fatalf("rename: %s", renamed)
	}
	facts := v.open(t, "/o/acme/activity").page().Find("main details").First()
	for n := range facts.Find("span").Nodes {
		if fact := facts.Find("span").Eq(n); strings.HasPrefix(strings.TrimSpace(fact.Text()), "From") {
			return strings.TrimSpace(fact.Find("b").Text())
		}
	}
	t.Fatalf("the activity says of no address: %s", facts.Text())
	return ""
}

// Attack: guess until the address is over its limit. Anyone who follows the README word by word has visitors told apart.
func TestTheReadmesProxyTellsVisitorsApart(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db database) {
		s, front := behindNginx(t, db, readmeFlags(t))
		attacker := front.visitor(attackersAddress, "")
		attacker.guess(t, 10)
		for name, again := range map[string]*visitor{"again": attacker, "as another": front.visitor(attackersAddress, "203.0.113.7"),
			"as the proxy": front.visitor(attackersAddress, "127.0.0.1"), "as the administrator": front.visitor(attackersAddress, administratorsAddress)} {
			if answer := again.tried(t, "invented@example.com"); answer.status != http.StatusTooManyRequests {
				t.Errorf("the eleventh, %s: %s", name, answer)
			}
		}
		v := front.visitor(administratorsAddress, "203.0.113.7")
		must(t, v.signIn(administrator(0)))
		if got := v.renames(t); got != administratorsAddress {
			t.Errorf("the activity shows %q, want the visitor’s address", got)
		}
		must(t, v.signIn("operator@vendor.example"))
		if page := v.open(t, "/operator"); strings.Contains(page.text(), "--trusted-proxies") {
			t.Errorf("the operator has still something to set: %s", page.text())
		}
		if strings.Contains(s.said.last(1<<20), "--trusted-proxies") {
			t.Errorf("the program still says what to set: %s", s.said.last(4000))
		}
	})
}

// Attack: guess through a proxy that nobody told the program to trust, whose address is everybody's.
func TestAProxyThatIsNotTrustedLocksNobodyOut(t *testing.T) {
	t.Parallel()
	onEach(t, func(t *testing.T, db database) {
		flags := readmeFlags(t)
		at := slices.Index(flags, "--trusted-proxies")
		s, front := behindNginx(t, db, slices.Delete(flags, at, at+2))
		if said := s.said.last(4000); !strings.Contains(said, "  --trusted-proxies 127.0.0.1\n") {
			t.Errorf("the start does not say what to set: %s", said)
		}
		front.visitor(attackersAddress, "").guess(t, 15)
		v := front.visitor(administratorsAddress, "")
		must(t, v.signIn(administrator(0)))
		if got := v.renames(t); got != "unknown" {
			t.Errorf("the activity shows the address %q, which is not the visitor’s", got)
		}
		must(t, v.signIn("operator@vendor.example"))
		page := v.open(t, "/operator").text()
		if !strings.Contains(page, "The addresses of visitors are not known.") || !strings.Contains(page, "--trusted-proxies 127.0.0.1,") {
			t.Errorf("the operator’s page does not say what to set: %s", page)
		}
		if n := strings.Count(s.said.last(1<<20), "forwarded header does not count"); n != 1 {
			t.Errorf("the header that does not count is logged %d times", n)
		}
	})
}
