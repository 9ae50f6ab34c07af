package web_test

import (
	"context"
	"fmt"
	"net/url"

	"bailiwick/models"
)

// memberTabs put people, oneself among them, into groups that hold more than the caller, through the Groups tab of their
// page; for good and until some day.
func memberTabs(door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, g := range a.groups() {
				for _, m := range a.members() {
					if !a.beyond(as, g) || in(m, g) {
						continue
					}
					for _, until := range []string{"", "2027-03-01T00:00"} {
						all = append(all, attempt{as, fmt.Sprintf("/members/%d", m.ID) + door, url.Values{"revision": {fmt.Sprint(m.Revision)},
							"rows": {g.Key}, "in." + g.Key: {"yes"}, "until." + g.Key: {until}, "confirm_administrators": {"yes"}}})
					}
				}
			}
		}
		return all
	}
}

// removals take people out of the organization, by somebody who may not edit all groups.
func removals(a *above) []attempt {
	var all []attempt
	for _, as := range callersBelow {
		for _, m := range a.members() {
			if as != "delegate" {
				all = append(all, attempt{as, fmt.Sprintf("/members/%d/delete", m.ID), url.Values{}})
			}
		}
	}
	return all
}

func in(m models.Member, g models.Group) bool {
	for _, key := range m.GroupKeys {
		if key == g.Key {
			return true
		}
	}
	return false
}

func (a *above) members() []models.Member {
	return known(a.organization().AllMembers(context.Background()))
}

// manyRemovals take people out of the organization by the way that takes many.
func manyRemovals(a *above) []attempt { return manyDoors("remove")(a) }

// manyDoors do to many members what takes Edit on all groups, as removing them does.
func manyDoors(door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			if as == "delegate" {
				continue
			}
			for _, m := range a.members() {
				all = append(all, attempt{as, "/members/-/many/" + door, url.Values{"row": {fmt.Sprint(m.ID)}}})
			}
		}
		return all
	}
}

// memberDoors do the same to one member.
func memberDoors(door string, form url.Values) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, m := range a.members() {
				if as != "delegate" {
					all = append(all, attempt{as, fmt.Sprintf("/members/%d/%s", m.ID, door), form})
				}
			}
		}
		return all
	}
}

// manyAdditions put people into groups that hold more than the caller.
func manyAdditions(a *above) []attempt {
	var all []attempt
	for _, as := range callersBelow {
		for _, g := range a.groups() {
			for _, m := range a.members() {
				if a.beyond(as, g) && !in(m, g) {
					all = append(all, attempt{as, "/members/-/many/groups", url.Values{"row": {fmt.Sprint(m.ID)}, "into": {g.Key}, "confirm_administrators": {"yes"}}})
				}
			}
		}
	}
	return all
}

// manyDepartures take people out of groups that the caller may not edit.
func manyDepartures(a *above) []attempt {
	var all []attempt
	for _, as := range callersBelow {
		for _, g := range a.groups() {
			for _, m := range a.members() {
				if !a.mayEdit(as, g.Resource) && in(m, g) {
					all = append(all, attempt{as, "/members/-/many/leave", url.Values{"row": {fmt.Sprint(m.ID)}, "into": {g.Key}}})
				}
			}
		}
	}
	return all
}

// manyEnds set an end for people who are in a group that the caller may not edit.
func manyEnds(a *above) []attempt {
	var all []attempt
	for _, as := range callersBelow {
		for _, m := range a.members() {
			foreign := false
			for _, g := range a.groups() {
				foreign = foreign || in(m, g) && !a.mayEdit(as, g.Resource)
			}
			if foreign && m.Email != as+"@example.com" {
				all = append(all, attempt{as, "/members/-/many/end", url.Values{"row": {fmt.Sprint(m.ID)}, "until": {"2027-03-01"}}})
			}
		}
	}
	return all
}

// manyOfGroups change the memberships of groups that the caller may not edit, on the tabs of the groups.
func manyOfGroups(door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, g := range a.groups() {
				for _, m := range a.members() {
					if !a.mayEdit(as, g.Resource) && in(m, g) {
						all = append(all, attempt{as, "/groups/" + g.Key + "/members/-/many/" + door, url.Values{"row": {fmt.Sprint(m.ID)}, "until": {"2027-03-01"}}})
					}
				}
			}
		}
		return all
	}
}

// manyGroups delete groups that the caller may not edit.
func manyGroups(a *above) []attempt {
	var all []attempt
	for _, as := range callersBelow {
		for _, g := range a.groups() {
			if !a.mayEdit(as, g.Resource) {
				all = append(all, attempt{as, "/groups/-/many/delete", url.Values{"row": {g.Key}}})
			}
		}
	}
	return all
}
