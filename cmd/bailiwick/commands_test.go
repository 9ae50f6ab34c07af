package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"bailiwick/models/modelstest"
)

func TestTheExitStatusTellsDoneFromRefusedFromFailed(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.write("wrong.yaml", "version: 1\norganization: {key: acme, name: Acme}\nmembers:\n  - {email: a@example.com, groups: [strangers]}\n")
	p.write("broken.yaml", "version: 2\ngroups: {}\n")
	p.write("catalog.yaml", "version: 1\nname: nothing\n")
	cases := []struct {
		name      string
		args      string
		status    int
		out, errs string
	}{
		{"apply", "apply acme.yaml", 0, "create organization acme", ""},
		{"apply again", "apply acme.yaml", 0, "nothing to change", ""},
		{"flags before arguments", "apply --dry-run --prune acme.yaml --db sqlite:bailiwick.db", 0, "nothing to change", ""},
		{"program flags first", "--db sqlite:bailiwick.db export acme", 0, "organization: {key: acme, name: Acme", ""},
		{"a dangling reference", "apply wrong.yaml", 1, "", "wrong.yaml:4: "},
		{"a broken file", "apply ./broken.yaml", 1, "", "./broken.yaml:1: "},
		{"no such file", "apply gone.yaml", 2, "", "gone.yaml"},
		{"no such organization", "export gone", 1, "", `"gone"`},
		{"a faulty catalogue", "export acme --catalog catalog.yaml", 2, "", "catalog.yaml:"},
		{"migrate", "migrate", 0, "", "up to date"},
		{"allow", "check acme member:john.smith@example.com view content/sources", 0,
			"allow\nJohn Smith can view all sources. Their only group gives it.\nBecause\n  group:users (Users): View all on Content / Sources\n", ""},
		{"deny", "check acme member:john.smith@example.com edit content/sources", 1,
			"deny\nJohn Smith can’t edit all sources. Their only group does not give it.\nAlso looked at\n" +
				"  group:users (Users): View all on Content / Sources gives view, not edit\nWhat would change the answer\n" +
				"  Giving Users Edit all on Content / Sources, in place of View all.\nAs of revision ", ""},
		{"deny the unknown", "check acme group:strangers view content/sources", 1, "deny\n", "group:strangers"},
		{"a resource without a name", "check acme group:users view content/sources:", 2, "", "no resource"},
		{"check without an organization", "check gone group:users view content/sources", 2, "", `"gone"`},
		{"check with half a question", "check acme group:users view", 2, "", "check takes"},
		{"check with two questions", "check acme group:users view content/sources --batch -", 2, "", "check takes"},
		{"no such command", "delete acme", 2, "", "unexpected argument delete"},
		{"no such flag", "export acme --sideways", 2, "", "--sideways"},
		{"no such database", "migrate --db sqlite:gone/bailiwick.db", 2, "", "there is no directory "},
		{"a mail server that can’t be one", "migrate --smtp mail", 2, "", "smtp://"},
		{"help", "apply --help", 0, "--dry-run", ""},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			p := place{t, p.dir}
			p.expect(p.run("", strings.Fields(test.args)...), test.status, test.out, test.errs)
		})
	}
}

func TestASettingIsAFlagOrAnEnvironmentVariable(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	command := p.command(context.Background(), "apply", "acme.yaml")
	command.Env = append(command.Env, "BAILIWICK_DB=sqlite:other.db")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("apply: %v\n%s", err, out)
	}
	p.expect(p.run("", "export", "acme", "--db", "sqlite:other.db"), 0, "key: acme", "")
	p.expect(p.run("", "export", "acme"), 1, "", `"acme"`)
}

func TestTheDatabaseIsReadableForItsOwnerOnly(t *testing.T) {
	p := newPlace(t)
	p.run("", "migrate")
	info, err := os.Stat(filepath.Join(p.dir, "bailiwick.db"))
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o, want 600", info.Mode().Perm())
	}
}

func TestExportAndApplyGoRound(t *testing.T) {
	p := newPlace(t)
	p.copied("demo.yaml", "demo.yaml")
	p.expect(p.run("", "apply", "demo.yaml"), 0, "create member john.smith@example.com", "")
	first := p.run("", "export", "acme")
	p.write("export.yaml", first.out)
	p.expect(p.run("", "apply", "export.yaml", "--prune"), 0, "nothing to change\n", "")
	if all, changed := first.out, p.run("", "export", "acme", "--changed-only").out; !strings.Contains(all, "key: relevance-managers\n") ||
		strings.Contains(changed, "key: relevance-managers\n") || !strings.Contains(changed, "key: report-readers\n") {
		t.Errorf("--changed-only leaves out what it should not, or nothing:\n%s", changed)
	}
	if again := p.run("", "export", "acme"); again.out != first.out {
		t.Errorf("exported\n%s\nthen\n%s", first.out, again.out)
	}
}

func TestAPasswordComesFromStandardInput(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.run("", "apply", "acme.yaml")
	cases := []struct {
		name, typed string
		email       string
		status      int
		errs        string
	}{
		{"good", "a quiet harbour at low tide\n", "john.smith@example.com", 0, "new password"},
		{"a line end of another system", "a quiet harbour at low tide\r\n", "john.smith@example.com", 0, "new password"},
		{"two line ends", "a quiet harbour at low tide\n\n", "john.smith@example.com", 1, "password"},
		{"too short", "harbour\n", "john.smith@example.com", 1, "15 characters"},
		{"nobody", "a quiet harbour at low tide\n", "nobody@example.com", 1, "nobody@example.com"},
	}
	for _, test := range cases {
		t.Run(test.name, func(t *testing.T) {
			p := place{t, p.dir}
			r := p.run(test.typed, "member", "set-password", "acme", test.email)
			p.expect(r, test.status, "", test.errs)
			if strings.Contains(r.errors, "harbour") {
				t.Errorf("the password is printed: %q", r.errors)
			}
		})
	}
}

// A reader that goes away must not leave the database half closed.
func TestAReaderThatGoesAwayLeavesTheDatabaseClosed(t *testing.T) {
	p := newPlace(t)
	p.copied("demo.yaml", "demo.yaml")
	p.run("", "apply", "demo.yaml")
	command := p.command(context.Background(), "export", "acme")
	read, write, err := os.Pipe()
	must(t, err)
	must(t, read.Close())
	command.Stdout = write
	must(t, command.Start())
	must(t, write.Close())
	if err := command.Wait(); err == nil || command.ProcessState.ExitCode() != exitFailed {
		t.Errorf("ended with %v, want status %d", err, exitFailed)
	}
	p.oneFile()
}

func TestASignalEndsACommandAndClosesTheDatabase(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.run("", "apply", "acme.yaml")
	ctx, cancel := context.WithTimeout(context.Background(), testPatience)
	defer cancel()
	command := p.command(ctx, "check", "acme", "--batch", "-")
	questions, err := command.StdinPipe()
	must(t, err)
	answers, err := command.StdoutPipe()
	must(t, err)
	must(t, command.Start())
	_, err = questions.Write([]byte(`{"subject":"group:users","ability":"view","domain":"content/sources"}` + "\n"))
	must(t, err)
	if _, err = answers.Read(make([]byte, 1)); err != nil { // it has the database open and waits for the next question
		t.Fatalf("no answer: %v", err)
	}
	must(t, command.Process.Signal(syscall.SIGTERM))
	if err := command.Wait(); err == nil || command.ProcessState.ExitCode() != exitFailed {
		t.Errorf("ended with %v, want status %d", err, exitFailed)
	}
	p.oneFile()
}
