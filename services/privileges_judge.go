package services

import "bailiwick/access"

// PrivilegeWarnings are what to know before a draft is saved. None of them keeps it from being saved.
type PrivilegeWarnings struct {
	Sensitive  []access.Difference // what it gives on sensitive domains
	LocksOut   PrivilegesLockOut   // what the caller loses, and could not give back to themselves; it has to be confirmed
	TakesEntry bool                // it takes from the group what lets members into the console (R5)
	LacksEntry bool                // the group does not give that, now or then
}

// judgePrivileges says what each choice means to the caller: which they can't give (R7), what saving makes of what has an end, and what
// to know before. It reads nothing: the rights know the rows that the tab shows.
func (c *Console) judgePrivileges(by Caller, tab *PrivilegesTab) {
	mine, last := by.Rights.Granting(), c.lastIfSaved(by.Rights, tab.before)
	for i := range tab.Domains {
		d := &tab.Domains[i]
		d.IfSaved, d.Own, d.LastsIfSaved = tab.after[d.Key], mine.Level(d.Key), last[d.Key]
		if tab.Fixed == NotFixed && d.Barred == "" {
			d.lock(mine)
		}
	}
	for _, diff := range tab.Differences {
		tab.domain(diff.Domain).Changes++
	}
	tab.Presets = c.presetsOf(tab)
	tab.warn()
}

func (tab *PrivilegesTab) domain(key access.DomainKey) *PrivilegeDomain {
	for i := range tab.Domains {
		if tab.Domains[i].Key == key {
			return &tab.Domains[i]
		}
	}
	return nil
}

// lock marks what goes beyond somebody with these rights (R7). What stands already may stay.
func (d *PrivilegeDomain) lock(mine access.Rights) {
	d.Beyond = map[access.Level]bool{}
	for _, l := range d.Levels {
		if !mine.MayGive(d.Domain, access.Privilege{Level: l}, d.Stored) {
			d.Beyond[l] = true
		}
	}
	stood := access.Privilege{Level: access.LevelView, CanCreate: d.Stored.CanCreate || d.Creates(d.Stored.Level)}
	d.BeyondCreate = d.Create == access.CreateIndependent && !mine.MayGive(d.Domain, access.Privilege{Level: access.LevelView, CanCreate: true}, stood)
	if d.List == nil {
		return
	}
	d.List.Beyond, d.List.Free = map[access.ResourceID]bool{}, d.List.Found
	for _, r := range d.List.Rows {
		if d.beyondRow(mine, d.List.Listed, r.ID) {
			d.List.Beyond[r.ID] = true
		}
	}
	for _, r := range d.List.found {
		if d.beyondRow(mine, d.List.foundListed, r.ID) {
			d.List.Free--
		}
	}
	if d.List.Found > MaxChoices {
		d.List.Free = 0
	}
}

// beyondRow tells whether somebody with these rights can't give Edit on a resource; what stands in the list already may stay (R7).
func (d *PrivilegeDomain) beyondRow(mine access.Rights, listed map[access.ResourceID]bool, id access.ResourceID) bool {
	return !listed[id] && d.Stored.Level != access.LevelEdit && !mine.May(EditIn(d.Key), id)
}

// lastIfSaved are the domains whose level has an end that goes when somebody with these rights saves it as it is (R7).
func (c *Console) lastIfSaved(rights access.Rights, had access.PrivilegeSet) map[access.DomainKey]bool {
	whole := access.PrivilegeSet{}
	for key, p := range had {
		if !p.Until.IsZero() {
			whole[key] = access.Privilege{Level: p.Level, CanCreate: p.CanCreate}
		}
	}
	last := map[access.DomainKey]bool{}
	for key, p := range rights.Bounded(c.catalog, whole, had) {
		last[key] = p.Until.IsZero()
	}
	return last
}

// presetsOf are the keys of the presets that the choices amount to. A preset has nothing in its editor lists.
func (c *Console) presetsOf(tab *PrivilegesTab) []string {
	if tab.Kind == access.APIKey {
		return nil
	}
	for _, d := range tab.Domains {
		if d.Chosen.Level == access.LevelCustom && (d.List != nil && d.List.Stored > 0 || len(d.IfSaved.Editors) > 0) {
			return nil
		}
	}
	var keys []string
	for _, preset := range c.catalog.Menu() {
		if preset.Privileges.Equal(tab.Chosen(), c.catalog) {
			keys = append(keys, preset.Key)
		}
	}
	return keys
}

// Chosen is all levels as they are chosen, without editor lists.
func (tab PrivilegesTab) Chosen() access.PrivilegeSet {
	set := access.PrivilegeSet{}
	for _, d := range tab.Domains {
		set[d.Key] = access.Privilege{Level: d.Chosen.Level, CanCreate: d.Chosen.CanCreate}
	}
	return set
}

// warn tells what to know before saving.
func (tab *PrivilegesTab) warn() {
	for _, diff := range tab.Differences {
		if tab.domain(diff.Domain).Sensitive && diff.Gains && diff.Resource == 0 && !diff.Create {
			tab.Sensitive = append(tab.Sensitive, diff)
		}
	}
	if tab.Kind == access.APIKey {
		return // applications do not come in by the console, and edit no groups by it
	}
	organization := tab.domain(access.OrganizationDomain)
	enters := func(l access.Level) bool { return organization.Abilities(l, false)&access.View != 0 }
	if !enters(organization.Chosen.Level) {
		tab.TakesEntry = enters(organization.Stored.Level)
		tab.LacksEntry = !tab.TakesEntry && len(tab.Differences) > 0
	}
}
