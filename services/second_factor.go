package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/models"
	"bailiwick/services/credential"
	"bailiwick/words"
)

// proveCode counts the attempt and uses up a code from the person's app, or a recovery code. ErrWrongCode or Throttled, and
// ErrConflict where the person has no second factor. A code that this instance can't check is ErrNoSecretKey and no attempt.
func (c *Console) proveCode(ctx context.Context, person models.Person, typed string, a attempt) error {
	if person.TOTPSecret == "" {
		return fmt.Errorf("person %d has no second factor: %w", person.ID, models.ErrConflict)
	}
	if credential.IsTOTPCode(credential.PlainCode(typed)) {
		if err := c.canCheckCodes(person); err != nil {
			return err
		}
	}
	rows, err := c.countAttempt(ctx, a)
	if err != nil {
		return err
	}
	if err := c.useCode(ctx, person, credential.PlainCode(typed)); err != nil {
		return err
	}
	return c.succeed(ctx, rows)
}

// useCode uses up a code of either kind; ErrWrongCode.
func (c *Console) useCode(ctx context.Context, person models.Person, code string) error {
	use := func() error { return c.store.UseRecoveryCode(ctx, person.AccountID, credential.Digest(code), c.now()) }
	if credential.IsTOTPCode(code) {
		use = func() error { return c.useTOTP(ctx, person, code) }
	}
	err := use()
	if errors.Is(err, models.ErrConflict) {
		return ErrWrongCode
	}
	return err
}

// useTOTP uses up a code of the app; models.ErrConflict where it is wrong or was used. The secret may be encrypted with another
// key meanwhile, and with a further one by the time that it was looked up again: each time it is the same secret.
func (c *Console) useTOTP(ctx context.Context, person models.Person, code string) error {
	secret, err := c.totpSecret(person)
	if err != nil {
		return err
	}
	step, ok := credential.TOTPStep(secret, code, c.now())
	if !ok {
		return models.ErrConflict
	}
	for {
		err := c.store.AcceptTOTP(ctx, person.AccountID, person.TOTPSecret, step)
		if !errors.Is(err, models.ErrConflict) {
			return err
		}
		if person, err = c.sealedAnew(ctx, person, secret); err != nil {
			return err
		}
	}
}

// sealedAnew is a person as they are stored by now, if their secret was encrypted with another key since they were read;
// models.ErrConflict where it was not, and where the secret is another one.
func (c *Console) sealedAnew(ctx context.Context, person models.Person, secret string) (models.Person, error) {
	now, err := c.store.PersonByAccount(ctx, person.AccountID)
	if err != nil {
		return models.Person{}, err
	}
	if now.TOTPSecret == "" || now.TOTPSecret == person.TOTPSecret {
		return models.Person{}, models.ErrConflict
	}
	same, err := c.totpSecret(now)
	if err != nil {
		return models.Person{}, err
	}
	if same != secret {
		return models.Person{}, models.ErrConflict
	}
	return now, nil
}

// SecondFactor is what a person's own page says of it.
type SecondFactor struct {
	On            bool
	RecoveryCodes int                   // that are left
	RequiredBy    []models.Organization // of the person
}

// SecondFactor tells about the second factor of a person.
func (c *Console) SecondFactor(ctx context.Context, person models.Person) (SecondFactor, error) {
	about := SecondFactor{On: person.TOTPSecret != ""}
	organizations, err := c.OrganizationsOf(ctx, person)
	if err != nil {
		return SecondFactor{}, err
	}
	for _, o := range organizations {
		if o.RequireSecondFactor {
			about.RequiredBy = append(about.RequiredBy, o)
		}
	}
	if !about.On {
		return about, nil
	}
	if about.RecoveryCodes, err = c.store.RecoveryCodesLeft(ctx, person.AccountID); err != nil {
		return SecondFactor{}, err
	}
	return about, nil
}

// NewSecondFactor is a new key to set an app up with. Nothing is kept of it: the form brings it back with a first code,
// which proves that the app has it. Secret is one that a form brought back, "" for a new one.
func (c *Console) NewSecondFactor(person models.Person, secret string) (credential.TOTPKey, error) {
	if !credential.ValidTOTPSecret(secret) {
		secret = credential.NewTOTPSecret()
	}
	return credential.NewTOTPKey(secret, person.Email)
}

// FirstCode is what turns a second factor on.
type FirstCode struct {
	Secret, Code string
	Password     string // of those who have one: anyone who finds a session open must not bind it to an app of theirs
	Address      string // where the request comes from
	Device       string
}

// Renewed is what a person gets when something about their signing in has changed: a session in the place of all others.
type Renewed struct {
	Session       string   // its secret
	RecoveryCodes []string // shown once; empty where there are no new ones
}

// TurnOnSecondFactor gives a person a second factor and recovery codes. All other sessions end, since they lack it.
// Invalid, Throttled, ErrNoSecretKey, or ErrConflict when there is one already.
func (c *Console) TurnOnSecondFactor(ctx context.Context, who Session, first FirstCode) (Renewed, error) {
	if err := c.CanKeepSecrets(ctx); err != nil {
		return Renewed{}, err
	}
	if !credential.ValidTOTPSecret(first.Secret) {
		return Renewed{}, invalid("Code", "This form was incomplete. Scan the new picture and type the code that the app shows then.")
	}
	if who.Person.PasswordHash != "" {
		present := attemptOfOwner("own password", who.Person.AccountID)
		if _, err := c.provePassword(ctx, []models.Person{who.Person}, first.Password, present); err != nil {
			return Renewed{}, atField("Password", err)
		}
	}
	step, ok := credential.TOTPStep(first.Secret, credential.PlainCode(first.Code), c.now())
	if !ok {
		return Renewed{}, atField("Code", ErrWrongCode)
	}
	codes, ids := credential.NewRecoveryCodes()
	session, err := c.renew(ctx, who, beginning{SecondFactor: true, Address: first.Address, Device: first.Device}, models.OpMemberSecondFactorTurnedOn,
		func(tx *models.Store) error {
			if err := c.keepSecret(ctx, tx, who.Person.AccountID, first.Secret, step); err != nil {
				return err
			}
			return tx.ReplaceRecoveryCodes(ctx, who.Person.AccountID, ids, c.now())
		})
	if err != nil {
		return Renewed{}, err
	}
	return Renewed{session, codes}, nil
}

// ShortPasswordText is what keeps somebody from turning their second factor off.
var ShortPasswordText = "Your password has fewer than " + words.Characters.Count(credential.PasswordMinimum) + ", which is enough beside a second factor only. Change it on your profile first."

// TurnOffSecondFactor takes it away, with a code. All other sessions end. Invalid when the code is wrong, or when the
// password is long enough beside a second factor only; Throttled.
func (c *Console) TurnOffSecondFactor(ctx context.Context, who Session, code, address, device string) (Renewed, error) {
	if who.Person.ShortPassword {
		return Renewed{}, invalid("Code", ShortPasswordText)
	}
	if err := c.proveCode(ctx, who.Person, code, attemptOfOwner("own code", who.Person.AccountID)); err != nil {
		return Renewed{}, atField("Code", err)
	}
	session, err := c.renew(ctx, who, beginning{Address: address, Device: device}, models.OpMemberSecondFactorTurnedOff, func(tx *models.Store) error {
		return tx.TurnOffTOTP(ctx, who.Person.AccountID)
	})
	if err != nil {
		return Renewed{}, err
	}
	return Renewed{Session: session}, nil
}

// RenewRecoveryCodes gives new recovery codes in the place of all others, for a code. Invalid or Throttled.
func (c *Console) RenewRecoveryCodes(ctx context.Context, who Session, code, address string) ([]string, error) {
	if err := c.proveCode(ctx, who.Person, code, attemptOfOwner("own code", who.Person.AccountID)); err != nil {
		return nil, atField("Code", err)
	}
	codes, ids := credential.NewRecoveryCodes()
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		if err := c.stillSignedIn(ctx, tx, who); err != nil {
			return err
		}
		if err := tx.ReplaceRecoveryCodes(ctx, who.Person.AccountID, ids, c.now()); err != nil {
			return err
		}
		return c.recordOwn(ctx, tx, who.Person, address, models.OpMemberRecoveryCodesRenewed, nil, nil)
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// atField says at its field what did not prove who somebody is.
func atField(field string, err error) error {
	switch {
	case errors.Is(err, ErrWrongCredentials):
		return invalid(field, "This is not your present password.")
	case errors.Is(err, ErrWrongCode):
		return invalid(field, "This code is wrong, used or too old. Enter the code that the app shows now.")
	case errors.Is(err, ErrNoSecretKey):
		return invalid(field, NoSecretKeyText)
	}
	return err
}

// renew changes something about how a person signs in: their sessions end, and a new one takes the place of who. ErrSignedOut
// when that one has ended meanwhile, perhaps because somebody else proved that the account is theirs.
func (c *Console) renew(
	ctx context.Context, who Session, b beginning, operation models.Operation, work func(tx *models.Store) error,
) (string, error) {
	b.Provider = who.Provider
	var token string
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		if err := c.stillSignedIn(ctx, tx, who); err != nil {
			return err
		}
		if err := work(tx); err != nil {
			return err
		}
		if err := tx.DeleteSessionsOfAccount(ctx, who.Person.AccountID); err != nil {
			return err
		}
		if err := c.recordOwn(ctx, tx, who.Person, b.Address, operation, nil, nil); err != nil {
			return err
		}
		var err error
		token, err = c.startSession(ctx, tx, who.Person, b)
		return err
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// stillSignedIn is ErrSignedOut when the session has ended meanwhile. It takes the locks of all that follows.
func (c *Console) stillSignedIn(ctx context.Context, tx *models.Store, who Session) error {
	if err := tx.HoldOrganizationsOf(ctx, who.Person.ID, c.now()); err != nil {
		return err
	}
	err := tx.HoldSession(ctx, who.Person.ID, who.ID)
	if errors.Is(err, models.ErrNotFound) {
		return ErrSignedOut
	}
	return err
}
