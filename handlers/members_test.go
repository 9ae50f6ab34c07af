package handlers

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/views/parts"
)

var november = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func TestEndsReadAsSeenFromNow(t *testing.T) {
	for want, at := range map[string]time.Time{
		"until 12:01 UTC":   november.Add(time.Minute),
		"until 11:59 UTC":   november.Add(24*time.Hour - time.Minute),
		"until 22 Nov":      november.Add(24 * time.Hour),
		"until 3 Dec":       time.Date(2026, 12, 3, 18, 0, 0, 0, time.UTC),
		"until 3 Dec 2027":  time.Date(2027, 12, 3, 18, 0, 0, 0, time.UTC),
		"until 31 Dec 2027": time.Date(2028, 1, 1, 1, 0, 0, 0, time.FixedZone("", 2*3600)),
	} {
		if got := until(at, november); got.Text != want || got.ISO != at.UTC().Format(time.RFC3339) {
			t.Errorf("%v reads %+v, want %q", at, got, want)
		}
	}
}

func TestMembershipsReadAsWhatIsGainedAndLost(t *testing.T) {
	soon, later := november.Add(48*time.Hour), november.Add(72*time.Hour)
	group := func(joined bool, end *time.Time) models.MemberGroup {
		g := models.MemberGroup{Joined: joined, ExpiresAt: end}
		g.Name = "Users"
		return g
	}
	for _, c := range []struct {
		name  string
		group models.MemberGroup
		in    bool
		until *time.Time
		want  parts.Change
	}{
		{"joins", group(false, nil), true, nil, parts.Change{Gains: true, What: "Users", On: "for good"}},
		{"joins for a time", group(false, nil), true, &soon, parts.Change{Gains: true, What: "Users", On: "until 23 Nov"}},
		{"returns after the end", group(true, &november), true, nil, parts.Change{Gains: true, What: "Users", On: "for good"}},
		{"leaves", group(true, nil), false, nil, parts.Change{What: "Users"}},
		{"gets an end", group(true, nil), true, &soon, parts.Change{What: "Users", On: "until 23 Nov", Was: "was for good"}},
		{"ends sooner", group(true, &later), true, &soon, parts.Change{What: "Users", On: "until 23 Nov", Was: "was until 24 Nov"}},
		{"ends later", group(true, &soon), true, &later, parts.Change{Gains: true, What: "Users", On: "until 24 Nov", Was: "was until 23 Nov"}},
		{"loses its end", group(true, &soon), true, nil, parts.Change{Gains: true, What: "Users", On: "for good", Was: "was until 23 Nov"}},
	} {
		change := services.MembershipChange{Group: c.group, MembershipChoice: services.MembershipChoice{In: c.in, Until: c.until}}
		if got := membershipLine(change, november); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.name, got, c.want)
		}
	}
}

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
	if len(f.Wrong) != 1 || f.untilProblem("zebra") != noMinute || f.untilProblem("auditors") != "" || f.Typed["zebra"] != "tomorrow" || f.Choices["zebra"].Until != nil {
		t.Errorf("wrong is %+v", f.Wrong)
	}
	if f.Revision.number() != 4 || !f.Joined || f.Place.After != "here" {
		t.Errorf("the place is %+v", f)
	}
	// Choices of other pages travel in the same fields, with what was typed.
	zebra := services.MembershipChange{MembershipChoice: f.Choices["zebra"]}
	var carried []string
	for _, h := range f.carried([]services.MembershipChange{zebra}, map[string]bool{"auditors": true}) {
		carried = append(carried, h.Name+"="+h.Value)
	}
	if want := "rows=zebra in.zebra=yes until.zebra=tomorrow at=a:here was.show=joined"; strings.Join(carried, " ") != want {
		t.Errorf("carried %q, want %q", carried, want)
	}
	if place := placeOfMemberGroups(url.Values{"rows": {"users"}, "in.users": {"yes"}, "q": {"u"}, "confirm_leave": {"yes"}}); len(place.Choices) != 0 || place.Confirmed.Leave || place.Place.Query != "u" {
		t.Errorf("an address fills fields: %+v", place)
	}
}

func TestManyResourcesAreCountedAndUnseenOnesNotNamed(t *testing.T) {
	d := files.DefaultCatalog().Domain("content/sources")
	for want, names := range map[string][]string{
		"Jira in Sources":                     {"Jira"},
		"Confluence, Jira and Web in Sources": {"Confluence", "Jira", "Web"},
		"4 sources":                           {"A", "B", "C", ""},
		"2 sources":                           {"", ""},
	} {
		if got := resourcesWords(d, names); got != want {
			t.Errorf("%q reads %q, want %q", names, got, want)
		}
	}
	if got := listWords(d, 0); got != "Edit on none yet" {
		t.Errorf("an empty list reads %q", got)
	}
}

func TestLocksOfAGroupSayWhatIsInTheWay(t *testing.T) {
	p := memberGroupsPage{catalog: files.DefaultCatalog()}
	sources := []access.Excess{{Domain: "content/sources", Abilities: access.Edit}, {Domain: "content/sources", Resource: 7, Abilities: access.Edit}}
	for _, c := range []struct {
		lock   services.MembershipLock
		in     bool
		locked bool
		why    string
	}{
		{services.MembershipLock{}, false, false, ""},
		{services.MembershipLock{Uneditable: true, Beyond: sources}, true, true, "You cannot edit this group."},
		{services.MembershipLock{Beyond: sources}, false, true, "It goes beyond your own privileges on Content / Sources."},
		{services.MembershipLock{Beyond: append(sources, access.Excess{Domain: "content/fields"})}, false, true, "It goes beyond your own privileges on Content / Sources and Content / Fields."},
		{services.MembershipLock{Beyond: sources}, true, false, "You may end it, not prolong it: it goes beyond your own privileges on Content / Sources."},
		{services.MembershipLock{Last: true}, true, true, lastAdministrator},
	} {
		if locked, why := c.lock.Locked(c.in), p.why(c.lock, c.in); locked != c.locked || why != c.why {
			t.Errorf("%+v: %t, %q; want %t, %q", c.lock, locked, why, c.locked, c.why)
		}
	}
}
