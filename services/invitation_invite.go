package services

import (
	"context"
	"slices"
	"strings"
	"time"

	"bailiwick/looks"
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
	Sure      []string // addresses that look like others, of which the inviter says that they are right
}

// DoubtfulAddress is one that may not be what its reader takes it for.
type DoubtfulAddress struct {
	Email string
	looks.Doubt
	Sure bool // the inviter says that it is right
}

// UnsureAddresses says that addresses look like others, and that nobody has said yet that they are right.
type UnsureAddresses struct{ Addresses []DoubtfulAddress }

func (e UnsureAddresses) Error() string {
	return "not sure about the address " + e.Addresses[0].Email + ", " + e.Addresses[0].String()
}

// Doubtful are those of the addresses that were typed that look like others, to be shown before anybody is invited.
func (f InviteForm) Doubtful() []DoubtfulAddress {
	typed, _ := typedAddresses(f.Emails) // what is wrong with them is told by Invite
	var all []DoubtfulAddress
	for _, t := range typed {
		if doubt, doubted := looks.DoubtAbout(t.Email); doubted {
			all = append(all, DoubtfulAddress{t.Email, doubt, slices.Contains(f.Sure, t.Email)})
		}
	}
	return all
}

// unsure is UnsureAddresses where there are any.
func (f InviteForm) unsure() error {
	all := slices.DeleteFunc(f.Doubtful(), func(d DoubtfulAddress) bool { return d.Sure })
	if len(all) == 0 {
		return nil
	}
	return UnsureAddresses{all}
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
// invited; one about a group is AtGroup. Fields of errors: Provider, Emails and Groups.
// NeedsConfirmation of ConfirmAdministrators; UnsureAddresses asks whether addresses that look like others are right.
func (c *Console) Invite(ctx context.Context, by Caller, form InviteForm) (results []InviteResult, err error) {
	what := subject{Member: form.Emails}
	if len(form.Groups) > 0 {
		what.Key = form.Groups[0]
	}
	err = c.change(ctx, by, models.OpInvitationCreated, what, func(tx *Tx) error {
		groups, ends, err := c.invitableGroups(ctx, tx.view, form)
		if err != nil {
			return err
		}
		results, err = typedAddresses(form.Emails)
		if err != nil {
			return err
		}
		if err := form.unsure(); err != nil {
			return err
		}
		if problem := c.providerProblem(form.Provider); problem != "" {
			return invalid("Provider", problem)
		}
		i, err := c.newInviting(ctx, tx, form, groups, results)
		if err != nil {
			return err
		}
		i.ends = ends
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

// invitableGroups are the groups of a form, all of which the caller may edit and give (R7), and until when; nil: for good.
func (c *Console) invitableGroups(ctx context.Context, v *view, form InviteForm) (groups []models.Group, ends *time.Time, err error) {
	if v.By.Person.ID == 0 {
		return nil, nil, Forbidden{EditGroup} // nobody whose rights could be judged when somebody accepts
	}
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return nil, nil, err
	}
	switch {
	case len(form.Groups) == 0:
		return nil, nil, invalid("Groups", "Choose at least one group.")
	case len(form.Groups) > invitedGroups:
		return nil, nil, invalid("Groups", "Choose at most 50 groups at once.")
	}
	seen := map[string]bool{}
	for _, key := range form.Groups {
		if seen[key] {
			continue
		}
		seen[key] = true
		group, end, err := c.invitableGroup(ctx, v, key, form.Confirmed)
		if err != nil {
			return nil, nil, AtGroup{key, group.Name, err}
		}
		groups, ends = append(groups, group), sooner(ends, end)
	}
	return groups, ends, nil
}

func (c *Console) invitableGroup(ctx context.Context, v *view, key string, confirmed bool) (models.Group, *time.Time, error) {
	group, err := v.openGroup(ctx, key)
	if err != nil {
		return models.Group{}, nil, err
	}
	end, err := c.givesAll(ctx, v, group)
	if err != nil {
		return models.Group{}, nil, err
	}
	if group.Administrators && !confirmed {
		return models.Group{}, nil, NeedsConfirmation{ConfirmAdministrators}
	}
	return group, end, nil
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
		return nil, invalid("Emails", "Enter at least one address, such as name@example.com.")
	case len(all) > invitedAtOnce:
		return nil, invalid("Emails", "Invite at most 200 people at once.")
	}
	return all, nil
}
