package services

import (
	"context"
	"slices"
	"strings"
	"time"

	"bailiwick/looks"
	"bailiwick/models"
	"bailiwick/services/files"
	"bailiwick/words"
)

// How much may be asked for at once, and how many mails go out: a console must be of no use for flooding people.
const (
	invitedAtOnce     = 200 // addresses
	invitedGroups     = 50  // groups
	mailsInAnHour     = 500 // invitations by mail, of an organization
	mailsToOneInADay  = 5   // invitations by mail to one address, of an organization
	invitationMailing = time.Hour
	aDay              = 24 * time.Hour
)

// NewInvitations invites people.
type NewInvitations struct {
	Provider  Provider   // with which they have to join
	Emails    []string   // as somebody gave them: each is judged by itself, and one that comes twice counts once
	Notify    bool       // by mail; without it they see the invitation when they sign in, or get a link some other way
	Groups    []string   // keys
	Until     *time.Time // end of the memberships; nil: none but that of what the inviter can give (R7)
	Confirmed bool       // the inviter knows that they become administrators
	Sure      []string   // addresses that look like others and that the inviter says are right
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

// Doubtful are those of the addresses that look like others, to be shown before anybody is invited; none of more addresses than
// can be invited at once.
func (n NewInvitations) Doubtful() []DoubtfulAddress {
	addresses := n.addresses()
	if len(addresses) > invitedAtOnce {
		return nil
	}
	var all []DoubtfulAddress
	for _, a := range addresses {
		if doubt, doubted := looks.DoubtAbout(a.Email); doubted {
			all = append(all, DoubtfulAddress{a.Email, doubt, slices.Contains(n.Sure, a.Email)})
		}
	}
	return all
}

// unsure is UnsureAddresses where there are any.
func (n NewInvitations) unsure() error {
	all := slices.DeleteFunc(n.Doubtful(), func(d DoubtfulAddress) bool { return d.Sure })
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
	Member     bool              // of the organization already
	Invitation models.Invitation // that was made, or that is open already
	Groups     []models.Group    // that the new invitation leads into
	Link       string            // path of a link to it, shown once: no mail goes out; "" = a mail carries it
}

// Invite invites people into groups. It counts as granting all that the groups hold (R7). An error means that nobody was
// invited; one about a group is AtField of Groups. Fields of errors: Provider, Emails, Groups and Until.
// NeedsConfirmation of ConfirmAdministrators; UnsureAddresses asks whether addresses that look like others are right.
func (c *Console) Invite(ctx context.Context, by Caller, n NewInvitations) ([]InviteResult, error) {
	what := subject{Member: strings.Join(n.Emails, ", ")}
	if len(n.Groups) > 0 {
		what.Key = n.Groups[0]
	}
	var results []InviteResult
	err := c.change(ctx, by, models.OpInvitationCreated, what, func(tx *Tx) error {
		groups, ends, err := c.invitableGroups(ctx, tx.view, n)
		if err != nil {
			return err
		}
		results, err = tx.invite(ctx, models.OpInvitationCreated, n, groups, ends)
		return err
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

// invite invites people into groups that the caller may invite into until ends; nil: for good. The record calls it as.
func (tx *Tx) invite(ctx context.Context, as models.Operation, n NewInvitations, groups []models.Group, ends *time.Time) ([]InviteResult, error) {
	results := n.addresses()
	if err := howMany(len(results)); err != nil {
		return nil, err
	}
	if err := n.unsure(); err != nil {
		return nil, err
	}
	if problem := tx.console.providerProblem(n.Provider); problem != "" {
		return nil, invalid("Provider", problem)
	}
	if problem := endProblem(n.Until, ends, tx.At); problem != "" {
		return nil, invalid("Until", problem)
	}
	i, err := tx.console.newInviting(ctx, tx.view, n, groups, results)
	if err != nil {
		return nil, err
	}
	i.as, i.ends = as, ends
	for at := range results {
		if err := i.one(ctx, tx, &results[at]); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// providerProblem says what is wrong with the provider of an invitation, "" where nothing is.
func (c *Console) providerProblem(p Provider) string {
	switch {
	case !p.Known():
		return "Choose one of the ways to sign in."
	case p == ProviderEmailLink && !c.Mails():
		return "Email links need a mail server, and there is none. Choose another way to sign in."
	}
	return ""
}

// invitableGroups are the groups of invitations, all of which the caller may edit and give (R7), and until when; nil: for good.
func (c *Console) invitableGroups(ctx context.Context, v *view, n NewInvitations) ([]models.Group, *time.Time, error) {
	if err := v.mayInvite(ctx, n.Groups); err != nil {
		return nil, nil, err
	}
	var groups []models.Group
	var ends *time.Time
	seen := map[string]bool{}
	for _, key := range n.Groups {
		if seen[key] {
			continue
		}
		seen[key] = true
		group, end, err := c.invitableGroup(ctx, v, key, n.Confirmed)
		if err != nil {
			return nil, nil, AtField{Field: "Groups", Key: key, Cause: err}
		}
		groups, ends = append(groups, group), sooner(ends, end)
	}
	return groups, ends, nil
}

// mayInvite refuses who may invite nobody at all, and a choice of no groups, or too many.
func (v *view) mayInvite(ctx context.Context, groups []string) error {
	if v.By.Person.ID == 0 {
		return Forbidden{EditGroup} // nobody whose rights could be judged when somebody accepts
	}
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return err
	}
	switch {
	case len(groups) == 0:
		return invalid("Groups", "Choose at least one group.")
	case len(groups) > invitedGroups:
		return invalid("Groups", "Choose at most "+words.Groups.Count(invitedGroups)+" at a time.")
	}
	return nil
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

// addresses are what was given in canonical form; what is no address is NoAddress.
func (n NewInvitations) addresses() []InviteResult {
	var all []InviteResult
	seen := map[string]bool{}
	for _, given := range n.Emails {
		given = strings.TrimSpace(given)
		if given == "" {
			continue
		}
		result := InviteResult{Typed: cleaned(given, MaxName), Outcome: NoAddress}
		if email, err := files.CanonicalEmail(given); err == nil {
			result.Email, result.Outcome = email, Invited
			given = email
		}
		if !seen[given] {
			seen[given] = true
			all = append(all, result)
		}
	}
	return all
}

// howMany refuses nobody, and too many at once.
func howMany(addresses int) error {
	switch {
	case addresses == 0:
		return invalid("Emails", "Enter at least one address, such as name@example.com.")
	case addresses > invitedAtOnce:
		return invalid("Emails", "Invite at most "+words.People.Count(invitedAtOnce)+" at a time.")
	}
	return nil
}
