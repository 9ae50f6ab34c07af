package services

import (
	"context"
	"maps"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// ofKeys tells whether an activity switched an API key on or off, or moved its end and changed nothing else: what is done to many keys.
func ofKeys(a models.Activity) bool {
	switch a.Operation.Now() {
	case models.OpAPIKeyActivated, models.OpAPIKeyDeactivated:
		return changedOnly(a, recordedStatus)
	case models.OpAPIKeyUpdated:
		return changedOnly(a, recordedEnd)
	}
	return false
}

// keysReverted are API keys to which one thing is done.
type keysReverted struct {
	action     APIKeysAction
	ends       *time.Time
	keys       []models.APIKey
	activities []int64
}

// revertAPIKeys switches API keys on or off as they were, and gives them the ends that they had, as doing it to many is judged.
func (c *Console) revertAPIKeys(ctx context.Context, v *view, all []reverting) (jointPlan, error) {
	if err := v.must(ctx, ViewAPIKeys, 0); err != nil {
		return staying(all, err)
	}
	later, err := v.sinceAmong(ctx, all, fieldsChanged, models.OpAPIKeyUpdated, models.OpAPIKeyActivated, models.OpAPIKeyDeactivated)
	if err != nil {
		return staying(all, err)
	}
	found, err := v.APIKeysByIDs(ctx, resourcesOf(all))
	if err != nil {
		return jointPlan{}, err
	}
	rights, err := c.rightsOnKeys(ctx, v, found)
	if err != nil {
		return jointPlan{}, err
	}
	keys := map[access.ResourceID]models.APIKey{}
	for _, k := range found {
		keys[k.ID] = k
	}
	plan := jointPlan{outcomes: make([]Outcome[RevertLine], len(all))}
	together := map[string]*keysReverted{}
	for i, a := range all {
		o := &plan.outcomes[i]
		k, there := keys[a.ResourceID]
		if o.Row, o.Why = keyLine(a, k), error(Gone{a.ResourceName}); !there {
			continue
		}
		one := keysReverted{}
		one.action, one.ends = keyPutBack(o.Row)
		if o.Why = whyStays(o.Row, a.is.fields[o.Row.Field], later[a.thing(o.Row.Field)]); o.Why == nil {
			o.Why = v.whyNotPutBack(rights, k, one)
		}
		if o.Why == nil {
			one.addTo(together, o.Row.Field+" "+o.Row.After, k, a.ID)
		}
	}
	plan.write = func(ctx context.Context, tx *Tx) error { return tx.putKeysBack(ctx, together) }
	return plan, nil
}

// addTo puts a key among those to which the same is done.
func (r keysReverted) addTo(together map[string]*keysReverted, same string, k models.APIKey, activity int64) {
	if together[same] == nil {
		together[same] = &r
	}
	one := together[same]
	one.keys, one.activities = append(one.keys, k), append(one.activities, activity)
}

// putKeysBack does it, in as many statements as there are different things to do.
func (tx *Tx) putKeysBack(ctx context.Context, together map[string]*keysReverted) error {
	for _, same := range slices.Sorted(maps.Keys(together)) {
		one, from := together[same], len(tx.notes)
		if err := tx.changeKeys(ctx, one.action, one.keys, one.ends); err != nil {
			return err
		}
		tx.notesReverts(from, one.activities)
	}
	return nil
}

// keyLine is the one field that a change of many keys changed.
func keyLine(a reverting, today models.APIKey) RevertLine {
	line := RevertLine{}
	for _, change := range fieldChanges(a.was.fields, a.is.fields) {
		line.Change = change
	}
	line.Before, line.After = fieldsOf(keyState(today))[line.Field], a.was.fields[line.Field]
	return line
}

// keyPutBack is the action that gives a key back what it had.
func keyPutBack(line RevertLine) (APIKeysAction, *time.Time) {
	switch {
	case line.Field != recordedStatus:
		return ExtendKeys, endRecorded(line.After)
	case line.After == statusEnabled:
		return ActivateKeys, nil
	}
	return DeactivateKeys, nil
}

// whyNotPutBack is why the caller can't give a key back what it had: an end that is later is giving all that the key holds (R7, R11).
func (v *view) whyNotPutBack(rights rightsOnKeys, k models.APIKey, one keysReverted) error {
	if one.action != ExtendKeys {
		return rights.judge([]models.APIKey{k}, one.action, nil).Outcomes[0].Why
	}
	if !rights.edits[k.ID] {
		return Forbidden{EditAPIKey}
	}
	end, err := v.endAgain(k.ExpiresAt, one.ends)
	switch {
	case err != nil:
		return err
	case prolongs(k.ExpiresAt, end):
		return givable(rights.beyond[k.ID], end)
	}
	return nil
}
