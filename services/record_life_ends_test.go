package services_test

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/services"
)

// ends is somebody who holds everything for an hour and raises a group and a key: that ends by itself.
func (l *life) ends(ctx context.Context) {
	end := l.clock.Now().Add(time.Hour)
	_, err := l.c.AddMember(ctx, l.admin, "administrators", services.NewMembership{Email: "editor@example.com", Until: &end, Confirmed: true})
	must(l, err)
	wanted := services.PrivilegeChoices{"content/fields": {Level: access.LevelView}, "content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"jira": true}}}
	issued, err := l.c.AddAPIKey(ctx, l.admin, services.NewAPIKey{Once: l.c.NewFormToken(), Template: "custom", Privileges: services.NewPrivileges{Choices: wanted},
		APIKeyConfiguration: services.APIKeyConfiguration{Name: "Raised", Expires: new(l.clock.Now().AddDate(0, 0, 30))}})
	must(l, err)
	l.secrets = append(l.secrets, issued.Secret)
	group, err := l.c.AddGroup(ctx, l.admin, services.NewGroup{Name: "Raised", Privileges: services.NewPrivileges{Choices: wanted}})
	must(l, err)
	temp := callerOf(l.T, l.c, l.store, "editor@example.com")
	raised := services.PrivilegeChoices{"content/fields": {Level: access.LevelEdit}, "content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"web": true}}}
	err = setPrivileges(ctx, l.c, temp, group, l.group(group).Revision, raised)
	must(l, err)
	err = setKeyPrivileges(ctx, l.c, temp, issued.Key, issued.Revision, raised)
	must(l, err)
	l.clock.Advance(2 * time.Hour)
	must(l, l.c.EndExpired(ctx))
	// And one that still lasts, so that the present has an end.
	end = l.clock.Now().Add(time.Hour)
	_, err = l.c.AddMember(ctx, l.admin, "administrators", services.NewMembership{Email: "editor@example.com", Until: &end, Confirmed: true})
	must(l, err)
	err = setPrivileges(ctx, l.c, callerOf(l.T, l.c, l.store, "editor@example.com"), group, l.group(group).Revision, raised)
	must(l, err)
}
