package services_test

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

// support is every way that temporary access goes.
func (l *life) support(ctx context.Context) {
	l.Helper()
	applyOperator(l.T, l.c, operatorFile)
	must(l, l.c.SetVendorPassword(ctx, "agent@vendor.example", passphrase))
	must(l, l.c.SubscribeToRequests(ctx, l.admin))
	must(l, l.c.UnsubscribeFromRequests(ctx, l.admin))
	agent, err := l.store.PersonByEmail(ctx, "agent@vendor.example")
	must(l, err)
	who := services.Session{Person: agent, Provider: services.ProviderPassword}
	request := func() string {
		a, err := l.c.RequestAccess(ctx, who, "acme", services.AccessRequest{
			Privileges:    map[access.DomainKey]access.Level{"content/sources": access.LevelEdit},
			Justification: because, Until: l.clock.Now().Add(time.Hour), Address: "192.0.2.7",
		})
		must(l, err)
		return a.Key
	}
	_, err = l.c.RevokeTemporaryAccess(ctx, l.admin, request())
	must(l, err)
	_, err = l.c.EndOwnRequest(ctx, who, "acme", request(), "192.0.2.7")
	must(l, err)
	request()
	l.clock.Advance(time.Hour)
	must(l, l.c.EndExpiredAccesses(ctx))
	request()
	must(l, l.c.SetSupportAccess(ctx, l.admin, false, true))
	must(l, l.c.SetSupportAccess(ctx, l.admin, true, false))
	l.keeps(ctx, agent)
}

// keeps decides that somebody whom personnel brought in stays.
func (l *life) keeps(ctx context.Context, agent models.Person) {
	l.Helper()
	o, err := l.store.OrganizationByKey(ctx, "acme")
	must(l, err)
	scope := l.store.In(o.ID)
	_, err = l.c.AddGroup(ctx, l.admin, services.NewGroup{Name: "Empty"})
	must(l, err)
	_, err = l.c.AddMember(ctx, l.admin, "empty", services.NewMembership{Email: administrator})
	must(l, err)
	group := l.group("empty")
	must(l, scope.Append(ctx, []models.Activity{{At: l.clock.Now(), ActorKind: models.ActorSupport, ActorID: int64(agent.ID), ActorName: agent.Name,
		Address: "192.0.2.7", Operation: "group.add-member",
		Outcome: models.OutcomeDone, Domain: access.GroupsDomain, ResourceID: group.ID, ResourceKey: group.Key, ResourceName: group.Name,
		After: `{"member":"` + administrator + `","person":"` + l.admin.Person.Name + `"}`}}))
	list, err := l.c.BroughtIn(ctx, l.admin)
	must(l, err)
	_, err = l.c.KeepMembership(ctx, l.admin, list.Rows[0].ID)
	must(l, err)
}
