package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/models"
)

// unprovenAccounts is how many accounts one address may have that do not prove it. An account that opens nothing any more is
// removed to make room.
const unprovenAccounts = 8

// ErrTooManyAccounts says that the address of an invitation has as many accounts as may be made without proof of it.
var ErrTooManyAccounts = errors.New("too many accounts were made for this address without proof of it")

// openBeside makes an account that proves nothing for the address of an invitation whose link was not mailed, beside whatever
// there is of the address. ErrHasAccount for a member, whose ways in are there already; ErrTooManyAccounts.
func (c *Console) openBeside(ctx context.Context, tx *Tx, j Joining) error {
	typed, store := tx.By.Person, tx.Store()
	state, err := c.accountState(ctx, store, j)
	if err != nil {
		return err
	}
	if state != AccountBeside {
		return ErrHasAccount
	}
	person, err := madeOrFound(ctx, store, typed)
	if err != nil {
		return err
	}
	if err := roomForAccount(ctx, store, person); err != nil {
		return err
	}
	account := models.Account{PersonID: person.ID, Name: typed.Name, PasswordHash: typed.PasswordHash, CreatedAt: tx.At}
	if err := store.CreateAccount(ctx, &account); err != nil {
		return err
	}
	tx.By.Person, err = store.PersonByAccount(ctx, account.ID)
	return err
}

// roomForAccount is ErrTooManyAccounts where the person has as many unproven accounts as there may be.
func roomForAccount(ctx context.Context, store *models.Store, person models.Person) error {
	if _, err := store.LockPerson(ctx, person.ID); err != nil {
		return err
	}
	n, err := countUnproven(ctx, store, person.Email)
	if err != nil || n < unprovenAccounts {
		return err
	}
	if err := store.EndIdleAccounts(ctx, person.ID); err != nil {
		return err
	}
	if n, err = countUnproven(ctx, store, person.Email); err != nil {
		return err
	}
	if n >= unprovenAccounts {
		return fmt.Errorf("%d of them: %w", n, ErrTooManyAccounts)
	}
	return nil
}

// countUnproven is how many accounts there are of an address that do not prove it.
func countUnproven(ctx context.Context, store *models.Store, email string) (int, error) {
	all, err := store.AccountsByEmail(ctx, email)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, a := range all {
		if a.Unproven {
			n++
		}
	}
	return n, nil
}
