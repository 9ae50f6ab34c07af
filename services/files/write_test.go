package files

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bailiwick/access"
)

// canonicalFile is exampleFile in its one canonical order.
const canonicalFile = `version: 1
organization: {key: acme, name: Acme, seats: 25}
groups:
  - key: administrators
    name: Administrators
  - key: atlassian-administrators
    name: Atlassian Administrators
    privileges:
      content/extensions: edit
      content/sources: {level: custom, can_create: true, edit: [confluence, jira]}
      search/execute-queries: allowed
members:
  - {email: john.smith@example.com, name: John Smith, groups: [analytics-viewers]}
  - {email: team-lead@example.com}
api_keys:
  - key: push-connector
    name: "Push: connector"
    description: sends items
    template: custom
    status: disabled
    expires: 2027-05-01T00:00:00Z
    allow: ["10.0.0.0/8", "192.0.2.1", "198.51.100.0/24"]
    deny: []
    privileges: {}
resources:
  content/fields: []
  content/sources:
    - {key: "007", name: "2024"}
    - {key: jira, name: Jira Software Cloud, type: jira-cloud, visibility: private, owner: john.smith@example.com}
`

func TestAFileIsWrittenInItsOneOrder(t *testing.T) {
	if got := mustWrite(t, mustRead(t, exampleFile)); got != canonicalFile {
		t.Errorf("written\n%s\nwant\n%s", got, canonicalFile)
	}
}

func TestEmptySectionsStayAndAbsentOnesStayOut(t *testing.T) {
	o := &Organization{Key: "a", Name: "A"}
	if got, want := mustWrite(t, o), "version: 1\norganization: {key: a, name: A}\n"; got != want {
		t.Errorf("written %q, want %q", got, want)
	}
	o.HasGroups, o.HasMembers, o.HasAPIKeys, o.HasResources = true, true, true, true
	text := mustWrite(t, o)
	if want := "groups: []\nmembers: []\napi_keys: []\nresources: {}\n"; !strings.HasSuffix(text, want) {
		t.Errorf("written %q, want the end %q", text, want)
	}
	if again := mustRead(t, text); !again.HasGroups || !again.HasMembers || !again.HasAPIKeys || !again.HasResources {
		t.Errorf("read again %+v", again)
	}
}

// A list that is too long for a line stands one item a line, so that a changed item is a changed line.
func TestLongListsAreWrittenOneItemALine(t *testing.T) {
	o := &Organization{Key: "a", Name: "A", HasGroups: true, Groups: []Group{{Key: "g", Name: "G", HasPrivileges: true,
		Privileges: []Privilege{{Domain: "content/sources", Level: access.LevelCustom, CanCreate: true}}}}}
	editors := &o.Groups[0].Privileges[0].Edit
	for i := range 40 {
		*editors = append(*editors, Ref{Key: fmt.Sprintf("source-%02d", i)})
	}
	text := mustWrite(t, o)
	want := "      content/sources:\n        level: custom\n        can_create: true\n        edit:\n          - source-00\n          - source-01\n"
	if !strings.Contains(text, want) {
		t.Errorf("written\n%s", text)
	}
	if again := mustRead(t, text).Groups[0].Privileges[0]; len(again.Edit) != 40 || !again.CanCreate {
		t.Errorf("read again %+v", again)
	}
}

func TestATextThatLooksLikeSomethingElseIsQuoted(t *testing.T) {
	for text, want := range map[string]string{
		"John Smith": "John Smith", "john@example.com": "john@example.com", "content/sources": "content/sources",
		"yes": `"yes"`, "Null": `"Null"`, "2024": `"2024"`, "a: b": `"a: b"`, "a #b": `"a #b"`, "[a]": `"[a]"`, "": `""`,
		`say "a\b"`: `"say \"a\\b\""`, "é": `"é"`, "a  b": `"a  b"`, "a ": `"a "`, "-a": `"-a"`, "%a": `"%a"`, "a\nb": `"a\nb"`,
		"a\ufffeb\uffffc": `"a\uFFFEb\uFFFFc"`, "a\u0085b\u2028c": `"a\u0085b\u2028c"`, "a\U0001f600\U0001ffff": "\"a\U0001f600\U0001ffff\"",
	} {
		if got := scalarText(text); got != want {
			t.Errorf("%q is written %s, want %s", text, got, want)
		}
		root, err := parse([]byte("{a: "+scalarText(text)+"}"), 0)
		if err != nil || root.entries[0].value.text != text {
			t.Errorf("%q is read back as %+v, %v", text, root, err)
		}
	}
}

type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestAFailedWriteIsTold(t *testing.T) {
	if err := WriteOrganization(fullDisk{}, mustRead(t, exampleFile)); !errors.Is(err, errFull) {
		t.Errorf("the error is %v", err)
	}
}

func TestWhatIsWrittenIsReadBackAndWrittenTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		o := drawOrganization(t)
		var first, second strings.Builder
		if err := WriteOrganization(&first, o); err != nil {
			t.Fatal(err)
		}
		again, err := ReadOrganization("a.yaml", []byte(first.String()), DefaultCatalog())
		if err != nil {
			t.Fatalf("refused: %v\n%s", err, first.String())
		}
		if stripLines(again); !reflect.DeepEqual(again, o) {
			t.Fatalf("read back %+v\nwant %+v\n%s", again, o, first.String())
		}
		if err := WriteOrganization(&second, again); err != nil || second.String() != first.String() {
			t.Fatalf("%v: first\n%s\nthen\n%s", err, first.String(), second.String())
		}
	})
}
