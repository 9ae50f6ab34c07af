package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// typedNames are names that people or attackers type. Refused ones come back in the field, with what to do about them.
var typedNames = []struct {
	name, typed string
	kept        string // the name that is stored, "" where it is refused
	told        string // at the field
}{
	{name: "empty", typed: "", told: "Enter a name."},
	{name: "blank", typed: " \t ", told: "Enter a name."},
	{name: "10,000 characters", typed: strings.Repeat("n", 10_000), told: "Use at most 125 characters; this has 10,000."},
	{name: "126 characters of two bytes", typed: strings.Repeat("é", 126), told: "Use at most 125 characters; this has 126."},
	{name: "right-to-left override", typed: "invoice\u202Efdp.exe", told: "Remove line breaks and other invisible characters."},
	{name: "NUL", typed: "a\x00b", told: "Remove line breaks and other invisible characters."},
	{name: "line break", typed: "a\nb", told: "Remove line breaks and other invisible characters."},
	{name: "not UTF-8", typed: "a\xffb", told: "This is not valid text. Type the name again."},
	{name: "another’s in other letters", typed: "EXISTING ÄÖ", told: "is named “EXISTING ÄÖ” already. Choose a different name."},
	{name: "another’s, composed otherwise", typed: "existing a\u0308o\u0308", told: "already. Choose a different name."},
	{name: "blanks around it", typed: "  Trimmed  ", kept: "Trimmed"},
	{name: "HTML", typed: `<script>alert(1)</script>"'&`, kept: `<script>alert(1)</script>"'&`},
	{name: "emoji", typed: "👩‍🚀 Crew 🚀", kept: "👩‍🚀 Crew 🚀"},
	{name: "right-to-left letters", typed: "محررون", kept: "محررون"},
	{name: "125 characters of four bytes", typed: strings.Repeat("😀", 125), kept: strings.Repeat("😀", 125)},
}

const existing = "Existing äö"

func TestNamesAreRefusedAtTheirFieldOrKeptAsTyped(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		for _, place := range []struct{ name, add, list string }{
			{"group", "/o/story/groups/-/add", "/o/story/groups"},
			{"source", "/o/story/resources/content/sources/-/add", "/o/story/resources/content/sources"},
		} {
			form := url.Values{"visibility": {"shared"}, "name": {existing}}
			if page := admin.Post(place.add, form); page.Status != http.StatusOK {
				t.Fatalf("%s %q: %d", place.name, existing, page.Status)
			}
			for _, c := range typedNames {
				t.Run(place.name+"/"+c.name, func(t *testing.T) {
					before := w.state(t)
					page := admin.Post(place.add, url.Values{"visibility": {"shared"}, "name": {c.typed}})
					if c.kept == "" {
						wantNameRefused(t, page.Status, page.Text("#name-error"), c.told)
						if got := page.Find("#name").AttrOr("value", ""); got != shownIn(c.typed) {
							t.Errorf("the field holds %.80q", got)
						}
						if w.state(t) != before {
							t.Error("something was changed")
						}
						return
					}
					if page.Status != http.StatusOK {
						t.Errorf("%d %s", page.Status, page.Text("main"))
					}
					listed := admin.Get(place.list + "?q=" + url.QueryEscape(c.kept))
					if listed.Find("tbody tr").Length() != 1 || !strings.Contains(listed.Text("tbody"), strings.Join(strings.Fields(c.kept), " ")) {
						t.Errorf("the list shows %q", listed.Text("tbody"))
					}
					if listed.Find("tbody script").Length() != 0 {
						t.Error("the name is markup")
					}
				})
			}
		}
	})
}

// The same rules hold when a thing is renamed.
func TestRenamingFollowsTheRulesOfNames(t *testing.T) {
	inStories(t, func(t *testing.T, w world) {
		admin := w.as(t, "admin@example.com")
		admin.Post("/o/story/groups/-/add", url.Values{"name": {existing}})
		admin.Post("/o/story/resources/content/sources/-/add", url.Values{"name": {existing}, "visibility": {"shared"}})
		for _, path := range []string{"/o/story/groups/team", "/o/story/resources/content/sources/web"} {
			for _, c := range typedNames {
				page := admin.Get(path).Submit("Save", url.Values{"name": {c.typed}})
				if c.kept == "" {
					wantNameRefused(t, page.Status, page.Text("#name-error"), c.told)
					continue
				}
				if again := admin.Get(path).Find("#name").AttrOr("value", ""); page.Status != http.StatusOK || again != c.kept {
					t.Errorf("%s to %.40q: %d, then named %.40q", path, c.typed, page.Status, again)
				}
			}
			if page := admin.Get(path).Submit("Save", nil); page.Status != http.StatusOK {
				t.Errorf("%s keeps its own name: %d %s", path, page.Status, page.Text("#name-error"))
			}
		}
	})
}

func wantNameRefused(t *testing.T, status int, told, want string) {
	t.Helper()
	if status != http.StatusUnprocessableEntity || !strings.Contains(told, want) {
		t.Errorf("%d %q, want 422 %q", status, told, want)
	}
}

// shownIn is a typed text as a page can carry it: HTML has no NUL.
func shownIn(typed string) string { return strings.ReplaceAll(typed, "\x00", "\uFFFD") }
