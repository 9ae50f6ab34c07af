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
	lent    bool // something that it took is held through temporary access alone
}

// view is what the caller of a page asks by.
func (c *Console) view(by Caller) *view {
	return &view{Scope: c.scope(by), By: by, At: c.now(), console: c}
}

// must refuses a caller who lacks the need on the resource (0: the domain). Rows of editor lists are read where the
// answer depends on them: also where temporary access gives it already, for then they tell whether the caller's own rights
// would have, and so in whose name it is recorded (R20).
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
	return nil
}

// learn reads the caller's rows of editor lists about these resources into the rights.
func (v *view) learn(ctx context.Context, d access.DomainKey, ids ...access.ResourceID) error {
	rights, err := withRows(ctx, v.Scope, v.By, d, ids)
	if err != nil {
		return err
	}
	v.By.Rights = rights
	return nil
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
		return access.Rights{}, fmt.Errorf("editor lists of the caller on %s: %w", d, err)
	}
	return by.Rights.WithEntries(entries), nil
}
