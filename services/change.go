package services

import (
	"context"
	"time"

	"bailiwick/models"
)

// Tx is one change of an organization in the making: a view whose caller has rights read inside the transaction, so that
// nothing can change between the check and the act, and that may write, record and mail.
type Tx struct {
	*view
	notes     []note // of what is done, in this order
	endsWayIn bool   // the operator confirmed that nobody may be able to sign in afterwards
	reverts   int64  // number of the activity that what is noted from now on takes back; 0: none

	written []models.Activity // what was noted, once it is written
}

// door is how somebody comes to change an organization: who, and what it is recorded as when it is refused (R14).
type door struct {
	by        Caller
	operation models.Operation // "": what is refused is not recorded
	what      subject
}

// change is the door of members, and of the operator.
func (c *Console) change(ctx context.Context, by Caller, operation models.Operation, what subject, work func(tx *Tx) error) error {
	return c.open(ctx, door{by, operation, what}, work)
}

// open is the one way to write (ARCHITECTURE.md, "How changes work"): it serialises the organization's changes, resolves the
// caller anew, does the work, holds the guards and appends the activities, all in one transaction. A refusal for lack of
// privilege is recorded after the rollback, in a transaction of its own.
func (c *Console) open(ctx context.Context, d door, work func(tx *Tx) error) error {
	if IsResuming(ctx) {
		return ErrResumed
	}
	undoable := int64(0)
	err := c.store.Change(ctx, d.by.Organization.ID, func(scope *models.Scope) error {
		tx := c.newTx(scope, d.by, c.now()) // by when it is its turn: what has ended while it waited has ended
		if err := tx.admit(ctx); err != nil {
			return err
		}
		if err := tx.answers(ctx); err != nil {
			return err
		}
		if err := c.guarded(ctx, tx, work); err != nil {
			return err
		}
		undoable = c.undoable(tx)
		return nil
	})
	switch {
	case err == nil:
		answered(ctx)
		noteChange(ctx, undoable)
	case lacksPrivilege(err) && d.operation != "":
		c.recordRefusal(ctx, d.by, d.operation, d.what, err)
	}
	return err
}

func (c *Console) newTx(scope *models.Scope, by Caller, at time.Time) *Tx {
	tx := &Tx{view: c.viewIn(scope, by, at)}
	tx.changes = true
	scope.ActsFor(func() string { return tx.By.Signature() })
	return tx
}

// admit reads anew who comes, and refuses a member who may not even enter (R5), also when their last grant ended a moment ago.
func (tx *Tx) admit(ctx context.Context) error {
	switch tx.By.kind {
	case kindInvited:
		organization, err := tx.Organization(ctx)
		if err != nil {
			return err
		}
		tx.By.Organization = organization
		return nil
	case kindSupporter, kindClock:
		return nil
	}
	if err := tx.console.resolve(ctx, tx.Scope, &tx.By); err != nil {
		return err
	}
	return tx.By.mustEnter()
}

// guarded does the work between what tidies up and what guards.
func (c *Console) guarded(ctx context.Context, tx *Tx, work func(tx *Tx) error) error {
	if err := tx.endExpired(ctx); err != nil {
		return err
	}
	before, err := tx.Administered(ctx, tx.At, c.Mails(), 0)
	if err != nil {
		return err
	}
	if err := work(tx); err != nil {
		return err
	}
	after, err := tx.Administered(ctx, tx.At, c.Mails(), 0)
	if err != nil {
		return err
	}
	if !keepsRows(before, after) || !keepsEntering(before, after) && !tx.endsWayIn {
		return ErrLastAdministrator
	}
	return tx.writeActivities(ctx)
}
