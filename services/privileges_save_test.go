package services_test

import (
	"context"
	"testing"

	"bailiwick/access"
	"bailiwick/services"
)

func ofGroup(key string) services.Holder { return services.Holder{Kind: access.Group, Key: key} }

func ofKey(key string) services.Holder { return services.Holder{Kind: access.APIKey, Key: key} }

// setPrivileges saves a group's Privileges tab.
func setPrivileges(ctx context.Context, c *services.Console, by services.Caller, group string, revision int64, choices services.PrivilegeChoices) error {
	_, err := c.SavePrivileges(ctx, by, ofGroup(group), services.PrivilegesDraft{Revision: revision, Choices: choices})
	return err
}

// setKeyPrivileges saves an API key's Privileges tab.
func setKeyPrivileges(ctx context.Context, c *services.Console, by services.Caller, key string, revision int64, choices services.PrivilegeChoices) error {
	_, err := c.SavePrivileges(ctx, by, ofKey(key), services.PrivilegesDraft{Revision: revision, Choices: choices})
	return err
}

// onDomain is a domain of the tab; zero where it has none of that key.
func onDomain(tab services.PrivilegesTab, key access.DomainKey) services.PrivilegeDomain {
	for _, d := range tab.Domains {
		if d.Key == key {
			return d
		}
	}
	return services.PrivilegeDomain{}
}

// What nobody chose stays as somebody else saved it meanwhile, whatever the form was made with.
func TestUntouchedPrivilegesAreThoseThatStand(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		draft := services.PrivilegesDraft{Choices: services.PrivilegeChoices{
			"content/fields":     {Level: access.LevelNone, Untouched: true},
			"content/sources":    {Level: access.LevelView, Untouched: true},
			"search/impersonate": {Level: access.LevelAllowed},
		}}
		tab := p.tab("administrator", ofGroup("readers"), draft)
		if len(tab.Differences) != 1 || tab.Differences[0].Domain != "search/impersonate" || onDomain(tab, "content/fields").Chosen.Level != access.LevelEdit {
			t.Errorf("it changes %+v", tab.Differences)
		}
	})
}
