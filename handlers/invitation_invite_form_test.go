package handlers

import (
	"net/url"
	"reflect"
	"slices"
	"testing"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

func TestWhatCannotBeReadOfAPastedListSaysWhyAndWhere(t *testing.T) {
	form := readInvite(url.Values{"emails": {"John Smith <john@example.com>; no-at.example.com\ntwo@@example.com"}})
	if !slices.Equal(form.Emails, []string{"john@example.com"}) {
		t.Errorf("the addresses are %q", form.Emails)
	}
	var told []string
	for _, r := range form.unusable() {
		told = append(told, r.Typed+" "+form.whyUnusable(r.Typed))
	}
	if want := []string{"no-at.example.com Line 1: no @ sign.", "two@@example.com Line 2: two @ signs."}; !slices.Equal(told, want) {
		t.Errorf("told %q", told)
	}
}

func TestThePanelThatInvitesKeepsAllThatWasSent(t *testing.T) {
	form := readInvite(url.Values{"provider": {"any"}, "emails": {"a@example.com\nb@example.com"}, "notify": {"yes"}, "group": {"team", "crew"},
		"confirm_administrators": {"yes"}, "sure": {"a@example.com"}, "q": {"cre"}, "step": {"filter"}})
	want := services.NewInvitations{Provider: services.ProviderAny, Emails: []string{"a@example.com", "b@example.com"}, Notify: true,
		Groups: []string{"team", "crew"}, Confirmed: true, Sure: []string{"a@example.com"}}
	if !reflect.DeepEqual(form, inviteForm{NewInvitations: want, List: form.List, Typed: "a@example.com\nb@example.com", Query: "cre", Finds: true}) {
		t.Errorf("got %+v", form)
	}
	if empty := readInvite(url.Values{}); empty.Notify || empty.Confirmed || len(empty.Emails) > 0 {
		t.Errorf("nothing sent is %+v", empty)
	}
}

// What is wrong stands at the box, the field or the choice that somebody has to look at, whichever the panel has.
func TestErrorsOfAnInvitationStandWhereTheyCanBeMended(t *testing.T) {
	several := &views.InvitePanel{Groups: &views.GroupPicker{}, Doubtful: []views.DoubtfulAddress{{Checked: true}, {}}}
	one := &views.InvitePanel{}
	for _, c := range []struct {
		panel     *views.InvitePanel
		field     string
		id, label string
	}{
		{several, "Provider", "provider", "Provider"},
		{several, "Emails", "emails", "Email addresses"},
		{several, "Groups", "groups", "Groups"},
		{several, "Sure", "sure-2", "Confirmation"},
		{several, "Confirmed", "confirm-confirm_administrators", "Confirmation"},
		{one, "Groups", "emails", "Groups"},
	} {
		putWrong(c.panel, []services.FieldError{{Field: c.field, Text: "Look here."}})
		if want := (parts.FieldError{ID: c.id, Label: c.label, Text: "Look here."}); len(c.panel.Errors) != 1 || c.panel.Errors[0] != want {
			t.Errorf("%s: %+v, want %+v", c.field, c.panel.Errors, want)
		}
	}
	if putWrong(several, []services.FieldError{{Field: "Sure", Text: "Look closely."}}); several.Emails.Error != "Look closely." {
		t.Errorf("the addresses say %q", several.Emails.Error)
	}
}
