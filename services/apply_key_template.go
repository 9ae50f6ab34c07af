package services

import (
	"slices"

	"bailiwick/access"
	"bailiwick/services/files"
	"bailiwick/words"
)

// A key of a template that brings its privileges holds those and nothing else (R11): its secret may stand in public. Files could
// give it more, so it is judged here, where it is known what the key is and what it holds already.

// templateAfter is the template that a listed key has when the file is applied; nil for none.
func (s stored) templateAfter(k files.APIKey) *access.KeyTemplate {
	if k.Template == "" && !s.prune {
		k.Template = s.apiKeys[k.Key].Template
	}
	return s.catalog.Template(k.Template)
}

// BeyondTemplate are the privileges of a listed key that its template does not let it hold, without those that it holds already and
// that the file leaves as they are: an export can be applied whatever it says.
func (s stored) BeyondTemplate(k files.APIKey) (template string, beyond []files.Privilege) {
	t := s.templateAfter(k)
	if t == nil {
		return "", nil
	}
	return t.Key, slices.DeleteFunc(s.outside(t, k), func(p files.Privilege) bool { return s.stands(t, k.Key, p) })
}

// outside are the privileges of a listed key that the template does not let it hold.
func (s stored) outside(t *access.KeyTemplate, k files.APIKey) []files.Privilege {
	var all []files.Privilege
	for _, p := range k.Privileges {
		d := s.catalog.Domain(p.Domain)
		if d.NoAPIKeys || k.Template != "" && t.Forbids(d) {
			continue // said by who reads the file
		}
		for step := &p; step != nil; step = step.Then {
			if !t.Allows(d, step.Level, step.CanCreate) {
				all = append(all, p)
				break
			}
		}
	}
	return all
}

// stands tells whether a key of the template holds exactly this already.
func (s stored) stands(t *access.KeyTemplate, key string, p files.Privilege) bool {
	k, known := s.apiKeys[key]
	if !known || k.Template != t.Key {
		return false
	}
	return slices.ContainsFunc(s.apiKey(k).Privileges, func(was files.Privilege) bool {
		return was.Domain == p.Domain && len(privilegeDetails(s.catalog, []files.Privilege{was}, []files.Privilege{p})) == 0
	})
}

// brought are the privileges of a key about which a file says none: those of its template, where that brings any and the key is
// new, gets another template, or is made what the file says and no more.
func (p *planner) brought(was, listed, is *files.APIKey) []files.Privilege {
	t := p.catalog.Template(is.Template)
	if listed.HasPrivileges || t.Chosen() || was != nil && !p.prune && was.Template == is.Template {
		return is.Privileges
	}
	return asExported(p.catalog, filedSet(t.Privileges, nil), p.at)
}

// warnOfBeyond notes the keys that hold more than their template brings and keep it.
func (a *allChanges) warnOfBeyond(file *files.Organization, s stored) {
	var keys []string
	for _, k := range file.APIKeys {
		if t := s.templateAfter(k); !t.Chosen() && len(s.outside(t, k)) > 0 {
			keys = append(keys, k.Key)
		}
	}
	if len(keys) > 0 {
		a.notes = append(a.notes, "these API keys have more privileges than their template, from before this was refused; "+
			"to remove a privilege, take it out of the file: "+words.List(keys, namedAtMost))
	}
}
