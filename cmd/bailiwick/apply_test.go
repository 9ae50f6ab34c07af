package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bailiwick/models/modelstest"
)

// A folder of files, several files and standard input are applied as one; files of one organization as one file.
func TestSeveralFilesAreAppliedAtOnce(t *testing.T) {
	const head = "version: 1\norganization: {key: acme, name: Acme}\n"
	parts := map[string]string{
		"groups.yaml":  head + "groups:\n  - {key: readers, name: Readers, privileges: {organization/organization: view}}\n",
		"members.yml":  head + "members:\n  - {email: a@example.com, groups: [readers]}\n",
		"other.yaml":   modelstest.OtherFile,
		"notes.txt":    "no file of ours",
		"sub/sub.yaml": "not read: it is in a folder inside",
	}
	folder := func(t *testing.T) place {
		p := newPlace(t)
		must(t, os.MkdirAll(filepath.Join(p.dir, "all", "sub"), 0o700))
		for name, text := range parts {
			p.write("all/"+name, text)
		}
		return p
	}
	for _, test := range []struct{ name, typed, args string }{
		{"a folder", "", "apply all"},
		{"several files", "", "apply all/other.yaml all/members.yml all/groups.yaml"},
		{"standard input besides", parts["groups.yaml"], "apply - all/members.yml all/other.yaml"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := folder(t)
			first := p.run(test.typed, strings.Fields(test.args)...)
			p.expect(first, 0, "create group readers", "")
			for _, want := range []string{"organization acme:\ncreate organization acme", "organization other:\ncreate organization other", "+3 ~0 -0\n"} {
				if !strings.Contains(first.out, want) {
					t.Errorf("%q is missing in\n%s", want, first.out)
				}
			}
			again := p.run(test.typed, append(strings.Fields(test.args), "--prune")...)
			if p.expect(again, 0, "organization acme:\nnothing to change\n", ""); !strings.Contains(again.out, "organization other:\nnothing to change\n") {
				t.Errorf("applied again:\n%s", again.out)
			}
		})
	}
}

// What is wrong with any file keeps all of them from being applied, and each problem names its own file.
func TestOneFaultyFileKeepsAllFromBeingApplied(t *testing.T) {
	const acme, other = "version: 1\norganization: {key: acme, name: Acme}\n", modelstest.OtherFile
	for _, test := range []struct{ name, first, second, errs string }{
		{"a reference", other, acme + "members:\n  - {email: a@example.com, groups: [nowhere]}\n", "second.yaml:4: "},
		{"no YAML", other, "version: 1\n\ta: b\n", "second.yaml:2: a tab"},
		{"a group twice", acme + "groups:\n  - {key: a, name: A}\n", acme + "groups:\n\n  - {key: a, name: A}\n", `second.yaml:5: the group "a" stands twice: first in first.yaml:4`},
		{"another name", acme, "version: 1\norganization: {key: acme, name: Acne}\n", `second.yaml:2: the organization is named "Acne" here and "Acme" in first.yaml:2`},
		{"other seats", strings.Replace(acme, "Acme}", "Acme, seats: 5}", 1), strings.Replace(acme, "Acme}", "Acme, seats: 6}", 1), "second.yaml:2: the organization has another number of seats in first.yaml:2"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPlace(t)
			p.write("first.yaml", test.first)
			p.write("second.yaml", test.second)
			refused := p.run("", "apply", "first.yaml", "second.yaml")
			if p.expect(refused, 1, "", test.errs); refused.out != "" {
				t.Errorf("something was planned:\n%s", refused.out)
			}
			p.expect(p.run("", "export", "acme"), 1, "", "acme")
			p.expect(p.run("", "export", "other"), 1, "", "other")
		})
	}
}

// A refusal of the second organization leaves the first as it was; a dry run shows both.
func TestTheLimitOfRemovalsHoldsForEachOrganization(t *testing.T) {
	p := newPlace(t)
	const acme, other = "version: 1\norganization: {key: acme, name: Acme}\n", modelstest.OtherFile
	many := acme + "resources:\n  content/sources:\n"
	for n := range 11 {
		many += "    - {key: s" + strings.Repeat("s", n) + ", name: S" + strings.Repeat("s", n) + "}\n"
	}
	p.write("acme.yaml", many)
	p.expect(p.run("", "apply", "acme.yaml"), 0, "+12 ~0 -0\n", "")
	p.write("acme.yaml", acme)
	p.write("other.yaml", other)
	p.expect(p.run("", "apply", "other.yaml", "acme.yaml", "--prune"), 1, "", `organization "acme": nothing was changed`)
	p.expect(p.run("", "export", "other"), 1, "", "other")
	p.expect(p.run("", "apply", "other.yaml", "acme.yaml", "--prune", "--dry-run"), 0, "+0 ~0 -11\n", "")
	p.expect(p.run("", "apply", "other.yaml", "acme.yaml", "--prune", "--prune-limit", "11"), 2, "", "for one organization")
	p.expect(p.run("", "apply", "acme.yaml", "--prune", "--prune-limit", "11"), 0, "+0 ~0 -11\n", "")
	p.expect(p.run("", "apply", "."), 0, "nothing to change", "")
	must(t, os.Mkdir(filepath.Join(p.dir, "empty"), 0o700))
	p.expect(p.run("", "apply", "empty"), 2, "", "no *.yaml")
}
