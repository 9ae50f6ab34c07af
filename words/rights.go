package words

import "bailiwick/access"

// Domain is a domain as people find it: "Content / Sources".
func Domain(d *access.Domain) string { return d.Service + " / " + d.Name }

// DomainOf is the same for a key. What the catalogue does not have is called by its key.
func DomainOf(c *access.Catalog, key access.DomainKey) string {
	if d := c.Domain(key); d != nil {
		return Domain(d)
	}
	return string(key)
}

// Things is what the domain's things are called inside a sentence: {"query pipeline", "query pipelines"}. A domain without
// any has none to speak of.
func Things(d *access.Domain) Noun {
	if d.Plural != "" {
		return Noun{d.Resource, d.Plural}
	}
	return Regular(d.Resource)
}

// Privilege is a level with its Can Create box: "View all", "View all, with Can create".
func Privilege(d *access.Domain, p access.Privilege) string { return d.Label(p.Level) + box(d, p) }

// PrivilegeOn is the same with the domain: "View all on Content / Sources, with Can create", "no level on Content / Sources".
func PrivilegeOn(d *access.Domain, p access.Privilege) string {
	if p.Level == access.LevelNone {
		return "no level on " + Domain(d)
	}
	return d.Label(p.Level) + " on " + Domain(d) + box(d, p)
}

func box(d *access.Domain, p access.Privilege) string {
	if p.CanCreate && d.CreateChoice(p.Level) {
		return ", with Can create"
	}
	return ""
}

var abilityLabels = []struct {
	ability access.Ability
	label   string
}{{access.View, "View"}, {access.Edit, "Edit"}, {access.Create, "Can create"}, {access.Allowed, "Allowed"}, {access.Push, "Push"}}

// Ability is one ability as pages label it: "Edit", "Can create"; "" where none or several are meant.
func Ability(a access.Ability) string {
	for _, known := range abilityLabels {
		if known.ability == a {
			return known.label
		}
	}
	return ""
}

// Abilities joins abilities as a sentence does: "view and edit"; "nothing" for none.
func Abilities(a access.Ability) string {
	var names []string
	for _, known := range abilityLabels {
		if a&known.ability != 0 {
			names = append(names, known.ability.String())
		}
	}
	if len(names) == 0 {
		return "nothing"
	}
	return And(names)
}

// Need is a need as people know it: "Edit on Organization / Groups".
func Need(c *access.Catalog, need access.Need) string {
	return Ability(need.Ability) + " on " + DomainOf(c, need.Domain)
}
