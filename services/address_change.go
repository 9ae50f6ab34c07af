package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/looks"
	"bailiwick/models"
	"bailiwick/services/credential"
)

// How long a change of a mail address takes (R26): the link to the new address works for so long, and what an administrator proposes
// can be objected to for ObjectionTime at least.
const (
	OwnAddressLife      = 24 * time.Hour
	ObjectionTime       = 72 * time.Hour
	ProposedAddressLife = 14 * 24 * time.Hour
)

// newAddress is a mail address as somebody typed it that is to take the place of another. One that looks like others has to be
// confirmed: UnsureAddresses. Its field is Email.
func newAddress(typed, before string, sure bool) (string, error) {
	email, valid := accountEmail(typed)
	switch {
	case !valid:
		return "", invalid("Email", "Enter a complete address, such as name@example.com.")
	case email == before:
		return "", invalid("Email", "This is already the address. Enter another one.")
	}
	if doubt, doubted := looks.DoubtAbout(email); doubted && !sure {
		return "", UnsureAddresses{[]DoubtfulAddress{{Email: email, Doubt: doubt}}}
	}
	return email, nil
}

// addressState is what an activity keeps of the address of a member.
type addressState struct {
	Email string `json:"email"`
}

// beginAddressChange writes a change down and queues its mails: one to the new address, one to the present one.
func (c *Console) beginAddressChange(ctx context.Context, tx *models.Store, change *models.AddressChange) error {
	if err := tx.CreateAddressChange(ctx, change); err != nil {
		return err
	}
	proof := models.Mail{Kind: MailAddressProof, Recipient: change.Email, AboutID: int64(change.ID), OrganizationID: change.OrganizationID}
	if err := c.queueMail(ctx, tx, proof); err != nil {
		return err
	}
	notice := proof
	notice.Kind, notice.Recipient = MailAddressNotice, change.EmailBefore
	return c.queueMail(ctx, tx, notice)
}

// openAddressChange is the change behind the secret of a link; ErrGone when it is no longer under way. It changes nothing, however often
// it is asked: mail scanners open links.
func (c *Console) openAddressChange(ctx context.Context, store *models.Store, token string, objects bool) (models.AddressChange, error) {
	change, err := store.AddressChangeByLink(ctx, credential.Digest(token), objects)
	if err != nil {
		return models.AddressChange{}, goneIfMissing(err)
	}
	if !change.Open(c.now()) || !objects && change.ProvenAt != nil {
		return models.AddressChange{}, ErrGone
	}
	return change, nil
}

// AddressProof is the change that the link to a new address proves. AddressObjection is the one that the link to the address before
// ends. ErrGone where there is none any more.
func (c *Console) AddressProof(ctx context.Context, token string) (models.AddressChange, error) {
	return c.openAddressChange(ctx, c.store, token, false)
}

// AddressObjection is described with AddressProof.
func (c *Console) AddressObjection(ctx context.Context, token string) (models.AddressChange, error) {
	return c.openAddressChange(ctx, c.store, token, true)
}

// ErrAnotherAccount says that only the person who asked for a new address proves it, signed in: else the link would put its reader's
// address on somebody else's account.
var ErrAnotherAccount = errors.New("the new address is another account’s to prove")

// ProveAddress uses the link up that was mailed to a new address. What the person asked for is changed at once, which ends their
// sessions; it takes a session of theirs. What an administrator proposed is changed when it is due, and no sooner: the change is
// returned as it stands. ErrGone, ErrAnotherAccount.
func (c *Console) ProveAddress(ctx context.Context, who Session, token, address string) (models.AddressChange, error) {
	var change models.AddressChange
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		var err error
		if change, err = c.openAddressChange(ctx, tx, token, false); err != nil {
			return err
		}
		if !change.Proposed() && change.PersonID != who.Person.ID {
			return ErrAnotherAccount
		}
		if change.Proposed() {
			return tx.ProveAddressChange(ctx, change.ID, c.now())
		}
		if err := c.stillSignedIn(ctx, tx, who); err != nil {
			return err
		}
		if err := tx.ProveAddressChange(ctx, change.ID, c.now()); err != nil {
			return err
		}
		person, err := c.moveAddress(ctx, tx, change)
		if err != nil {
			return err
		}
		return c.recordOwn(ctx, tx, person, address, models.OpMemberAddressChanged, addressState{change.EmailBefore}, addressState{change.Email})
	})
	if errors.Is(err, models.ErrConflict) || errors.Is(err, models.ErrDuplicate) {
		return models.AddressChange{}, ErrGone
	}
	if err != nil {
		return models.AddressChange{}, err
	}
	if change.Proposed() {
		if err := c.EndAddressChanges(ctx); err != nil { // it may be due
			return models.AddressChange{}, err
		}
	}
	return c.store.AddressChange(ctx, change.ID)
}

// moveAddress gives the person the new address, which is proven: other accounts of the one before end, and all sessions. ErrConflict
// where the change has ended, or the person has another address by now; ErrDuplicate where the new one is another person's.
func (c *Console) moveAddress(ctx context.Context, tx *models.Store, change models.AddressChange) (models.Person, error) {
	person, err := tx.LockPerson(ctx, change.PersonID)
	if err != nil {
		return models.Person{}, err
	}
	filed, err := tx.InOperatorsFile(ctx, person.ID)
	if err != nil {
		return models.Person{}, err
	}
	if filed || person.Email != change.EmailBefore {
		return models.Person{}, models.ErrConflict
	}
	if err := tx.EndAddressChange(ctx, change.ID, models.AddressChanged, c.now()); err != nil {
		return models.Person{}, err
	}
	return c.giveAddress(ctx, tx, change)
}

// giveAddress is the last step of a change that has ended as done: the new address is the person's, and proven.
func (c *Console) giveAddress(ctx context.Context, tx *models.Store, change models.AddressChange) (models.Person, error) {
	if err := tx.SetPersonEmail(ctx, change.PersonID, change.Email); err != nil {
		return models.Person{}, err
	}
	person, err := tx.ProveEmail(ctx, change.PersonID)
	if err != nil {
		return models.Person{}, err
	}
	if err := tx.DeleteSessionsOf(ctx, person.ID); err != nil {
		return models.Person{}, err
	}
	return person, c.queueMail(ctx, tx, models.Mail{Kind: MailAddressChanged, Recipient: change.EmailBefore, AboutID: int64(change.ID)})
}

// ObjectToAddress uses the link that was mailed to the present address: nothing changes. ErrGone where the change has ended.
func (c *Console) ObjectToAddress(ctx context.Context, token, address string) (models.AddressChange, error) {
	var change models.AddressChange
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		var err error
		if change, err = c.openAddressChange(ctx, tx, token, true); err != nil {
			return err
		}
		return c.endAddressChange(ctx, tx, change, models.AddressObjected, models.OpMemberAddressObjected, address)
	})
	if errors.Is(err, models.ErrConflict) {
		err = ErrGone
	}
	return change, err
}

// endAddressChange ends a change by the person whose address it is, and records it where they are a member.
func (c *Console) endAddressChange(
	ctx context.Context, tx *models.Store, change models.AddressChange, outcome string, operation models.Operation, address string,
) error {
	if err := tx.HoldOrganizationsOf(ctx, change.PersonID, c.now()); err != nil {
		return err
	}
	person, err := tx.LockPerson(ctx, change.PersonID)
	if err != nil {
		return err
	}
	if err := tx.EndAddressChange(ctx, change.ID, outcome, c.now()); err != nil {
		return err
	}
	person.Unproven = false // the link was mailed to the address
	return c.recordOwn(ctx, tx, person, address, operation, addressState{change.Email}, nil)
}
