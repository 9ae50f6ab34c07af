package services

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// fieldsJudge judges fields as they would be, by the names that the record has for them, and gives what writes them.
type fieldsJudge func(wanted map[string]string) (func(ctx context.Context, tx *Tx) error, error)

// revertFields gives fields the values that they had before a change, of those that nobody changed since by one of the operations.
// What the command refuses at a field stays as it is.
func (v *view) revertFields(ctx context.Context, a reverting, today map[string]string, judge fieldsJudge, operations ...models.Operation) (reversalPlan, error) {
	later, err := v.since(ctx, a, operations...)
	if err != nil {
		return reversalPlan{}, err
	}
	last := map[string]models.Activity{}
	for _, l := range later {
		for _, change := range fieldChanges(l.was.fields, l.is.fields) {
			last[change.Field] = l.Activity
		}
	}
	var lines []RevertLine
	for _, change := range fieldChanges(a.was.fields, a.is.fields) {
		line := RevertLine{Change: change}
		line.Before, line.After = today[change.Field], change.Before
		if since, changed := last[change.Field]; changed {
			line.Stays, line.Since = StaysChanged, &LaterChange{since}
		} else if line.Before != change.After {
			line.Stays = StaysChanged
		}
		if line.Before == line.After {
			line.Stays, line.Since = StaysAlready, nil
		}
		lines = append(lines, line)
	}
	return judgeFields(today, lines, judge)
}

// judgeFields judges what is to be reverted, less with each round of what is refused.
func judgeFields(today map[string]string, lines []RevertLine, judge fieldsJudge) (reversalPlan, error) {
	for {
		wanted := maps.Clone(today)
		for _, line := range lines {
			if line.Stays == Reverts {
				wanted[line.Field] = line.After
			}
		}
		write, err := judge(wanted)
		if err == nil {
			return reversalPlan{lines: lines, write: write}, nil
		}
		if !fieldsRefused(lines, err) {
			return reversalPlan{lines: lines}, err
		}
	}
}

// fieldsRefused notes at which fields a refusal is, and tells whether it was at one that was to be reverted.
func fieldsRefused(lines []RevertLine, cause error) bool {
	found := false
	stay := func(field string, why RevertLine) {
		for i := range lines {
			if line := &lines[i]; line.Stays == Reverts && line.Field == strings.ToLower(field) {
				line.Stays, line.Text, line.Excess, found = why.Stays, why.Text, why.Excess, true
			}
		}
	}
	var wrong Invalid
	var at AtField
	var high TooHigh
	if errors.As(cause, &wrong) {
		for _, f := range wrong.Fields {
			stay(f.Field, RevertLine{Stays: StaysRefused, Text: f.Text})
		}
	}
	if errors.As(cause, &at) && errors.As(cause, &high) {
		stay(at.Field, RevertLine{Stays: StaysBeyond, Excess: high.Excess})
	}
	return found
}

// fieldsOf are a state's fields by the names that the record has for them.
func fieldsOf(state any) map[string]string { return readState(text(state)).fields }

// revertGroup gives a group the name and the description back that it had.
func (c *Console) revertGroup(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	named, err := v.standing(ctx, a)
	if err != nil {
		return reversalPlan{}, err
	}
	group, err := v.openGroup(ctx, named.Key)
	if err != nil {
		return reversalPlan{}, err
	}
	judge := func(wanted map[string]string) (func(context.Context, *Tx) error, error) {
		becomes, err := v.cleanGroup(ctx, c.catalog.Domain(access.GroupsDomain), group,
			GroupChange{Revision: group.Revision, Name: wanted["name"], Description: wanted["description"]})
		return func(ctx context.Context, tx *Tx) error {
			stands := group
			return tx.configureGroup(ctx, &stands, becomes.Name, becomes.Description)
		}, err
	}
	today := fieldsOf(state{Name: group.Name, Description: group.Description})
	return v.revertFields(ctx, a, today, judge, models.OpGroupRenamed, models.OpGroupDescribed)
}

// revertResource gives a resource the configuration back that it had.
func (c *Console) revertResource(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	named, err := v.standing(ctx, a)
	if err != nil {
		return reversalPlan{}, err
	}
	domain := c.PageDomain(named.Domain)
	if domain == nil {
		return reversalPlan{}, Gone{Name: a.ResourceName}
	}
	stands, err := v.openResource(ctx, named.Domain, named.Key)
	if err != nil {
		return reversalPlan{}, err
	}
	judge := func(wanted map[string]string) (func(context.Context, *Tx) error, error) {
		r := stands
		err := v.fill(ctx, domain, &r, ResourceConfiguration{
			Name: wanted["name"], Type: wanted["type"], Visibility: wanted["visibility"], Owner: wanted["owner"]})
		return func(ctx context.Context, tx *Tx) error { return tx.saveResource(ctx, r, resourceState(stands)) }, err
	}
	return v.revertFields(ctx, a, fieldsOf(resourceState(stands)), judge, models.OpResourceUpdated)
}

// revertAPIKey gives an API key the configuration back that it had, and switches it on or off as it was.
func (c *Console) revertAPIKey(ctx context.Context, v *view, a reverting) (reversalPlan, error) {
	named, err := v.standing(ctx, a)
	if err != nil {
		return reversalPlan{}, err
	}
	stands, err := v.openAPIKey(ctx, named.Key)
	if err != nil {
		return reversalPlan{}, err
	}
	judge := func(wanted map[string]string) (func(context.Context, *Tx) error, error) {
		return c.judgeKeyFields(ctx, v, stands, wanted)
	}
	return v.revertFields(ctx, a, fieldsOf(keyState(stands)), judge, models.OpAPIKeyUpdated, models.OpAPIKeyActivated, models.OpAPIKeyDeactivated)
}

func (c *Console) judgeKeyFields(ctx context.Context, v *view, stands models.APIKey, wanted map[string]string) (func(context.Context, *Tx) error, error) {
	k, operation := stands, models.OpAPIKeyUpdated
	configuration := APIKeyConfiguration{Name: wanted["name"], Description: wanted["description"], Expires: stands.ExpiresAt,
		Allow: parsedNetworks(listed(wanted["allow"])), Deny: parsedNetworks(listed(wanted["deny"]))}
	if err := v.fillKey(ctx, c.catalog.Domain(access.APIKeysDomain), &k, configuration); err != nil {
		return nil, err
	}
	if had := wanted[recordedEnd]; had != moment(stands.ExpiresAt) { // beside fillKey, which makes a day of each end
		var err error
		if k.ExpiresAt, err = v.endAgain(stands.ExpiresAt, endRecorded(had)); err != nil {
			return nil, err
		}
	}
	if err := c.mayLoosen(ctx, v, stands, k); err != nil {
		return nil, err
	}
	if wanted["status"] != storedStatus(stands) {
		k.Enabled, operation = !stands.Enabled, models.OpAPIKeyActivated
		if !k.Enabled {
			operation = models.OpAPIKeyDeactivated
		} else if err := c.mayGiveKey(ctx, v, k); err != nil {
			return nil, AtField{Field: "Status", Cause: err}
		}
	}
	return func(ctx context.Context, tx *Tx) error {
		return tx.updateAPIKey(ctx, operation, k, keyState(stands))
	}, nil
}

// endRecorded is an end that the record has as a text; nil for never.
func endRecorded(text string) *time.Time {
	end, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return nil
	}
	return &end
}

// listed takes a list apart that the record has as one text.
func listed(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
}
