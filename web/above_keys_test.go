package web_test

import (
	"context"
	"fmt"
	"net/url"

	"bailiwick/access"
	"bailiwick/models"
)

// inTime is an end that a page accepts.
const inTime = "2027-11-30"

// newKeys would hold more than the person who makes them: by their template, or chosen.
func newKeys(door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, t := range a.Console.Catalog().Templates {
				forms := []url.Values{{}}
				if t.Chosen() {
					forms = a.allowed(a.privileges(as, nil), &t)
				} else if a.holds(as, t.Privileges) {
					continue
				}
				for _, form := range forms {
					form = with(form, url.Values{"template": {t.Key}, "name": {"New"}, "expires": {inTime}, "once": {a.Console.NewFormToken()}})
					all = append(all, attempt{as, door, form})
				}
			}
		}
		return all
	}
}

// allowed are the forms without privileges that no key of the template holds, no matter who asks: those are errors, no refusals.
func (a *above) allowed(forms []url.Values, t *access.KeyTemplate) []url.Values {
	var kept []url.Values
	for _, form := range forms {
		barred := false
		for _, d := range a.Console.Catalog().Domains() {
			barred = barred || t.Forbids(d) && form.Has("level."+string(d.Key))
		}
		if !barred {
			kept = append(kept, form)
		}
	}
	return kept
}

// keyTabs raise keys, those that hold more than the caller and those that hold less.
func keyTabs(door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, k := range a.keys() {
				forms := a.allowed(a.privileges(as, a.setOfKey(k)), a.Console.Catalog().Template(k.Template))
				if !a.mayEdit(as, k.Resource) {
					forms = forms[:1] // refused whatever is asked
				}
				for _, form := range forms {
					all = append(all, attempt{as, "/api-keys/" + k.Key + door, with(form, url.Values{"revision": {fmt.Sprint(k.Revision)}})})
				}
			}
		}
		return all
	}
}

// strongerKeys are forms for the keys that hold something the caller does not, and for those that the caller cannot edit.
func strongerKeys(door string, form url.Values) func(a *above) []attempt {
	return keysWhere(door, form, strongerKey)
}

// foreignKeys are forms for the keys that a caller cannot edit.
func foreignKeys(door string, form url.Values) func(a *above) []attempt {
	return keysWhere(door, form, foreignKey)
}

func keysWhere(door string, form url.Values, where func(*above, string, models.APIKey) bool) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, k := range a.keys() {
				if where(a, as, k) {
					all = append(all, attempt{as, "/api-keys/" + k.Key + door, with(form, url.Values{
						"revision": {fmt.Sprint(k.Revision)}, "name": {k.Name}, "expires": {inTime}, "once": {a.Console.NewFormToken()}})})
				}
			}
		}
		return all
	}
}

// manyAPIKeys do to keys, by the door that takes many, what a caller can't do to each of them.
func manyAPIKeys(action string, where func(*above, string, models.APIKey) bool) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, k := range a.keys() {
				if where(a, as, k) {
					all = append(all, attempt{as, "/api-keys/-/many/" + action, url.Values{"row": {k.Key}, "expires": {inTime}}})
				}
			}
		}
		return all
	}
}

func foreignKey(a *above, as string, k models.APIKey) bool { return !a.mayEdit(as, k.Resource) }

func strongerKey(a *above, as string, k models.APIKey) bool {
	return foreignKey(a, as, k) || !a.holds(as, a.setOfKey(k))
}

// holds tells whether the caller holds all of a set.
func (a *above) holds(as string, set access.PrivilegeSet) bool {
	return len(a.rights[as].Beyond(a.Console.Catalog(), set, nil)) == 0
}

func (a *above) keys() []models.APIKey {
	return known(a.organization().AllAPIKeys(context.Background()))
}

func (a *above) setOfKey(k models.APIKey) access.PrivilegeSet {
	return known(a.organization().PrivilegesOf(context.Background(), k.Grantee().ID))
}
