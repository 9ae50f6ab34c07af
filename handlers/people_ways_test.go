package handlers

import (
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

func TestAdviceSaysWhatItTakesToTakeAccessAway(t *testing.T) {
	way := func(kind access.GranteeKind, full bool) services.Way {
		return services.Way{Way: models.Way{Grant: access.Grant{Via: access.Grantee{Kind: kind}}}, Full: full}
	}
	edit, view := way(access.Group, true), way(access.Group, false)
	key, lent := way(access.APIKey, true), way(access.TemporaryAccess, true)
	for _, c := range []struct {
		name string
		full access.Ability
		ways []services.Way
		want string
	}{
		{"one", access.Edit, []services.Way{edit}, "To take Edit away, this group has to change."},
		{"view alone", access.Edit, []services.Way{view, view}, "To take View away, both groups have to change."},
		{"edit and view", access.Edit, []services.Way{edit, view}, "To take Edit away, the first group has to change. Then View stays, from the second."},
		{"two and one", access.Edit, []services.Way{edit, edit, view}, "To take Edit away, both groups have to change. Then View stays, from the third."},
		{"three and two", access.Edit, []services.Way{edit, edit, edit, view, view}, "To take Edit away, all 3 groups have to change. Then View stays, from the other 2."},
		{"a temporary access among them", access.Edit, []services.Way{edit, lent}, "To take Edit away, both ways have to change."},
		{"an API key", access.Edit, []services.Way{key}, "To take Edit away, this way has to change."},
		{"another ability", access.Allowed, []services.Way{edit, edit}, "To take Allowed away, both groups have to change."},
	} {
		if got := advice(c.full, c.ways); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
