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
