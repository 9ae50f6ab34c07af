package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// inviting are invitations in the making, with all that judging its addresses needs: read once for all of them.
type inviting struct {
	*view
	wanted  NewInvitations
	as      models.Operation // that the record has of each
	groups  []models.Group
	members map[models.MemberOf]bool
	open    map[string][]models.InvitedAlready
	seated  map[string]models.Seat // addresses that take a seat already
	mailed  map[string]int         // invitations by mail in the last day
	before  Seats
	free    int        // seats; below 0 where there are too few already
	mails   int        // that may still go out
	ends    *time.Time // until when the inviter can give all of it (R7); nil: for good
}

func (c *Console) newInviting(
	ctx context.Context, v *view, n NewInvitations, groups []models.Group, addresses []InviteResult,
) (*inviting, error) {
	i := &inviting{view: v, wanted: n, as: models.OpInvitationCreated, groups: groups, members: map[models.MemberOf]bool{},
		open: map[string][]models.InvitedAlready{}}
	emails := emailsOf(addresses)
	for _, read := range []func(context.Context, []string) error{i.readMembers, i.readOpen, i.readLimits} {
		if err := read(ctx, emails); err != nil {
			return nil, err
		}
	}
	return i, nil
}

// emailsOf are the addresses among what was given.
func emailsOf(given []InviteResult) []string {
	var emails []string
	for _, a := range given {
		if a.Email != "" {
			emails = append(emails, a.Email)
		}
	}
	return emails
}

func (i *inviting) ids() []access.GranteeID {
	ids := make([]access.GranteeID, len(i.groups))
	for n, g := range i.groups {
		ids[n] = g.Grantee().ID
	}
	return ids
}

func (i *inviting) readMembers(ctx context.Context, emails []string) error {
	found, err := i.MembersAmong(ctx, emails, i.ids())
	if err != nil {
		return err
	}
	for _, m := range found {
		i.members[m] = true
	}
	return nil
}

func (i *inviting) readOpen(ctx context.Context, emails []string) error {
	found, err := i.InvitedAlready(ctx, emails, i.ids())
	if err != nil {
		return err
	}
	for _, open := range found {
		i.open[open.Email] = append(i.open[open.Email], open)
	}
	return nil
}

// readLimits finds out how many seats are free and how many mails may go out.
func (i *inviting) readLimits(ctx context.Context, emails []string) error {
	organization, err := i.Organization(ctx)
	if err != nil {
		return err
	}
	if i.before, err = i.view.seats(ctx, organization); err != nil {
		return err
	}
	i.free = i.before.All - i.before.Taken
	if i.seated, err = i.Seated(ctx, emails, i.At); err != nil {
		return err
	}
	if !i.wanted.Notify {
		return nil
	}
	sent, err := i.CountMailed(ctx, i.At.Add(-invitationMailing))
	if err != nil {
		return err
	}
	i.mails = mailsInAnHour - sent
	i.mailed, err = i.CountMailedTo(ctx, emails, i.At.Add(-aDay))
	return err
}

// one judges one address and invites it.
func (i *inviting) one(ctx context.Context, tx *Tx, result *InviteResult) error {
	if result.Outcome == NoAddress {
		return nil
	}
	result.Member = i.seated[result.Email].Member
	result.Groups, result.Outcome = i.missing(*result)
	if result.Outcome == Invited {
		result.Outcome = i.limit(result.Email)
	}
	switch result.Outcome {
	case OpenAlready:
		return i.findOpen(ctx, result)
	case Invited:
		return i.create(ctx, tx, result)
	}
	result.Groups = nil
	return nil
}

// missing are the groups that the address is neither in nor invited into.
func (i *inviting) missing(r InviteResult) ([]models.Group, InviteOutcome) {
	open := map[access.GranteeID]bool{}
	for _, o := range i.open[r.Email] {
		open[o.GroupID] = true
	}
	var groups []models.Group
	outcome := MemberAlready
	for _, g := range i.groups {
		switch id := g.Grantee().ID; {
		case i.members[models.MemberOf{Email: r.Email, GroupID: id}]:
		case open[id]:
			outcome = OpenAlready
		default:
			groups = append(groups, g)
		}
	}
	if len(groups) > 0 {
		outcome = Invited
	}
	return groups, outcome
}

// limit refuses an address that would take a seat where none is free, and a mail too many.
func (i *inviting) limit(email string) InviteOutcome {
	switch {
	case !i.seated[email].Taken && i.free <= 0:
		return NoSeat
	case i.notifies() && (i.mails <= 0 || i.mailed[email] >= mailsToOneInADay):
		return TooManyMails
	}
	return Invited
}

// notifies tells whether a mail goes with each invitation.
func (i *inviting) notifies() bool { return i.wanted.Notify && i.console.Mails() }

func (i *inviting) findOpen(ctx context.Context, result *InviteResult) error {
	var err error
	result.Invitation, err = i.Invitation(ctx, i.open[result.Email][0].ID)
	return err
}

// invitationEnd is when an invitation made now runs out: no later than the person who makes it can give what it gives, or than the
// memberships would end.
func (c *Console) invitationEnd(at time.Time, ends *time.Time) time.Time {
	end := at.Add(c.invitationLife)
	return *sooner(&end, ends)
}

// create makes the invitation, and queues the mail or mints a link to copy.
func (i *inviting) create(ctx context.Context, tx *Tx, result *InviteResult) error {
	n := models.Invitation{
		Email: result.Email, Provider: string(i.wanted.Provider), Notify: i.wanted.Notify, InviterID: i.By.Person.ID,
		InviterName: i.By.Signature(), CreatedAt: i.At, ExpiresAt: i.console.invitationEnd(i.At, sooner(i.ends, i.wanted.Until)),
		MembershipUntil: i.wanted.Until,
	}
	if i.notifies() {
		n.Mails, n.MailedAt = 1, &i.At
		i.mails--
	}
	var ids []access.GranteeID
	for _, g := range result.Groups {
		ids = append(ids, g.Grantee().ID)
	}
	if err := tx.CreateInvitation(ctx, &n, ids); err != nil {
		return err
	}
	for _, g := range result.Groups {
		tx.record(i.as, about(g.Resource), nil, invitationState(n))
	}
	result.Invitation = n
	if !i.seated[n.Email].Taken {
		i.free--
	}
	if i.notifies() {
		return tx.mail(ctx, models.Mail{Kind: MailInvitation, Recipient: n.Email, AboutID: int64(n.ID)})
	}
	var err error
	result.Link, err = i.console.mintInvitationLink(ctx, tx.Store(), n.ID, i.By.Person.ID)
	return err
}
