package web_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// inside is who and what can come in: memberships, invitations and keys with their end, accounts, and what is held.
type inside struct {
	ends map[string]time.Time
	held map[string]access.PrivilegeSet // by the names of groups and keys; the new ones hold nothing
}

var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

func (l *lending) inside(t *testing.T) inside {
	t.Helper()
	ctx, scope := t.Context(), l.organization()
	in := inside{map[string]time.Time{}, map[string]access.PrivilegeSet{}}
	until := func(at *time.Time) time.Time {
		if at == nil {
			return never
		}
		return *at
	}
	for _, m := range l.members() {
		for _, s := range known(scope.MembershipsOf(ctx, m.PersonID)) {
			in.ends["the membership of "+m.Email+" in "+s.GroupKey] = until(s.ExpiresAt)
		}
	}
	for _, i := range known(scope.Invitations(ctx, models.InvitationFilter{}, l.clock.Now())).Rows {
		in.ends[fmt.Sprintf("invitation %d, mailed %d times", i.ID, i.Mails)] = i.ExpiresAt
	}
	for _, k := range known(scope.AllAPIKeys(ctx)) {
		in.ends[fmt.Sprintf("the key %s, enabled %t, with the secrets %s and %s", k.Key, k.Enabled, k.SecretHash, k.PreviousHash)] = until(k.ExpiresAt)
		in.held["key "+k.Key] = known(scope.PrivilegesOf(ctx, k.Grantee().ID))
	}
	for _, g := range l.groups() {
		in.held["group "+g.Key] = l.set(g)
	}
	for _, email := range []string{"stranger@example.org", "new@example.org"} {
		if _, err := l.Store.PersonByEmail(ctx, email); !errors.Is(err, models.ErrNotFound) {
			in.ends["the account of "+email] = never
		}
	}
	return in
}

func (in inside) wantNoMore(t *testing.T, catalog *access.Catalog, at string, after inside) {
	t.Helper()
	for what, end := range after.ends {
		if was, there := in.ends[what]; !there || end.After(was) {
			t.Errorf("%s: there is %s until %s, and was until %s", at, what, end, was)
		}
	}
	for who, set := range after.held {
		for domain, p := range set {
			d, was := catalog.Domain(domain), in.held[who][domain]
			if d.Abilities(p.Level, p.CanCreate)&^d.Abilities(was.Level, was.CanCreate) != 0 || len(p.Editors) > len(was.Editors) {
				t.Errorf("%s: the %s holds %+v on %s, and held %+v", at, who, p, domain, was)
			}
		}
	}
}
