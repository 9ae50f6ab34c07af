package handlers

import (
	"net/url"
	"reflect"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
)

const sources access.DomainKey = "content/sources"

func TestPrivilegesFormTakesOnlyLevelsOfTheDomainWrittenExactlyAndOnce(t *testing.T) {
	for _, wrong := range [][]string{{"owner"}, {"EDIT"}, {" edit"}, {"4"}, {""}, {"allowed"}, {"edit", "edit"}} {
		form := readPrivileges(files.DefaultCatalog(), url.Values{"level.content/sources": wrong})
		if len(form.Wrong) != 1 || form.Wrong[0].Domain != sources {
			t.Errorf("level %q: wrong is %v", wrong, form.Wrong)
		}
		if _, taken := form.Draft.Choices[sources]; taken {
			t.Errorf("level %q is taken", wrong)
		}
	}
}

func TestPrivilegesFormKeepsChoicesOfEveryPageOfAList(t *testing.T) {
	form := readPrivileges(files.DefaultCatalog(), url.Values{
		"level.content/sources": {"custom"}, "create.content/sources": {"yes"},
		"carry.content/sources": {"jira=edit", "web.site=view"},
		"rows.content/sources":  {"youtube twitter"}, "edit.content/sources.youtube": {"edit"}, "edit.content/sources.twitter": {"view"},
	})
	want := map[string]bool{"jira": true, "web.site": false, "youtube": true, "twitter": false}
	got := form.Draft.Choices[sources]
	if got.Level != access.LevelCustom || !got.CanCreate || len(got.Rows) != len(want) {
		t.Fatalf("wanted %+v", got)
	}
	for key, edit := range want {
		if got.Rows[key] != edit {
			t.Errorf("%s: edit is %v", key, got.Rows[key])
		}
	}
}

func TestSettingAllOfAListIsAskedOfTheList(t *testing.T) {
	form := readPrivileges(files.DefaultCatalog(), url.Values{
		"level.content/sources": {"custom"}, "rows.content/sources": {"web youtube"}, "edit.content/sources.web": {"edit"}, "was.rows.content/sources": {"web=view youtube=view"},
		"edit.content/sources.youtube": {"view"}, "all.content/sources": {"edit"}, "q.content/sources": {"we"}, "was.q.content/sources": {"we"},
		"show.content/sources": {"changed"}, "was.show.content/sources": {"changed"}, "type.content/sources": {"jira"}, "order.content/sources": {"edit-first"},
	})
	want := services.ListQuery{Page: models.Page{Query: "we"}, Show: services.ListChanged, Type: "jira", Edits: true, SetAll: services.SetEdit}
	if got := form.Draft.Lists[sources]; got != want {
		t.Errorf("the list is asked for %+v, want %+v", got, want)
	}
	if rows := form.Draft.Choices[sources].Rows; len(rows) != 1 || !rows["web"] {
		t.Errorf("rows %v", rows)
	}
}

// What is shown has an address, which says the same when it is opened. It says nothing of choices.
func TestTheStateOfATabHasAnAddress(t *testing.T) {
	catalog := files.DefaultCatalog()
	form := readPrivileges(catalog, url.Values{
		"q": {"sou"}, "show": {"granted"}, "level.content/sources": {"edit"}, "rows.content/sources": {"web"}, "edit.content/sources.web": {"edit"},
		"q.content/sources": {"we"}, "was.q.content/sources": {"we"}, "show.content/sources": {"can-edit"}, "was.show.content/sources": {"can-edit"},
		"type.content/sources": {"jira"}, "was.type.content/sources": {"jira"}, "order.content/sources": {"edit-first"}, "was.order.content/sources": {"edit-first"}, "page.content/sources": {"a:xyz"},
		"rows.content/extensions": {""},
	})
	address := form.address(catalog)
	if want := "at.content%2Fsources=a%3Axyz&order.content%2Fsources=edit-first&q=sou&q.content%2Fsources=we&show=granted&show.content%2Fsources=can-edit&type.content%2Fsources=jira"; address.Encode() != want {
		t.Fatalf("the address is %s", address.Encode())
	}
	back := placeOfPrivileges(catalog, address)
	if back.Query != "sou" || back.Show != "granted" || len(back.Draft.Choices) != 0 || back.Draft.Lists[sources] != form.Draft.Lists[sources] {
		t.Errorf("it opens as %+v", back)
	}
	address.Set("step", "filter") // a form sent by GET, in which the search was changed
	address.Set("was.q.content/sources", "other")
	if list := placeOfPrivileges(catalog, address).Draft.Lists[sources]; list.After != "" || list.Query != "we" {
		t.Errorf("another search begins at %+v", list)
	}
	opened := placeOfPrivileges(catalog, url.Values{"list": {"content/sources"}, "q.content/sources": {"we"}})
	if list, open := opened.Draft.Lists[sources]; !open || list != (services.ListQuery{}) {
		t.Errorf("opened anew it shows %+v", list)
	}
}

// After saving the tab shows what it showed, but for what is no longer changed.
func TestATabIsFoundAgainAfterSaving(t *testing.T) {
	catalog := files.DefaultCatalog()
	for from, want := range map[string]string{
		"":                   "",
		"q=sou&show=granted": "q=sou&show=granted",
		"q=sou&show=changed": "q=sou",
		"at.content/sources=a:x&q.content/sources=we&show.content/sources=can-edit": "at.content%2Fsources=a%3Ax&q.content%2Fsources=we&show.content%2Fsources=can-edit",
		"at.content/sources=a:x&q.content/sources=we&show.content/sources=changed":  "q.content%2Fsources=we",
	} {
		address, err := url.ParseQuery(from)
		if err != nil {
			t.Fatal(err)
		}
		if got := placeOfPrivileges(catalog, address).saved().address(catalog).Encode(); got != want {
			t.Errorf("%s is found again at %s, want %s", from, got, want)
		}
	}
}

func TestUndoForgetsOneDomain(t *testing.T) {
	form := readPrivileges(files.DefaultCatalog(), url.Values{
		"level.content/sources": {"edit"}, "level.content/fields": {"view"}, "undo": {"content/sources"},
	})
	wanted := form.Draft.Choices
	if _, kept := wanted[sources]; kept || wanted["content/fields"].Level != access.LevelView {
		t.Errorf("wanted %v", wanted)
	}
}

// Only a forged form has a level that can't be read. Even so nothing of what was chosen on its list is lost.
func TestTheListOfALevelThatCannotBeReadStays(t *testing.T) {
	form := url.Values{"level.content/sources": {"everything"}, "create.content/sources": {"yes"}, "rows.content/sources": {"jira"},
		"edit.content/sources.jira": {"edit"}, "carry.content/sources": {"web=view"}}
	f := readPrivileges(files.DefaultCatalog(), form)
	choice := f.Draft.Choices["content/sources"]
	if choice.Level != access.LevelCustom || !choice.CanCreate || len(choice.Rows) != 2 || !choice.Rows["jira"] || choice.Rows["web"] {
		t.Errorf("the choice is %+v", choice)
	}
	if len(f.Wrong) != 1 || f.Wrong[0].Domain != "content/sources" {
		t.Errorf("wrong are %+v", f.Wrong)
	}
	f = readPrivileges(files.DefaultCatalog(), url.Values{"level.content/sources": {"everything"}})
	if _, chosen := f.Draft.Choices["content/sources"]; chosen || len(f.Wrong) != 1 {
		t.Errorf("without a list %+v is chosen, wrong are %+v", f.Draft.Choices, f.Wrong)
	}
}

// What a tab does not show goes through it as it came, in the same order each time.
func TestHiddenChoicesReadBackAsTheyWere(t *testing.T) {
	catalog := files.DefaultCatalog()
	form := readPrivileges(catalog, url.Values{
		"level.content/sources": {"custom"}, "create.content/sources": {"yes"}, "rows.content/sources": {"web jira wiki"},
		"edit.content/sources.web": {"view"}, "edit.content/sources.jira": {"edit"}, "edit.content/sources.wiki": {"edit"},
		"level.content/extensions": {"none"}, "carry.content/extensions": {"b=edit", "a=view"}, "level.content/fields": {"edit"}, "level.search/impersonate": {"none"},
	})
	hidden, values := form.hidden(catalog), url.Values{}
	for _, h := range hidden {
		values.Add(h.Name, h.Value)
	}
	if back := readPrivileges(catalog, values).Draft.Choices; !reflect.DeepEqual(back["content/sources"], form.Draft.Choices["content/sources"]) ||
		!reflect.DeepEqual(back["content/extensions"], form.Draft.Choices["content/extensions"]) || back["content/fields"].Level != access.LevelEdit {
		t.Errorf("carried as %v, read as %+v", hidden, back)
	}
	var rows []string
	for _, h := range hidden {
		if h.Name == "carry.content/sources" || h.Name == "carry.content/extensions" {
			rows = append(rows, h.Value)
		}
	}
	if want := []string{"a=view b=edit", "jira=edit web=view wiki=edit"}; !slices.Equal(rows, want) {
		t.Errorf("rows are carried as %q, want %q", rows, want)
	}
}
