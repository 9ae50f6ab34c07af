package handlers

import (
	"fmt"
	"strings"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/words"
)

// privilegesPage draws a Privileges tab from what is stored, what the form says and what saving would change.
type privilegesPage struct {
	catalog  *access.Catalog
	by       services.Caller
	detail   services.PrivilegesTab
	form     privilegesForm
	draft    services.Draft
	mine     access.Rights // of the viewer, as far as they count for giving
	readOnly bool
	changed  map[access.DomainKey]int // differences by domain

	differences []access.Difference
}

func newPrivilegesPage(catalog *access.Catalog, by services.Caller, detail services.PrivilegesTab, form privilegesForm, draft services.Draft, readOnly bool) privilegesPage {
	p := privilegesPage{catalog: catalog, by: by, detail: detail, form: form, draft: draft, mine: detail.Rights.Granting(), readOnly: readOnly,
		changed: map[access.DomainKey]int{}}
	p.differences = differences(catalog, draft)
	for _, diff := range p.differences {
		p.changed[diff.Domain]++
	}
	return p
}

// level is the choice as it stands: what the form says, else what is stored.
func (p privilegesPage) level(d *access.Domain) access.Level {
	if l, said := p.form.Levels[d.Key]; said {
		return l
	}
	return p.detail.Stored[d.Key].Level
}

func (p privilegesPage) create(d *access.Domain) bool {
	if _, said := p.form.Levels[d.Key]; said {
		return p.form.Create[d.Key]
	}
	return p.detail.Stored[d.Key].CanCreate
}

// set is all levels as they stand, without editor lists.
func (p privilegesPage) set() access.PrivilegeSet {
	set := access.PrivilegeSet{}
	for _, d := range p.catalog.Domains() {
		set[d.Key] = access.Privilege{Level: p.level(d), CanCreate: p.create(d)}
	}
	return set.Clean(p.catalog)
}

// fill completes a tab whose frame and addresses are there already.
func (p privilegesPage) fill(tab *views.PrivilegesTab) {
	set := p.set()
	total := len(p.catalog.Domains())
	tab.Query = p.form.Query
	tab.Reach = reach(p.catalog, set)
	tab.Reach.Pending = p.pending()
	if len(p.changed) > 0 {
		tab.Reach.Label += fmt.Sprintf(", %d changed", len(p.changed))
	}
	tab.Tally = fmt.Sprintf("%d of %s", len(set), words.Domains.Count(total))
	tab.Show = []views.ShowChoice{
		{Value: "all", Label: fmt.Sprintf("All %d", total), Checked: p.form.Show != "granted" && p.form.Show != "changed"},
		{Value: "granted", Label: fmt.Sprintf("Granted %d", len(set)), Checked: p.form.Show == "granted"},
		{Value: "changed", Label: fmt.Sprintf("Changed %d", len(p.changed)), Checked: p.form.Show == "changed"},
	}
	tab.Preset = p.presets(set)
	shown := 0
	for _, service := range p.catalog.Services {
		section, visible := p.section(service)
		shown += visible
		tab.Services = append(tab.Services, section)
	}
	if shown == 0 {
		tab.Nothing = "No domain matches"
	}
}

// pending marks the domains with unsaved changes, service by service.
func (p privilegesPage) pending() [][]bool {
	var all [][]bool
	for _, service := range p.catalog.Services {
		var marks []bool
		for _, d := range service.Domains {
			marks = append(marks, p.changed[d.Key] > 0)
		}
		all = append(all, marks)
	}
	return all
}

// presets are the entries of the Preset menu; its label is the one that matches the levels as they stand. Presets are sets
// for people, so API keys have none.
func (p privilegesPage) presets(set access.PrivilegeSet) views.PresetMenu {
	if p.detail.Kind == access.APIKey {
		return views.PresetMenu{}
	}
	menu := views.PresetMenu{Label: "Custom"}
	for _, preset := range p.catalog.Menu() {
		current := preset.Privileges.Equal(set, p.catalog) && p.emptyLists()
		if current {
			menu.Label = preset.Name
		}
		menu.Presets = append(menu.Presets, views.Preset{Key: preset.Key, Name: preset.Name, Current: current,
			Note: words.Domains.Count(preset.Privileges.Held(p.catalog))})
	}
	return menu
}

// emptyLists tells that nothing is in an editor list: a preset has none.
func (p privilegesPage) emptyLists() bool {
	for _, d := range p.catalog.Domains() {
		if p.level(d) == access.LevelCustom && (p.detail.Lists[d.Key].Length > 0 || len(p.draft.After[d.Key].Editors) > 0) {
			return false
		}
	}
	return true
}

func (p privilegesPage) section(service access.Service) (views.PrivilegeService, int) {
	section := views.PrivilegeService{ID: service.Key, Name: service.Name, Hidden: true}
	granted, unsaved, visible := 0, 0, 0
	for _, d := range service.Domains {
		row := p.row(d)
		if !row.Hidden {
			section.Hidden = false
			visible++
		}
		if p.level(d) != access.LevelNone {
			granted++
		}
		unsaved += p.changed[d.Key]
		section.Domains = append(section.Domains, row)
	}
	section.Granted = fmt.Sprintf("%d of %d granted", granted, len(service.Domains))
	if unsaved > 0 {
		section.Unsaved = fmt.Sprintf("%d unsaved", unsaved)
	}
	return section, visible
}

func (p privilegesPage) row(d *access.Domain) views.PrivilegeDomain {
	level, stored := p.level(d), p.detail.Stored[d.Key]
	row := views.PrivilegeDomain{
		Key: string(d.Key), ID: "d-" + idOf(d.Key), Name: d.Name, Sensitive: d.Sensitive,
		Level: levelClass(level), LevelWord: d.Label(level), Allows: words.Sentence(d.Allows[level]), Was: words.Privilege(d, stored),
		Choices: p.choices(d, level, stored), Create: p.createChoice(d, stored), Error: p.wrong(d), Hidden: p.hides(d),
	}
	if level == access.LevelNone {
		row.Allows = p.nothing(d)
	}
	row.Note = p.ends(d, level)
	for _, c := range row.Choices {
		if c.Locked != "" {
			row.Note = strings.TrimSpace(row.Note + " " + c.Locked)
		}
	}
	if d.Granular() && (!p.readOnly || level == access.LevelCustom) {
		row.Custom = p.list(d)
	}
	return row
}

// nothing is what None allows, and what the least level of the domain would: the step that usually suffices.
func (p privilegesPage) nothing(d *access.Domain) string {
	if len(d.Levels) == 0 || d.Allows[d.Levels[0]] == "" || p.detail.Bars(d) != "" {
		return "Nothing."
	}
	whom := "them "
	if p.detail.Kind == access.APIKey {
		whom = "it "
	}
	return "Nothing. " + d.Label(d.Levels[0]) + " would let " + whom + d.Allows[d.Levels[0]] + "."
}

// privilegeWords is a privilege as people read it: "View all, Can create".
func privilegeWords(d *access.Domain, p access.Privilege) string {
	if p.CanCreate && d.CreateChoice(p.Level) {
		return d.Label(p.Level) + ", Can create"
	}
	return d.Label(p.Level)
}

// choices are the levels that the domain has, None first. One that goes beyond the viewer (R7), or that an API key can't
// hold (R11), is locked and says why.
func (p privilegesPage) choices(d *access.Domain, level access.Level, stored access.Privilege) []views.LevelChoice {
	choices := []views.LevelChoice{{Value: "none", Label: "None", Allows: p.nothing(d), Checked: level == access.LevelNone, Stored: stored.Level == access.LevelNone}}
	for _, l := range d.Levels {
		c := views.LevelChoice{Value: l.String(), Label: d.Label(l), Allows: words.Sentence(d.Allows[l]), Checked: l == level, Stored: l == stored.Level}
		if why := p.detail.Bars(d); why != "" {
			c.Locked = why
		} else if !p.readOnly && l != stored.Level && !p.mine.MayGive(d, access.Privilege{Level: l}, stored) {
			c.Locked = p.lock(d)
		}
		choices = append(choices, c)
	}
	return choices
}

// lock says why a level can't be given.
func (p privilegesPage) lock(d *access.Domain) string {
	if own := p.mine.Level(d.Key); own != access.LevelNone {
		return "You hold " + d.Label(own) + " here, so you cannot give more."
	}
	return "You hold nothing here, so you cannot give it."
}

func (p privilegesPage) createChoice(d *access.Domain, stored access.Privilege) views.CreateChoice {
	if p.detail.Bars(d) != "" {
		return views.CreateChoice{}
	}
	choice := views.CreateChoice{Offered: d.Create == access.CreateIndependent, Included: d.Create != access.CreateNone,
		Checked: p.create(d), Stored: stored.CanCreate}
	if choice.Offered && !p.readOnly && !p.mine.MayGive(d, access.Privilege{Level: access.LevelView, CanCreate: true}, access.Privilege{Level: access.LevelView, CanCreate: stored.CanCreate || d.Creates(stored.Level)}) {
		choice.Locked = "You cannot create " + words.Things(d).Many + " yourself, so you cannot give it."
	}
	return choice
}

func (p privilegesPage) wrong(d *access.Domain) string {
	for _, w := range p.form.Wrong {
		if w.Field == services.LevelField(d.Key) || strings.HasPrefix(w.Field, "edit."+string(d.Key)+".") {
			return w.Text
		}
	}
	return ""
}

// hides tells whether the filter leaves the domain out. Its choices are still submitted.
func (p privilegesPage) hides(d *access.Domain) bool {
	switch {
	case p.form.Show == "granted" && p.level(d) == access.LevelNone, p.form.Show == "changed" && p.changed[d.Key] == 0:
		return true
	case p.form.Query == "":
		return false
	}
	return !strings.Contains(strings.ToLower(d.Service+" "+d.Name), strings.ToLower(p.form.Query))
}
