package files

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// maxLine is where lists begin to be written one item a line.
const maxLine = 120

// WriteOrganization writes the file in its one canonical order: groups and API keys by key, privileges and resources by
// domain, members by e-mail, lists sorted. The same organization always gives the same bytes, and reading them gives
// the same organization. What is not said stays out.
func WriteOrganization(out io.Writer, o *Organization) error {
	w := &writer{out: bufio.NewWriter(out)}
	w.print("version: 1\norganization: ", flow("key", o.Key, "name", o.Name, "seats", seats(o.Seats)), "\n")
	if o.HasGroups {
		section(w, "groups", sorted(o.Groups, func(g Group) string { return g.Key }), w.group)
	}
	if o.HasMembers {
		section(w, "members", sorted(o.Members, func(m Member) string { return m.Email }), w.member)
	}
	if o.HasAPIKeys {
		section(w, "api_keys", sorted(o.APIKeys, func(k APIKey) string { return k.Key }), w.apiKey)
	}
	if o.HasResources {
		w.resources(o.Resources)
	}
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("write the organization file: %w", err)
	}
	return nil
}

// writer keeps the first error until the end, as its bufio.Writer does.
type writer struct{ out *bufio.Writer }

func (w *writer) print(texts ...string) {
	for _, text := range texts {
		_, _ = w.out.WriteString(text) // Flush reports it
	}
}

// section writes a list, "[]" where it is empty.
func section[T any](w *writer, name string, items []T, write func(T)) {
	if len(items) == 0 {
		w.print(name, ": []\n")
		return
	}
	w.print(name, ":\n")
	for _, item := range items {
		write(item)
	}
}

func (w *writer) group(g Group) {
	w.print("  - key: ", scalarText(g.Key), "\n    name: ", scalarText(g.Name), "\n")
	w.field("description", g.Description)
	w.privileges(g.Privileges, g.HasPrivileges)
}

func (w *writer) member(m Member) {
	groups := ""
	if m.HasGroups {
		groups = flowList(keys(m.Groups))
	}
	w.print("  - ", flow("email", m.Email, "name", m.Name, "status", m.Status, "groups", raw(groups)), "\n")
}

func (w *writer) apiKey(k APIKey) {
	w.print("  - key: ", scalarText(k.Key), "\n    name: ", scalarText(k.Name), "\n")
	w.field("description", k.Description)
	w.field("template", k.Template)
	w.field("status", k.Status)
	if k.Expires != nil {
		w.print("    expires: ", k.Expires.UTC().Format(time.RFC3339), "\n")
	}
	w.networks("allow", k.Allow, k.HasAllow)
	w.networks("deny", k.Deny, k.HasDeny)
	w.privileges(k.Privileges, k.HasPrivileges)
}

func (w *writer) field(name, value string) {
	if value != "" {
		w.print("    ", name, ": ", scalarText(value), "\n")
	}
}

func (w *writer) networks(name string, networks []string, present bool) {
	if present {
		w.list("    ", name, sorted(networks, func(n string) string { return n }))
	}
}

func (w *writer) privileges(all []Privilege, present bool) {
	switch {
	case !present:
		return
	case len(all) == 0:
		w.print("    privileges: {}\n")
		return
	}
	w.print("    privileges:\n")
	for _, p := range sorted(all, func(p Privilege) string { return string(p.Domain) }) {
		w.privilege(p)
	}
}

// privilege writes the level alone where that says everything.
func (w *writer) privilege(p Privilege) {
	domain := "      " + scalarText(string(p.Domain)) + ": "
	if len(p.Edit) == 0 && !p.CanCreate && p.Until == nil {
		w.print(domain, p.Level.String(), "\n")
		return
	}
	editors := ""
	if len(p.Edit) > 0 {
		editors = rawList(editorTexts(p.Edit))
	}
	line := domain + flow("level", p.Level.String(), "can_create", boxText(p), "until", untilText(p.Until), "then", thenText(p.Then), "edit", raw(editors))
	if len(line) <= maxLine {
		w.print(line, "\n")
		return
	}
	w.print(strings.TrimSuffix(domain, " "), "\n        level: ", p.Level.String(), "\n")
	for _, said := range []struct {
		name  string
		value raw
	}{{"can_create", boxText(p)}, {"until", untilText(p.Until)}, {"then", thenText(p.Then)}} {
		if said.value != "" {
			w.print("        ", said.name, ": ", string(said.value), "\n")
		}
	}
	if len(p.Edit) > 0 {
		w.rawList("        ", "edit", editorTexts(p.Edit))
	}
}

func boxText(p Privilege) raw {
	if p.CanCreate {
		return "true"
	}
	return ""
}

func untilText(until *time.Time) raw {
	if until == nil {
		return ""
	}
	return raw(until.UTC().Format(time.RFC3339))
}

// thenText is what stands after an end: the level alone where that says everything.
func thenText(p *Privilege) raw {
	switch {
	case p == nil:
		return ""
	case !p.CanCreate && p.Until == nil:
		return raw(p.Level.String())
	}
	return raw(flow("level", p.Level.String(), "can_create", boxText(*p), "until", untilText(p.Until), "then", thenText(p.Then)))
}

// editorTexts are the rows of an editor list by key: those with an end of their own say it.
func editorTexts(refs []Ref) []string {
	var texts []string
	for _, ref := range sorted(refs, func(r Ref) string { return r.Key }) {
		if ref.Until == nil {
			texts = append(texts, scalarText(ref.Key))
		} else {
			texts = append(texts, flow("key", ref.Key, "until", untilText(ref.Until)))
		}
	}
	return texts
}

// list writes a list on one line, or on one line an item where it is long.
func (w *writer) list(indent, name string, items []string) {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = scalarText(item)
	}
	w.rawList(indent, name, texts)
}

// rawList is list for items that are YAML already.
func (w *writer) rawList(indent, name string, items []string) {
	line := indent + name + ": " + rawList(items)
	if len(line) <= maxLine {
		w.print(line, "\n")
		return
	}
	w.print(indent, name, ":\n")
	for _, item := range items {
		w.print(indent, "  - ", item, "\n")
	}
}

func (w *writer) resources(all []DomainResources) {
	if len(all) == 0 {
		w.print("resources: {}\n")
		return
	}
	w.print("resources:\n")
	for _, d := range sorted(all, func(d DomainResources) string { return string(d.Domain) }) {
		section(w, "  "+scalarText(string(d.Domain)), sorted(d.Resources, func(r Resource) string { return r.Key }), w.resource)
	}
}

func (w *writer) resource(r Resource) {
	w.print("    - ", flow("key", r.Key, "name", r.Name, "type", r.Type, "visibility", r.Visibility, "owner", r.Owner), "\n")
}

// raw is text that is YAML already.
type raw string

// flow writes {key: value, …} of pairs; an empty value leaves its key out.
func flow(pairs ...any) string {
	var parts []string
	for i := 0; i < len(pairs); i += 2 {
		var value string
		switch v := pairs[i+1].(type) {
		case raw:
			value = string(v)
		case string:
			if v != "" {
				value = scalarText(v)
			}
		}
		if value != "" {
			parts = append(parts, pairs[i].(string)+": "+value)
		}
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func flowList(items []string) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = scalarText(item)
	}
	return rawList(texts)
}

func rawList(texts []string) string { return "[" + strings.Join(texts, ", ") + "]" }

func seats(n int) raw {
	if n == 0 {
		return ""
	}
	return raw(fmt.Sprint(n))
}

// keys are those of references, sorted.
func keys(refs []Ref) []string {
	keys := make([]string, len(refs))
	for i, ref := range refs {
		keys[i] = ref.Key
	}
	slices.Sort(keys)
	return keys
}

// sorted is a sorted copy: writing changes nothing.
func sorted[T any](items []T, key func(T) string) []T {
	items = slices.Clone(items)
	slices.SortFunc(items, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	return items
}
