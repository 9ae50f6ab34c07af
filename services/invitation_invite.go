package services

import (
	"context"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// How much one form may ask for, and how many mails go out: a console must be of no use for flooding people.
const (
	invitedAtOnce     = 200 // addresses in one form
	invitedGroups     = 50  // groups in one form
	mailsInAnHour     = 500 // invitations by mail, of an organization
	mailsToOneInADay  = 5   // invitations by mail to one address, of an organization
	invitationMailing = time.Hour
	aDay              = 24 * time.Hour
)

// InviteForm is what somebody typed to invite people.
type InviteForm struct {
	Provider  Provider // with which they have to join
	Emails    string   // one address, or several with commas, semicolons or line breaks between them
	Notify    bool     // by mail; without it they see the invitation when they sign in, or get a link some other way
	Groups    []string // keys
	Confirmed bool     // the inviter knows that they become administrators
}

// InviteOutcome is what became of one address.
type InviteOutcome string

// Each address is judged by itself.
const (
	Invited       InviteOutcome = "invited"
	NoAddress     InviteOutcome = "no-address"     // what was typed is none
	MemberAlready InviteOutcome = "member-already" // of every one of the groups
	OpenAlready   InviteOutcome = "open-already"   // the groups they are not in have invited them
	NoSeat        InviteOutcome = "no-seat"        // members and invitations take all seats of the organization
	TooManyMails  InviteOutcome = "too-many-mails" // a copied link goes without one
)

// InviteResult is what became of one address.
type InviteResult struct {
	Typed      string
	Email      string // canonical; "" = NoAddress
	Outcome    InviteOutcome
	Invitation models.Invitation // that was made, or that is open already
	Groups     []models.Group    // that the new invitation leads into
	Link       string            // path of a link to it, shown once: no mail goes out; "" = a mail carries it
}

// Invite invites people into groups. It counts as granting all that the groups hold (R7). An error means that nobody was
// invited; one about a group is AtGroup. Fields of errors: provider, emails, groups, and ConfirmAdministrators.
func (c *Console) Invite(ctx context.Context, by Caller, form InviteForm) (results []InviteResult, err error) {
	what := subject{Domain: access.GroupsDomain, Member: form.Emails}
	if len(form.Groups) > 0 {
		what.Key = form.Groups[0]
	}
	err = c.change(ctx, by, "invitation.create", what, func(tx *Tx) error {
		groups, err := c.invitableGroups(ctx, tx, form)
		if err != nil {
			return err
		}
		results, err = typedAddresses(form.Emails)
		if err != nil {
			return err
		}
		if problem := c.providerProblem(form.Provider); problem != "" {
			return invalid("provider", problem)
		}
		i, err := c.newInviting(ctx, tx, form, groups, results)
		if err != nil {
			return err
		}
		for n := range results {
			if err := i.one(ctx, &results[n]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

// providerProblem says what is wrong with the provider of an invitation, "" where nothing is.
func (c *Console) providerProblem(p Provider) string {
	switch {
	case !p.Known():
		return "Choose one of the ways to sign in."
	case p == ProviderEmailLink && !c.Mails():
		return "Links by mail need a mail server, and none is configured. Choose another way to sign in."
	}
	return ""
}

// invitableGroups are the groups of a form, all of which the caller may edit and give (R7).
func (c *Console) invitableGroups(ctx context.Context, tx *Tx, form InviteForm) ([]models.Group, error) {
	if tx.By.Person.ID == 0 {
		return nil, Forbidden{EditGroup} // nobody whose rights could be judged when somebody accepts
	}
	if err := tx.must(ctx, ViewGroups, 0); err != nil {
		return nil, err
	}
	switch {
	case len(form.Groups) == 0:
		return nil, invalid("groups", "Choose at least one group.")
	case len(form.Groups) > invitedGroups:
		return nil, invalid("groups", "Choose at most 50 groups at once.")
	}
	var groups []models.Group
	seen := map[string]bool{}
	for _, key := range form.Groups {
		if seen[key] {
			continue
		}
		seen[key] = true
		group, err := c.invitableGroup(ctx, tx, key, form.Confirmed)
		if err != nil {
			return nil, AtGroup{key, err}
		}
		groups = append(groups, group)
	}
	return groups, nil
}

func (c *Console) invitableGroup(ctx context.Context, tx *Tx, key string, confirmed bool) (models.Group, error) {
	group, err := tx.openGroup(ctx, key)
	if err != nil {
		return models.Group{}, err
	}
	if err := c.mayGiveAll(ctx, tx, group); err != nil {
		return models.Group{}, err
	}
	if group.Administrators && !confirmed {
		return models.Group{}, NeedsConfirmation{ConfirmAdministrators}
	}
	return group, nil
}

// typedAddresses takes apart what was typed. An address that comes twice counts once.
func typedAddresses(typed string) ([]InviteResult, error) {
	var all []InviteResult
	seen := map[string]bool{}
	for _, part := range strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(",;\r\n", r) }) {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		result := InviteResult{Typed: cleaned(part, MaxName), Outcome: NoAddress}
		if email, err := files.CanonicalEmail(part); err == nil {
			result.Email, result.Outcome = email, Invited
			part = email
		}
		if !seen[part] {
			seen[part] = true
			all = append(all, result)
		}
	}
	switch {
	case len(all) == 0:
		return nil, invalid("emails", "Enter at least one address, such as name@example.com.")
	case len(all) > invitedAtOnce:
		return nil, invalid("emails", "Invite at most 200 people at once.")
	}
	return all, nil
}
