package services_test

import (
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/services/files"
)

// oracle answers questions from an organization file, slowly and by the letter of R1 to R5a and R11. It uses no code of
// the engine, only the catalogue as data.
type oracle struct {
	file    *files.Organization
	catalog *access.Catalog
	at      time.Time
}

// via are the grantees behind a yes, sorted; none is a no.
func (o oracle) via(q services.Question) []string {
	d := o.catalog.Domain(access.DomainKey(q.Domain))
	if d == nil || q.Resource != "" && (q.Ability == "create" || !o.exists(d.Key, q.Resource)) {
		return nil
	}
	var via []string
	for _, grantee := range o.grantees(q.Subject) {
		if o.gives(grantee, d, q) {
			via = append(via, grantee)
		}
	}
	slices.Sort(via)
	return via
}

// grantees are those that the subject holds something through.
func (o oracle) grantees(subject string) []string {
	email, member := strings.CutPrefix(subject, "member:")
	if !member {
		return []string{subject}
	}
	var groups []string
	for _, m := range o.file.Members {
		for _, g := range m.Groups {
			if m.Email == email {
				groups = append(groups, "group:"+g.Key)
			}
		}
	}
	return groups
}

func (o oracle) exists(d access.DomainKey, key string) bool {
	switch d {
	case access.GroupsDomain:
		return o.builtIn(key) != nil || slices.ContainsFunc(o.file.Groups, func(g files.Group) bool { return g.Key == key })
	case access.APIKeysDomain:
		return slices.ContainsFunc(o.file.APIKeys, func(k files.APIKey) bool { return k.Key == key })
	}
	for _, section := range o.file.Resources {
		if section.Domain == d && slices.ContainsFunc(section.Resources, func(r files.Resource) bool { return r.Key == key }) {
			return true
		}
	}
	return false
}

func (o oracle) builtIn(key string) *access.GroupTemplate {
	for i := range o.catalog.BuiltIn {
		if o.catalog.BuiltIn[i].Key == key {
			return &o.catalog.BuiltIn[i]
		}
	}
	return nil
}

// gives tells whether one grantee alone gives what is asked.
func (o oracle) gives(grantee string, d *access.Domain, q services.Question) bool {
	kind, key, _ := strings.Cut(grantee, ":")
	var held []files.Privilege
	switch kind {
	case "group":
		if key == "administrators" {
			return o.administratorMay(d, q.Ability)
		}
		held = o.groupPrivileges(key)
	case "api-key":
		held = o.keyPrivileges(key)
	}
	for _, p := range held {
		if p.Domain == d.Key && levelGives(p, d, q) {
			return true
		}
	}
	return false
}

// administratorMay: the highest level of every domain, and every Can Create (R8).
func (o oracle) administratorMay(d *access.Domain, ability string) bool {
	if ability == "create" {
		return d.Create != access.CreateNone
	}
	for _, l := range d.Levels {
		if levelGives(files.Privilege{Level: l}, d, services.Question{Ability: ability}) {
			return true
		}
	}
	return false
}

func (o oracle) groupPrivileges(key string) []files.Privilege {
	for _, g := range o.file.Groups {
		if g.Key == key {
			return g.Privileges
		}
	}
	var held []files.Privilege
	if template := o.builtIn(key); template != nil {
		for d, p := range template.Privileges {
			held = append(held, files.Privilege{Domain: d, Level: p.Level, CanCreate: p.CanCreate})
		}
	}
	return held
}

// keyPrivileges: a disabled or expired key has no access at all (R11); at the very moment of expiry it has expired.
func (o oracle) keyPrivileges(key string) []files.Privilege {
	for _, k := range o.file.APIKeys {
		if k.Key == key && k.Status == "enabled" && (k.Expires == nil || o.at.Before(*k.Expires)) {
			return k.Privileges
		}
	}
	return nil
}

func levelGives(p files.Privilege, d *access.Domain, q services.Question) bool {
	level := p.Level.String()
	switch q.Ability {
	case "view":
		return slices.Contains([]string{"view", "custom", "edit", "push_and_view"}, level)
	case "edit":
		listed := slices.ContainsFunc(p.Edit, func(r files.Ref) bool { return r.Key == q.Resource })
		return level == "edit" || level == "custom" && q.Resource != "" && listed
	case "create":
		return p.CanCreate || level == "edit" && d.Create != access.CreateNone
	case "allowed":
		return level == "allowed"
	case "push":
		return level == "push" || level == "push_and_view"
	}
	return false
}
