package services

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"bailiwick/models"
	"bailiwick/services/outbox"
)

// composeInvitation writes the mail of an invitation with a link of its own. One that can't be accepted any more is not
// sent.
func (c *Console) composeInvitation(ctx context.Context, m models.Mail) (Message, error) {
	i, err := c.store.InvitationByID(ctx, models.InvitationID(m.AboutID))
	if errors.Is(err, models.ErrNotFound) || err == nil && !i.Pending(c.now()) {
		return Message{}, outbox.ErrObsolete
	}
	if err != nil {
		return Message{}, err
	}
	joining, err := c.describe(ctx, i)
	if err != nil {
		return Message{}, err
	}
	if joining.Standing != (Standing{}) {
		return Message{}, outbox.ErrObsolete
	}
	path, err := c.mintInvitationLink(ctx, c.store, i.ID, 0)
	if err != nil {
		return Message{}, err
	}
	organization := joining.Organization.Name
	return Message{
		Subject: i.InviterName + " invites you to " + organization,
		Paragraphs: slices.Concat(
			[]string{fmt.Sprintf("%s invites you to join %s in %s.", i.InviterName, organization, groupNames(joining.Groups))},
			joining.Ends(),
			[]string{"You join with: " + Provider(i.Provider).Name() + "."}),
		LinkText: "Join " + organization,
		Path:     path,
		After: []string{fmt.Sprintf("The link works until %s UTC. Never pass it on: it joins as you. If you don’t know what this is about, ignore it: nothing happens.",
			i.ExpiresAt.UTC().Format("2 January 2006, 15:04"))},
	}, nil
}

// groupNames is "the group Users" or "the groups A, B and C".
func groupNames(groups []models.InvitedGroup) string {
	names := make([]string, len(groups))
	for n, g := range groups {
		names[n] = g.Name
	}
	switch n := len(names); n {
	case 0:
		return "no group"
	case 1:
		return "the group " + names[0]
	default:
		return "the groups " + strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}
