package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestABatchAnswersEveryLineInOrder(t *testing.T) {
	p := newPlace(t)
	p.copied("demo.yaml", "demo.yaml")
	p.run("", "apply", "demo.yaml")
	const denied = `{"allowed":false,"via":[]}`
	cases := []struct{ line, want string }{
		{`{"subject":"member:atlassian.administrator@example.com","ability":"edit","domain":"content/sources","resource":"jira"}`,
			`{"allowed":true,"via":[{"grantee":"group:atlassian-administrators","level":"custom"}]}`},
		{`{"subject":"member:atlassian.administrator@example.com","ability":"edit","domain":"content/sources","resource":"web"}`, denied},
		{`{"subject":"member:Atlassian.Administrator@Example.com","ability":"view","domain":"content/sources","resource":""}`,
			`{"allowed":true,"via":[{"grantee":"group:atlassian-administrators","level":"custom"}]}`},
		{`{"subject":"member:stranger@example.com","ability":"view","domain":"content/sources"}`, denied},
		{`{"resource":"jira","domain":"content/sources","ability":"create","subject":"group:administrators"}`, denied},
		{`{"subject":"","ability":"","domain":""}`, denied},
		{``, `"allowed":false,"error":`},
		{`[]`, `"allowed":false,"error":"not a JSON object"`},
		{`{"subject":"group:users","ability":"view"}`, `"allowed":false,"error":"the field \"domain\" is missing"`},
		{`{"Subject":"group:users","ability":"view","domain":"content/sources"}`, `"allowed":false,"error":"unknown field`},
		{`{"subject":"group:users","subject":"group:administrators","ability":"edit","domain":"content/sources"}`, `"allowed":false,"error":`},
		{`{"subject":"group:administrators","ability":"edit","domain":"content/sources","resource":null}`, `"allowed":false,"error":`},
		{`{"subject":"group:users","ability":"view","domain":"content/sources"} {}`, `"allowed":false,"error":"more than one`},
		{`{"subject":"group:users","ability":"view","domain":"content/sources"`, `"allowed":false,"error":`},
		{`{"subject":"group:users` + "\xff" + `","ability":"view","domain":"content/sources"}`, `"allowed":false,"error":"not valid UTF-8"`},
		{`{"subject":"` + strings.Repeat("x", longestQuestion) + `"}`, `"allowed":false,"error":"the line is longer`},
		{`{"subject":"group:users","ability":"view","domain":"content/sources"}`,
			`{"allowed":true,"via":[{"grantee":"group:users","level":"view"}]}`},
	}
	var questions []string
	for _, c := range cases {
		questions = append(questions, c.line)
	}
	input := strings.Join(questions, "\n") // the last line without an end
	p.write("questions.jsonl", input+"\n")
	fromFile, fromInput := p.run("", "check", "acme", "--batch", "questions.jsonl"), p.run(input, "check", "acme", "--batch", "-")
	if fromFile.out != fromInput.out || fromFile.status != 0 || fromInput.status != 0 {
		t.Errorf("from a file:\n%+v\nfrom standard input:\n%+v", fromFile, fromInput)
	}
	answers := lines(fromFile.out)
	if len(answers) != len(cases) {
		t.Fatalf("%d answers to %d lines:\n%s", len(answers), len(cases), fromFile.out)
	}
	for i, c := range cases {
		if !strings.Contains(answers[i], c.want) {
			t.Errorf("%.100s is answered %s, want %s", c.line, answers[i], c.want)
		}
	}
}

// TestTheWorkedExamplesAreAnswered asks about the demo organization what its stories promise.
func TestTheWorkedExamplesAreAnswered(t *testing.T) {
	p := newPlace(t)
	p.copied("demo.yaml", "demo.yaml")
	p.run("", "apply", "demo.yaml")
	var questions, want []string
	ask := func(member, ability, domain, resource string, allowed bool) {
		questions = append(questions, fmt.Sprintf(`{"subject":"member:%s@example.com","ability":%q,"domain":%q,"resource":%q}`,
			member, ability, domain, resource))
		want = append(want, fmt.Sprintf(`{"allowed":%t,`, allowed))
	}
	// John Smith holds the higher of what his two groups give.
	ask("john.smith", "allowed", "analytics/administrate", "", true)
	ask("john.smith", "edit", "analytics/data-exports", "", true)
	ask("john.smith", "edit", "analytics/dimensions", "", true)
	ask("john.smith", "allowed", "analytics/impersonate", "", true)
	ask("john.smith", "view", "analytics/named-filters", "", true)
	ask("john.smith", "edit", "analytics/named-filters", "", false)
	// Two sources each: the Atlassian administrator and the marketing coordinator.
	for _, source := range []string{"confluence", "jira", "web", "youtube", "database", "sitemap"} {
		atlassian, marketing := source == "confluence" || source == "jira", source == "web" || source == "youtube"
		for member, mine := range map[string]bool{"atlassian.administrator": atlassian, "marketing.coordinator": marketing} {
			ask(member, "view", "content/sources", source, true)
			ask(member, "edit", "content/sources", source, mine)
		}
	}
	for _, member := range []string{"atlassian.administrator", "marketing.coordinator"} {
		ask(member, "create", "content/sources", "", false)
		ask(member, "edit", "content/sources", "", false)
		ask(member, "edit", "content/extensions", "tidy-titles", true)
		ask(member, "edit", "content/fields", "author", true)
		ask(member, "view", "analytics/reports", "", false)
		ask(member, "view", "organization/groups", "", false)
	}
	// The Web source is not yet open to two more groups.
	ask("administrator.intern", "edit", "content/sources", "web", false)
	ask("website.developer", "edit", "content/sources", "web", false)
	// A social media sources manager may create, and edits one source.
	ask("social.media.sources.manager", "create", "content/sources", "", true)
	ask("social.media.sources.manager", "edit", "content/sources", "youtube", true)
	ask("social.media.sources.manager", "edit", "content/sources", "exchange", false)
	answers := lines(p.run(strings.Join(questions, "\n"), "check", "acme", "--batch", "-").out)
	if len(answers) != len(questions) {
		t.Fatalf("%d answers to %d questions", len(answers), len(questions))
	}
	for i := range questions {
		if !strings.HasPrefix(answers[i], want[i]) {
			t.Errorf("%s is answered %s, want %s", questions[i], answers[i], want[i])
		}
	}
}

// TestAnUnrelatedCatalogueWorksThroughout serves a clinic: nothing of the default catalogue is wired into the program.
func TestAnUnrelatedCatalogueWorksThroughout(t *testing.T) {
	p := newPlace(t)
	p.copied("clinic.yaml", "../../services/files/testdata/clinic.yaml")
	p.copied("north.yaml", "../../services/files/testdata/clinic-organization.yaml")
	clinic := func(args ...string) result { return p.run("", append(args, "--catalog", "clinic.yaml")...) }
	p.expect(clinic("apply", "north.yaml"), 0, "create organization north-clinic", "")
	p.expect(clinic("check", "north-clinic", "group:ward-3", "edit", "care/patients:bed-1"), 0, "in its editor list", "")
	p.expect(clinic("check", "north-clinic", "group:ward-3", "edit", "care/wards"), 1, "deny", "")
	p.expect(clinic("check", "north-clinic", "member:matron@example.com", "allowed", "care/prescribe"), 0, "allow", "")
	p.expect(clinic("check", "north-clinic", "api-key:blood-analyser", "push", "laboratory/results"), 0, "allow", "")
	p.expect(clinic("check", "north-clinic", "group:ward-3", "view", "content/sources"), 1, "deny", "content/sources")
	export := clinic("export", "north-clinic")
	p.write("export.yaml", export.out)
	p.expect(clinic("apply", "export.yaml", "--prune"), 0, "nothing to change", "")
	if _, err := os.Stat(p.dir + "/bailiwick.db"); err != nil {
		t.Error(err)
	}
}
