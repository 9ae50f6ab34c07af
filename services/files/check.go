package files

import (
	"bailiwick/access"
	"bailiwick/looks"
)

// Check tells which references lead nowhere: everything that is named must stand in the file or in the store. So does it tell
// which new names of groups look like those of others. The error is a Problems.
func (o *Organization) Check(exists Lookup) error {
	c := checker{problems: problems{origins: o.origins}, exists: exists, inFile: o.names()}
	c.lookAlikes(o.Groups)
	for _, g := range o.Groups {
		c.privileges(g.Privileges)
	}
	for _, k := range o.APIKeys {
		c.privileges(k.Privileges)
		c.template(k)
	}
	for _, m := range o.Members {
		c.member(m)
	}
	for _, d := range o.Resources {
		for _, r := range d.Resources {
			c.owner(r)
		}
	}
	return c.err()
}

// named is one thing that a reference can name. E-mails of members stand in the domain "".
type named struct {
	domain access.DomainKey
	key    string
}

func (o *Organization) names() map[named]bool {
	names := map[named]bool{}
	for _, g := range o.Groups {
		names[named{access.GroupsDomain, g.Key}] = true
	}
	for _, k := range o.APIKeys {
		names[named{access.APIKeysDomain, k.Key}] = true
	}
	for _, m := range o.Members {
		names[named{"", m.Email}] = true
	}
	for _, d := range o.Resources {
		for _, r := range d.Resources {
			names[named{d.Domain, r.Key}] = true
		}
	}
	return names
}

type checker struct {
	problems
	exists Lookup
	inFile map[named]bool
}

func (c *checker) privileges(all []Privilege) {
	for _, p := range all {
		for _, ref := range p.Edit {
			if !c.known(p.Domain, ref.Key) {
				c.fail(ref.Line, "%s names %s, which is neither in this file nor in the organization", p.Domain, quote(ref.Key))
			}
		}
	}
}

// template refuses what a key can't be given because of its template, which the file need not name (R11).
func (c *checker) template(k APIKey) {
	template, beyond := c.exists.BeyondTemplate(k)
	for _, p := range beyond {
		c.fail(p.Line, "an API key of the template %s can’t be given %s on %s: leave it out, or use a template whose privileges are chosen", template, p.Level, p.Domain)
	}
}

func (c *checker) known(domain access.DomainKey, key string) bool {
	switch {
	case c.inFile[named{domain, key}]:
		return true
	case domain == access.GroupsDomain:
		return c.exists.Group(key)
	case domain == access.APIKeysDomain:
		return c.exists.APIKey(key)
	}
	return c.exists.Resource(domain, key)
}

func (c *checker) member(m Member) {
	c.renamed(m)
	if !m.HasGroups && !c.exists.Member(m.Email) {
		c.fail(m.Line, "%s is no member yet: name one group at least", m.Email)
	}
	for _, ref := range m.Groups {
		if !c.known(access.GroupsDomain, ref.Key) {
			c.fail(ref.Line, "the group %s is neither in this file nor in the organization", quote(ref.Key))
		}
	}
}

// renamed refuses another address for somebody who can't get it. Who has it already is left alone, so that was may stay in a file.
func (c *checker) renamed(m Member) {
	switch {
	case m.Was == "":
	case c.inFile[named{"", m.Was}]:
		c.fail(m.WasLine, "%s is listed as a member too: list the person once, with the new address", m.Was)
	default:
		if why := c.exists.WhyNotRenamed(m); why != "" {
			c.fail(m.WasLine, "%s", why)
		}
	}
}

func (c *checker) owner(r Resource) {
	if r.Owner != "" && !c.inFile[named{"", r.Owner}] && !c.exists.Member(r.Owner) {
		c.fail(r.OwnerLine, "the owner %s is a member neither in this file nor in the organization", r.Owner)
	}
}

// lookAlikes refuses a name that a group gets and that looks like another's: somebody would be put into the wrong one. Names that
// groups have already stay, or an export could not be applied.
func (c *checker) lookAlikes(groups []Group) {
	stored := c.exists.GroupNames()
	seen := map[string]string{} // keys by the look of the names
	for key, name := range stored {
		if !c.inFile[named{access.GroupsDomain, key}] && c.exists.Group(key) {
			seen[looks.Skeleton(name)] = key
		}
	}
	for _, g := range groups {
		if stored[g.Key] == g.Name {
			seen[looks.Skeleton(g.Name)] = g.Key
		}
	}
	for _, g := range groups {
		look := looks.Skeleton(g.Name)
		if g.Name == "" || stored[g.Key] == g.Name {
			continue
		}
		if other, taken := seen[look]; taken {
			c.fail(g.Line, "the name %s looks like that of the group %s: choose another", quote(g.Name), quote(other))
			continue
		}
		seen[look] = g.Key
	}
}
