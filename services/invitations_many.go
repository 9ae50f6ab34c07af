package services

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"bailiwick/access"
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

// InvitationsChosen is a selection in the list of pending invitations: some by number, or with All the first that its filter finds,
// MaxMany at most.
type InvitationsChosen struct {
	IDs   []models.InvitationID
	All   bool
	Query string
	Ends  int // days: of those, the ones that run out within so many; 0 = all
}

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

	ends *time.Time // until when the caller can give what it gives; nil: for good
}

// ManyInvitations tells what the caller may do with a selection.
func (c *Console) ManyInvitations(ctx context.Context, by Caller, chosen InvitationsChosen) (ManyInvitations, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return ManyInvitations{}, err
	}
	matching, err := v.invitationsMatching(ctx, chosen)
	if err != nil {
		return ManyInvitations{}, err
	}
	many := ManyInvitations{Matching: len(matching), Actions: map[InvitationsAction]Many[ChosenInvitation]{}}
	for action := range invitationsActions {
		judged, err := v.reviewInvitations(ctx, action, chosen)
		if err != nil {
			return ManyInvitations{}, err
		}
		if many.Actions[action] = judged; len(many.Invitations) == 0 {
			for _, o := range judged.Outcomes {
				many.Invitations = append(many.Invitations, o.Row.Invitation)
			}
		}
	}
	many.Actions[LinksMany] = many.Actions[ExtendMany] // both give anew what an invitation gives
	return many, nil
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
	ids := distinct(invitations)
	return c.change(ctx, by, operation, subject{Name: words.Invitations.Count(len(ids))}, func(tx *Tx) error {
		if err := tx.must(ctx, ViewGroups, 0); err != nil {
			return err
		}
		if err := fewEnough("Invitations", len(ids), words.Invitations); err != nil {
			return err
		}
		many, err := tx.reviewInvitations(ctx, action, InvitationsChosen{IDs: ids})
		if err != nil {
			return err
		}
		if err := many.confirmed(); err != nil {
			return err
		}
		if first != nil {
			if err := first(tx); err != nil {
				return err
			}
		}
		for _, i := range many.Can() {
			after, err := do(tx, i)
			if err != nil {
				return err
			}
			tx.recordInvitation(operation, i.Groups, invitationState(i.Invitation), after)
		}
		return nil
	})
}

// invitationsMatching are the pending invitations that a filter finds, one more than MaxMany at most.
func (v *view) invitationsMatching(ctx context.Context, chosen InvitationsChosen) ([]models.Invitation, error) {
	filter := models.InvitationFilter{Page: models.Page{Query: chosen.Query, Limit: MaxMany + 1}, Ends: endsWithin(chosen.Ends, v.At)}
	return firstMatching(func(after string) (models.Listing[models.Invitation], error) {
		filter.After = after
		return v.Invitations(ctx, filter, v.At)
	})
}

// reviewInvitations judges a selection one by one, in statements that depend on how many inviters and sets of groups there are.
func (v *view) reviewInvitations(ctx context.Context, action InvitationsAction, chosen InvitationsChosen) (Many[ChosenInvitation], error) {
	var many Many[ChosenInvitation]
	var invitations []models.Invitation
	var err error
	if chosen.All {
		if invitations, err = v.invitationsMatching(ctx, chosen); err != nil {
			return many, err
		}
		invitations = invitations[:min(len(invitations), MaxMany)]
	} else {
		ids := distinct(chosen.IDs)
		if invitations, err = v.InvitationsByIDs(ctx, ids); err != nil {
			return many, err
		}
		many.Gone = len(ids) - len(invitations)
	}
	ids := make([]models.InvitationID, len(invitations))
	for n, i := range invitations {
		ids[n] = i.ID
	}
	groups, err := v.InvitedGroupsOf(ctx, ids)
	if err != nil {
		return many, err
	}
	var resources []access.ResourceID
	for _, of := range groups {
		resources = append(resources, invitedResources(of)...)
	}
	if err := v.learn(ctx, access.GroupsDomain, resources...); err != nil {
		return many, err
	}
	givings := map[string]giving{}
	for _, i := range invitations {
		o := Outcome[ChosenInvitation]{Row: ChosenInvitation{Invitation: i, Groups: groups[i.ID]}}
		switch {
		case !editsAll(v.By.Rights, o.Row.Groups):
			o.Why = Forbidden{EditGroup}
		case !i.Pending(v.At):
			o.Why = ErrInvitationEnded
		case action != RevokeMany:
			given, err := v.givingOf(ctx, givings, o.Row)
			if err != nil {
				return many, err
			}
			o.Row.ends, o.Why = given.ends, given.why
		}
		many.Outcomes = append(many.Outcomes, o)
	}
	if action == ResendMany {
		err = v.waitForMails(ctx, &many)
	}
	return many, err
}

// giving is whether, and until when, the caller can give what an invitation gives.
type giving struct {
	ends *time.Time
	why  error
}

// givingOf judges as mayStillGive does: once for all invitations of one inviter into the same groups until the same moment.
func (v *view) givingOf(ctx context.Context, known map[string]giving, i ChosenInvitation) (giving, error) {
	var key strings.Builder
	fmt.Fprint(&key, i.InviterID, i.MembershipUntil)
	for _, g := range i.Groups {
		fmt.Fprint(&key, " ", g.GroupID, g.Gone)
	}
	if given, judged := known[key.String()]; judged {
		return given, nil
	}
	ends, err := v.mayStillGive(ctx, i.Invitation, i.Groups)
	if err != nil && !lacksPrivilege(err) && !errors.As(err, &VoidInvitation{}) {
		return giving{}, err
	}
	known[key.String()] = giving{ends, err}
	return known[key.String()], nil
}

// waitForMails leaves out those whose mail has to wait, as mailPauseOf does, each mail counted that goes out before.
func (v *view) waitForMails(ctx context.Context, many *Many[ChosenInvitation]) error {
	var emails []string
	for _, i := range many.Can() {
		emails = append(emails, i.Email)
	}
	sent, err := v.CountMailed(ctx, v.At.Add(-invitationMailing))
	if err != nil {
		return err
	}
	to, err := v.CountMailedTo(ctx, emails, v.At.Add(-aDay))
	if err != nil {
		return err
	}
	for n, o := range many.Outcomes {
		wait := mailPause(o.Row.Invitation, v.At)
		switch {
		case o.Why != nil:
			continue
		case !v.console.Mails():
			many.Outcomes[n].Why = ErrNoMail
			continue
		case wait > 0:
		case sent >= mailsInAnHour:
			wait = invitationMailing
		case to[o.Row.Email] >= mailsToOneInADay:
			wait = aDay
		}
		if wait > 0 {
			many.Outcomes[n].Why = Soon{wait}
			continue
		}
		sent++
		to[o.Row.Email]++
	}
	return nil
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
	i.ExpiresAt = tx.console.invitationEnd(tx.At, sooner(ends, i.MembershipUntil))
	return invitationState(i), tx.ExtendInvitation(ctx, i.ID, i.Revision, i.ExpiresAt)
}

// revokeInvitation ends an invitation.
func (tx *Tx) revokeInvitation(ctx context.Context, i models.Invitation, _ *time.Time) (any, error) {
	return nil, tx.EndInvitation(ctx, i.ID, models.InvitationRevoked, "", 0, tx.At)
}
