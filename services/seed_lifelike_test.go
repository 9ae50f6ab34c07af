package services_test

import (
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// middle is the organization that `bailiwick seed --middle` makes.
var middle = services.Seed{
	Key: "middle", Members: 800, Groups: 66, Resources: 400, Editors: 900, Domain: "content/sources", Random: 1, Lifelike: true,
}

// What makes work hard is in a lifelike organization: namesakes, names that differ at their end, several types, groups
// without members, memberships and keys that end, invitations that have run out.
func TestALifelikeOrganizationHoldsWhatMakesWorkHard(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		must(t, c.Seed(t.Context(), middle))
		wantSize(t, c, store, middle)
		file, err := files.ReadOrganization("export", []byte(exported(t, c, middle.Key)), c.Catalog())
		must(t, err)
		named, filled := map[string]int{}, map[string]bool{}
		for _, m := range file.Members {
			named[m.Name]++
			for _, g := range m.Groups {
				filled[g.Key] = true
			}
		}
		types, similar := map[string]int{}, map[string]int{}
		for _, r := range resourcesOf(file, middle.Domain) {
			types[r.Type]++
			similar[r.Name[:strings.LastIndex(r.Name, " – ")]]++
		}
		keysEnding, inactive, suspended := 0, 0, 0
		for _, m := range file.Members {
			if m.Status == "suspended" {
				suspended++
			}
		}
		for _, k := range file.APIKeys {
			if k.Expires != nil {
				keysEnding++
			}
			if k.Status == "disabled" {
				inactive++
			}
		}
		for _, want := range []struct {
			what               string
			found, least, most int
		}{
			{"people of one name", named["Access Coordinator"], 5, 7},
			{"names of people", len(named), 100, 200},
			{"types of sources", len(types), 5, 10},
			{"names of sources without their region", len(similar), 100, 200},
			{"memberships that end", endingMemberships(t, store, file.Groups), 134, 134},
			{"groups with members", len(filled), 60, len(file.Groups) - 3},
			{"keys", len(file.APIKeys), 12, 12},
			{"keys that end", keysEnding, 4, 4},
			{"inactive keys", inactive, 3, 3},
			{"suspended members", suspended, 2, 2},
		} {
			if want.found < want.least || want.found > want.most {
				t.Errorf("%s: %d, want %d to %d", want.what, want.found, want.least, want.most)
			}
		}
		wantInvitations(t, c, store)
	})
}

func resourcesOf(o *files.Organization, domain access.DomainKey) []files.Resource {
	for _, d := range o.Resources {
		if d.Domain == domain {
			return d.Resources
		}
	}
	return nil
}

// endingMemberships counts those of an organization that end.
func endingMemberships(t *testing.T, store *models.Store, groups []files.Group) int {
	t.Helper()
	o, err := store.OrganizationByKey(t.Context(), middle.Key)
	must(t, err)
	org, n := store.In(o.ID), 0
	for _, g := range groups {
		group, err := org.Group(t.Context(), g.Key)
		must(t, err)
		members, err := org.GroupMembers(t.Context(), group.Grantee().ID, models.Page{Limit: 100})
		must(t, err)
		for _, m := range members.Rows {
			if m.ExpiresAt != nil {
				n++
			}
		}
	}
	return n
}

// wantInvitations counts those that are open and those that have run out.
func wantInvitations(t *testing.T, c *services.Console, store *models.Store) {
	t.Helper()
	o, err := store.OrganizationByKey(t.Context(), middle.Key)
	must(t, err)
	for outcome, want := range map[string]int{"": 12, models.InvitationExpired: 2} {
		list, err := c.Invitations(t.Context(), c.Operator(o), services.InvitationQuery{Outcome: outcome})
		must(t, err)
		if len(list.Rows) != want {
			t.Errorf("%d invitations with outcome %q, want %d", len(list.Rows), outcome, want)
		}
	}
}
