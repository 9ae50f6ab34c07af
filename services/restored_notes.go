package services

import (
	"context"
	"fmt"

	"bailiwick/models"
	"bailiwick/services/files"
	"bailiwick/words"
)

// What no file of an organization tells of a restored one, and so somebody has to look at.

// restoredNotes names it: settings, secrets, accounts without proof, invitations and memberships with an end.
func (c *Console) restoredNotes(ctx context.Context, v *view, keys int) ([]string, error) {
	o, err := v.Organization(ctx)
	if err != nil {
		return nil, err
	}
	notes := []string{fmt.Sprintf("settings are those of the backup: support access is %s, a second factor is %s",
		oneOf(o.SupportAccess, "on", "off"), oneOf(o.RequireSecondFactor, "required", "not required"))}
	if keys > 0 {
		notes = append(notes, "API keys have the secrets from the time of the backup. If a key got a new secret after that, give it a new secret again.")
	}
	unproven, err := v.UnprovenMembers(ctx)
	if err != nil {
		return nil, err
	}
	if len(unproven) > 0 {
		notes = append(notes, "accounts that nobody has proven let in these members, also where such an account was ended since; "+
			"if in doubt, run “bailiwick member set-password”, which ends them: "+words.List(unproven, namedAtMost))
	}
	for _, note := range []func(context.Context, *view) ([]string, error){pendingNotes, endingNotes} {
		more, err := note(ctx, v)
		if err != nil {
			return nil, err
		}
		notes = append(notes, more...)
	}
	return notes, nil
}

// invitationsNoted is how many pending invitations are named.
const invitationsNoted = 200

// pendingNotes names the invitations that can be accepted, also without a link by somebody who has an account.
func pendingNotes(ctx context.Context, v *view) ([]string, error) {
	list, err := v.Invitations(ctx, models.InvitationFilter{Page: models.Page{Limit: invitationsNoted}}, v.At)
	if err != nil || len(list.Rows) == 0 {
		return nil, err
	}
	ids := make([]models.InvitationID, len(list.Rows))
	for i, row := range list.Rows {
		ids[i] = row.ID
	}
	groups, err := v.InvitedGroupsOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	var notes []string
	for _, i := range list.Rows {
		var keys []string
		for _, g := range groups[i.ID] {
			if !g.Gone {
				keys = append(keys, g.Key)
			}
		}
		notes = append(notes, fmt.Sprintf("the invitation of %s into %s, by %s, is pending, also if it was revoked since: under Invitations, Revoke ends it",
			i.Email, orNone(words.List(keys, namedAtMost)), i.InviterName))
	}
	if list.Next != "" {
		notes = append(notes, "more invitations are pending: see Invitations")
	}
	return notes, nil
}

// endingNotes names the memberships with an end, which files leave out.
func endingNotes(ctx context.Context, v *view) ([]string, error) {
	ending, err := v.EndingMemberships(ctx, v.At)
	if err != nil {
		return nil, err
	}
	var notes []string
	for _, m := range ending {
		notes = append(notes, fmt.Sprintf("%s is in group %s until %s, which files don’t say", m.Email, m.GroupKey, moment(m.ExpiresAt)))
	}
	return notes, nil
}

// RestoredVendor is what came back of the operator's file.
type RestoredVendor struct {
	Listed   []string // operators and personnel that there are, by e-mail
	Compared bool     // with a newer file
	Back     []string // what the newer file no longer has, in words
}

// compareVendor finds what came back of the operator's file; a newer one may be nil.
func (c *Console) compareVendor(ctx context.Context, newer *files.Operator) (RestoredVendor, error) {
	all, err := c.store.Support(ctx)
	if err != nil {
		return RestoredVendor{}, err
	}
	was := c.operatorFile(all)
	found := RestoredVendor{Listed: operatorEmails(was), Compared: newer != nil}
	if newer == nil {
		return found, nil
	}
	for _, step := range operatorPlan(was, newer).Steps {
		switch step.Does {
		case doesRemove:
			found.Back = append(found.Back, step.What)
		case doesChange:
			for _, detail := range step.Details {
				found.Back = append(found.Back, step.What+": the newer file says "+detail)
			}
		}
	}
	return found, nil
}

func oneOf(condition bool, yes, no string) string {
	if condition {
		return yes
	}
	return no
}

// Newer are files from after a backup, to compare with what it brings back.
type Newer struct {
	Organizations map[string]*files.Organization // by key
	Operator      *files.Operator                // nil: none
}

// activeAccesses names the temporary accesses that run.
func activeAccesses(ctx context.Context, v *view) ([]string, error) {
	open, err := v.OpenAccesses(ctx)
	if err != nil {
		return nil, err
	}
	var active []string
	for _, a := range open {
		if a.Status(v.At) == models.StatusActive {
			active = append(active, fmt.Sprintf("temporary access of %s, until %s", a.Email, moment(&a.ExpiresAt)))
		}
	}
	return active, nil
}
