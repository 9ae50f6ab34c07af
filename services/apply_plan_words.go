package services

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/services/files"
	"bailiwick/words"
)

// namedAtMost is how many keys one line of a plan names.
const namedAtMost = 10

// Empty tells that there is nothing to do.
func (p Plan) Empty() bool { return len(p.Steps) == 0 }

// counts are how many things are created, changed and removed. What ends besides, such as an access, is a change.
func (p Plan) counts() (created, changed, removed int) {
	for _, s := range p.Steps {
		switch s.Does {
		case doesCreate:
			created++
		case doesRemove:
			removed++
		default:
			changed++
		}
	}
	return created, changed, removed
}

// String is the plan as the command line prints it: a line for each step with its details indented below, then the notes, and at
// the end how much it is: +12 ~3 -0 are things created, changed and removed.
func (p Plan) String() string {
	var b strings.Builder
	for _, s := range p.Steps {
		fmt.Fprintf(&b, "%s %s\n", s.Does, s.What)
		for _, detail := range s.Details {
			fmt.Fprintf(&b, "    %s\n", detail)
		}
	}
	if p.Empty() {
		b.WriteString("nothing to change\n")
	}
	for _, note := range p.Notes {
		fmt.Fprintf(&b, "note: %s\n", note)
	}
	if created, changed, removed := p.counts(); !p.Empty() {
		fmt.Fprintf(&b, "+%d ~%d -%d\n", created, changed, removed)
	}
	return b.String()
}

// plan is the plan of these changes, in the order in which they are done.
func (c *changes) plan(catalog *access.Catalog) Plan {
	plan := Plan{Notes: c.notes}
	if o := c.organization; o.is != nil {
		plan.Steps = append(plan.Steps, Step{doesChange, "organization " + o.is.Key, organizationDetails(o.was, o.is)})
	}
	plan.Steps = append(plan.Steps, steps(c.groups,
		func(g *files.Group) string { return "group " + g.Key },
		func(was, is *files.Group) []string { return groupDetails(catalog, was, is) })...)
	plan.Steps = append(plan.Steps, steps(c.apiKeys,
		func(k *files.APIKey) string { return "API key " + k.Key },
		func(was, is *files.APIKey) []string { return apiKeyDetails(catalog, was, is) })...)
	plan.Steps = append(plan.Steps, steps(c.resources,
		func(r *located) string { return string(r.domain) + " " + r.Key }, resourceDetails)...)
	plan.Steps = append(plan.Steps, steps(c.members,
		func(m *files.Member) string { return "member " + m.Email }, memberDetails)...)
	slices.SortStableFunc(plan.Steps, removalsLast)
	return plan
}

func removalsLast(a, b Step) int {
	switch {
	case a.Does != doesRemove && b.Does == doesRemove:
		return -1
	case a.Does == doesRemove && b.Does != doesRemove:
		return 1
	}
	return 0
}

func steps[T any](all []difference[T], name func(*T) string, details func(was, is *T) []string) []Step {
	var list []Step
	for _, d := range all {
		switch {
		case d.is == nil:
			list = append(list, Step{Does: doesRemove, What: name(d.was)})
		case d.was == nil:
			list = append(list, Step{doesCreate, name(d.is), details(new(T), d.is)})
		default:
			list = append(list, Step{doesChange, name(d.is), details(d.was, d.is)})
		}
	}
	return list
}

// leftNotes say what the file omits and what therefore stays, kind by kind.
func leftNotes(left map[string][]string) []string {
	var notes []string
	for _, kind := range slices.Sorted(maps.Keys(left)) {
		notes = append(notes, fmt.Sprintf("not in the file and left alone (--prune removes it): %s %s", kind, words.List(left[kind], namedAtMost)))
	}
	return notes
}

// details gathers what differs, one field after the other.
type details []string

func (d *details) field(name, was, is string) {
	if was != is {
		*d = append(*d, fmt.Sprintf("%s: %s → %s", name, orNone(was), orNone(is)))
	}
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}

func organizationDetails(was, is *files.Organization) []string {
	var d details
	d.field("name", was.Name, is.Name)
	d.field("seats", fmt.Sprint(was.Seats), fmt.Sprint(is.Seats))
	return d
}

func groupDetails(catalog *access.Catalog, was, is *files.Group) []string {
	var d details
	d.field("name", was.Name, is.Name)
	d.field("description", was.Description, is.Description)
	return append(d, privilegeDetails(catalog, was.Privileges, is.Privileges)...)
}

func apiKeyDetails(catalog *access.Catalog, was, is *files.APIKey) []string {
	var d details
	d.field("name", was.Name, is.Name)
	d.field("description", was.Description, is.Description)
	d.field("template", was.Template, is.Template)
	d.field("status", was.Status, is.Status)
	d.field("expires", moment(was.Expires), moment(is.Expires))
	d.field("allow", set(was.Allow), set(is.Allow))
	d.field("deny", set(was.Deny), set(is.Deny))
	return append(d, privilegeDetails(catalog, was.Privileges, is.Privileges)...)
}

// set is a list whose order means nothing.
func set(items []string) string { return strings.Join(slices.Sorted(slices.Values(items)), ", ") }

func moment(at *time.Time) string {
	if at == nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}

func resourceDetails(was, is *located) []string {
	var d details
	d.field("name", was.Name, is.Name)
	d.field("type", was.Type, is.Type)
	d.field("visibility", was.Visibility, is.Visibility)
	d.field("owner", was.Owner, is.Owner)
	return d
}

func memberDetails(was, is *files.Member) []string {
	var d details
	if is.Was != "" {
		d.field("email", is.Was, is.Email)
	}
	d.field("name", was.Name, is.Name)
	d.field("status", cmp.Or(was.Status, memberActive), cmp.Or(is.Status, memberActive))
	d.field("groups", strings.Join(refKeys(was.Groups), ", "), strings.Join(refKeys(is.Groups), ", "))
	return d
}

// refKeys are the keys of references, with their ends, sorted: their order in a file means nothing.
func refKeys(refs []files.Ref) []string {
	keys := make([]string, len(refs))
	for i, r := range refs {
		keys[i] = r.Key
		if r.Until != nil {
			keys[i] += " until " + moment(r.Until)
		}
	}
	slices.Sort(keys)
	return keys
}

// privilegeDetails say which levels, boxes and editor lists differ, in the order of the domains' keys.
func privilegeDetails(catalog *access.Catalog, was, is []files.Privilege) []string {
	before, after := byDomain(was), byDomain(is)
	domains := map[access.DomainKey]bool{}
	for d := range before {
		domains[d] = true
	}
	for d := range after {
		domains[d] = true
	}
	var d details
	for _, key := range slices.Sorted(maps.Keys(domains)) {
		b, a := before[key], after[key]
		gained, lost := without(a.Edit, b.Edit), without(b.Edit, a.Edit)
		if sameSteps(&b, &a) && len(gained)+len(lost) == 0 {
			continue
		}
		things := words.Things(catalog.Domain(key))
		d = append(d, fmt.Sprintf("%s: %s → %s%s", key, held(b, things), held(a, things), moved(gained, lost)))
	}
	return d
}

func byDomain(all []files.Privilege) map[access.DomainKey]files.Privilege {
	index := make(map[access.DomainKey]files.Privilege, len(all))
	for _, p := range all {
		index[p.Domain] = p
	}
	return index
}

// without are the keys of the first list that are not in the second.
func without(refs, others []files.Ref) []string {
	known := map[string]bool{}
	for _, key := range refKeys(others) {
		known[key] = true
	}
	return slices.DeleteFunc(refKeys(refs), func(key string) bool { return known[key] })
}

func held(p files.Privilege, things words.Noun) string {
	text := p.Level.String()
	if p.Level == access.LevelCustom && len(p.Edit) > 0 || p.Level == access.LevelCustom && p.Until == nil {
		text = "custom with " + things.Count(len(p.Edit))
	}
	if p.CanCreate {
		text += ", can create"
	}
	if p.Until != nil {
		text += " until " + moment(p.Until)
		if p.Then != nil {
			text += ", then " + held(*p.Then, things)
		}
	}
	return text
}

// sameSteps tells whether two privileges are the same level with the same box now and after each end.
func sameSteps(a, b *files.Privilege) bool {
	for ; a != nil && b != nil; a, b = a.Then, b.Then {
		if a.Level != b.Level || a.CanCreate != b.CanCreate || moment(a.Until) != moment(b.Until) {
			return false
		}
	}
	return a == nil && b == nil
}

// moved names what enters and leaves an editor list.
func moved(gained, lost []string) string {
	var parts []string
	if len(gained) > 0 {
		parts = append(parts, "adds "+words.List(gained, namedAtMost))
	}
	if len(lost) > 0 {
		parts = append(parts, "drops "+words.List(lost, namedAtMost))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, "; ") + ")"
}
