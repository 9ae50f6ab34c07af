package web_test

import (
	"fmt"
	"net/url"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// invitedIntoEach is an invitation into each group, by the administrator.
func invitedIntoEach(t *testing.T, w world) map[string]models.InvitationID {
	t.Helper()
	invited := map[string]models.InvitationID{}
	for _, g := range (&above{world: w}).groups() {
		results, err := w.Console.Invite(t.Context(), w.storyAdministrator(t), services.NewInvitations{
			Provider: services.ProviderAny, Emails: []string{"invited@example.com"}, Groups: []string{g.Key}, Confirmed: true})
		if err != nil || len(results) != 1 || results[0].Outcome != services.Invited {
			t.Fatalf("invite into %s: %+v, %v", g.Key, results, err)
		}
		invited[g.Key] = results[0].Invitation.ID
	}
	return invited
}

func (w world) storyAdministrator(t *testing.T) services.Caller {
	t.Helper()
	person := modelstest.Proven(t, w.Store, "admin@example.com")
	by, err := w.Console.Identify(t.Context(), services.Session{Person: person, Provider: services.ProviderPassword}, "story", "")
	if err != nil {
		t.Fatal(err)
	}
	return by
}

// invitations are of a friend, or a stranger, into groups that the caller may not edit or that hold more than the caller.
func invitations(fromGroup bool) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, g := range a.groups() {
				if a.mayEdit(as, g.Resource) && !a.beyond(as, g) {
					continue
				}
				for _, email := range []string{as + "@example.com", "stranger@example.com"} {
					form := url.Values{"provider": {"any"}, "who_typed": {email}, "group": {g.Key}, "confirm_administrators": {"yes"}}
					path := "/members/-/invite"
					if fromGroup {
						path = "/groups/" + g.Key + "/members/-/invite"
					}
					all = append(all, attempt{as, path, form})
				}
			}
		}
		return all
	}
}

// strongerInvitations do something with invitations that give more than the caller may: a link to one, or its being open
// for longer, would give all of that.
func strongerInvitations(fromGroup bool, door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		return a.doorsOfInvitations(fromGroup, door, func(as string, g models.Group) bool {
			return !a.mayEdit(as, g.Resource) || a.beyond(as, g)
		})
	}
}

// foreignInvitations do something with invitations into groups that the caller cannot edit.
func foreignInvitations(fromGroup bool, door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		return a.doorsOfInvitations(fromGroup, door, func(as string, g models.Group) bool { return !a.mayEdit(as, g.Resource) })
	}
}

func (a *above) doorsOfInvitations(fromGroup bool, door string, tried func(as string, g models.Group) bool) []attempt {
	var all []attempt
	for _, as := range callersBelow {
		for _, g := range a.groups() {
			if !tried(as, g) {
				continue
			}
			list := "/members"
			if fromGroup {
				list = "/groups/" + g.Key + "/members"
			}
			all = append(all, attempt{as, fmt.Sprintf("%s/-/invitations/%d", list, a.invited[g.Key]) + door, url.Values{}})
		}
	}
	return all
}

// manyInvitations do something with many invitations, one of them into a group that the caller cannot edit or that gives more.
func manyInvitations(door string) func(a *above) []attempt {
	return func(a *above) []attempt {
		var all []attempt
		for _, as := range callersBelow {
			for _, g := range a.groups() {
				if !a.mayEdit(as, g.Resource) || door != "revoke" && a.beyond(as, g) {
					all = append(all, attempt{as, "/members/-/invitations/-/many/" + door, url.Values{"row": {fmt.Sprint(a.invited[g.Key])}}})
				}
			}
		}
		return all
	}
}
