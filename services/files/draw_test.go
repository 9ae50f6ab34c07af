package files

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"bailiwick/access"
	"bailiwick/looks"
)

// stripLines forgets where things stood.
func stripLines(o *Organization) {
	o.Line, o.origins = 0, nil
	for i := range o.Groups {
		o.Groups[i].Line = 0
		stripPrivileges(o.Groups[i].Privileges)
	}
	for i := range o.Members {
		o.Members[i].Line = 0
		stripRefs(o.Members[i].Groups)
	}
	for i := range o.APIKeys {
		o.APIKeys[i].Line = 0
		stripPrivileges(o.APIKeys[i].Privileges)
	}
	for i := range o.Resources {
		o.Resources[i].Line = 0
		for j := range o.Resources[i].Resources {
			o.Resources[i].Resources[j].Line, o.Resources[i].Resources[j].OwnerLine = 0, 0
		}
	}
}

func stripPrivileges(all []Privilege) {
	for i := range all {
		for p := &all[i]; p != nil; p = p.Then {
			p.Line = 0
		}
		stripRefs(all[i].Edit)
	}
}

func stripRefs(refs []Ref) {
	for i := range refs {
		refs[i].Line = 0
	}
}

var (
	drawKey   = rapid.StringMatching(`[a-z0-9][a-z0-9._-]{0,10}`)
	drawEmail = rapid.StringMatching(`[a-z0-9+_]{1,8}(\.[a-z]{1,4})?@[a-z0-9]{1,6}(\.[a-z]{2,3})?`)
	drawName  = rapid.StringOfN(rapid.OneOf(rapid.RuneFrom([]rune(`abcXYZ019 :#"'\-{}[],&*!|>%@?~ é日🙂`)), rapid.Rune()), 1, 20, -1).
			Filter(func(s string) bool {
			return strings.TrimSpace(s) == s && !strings.ContainsFunc(s, Invisible) && !looks.Blank(s) && norm.NFC.IsNormalString(s) // what is read is composed
		})
)

// drawKeys are sorted and each once.
func drawKeys(t *rapid.T, least int, label string) []string {
	keys := rapid.SliceOfNDistinct(drawKey, least, 4, rapid.ID[string]).Draw(t, label)
	slices.Sort(keys)
	return keys
}

func drawRefs(t *rapid.T, least int, label string) []Ref {
	var refs []Ref
	for _, key := range drawKeys(t, least, label) {
		refs = append(refs, Ref{Key: key})
	}
	return refs
}

func drawPrivileges(t *rapid.T, may func(*access.Domain) bool) []Privilege {
	var all []Privilege
	for _, d := range sortedDomains() {
		if !may(d) || rapid.IntRange(0, 5).Draw(t, "held") > 0 {
			continue
		}
		p := Privilege{Domain: d.Key, Level: rapid.SampledFrom(d.Levels).Draw(t, "level")}
		p.CanCreate = d.CreateChoice(p.Level) && rapid.Bool().Draw(t, "box")
		if rapid.IntRange(0, 3).Draw(t, "ends") == 0 {
			p.Until = drawMoment(t)
			if rapid.Bool().Draw(t, "then") {
				p.Then = &Privilege{Domain: d.Key, Level: rapid.SampledFrom(d.Levels).Draw(t, "level then")}
				p.Then.CanCreate = d.CreateChoice(p.Then.Level) && rapid.Bool().Draw(t, "box then")
				if rapid.Bool().Draw(t, "ends again") {
					p.Then.Until = drawMoment(t)
				}
			}
		}
		if p.Lists() {
			p.Edit = drawRefs(t, 0, "edit")
			for i := range p.Edit {
				if rapid.IntRange(0, 3).Draw(t, "row ends") == 0 {
					p.Edit[i].Until = drawMoment(t)
				}
			}
		}
		all = append(all, p)
	}
	return all
}

func drawMoment(t *rapid.T) *time.Time {
	at := time.Unix(rapid.Int64Range(0, 253402300799).Draw(t, "moment"), 0).UTC()
	return &at
}

func sortedDomains() []*access.Domain {
	return slices.SortedFunc(slices.Values(DefaultCatalog().Domains()), func(a, b *access.Domain) int { return strings.Compare(string(a.Key), string(b.Key)) })
}

// drawOrganization is in canonical order, with every field said or not.
func drawOrganization(t *rapid.T) *Organization {
	o := &Organization{Key: drawKey.Draw(t, "key"), Name: drawName.Draw(t, "name"), Seats: rapid.IntRange(0, 1000).Draw(t, "seats")}
	sections := []*bool{&o.HasGroups, &o.HasMembers, &o.HasAPIKeys, &o.HasResources}
	for _, has := range sections {
		*has = rapid.Bool().Draw(t, "has")
	}
	if o.HasGroups {
		o.Groups = drawGroups(t)
	}
	if o.HasMembers {
		o.Members = drawMembers(t)
	}
	if o.HasAPIKeys {
		o.APIKeys = drawAPIKeys(t)
	}
	if o.HasResources {
		o.Resources = drawResources(t)
	}
	return o
}

func drawGroups(t *rapid.T) []Group {
	var groups []Group
	for _, key := range drawKeys(t, 0, "groups") {
		g := Group{Key: key, Name: drawName.Draw(t, "name"), HasPrivileges: rapid.Bool().Draw(t, "has privileges")}
		if rapid.Bool().Draw(t, "described") {
			g.Description = drawName.Draw(t, "description")
		}
		if g.HasPrivileges {
			g.Privileges = drawPrivileges(t, func(*access.Domain) bool { return true })
		}
		groups = append(groups, g)
	}
	return groups
}

func drawMembers(t *rapid.T) []Member {
	var members []Member
	emails := rapid.SliceOfNDistinct(drawEmail, 0, 4, rapid.ID[string]).Draw(t, "members")
	slices.Sort(emails)
	for _, email := range emails {
		m := Member{Email: email, HasGroups: rapid.Bool().Draw(t, "has groups")}
		if rapid.Bool().Draw(t, "has name") {
			m.Name = drawName.Draw(t, "name")
		}
		if m.HasGroups {
			m.Groups = drawRefs(t, 1, "groups")
		}
		members = append(members, m)
	}
	return members
}

func drawAPIKeys(t *rapid.T) []APIKey {
	var all []APIKey
	for _, key := range drawKeys(t, 0, "api keys") {
		k := APIKey{Key: key, Name: drawName.Draw(t, "name")}
		k.Template = rapid.SampledFrom([]string{"", "custom", "search-pages"}).Draw(t, "template")
		k.Status = rapid.SampledFrom([]string{"", "enabled", "disabled"}).Draw(t, "status")
		if rapid.Bool().Draw(t, "expires") {
			at := time.Unix(rapid.Int64Range(0, 253402300799).Draw(t, "at"), 0).UTC()
			k.Expires, k.Description = &at, drawName.Draw(t, "description")
		}
		if k.HasAllow = rapid.Bool().Draw(t, "has allow"); k.HasAllow {
			k.Allow = rapid.SampledFrom([][]string{nil, {"10.0.0.0/8"}, {"192.0.2.1", "2001:db8::/32"}}).Draw(t, "allow")
		}
		if k.HasDeny = rapid.Bool().Draw(t, "has deny"); k.HasDeny {
			k.Deny = rapid.SampledFrom([][]string{nil, {"::1"}}).Draw(t, "deny")
		}
		if k.HasPrivileges = rapid.Bool().Draw(t, "has privileges"); k.HasPrivileges {
			k.Privileges = drawPrivileges(t, func(d *access.Domain) bool { return !d.NoAPIKeys && d.Key != "search/impersonate" })
		}
		all = append(all, k)
	}
	return all
}

func drawResources(t *rapid.T) []DomainResources {
	var all []DomainResources
	for _, d := range sortedDomains() {
		if !listable(d) || rapid.Bool().Draw(t, "absent") {
			continue
		}
		section := DomainResources{Domain: d.Key}
		for _, key := range drawKeys(t, 0, "resources") {
			r := Resource{Key: key, Name: drawName.Draw(t, "name")}
			if rapid.Bool().Draw(t, "more") {
				r.Type, r.Owner, r.Visibility = drawName.Draw(t, "type"), drawEmail.Draw(t, "owner"), "secured"
			}
			section.Resources = append(section.Resources, r)
		}
		all = append(all, section)
	}
	return all
}
