package access_test

import (
	"testing"

	"bailiwick/access"
)

func TestZeroRightsMayNothingAndNeverPanic(t *testing.T) {
	c := exampleCatalog(t)
	var r access.Rights
	set := access.PrivilegeSet{sources: withBox(custom(1)), "content/fields": level(access.LevelEdit)}
	for _, r := range []access.Rights{r, r.Granting(), r.WithEntries([]access.Entry{{Grantee: 2, Domain: sources, Resource: 1}}), access.Resolve(nil, []access.Grant{{Via: administrators(), Domain: sources, Level: access.LevelEdit}}, nil, noon)} {
		if abilities(r, sources, 0)|abilities(r, sources, 1) != 0 || r.Decide(access.Need{Domain: sources, Ability: access.View}, 0).Allowed {
			t.Error("something is allowed")
		}
		if r.Held() != 0 || r.IsAdministrator() || r.CanCreate(sources) || r.Level(sources) != access.LevelNone || r.Grants(sources) != nil || r.Catalog() != nil {
			t.Error("something is held")
		}
		for _, l := range []access.Level{access.LevelNone, access.LevelView, access.LevelEdit} {
			if r.MayGive(c.Domain(sources), level(l), level(access.LevelEdit)) {
				t.Errorf("%v may be given", l)
			}
		}
		if got := len(r.Beyond(c, set, nil)); got != 3 {
			t.Errorf("%d things are beyond, want both levels and the listed resource", got)
		}
		if within, skipped := r.Clip(c, set, nil); len(within) > 0 || len(skipped) != 2 {
			t.Errorf("clipped to %v, skipped %v", within, skipped)
		}
		if r.Duplicating(c, access.PrivilegeSet{}).Allowed() {
			t.Error("even an empty group may be duplicated by nobody")
		}
	}
}

func TestZeroValuesDeny(t *testing.T) {
	var d access.Decision
	var g access.Grant
	var domain access.Domain
	if d.Allowed || domain.Abilities(access.LevelView, true) != 0 || domain.Highest() != access.LevelNone {
		t.Error("a zero value allows")
	}
	unknown := access.Domain{Levels: []access.Level{99}}
	if unknown.Abilities(99, true) != 0 {
		t.Error("a level that does not exist allows something")
	}
	r := access.Resolve(exampleCatalog(t), []access.Grant{g}, []access.Entry{{}}, noon)
	if r.Held() != 0 {
		t.Error("a zero grant is worth something")
	}
}

func TestANilCatalogueHasNothing(t *testing.T) {
	var c *access.Catalog
	if c.Domain(sources) != nil || c.Domains() != nil || c.Template("custom") != nil || len(c.Max()) > 0 {
		t.Error("a nil catalogue has something")
	}
	set := access.PrivilegeSet{sources: level(access.LevelEdit)}
	if len(set.Clean(c)) > 0 || set.Held(c) != 0 || len(access.Compare(c, set, nil)) > 0 {
		t.Error("a nil catalogue understands something")
	}
	r := administrator(exampleCatalog(t))
	if within, skipped := r.Clip(c, set, nil); len(within)+len(skipped) > 0 {
		t.Error("something of a nil catalogue can be given")
	}
}

// 0 is no grantee and no resource: rows with it list nothing.
func TestRowsOfNobodyOrOfNothingListNothing(t *testing.T) {
	c := exampleCatalog(t)
	g := []access.Grant{{Via: access.Grantee{Kind: access.Group}, Domain: sources, Level: access.LevelCustom}, {Via: group(2, "g"), Domain: sources, Level: access.LevelCustom}}
	r := access.Resolve(c, g, []access.Entry{{Grantee: 0, Domain: sources, Resource: 1}, {Grantee: 2, Domain: sources, Resource: 0}}, noon)
	if r.May(access.Need{Domain: sources, Ability: access.Edit}, 1) || r.May(access.Need{Domain: sources, Ability: access.Edit}, 0) {
		t.Error("a row of nobody, or of nothing, counts")
	}
	set := access.PrivilegeSet{sources: custom(3, 0, 1, 3)}.Clean(c)
	if got := set[sources].Editors; len(got) != 2 || got[0] != 1 || got[1] != 3 {
		t.Errorf("a clean list is %v, want 1 and 3", got)
	}
}

// Rights may be shared: a page adds rows for itself only.
func TestRowsAddedForOnePageStayThere(t *testing.T) {
	c := exampleCatalog(t)
	shared := rightsOf(c, holder{group(2, "g"), access.PrivilegeSet{sources: custom(1)}})
	row := []access.Entry{{Grantee: 2, Domain: sources, Resource: 2}}
	page := shared.WithEntries(row).WithEntries(row)
	edit := access.Need{Domain: sources, Ability: access.Edit}
	if shared.May(edit, 2) || !page.May(edit, 1) || len(page.Decide(edit, 2).Via) != 1 {
		t.Error("a page’s row reached other pages, or counts twice")
	}
	page.Grants(sources)[0].Level = access.LevelEdit
	if page.Grants(sources)[0].Level != access.LevelCustom {
		t.Error("a caller changed the rights")
	}
}
