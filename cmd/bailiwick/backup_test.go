package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bailiwick/models/modelstest"
)

// two is the organization with another member, and what is ended later.
const two = `version: 1
organization: {key: acme, name: Acme}
members:
  - {email: john.smith@example.com, name: John Smith, groups: [administrators]}
  - {email: leaver@example.com, name: Leaver, groups: [users]}
api_keys: [{key: push, name: Push, template: custom, privileges: {content/sources: view}}]
`

// another is a place for the same kind of database, with nothing in it.
func (p place) another(db string) (place, string) {
	if strings.HasPrefix(db, "sqlite:") {
		return newPlace(p.t), db
	}
	return newPlace(p.t), modelstest.URL(p.t, modelstest.Options{Database: modelstest.Postgres, Empty: true})
}

// written has people sign in until the returned function is called, which tells how many failed and were written down. Each
// comes from elsewhere, as a proxy that the program trusts says, and as somebody else, so that all are heard.
func (s *served) written() (heard func() (int, error)) {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	n := 0
	go func() {
		for i := 0; ; i++ {
			from := http.Header{"X-Forwarded-For": {fmt.Sprintf("203.0.%d.%d", i/250%250, i%250+1)}}
			status, err := s.send(http.DefaultClient, "/sign-in", from, url.Values{"email": {fmt.Sprintf("nobody%d@example.com", i)}, "password": {"x"}})
			if err == nil && status != http.StatusUnprocessableEntity {
				err = fmt.Errorf("sign-in %d is answered with %d", i, status)
			}
			if err == nil {
				n++
			}
			if err != nil || ctx.Err() != nil {
				done <- err
				return
			}
		}
	}()
	return func() (int, error) {
		stop()
		err := <-done
		return n, err
	}
}

func TestABackupIsRestoredAndCheckedBeforeItIsServed(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p place, db string) {
		p.fromBefore(db, john)
		p.write("two.yaml", two)
		p.expect(p.run("", "apply", "two.yaml", "--db", db), 0, "create", "")
		p.run("", "secrets", "new-key", "key")
		s := p.serve("--db", db, "--secret-key-file", "key", "--trusted-proxies", "127.0.0.1")
		v := s.between(john)
		if status := v.code(0); status != http.StatusSeeOther {
			t.Fatalf("the code is answered with %d", status)
		}
		written := s.written()
		p.expect(p.beside("", "backup", "copy", "--db", db), 0, "", "copy is a copy of the whole database")
		if n, err := written(); n == 0 || err != nil {
			t.Errorf("%d sign-ins were written meanwhile, %v", n, err)
		}
		info, err := os.Stat(filepath.Join(p.dir, "copy"))
		must(t, err)
		if info.Mode().Perm() != 0o600 {
			t.Errorf("the backup has the mode %o", info.Mode().Perm())
		}
		p.expect(p.beside("", "backup", "copy", "--db", db), exitRefused, "", "bailiwick: copy exists already: a backup never replaces a file\n")
		s.end(syscall.SIGTERM)

		newer := strings.NewReplacer("  - {email: leaver@example.com, name: Leaver, groups: [users]}\n", "", "key: push", "key: pull").Replace(two)
		q, empty := p.another(db)
		q.write("newer.yaml", newer)
		q.copied("copy", filepath.Join(p.dir, "copy"))
		q.copied("key", filepath.Join(p.dir, "key"))
		q.expect(q.run("", "restore", "copy", "--db", empty), 0, "", "restore-check")
		q.expect(q.run("", "restore", "copy", "--db", empty), 1, "", "there is a database already")
		r := q.run("", "restore-check", "--newer", "newer.yaml", "--db", empty)
		q.expect(r, 1, "came back: member leaver@example.com (Leaver) in users", "")
		q.expect(r, 1, "came back: API key push (Push)", "")
		q.expect(r, 1, "ended 1 session", "")
		q.expect(q.run("", "restore-check", "--newer", "newer.yaml", "--db", empty), 1, "ended 0 sessions", "")
		q.expect(q.run("", "apply", "--prune", "newer.yaml", "--db", empty), 0, "remove member leaver@example.com", "")
		q.expect(q.run("", "export", "acme", "--db", empty), 0, "john.smith", "")
		q.write("exported.yaml", q.run("", "export", "acme", "--db", empty).out)
		q.expect(q.run("", "restore-check", "--newer", "exported.yaml", "--db", empty), 0, "nothing came back", "")
		s = q.serve("--db", empty, "--secret-key-file", "key")
		if status := s.between(john).code(1); status != http.StatusSeeOther {
			t.Errorf("the second factor of the backup is answered with %d", status)
		}
		s.end(syscall.SIGTERM)
	})
}

func TestServingABackupAsRestoredSignsEverybodyOutFirst(t *testing.T) {
	p := newPlace(t)
	p.fromBefore("sqlite:bailiwick.db", john)
	s := p.serve()
	if status := s.between(john).code(0); status != http.StatusSeeOther {
		t.Fatalf("the code is answered with %d", status)
	}
	s.end(syscall.SIGTERM)
	ctx, cancel := context.WithTimeout(context.Background(), testPatience)
	defer cancel()
	s = p.started(p.command(ctx, "serve", "--addr", "127.0.0.1:0", "--restored"))
	s.await("--restored: everybody is signed out")
	s.await("ended 1 session")
	s.url = strings.TrimPrefix(s.await("Bailiwick listens on "), "Bailiwick listens on ")
	s.end(syscall.SIGTERM)
}

func TestWhatCannotBeBackedUpOrRestoredIsRefused(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.write("gone.yaml", strings.ReplaceAll(modelstest.SmallFile, "acme", "gone"))
	p.write("text", "no backup\n")
	p.expect(p.run("", "backup", "copy"), 2, "", "there is no file bailiwick.db")
	if _, err := os.Stat(filepath.Join(p.dir, "bailiwick.db")); err == nil {
		t.Error("a backup made a database")
	}
	p.expect(p.run("", "restore", "text"), 2, "", "no backup of an SQLite database")
	p.expect(p.run("", "restore", "gone"), 2, "", "there is no file gone")
	p.run("", "apply", "acme.yaml")
	p.expect(p.run("", "restore-check", "--newer", "gone.yaml"), 1, "", `"gone"`)
	p.expect(p.run("", "restore-check", "--newer", "text"), 1, "", "text:")
	p.expect(p.run("", "restore-check", "--newer", "acme.yaml", "--newer", "acme.yaml"), 1, "", "stands twice: first in acme.yaml:3")
}

// A database whose name was mistyped must not be found to be in order.
func TestWhatAsksAboutADatabaseDoesNotMakeOne(t *testing.T) {
	p := newPlace(t)
	p.run("", "secrets", "new-key", "key")
	for _, command := range []string{"backup copy", "restore-check", "verify", "verify acme", "secrets rotate --secret-key-file key"} {
		r := p.run("", append(strings.Fields(command), "--db", "sqlite:gone.db")...)
		if r.status != exitFailed || r.out != "" || r.errors != "bailiwick: there is no file gone.db\n" {
			t.Errorf("%s: status %d, %q, %q", command, r.status, r.out, r.errors)
		}
	}
	if left, err := filepath.Glob(filepath.Join(p.dir, "*")); err != nil || len(left) != 1 {
		t.Errorf("there are %v, %v", left, err)
	}
}

func TestWhatToTypeNextNamesTheSameDatabase(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.run("", "apply", "acme.yaml")
	p.run("", "backup", "copy")
	for db, next := range map[string]string{
		"sqlite:other.db":   " --db sqlite:other.db\n",
		"sqlite:it's me.db": " --db sqlite:'it'\\''s me.db'\n",
	} {
		p.expect(p.run("", "restore", "copy", "--db", db), 0, "", "\n  bailiwick restore-check --newer ORGFILE"+next)
	}
	must(t, os.Remove(filepath.Join(p.dir, "bailiwick.db")))
	p.expect(p.run("", "restore", "copy"), 0, "", "\n  bailiwick restore-check --newer ORGFILE\n")
	s := &settings{DB: "postgres://user:confidential@127.0.0.1/bailiwick"}
	if got := s.toType("restore-check"); got != "bailiwick restore-check --db postgres://…" {
		t.Errorf("next is %q", got)
	}
}

// The way back after the key was lost, as README says it.
func TestALostKeyIsReplacedOnceNothingNeedsItAnyMore(t *testing.T) {
	p := newPlace(t)
	p.fromBefore("sqlite:bailiwick.db", john)
	p.serve().end(syscall.SIGTERM)
	must(t, os.Remove(filepath.Join(p.dir, "bailiwick.db.key")))
	p.expect(p.run("", "secrets", "rotate"), 2, "", "there is no file bailiwick.db.key")
	p.expect(p.run("", "secrets", "new-key", "bailiwick.db.key"), 0, "", "made bailiwick.db.key")
	p.expect(p.run("", "secrets", "rotate", "--new-key-file", "bailiwick.db.key"), 1, "", "1 secret can’t be read")
	p.expect(p.run("", "member", "reset-second-factor", "acme", john), 0, "", "no second factor any more")
	p.expect(p.run("", "secrets", "rotate", "--new-key-file", "bailiwick.db.key"), 0, "", "from bailiwick.db.key: 0 secrets.")
	ctx, cancel := context.WithTimeout(context.Background(), testPatience)
	defer cancel()
	s := p.started(p.command(ctx, "serve", "--addr", "127.0.0.1:0"))
	if said := s.upTo("Bailiwick listens on "); strings.Contains(said, "key") {
		t.Errorf("it still says %q", said)
	}
	s.end(syscall.SIGTERM)
}
