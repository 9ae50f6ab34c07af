package services

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// PrivilegesDraft is what somebody chose on a Privileges tab and has not saved.
type PrivilegesDraft struct {
	Revision int64 // of the group or key as the form was made
	Choices  PrivilegeChoices
	Preset   string                         // of the Preset menu: replaces all choices, as far as the caller may give it (R7)
	Lists    map[access.DomainKey]ListQuery // the editor lists that are open, and where each stands

	Confirmed bool // they know that they lock themselves out
}

// NewPrivileges is what something new is to hold. Domains that are not named give nothing.
type NewPrivileges struct {
	Choices   PrivilegeChoices
	Confirmed bool // they know that they lock themselves out
}

func (n NewPrivileges) draft() PrivilegesDraft {
	return PrivilegesDraft{Choices: n.Choices, Confirmed: n.Confirmed}
}

// PrivilegeChoices is what a group or an API key is to hold, by domain. A domain that is not named stays as it is.
type PrivilegeChoices map[access.DomainKey]PrivilegeChoice

// PrivilegeChoice is the choice on one domain. Rows of the editor list that are not named stay as they are.
type PrivilegeChoice struct {
	Level     access.Level
	CanCreate bool
	Rows      map[string]bool // by the key of the resource: true for Edit, false for View
	Untouched bool            // nobody chose the level, the form sends what it was made with: what stands now is meant

	stood *access.Privilege // a change is reverted: level and box have the ends that they had, and rows theirs
}

// privilege is what is chosen, without the rows.
func (p PrivilegeChoice) privilege() access.Privilege {
	if p.stood == nil {
		return access.Privilege{Level: p.Level, CanCreate: p.CanCreate}
	}
	return access.Privilege{Level: p.stood.Level, CanCreate: p.stood.CanCreate, Until: p.stood.Until, Then: p.stood.Then}
}

// end is until when a row is to be there that had an end before; false for one that is chosen now.
func (p PrivilegeChoice) end(id access.ResourceID) (time.Time, bool) {
	if p.stood == nil {
		return time.Time{}, false
	}
	end, ends := p.stood.Ends[id]
	return end, ends
}

// applyDraft reads the levels that stand, sets a draft beside them, and says what saving would change, what goes beyond the caller
// (R7) and whether it is refused. The preview answers with that and saving writes it, so the two always say the same.
func (c *Console) applyDraft(ctx context.Context, v *view, tab *PrivilegesTab, draft PrivilegesDraft) error {
	if err := c.readLevels(ctx, v, tab); err != nil {
		return err
	}
	choices := draft.Choices
	if replaced := c.applyPreset(v.By.Rights, tab, draft.Preset); replaced != nil {
		choices = replaced
	}
	for i := range tab.Domains {
		if err := c.applyChoice(ctx, v, tab, &tab.Domains[i], choices, draft.Lists); err != nil {
			return err
		}
	}
	tab.before, tab.after = tab.before.Clean(c.catalog), tab.after.Clean(c.catalog)
	if err := v.learnLists(ctx, tab.after); err != nil {
		return err
	}
	tab.Beyond, tab.until = access.Lacking(v.By.Rights.Beyond(c.catalog, tab.after, tab.before))
	tab.after = v.By.Rights.Bounded(c.catalog, tab.after, tab.before)
	tab.Differences = differences(c.catalog, tab.before, tab.after)
	slices.SortStableFunc(tab.Differences, tab.asOnPage(c.catalog))
	tab.LocksOut = c.lockOut(v.By, tab)
	tab.Refused = tab.verdict(draft)
	return nil
}

// applyPreset is a preset as choices; nil where there is no such preset. Presets are sets for people, so API keys have none.
func (c *Console) applyPreset(rights access.Rights, tab *PrivilegesTab, key string) PrivilegeChoices {
	menu := c.catalog.Menu()
	at := slices.IndexFunc(menu, func(preset access.GroupTemplate) bool { return preset.Key == key })
	if at < 0 || tab.Kind != access.Group {
		return nil
	}
	var within access.PrivilegeSet
	within, tab.Skipped = rights.Clip(c.catalog, menu[at].Privileges, tab.before)
	choices := PrivilegeChoices{}
	for _, d := range c.catalog.Domains() {
		choices[d.Key] = PrivilegeChoice{Level: within[d.Key].Level, CanCreate: within[d.Key].CanCreate}
	}
	return choices
}

// applyChoice sets the choice on one domain beside what stands there. A choice that nobody could save changes nothing
// and is in Wrong. A domain without a choice stays as it is, its end too.
func (c *Console) applyChoice(ctx context.Context, v *view, tab *PrivilegesTab, d *PrivilegeDomain, choices PrivilegeChoices, lists map[access.DomainKey]ListQuery) error {
	tab.after[d.Key] = tab.before[d.Key]
	choice, said := choices[d.Key]
	if !said {
		return nil
	}
	if choice.Untouched {
		choice.Level, choice.CanCreate = d.Stored.Level, d.Stored.CanCreate
	}
	d.Chosen = choice
	if text := d.refuses(choice.Level); text != "" {
		tab.wrong(d.Key, "", text)
		return nil
	}
	query := lists[d.Key]
	if len(choice.Rows) > 0 || query.SetAll != SetNothing { // R15: names and keys of things are not for guessing
		if err := v.must(ctx, ViewIn(d.Key), 0); err != nil {
			return err
		}
	}
	tab.after[d.Key] = choice.privilege()
	if !tab.after[d.Key].Lists() {
		return nil
	}
	stood, chosen := tab.before[d.Key], tab.after[d.Key]
	if err := c.applyRows(ctx, v, tab, d.Domain, choice); err != nil || query.SetAll == SetNothing {
		return err
	}
	var err error
	if choice.Rows, err = v.setAll(ctx, tab, d, query, choice.Rows); err != nil {
		return err
	}
	d.Chosen, tab.before[d.Key], tab.after[d.Key] = choice, stood, chosen
	return c.applyRows(ctx, v, tab, d.Domain, choice)
}

// refuses says why nobody can choose the level; "" where somebody might.
func (d PrivilegeDomain) refuses(l access.Level) string {
	if !d.Offers(l) {
		return fmt.Sprintf("%s does not offer this level.", d.Name)
	}
	if l == access.LevelNone {
		return ""
	}
	return d.Barred
}

// applyRows adds the rows of the editor list that the draft names to both sides. A resource that is gone meanwhile is left out,
// and wrong where it is set to Edit: one a domain, or who makes up thousands of keys would have thousands of errors drawn.
func (c *Console) applyRows(ctx context.Context, v *view, tab *PrivilegesTab, d *access.Domain, choice PrivilegeChoice) error {
	edits := choice.Rows
	if len(edits) == 0 {
		return nil
	}
	keys := slices.Sorted(maps.Keys(edits))
	rows, err := v.ResourcesByKeys(ctx, d.Key, keys)
	if err != nil {
		return err
	}
	entries, err := listedAmong(ctx, v.Scope, tab.grantee(), d.Key, rows)
	if err != nil {
		return err
	}
	before, after := tab.before[d.Key], tab.after[d.Key]
	before.Ends = map[access.ResourceID]time.Time{}
	for _, e := range entries {
		before.Editors = append(before.Editors, e.Resource)
		if !e.Until.IsZero() {
			before.Ends[e.Resource] = e.Until
		}
	}
	there := map[string]bool{}
	after.Ends = map[access.ResourceID]time.Time{}
	for _, r := range rows {
		there[r.Key], tab.Named[r.ID] = true, r
		if edits[r.Key] {
			after.Editors = append(after.Editors, r.ID)
		}
		if end, ends := choice.end(r.ID); ends && edits[r.Key] {
			after.Ends[r.ID] = end
		}
	}
	tab.before[d.Key], tab.after[d.Key] = before, after
	gone := slices.IndexFunc(keys, func(key string) bool { return edits[key] && !there[key] })
	if gone >= 0 {
		tab.wrong(d.Key, keys[gone], fmt.Sprintf("This %s does not exist any more.", d.Resource))
	}
	return nil
}

// listedAmong are the entries of the grantee's editor list about these resources; none of one that is being added.
func listedAmong(ctx context.Context, scope *models.Scope, grantee access.GranteeID, d access.DomainKey, rows []models.Resource) ([]access.Entry, error) {
	if grantee == 0 {
		return nil, nil
	}
	return scope.EntriesAmong(ctx, []access.GranteeID{grantee}, d, numbersOf(rows))
}

// asOnPage orders differences by domain, as the tab has them: what is about the domain, then its rows by name and key.
func (tab *PrivilegesTab) asOnPage(c *access.Catalog) func(a, b access.Difference) int {
	rank := func(diff access.Difference) int {
		n := 0
		if diff.Resource != 0 {
			n++
		}
		if diff.Lasting {
			n += 2
		}
		return n
	}
	return func(a, b access.Difference) int {
		one, other := tab.Named[a.Resource], tab.Named[b.Resource]
		return cmp.Or(c.Domain(a.Domain).Position-c.Domain(b.Domain).Position, rank(a)-rank(b),
			strings.Compare(one.SortKey, other.SortKey), strings.Compare(one.Key, other.Key))
	}
}

// differences are what a change gives and takes, in the catalogue's order. Creation that the level itself brings or takes is
// no difference of its own.
func differences(c *access.Catalog, before, after access.PrivilegeSet) []access.Difference {
	return slices.DeleteFunc(access.Compare(c, before, after), func(diff access.Difference) bool {
		return diff.OfLevel(c.Domain(diff.Domain))
	})
}
