package fault

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const writers = 16

// writersFile is an organization in which each writer has a team, a member and a source to change, and nobody else
// touches them. Four administrators share the writing.
func writersFile() string {
	var groups, members, sources strings.Builder
	for n := range writers {
		fmt.Fprintf(&groups, "  - {key: team-%02[1]d, name: Team %[1]d, privileges: {content/extensions: edit, content/fields: view,"+
			" content/sources: custom, organization/organization: view}}\n", n)
		fmt.Fprintf(&members, "  - {email: member-%02[1]d@example.com, name: Member %[1]d, groups: [staff]}\n", n)
		fmt.Fprintf(&sources, "    - {key: source-%02[1]d, name: Source %[1]d}\n", n)
	}
	for n := range administrators {
		fmt.Fprintf(&members, "  - {email: %s, name: Administrator %d, groups: [administrators]}\n", administrator(n), n)
	}
	fmt.Fprintf(&members, "  - {email: %s, name: Reader, groups: [administrators]}\n", reader)
	return "version: 1\norganization: {key: acme, name: Acme, seats: 100}\ngroups:\n" +
		"  - {key: staff, name: Staff, privileges: {organization/organization: view}}\n" + groups.String() +
		"members:\n" + members.String() + "resources:\n  content/sources:\n" + sources.String()
}

const administrators = 4

// reader is another administrator, who opens pages while the writers write.
const reader = "reader@example.com"

func administrator(n int) string {
	return fmt.Sprintf("administrator-%d@example.com", n%administrators)
}

// The facts about a writer's things, each of which one save turns into its opposite.
const (
	levelsSwapped = iota // the team holds Edit on Fields and View on Extensions, instead of the other way round
	sourceListed         // the team may edit the source
	memberAdded          // the member is in the team
	sourceMade           // a second source is there, and the team may edit it
	facts
)

// writer saves one change after the other, and knows what was acknowledged.
type writer struct {
	n         int
	visitor   *visitor
	held      [facts]bool
	turn      int
	underWay  int   // the fact that a save without an answer is about; facts for none
	applied   int   // changes known to be in the database
	unwelcome error // an answer that no trouble of ours explains
}

func newWriters(t *testing.T, db database, s *server) []*writer {
	t.Helper()
	visitors := make([]*visitor, administrators)
	for n := range visitors {
		visitors[n] = db.enter(t, s, administrator(n))
	}
	all := make([]*writer, writers)
	for n := range all {
		all[n] = &writer{n: n, visitor: visitors[n%administrators], turn: n, underWay: facts}
	}
	return all
}

// write saves until the program answers no more or the writers are stopped, and tells of each save that was acknowledged.
func (w *writer) write(s *server, stopped *atomic.Bool, acknowledged func()) {
	for !stopped.Load() {
		answer, err := w.save(s)
		if err != nil {
			return
		}
		if !answer.saved() {
			w.unwelcome = fmt.Errorf("writer %d: %s", w.n, answer)
			return
		}
		acknowledged()
	}
}

// save makes the next change and gives the answer: that of the form, or that of the page with the form where it can't be
// opened. A save without an answer, and one of which the program says that its outcome is not known, stays under way.
func (w *writer) save(s *server) (answer, error) {
	v, fact := w.visitor.at(s), w.turn%facts
	w.turn++
	path, form, seen := w.change(fact)
	if len(seen) > 0 {
		page, err := v.get(path)
		if err != nil || page.status != http.StatusOK {
			return page, err
		}
		for _, field := range seen {
			form.Set(field, page.value(field))
		}
	}
	w.underWay = fact
	answer, err := v.post(path, form)
	if err == nil && !strings.Contains(answer.text(), "Check whether it was saved") {
		w.settle(answer.saved())
	}
	return answer, err
}

// settle notes whether the save that was under way is in the database.
func (w *writer) settle(applied bool) {
	if applied {
		w.held[w.underWay] = !w.held[w.underWay]
		w.applied++
	}
	w.underWay = facts
}

// The keys of the writer's things.
func (w *writer) team() string   { return fmt.Sprintf("team-%02d", w.n) }
func (w *writer) source() string { return fmt.Sprintf("source-%02d", w.n) }
func (w *writer) made() string   { return fmt.Sprintf("made-%02d", w.n) }
func (w *writer) member() string { return fmt.Sprintf("member-%02d@example.com", w.n) }

// change is the form that turns the fact into its opposite, and the fields that say how old the page with the form is.
func (w *writer) change(fact int) (path string, form url.Values, seen []string) {
	const sources = "/o/acme/resources/content/sources/"
	team, access, now := "/o/acme/groups/"+w.team(), "access.group:"+w.team(), w.held[fact]
	switch fact {
	case levelsSwapped:
		form = url.Values{"level.content/extensions": {viewOrEdit(now)}, "level.content/fields": {viewOrEdit(!now)}}
		return team + "/privileges", form, []string{"revision"}
	case sourceListed:
		return sources + w.source() + "/access", url.Values{access: {viewOrEdit(!now)}}, []string{"revision", "revision.group:" + w.team()}
	case memberAdded:
		if now {
			return team + "/members/-/delete", url.Values{"member": {w.member()}}, nil
		}
		return team + "/members/-/invite", url.Values{"ticked": {w.member()}, "provider": {"password"}}, nil
	}
	if now {
		return sources + w.made() + "/delete", url.Values{}, nil
	}
	return sources + "-/add", url.Values{"name": {w.made()}, "visibility": {"shared"}, access: {"edit"}}, nil
}

func viewOrEdit(edit bool) string {
	if edit {
		return "edit"
	}
	return "view"
}

// writeUntil lets all writers write, and makes the trouble in the middle of it, once so many saves were acknowledged. They
// go on until the program answers no more.
func writeUntil(s *server, all []*writer, saves int64, trouble func()) {
	writeTo([]*server{s}, all, saves, func(*storm) { trouble() })
}

// storm is many writers at once.
type storm struct {
	acknowledged atomic.Int64
	stopped      atomic.Bool // who can still save stops
}

// await waits until so many more saves were acknowledged. Who saves nothing is told of afterwards.
func (s *storm) await(more int64) {
	wanted := s.acknowledged.Load() + more
	for deadline := time.Now().Add(patience); s.acknowledged.Load() < wanted && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
}

// writeTo lets all writers write, each to one of several instances, and makes the trouble once so many saves were
// acknowledged. It gives how many were acknowledged in the end.
func writeTo(servers []*server, all []*writer, saves int64, trouble func(*storm)) int64 {
	var s storm
	jobs := []func(){func() {
		s.await(saves)
		trouble(&s)
	}}
	for n, w := range all {
		jobs = append(jobs, func() {
			w.write(servers[n%len(servers)], &s.stopped, func() { s.acknowledged.Add(1) })
		})
	}
	atOnce(jobs...)
	return s.acknowledged.Load()
}
