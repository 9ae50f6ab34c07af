package services_test

import (
	"context"

	"bailiwick/access"
	"bailiwick/services"
)

func ofGroup(key string) services.Holder { return services.Holder{Kind: access.Group, Key: key} }

func ofKey(key string) services.Holder { return services.Holder{Kind: access.APIKey, Key: key} }

// setPrivileges saves a group's Privileges tab.
func setPrivileges(ctx context.Context, c *services.Console, by services.Caller, group string, revision int64, choices services.PrivilegeChoices) error {
	_, err := c.SavePrivileges(ctx, by, ofGroup(group), revision, services.PrivilegesDraft{Choices: choices})
	return err
}

// setKeyPrivileges saves an API key's Privileges tab.
func setKeyPrivileges(ctx context.Context, c *services.Console, by services.Caller, key string, revision int64, choices services.PrivilegeChoices) error {
	_, err := c.SavePrivileges(ctx, by, ofKey(key), revision, services.PrivilegesDraft{Choices: choices})
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
