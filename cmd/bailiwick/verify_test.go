package main

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"bailiwick/models/modelstest"
)

func TestVerifyWalksTheRecordAndNamesTheFirstBrokenPlace(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.write("other.yaml", strings.NewReplacer("key: acme", "key: other", "name: Acme", "name: Other").Replace(modelstest.SmallFile))
	p.write("operator.yaml", vendorFile)
	for _, args := range [][]string{{"apply", "acme.yaml"}, {"apply", "other.yaml"}, {"operator", "apply", "operator.yaml"}} {
		if done := p.run("", args...); done.status != 0 {
			t.Fatalf("%q: %s", args, done.errors)
		}
	}
	all := p.run("", "verify")
	if got := lines(all.out); all.status != 0 || len(got) != 3 || !strings.HasPrefix(got[0], "acme: ") || !strings.HasPrefix(got[1], "other: ") ||
		!strings.HasPrefix(got[2], "outside of organizations: 1 activity holds, the last hash is ") {
		t.Fatalf("%d\n%s%s", all.status, all.out, all.errors)
	}
	one := p.run("", "verify", "acme")
	p.expect(one, 0, lines(all.out)[0], "")
	last := one.out[strings.LastIndex(strings.TrimSpace(one.out), " ")+1:]
	last = strings.TrimSpace(last)
	p.expect(p.run("", "verify", "acme", "--expect", last), 0, "has the hash "+last+" that was kept", "")
	p.expect(p.run("", "verify", "--expect", strings.Repeat("0", 64)), 1, "acme: ", "no correct activity has the hash 000")
	p.expect(p.run("", "verify", "gone"), 2, "", `there is no organization "gone": this database has acme and other`)
	p.expect(p.run("", "verify", "acme", "other"), 2, "", "unexpected argument")

	p.tamper("UPDATE activities SET actor_name = 'Somebody Else' WHERE organization_id = (SELECT id FROM organizations WHERE key = 'other')")
	broken := p.run("", "verify")
	p.expect(broken, 1, "acme: ", "other: activity ")
	if !strings.Contains(broken.errors, ") was changed after it was written") || strings.Contains(broken.out, "other:") || !strings.Contains(broken.errors, ", organization.") {
		t.Errorf("it says\n%s%s", broken.out, broken.errors)
	}
	p.expect(p.run("", "verify", "acme"), 0, "acme: ", "")
	p.tamper("DELETE FROM activities WHERE organization_id = (SELECT id FROM organizations WHERE key = 'other')")
	p.expect(p.run("", "verify"), 1, "acme: ", "other: it has no activities, not even that it was made: they were taken out")
	p.tamper("DROP TABLE activities")
	p.expect(p.run("", "verify"), 2, "", "verify the record")
}

// tamper does what somebody can do who has the database in their hands.
func (p place) tamper(statement string) {
	p.t.Helper()
	database, err := sql.Open("sqlite", filepath.Join(p.dir, "bailiwick.db"))
	must(p.t, err)
	_, err = database.Exec(statement)
	must(p.t, err)
	must(p.t, database.Close())
}
