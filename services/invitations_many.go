package services

import (
	"context"
	"time"

	"bailiwick/models"
	"bailiwick/words"
)

// InvitationsAction is what can be done to many pending invitations at once.
type InvitationsAction string

// The actions.
const (
	ResendMany InvitationsAction = "resend"
	ExtendMany InvitationsAction = "extend"
	RevokeMany InvitationsAction = "revoke"
	LinksMany  InvitationsAction = "links" // done by CopyInvitationLinks, which answers with the links
)

// invitationsActions are what each is recorded as, and how it is done to one: it returns the state afterwards, nil where it ended.
var invitationsActions = map[InvitationsAction]struct {
	operation models.Operation
	do        func(tx *Tx, ctx context.Context, i models.Invitation, ends *time.Time) (any, error)
}{
	ResendMany: {models.OpInvitationResent, (*Tx).resendInvitation},
	ExtendMany: {models.OpInvitationExtended, (*Tx).extendInvitation},
	RevokeMany: {models.OpInvitationRevoked, (*Tx).revokeInvitation},
}

// InvitationsChosen is a selection in the list of invitations, whatever Outcome its filter asks for: with All, of those that are pending.
type InvitationsChosen = Chosen[models.InvitationID, InvitationQuery]

// ManyInvitations is a selection of invitations, and what the caller may do with them.
type ManyInvitations struct {
	Invitations []models.Invitation
	Matching    int // pending ones that the list's filter finds; above MaxMany nobody counts further
	Actions     map[InvitationsAction]Many[ChosenInvitation]
}

// ChosenInvitation is an invitation with what a review says of it.
type ChosenInvitation struct {
	models.Invitation
	Groups []models.InvitedGroup // by name, those that are gone among them
	Runs   time.Time             // until when it would run if it were extended now; zero where the action is another one

	ends *time.Time // until when the caller can give what it gives; nil: for good
}

// ManyInvitations tells what the caller may do with a selection.
func (c *Console) ManyInvitations(ctx context.Context, by Caller, chosen InvitationsChosen) (ManyInvitations, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return ManyInvitations{}, err
	}
	invitations, matching, err := v.chosenInvitations().counted(ctx, chosen)
	if err != nil {
		return ManyInvitations{}, err
	}
	many := ManyInvitations{Invitations: invitations, Matching: matching, Actions: map[InvitationsAction]Many[ChosenInvitation]{}}
	for action := range invitationsActions {
		if many.Actions[action], err = v.judgeInvitations(ctx, action, invitations); err != nil {
			return ManyInvitations{}, err
		}
	}
	many.Actions[LinksMany], err = v.judgeInvitations(ctx, LinksMany, invitations)
	return many, err
}

// ReviewInvitations says to which of a selection an action can be done.
func (c *Console) ReviewInvitations(ctx context.Context, by Caller, action InvitationsAction, chosen InvitationsChosen) (Many[ChosenInvitation], error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return Many[ChosenInvitation]{}, err
	}
	return v.reviewInvitations(ctx, action, chosen)
}

// DoWithInvitations does it to all of the invitations in one change, or to none. Overtaken where it can't be done to all any more. Field
// of errors: Invitations.
func (c *Console) DoWithInvitations(ctx context.Context, by Caller, action InvitationsAction, invitations []models.InvitationID) error {
	a := invitationsActions[action]
	return c.changeInvitations(ctx, by, action, a.operation, invitations, func(tx *Tx, i ChosenInvitation) (any, error) {
		return a.do(tx, ctx, i.Invitation, i.ends)
	}, nil)
}

// InvitationLink is an invitation and the path of a link to it that was made for handing on.
type InvitationLink struct {
	models.Invitation
	Path string
}

// CopyInvitationLinks makes another link to each of the invitations, for handing them on, as CopyInvitationLink does to one: to all of
// them or to none. They are shown once: a form that was sent before is ErrFormSent. Overtaken as for DoWithInvitations.
func (c *Console) CopyInvitationLinks(ctx context.Context, by Caller, invitations []models.InvitationID, once string) ([]InvitationLink, error) {
	var links []InvitationLink
	err := c.changeInvitations(ctx, by, LinksMany, models.OpInvitationLinkCopied, invitations, func(tx *Tx, i ChosenInvitation) (any, error) {
		path, err := c.mintInvitationLink(ctx, tx.Store(), i.ID, tx.By.Person.ID)
		if err != nil {
			return nil, err
		}
		links = append(links, InvitationLink{i.Invitation, path})
		return invitationState(i.Invitation), nil
	}, func(tx *Tx) error { return tx.sendForm(ctx, once) })
	if err != nil {
		return nil, err
	}
	return links, nil
}

// changeInvitations does something with many invitations, each of which it notes, in one change. First comes before, once all of it may be
// done; nil: nothing.
func (c *Console) changeInvitations(
	ctx context.Context, by Caller, action InvitationsAction, operation models.Operation, invitations []models.InvitationID,
	do func(tx *Tx, i ChosenInvitation) (after any, err error), first func(tx *Tx) error,
) error {
	return changeMany(ctx, c, by, invitations, changeOfMany[models.InvitationID, ChosenInvitation]{
		operation: operation, field: "Invitations", of: words.Invitations, most: MaxMany,
		may: func(tx *Tx) error { return tx.must(ctx, ViewGroups, 0) },
		judge: func(tx *Tx, ids []models.InvitationID) (Many[ChosenInvitation], error) {
			return tx.reviewInvitations(ctx, action, InvitationsChosen{Keys: ids})
		},
		do: func(tx *Tx, rows []ChosenInvitation) error {
			if first != nil {
				if err := first(tx); err != nil {
					return err
				}
			}
			for _, i := range rows {
				after, err := do(tx, i)
				if err != nil {
					return err
				}
				tx.recordInvitation(operation, i.Groups, invitationState(i.Invitation), after)
			}
			return nil
		},
	})
}

// chosenInvitations are where a selection of pending invitations is read from.
func (v *view) chosenInvitations() chosenIn[models.InvitationID, InvitationQuery, models.Invitation] {
	return chosenIn[models.InvitationID, InvitationQuery, models.Invitation]{v.invitationsMatching, v.InvitationsByIDs, func(i models.Invitation) models.InvitationID { return i.ID }}
}

// invitationsMatching are the pending invitations that a filter finds, one more than MaxMany at most.
func (v *view) invitationsMatching(ctx context.Context, query InvitationQuery) (matching[models.Invitation], error) {
	filter := models.InvitationFilter{Page: models.Page{Query: query.Query, Limit: MaxMany + 1}, Ends: endsWithin(query.Ends, v.At)}
	found, err := firstMatching(func(after string) (models.Listing[models.Invitation], error) {
		filter.After = after
		return v.Invitations(ctx, filter, v.At)
	})
	if err != nil {
		return matching[models.Invitation]{}, err
	}
	found.whole = found.whole && query.Outcome == "" // a list of those that have ended has others
	return found, nil
}

// resendInvitation queues another mail of an invitation.
func (tx *Tx) resendInvitation(ctx context.Context, i models.Invitation, _ *time.Time) (any, error) {
	if err := tx.NoteInvitationMail(ctx, i.ID, i.Revision, tx.At); err != nil {
		return nil, err
	}
	return invitationState(i), tx.mail(ctx, models.Mail{Kind: MailInvitation, Recipient: i.Email, AboutID: int64(i.ID)})
}

// extendInvitation lets an invitation run for another whole term, no longer than the caller can give what it gives.
func (tx *Tx) extendInvitation(ctx context.Context, i models.Invitation, ends *time.Time) (any, error) {
	i.ExpiresAt = tx.console.extendedUntil(tx.At, i, ends)
	return invitationState(i), tx.ExtendInvitation(ctx, i.ID, i.Revision, i.ExpiresAt)
}

// revokeInvitation ends an invitation.
func (tx *Tx) revokeInvitation(ctx context.Context, i models.Invitation, _ *time.Time) (any, error) {
	return nil, tx.EndInvitation(ctx, i.ID, models.InvitationRevoked, "", 0, tx.At)
}
