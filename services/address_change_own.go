package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/models"
)

// AddressWish is what somebody types who wants another mail address for their account.
type AddressWish struct {
	Email   string
	Present string // the present password, where there is one
	Code    string // of the second factor, where there is one
	Sure    bool   // the address looks like others, and is right
	Address string // where the request comes from
}

// AskForAddress mails a link to a new address of whoever is signed in, and tells the present one. Nothing changes before the link is
// used. It takes what every change of an account takes: password and second factor. A change that is under way is withdrawn for it.
// Whether somebody has the new address is told to that mailbox alone. Fields of errors: Email, Present and Code. UnsureAddresses,
// Throttled or ErrNoMail.
func (c *Console) AskForAddress(ctx context.Context, who Session, w AddressWish) error {
	if IsResuming(ctx) {
		return ErrResumed
	}
	if !c.Mails() {
		return ErrNoMail
	}
	email, err := newAddress(w.Email, who.Person.Email, w.Sure)
	if err != nil {
		return err
	}
	if err := c.mayChangeOwnAddress(ctx, who.Person); err != nil {
		return err
	}
	if err := c.proveOwner(ctx, who.Person, w); err != nil {
		return err
	}
	if _, err := c.countAttempt(ctx, attemptToMail(MailAddressProof, email, w.Address, "", who.Person.AccountID)); err != nil {
		return atField("Email", err)
	}
	at := c.now()
	change := models.AddressChange{PersonID: who.Person.ID, ProposerID: who.Person.ID, ProposerName: Signature(who.Person.Name, who.Person.Email),
		EmailBefore: who.Person.Email, Email: email, CreatedAt: at, DueAt: at, ExpiresAt: at.Add(OwnAddressLife)}
	return c.store.Tx(ctx, func(tx *models.Store) error {
		if err := c.stillSignedIn(ctx, tx, who); err != nil {
			return err
		}
		if err := c.makeWayForOwn(ctx, tx, who.Person, w.Address); err != nil {
			return err
		}
		if err := c.beginAddressChange(ctx, tx, &change); err != nil {
			return err
		}
		return c.recordOwn(ctx, tx, who.Person, w.Address, models.OpMemberAddressProposed, addressState{who.Person.Email}, addressState{email})
	})
}

// makeWayForOwn ends what is under way with the person's address, whoever began it, for what they ask for now.
func (c *Console) makeWayForOwn(ctx context.Context, tx *models.Store, person models.Person, address string) error {
	change, err := tx.AddressChangeOf(ctx, person.ID)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return nil
	case err != nil:
		return err
	case !change.Open(c.now()):
		return c.endOwnByTheClock(ctx, tx, change, models.AddressExpired)
	}
	return c.endAddressChange(ctx, tx, change, models.AddressWithdrawn, models.OpMemberAddressWithdrawn, address)
}

// mayChangeOwnAddress refuses accounts that prove nothing (R19), and people whom the operator's file names by their address.
func (c *Console) mayChangeOwnAddress(ctx context.Context, person models.Person) error {
	if person.Unproven {
		return invalid("Email", "Prove your present address first: on the sign-in page, ask for a link to set a password, and use it.")
	}
	filed, err := c.store.InOperatorsFile(ctx, person.ID)
	if err != nil {
		return err
	}
	if filed {
		return invalid("Email", "The operator’s file names you by this address. Ask your operator to change it.")
	}
	if person.PasswordHash == "" && person.TOTPSecret == "" {
		return invalid("Email", "Set a password first: a link to do so is mailed to you.")
	}
	return nil
}

// proveOwner takes the password and a code, as far as the account has them.
func (c *Console) proveOwner(ctx context.Context, person models.Person, w AddressWish) error {
	if person.PasswordHash != "" {
		present := attemptOfOwner("own password", person.AccountID)
		if _, err := c.provePassword(ctx, []models.Person{person}, w.Present, present); err != nil {
			return atField("Present", err)
		}
	}
	if person.TOTPSecret == "" {
		return nil
	}
	return atField("Code", c.proveCode(ctx, person, w.Code, attemptOfOwner("own code", person.AccountID)))
}

// OwnAddressChange is the change of the person's address that is under way; ErrNotFound where there is none.
func (c *Console) OwnAddressChange(ctx context.Context, person models.Person) (models.AddressChange, error) {
	return c.ownAddressChange(ctx, c.store, person)
}

func (c *Console) ownAddressChange(ctx context.Context, store *models.Store, person models.Person) (models.AddressChange, error) {
	if person.Unproven {
		return models.AddressChange{}, fmt.Errorf("an account that proves nothing: %w", models.ErrNotFound)
	}
	return c.addressChangeOf(ctx, store, person.ID)
}

func (c *Console) addressChangeOf(ctx context.Context, store *models.Store, person models.PersonID) (models.AddressChange, error) {
	change, err := store.AddressChangeOf(ctx, person)
	if err == nil && !change.Open(c.now()) {
		err = fmt.Errorf("the change has expired: %w", models.ErrNotFound)
	}
	return change, err
}

// KeepOwnAddress ends the change of the person's own address that is under way, whoever began it. It is no error where none is.
func (c *Console) KeepOwnAddress(ctx context.Context, who Session, address string) error {
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		if err := c.stillSignedIn(ctx, tx, who); err != nil {
			return err
		}
		change, err := c.ownAddressChange(ctx, tx, who.Person)
		if err != nil {
			return err
		}
		return c.endAddressChange(ctx, tx, change, models.AddressWithdrawn, models.OpMemberAddressWithdrawn, address)
	})
	if errors.Is(err, models.ErrNotFound) || errors.Is(err, models.ErrConflict) {
		return nil
	}
	return err
}
