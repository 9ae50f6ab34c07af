package access_test

import (
	"time"

	"bailiwick/access"
)

// The oracle answers slowly and obviously. It is written from the rules (docs/rules.md) and knows nothing of how package
// access works: a privilege is the set of all the questions that it answers with yes, enumerated over a small universe
// of resources, and rights are the union of such sets.

// universe are all the resources there are, in every domain that has resources.
var universe = []access.ResourceID{1, 2, 3, 4}

// question asks for one ability, on a resource or (0) on the domain.
type question struct {
	domain   access.DomainKey
	ability  string
	resource access.ResourceID
}

type answers map[question]bool

func (a answers) add(more answers) {
	for q := range more {
		a[q] = true
	}
}

// without are the questions of a that b does not answer.
func (a answers) without(b answers) answers {
	rest := answers{}
	for q := range a {
		if !b[q] {
			rest[q] = true
		}
	}
	return rest
}

// within tells whether b answers everything that a does.
func (a answers) within(b answers) bool { return len(a.without(b)) == 0 }

// onDomain are the questions about the domain itself.
func (a answers) onDomain() answers {
	all := answers{}
	for q := range a {
		if q.resource == 0 {
			all[q] = true
		}
	}
	return all
}

// oracle knows the domains as their catalogue describes them.
type oracle map[access.DomainKey]access.DomainSpec

func oracleOf(spec access.CatalogSpec) oracle {
	o := oracle{}
	for _, s := range spec.Services {
		for _, d := range s.Domains {
			o[access.DomainKey(s.Key+"/"+d.Key)] = d
		}
	}
	return o
}

func contains(list []string, word string) bool {
	for _, other := range list {
		if other == word {
			return true
		}
	}
	return false
}

// privilege is R1, R3, R4 and R17: what one privilege on a domain answers with yes.
func (o oracle) privilege(key access.DomainKey, p access.Privilege) answers {
	all := answers{}
	d, exists := o[key]
	name := p.Level.String()
	if !exists || !contains(d.Levels, name) {
		return all
	}
	everywhere := func(ability string) {
		all[question{key, ability, 0}] = true
		if d.Resource != "" {
			for _, id := range universe {
				all[question{key, ability, id}] = true
			}
		}
	}
	create := func() { all[question{key, "create", 0}] = true }
	switch name {
	case "view":
		everywhere("view")
	case "custom":
		everywhere("view")
		for _, id := range p.Editors {
			all[question{key, "edit", id}] = true
		}
	case "edit":
		everywhere("view")
		everywhere("edit")
		if d.CanCreate == "implied" || d.CanCreate == "independent" {
			create()
		}
	case "allowed":
		everywhere("allowed")
	case "push":
		everywhere("push")
	case "push_and_view":
		everywhere("push")
		everywhere("view")
	}
	if p.CanCreate && d.CanCreate == "independent" && (name == "view" || name == "custom") {
		create()
	}
	return all
}

// probes are moments between which something may end in random cases: now, and after each of the ends.
var probes = []time.Time{noon, noon.Add(90 * time.Minute), noon.Add(10 * time.Hour)}

// at is what a privilege answers at a moment: the union of its steps that have not ended, with the rows that have not.
func (o oracle) at(key access.DomainKey, p access.Privilege, at time.Time) answers {
	all := answers{}
	ended := func(end time.Time) bool { return !end.IsZero() && !end.After(at) }
	var editors []access.ResourceID
	for _, id := range p.Editors {
		if !ended(p.Ends[id]) {
			editors = append(editors, id)
		}
	}
	for step := &p; step != nil; step = step.Then {
		if !ended(step.Until) {
			all.add(o.privilege(key, access.Privilege{Level: step.Level, CanCreate: step.CanCreate, Editors: editors}))
		}
	}
	return all
}

// everything is R8: the union of all levels and every Can Create.
func (o oracle) everything() answers {
	all := answers{}
	for key, d := range o {
		for _, name := range d.Levels {
			l, _ := access.ParseLevel(name)
			all.add(o.privilege(key, access.Privilege{Level: l, CanCreate: true}))
		}
	}
	return all
}

// set is what a whole privilege set answers now.
func (o oracle) set(set access.PrivilegeSet) answers { return o.setAt(set, noon) }

func (o oracle) setAt(set access.PrivilegeSet, at time.Time) answers {
	all := answers{}
	for key, p := range set {
		all.add(o.at(key, p, at))
	}
	return all
}

// grant is what one grant answers at a moment, with the editor lists of its grantee (R2, R11, R12).
func (o oracle) grant(g access.Grant, entries []access.Entry, at time.Time) answers {
	begun := !g.Since.After(at)
	ended := !g.Until.IsZero() && !g.Until.After(at)
	if !begun || ended || g.Via.Disabled {
		return answers{}
	}
	var all answers
	if g.Via.Administrators {
		all = o.everything()
	} else {
		p := access.Privilege{Level: g.Level, CanCreate: g.CanCreate}
		for _, e := range entries {
			if e.Grantee == g.Via.ID && e.Domain == g.Domain && (e.Until.IsZero() || e.Until.After(at)) {
				p.Editors = append(p.Editors, e.Resource)
			}
		}
		all = o.privilege(g.Domain, p)
	}
	if g.Via.Kind == access.APIKey {
		for q := range all {
			if o[q.domain].NoAPIKeys {
				delete(all, q)
			}
		}
	}
	return all
}

// grants is the union over the grants that are asked for.
func (o oracle) grants(all []access.Grant, entries []access.Entry, at time.Time, which func(access.Grant) bool) answers {
	union := answers{}
	for _, g := range all {
		if which(g) {
			union.add(o.grant(g, entries, at))
		}
	}
	return union
}

// held counts the domains on which something is answered.
func (a answers) held() int {
	domains := map[access.DomainKey]bool{}
	for q := range a {
		domains[q.domain] = true
	}
	return len(domains)
}

func anyGrant(access.Grant) bool { return true }

// lasting are the grants that count for giving privileges to others (R7).
func lasting(g access.Grant) bool { return g.Via.Kind != access.TemporaryAccess }

// ownFrom are those of them that have begun.
func ownFrom(g access.Grant) bool { return lasting(g) && !g.Since.After(noon) }
