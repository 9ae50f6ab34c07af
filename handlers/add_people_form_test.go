package handlers

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/addresslist"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

func TestTheSheetThatAddsPeopleKeepsAllThatWasSent(t *testing.T) {
	end := time.Date(2027, 6, 2, 0, 0, 0, 0, time.UTC)
	form := readPeople(url.Values{"provider": {"any"}, "who_typed": {"a@example.com\nnone"}, "read_lines": {"1:b@example.com"}, "ticked": {"c@example.com", "c@example.com"},
		"notify": {"yes"}, "group": {"team", "crew", "team"}, "confirm_administrators": {"yes"}, "confirm_unproven": {"yes"}, "sure": {"a@example.com"},
		"find_group": {"cre"}, "until": {" 2027-06-01"}}, nil)
	want := services.NewPeople{Provider: services.ProviderAny, Emails: []string{"b@example.com", "a@example.com", "c@example.com"}, Notify: true, Groups: []string{"team", "crew"},
		Until: &end, Confirmed: services.Confirmed{Administrators: true, Unproven: true}, Sure: []string{"a@example.com"}}
	if !reflect.DeepEqual(form.NewPeople, want) || form.GroupQuery != "cre" || form.Typed != "" || !form.Fresh || len(form.List.Unusable) != 1 || form.redraws() {
		t.Errorf("got %+v", form)
	}
	if empty := readPeople(url.Values{}, nil); empty.Notify || empty.Confirmed != (services.Confirmed{}) || len(empty.Emails) > 0 || empty.Fresh {
		t.Errorf("nothing sent is %+v", empty)
	}
	if wrong := readPeople(url.Values{"until": {"tomorrow"}}, nil).wrong; !strings.HasPrefix(textOf(wrong, "Until"), "Enter the day as") {
		t.Errorf("what is no day: %v", wrong)
	}
}

// Each step does what its button says, and keeps the rest.
func TestStepsOfTheSheetThatAddsPeople(t *testing.T) {
	sent := func(more url.Values) url.Values {
		all := url.Values{"read_lines": {"1:a@example.com\n2:two@@example.com\n3:b@example.com"}, "ticked": {"c@example.com"}, "group": {"team", "crew"}}
		for name, values := range more {
			all[name] = values
		}
		return all
	}
	for name, c := range map[string]struct {
		form   url.Values
		emails string
		typed  string
		bad    int
		groups string
	}{
		"words are looked for":      {url.Values{"step": {"find"}, "who_typed": {"editor content"}}, "a b c", "editor content", 1, "team crew"},
		"a list is read":            {url.Values{"step": {"find"}, "who_typed": {"d@example.com, e@example.com"}}, "a b d e c", "", 1, "team crew"},
		"looking for groups":        {url.Values{"step": {"filter"}, "who_typed": {"d@example.com"}}, "a b c", "d@example.com", 1, "team crew"},
		"clearing the list":         {url.Values{"step": {"clear"}}, "", "", 0, "team crew"},
		"correcting":                {url.Values{"step": {"correct"}}, "a b c", "two@@example.com", 0, "team crew"},
		"leaving out a line":        {url.Values{"leave_out": {"2:two@@example.com"}}, "a b c", "", 0, "team crew"},
		"leaving out an address":    {url.Values{"leave_out": {"b@example.com"}}, "a c", "", 1, "team crew"},
		"leaving out who is ticked": {url.Values{"leave_out": {"c@example.com"}}, "a b", "", 1, "team crew"},
		"taking out a group":        {url.Values{"take_out": {"team"}}, "a b c", "", 1, "crew"},
	} {
		form := readPeople(sent(c.form), nil)
		emails := strings.ReplaceAll(strings.Join(form.Emails, " "), "@example.com", "")
		if emails != c.emails || form.Typed != c.typed || len(form.List.Unusable) != c.bad || strings.Join(form.Groups, " ") != c.groups || !form.redraws() {
			t.Errorf("%s: %q, typed %q, %d unusable, groups %q, redraws %t", name, emails, form.Typed, len(form.List.Unusable), form.Groups, form.redraws())
		}
	}
}

func TestAFileOrAListThatIsTooLongIsRefusedAndNothingIsLost(t *testing.T) {
	file := readPeople(url.Values{"read_lines": {"1:a@example.com"}}, []byte("name,email\nB,b@example.com\nC,none\n"))
	if !slices.Equal(file.Emails, []string{"a@example.com", "b@example.com"}) || file.List.Unusable[0].Line != 3 || !file.Fresh {
		t.Errorf("the file is read as %+v", file.List)
	}
	if wrong := readPeople(url.Values{}, []byte("no address")).wrong; !strings.HasPrefix(textOf(wrong, "Emails"), "No column of this file") {
		t.Errorf("a file without addresses: %v", wrong)
	}
	if wrong := readPeople(url.Values{"csv": {"people.csv"}}, nil).wrong; !strings.HasPrefix(textOf(wrong, "Emails"), "The file was not read.") {
		t.Errorf("the name of a file alone: %v", wrong)
	}
	long := strings.Repeat("a@example.com\n", 1001)
	form := readPeople(url.Values{"who_typed": {long}}, nil)
	if got := textOf(form.wrong, "Emails"); got != "Use at most 1,000 addresses; this has 1,001." || form.Typed != long || len(form.Emails) > 0 {
		t.Errorf("too long a list: %q, %d addresses", got, len(form.Emails))
	}
}

func TestTheButtonOfTheSheetSaysWhatItWillDo(t *testing.T) {
	for want, n := range map[string][2]int{"Add 17 and invite 9": {17, 9}, "Add 17": {17, 0}, "Invite 9": {0, 9}, "Add members": {0, 0}} {
		if got := addButton(n[0], n[1]); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}

// What is wrong stands at the box, the field or the choice that somebody has to look at.
func TestErrorsOfTheSheetThatAddsPeopleStandWhereTheyCanBeMended(t *testing.T) {
	doubtful := &views.ResolvedPeople{Parts: []views.ResolvedPart{{Lines: []views.ResolvedLine{{Sure: &views.DoubtfulCheck{ID: "sure-1", Checked: true}}, {Sure: &views.DoubtfulCheck{ID: "sure-2"}}}}}}
	sheet := &views.AddPeople{Resolved: doubtful, Until: &parts.Field{ID: "until"}, Provider: &parts.SelectField{ID: "provider"}}
	for _, c := range []struct{ field, id, label, summary string }{
		{"Provider", "provider", "How the invited sign in", ""}, {"Emails", "who_typed", "Email/Username", ""}, {"Until", "until", "Until (UTC)", ""}, {"Groups", "groups", "Groups to give", ""},
		{"Sure", "sure-2", "Confirmation", ""}, {"Confirmed", "confirm-confirm_administrators", "Confirmation", "Look here."}, {"Unproven", "confirm-confirm_unproven", "Confirmation", "Look here."},
	} {
		putWrong(sheet, []services.FieldError{{Field: c.field, Text: "Look here."}})
		if want := (parts.FieldError{ID: c.id, Label: c.label, Text: c.summary}); len(sheet.Errors) != 1 || sheet.Errors[0] != want {
			t.Errorf("%s: %+v, want %+v", c.field, sheet.Errors, want)
		}
	}
}

// Lines are counted as the numbers beside them are, however many addresses one has.
func TestWhatWasReadIsCountedInLines(t *testing.T) {
	for text, want := range map[string]string{
		"a@example.com":                                        "1 line read",
		"a@example.com\n\nb@example.com\nnobody":               "3 lines read",
		"a@example.com, b@example.com; none\nc@example.com":    "2 lines read with 4 entries",
		"a@example.com\na@example.com\nA@example.com, a@x.org": "3 lines read with 4 entries",
	} {
		if r := resolved(peopleForm{List: addresslist.Read(text, 0)}, services.PeopleOutcome{}, 1); r.Head != want {
			t.Errorf("%q: %q, want %q", text, r.Head, want)
		}
	}
	ticked := peopleForm{List: addresslist.Read("a@example.com", 0), Ticked: []string{"b@example.com"}}
	if r := resolved(ticked, services.PeopleOutcome{}, 1); r.Head != "1 line read and 1 person ticked" {
		t.Errorf("with somebody ticked: %q", r.Head)
	}
}

// became are outcomes in the order of what was given.
func became() services.PeopleOutcome {
	invited := func(email, link string, member bool) services.PersonToAdd {
		return services.PersonToAdd{InviteResult: services.InviteResult{Typed: email, Email: email, Link: link, Groups: make([]models.Group, 1), Member: member}, Outcome: services.PersonInvited}
	}
	return services.PeopleOutcome{People: []services.PersonToAdd{
		invited("a@example.com", "/join/1", false),
		{InviteResult: services.InviteResult{Typed: "b@example.com", Email: "b@example.com"}, Outcome: services.PersonIn},
		{InviteResult: services.InviteResult{Typed: "c@example.com", Email: "c@example.com"}, Outcome: services.PersonMailed},
		invited("d@example.com", "", false),
	}}
}

func TestWhatNeedsAttentionStandsAboveWhoIsInvited(t *testing.T) {
	var order []string
	for _, p := range attentionFirst(became().People) {
		order = append(order, p.Typed)
	}
	if got := strings.Join(order, ", "); got != "c@example.com, b@example.com, a@example.com, d@example.com" {
		t.Errorf("the order is %s", got)
	}
}

func TestWhatHasToBeGivenAgainBeginsTheNextSheet(t *testing.T) {
	form := readPeople(url.Values{"provider": {"any"}, "group": {"team"}, "read_lines": {"1:a@example.com\n2:none"}}, nil)
	next := addOthers("/invite", form, became())
	if next.Label != "Correct 2 lines" || next.Hidden[0] != views.PeopleTyped.Hidden("none\nc@example.com") || !slices.Contains(next.Hidden, views.AddToGroup.Hidden("team")) {
		t.Errorf("it begins with %q", next.Hidden)
	}
	clean := readPeople(url.Values{"read_lines": {"1:a@example.com"}}, nil)
	if next := addOthers("/invite", clean, services.PeopleOutcome{}); next.Hidden != nil || next.Action != "/invite" || next.Label != "Add others" {
		t.Errorf("with nothing to mend it is %+v", next)
	}
}

func TestWhoIsNotFoundCanBeInvitedByAnAddress(t *testing.T) {
	for typed, want := range map[string]string{
		"buyer":                 "No member matches “buyer”. To invite somebody, enter the complete address.",
		"buyer@":                "No member matches “buyer@”. To invite somebody, enter the complete address.",
		"buyer.new@example.com": "“buyer.new@example.com” is not a member. To invite this person, press Enter.",
	} {
		if got := nobodyFound(typed); got != want {
			t.Errorf("%s: %q", typed, got)
		}
	}
}
