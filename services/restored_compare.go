package services

import (
	"time"

	"bailiwick/services/files"
	"bailiwick/words"
)

// regained says what an organization gives that a newer file of it no longer does: members, memberships, groups' and keys'
// privileges, and keys. What the newer file gives besides is left out, and so are sections that it does not have.
func regained(was, newer *files.Organization, now time.Time) []string {
	var back []string
	if newer.HasMembers {
		back = append(back, membersBack(was.Members, newer.Members)...)
	}
	if newer.HasGroups {
		listed := byName(newer.Groups, func(g files.Group) string { return g.Key })
		for _, g := range was.Groups {
			later, known := listed[g.Key]
			switch {
			case !known:
				back = append(back, "group "+named(g.Key, g.Name))
			case g.HasPrivileges:
				back = append(back, privilegesBack("group "+g.Key, g.Privileges, later.Privileges, now)...)
			}
		}
	}
	if newer.HasAPIKeys {
		listed := byName(newer.APIKeys, func(k files.APIKey) string { return k.Key })
		for _, k := range was.APIKeys {
			if later, known := listed[k.Key]; known {
				back = append(back, keyBack(k, later, now)...)
			} else {
				back = append(back, "API key "+named(k.Key, k.Name)+", "+k.Status)
			}
		}
	}
	return back
}

func byName[T any](all []T, name func(T) string) map[string]T {
	index := make(map[string]T, len(all))
	for _, one := range all {
		index[name(one)] = one
	}
	return index
}

func named(key, name string) string {
	if name == "" || name == key {
		return key
	}
	return key + " (" + name + ")"
}

func membersBack(was, newer []files.Member) []string {
	var back []string
	listed := byName(newer, func(m files.Member) string { return m.Email })
	for _, m := range was {
		later, known := listed[m.Email]
		if !known {
			back = append(back, "member "+named(m.Email, m.Name)+" in "+words.List(refKeys(m.Groups), namedAtMost))
			continue
		}
		if later.Status == memberSuspended && m.Status != memberSuspended {
			back = append(back, "member "+named(m.Email, m.Name)+", who is suspended in the newer file")
		}
		for _, group := range without(m.Groups, later.Groups) {
			back = append(back, "membership of "+named(m.Email, m.Name)+" in group "+group)
		}
	}
	return back
}

// keyBack says how a key differs from the newer file in what could make it looser.
func keyBack(was, newer files.APIKey, now time.Time) []string {
	var d details
	if was.Status == statusEnabled {
		d.field("status", newer.Status, was.Status)
	}
	if newer.Expires != nil && (was.Expires == nil || was.Expires.After(*newer.Expires)) {
		d.field("expires", moment(newer.Expires), orNever(was.Expires))
	}
	d.field("allow", set(newer.Allow), set(was.Allow))
	d.field("deny", set(newer.Deny), set(was.Deny))
	var back []string
	for _, field := range d {
		back = append(back, "API key "+named(was.Key, was.Name)+": "+field)
	}
	return append(back, privilegesBack("API key "+was.Key, was.Privileges, newer.Privileges, now)...)
}

func orNever(at *time.Time) string {
	if at == nil {
		return "never"
	}
	return moment(at)
}
