package handlers

import (
	"net/url"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

// Who was chosen among those found is meant until something else is typed.
func TestAMemberIsTheOneChosenUnlessAnotherIsTyped(t *testing.T) {
	for name, c := range map[string]struct {
		form url.Values
		want string
	}{
		"typed":                     {url.Values{"owner": {"john@example.com"}}, "john@example.com"},
		"nothing":                   {url.Values{"owner": {""}, "was.owner": {"john@example.com"}}, ""},
		"chosen":                    {url.Values{"owner": {"smith"}, "was.owner": {"smith"}, "owner.found": {"jane@example.com"}}, "jane@example.com"},
		"typed after it was chosen": {url.Values{"owner": {"john@example.com"}, "was.owner": {"smith"}, "owner.found": {"jane@example.com"}}, "john@example.com"},
		"emptied after it":          {url.Values{"owner": {""}, "was.owner": {"smith"}, "owner.found": {"jane@example.com"}}, ""},
		"looked for, nobody chosen": {url.Values{"owner": {"smith"}, "was.owner": {"smith"}}, "smith"},
	} {
		if got := readMember(c.form, views.ResourceOwner, views.ResourceOwnerFound).email(); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWhoWasChosenStaysAmongThoseFound(t *testing.T) {
	john, jane := models.Member{Email: "john@example.com", Name: "John Smith"}, models.Member{Email: "jane@example.com", Name: "Jane Smith"}
	checked := func(chosen string) (all []string) {
		for _, m := range foundMembers(services.MemberChoices{Choices: services.Choices[models.Member]{Found: []models.Member{john, jane}}}, memberChoice{typed: "smith", chosen: chosen}) {
			if m.Checked {
				all = append(all, m.Value)
			}
		}
		return all
	}
	for _, chosen := range []string{"jane@example.com", "someone@example.com"} {
		if got := checked(chosen); len(got) != 1 || got[0] != chosen {
			t.Errorf("%s chosen before: chosen are %q", chosen, got)
		}
	}
	if got := checked(""); len(got) != 0 {
		t.Errorf("nobody chosen: chosen are %q", got)
	}
}

// People of one name are told apart by what they are in and when they were here, for who may view groups.
func TestPeopleOfOneNameAreToldApart(t *testing.T) {
	used := models.Member{PersonID: 1, Email: "john@example.com", Name: "John Smith", LastUsedMinute: noon.Unix() / 60, Marks: models.Marks{Namesakes: 2}}
	never := models.Member{PersonID: 2, Email: "john2@example.com", Name: "John Smith", Marks: models.Marks{Namesakes: 2}}
	found := services.MemberChoices{Choices: services.Choices[models.Member]{Found: []models.Member{used, never}}}
	line := func(i int) string {
		text := ""
		for _, word := range foundMembers(found, memberChoice{typed: "smith"})[i].Sub {
			text += word.Text
		}
		return text
	}
	if got := line(0); got != "john@example.com" {
		t.Errorf("who may not view groups reads %q", got)
	}
	found.First = map[models.PersonID]models.FirstGroup{1: {Name: "Writers", Total: 3}, 2: {Name: "Editors", Total: 1}}
	if got, want := line(0), "john@example.com · Writers and 2 more, last used "+noon.Format("2 Jan 2006"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := line(1); got != "john2@example.com · Editors, never used" {
		t.Errorf("got %q", got)
	}
}

// In the list of those found to be added, the groups of people of one name tell them apart, and are counted there alone.
func TestPeopleOfOneNameAreToldApartWhereTheyAreAdded(t *testing.T) {
	alike := models.Member{PersonID: 1, Email: "john@example.com", Name: "John Smith", Groups: 3, Marks: models.Marks{Namesakes: 2}}
	alone := models.Member{PersonID: 2, Email: "jane@example.com", Name: "Jane Smith", Groups: 2}
	first := map[models.PersonID]models.FirstGroup{1: {Name: "Writers", Total: 3}, 2: {Name: "Editors", Total: 2}}
	if f := foundPerson(0, alike, first, false); f.Sub != "Writers and 2 more, never used" || f.Note != "" {
		t.Errorf("of one name: %q, %q", f.Sub, f.Note)
	}
	if f := foundPerson(0, alike, nil, false); f.Sub != "" || f.Note != "3 groups" {
		t.Errorf("of one name, whose groups the viewer does not see: %q, %q", f.Sub, f.Note)
	}
	if f := foundPerson(0, alone, first, false); f.Sub != "" || f.Note != "2 groups" {
		t.Errorf("of a name of their own: %q, %q", f.Sub, f.Note)
	}
}
