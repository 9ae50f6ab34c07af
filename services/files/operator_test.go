package files_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/services/files"
)

const operatorExample = `version: 1
vendor: {name: Example Vendor, support_mail: support@vendor.example}
operators: [operator@vendor.example]
categories:
  - key: specialist
    name: Product specialist
    longest: 1h30m
    may_request: {}
  - key: support-agent
    name: Support agent
    longest: 72h
    justification: {min_length: 20, pattern: "CASE-[0-9]+", hint: "the number of the case, such as CASE-1234", link: "https://cases.vendor.example/"}
    may_request:
      content/fields: view
      content/sources: {level: edit, sensitive: true}
      organization/activities: view
personnel:
  - {email: agent@vendor.example, name: Support Agent, categories: [support-agent], organizations: [acme]}
  - {email: other@vendor.example, name: Other, categories: [specialist, support-agent]}
`

func readOperator(t *testing.T, text string) *files.Operator {
	t.Helper()
	f, found := files.ReadOperator("operator.yaml", []byte(text), files.DefaultCatalog())
	if len(found) > 0 {
		t.Fatal(found)
	}
	return f
}

func TestAnOperatorFileIsReadAsItIsWritten(t *testing.T) {
	f := readOperator(t, operatorExample)
	agent := f.Categories[1]
	if agent.Longest != 72*time.Hour || agent.MinLength != 20 || agent.Pattern != "CASE-[0-9]+" || len(agent.MayRequest) != 3 ||
		agent.MayRequest[1] != (files.Requestable{Domain: "content/sources", Level: access.LevelEdit, Sensitive: true, Line: 15}) {
		t.Errorf("read %+v", agent)
	}
	var text bytes.Buffer
	if err := files.WriteOperator(&text, f); err != nil {
		t.Fatal(err)
	}
	if text.String() != operatorExample {
		t.Errorf("wrote\n%s", text.String())
	}
}

func TestACategoryLastsADayUnlessItSaysOtherwise(t *testing.T) {
	f := readOperator(t, strings.Replace(operatorExample, "    longest: 72h\n", "", 1))
	if got := f.Categories[1].Longest; got != 24*time.Hour {
		t.Errorf("lasts %s", got)
	}
}

func TestAnOperatorFileWithMistakesNamesEachOfThem(t *testing.T) {
	for _, test := range []struct{ name, was, is, want string }{
		{"too long", "longest: 72h", "longest: 337h", `operator.yaml:11: "337h" is not a time that access may last: use 1s to 336h, in a form such as 72h or 90m`},
		{"too short", "longest: 72h", "longest: 10ms", `operator.yaml:11: "10ms" is not a time`},
		{"negative", "longest: 72h", "longest: -1h", `operator.yaml:11: "-1h" is not a time`},
		{"no such domain", "content/fields: view", "content/field: view", `operator.yaml:14: there is no domain "content/field": use content/fields`},
		{"no such level", "content/fields: view", "content/fields: allowed", `operator.yaml:14: nobody can ask for the level "allowed" on content/fields: use view or edit`},
		{"custom", "{level: edit, sensitive: true}", "custom", `operator.yaml:15: nobody can ask for the level "custom" on content/sources: use view or edit`},
		{"API keys", "content/fields: view", "organization/api-keys: edit", `operator.yaml:14: nobody can ask for the level "edit" on organization/api-keys: use view`},
		{"temporary access", "content/fields: view", "organization/temporary-access: edit", `operator.yaml:14: nobody can ask for the level "edit" on organization/temporary-access: use view`},
		{"none", "content/fields: view", "content/fields: none", `operator.yaml:14: nobody can ask for the level "none"`},
		{"a list for a level", "content/fields: view", "content/fields: [view]", "operator.yaml:14: a mapping is expected here, not a list"},
		{"a pattern without a hint", `, hint: "the number of the case, such as CASE-1234"`, "", "operator.yaml:12: the pattern has no hint"},
		{"a hint without a pattern", `pattern: "CASE-[0-9]+", `, "", "operator.yaml:12: the hint has no pattern"},
		{"a link to what nothing finds", `pattern: "CASE-[0-9]+", hint: "the number of the case, such as CASE-1234", link: "https://cases.vendor.example/"`,
			`link: "https://cases.vendor.example/{match}"`, "operator.yaml:12: {match} in the link needs a pattern"},
		{"a pattern", "CASE-[0-9]+", "CASE-[0-9", `operator.yaml:12: "CASE-[0-9" is not a pattern`},
		{"a length", "min_length: 20", "min_length: many", `operator.yaml:12: "many" is not a length: use 0 to 500 characters`},
		{"a link", "https://cases.vendor.example/", "javascript:alert(1)", `operator.yaml:12: "javascript:alert(1)" is not a link`},
		{"an unknown category", "[specialist, support-agent]", "[specialists]", `operator.yaml:19: there is no category "specialists" in this file: use specialist or support-agent`},
		{"no category", "[specialist, support-agent]", "[]", "operator.yaml:19: name one category at least"},
		{"no organization", "organizations: [acme]", "organizations: []", "operator.yaml:18: name one organization at least, or leave organizations out for all of them"},
		{"somebody twice", "other@vendor", "Agent@vendor", `operator.yaml:19: the person "agent@vendor.example" stands twice: first in line 18`},
		{"an e-mail", "operator@vendor.example", "operator", `operator.yaml:3: "operator" is not an email address`},
		{"an unknown key", "operators:", "operator:", `operator.yaml:3: unknown key "operator": use categories, operators, personnel, vendor or version`},
		{"no vendor", "vendor: {name: Example Vendor, support_mail: support@vendor.example}", "", "operator.yaml:1: vendor is missing"},
		{"no YAML", "vendor: {", "vendor: }", "operator.yaml:2: not YAML"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, found := files.ReadOperator("operator.yaml", []byte(strings.Replace(operatorExample, test.was, test.is, 1)), files.DefaultCatalog())
			if !strings.Contains(found.Error(), test.want) {
				t.Errorf("got\n%v\nwant\n%s", found, test.want)
			}
		})
	}
}

func TestOrganizationsThatAreNamedHaveToExist(t *testing.T) {
	f := readOperator(t, operatorExample)
	if err := f.CheckOrganizations("operator.yaml", func(string) bool { return true }); err != nil {
		t.Error(err)
	}
	err := f.CheckOrganizations("operator.yaml", func(string) bool { return false })
	if err == nil || err.Error() != `operator.yaml:18: there is no organization "acme"` {
		t.Errorf("got %v", err)
	}
}

func FuzzReadOperator(f *testing.F) {
	f.Add(operatorExample)
	f.Add("version: 1\nvendor: {name: V}\ncategories: [{key: a, name: A, may_request: {content/sources: {level: edit}}}]\n")
	catalog := files.DefaultCatalog()
	f.Fuzz(func(t *testing.T, text string) {
		read, found := files.ReadOperator("f", []byte(text), catalog)
		if len(found) > 0 {
			return
		}
		var first, second bytes.Buffer
		if err := files.WriteOperator(&first, read); err != nil {
			t.Fatal(err)
		}
		again, found := files.ReadOperator("f", first.Bytes(), catalog)
		if len(found) > 0 {
			t.Fatalf("what was written can’t be read: %v\n%s", found, first.String())
		}
		if err := files.WriteOperator(&second, again); err != nil || first.String() != second.String() {
			t.Fatalf("%v\n%s\nbecame\n%s", err, first.String(), second.String())
		}
	})
}
