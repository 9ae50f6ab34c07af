package fault

import (
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// Two administrators, and a group that keeps them members of the organization when they are administrators no more.
const administratorsFile = `
version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: staff, name: Staff, privileges: {organization/organization: view}}
members:
  - {email: first@example.com, name: First, groups: [administrators, staff]}
  - {email: second@example.com, name: Second, groups: [administrators, staff]}
`

const (
	first  = "first@example.com"
	second = "second@example.com"
)

// The same organization once one of the two is no administrator any more: by a file that lists them elsewhere and nobody
// as administrator, and by one that omits them. Both act with --prune.
const (
	movedFile = `
version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: staff, name: Staff, privileges: {organization/organization: view}}
members:
  - {email: %s, groups: [staff]}
`
	prunedFile = `
version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: staff, name: Staff, privileges: {organization/organization: view}}
members:
  - {email: %s, groups: [administrators, staff]}
`
)

// duel is an organization whose two administrators are taken away from each other, round after round.
type duel struct {
	database
	server   *server
	visitors map[string]*visitor
	files    map[string]string // paths of written files, by way and who stays or goes
}

func newDuel(t *testing.T, db database) *duel {
	t.Helper()
	db.apply(t, administratorsFile)
	d := &duel{database: db, server: db.serve(t), visitors: map[string]*visitor{}, files: map[string]string{}}
	for _, email := range []string{first, second} {
		d.visitors[email] = db.enter(t, d.server, email)
		d.files["moved "+email] = written(t, fmt.Sprintf(movedFile, email))
		d.files["pruned "+email] = written(t, fmt.Sprintf(prunedFile, other(email)))
	}
	d.files["both"] = written(t, administratorsFile)
	return d
}

func other(email string) string {
	if email == first {
		return second
	}
	return first
}

// ways are all the ways on which somebody can stop being an administrator for good. Each takes the right from the person
// named or is refused; only what should never happen is an error.
func (d *duel) ways() map[string]func(who string) error {
	return map[string]func(who string) error{
		"the other one’s Members tab":      func(who string) error { return d.remove(other(who), who) },
		"their own Members tab":            func(who string) error { return d.remove(who, who) },
		"deletion from the organization":   d.deleteMember,
		"their groups":                     func(who string) error { return d.setGroups(who, url.Values{}) },
		"an end in their groups":           func(who string) error { return d.setGroups(who, tomorrow()) },
		"a file that lists them elsewhere": func(who string) error { return d.prune("moved " + who) },
		"a file that omits them":           func(who string) error { return d.prune("pruned " + who) },
	}
}

// tomorrow keeps the box of Administrators checked, until then.
func tomorrow() url.Values {
	return url.Values{"in.administrators": {"yes"}, "until.administrators": {time.Now().UTC().AddDate(0, 0, 1).Format("2006-01-02T15:04")}}
}

func (d *duel) prune(file string) error {
	_, _, err := d.run("", "apply", "--prune", d.files[file])
	return err
}

// remove presses Delete in the Members tab of Administrators.
func (d *duel) remove(by, who string) error {
	return d.send(by, "/o/acme/groups/administrators/members/-/delete", url.Values{"member": {who}})
}

func (d *duel) deleteMember(who string) error {
	page, err := d.pageOf(who)
	if err != nil || page == "" {
		return err
	}
	return d.send(other(who), page+"/delete", url.Values{})
}

// setGroups saves a member's groups with the choice about Administrators, those of the others left as they are.
func (d *duel) setGroups(who string, form url.Values) error {
	page, err := d.pageOf(who)
	if err != nil || page == "" {
		return err
	}
	shown, err := d.visitors[other(who)].get(page + "/groups")
	if err != nil {
		return err
	}
	form.Set("rows", "administrators")
	form.Set("revision", shown.value("revision"))
	return d.send(other(who), page+"/groups", form)
}

// pageOf is a member's page, "" for somebody who is no member any more.
func (d *duel) pageOf(who string) (path string, err error) {
	var n int
	err = d.QueryRow("SELECT id FROM members WHERE ended_at IS NULL AND email = '" + who + "'").Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return fmt.Sprintf("/o/acme/members/%d", n), err
}

// send posts a form that may come too late: by the time it arrives, the sender may be no administrator or not even
// a member any more, and whom it is about as well.
func (d *duel) send(by, path string, form url.Values) error {
	answer, err := d.visitors[by].post(path, form)
	if err == nil && !slices.Contains([]int{303, 401, 403, 404, 409, 422}, answer.status) {
		err = fmt.Errorf("%s: %s", path, answer)
	}
	return err
}

// reinstate makes both administrators again, signed in.
func (d *duel) reinstate(t *testing.T) {
	t.Helper()
	d.mustRun(t, "", "apply", d.files["both"])
	for email, v := range d.visitors {
		if page, err := v.get("/o/acme/groups"); err != nil || page.status != 200 {
			must(t, v.signIn(email))
		}
	}
}

// Attack: two administrators lose the right at the same moment, and only one of them could sign in again.
func TestNoTwoWaysAtOnceTakeTheLastAdministratorWhoCanSignIn(t *testing.T) {
	onEach(t, func(t *testing.T, db database) {
		d := newDuel(t, db)
		ways := d.ways()
		names := slices.Sorted(maps.Keys(ways))
		hash := d.texts(t, "SELECT a.password_hash FROM accounts a JOIN people p ON p.id = a.person_id WHERE a.proven AND p.email = '"+second+"'")[0]
		setHash := func(hash string) {
			d.execute(t, "UPDATE accounts SET password_hash = '"+hash+"' WHERE proven AND person_id = (SELECT id FROM people WHERE email = '"+second+"')")
		}
		went := 0 // rounds in which the one who could not sign in is an administrator no more
		for round := range rounds(10, 100) {
			one, two := names[round%len(names)], names[(round+round/len(names))%len(names)]
			setHash("") // whose session goes on
			var errs [2]error
			atOnce(func() { errs[0] = ways[one](first) }, func() { errs[1] = ways[two](second) })
			for _, err := range errs {
				must(t, err)
			}
			left := d.texts(t, `SELECT p.email FROM memberships m JOIN groups g ON g.id = m.group_id JOIN people p ON p.id = m.person_id
				WHERE g.administrators AND m.ended_at IS NULL AND m.expires_at IS NULL ORDER BY p.email`)
			if !slices.Contains(left, first) {
				t.Fatalf("round %d, %s and %s at once: the administrators left are %q, and only %s can sign in", round, one, two, left, first)
			}
			if !slices.Contains(left, second) {
				went++
			}
			setHash(hash)
			d.reinstate(t)
		}
		if went == 0 {
			t.Error("every way was refused, whomever it was about")
		}
	})
}

// Attack: two administrators lose the right at the same moment, each on any way there is, each counting on the other.
func TestNoTwoWaysAtOnceTakeTheLastAdministrator(t *testing.T) {
	onEach(t, func(t *testing.T, db database) {
		d := newDuel(t, db)
		ways := d.ways()
		names := slices.Sorted(maps.Keys(ways))
		for round := range rounds(20, 200) {
			one, two := names[round%len(names)], names[(round+round/len(names))%len(names)] // each pair comes before any comes again
			var errs [2]error
			atOnce(func() { errs[0] = ways[one](first) }, func() { errs[1] = ways[two](second) })
			for _, err := range errs {
				must(t, err)
			}
			left := d.texts(t, `SELECT p.email FROM memberships m JOIN groups g ON g.id = m.group_id JOIN people p ON p.id = m.person_id
				WHERE g.administrators AND m.ended_at IS NULL AND m.expires_at IS NULL ORDER BY p.email`)
			if len(left) != 1 {
				t.Fatalf("round %d, %s and %s at once: the administrators left are %q, want one", round, one, two, left)
			}
			d.reinstate(t)
		}
		for line := range strings.SplitSeq(d.server.said.last(1<<20), "\n") {
			if strings.Contains(line, "level=ERROR") {
				t.Errorf("the log tells of a failure: %s", line)
			}
		}
	})
}
