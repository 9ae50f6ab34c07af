package services

import (
	"context"
	"fmt"
	"slices"

	"bailiwick/models"
	"bailiwick/services/outbox"
	"bailiwick/words"
)

// composeInvitation writes the mail of an invitation with a link of its own. An invitation that can't be accepted any more is not
// sent.
func (c *Console) composeInvitation(ctx context.Context, m models.Mail) (Message, error) {
	i, err := c.store.InvitationByID(ctx, models.InvitationID(m.AboutID))
	if err != nil {
		return Message{}, gone(err)
	}
	if !i.Pending(c.now()) {
		return Message{}, outbox.ErrObsolete
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
		After: []string{fmt.Sprintf("The link works until %s. Never give it to anybody: the person who uses it joins as you. If you don’t know this organization, ignore this mail.",
			words.Moment(i.ExpiresAt))},
	}, nil
}

// groupNames is "the group Users" or "the groups A, B and C".
func groupNames(groups []models.InvitedGroup) string {
	names := make([]string, len(groups))
	for n, g := range groups {
		names[n] = g.Name
	}
	if len(names) == 0 {
		return "no group"
	}
	return "the " + words.Groups.Of(len(names)) + " " + words.And(names)
}
