package access_test

import (
	"testing"

	"bailiwick/access"
)

func TestAbilitiesAndLevelsAreReadAsTheyAreWritten(t *testing.T) {
	for _, a := range everyAbility {
		if got, err := access.ParseAbility(a.String()); err != nil || got != a {
			t.Errorf("%v is read as %v, %v", a, got, err)
		}
	}
	for l := access.LevelNone; l <= access.LevelPushAndView; l++ {
		if got, err := access.ParseLevel(l.String()); err != nil || got != l {
			t.Errorf("%v is read as %v, %v", l, got, err)
		}
	}
	for _, word := range []string{"", "View", " view", "view,edit", "level(9)", "nothing"} {
		if a, err := access.ParseAbility(word); err == nil || a != 0 {
			t.Errorf("%q is the ability %v", word, a)
		}
		if l, err := access.ParseLevel(word); err == nil || l != access.LevelNone {
			t.Errorf("%q is the level %v", word, l)
		}
	}
	if got := (access.View | access.Create).String(); got != "view, create" {
		t.Errorf("view and create read %q", got)
	}
	if access.Ability(0).String() != "none" || access.Level(9).String() != "level(9)" {
		t.Error("what does not exist has a name")
	}
}

func TestLevelsReadAsAllOnlyWhereCustomExists(t *testing.T) {
	c := exampleCatalog(t)
	labels := map[access.DomainKey]map[access.Level]string{
		sources:                    {access.LevelNone: "None", access.LevelView: "View all", access.LevelCustom: "Custom", access.LevelEdit: "Edit all"},
		"content/fields":           {access.LevelView: "View", access.LevelEdit: "Edit"},
		"analytics/analytics-data": {access.LevelPush: "Push", access.LevelPushAndView: "Push and view", access.LevelView: "View"},
		"analytics/administrate":   {access.LevelAllowed: "Allowed"},
	}
	for key, of := range labels {
		for l, want := range of {
			if got := c.Domain(key).Label(l); got != want {
				t.Errorf("%v on %s reads %q, want %q", l, key, got, want)
			}
		}
	}
}

func TestTheCatalogueTellsWhatItHolds(t *testing.T) {
	c := exampleCatalog(t)
	if c.Administrators().Key != "administrators" || (&access.Catalog{}).Administrators().Key != "" {
		t.Error("the administrators are others")
	}
	if k := c.Template("custom"); k == nil || len(k.Forbidden) != 2 || c.Template("none") != nil {
		t.Errorf("the template custom is %+v", k)
	}
	var menu []string
	for _, entry := range c.Menu() {
		menu = append(menu, entry.Key)
		if entry.Max && len(entry.Privileges) != len(c.Domains()) {
			t.Errorf("%s holds %d of %d domains", entry.Key, len(entry.Privileges), len(c.Domains()))
		}
	}
	if len(menu) != 2 || menu[0] != "users" || menu[1] != "full-access" {
		t.Errorf("the menu is %v", menu)
	}
}
