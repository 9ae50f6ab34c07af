package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// view is a question in the making: about an organization, by a caller, at one moment. Whatever only reads is a method of it,
// or takes it; what writes takes a Tx, which has one.
type view struct {
	*models.Scope
	By Caller
	At time.Time // one moment for all of it

	console *Console
	changes bool // asks within a change, and not for what could be done
	lent    bool // something that it took is held through temporary access alone
}

// view is what the caller of a page asks by.
func (c *Console) view(by Caller) *view {
	return c.viewIn(c.scope(by), by, c.now())
}

// viewIn is the view of somebody on a scope that is there already, at a moment that is.
func (c *Console) viewIn(scope *models.Scope, by Caller, at time.Time) *view {
	return &view{Scope: scope, By: by, At: at, console: c}
}

// inSnapshot asks by one state of everything: for what several statements must agree on.
func (c *Console) inSnapshot(ctx context.Context, by Caller, ask func(v *view) error) error {
	return c.scope(by).Snapshot(ctx, func(scope *models.Scope) error { return ask(c.viewIn(scope, by, c.now())) })
}

// mustEnter refuses a caller who may not enter the console at all (R5).
func (c Caller) mustEnter() error {
	if !c.Enters() {
		return Forbidden{ViewOrganization}
	}
	return nil
}

// must refuses a caller who lacks the need on the domain, where nothing is read: all else asks the must of a view.
func (c Caller) must(need access.Need) error {
	if !c.Rights.May(need, 0) {
		return Forbidden{need}
	}
	c.noteUse(need, 0)
	return nil
}

// must refuses a caller who lacks the need on the resource (0: the domain). Rows of editor lists are read where the
// answer depends on them: also where temporary access gives it already, for then they tell whether the caller's own rights
// would have, and so in whose name it is recorded (R20). What a group gives by its list alone counts as used all the same: who may edit
// something has to view it, and that its Custom gives too.
func (v *view) must(ctx context.Context, need access.Need, id access.ResourceID) error {
	visits := len(v.By.Accesses) > 0
	if id != 0 && (visits || !v.By.Rights.May(need, 0)) {
		if err := v.learn(ctx, need.Domain, id); err != nil {
			return err
		}
	}
	if !v.By.Rights.May(need, id) {
		return Forbidden{need}
	}
	if visits && !v.By.Rights.Granting().May(need, id) {
		v.lent = true
	}
	v.By.noteUse(need, id)
	return nil
}

// learn makes the caller's rights know the rows of editor lists about these resources: one statement, none where the caller
// holds no Custom there.
func (v *view) learn(ctx context.Context, d access.DomainKey, ids ...access.ResourceID) error {
	custom := customGrantees(v.By.Rights, d)
	if len(custom) == 0 || len(ids) == 0 {
		return nil
	}
	entries, err := v.EntriesAmong(ctx, custom, d, ids)
	if err != nil {
		return fmt.Errorf("editor lists of the caller on %s: %w", d, err)
	}
	v.By.Rights = v.By.Rights.WithEntries(entries)
	return nil
}
