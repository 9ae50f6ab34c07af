package services

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// reviewInvitations judges a selection.
func (v *view) reviewInvitations(ctx context.Context, action InvitationsAction, chosen InvitationsChosen) (Many[ChosenInvitation], error) {
	return judgeSelection(ctx, v.chosenInvitations(), chosen, func(ctx context.Context, invitations []models.Invitation) (Many[ChosenInvitation], error) {
		return v.judgeInvitations(ctx, action, invitations)
	})
}

// judgeInvitations judges one after the other, in statements that depend on how many inviters and sets of groups there are.
func (v *view) judgeInvitations(ctx context.Context, action InvitationsAction, invitations []models.Invitation) (Many[ChosenInvitation], error) {
	rows, err := v.withGroups(ctx, invitations)
	if err != nil {
		return Many[ChosenInvitation]{}, err
	}
	givings := map[string]giving{}
	many, err := tryEach(rows, func(i *ChosenInvitation) judgement {
		switch {
		case !editsAll(v.By.Rights, i.Groups):
			return judgement{why: Forbidden{EditGroup}}
		case !i.Pending(v.At):
			return judgement{why: ErrInvitationEnded}
		case action == RevokeMany:
			return judgement{}
		}
		given, err := v.givingOf(ctx, givings, *i)
		if err != nil {
			return judgement{err: err}
		}
		i.ends = given.ends
		if action == ExtendMany {
			i.Runs = v.console.extendedUntil(v.At, i.Invitation, given.ends)
			if given.why == nil && i.Runs.Equal(i.ExpiresAt) {
				return judgement{why: ErrNothingToDo}
			}
		}
		return judgement{why: given.why}
	})
	if err != nil {
		return Many[ChosenInvitation]{}, err
	}
	if action == ResendMany {
		err = v.waitForMails(ctx, &many)
	}
	return many, err
}

// withGroups are invitations with the groups that they lead into, whose editor lists the caller's rights know then.
func (v *view) withGroups(ctx context.Context, invitations []models.Invitation) ([]ChosenInvitation, error) {
	ids := make([]models.InvitationID, len(invitations))
	for n, i := range invitations {
		ids[n] = i.ID
	}
	groups, err := v.InvitedGroupsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var resources []access.ResourceID
	rows := make([]ChosenInvitation, len(invitations))
	for n, i := range invitations {
		rows[n] = ChosenInvitation{Invitation: i, Groups: groups[i.ID]}
		resources = append(resources, invitedResources(groups[i.ID])...)
	}
	return rows, v.learn(ctx, access.GroupsDomain, resources...)
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
