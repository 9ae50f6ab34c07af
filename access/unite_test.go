package access_test

import (
	"testing"

	"bailiwick/access"
)

func TestUnitedSetsHoldWhatTheirGroupsHoldTogether(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		sets := []access.PrivilegeSet{w.privileges(), w.privileges(), w.privileges()}
		united := access.Unite(w.catalog, sets...)
		for _, at := range probes {
			want, got := answers{}, w.oracle.setAt(united, at)
			for _, set := range sets {
				want.add(w.oracle.setAt(set.Clean(w.catalog), at)) // a list counts with its own Custom
			}
			if !got.within(want) || !want.within(got) {
				t.Errorf("%v united are %v at %v", sets, united, at)
			}
		}
		if !united.Equal(united.Clean(w.catalog), w.catalog) {
			t.Errorf("%v is not clean", united)
		}
	})
}

func TestNothingUnitedIsNothing(t *testing.T) {
	if got := access.Unite(exampleCatalog(t)); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

// John Smith's table of the documents: for each domain the higher of what two groups give.
func TestUnitedLevelsAreTheHigherOnes(t *testing.T) {
	viewers := access.PrivilegeSet{
		"analytics/data-exports": level(access.LevelView), "analytics/dimensions": level(access.LevelView),
		"analytics/impersonate": level(access.LevelAllowed), "analytics/named-filters": level(access.LevelView),
	}
	limited := access.PrivilegeSet{
		"analytics/administrate": level(access.LevelAllowed), "analytics/data-exports": level(access.LevelEdit),
		"analytics/dimensions": level(access.LevelEdit), "analytics/named-filters": level(access.LevelView),
	}
	united := access.Unite(exampleCatalog(t), viewers, limited)
	for key, want := range map[access.DomainKey]access.Level{
		"analytics/administrate": access.LevelAllowed, "analytics/data-exports": access.LevelEdit,
		"analytics/dimensions": access.LevelEdit, "analytics/impersonate": access.LevelAllowed,
		"analytics/named-filters": access.LevelView,
	} {
		if united[key].Level != want {
			t.Errorf("%s: got %s, want %s", key, united[key].Level, want)
		}
	}
}

func TestOnlyCreationThatIsImpliedIsOfTheLevel(t *testing.T) {
	c := exampleCatalog(t)
	for _, d := range c.Domains() {
		created := access.Difference{Domain: d.Key, Create: true}
		if got := created.OfLevel(d); got != (d.Create == access.CreateImplied) {
			t.Errorf("%s: %v", d.Key, got)
		}
		if (access.Difference{Domain: d.Key}).OfLevel(d) {
			t.Errorf("%s: the level itself is no creation", d.Key)
		}
	}
}
