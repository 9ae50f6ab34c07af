package access_test

import (
	"slices"
	"testing"
	"time"

	"bailiwick/access"
)

// R7: access held only through temporary access never counts for granting.
func TestTemporaryAccessCanNotBePassedOn(t *testing.T) {
	c := exampleCatalog(t)
	lent := access.Grantee{Kind: access.TemporaryAccess, ID: 9, Key: "visit"}
	own := holder{group(2, "g"), access.PrivilegeSet{sources: custom(1), "content/fields": level(access.LevelView)}}
	r := rightsOf(c, own, holder{lent, access.PrivilegeSet{sources: custom(2), "content/fields": level(access.LevelEdit)}})
	if !r.May(access.Need{Domain: sources, Ability: access.Edit}, 2) {
		t.Fatal("the temporary access does not count at all")
	}
	wanted := access.PrivilegeSet{sources: custom(1, 2), "content/fields": level(access.LevelEdit)}
	within, skipped := r.Clip(c, wanted, nil)
	if len(skipped) != 2 || within["content/fields"].Level != access.LevelView || !slices.Equal(within[sources].Editors, []access.ResourceID{1}) {
		t.Errorf("clipped to %v, skipped %v", within, skipped)
	}
	if r.MayGive(c.Domain("content/fields"), level(access.LevelEdit), access.Privilege{}) {
		t.Error("the lent edit may be given")
	}
}

// R7: a higher level that stands already may be kept or lowered, not raised again.
func TestWhatStandsMayBeKeptOrLoweredButNotRaised(t *testing.T) {
	c := exampleCatalog(t)
	r := rightsOf(c, holder{group(2, "g"), access.PrivilegeSet{sources: level(access.LevelView)}})
	cases := []struct {
		name        string
		wanted, had access.Privilege
		may         bool
	}{
		{"kept", level(access.LevelEdit), level(access.LevelEdit), true},
		{"lowered to a list", custom(1, 2), level(access.LevelEdit), true},
		{"lowered to view with creation", withBox(level(access.LevelView)), level(access.LevelEdit), true},
		{"a list kept in part", custom(1), custom(1, 2), true},
		{"a list lengthened", custom(1, 3), custom(1, 2), false},
		{"raised again", level(access.LevelEdit), custom(1, 2), false},
		{"creation added", withBox(level(access.LevelView)), level(access.LevelView), false},
		{"taken away", access.Privilege{}, level(access.LevelEdit), true},
	}
	for _, tc := range cases {
		over := r.Beyond(c, access.PrivilegeSet{sources: tc.wanted}, access.PrivilegeSet{sources: tc.had})
		if (len(over) == 0) != tc.may {
			t.Errorf("%s: beyond is %v", tc.name, over)
		}
	}
}

// R7, R8: only who holds everything as a member, and for good, gives all.
func TestAllIsGivenByWhoHoldsEverythingForGood(t *testing.T) {
	c := exampleCatalog(t)
	administrators, lent := group(1, "administrators"), access.Grantee{Kind: access.TemporaryAccess, ID: 9, Administrators: true}
	administrators.Administrators = true
	custom := c.Max()
	custom[sources] = access.Privilege{Level: access.LevelCustom, CanCreate: true}
	for name, tc := range map[string]struct {
		rights access.Rights
		want   bool
	}{
		"an administrator":           {access.Resolve(c, []access.Grant{{Via: administrators}}, nil, noon), true},
		"until some moment":          {access.Resolve(c, []access.Grant{{Via: administrators, Until: noon.Add(time.Hour)}}, nil, noon), false},
		"through temporary access":   {access.Resolve(c, []access.Grant{{Via: lent}}, nil, noon), false},
		"everything, level by level": {rightsOf(c, holder{group(2, "g"), c.Max()}), true},
		"all but one domain's edit":  {rightsOf(c, holder{group(2, "g"), custom}), false},
		"nobody":                     {access.Rights{}, false},
	} {
		if got := tc.rights.GivesAll(c); got != tc.want {
			t.Errorf("%s: gives all is %v", name, got)
		}
	}
}

// A preset that could not be given in full must not cost the group the list it had.
func TestAClippedPresetKeepsTheEditorListThatStands(t *testing.T) {
	c := exampleCatalog(t)
	r := rightsOf(c, holder{group(2, "g"), access.PrivilegeSet{sources: withBox(level(access.LevelView))}})
	preset, had := access.PrivilegeSet{sources: level(access.LevelEdit)}, access.PrivilegeSet{sources: custom(1, 2)}
	within, skipped := r.Clip(c, preset, had)
	want := withBox(custom(1, 2))
	got := within[sources]
	if len(skipped) != 1 || got.Level != want.Level || got.CanCreate != want.CanCreate || !slices.Equal(got.Editors, want.Editors) {
		t.Errorf("clipped to %+v, want %+v", got, want)
	}
}

// R7 in time: what somebody holds until a moment they give until at most that moment, and what stood before comes back.
func TestWhatIsHeldUntilAMomentIsGivenUntilThen(t *testing.T) {
	c := exampleCatalog(t)
	soon, late := noon.Add(time.Hour), noon.Add(2*time.Hour)
	giver := func(sources access.Privilege, until time.Time) access.Rights {
		return access.Resolve(c, []access.Grant{
			{Via: group(2, "g"), Domain: "content/sources", Level: sources.Level, CanCreate: sources.CanCreate, Until: until},
			{Via: group(3, "h"), Domain: "content/sources", Level: access.LevelView},
		}, nil, noon)
	}
	view := level(access.LevelView)
	cases := []struct {
		name             string
		rights           access.Rights
		wanted, had, got access.Privilege
	}{
		{"raised", giver(level(access.LevelEdit), soon), level(access.LevelEdit), view,
			access.Privilege{Level: access.LevelEdit, Until: soon, Then: &view}},
		{"given to nobody’s surprise what lasts for good", giver(level(access.LevelEdit), soon), level(access.LevelView), access.Privilege{}, view},
		{"kept for longer than the giver has it", giver(level(access.LevelEdit), soon), level(access.LevelEdit),
			access.Privilege{Level: access.LevelEdit, Until: late}, access.Privilege{Level: access.LevelEdit, Until: late, Then: &view}},
		{"saved by somebody without an end", giver(level(access.LevelEdit), time.Time{}), level(access.LevelEdit),
			access.Privilege{Level: access.LevelEdit, Until: late, Then: &view}, level(access.LevelEdit)},
		{"listed in place of view", giver(level(access.LevelEdit), soon), custom(1), view,
			access.Privilege{Level: access.LevelCustom, Until: soon, Then: &view, Editors: []access.ResourceID{1}, Ends: map[access.ResourceID]time.Time{1: soon}}},
		{"listed beside what is listed for good", giver(level(access.LevelEdit), soon), custom(1, 2), custom(2),
			access.Privilege{Level: access.LevelCustom, Editors: []access.ResourceID{1, 2}, Ends: map[access.ResourceID]time.Time{1: soon}}},
		{"lowered", giver(level(access.LevelEdit), soon), view, level(access.LevelEdit), view},
	}
	for _, tc := range cases {
		set := func(p access.Privilege) access.PrivilegeSet { return access.PrivilegeSet{sources: p} }
		given := tc.rights.Bounded(c, set(tc.wanted), set(tc.had))
		if !given.Equal(set(tc.got), c) {
			t.Errorf("%s: got %+v, want %+v", tc.name, given[sources], tc.got)
		}
		if after := given[sources].At(late.Add(time.Hour)); after.Level == access.LevelEdit && !tc.got.Until.IsZero() || after.Until != (time.Time{}) {
			t.Errorf("%s: after all ends it is %+v", tc.name, after)
		}
	}
}

// R12: at its very end a privilege has ended, and a row of its list too.
func TestAPrivilegeFallsBackAtItsEnd(t *testing.T) {
	c, end := exampleCatalog(t), noon.Add(time.Hour)
	view := level(access.LevelView)
	p := access.Privilege{Level: access.LevelCustom, Editors: []access.ResourceID{1}, Until: end, Then: &view}
	for at, want := range map[time.Time]access.Level{noon: access.LevelCustom, end.Add(-1): access.LevelCustom, end: access.LevelView} {
		if got := p.At(at); got.Level != want || want == access.LevelView && got.Lists() {
			t.Errorf("at %v: %+v", at, got)
		}
	}
	if got := (access.Privilege{Level: access.LevelEdit, Until: end}).At(end); got.Level != access.LevelNone {
		t.Errorf("after its end: %+v", got)
	}
	list := access.Privilege{Level: access.LevelCustom, Editors: []access.ResourceID{1, 2}, Ends: map[access.ResourceID]time.Time{1: end}}
	if got := list.At(end); !slices.Equal(got.Editors, []access.ResourceID{2}) {
		t.Errorf("the list is %v", got.Editors)
	}
	if !(access.Privilege{Level: access.LevelEdit, Until: end, Then: &list}).Lists() {
		t.Error("a list that stands under Edit does not count")
	}
	if (access.PrivilegeSet{sources: list}).Equal(access.PrivilegeSet{sources: custom(1, 2)}, c) {
		t.Error("an end is no difference")
	}
}
