package files

import (
	"bytes"
	"strings"
	"testing"

	"bailiwick/access"
)

func TestTheDefaultCatalogueIsSound(t *testing.T) {
	c := DefaultCatalog()
	if c.Name != "search-platform" || len(c.Services) != 7 || len(c.BuiltIn) != 6 || len(c.Templates) != 5 {
		t.Errorf("%s: %d services, %d built-in groups, %d templates", c.Name, len(c.Services), len(c.BuiltIn), len(c.Templates))
	}
	sources := c.Domain("content/sources")
	if !sources.Granular() || sources.Create != access.CreateIndependent || sources.Resource != "source" || len(sources.Actions) != 2 {
		t.Errorf("sources are %+v", sources)
	}
	if got := c.Domain("search/impersonate"); !got.Sensitive || got.Service != "Search" || got.Allows[access.LevelAllowed] == "" {
		t.Errorf("impersonate is %+v", got)
	}
	if !c.Domain(access.OrganizationDomain).Minimum || !c.Domain(access.APIKeysDomain).NoAPIKeys || !c.Administrators().Max {
		t.Error("the minimum privilege, the keys’ limit or the administrators were lost")
	}
	if got := c.Template("custom").Forbidden; len(got) != 2 || got[1] != "search/impersonate" {
		t.Errorf("the template custom forbids %v", got)
	}
}

// An application brings services, domains, groups, presets and templates of its own.
func TestAnUnrelatedCatalogueLoadsAndReadsItsOwnOrganization(t *testing.T) {
	c, err := ReadCatalog("clinic.yaml", readTestdata(t, "clinic.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if got := c.BuiltIn[1].Privileges["care/patients"]; got.Level != access.LevelView || !got.CanCreate {
		t.Errorf("nurses hold %+v on patients", got)
	}
	if got := c.Domain("laboratory/analyses"); got.Resource != "Blood Analysis" || got.Plural != "Blood Analyses" {
		t.Errorf("the analyses are called %q and %q", got.Resource, got.Plural)
	}
	data := readTestdata(t, "clinic-organization.yaml")
	o, err := ReadOrganization("clinic-organization.yaml", data, c)
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Check(store{"group direction"}); err != nil {
		t.Error(err)
	}
	var again bytes.Buffer
	if err := WriteOrganization(&again, o); err != nil || again.String() != string(data) {
		t.Errorf("written again, %v:\n%s", err, again.String())
	}
	_, err = ReadOrganization("acme.yaml", []byte(exampleFile), c)
	if err == nil || !strings.Contains(err.Error(), `there is no domain "content/extensions"`) {
		t.Errorf("a file of another catalogue is accepted: %v", err)
	}
}

func TestABrokenCatalogueFileListsEverythingWithItsLine(t *testing.T) {
	text := string(readTestdata(t, "clinic.yaml"))
	for _, change := range [][2]string{
		{"version: 1\n", "version: 2\n"},
		{"        sensitive: true\n", "        sensitiv: true\n"},
		{"          edit: open and close wards\n", ""},
		{"levels: [view, push, push_and_view]", "levels: [view, push]"},
		{"      care/wards: view\n", "      care/wards: custom\n      care/beds: view\n"},
		{"forbidden: [care/patients]", "forbidden: [laboratory/results]"},
		{"privacy: private", "privacy: hidden"},
	} {
		if !strings.Contains(text, change[0]) {
			t.Fatalf("%q is not in the file", change[0])
		}
		text = strings.Replace(text, change[0], change[1], 1)
	}
	c, err := ReadCatalog("clinic.yaml", []byte(text))
	if c != nil {
		t.Error("a broken catalogue is made")
	}
	checkProblems(t, err,
		`2: version "2" is not known: use 1`,
		`14: unknown key "sensitiv": use`,
		`24: what the level edit allows is missing`,
		`37: push allows what view does not`,
		`41: "push_and_view" is not a level of the domain`,
		`70: does not offer the level "custom"`,
		`71: there is no domain "care/beds"`,
		`76: "hidden": use public or private`,
		`76: an API key of this template can’t hold laboratory/results`,
	)
}

func TestAnEmptyCatalogueFileSaysWhatIsMissing(t *testing.T) {
	_, err := ReadCatalog("empty.yaml", []byte("version: 1\nname: empty\nservices: []\nbuilt_in_groups:\n  - key: a\n"))
	if err == nil || !strings.Contains(err.Error(), "empty.yaml:3: the console’s own domain organization/groups is missing") ||
		!strings.Contains(err.Error(), "empty.yaml:5: privileges is missing") {
		t.Errorf("the problems are:\n%v", err)
	}
	_, err = ReadCatalog("text.yaml", []byte("just a text\n"))
	if err == nil || !strings.Contains(err.Error(), "text.yaml:1: a mapping is expected here, not a text") {
		t.Errorf("the problems are:\n%v", err)
	}
	_, err = ReadCatalog("tab.yaml", []byte("version: 1\nname:\tx\n"))
	checkProblems(t, err, "2: a tab: use blanks")
}
