package handlers

import (
	"fmt"
	"slices"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// privilegesPage draws a Privileges tab from the service's answer and from what the form says besides the draft. It is pure.
type privilegesPage struct {
	catalog *access.Catalog
	tab     services.PrivilegesTab
	form    privilegesForm
}

// leastPrivilege is the advice above every Privileges tab.
var leastPrivilege = map[access.GranteeKind]string{
	access.Group:  "Give only what is needed: View rather than Edit, Custom rather than Edit all.",
	access.APIKey: "Give only what the application needs. Everybody who has the secret can do all of this.",
}

// view is the tab without its frame and addresses.
func (p privilegesPage) view() views.PrivilegesTab {
	set, total, changed := p.tab.Chosen().Clean(p.catalog), len(p.tab.Domains), p.changed()
	view := views.PrivilegesTab{
		Advice: leastPrivilege[p.tab.Kind], ReadOnly: p.readOnly(), Errors: p.errors(), Skipped: p.skipped(), Query: p.form.Query,
		Tally: fmt.Sprintf("%d of %s", len(set), words.Domains.Count(total)), Reach: reach(p.catalog, set),
		Show: []views.ShowChoice{
			{Value: "all", Label: fmt.Sprintf("All %d", total), Checked: p.form.Show != "granted" && p.form.Show != "changed"},
			{Value: "granted", Label: fmt.Sprintf("Granted %d", len(set)), Checked: p.form.Show == "granted"},
			{Value: "changed", Label: fmt.Sprintf("Changed %d", changed), Checked: p.form.Show == "changed"},
		},
		Preset: p.presets(), SaveBar: p.saveBar(),
	}
	view.Reach.Pending = p.pending()
	if changed > 0 {
		view.Reach.Label += fmt.Sprintf(", %d changed", changed)
	}
	shown := 0
	for _, service := range p.catalog.Services {
		section, visible := p.section(service)
		shown += visible
		view.Services = append(view.Services, section)
	}
	if shown == 0 {
		view.Nothing = "No domain matches"
	}
	return view
}

// of are the tab's rows about a service.
func (p privilegesPage) of(service access.Service) []services.PrivilegeDomain {
	if len(service.Domains) == 0 {
		return nil
	}
	first := service.Domains[0].Position
	return p.tab.Domains[first : first+len(service.Domains)]
}

// changed counts the domains that saving would change.
func (p privilegesPage) changed() int {
	n := 0
	for _, d := range p.tab.Domains {
		if d.Changes > 0 {
			n++
		}
	}
	return n
}

// pending marks the domains with unsaved changes, service by service.
func (p privilegesPage) pending() [][]bool {
	var all [][]bool
	for _, service := range p.catalog.Services {
		var marks []bool
		for _, d := range p.of(service) {
			marks = append(marks, d.Changes > 0)
		}
		all = append(all, marks)
	}
	return all
}

// readOnly says why the tab can't be changed, "" where it can.
func (p privilegesPage) readOnly() string {
	switch {
	case p.tab.Fixed == services.FixedAdministrators:
		return "Administrators always have the highest level on every domain. You can’t change this."
	case p.tab.Fixed == services.FixedTemplate:
		return "The template " + p.tab.Template.Name + " sets what this API key may do. For other privileges, add a key with a template that leaves them open."
	case p.tab.Fixed == services.FixedWithoutEdit && p.tab.Kind == access.APIKey:
		return words.YouNeed("change what this API key may do", access.Edit, "it")
	case p.tab.Fixed == services.FixedWithoutEdit:
		return words.YouNeed("change what this group may do", access.Edit, "it")
	}
	return ""
}

// mostSkipped is how many domains a notice names.
const mostSkipped = 20

// skipped says how many domains a preset could not give in full, and which.
func (p privilegesPage) skipped() string {
	var names []string
	for _, key := range p.tab.Skipped {
		names = append(names, words.DomainOf(p.catalog, key))
	}
	if len(names) == 0 {
		return ""
	}
	return "You can’t give more than you hold yourself, so the preset was lowered on " + words.Domains.Count(len(names)) + ": " + words.List(names, mostSkipped) + "."
}

// presets are the entries of the Preset menu. It is labelled with the preset that matches the choices. API keys have none:
// presets are for people.
func (p privilegesPage) presets() views.PresetMenu {
	if p.tab.Kind == access.APIKey {
		return views.PresetMenu{}
	}
	menu := views.PresetMenu{Label: "Custom"}
	for _, preset := range p.catalog.Menu() {
		current := slices.Contains(p.tab.Presets, preset.Key)
		if current {
			menu.Label = preset.Name
		}
		menu.Presets = append(menu.Presets, views.Preset{Key: preset.Key, Name: preset.Name, Current: current,
			Note: words.Domains.Count(preset.Privileges.Held(p.catalog))})
	}
	return menu
}

func (p privilegesPage) section(service access.Service) (views.PrivilegeService, int) {
	section := views.PrivilegeService{ID: service.Key, Name: service.Name, Hidden: true}
	granted, unsaved, visible := 0, 0, 0
	for _, d := range p.of(service) {
		row := p.row(d)
		if !row.Hidden {
			section.Hidden = false
			visible++
		}
		if d.Chosen.Level != access.LevelNone {
			granted++
		}
		unsaved += d.Changes
		section.Domains = append(section.Domains, row)
	}
	section.Granted = fmt.Sprintf("%d of %d granted", granted, len(service.Domains))
	if unsaved > 0 {
		section.Unsaved = fmt.Sprintf("%d unsaved", unsaved)
	}
	return section, visible
}

// wrong is what is wrong with the choices: some could not be read, others can't be saved.
func (p privilegesPage) wrong() []services.FieldError {
	all := slices.Concat(p.form.Wrong, p.tab.Wrong)
	for _, x := range p.tab.Beyond {
		all = append(all, services.FieldError{Domain: x.Domain, Text: p.beyond(x)})
	}
	return all
}

// beyond says what goes beyond the viewer (R7).
func (p privilegesPage) beyond(x access.Excess) string {
	d := p.tab.Domains[p.catalog.Domain(x.Domain).Position]
	if x.Resource == 0 {
		return lock(d)
	}
	name := p.tab.Named[x.Resource].Name
	if name == "" {
		name = "one of these " + words.Things(d.Domain).Many
	}
	return words.NotYourself(access.Edit, name)
}

// errors lead to the rows that they are about. A row that the filter hides says nothing.
func (p privilegesPage) errors() []parts.FieldError {
	var all []parts.FieldError
	for _, d := range p.tab.Domains {
		switch text := p.wrongOn(d); {
		case text != "" && p.hides(d):
			all = append(all, parts.FieldError{ID: rowID(d.Domain), Label: words.Domain(d.Domain), Text: text})
		case text != "":
			all = append(all, parts.FieldError{ID: rowID(d.Domain), Label: words.Domain(d.Domain)})
		}
	}
	if p.form.Unticked {
		all = append(all, parts.FieldError{ID: "lockout", Label: "Lock-out", Text: "Confirm it below."})
	}
	return all
}
