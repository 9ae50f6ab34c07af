package files

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
)

const exampleFile = `version: 1
organization: {key: acme, name: Acme, seats: 25}
groups:
  - key: atlassian-administrators
    name: Atlassian Administrators
    privileges:
      content/extensions: edit   # a level, or:
      content/sources: {level: custom, edit: [confluence, jira], can_create: true}
      content/fields: none
      search/execute-queries: allowed
  - {key: administrators, name: Administrators}
members:
  - {email: John.Smith@Example.com, name: John Smith, groups: [analytics-viewers]}
  - email: team-lead@example.com
api_keys:
  - key: push-connector
    name: "Push: connector"
    description: sends items
    template: custom
    status: disabled
    expires: 2027-05-01T02:00:00+02:00
    allow: [10.1.2.3/8, "::ffff:192.0.2.1", "::ffff:198.51.100.9/120"]
    deny: []
    privileges: {}
resources:
  content/sources:
    - {key: jira, name: Jira Software Cloud, type: jira-cloud, visibility: private, owner: john.smith@example.com}
    - key: 007
      name: 2024
  content/fields: []
`

func TestAnOrganizationFileIsReadWithItsLines(t *testing.T) {
	expires := time.Date(2027, 5, 1, 0, 0, 0, 0, time.UTC)
	want := &Organization{
		Key: "acme", Name: "Acme", Seats: 25, Line: 2, origins: origins{{file: "acme.yaml"}},
		HasGroups: true, HasMembers: true, HasAPIKeys: true, HasResources: true,
		Groups: []Group{
			{Key: "atlassian-administrators", Name: "Atlassian Administrators", HasPrivileges: true, Line: 4, Privileges: []Privilege{
				{Domain: "content/extensions", Level: access.LevelEdit, Line: 7},
				{Domain: "content/sources", Level: access.LevelCustom, CanCreate: true, Edit: []Ref{{Key: "confluence", Line: 8}, {Key: "jira", Line: 8}}, Line: 8},
				{Domain: "search/execute-queries", Level: access.LevelAllowed, Line: 10},
			}},
			{Key: "administrators", Name: "Administrators", Line: 11},
		},
		Members: []Member{
			{Email: "john.smith@example.com", Name: "John Smith", Groups: []Ref{{Key: "analytics-viewers", Line: 13}}, HasGroups: true, Line: 13},
			{Email: "team-lead@example.com", Line: 14},
		},
		APIKeys: []APIKey{{
			Key: "push-connector", Name: "Push: connector", Description: "sends items", Template: "custom", Status: "disabled",
			Expires: &expires, Allow: []string{"10.0.0.0/8", "192.0.2.1", "198.51.100.0/24"}, HasAllow: true, HasDeny: true, HasPrivileges: true, Line: 16,
		}},
		Resources: []DomainResources{
			{Domain: "content/sources", Line: 26, Resources: []Resource{
				{Key: "jira", Name: "Jira Software Cloud", Type: "jira-cloud", Visibility: "private", Owner: "john.smith@example.com", OwnerLine: 27, Line: 27},
				{Key: "007", Name: "2024", Line: 28},
			}},
			{Domain: "content/fields", Line: 30},
		},
	}
	if got := mustRead(t, exampleFile); !reflect.DeepEqual(got, want) {
		t.Errorf("read  %+v\nwant %+v", got, want)
	}
}

func TestWhatAFileOmitsIsNotThere(t *testing.T) {
	o := mustRead(t, "---\nversion: 1\norganization: {key: acme, name: Acme}\n")
	if o.HasGroups || o.HasMembers || o.HasAPIKeys || o.HasResources || o.Seats != 0 {
		t.Errorf("something is said: %+v", o)
	}
}

func TestEverythingWrongIsSaidWithWhatWouldBeValid(t *testing.T) {
	const head = "version: 1\norganization: {key: acme, name: Acme}\n"
	groups := func(privileges string) string {
		return head + "groups:\n  - key: g\n    name: G\n    privileges:\n" + privileges
	}
	apiKey := func(lines string) string { return head + "api_keys:\n  - key: k\n    name: K\n" + lines }
	cases := []struct {
		name, text string
		want       []string
	}{
		{"nothing", "", []string{"1: a mapping is expected here, not nothing"}},
		{"another version", "version: 2\norganization: {key: a, name: A}\n", []string{`1: version "2" is not known: use 1`}},
		{"no version", "organization: {key: a, name: A}\n", []string{"1: version is missing"}},
		{"no organization", "version: 1\n", []string{"1: organization is missing"}},
		{"no seats", "version: 1\norganization: {key: a, name: A, seats: 0}\n", []string{`2: "0" is not a number of seats: use 1 or more`}},
		{"seats in words", "version: 1\norganization:\n  key: a\n  name: A\n  seats: many\n", []string{`5: "many" is not a number of seats`}},
		{"an unknown section", head + "gruops: []\n", []string{`3: unknown key "gruops": use api_keys, groups, members, organization, resources or version`}},
		{"an unknown key of a resource", head + "resources:\n  content/sources:\n    - {key: a, name: A, ownr: x}\n", []string{`5: unknown key "ownr": use key, name, owner, type or visibility`}},
		{"an unknown key of an API key", apiKey("    expire: never\n"), []string{`6: unknown key "expire": use expires, `}},
		{"an unknown key of 126 characters", head + string(make125("é")) + "é: 1\n", []string{`3: unknown key "` + string(make125("é")) + `…": use `}},
		{"a section of nothing", head + "groups:\n", []string{"3: a list is expected here, not nothing"}},
		{"a section of another kind", head + "members: {a: b}\n", []string{"3: a list is expected here, not a mapping"}},
		{"a key twice", head + "groups: []\ngroups: []\n", []string{`4: "groups" stands twice: first in line 3`}},
		{"a group twice", head + "groups:\n  - {key: a, name: A}\n  - {key: a, name: B}\n", []string{`5: the group "a" stands twice: first in line 4`}},
		{"a bad key", head + "groups:\n  - {key: A B, name: A}\n", []string{`4: "A B" is not a key: use a-z`}},
		{"a name of blanks", head + "groups:\n  - {key: a, name: \"  \"}\n", []string{"4: a text is missing"}},
		{"a name with blanks around", head + "groups:\n  - {key: a, name: \" A\"}\n", []string{`4: " A" begins or ends with a blank`}},
		{"a name with a line break", head + "groups:\n  - {key: a, name: \"A\\nB\"}\n", []string{"4: holds control characters"}},
		{"a name that turns around", head + "groups:\n  - {key: a, name: \"A\u202eB\"}\n", []string{"4: holds control characters"}},
		{"a name of 126 characters", head + "groups:\n  - {key: a, name: " + string(make125("é")) + "é}\n", []string{"4: the text is too long: 125 characters at most"}},
		{"groups without keys", head + "groups:\n  - {name: A}\n  - {name: A}\n", []string{"4: key is missing", "5: key is missing"}},
		{"a missing name", head + "groups:\n  - key: a\n", []string{"4: name is missing"}},
		{"an unknown domain", groups("      content/source: view\n"), []string{`7: there is no domain "content/source": use content/sources, `}},
		{"an unknown level", groups("      content/sources: write\n"), []string{`7: content/sources does not offer the level "write": use none, view, custom or edit`}},
		{"a level of another domain", groups("      content/fields: custom\n"), []string{`7: content/fields does not offer the level "custom": use none, view or edit`}},
		{"a list without custom", groups("      content/sources:\n        level: edit\n        edit: [a]\n"), []string{"9: edit lists resources for the level custom only"}},
		{"a box beside edit", groups("      content/sources: {level: edit, can_create: true}\n"), []string{"7: can_create is no decision here: it stands beside view and custom only; edit brings it"}},
		{"a box where creation is implied", groups("      content/fields: {level: view, can_create: true}\n"), []string{"7: can_create is no decision here"}},
		{"a box in words", groups("      content/sources: {level: view, can_create: yes}\n"), []string{"7: use true or false"}},
		{"a privilege without a level", groups("      content/sources: {edit: [a]}\n"), []string{"7: level is missing", "7: edit lists"}},
		{"a privilege that is a list", groups("      content/sources: [view]\n"), []string{"7: a mapping is expected here, not a list"}},
		{"a level that is a list", groups("      content/sources: {level: [view]}\n"), []string{"7: a text is expected here, not a list"}},
		{"a resource listed twice", groups("      content/sources: {level: custom, edit: [a, a]}\n"), []string{`7: the resource "a" stands twice`}},
		{"what stands then, of no end", groups("      content/sources: {level: edit, then: view}\n"), []string{"7: then says what stands after an end: say until"}},
		{"an end in words", groups("      content/sources: {level: edit, until: tomorrow}\n"), []string{`7: "tomorrow" is not a time`}},
		{"an editor list after an end", groups("      content/sources: {level: edit, until: 2027-05-01T00:00:00Z, then: {level: custom, edit: [a]}}\n"), []string{`7: unknown key "edit"`}},
		{"a row that ends without saying when", groups("      content/sources: {level: custom, edit: [{key: a}]}\n"), []string{"7: until is missing"}},
		{"a list without custom now and then", groups("      content/sources: {level: edit, until: 2027-05-01T00:00:00Z, then: view, edit: [a]}\n"), []string{"7: edit lists resources for the level custom only"}},
		{"privileges of Administrators", head + "groups:\n  - {key: administrators, name: Administrators, privileges: {content/fields: view}}\n", []string{"4: Administrators hold everything"}},
		{"Administrators renamed", head + "groups:\n  - {key: administrators, name: Bosses}\n", []string{`4: the group administrators can’t be renamed: its name is "Administrators"`}},
		{"no e-mail", head + "members:\n  - {email: john, groups: [users]}\n", []string{`4: "john" is not an email address`}},
		{"an e-mail that is a list", head + "members:\n  - {email: [a], groups: [users]}\n", []string{"4: a text is expected here, not a list"}},
		{"an e-mail twice", head + "members:\n  - {email: a@example.com, groups: [users]}\n  - {email: A@EXAMPLE.COM, groups: [users]}\n", []string{`5: the member "a@example.com" stands twice: first in line 4`}},
		{"a member of nothing", head + "members:\n  - {email: a@example.com, groups: []}\n", []string{"4: a member is in one group at least"}},
		{"an unknown template", apiKey("    template: costum\n"), []string{`6: "costum" is not valid here: use anonymous-search, authenticated-search, usage-analytics, search-pages or custom`}},
		{"an unknown status", apiKey("    status: on\n"), []string{`6: "on" is not valid here: use enabled or disabled`}},
		{"a day without a time", apiKey("    expires: 2027-05-01\n"), []string{`6: "2027-05-01" is not a time: use a form such as 2027-05-01T00:00:00Z`}},
		{"half a second", apiKey("    expires: 2027-05-01T00:00:00.5Z\n"), []string{"6: is not a time"}},
		{"a name for an address", apiKey("    allow: [example.com]\n"), []string{`6: "example.com" is neither an address nor a network`}},
		{"an address of one machine only", apiKey("    allow: [\"fe80::1%eth0\"]\n"), []string{"6: is neither an address nor a network"}},
		{"an address in a list", apiKey("    allow: [[10.0.0.1]]\n"), []string{"6: a text is expected here, not a list"}},
		{"a network twice", apiKey("    deny: [10.0.0.0/8, 10.9.9.9/8]\n"), []string{`6: the network "10.0.0.0/8" stands twice`}},
		{"API keys for an API key", apiKey("    privileges:\n      organization/api-keys: view\n"), []string{"7: an API key can’t hold organization/api-keys"}},
		{"what the template forbids", apiKey("    privileges: {search/impersonate: allowed}\n    template: custom\n"), []string{"6: an API key of the template custom can’t hold search/impersonate"}},
		{"resources in no domain", head + "resources:\n  content/surces: []\n", []string{`4: there is no domain "content/surces": use content/sources, `}},
		{"resources where there are none", head + "resources:\n  search/impersonate: []\n", []string{"4: search/impersonate has no resources: use "}},
		{"groups among the resources", head + "resources:\n  organization/groups: []\n", []string{"4: the resources of organization/groups have a section of their own"}},
		{"a resource twice", head + "resources:\n  content/fields:\n    - {key: a, name: A}\n    - {key: a, name: A}\n", []string{`6: the field "a" stands twice: first in line 5`}},
		{"an unknown visibility", head + "resources:\n  content/fields:\n    - {key: a, name: A, visibility: public}\n", []string{`5: "public" is not valid here: use private, shared or secured`}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			o, err := ReadOrganization("acme.yaml", []byte(tc.text), DefaultCatalog())
			if o != nil {
				t.Error("the organization is returned all the same")
			}
			checkProblems(t, err, tc.want...)
		})
	}
}

func make125(letter string) []byte {
	var text []byte
	for range maxName {
		text = append(text, letter...)
	}
	return text
}

func TestANameMayHave125Characters(t *testing.T) {
	name := string(make125("é"))
	if o := mustRead(t, "version: 1\norganization: {key: a, name: "+name+"}\n"); o.Name != name {
		t.Errorf("read as %q", o.Name)
	}
}

func TestProblemsAreListedByLine(t *testing.T) {
	_, err := ReadOrganization("acme.yaml", []byte("version: 2\nx: 1\ngroups:\n  - {key: G, name: G}\n"), DefaultCatalog())
	want := "acme.yaml:1: version \"2\" is not known: use 1\nacme.yaml:1: organization is missing\n" +
		"acme.yaml:2: unknown key \"x\": use api_keys, groups, members, organization, resources or version\n" +
		"acme.yaml:4: \"G\" is not a key: use a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit, 64 characters at most"
	if err == nil || err.Error() != want {
		t.Errorf("the problems are\n%v\nwant\n%s", err, want)
	}
}

func TestEveryReferenceMustLeadSomewhere(t *testing.T) {
	o := mustRead(t, `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: g
    name: G
    privileges:
      content/sources: {level: custom, edit: [here, stored, nowhere]}
      organization/groups: {level: custom, edit: [g, users, nowhere]}
      organization/api-keys: {level: custom, edit: [k, old-key, nowhere]}
members:
  - {email: a@example.com, groups: [g, users, nowhere]}
  - {email: old@example.com}
  - {email: new@example.com}
api_keys:
  - key: k
    name: K
    privileges:
      content/sources: {level: custom, edit: [nowhere]}
resources:
  content/sources:
    - {key: here, name: Here, owner: a@example.com}
    - {key: there, name: There, owner: old@example.com}
    - key: lost
      name: Lost
      owner: nobody@example.com
`)
	err := o.Check(store{"group users", "api-key old-key", "member old@example.com", "content/sources stored"})
	checkProblems(t, err,
		`7: content/sources names "nowhere"`,
		`8: organization/groups names "nowhere"`,
		`9: organization/api-keys names "nowhere"`,
		`11: the group "nowhere" is neither in this file nor in the organization`,
		`13: new@example.com is no member yet: name one group at least`,
		`18: content/sources names "nowhere"`,
		`25: the owner nobody@example.com is a member neither in this file nor`,
	)
}

// What a problem quotes can't steer a terminal or turn the text around.
func TestAProblemIsPrintedWithEscapes(t *testing.T) {
	for typed, want := range map[string]string{
		`{key: a, name: A, "na\u202Eme": B}`: `unknown key "na\u202Eme"`,
		`{key: a, name: "A\e[31m"}`:          `"A\u001B[31m" holds control characters`,
		`{key: a, name: "A\u200B"}`:          `"A\u200B" holds control characters`,
		`{key: "\u0007", name: "A"}`:         `"\u0007" is not a key`,
	} {
		_, err := ReadOrganization("acme.yaml", []byte("version: 1\norganization: {key: acme, name: Acme}\ngroups:\n  - "+typed+"\n"), DefaultCatalog())
		if err == nil || !strings.Contains(err.Error(), want) || strings.ContainsFunc(err.Error(), Invisible) {
			t.Errorf("%s: %q, want %q", typed, err, want)
		}
	}
}

// Anchors and aliases save writing what several groups hold.
func TestAliasesStandForWhatTheirAnchorsSay(t *testing.T) {
	o, err := ReadOrganization("acme.yaml", []byte(`version: 1
organization: {key: acme, name: Acme}
groups:
  - key: readers
    name: Readers
    privileges: &reading
      organization/organization: view
  - {key: guests, name: Guests, privileges: *reading}
members:
  - {email: first@example.com, groups: &both [readers, guests]}
  - {email: second@example.com, groups: *both}
`), DefaultCatalog())
	if err != nil {
		t.Fatal(err)
	}
	if want := o.Groups[0].Privileges; len(want) != 1 || !reflect.DeepEqual(o.Groups[1].Privileges, want) {
		t.Errorf("the groups hold %v and %v", want, o.Groups[1].Privileges)
	}
	if got := o.Members[1].Groups; len(got) != 2 || got[0].Key != "readers" || got[1].Key != "guests" {
		t.Errorf("the second member is in %v", got)
	}
}

// Another address is said beside the one before, once, of somebody who is listed once. Who has it already is no problem: was may stay.
func TestAFormerAddressIsSaidOnceOfWhoIsListedOnce(t *testing.T) {
	o, err := ReadOrganization("acme.yaml", []byte(`version: 1
organization: {key: acme, name: Acme}
members:
  - {email: new@example.com, was: Old@Example.com, groups: [readers]}
  - {email: same@example.com, groups: [readers]}
  - {email: other@example.com, was: same@example.com, groups: [readers]}
  - {email: itself@example.com, was: itself@example.com, groups: [readers]}
  - email: moved@example.com
    groups: [readers]
    was: gone@example.com
`), DefaultCatalog())
	if err != nil {
		t.Fatal(err)
	}
	if m := o.Members[0]; m.Was != "old@example.com" || m.WasLine != 4 {
		t.Errorf("read as %+v", m)
	}
	checkProblems(t, o.Check(store{"group readers", "elsewhere gone@example.com"}),
		"6: same@example.com is listed as a member too", "7: itself@example.com is listed as a member too", "10: gone@example.com is elsewhere too")
	var text bytes.Buffer
	if err := WriteOrganization(&text, o); err != nil || strings.Contains(text.String(), "was") {
		t.Errorf("written: %v\n%s", err, text.String())
	}
	_, err = ReadOrganization("acme.yaml", []byte(`version: 1
organization: {key: acme, name: Acme}
members:
  - {email: first@example.com, was: old@example.com}
  - {email: second@example.com, was: old@example.com}
  - {email: third@example.com, was: nobody}
`), DefaultCatalog())
	checkProblems(t, err, "5: the former address \"old@example.com\" stands twice: first in line 4", `6: "nobody"`)
}
