package services

import (
	"context"
	"errors"
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/credential"
)

// Joined is what accepting an invitation came to.
type Joined struct {
	Organization models.Organization
	Groups       []models.InvitedGroup // that the person is in now and was not in before
	State        string                // models.InvitationAccepted; or what became of the invitation before
	Standing     Standing              // with models.InvitationVoid: why
}

// WrongPerson says that an invitation is for somebody else than who is signed in.
type WrongPerson struct {
	For string // e-mail, masked
}

func (e WrongPerson) Error() string { return "the invitation is for " + e.For }

// ErrUnproven says that somebody else may have to answer an invitation: the person who is signed in has never shown that the
// address is theirs. Without a link such an account accepts nothing, and with one nothing for a member of an organization that it
// does not open.
var ErrUnproven = errors.New("the address of the account is not proven")

// MaskEmail is an address that its owner recognizes and nobody else can use: first letters, and what comes after the last
// dot.
func MaskEmail(email string) string {
	local, domain, _ := strings.Cut(email, "@")
	top := ""
	if n := strings.LastIndex(domain, "."); n > 0 {
		top = domain[n:]
	}
	return mask(local) + "@" + mask(domain) + top
}

func mask(text string) string {
	for _, first := range text {
		return string(first) + "•••"
	}
	return ""
}

// AcceptByLink accepts the invitation behind the secret of a link. It may fail with WrongPerson, as it does for nobody,
// WrongProvider, Suspended, or ErrUnproven where the account neither opens the organization nor would by it; what became of an invitation that can't be accepted is told, not an error. An account that proves nothing
// opens the organization from then on (R19).
func (c *Console) AcceptByLink(ctx context.Context, who Session, token, address string) (Joined, error) {
	linked, err := c.store.InvitationByToken(ctx, credential.Digest(token))
	if err != nil {
		return Joined{}, err
	}
	return c.accept(ctx, who, linked, address)
}

// AcceptOwn accepts an invitation of the signed-in person's address. One of somebody else is ErrNotFound; besides it fails
// as AcceptByLink does, and with ErrUnproven.
func (c *Console) AcceptOwn(ctx context.Context, who Session, id models.InvitationID, address string) (Joined, error) {
	invitation, err := c.ownInvitation(ctx, who, id)
	if err != nil {
		return Joined{}, err
	}
	if who.Person.Unproven {
		joined, err := c.endIfVoid(ctx, invitation, address)
		if err != nil {
			return Joined{}, err
		}
		if joined.State == "" {
			return Joined{}, ErrUnproven
		}
		return joined, nil
	}
	return c.accept(ctx, who, models.LinkedInvitation{Invitation: invitation}, address)
}

// ownInvitation is one of the signed-in person's address; every other one is ErrNotFound.
func (c *Console) ownInvitation(ctx context.Context, who Session, id models.InvitationID) (models.Invitation, error) {
	invitation, err := c.store.InvitationByID(ctx, id)
	if err != nil {
		return models.Invitation{}, err
	}
	if invitation.Email != who.Person.Email {
		return models.Invitation{}, models.ErrNotFound
	}
	return invitation, nil
}

// OwnInvitations are those that are pending for the signed-in person's address, in all organizations.
func (c *Console) OwnInvitations(ctx context.Context, who Session) ([]Joining, error) {
	if who.Person.Unproven {
		return nil, nil
	}
	found, err := c.store.InvitationsOf(ctx, who.Person.Email, c.now(), ownInvitationsRead)
	if err != nil {
		return nil, err
	}
	found = inTurn(found)
	var all []Joining
	for _, i := range found[:min(len(found), ownInvitationsJudged)] {
		if len(all) == ownInvitations {
			break
		}
		joining, err := c.describe(ctx, i)
		if err != nil {
			return nil, err
		}
		if joining.Standing == (Standing{}) {
			all = append(all, joining)
		}
	}
	return all, nil
}

// ownInvitations is how many of their own somebody is shown at once; more are judged, since those that are void are not shown
// and must not hide others, and more are read, since those of one organization must not hide another's.
const (
	ownInvitations       = 20
	ownInvitationsJudged = 100
	ownInvitationsRead   = 1000
)

// inTurn are the first invitation of each organization, then the second of each, and so on.
func inTurn(all []models.Invitation) []models.Invitation {
	place, seen := make(map[models.InvitationID]int, len(all)), map[models.OrganizationID]int{}
	for _, i := range all {
		place[i.ID] = seen[i.OrganizationID]
		seen[i.OrganizationID]++
	}
	slices.SortStableFunc(all, func(a, b models.Invitation) int { return place[a.ID] - place[b.ID] })
	return all
}

// accept is who may; acceptIn is the rest, inside the change.
func (c *Console) accept(ctx context.Context, who Session, i models.LinkedInvitation, address string) (Joined, error) {
	joined, err := c.endIfVoid(ctx, i.Invitation, address)
	if err != nil || joined.State != "" {
		return joined, err
	}
	if who.Person.Email != i.Email {
		return Joined{}, WrongPerson{MaskEmail(i.Email)}
	}
	err = c.join(ctx, i.Invitation, Caller{Person: who.Person, Provider: who.Provider, Address: address}, func(tx *Tx) error {
		var err error
		joined, err = c.acceptIn(ctx, tx, i)
		return err
	})
	if err != nil {
		return Joined{}, err
	}
	return joined, nil
}

// join is the door of who answers an invitation, and may do nothing else.
func (c *Console) join(ctx context.Context, i models.Invitation, by Caller, work func(tx *Tx) error) error {
	by.kind, by.Organization.ID = kindInvited, i.OrganizationID
	return c.open(ctx, door{by: by}, work)
}

// acceptIn accepts: judged by the rights that the inviter has now (R7), the invitation ends in one conditional update, and
// the person is in its groups.
func (c *Console) acceptIn(ctx context.Context, tx *Tx, link models.LinkedInvitation) (Joined, error) {
	judged, err := c.judgeInvitation(ctx, tx, link.ID)
	if err != nil || judged.State != "" {
		return judged.Joined, err
	}
	if err := c.linkStillGives(ctx, tx.Scope, link, judged.groups, tx.At); err != nil {
		return Joined{}, err
	}
	account, err := c.opening(ctx, tx, link)
	if err != nil {
		return Joined{}, err
	}
	if err := tx.mayAccept(ctx, account); err != nil {
		return Joined{}, err
	}
	if err := tx.notSuspended(ctx); err != nil {
		return Joined{}, err
	}
	joined := judged.Joined
	joined.State = models.InvitationAccepted
	if joined.Groups, err = tx.becomeMember(ctx, judged.invitation, judged.groups); err != nil {
		return Joined{}, err
	}
	if err := tx.openTo(ctx, account); err != nil {
		return Joined{}, err
	}
	return joined, nil
}

// judged is an invitation as it was judged inside the change.
type judged struct {
	Joined     // what became of it; the state is "" where it can be accepted
	invitation models.Invitation
	groups     []models.InvitedGroup
}

// judgeInvitation reads an invitation inside the change, and ends one that is void: it must not become acceptable again when the
// inviter gets back what they lack.
func (c *Console) judgeInvitation(ctx context.Context, tx *Tx, id models.InvitationID) (judged, error) {
	i, err := tx.Invitation(ctx, id)
	if err != nil {
		return judged{}, err
	}
	j := judged{invitation: i, Joined: Joined{Organization: tx.By.Organization, State: stateOf(i, tx.At)}}
	if j.State != "" {
		return j, nil
	}
	found, err := tx.InvitedGroupsOf(ctx, []models.InvitationID{id})
	if err != nil {
		return judged{}, err
	}
	j.groups = found[id]
	if j.Standing, j.groups, err = c.standing(ctx, tx.Scope, i, j.groups, tx.At); err != nil {
		return judged{}, err
	}
	if j.Standing == (Standing{}) {
		return j, nil
	}
	j.State = models.InvitationVoid
	if err := tx.EndInvitation(ctx, id, models.InvitationVoid, j.Standing.Reason, 0, tx.At); err != nil {
		return judged{}, err
	}
	tx.recordInvitation(models.OpInvitationVoided, j.groups, invitationState(i), nil)
	return j, nil
}

// endVoid ends an invitation that is void in a change of its own, no matter who tried to accept it. It says what became of it: ""
// where it can be accepted by now.
func (c *Console) endVoid(ctx context.Context, i models.Invitation, address string) (Joined, error) {
	by := Caller{Person: models.Person{Email: i.Email}, Address: address} // as in declining
	var found judged
	err := c.join(ctx, i, by, func(tx *Tx) error {
		var err error
		found, err = c.judgeInvitation(ctx, tx, i.ID)
		return err
	})
	if err != nil {
		return Joined{}, err
	}
	return found.Joined, nil
}

// endIfVoid ends an invitation that is void, before anything else that is wrong about accepting it is answered. The state is
// "" where there was nothing to end.
func (c *Console) endIfVoid(ctx context.Context, i models.Invitation, address string) (Joined, error) {
	joining, err := c.describe(ctx, i)
	if err != nil || joining.Standing == (Standing{}) {
		return Joined{}, err
	}
	return c.endVoid(ctx, i, address)
}

// SettleInvitation ends the invitation behind the secret of a link where it is void, for forms that can't accept it whatever
// it is.
func (c *Console) SettleInvitation(ctx context.Context, token, address string) error {
	linked, err := c.store.InvitationByToken(ctx, credential.Digest(token))
	if err != nil {
		return err
	}
	_, err = c.endIfVoid(ctx, linked.Invitation, address)
	return err
}

// becomeMember ends the invitation as accepted and makes the person a member of its groups; it says which of them are new.
func (tx *Tx) becomeMember(ctx context.Context, i models.Invitation, groups []models.InvitedGroup) ([]models.InvitedGroup, error) {
	provider, err := tx.joiningProvider(ctx, i)
	if err != nil {
		return nil, err
	}
	if err := tx.EndInvitation(ctx, i.ID, models.InvitationAccepted, "", tx.By.Person.ID, tx.At); err != nil {
		return nil, err
	}
	entered, err := tx.enterGroups(ctx, i, groups)
	if err != nil || provider == "" {
		return entered, err
	}
	if err := tx.SetMemberProvider(ctx, tx.By.Person.ID, string(provider)); err != nil {
		return nil, err
	}
	return entered, nil
}

// joiningProvider is the one that a new member is bound to: the one they are signed in with, which has to be that of the
// invitation. Who is a member already keeps theirs: "".
func (v *view) joiningProvider(ctx context.Context, i models.Invitation) (Provider, error) {
	wanted, bound := Provider(i.Provider), v.By.Provider
	member, err := v.MemberOf(ctx, v.By.Person.ID)
	switch {
	case err == nil:
		wanted, bound = Provider(member.Provider), ""
	case !errors.Is(err, models.ErrNotFound):
		return "", err
	}
	if !wanted.Admits(v.By.Provider) {
		return "", WrongProvider{v.By.Organization, wanted}
	}
	return bound, nil
}

// enterGroups makes the person a member of the groups, and says which of them are new.
func (tx *Tx) enterGroups(ctx context.Context, i models.Invitation, groups []models.InvitedGroup) ([]models.InvitedGroup, error) {
	person := tx.By.Person
	var entered []models.InvitedGroup
	for _, g := range groups {
		if g.Gone {
			continue
		}
		err := tx.AddMembership(ctx, access.GranteeID(g.GroupID), person, g.Until, tx.At) // no longer than the inviter (R7)
		if errors.Is(err, models.ErrDuplicate) {
			continue // in it already, perhaps until some day: nothing is added twice
		}
		if err != nil {
			return nil, err
		}
		entered = append(entered, g)
		tx.record(models.OpInvitationAccepted, aboutInvited(g), nil, membershipState(person.Email, person.Name, g.Until))
	}
	if len(entered) == 0 {
		tx.recordInvitation(models.OpInvitationAccepted, groups, invitationState(i), nil)
	}
	return entered, nil
}
