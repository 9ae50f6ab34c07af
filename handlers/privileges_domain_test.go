package handlers

import (
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/services"
)

func TestEndOfALevelIsToldAsItStandsAndAsItWouldBeSaved(t *testing.T) {
	end, later := noon.Add(time.Hour), noon.Add(2*time.Hour)
	view := services.PrivilegeChoice{Level: access.LevelView}
	stands := access.Privilege{Level: access.LevelView, Until: end}
	for _, test := range []struct {
		name, want string
		d          services.PrivilegeDomain
	}{
		{"none", "", services.PrivilegeDomain{Chosen: view, Stored: access.Privilege{Level: access.LevelView}}},
		{"stands", "Until 4 Jan 2027, 13:00 UTC, then None.", services.PrivilegeDomain{Chosen: view, Stored: stands}},
		{"goes by saving", "Until 4 Jan 2027, 13:00 UTC, then None. If you save this tab, it gets no end.",
			services.PrivilegeDomain{Chosen: view, Stored: stands, LastsIfSaved: true}},
		{"another level is chosen", "", services.PrivilegeDomain{Stored: stands}},
		{"is given for a time", "Until 4 Jan 2027, 14:00 UTC, then None. Your own access ends then.",
			services.PrivilegeDomain{Chosen: view, Changes: 1, IfSaved: access.Privilege{Level: access.LevelView, Until: later}}},
		{"is given for good", "", services.PrivilegeDomain{Chosen: view, Stored: stands, Changes: 1, IfSaved: access.Privilege{Level: access.LevelView}}},
	} {
		p := privilegesOf(access.Group, nil)
		test.d.Domain = p.catalog.Domain("content/fields")
		if got := p.ends(test.d); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
