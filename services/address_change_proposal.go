package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/models"
)

// AddressProposal is another mail address for a member, as an administrator proposes it.
type AddressProposal struct {
	Email string
	Sure  bool // the address looks like others, and is right
}

// MemberAddress is the mail address of a member, with what a page says about changing it.
type MemberAddress struct {
	Member models.Member
	Change *models.AddressChange // that an administrator proposed here and that is under way; nil: none
	Why    error                 // why the caller can't propose another; nil where they can
}

// ErrOnlyThemselves says that nobody but the member changes the address. It does not say why: others may have them as well (R19), or the
// operator's file.
var ErrOnlyThemselves = errors.New("only the member can change the address")

// MemberAddress opens the address of a member, for who may remove them: Edit on all groups.
func (c *Console) MemberAddress(ctx context.Context, by Caller, id models.MemberID) (MemberAddress, error) {
	v := c.view(by)
	if err := v.mustSuspend(ctx); err != nil {
		return MemberAddress{}, err
	}
	member, err := v.MemberByID(ctx, id)
	if err != nil {
		return MemberAddress{}, err
	}
	a := MemberAddress{}
	if a.Member, err = marked(ctx, v.Scope, member); err != nil {
		return MemberAddress{}, err
	}
	if a.Change, err = v.proposedAddress(ctx, member.PersonID); err != nil {
		return MemberAddress{}, err
	}
	a.Why, err = v.whyNotPropose(ctx, member)
	return a, err
}

// proposedAddress is the change of the person's address that was proposed here and is under way; nil where none is.
func (v *view) proposedAddress(ctx context.Context, person models.PersonID) (*models.AddressChange, error) {
	change, err := v.console.addressChangeOf(ctx, v.Store(), person)
	if errors.Is(err, models.ErrNotFound) || err == nil && (!change.Proposed() || *change.OrganizationID != v.ID()) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &change, nil
}

// whyNotPropose says why the caller can't propose another address for a member; nil where they can. Whoever reads the new address gets
// all that the member holds: the caller has to hold it, for as long (R7), and not through temporary access (R20).
func (v *view) whyNotPropose(ctx context.Context, member models.Member) (error, error) {
	if member.PersonID == v.By.Person.ID {
		return ErrOneself, nil
	}
	refused, err := v.whyNotGiveAll(ctx, []models.Member{member})
	if err != nil || refused[member.PersonID] != nil {
		return refused[member.PersonID], err
	}
	filed, err := v.Store().InOperatorsFile(ctx, member.PersonID)
	if err != nil {
		return nil, err
	}
	elsewhere, err := v.InOtherOrganizations(ctx, member.PersonID, v.At)
	if err != nil {
		return nil, err
	}
	if filed || elsewhere {
		return ErrOnlyThemselves, nil
	}
	return nil, nil
}

// ProposeAddress proposes another mail address for a member. Nothing changes until the new address has opened the link that is mailed to
// it, and the present one has had ObjectionTime to object; then it is judged once more. An earlier proposal is withdrawn for it. Whether
// an address is known outside of the organization is told to who reads it, and nobody here. Field of errors: Email. ErrOneself,
// ErrOnlyThemselves, TooHigh, BringsNobodyIn, UnsureAddresses, Throttled or ErrNoMail.
func (c *Console) ProposeAddress(ctx context.Context, by Caller, id models.MemberID, p AddressProposal) (models.AddressChange, error) {
	if IsResuming(ctx) {
		return models.AddressChange{}, ErrResumed
	}
	if err := c.view(by).mustSuspend(ctx); err == nil { // who may not is refused, and recorded, by the change
		if !c.Mails() {
			return models.AddressChange{}, ErrNoMail
		}
		email, _ := accountEmail(p.Email)
		if _, err := c.countAttempt(ctx, attemptToMail(MailAddressProof, email, by.Address, "", by.Person.AccountID)); err != nil {
			return models.AddressChange{}, err
		}
	}
	var change models.AddressChange
	err := c.change(ctx, by, models.OpMemberAddressProposed, c.aboutMember(ctx, by, id), func(tx *Tx) error {
		var err error
		change, err = tx.proposeAddress(ctx, id, p)
		return err
	})
	return change, err
}

func (tx *Tx) proposeAddress(ctx context.Context, id models.MemberID, p AddressProposal) (models.AddressChange, error) {
	none := models.AddressChange{}
	if err := tx.mustSuspend(ctx); err != nil {
		return none, err
	}
	member, err := tx.MemberByID(ctx, id)
	if err != nil {
		return none, err
	}
	why, err := tx.whyNotPropose(ctx, member)
	switch {
	case err != nil:
		return none, err
	case why != nil:
		return none, why
	}
	email, err := newAddress(p.Email, member.Email, p.Sure)
	if err != nil {
		return none, err
	}
	if err := tx.freeAddress(ctx, email); err != nil {
		return none, err
	}
	if err := tx.makeWay(ctx, member); err != nil {
		return none, err
	}
	organization := tx.ID()
	change := models.AddressChange{PersonID: member.PersonID, OrganizationID: &organization, ProposerID: tx.By.Person.ID, ProposerName: tx.By.Signature(),
		EmailBefore: member.Email, Email: email, CreatedAt: tx.At, DueAt: tx.At.Add(ObjectionTime), ExpiresAt: tx.At.Add(ProposedAddressLife)}
	err = tx.console.beginAddressChange(ctx, tx.Store(), &change)
	if errors.Is(err, models.ErrDuplicate) {
		return none, invalid("Email", "The member has already asked for another address. Ask them, or wait until that request has expired.")
	}
	if err == nil {
		tx.record(models.OpMemberAddressProposed, subject{Key: member.Email, Name: member.Name}, addressState{member.Email}, addressState{email})
	}
	return change, err
}

// freeAddress refuses an address that a member has, or somebody who is invited: both are listed for the caller.
func (v *view) freeAddress(ctx context.Context, email string) error {
	seated, err := v.Seated(ctx, []string{email}, v.At)
	if err != nil {
		return err
	}
	switch seat := seated[email]; {
	case seat.Member:
		return invalid("Email", "Another member has this address.")
	case seat.Taken:
		return invalid("Email", "This address is already invited. Revoke the invitation first.")
	}
	return nil
}

// WithdrawAddress withdraws what was proposed as the address of a member. ErrNotFound where nothing is under way.
func (c *Console) WithdrawAddress(ctx context.Context, by Caller, id models.MemberID) error {
	return c.change(ctx, by, models.OpMemberAddressWithdrawn, c.aboutMember(ctx, by, id), func(tx *Tx) error {
		if err := tx.mustSuspend(ctx); err != nil {
			return err
		}
		member, err := tx.MemberByID(ctx, id)
		if err != nil {
			return err
		}
		return tx.withdrawAddress(ctx, member)
	})
}

func (tx *Tx) withdrawAddress(ctx context.Context, member models.Member) error {
	change, err := tx.Store().AddressChangeOf(ctx, member.PersonID)
	if err != nil {
		return err
	}
	if !change.Proposed() || *change.OrganizationID != tx.ID() {
		return fmt.Errorf("no address was proposed here: %w", models.ErrNotFound)
	}
	if !change.Open(tx.At) {
		return tx.endAddressByTheClock(ctx, change, models.AddressExpired)
	}
	if err := tx.Store().EndAddressChange(ctx, change.ID, models.AddressWithdrawn, tx.At); err != nil {
		return err
	}
	tx.record(models.OpMemberAddressWithdrawn, subject{Key: member.Email, Name: member.Name}, addressState{change.Email}, nil)
	return nil
}

// makeWay ends what is under way with the address of a member for what is proposed now: an earlier proposal, and a wish of their own that
// has run out. Another wish of their own stays.
func (tx *Tx) makeWay(ctx context.Context, member models.Member) error {
	change, err := tx.Store().AddressChangeOf(ctx, member.PersonID)
	if err == nil && !change.Proposed() && !change.Open(tx.At) {
		return tx.endAddressByTheClock(ctx, change, models.AddressExpired) // who is in other organizations as well has nothing proposed
	}
	if err == nil {
		err = tx.withdrawAddress(ctx, member)
	}
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	return err
}

// EndAddressChanges changes the addresses that are proven and due, and ends the changes that have run out. Those whose time has come
// wait for it: an address opens what it opened until then.
func (c *Console) EndAddressChanges(ctx context.Context) error {
	changes, err := c.store.AddressChangesUnderWay(ctx, c.now())
	if err != nil {
		return err
	}
	var failed []error
	for _, change := range changes {
		var err error // a change of one's own that is proven has come about already
		switch {
		case change.ProvenAt == nil:
			err = c.endAddressByTheClock(ctx, change, models.AddressExpired)
		case change.Proposed():
			err = c.doProposedChange(ctx, change)
		}
		if err != nil && !errors.Is(err, models.ErrConflict) { // somebody was faster
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// doProposedChange changes the address that was proposed, if whoever proposed it still could: else the change is void.
func (c *Console) doProposedChange(ctx context.Context, change models.AddressChange) error {
	o, err := c.organizationByID(ctx, *change.OrganizationID)
	if err != nil {
		return err
	}
	err = c.open(ctx, door{by: theClock(o)}, func(tx *Tx) error { return tx.doProposedChange(ctx, change) })
	if errors.Is(err, models.ErrDuplicate) || errors.Is(err, ErrLastAdministrator) || errors.Is(err, errAddressVoid) {
		return c.endAddressByTheClock(ctx, change, models.AddressVoid)
	}
	return err
}

var errAddressVoid = errors.New("the address could no longer be proposed")

func (tx *Tx) doProposedChange(ctx context.Context, change models.AddressChange) error {
	if err := tx.Store().LockPeople(ctx, []models.PersonID{change.PersonID}); err != nil {
		return err // or another organization, or the operator, could name them after they were looked for there
	}
	member, err := tx.MemberOf(ctx, change.PersonID)
	if errors.Is(err, models.ErrNotFound) {
		return errAddressVoid
	}
	if err != nil {
		return err
	}
	proposer, err := tx.console.viewOf(ctx, tx.Scope, change.ProposerID, tx.At)
	if err != nil {
		return err
	}
	if !proposer.By.Enters() {
		return errAddressVoid
	}
	if err := proposer.mustSuspend(ctx); lacksPrivilege(err) {
		return errAddressVoid
	} else if err != nil {
		return err
	}
	why, err := proposer.whyNotPropose(ctx, member)
	switch {
	case err != nil: // which may pass: nothing is decided by it
		return err
	case why != nil:
		return errAddressVoid
	}
	var taken Invalid
	if err := tx.freeAddress(ctx, change.Email); errors.As(err, &taken) { // somebody is invited by it meanwhile
		return errAddressVoid
	} else if err != nil {
		return err
	}
	person, err := tx.console.moveAddress(ctx, tx.Store(), change)
	if err != nil {
		return err
	}
	// What the account had may be known to who reads the address before: a new password is mailed to the new one.
	if err := tx.Store().SetPassword(ctx, person.AccountID, "", false); err != nil {
		return err
	}
	tx.record(models.OpMemberAddressChanged, subject{Key: change.Email, Name: member.Name}, addressState{change.EmailBefore}, addressState{change.Email})
	return nil
}
