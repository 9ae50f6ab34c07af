package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// StepLife is how long somebody who has given the first factor may take for the second.
const StepLife = 10 * time.Minute

// ErrWrongCode is the answer to a code that is wrong, used or too old.
var ErrWrongCode = errors.New("wrong code")

// OwesSecondFactor says that what was given so far is right, and that a code of the second factor is asked for.
type OwesSecondFactor struct {
	Step string // the secret with which GiveSecondFactor goes on
}

func (OwesSecondFactor) Error() string { return "the second factor is missing" }

// begun is a session that began, or a step towards one: the secret of either.
type begun struct{ token, step string }

func (b begun) session() (string, error) {
	if b.step != "" {
		return "", OwesSecondFactor{b.step}
	}
	return b.token, nil
}

// begin begins the session of somebody who has given the first factor, or, where they have a second one, the step to it.
func (c *Console) begin(ctx context.Context, store *models.Store, person models.Person, b beginning) (begun, error) {
	if person.TOTPSecret == "" {
		token, err := c.startSession(ctx, store, person, b)
		if err != nil {
			return begun{}, err
		}
		return begun{token: token}, nil
	}
	token, at := credential.NewToken(), c.now()
	step := models.SignInStep{
		ID: credential.Digest(token), PersonID: person.ID, AccountID: person.AccountID, Provider: string(b.Provider),
		CreatedAt: at, ExpiresAt: at.Add(StepLife),
	}
	if err := store.CreateSignInStep(ctx, &step); err != nil {
		return begun{}, err
	}
	return begun{step: token}, nil
}

// SignInStep tells whether a step to the second factor still counts, and whose it is; ErrGone if not.
func (c *Console) SignInStep(ctx context.Context, token string) (models.Person, error) {
	_, person, err := c.openStep(ctx, token)
	return person, err
}

// openStep is a step that still counts and whose it is; ErrGone.
func (c *Console) openStep(ctx context.Context, token string) (models.SignInStep, models.Person, error) {
	step, err := c.store.SignInStep(ctx, credential.Digest(token))
	if err != nil {
		return models.SignInStep{}, models.Person{}, goneIfMissing(err)
	}
	person, err := c.store.PersonByAccount(ctx, step.AccountID)
	if err != nil {
		return models.SignInStep{}, models.Person{}, goneIfMissing(err)
	}
	if !c.now().Before(step.ExpiresAt) || person.TOTPSecret == "" {
		return models.SignInStep{}, models.Person{}, ErrGone
	}
	return step, person, nil
}

// GiveSecondFactor ends a sign-in with a code from the app, or a recovery code, and returns the secret of the session. It
// fails with ErrWrongCode, Throttled, ErrNoSecretKey, or ErrGone when it took too long.
func (c *Console) GiveSecondFactor(ctx context.Context, token, code, address, device string) (string, error) {
	step, person, err := c.openStep(ctx, token)
	if err != nil {
		return "", err
	}
	browser, err := c.knownBrowser(ctx, person)
	if err != nil {
		return "", err
	}
	if err := c.proveCode(ctx, person, code, attemptAtCode(browser, person.AccountID)); err != nil {
		return "", err
	}
	var session string
	err = c.store.Tx(ctx, func(tx *models.Store) error {
		if _, err := tx.LockPerson(ctx, person.ID); err != nil {
			return err
		}
		if err := tx.TakeSignInStep(ctx, step.ID); err != nil {
			return err
		}
		var err error
		session, err = c.startSession(ctx, tx, person,
			beginning{Provider: Provider(step.Provider), SecondFactor: true, Address: address, Device: device})
		return err
	})
	if errors.Is(err, models.ErrConflict) {
		return "", ErrGone // taken a moment ago, or ended with a new password
	}
	if err != nil {
		return "", err
	}
	return session, nil
}
