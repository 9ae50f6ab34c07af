package access_test

import (
	"slices"
	"testing"

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
