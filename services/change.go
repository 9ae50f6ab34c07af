package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// Tx is one change of an organization in the making. Its By holds rights read inside the transaction, so nothing can
// change between the check and the act.
type Tx struct {
	*models.Scope
	By Caller
	At time.Time // one moment for the whole change

	console   *Console
	notes     []note // of what is done, in this order
	endsWayIn bool   // the operator confirmed that nobody may be able to sign in afterwards
	lent      bool   // something that it took is held through temporary access alone
}

// change is the one door for writes (ARCHITECTURE.md, "How changes work"): it serialises the organization's changes,
// resolves the caller anew, does the work, holds the guards and appends the activities, all in one transaction. A
// refusal for lack of privilege is recorded after the rollback, in a transaction of its own (R14).
func (c *Console) change(ctx context.Context, by Caller, operation string, what subject, work func(tx *Tx) error) error {
	err := c.store.Change(ctx, by.Organization.ID, func(scope *models.Scope) error {
		tx := &Tx{Scope: scope, By: by, At: c.now(), console: c} // by when it is its turn: what has ended while it waited has ended
		if err := c.resolve(ctx, scope, &tx.By); err != nil {
			return err
		}
		return c.perform(ctx, tx, work)
	})
	switch {
	case err == nil:
		noteChange(ctx)
	case refusal(err):
		c.recordRefusal(ctx, by, operation, what, err)
	}
	return err
}

func (c *Console) perform(ctx context.Context, tx *Tx, work func(tx *Tx) error) error {
	if !tx.By.Enters() {
		return Forbidden{ViewOrganization} // R5: also when the last grant ended a moment ago
	}
	return c.guarded(ctx, tx, work)
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

// must refuses a caller who lacks the need on the resource (0: the domain). Rows of editor lists are read where the
// answer depends on them: also where temporary access gives it already, for then they tell whether the caller's own rights
// would have, and so in whose name it is recorded (R20).
func (tx *Tx) must(ctx context.Context, need access.Need, id access.ResourceID) error {
	visits := len(tx.By.Accesses) > 0
	if id != 0 && (visits || !tx.By.Rights.May(need, 0)) {
		if err := tx.learn(ctx, need.Domain, id); err != nil {
			return err
		}
	}
	if !tx.By.Rights.May(need, id) {
		return Forbidden{need}
	}
	if visits && !tx.By.Rights.Granting().May(need, id) {
		tx.lent = true
	}
	return nil
}

// learn reads the caller's rows of editor lists about these resources into the rights.
func (tx *Tx) learn(ctx context.Context, d access.DomainKey, ids ...access.ResourceID) error {
	rights, err := withRows(ctx, tx.Scope, tx.By, d, ids)
	tx.By.Rights = rights
	return err
}

// withRows are the caller's rights with the rows of editor lists about these resources: one statement, none where the
// caller holds no Custom there.
func withRows(ctx context.Context, scope *models.Scope, by Caller, d access.DomainKey, ids []access.ResourceID) (access.Rights, error) {
	var custom []access.GranteeID
	for _, g := range by.Rights.Grants(d) {
		if g.Level == access.LevelCustom {
			custom = append(custom, g.Via.ID)
		}
	}
	if len(custom) == 0 || len(ids) == 0 {
		return by.Rights, nil
	}
	entries, err := scope.EntriesAmong(ctx, custom, d, ids)
	if err != nil {
		return by.Rights, fmt.Errorf("editor lists of the caller on %s: %w", d, err)
	}
	return by.Rights.WithEntries(entries), nil
}
