package handlers

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/services"
)

func TestFormOfAMembersGroupsKeepsWhatWasTyped(t *testing.T) {
	f := readMemberGroups(url.Values{
		"rows": {"auditors users", "zebra"}, "in.auditors": {"yes"}, "until.auditors": {" 2027-06-01T18:00 "}, "in.users": {"on"}, "until.users": {"x"},
		"in.zebra": {"yes"}, "until.zebra": {"tomorrow"}, "in.other": {"yes"}, "revision": {"4"}, "show": {"joined"}, "was.show": {"joined"}, "at": {"a:here"},
	})
	end := time.Date(2027, 6, 1, 18, 0, 0, 0, time.UTC)
	var read []string
	for _, choice := range f.draft().Choices {
		read = append(read, choice.Key)
		if in := choice.Key != "users"; choice.In != in {
			t.Errorf("%s: in is %t", choice.Key, choice.In)
		}
	}
	if !slices.Equal(read, []string{"auditors", "users", "zebra"}) || !f.Choices["auditors"].Until.Equal(end) || f.Choices["users"].Until != nil {
		t.Errorf("read %+v", f.Choices)
	}
	untilProblem := memberGroupsPage{form: f}.untilProblem
	if len(f.Wrong) != 1 || untilProblem("zebra") != noMinute || untilProblem("auditors") != "" || f.Typed["zebra"] != "tomorrow" || f.Choices["zebra"].Until != nil {
		t.Errorf("wrong is %+v", f.Wrong)
	}
	if f.Revision.number() != 4 || !f.Joined || f.Place.After != "here" {
		t.Errorf("the place is %+v", f)
	}
	// Choices of other pages travel in the same fields, with what was typed.
	zebra := services.MembershipChange{MembershipChoice: f.Choices["zebra"]}
	var carried []string
	zebra.Group.Key = "zebra"
	p := memberGroupsPage{form: f}
	p.tab.Changes = []services.MembershipChange{zebra}
	for _, h := range p.carried(map[string]bool{"auditors": true}) {
		carried = append(carried, h.Name+"="+h.Value)
	}
	if want := "rows=zebra was.in.zebra=out in.zebra=yes until.zebra=tomorrow at=a:here was.show=joined"; strings.Join(carried, " ") != want {
		t.Errorf("carried %q, want %q", carried, want)
	}
	if place := placeOfMemberGroups(url.Values{"rows": {"users"}, "in.users": {"yes"}, "q": {"u"}, "confirm_leave": {"yes"}}); len(place.Choices) != 0 || place.Confirmed.Leave || place.Place.Query != "u" {
		t.Errorf("an address fills fields: %+v", place)
	}
}
