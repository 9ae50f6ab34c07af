package fault

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// revocationsFile is an organization with somebody to take something from, for each way of taking.
const revocationsFile = `
version: 1
organization: {key: acme, name: Acme, seats: 100}
groups:
  - {key: staff, name: Staff, privileges: {organization/organization: view}}
  - {key: readers, name: Readers, privileges: {content/sources: view}}
  - {key: doomed, name: Doomed, privileges: {content/sources: view}}
  - {key: lowered, name: Lowered, privileges: {content/sources: view}}
  - {key: editors, name: Editors, privileges: {content/sources: {level: custom, edit: [web]}}}
members:
  - {email: administrator-0@example.com, name: Administrator, groups: [administrators]}
  - {email: reader@example.com, name: Reader, groups: [staff, readers]}
  - {email: leaver@example.com, name: Leaver, groups: [staff]}
  - {email: doomed@example.com, name: Doomed, groups: [staff, doomed]}
  - {email: lowered@example.com, name: Lowered, groups: [staff, lowered]}
  - {email: editor@example.com, name: Editor, groups: [staff, editors]}
  - {email: walker@example.com, name: Walker, groups: [staff]}
api_keys:
  - {key: connector, name: Connector, template: custom, status: enabled, privileges: {content/sources: view}}
resources:
  content/sources:
    - {key: web, name: Web}
`

const vendorFile = `
version: 1
vendor: {name: Example Vendor, support_mail: support@vendor.example}
categories:
  - {key: support, name: Support, longest: 24h, may_request: {content/sources: view}}
personnel:
  - {email: agent@vendor.example, name: Agent, categories: [support], organizations: [acme]}
`

const sourcesPage = "/o/acme/resources/content/sources"

// revocation is one way of taking something from somebody.
type revocation struct {
	name   string
	ask    func(s *server) (allowed bool, err error) // whether they still have it, at one instance
	revoke func() (answer, error)                    // saved = acknowledged
}

// Of 2,000 revocations of eight kinds, made on one instance and asked for on all, none lets anything through that was
// begun after its acknowledgement (R13).
func TestNothingBegunAfterARevocationIsAllowed(t *testing.T) {
	onEach(t, func(t *testing.T, db database) {
		r := newRevocations(t, db)
		for round := range rounds(2, 250) {
			for _, kind := range r.prepare(t) {
				r.hold(t, round, kind)
			}
			if t.Failed() {
				return
			}
		}
		t.Logf("%d revocations; %d questions were allowed before, %d that began afterwards were refused", r.made, r.allowed.Load(), r.refused.Load())
	})
}

type revocations struct {
	database
	servers  []*server
	file     string
	admin    *visitor
	key      applicationKey
	made     int
	allowed  atomic.Int64 // questions
	refused  atomic.Int64
	visitors map[string]*visitor
}

func newRevocations(t *testing.T, db database) *revocations {
	t.Helper()
	r := &revocations{database: db, file: written(t, revocationsFile), visitors: map[string]*visitor{}}
	db.mustRun(t, "", "apply", r.file)
	db.mustRun(t, "", "operator", "apply", written(t, vendorFile))
	db.mustRun(t, password, "operator", "set-password", "agent@vendor.example")
	for range db.instances() {
		r.servers = append(r.servers, db.serve(t))
	}
	r.admin = db.enter(t, r.servers[0], administrator(0))
	for _, name := range []string{"reader", "leaver", "doomed", "lowered", "editor", "walker"} {
		r.visitors[name] = db.enter(t, r.servers[0], name+"@example.com")
	}
	r.visitors["agent"] = newVisitor(r.servers[0].url)
	must(t, r.visitors["agent"].signIn("agent@vendor.example"))
	r.key = newApplicationKey(t, db)
	return r
}

// prepare gives everybody what will be taken from them.
func (r *revocations) prepare(t *testing.T) []revocation {
	t.Helper()
	r.mustRun(t, "", "apply", r.file)
	for _, name := range []string{"leaver", "walker", "agent"} { // whose sessions end
		email := name + "@example.com"
		if name == "agent" {
			email = "agent@vendor.example"
		}
		must(t, r.visitors[name].signIn(email))
	}
	if answer := r.submit(t, r.visitors["agent"], "/support/acme", url.Values{"level.content/sources": {"view"},
		"justification": {"the source does not rebuild"}, "for": {"3600"}}); !answer.saved() {
		t.Fatalf("request access: %s", answer)
	}
	other := newVisitor(r.servers[0].url)
	must(t, other.signIn("walker@example.com"))
	access := r.texts(t, "SELECT key FROM temporary_accesses WHERE outcome = ''")[0]
	member := r.number(t, "SELECT id FROM members WHERE ended_at IS NULL AND email = 'leaver@example.com'")
	return []revocation{
		{"a membership", r.opens("reader", sourcesPage),
			r.posts("/o/acme/groups/readers/members/-/delete", url.Values{"member": {"reader@example.com"}})},
		{"the membership of the organization", r.opens("leaver", "/o/acme"), r.posts(fmt.Sprintf("/o/acme/members/%d/delete", member), url.Values{})},
		{"a group", r.opens("doomed", sourcesPage), r.posts("/o/acme/groups/doomed/delete", url.Values{})},
		{"a level", r.opens("lowered", sourcesPage), r.posts("/o/acme/groups/lowered/privileges", url.Values{"level.content/sources": {"none"}})},
		{"a row of an Access tab", r.opens("editor", sourcesPage+"/web/delete"),
			r.posts(sourcesPage+"/web/access", url.Values{"access.group:editors": {"view"}})},
		{"a temporary access", r.opens("agent", sourcesPage), r.posts("/o/acme/temporary-access/"+access+"/revoke", url.Values{})},
		{"a session", r.opens("walker", "/profile"), func() (answer, error) { return other.post("/profile/sign-out", url.Values{}) }},
		{"an API key", func(*server) (bool, error) { return r.key.opens() }, r.posts("/o/acme/api-keys/connector/deactivate", url.Values{})},
	}
}

// opens asks for a page as somebody.
func (r *revocations) opens(name, path string) func(*server) (bool, error) {
	v := *r.visitors[name]
	return func(s *server) (bool, error) {
		page, err := v.at(s).get(path)
		if err == nil && page.status != http.StatusOK && !slices.Contains(refusals, page.status) {
			err = fmt.Errorf("%s is neither shown nor refused: %s", path, page)
		}
		return page.status == http.StatusOK, err
	}
}

// refusals are the answers to somebody who may not see a page, or is signed out. Any other would hide what was refused.
var refusals = []int{http.StatusSeeOther, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound}

// posts sends a form as the administrator, with what the page behind it says of its age.
func (r *revocations) posts(path string, form url.Values) func() (answer, error) {
	return func() (answer, error) {
		page, err := r.admin.get(path)
		if err != nil {
			return page, err
		}
		page.page().Find(`input[type="hidden"]`).Each(func(_ int, field *goquery.Selection) {
			if name := field.AttrOr("name", ""); strings.HasPrefix(name, "revision") {
				form.Set(name, field.AttrOr("value", ""))
			}
		})
		return r.admin.post(path, form)
	}
}

// submit sends a form with the hidden fields of its page.
func (r *revocations) submit(t *testing.T, v *visitor, path string, form url.Values) answer {
	t.Helper()
	page := v.open(t, path)
	page.page().Find(`main input[type="hidden"]`).Each(func(_ int, field *goquery.Selection) {
		if name := field.AttrOr("name", ""); name != "" && !form.Has(name) {
			form.Set(name, field.AttrOr("value", ""))
		}
	})
	answer, err := v.post(path, form)
	must(t, err)
	return answer
}

// question is one answer, and when it was asked for.
type question struct {
	began   time.Time
	allowed bool
	err     error
}

// hold asks at all instances, revokes, and goes on asking: what began after the acknowledgement is refused.
func (r *revocations) hold(t *testing.T, round int, kind revocation) {
	t.Helper()
	const after = 3 // questions of each asker that begin after the acknowledgement
	var asked, acknowledged sync.WaitGroup
	asked.Add(len(r.servers))
	acknowledged.Add(1)
	var done sync.WaitGroup
	answers := make([][]question, len(r.servers))
	var over atomic.Bool
	for n, s := range r.servers {
		done.Go(func() {
			ask := func() { answers[n] = append(answers[n], askOnce(kind, s)) }
			ask()
			asked.Done()
			for !over.Load() {
				ask()
			}
			acknowledged.Wait()
			for range after {
				ask()
			}
		})
	}
	asked.Wait()
	answer, err := kind.revoke()
	at := time.Now()
	over.Store(true)
	acknowledged.Done()
	done.Wait()
	if err != nil || !answer.saved() {
		t.Fatalf("round %d: take %s: %v, %v", round, kind.name, answer, err)
	}
	r.made++
	for n := range answers {
		r.judge(t, fmt.Sprintf("round %d, instance %d, %s", round, n, kind.name), answers[n], at)
	}
}

func askOnce(kind revocation, s *server) question {
	q := question{began: time.Now()}
	q.allowed, q.err = kind.ask(s)
	return q
}

func (r *revocations) judge(t *testing.T, what string, asked []question, acknowledged time.Time) {
	t.Helper()
	if !asked[0].allowed {
		t.Errorf("%s: refused although nothing was taken yet: %v", what, asked[0].err)
	}
	for _, q := range asked {
		switch {
		case q.err != nil:
			t.Errorf("%s: %v", what, q.err)
		case q.allowed && q.began.After(acknowledged):
			t.Errorf("%s: allowed although it began %v after the acknowledgement", what, q.began.Sub(acknowledged))
		case q.allowed:
			r.allowed.Add(1)
		case q.began.After(acknowledged):
			r.refused.Add(1)
		}
	}
}
