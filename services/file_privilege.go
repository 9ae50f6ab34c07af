package services

import (
	"maps"
	"slices"
	"time"

	"bailiwick/access"
	"bailiwick/services/files"
)

// filedSet are the privileges of a set, in the order of their domains' keys.
func filedSet(set access.PrivilegeSet, keys map[access.ResourceID]string) []files.Privilege {
	var all []files.Privilege
	for _, d := range slices.Sorted(maps.Keys(set)) {
		all = append(all, filedPrivilege(d, set[d], keys))
	}
	return all
}

// filedPrivilege is a privilege as files describe it. A row of the editor list that ends with Custom does not say so.
func filedPrivilege(d access.DomainKey, p access.Privilege, keys map[access.ResourceID]string) files.Privilege {
	filed := filedStep(d, p)
	custom := customEnd(p)
	for _, editor := range p.Editors {
		ref := files.Ref{Key: keys[editor]}
		if end, ends := p.Ends[editor]; ends && !end.Equal(custom) {
			end = end.UTC()
			ref.Until = &end
		}
		filed.Edit = append(filed.Edit, ref)
	}
	slices.SortFunc(filed.Edit, byKey)
	return filed
}

func filedStep(d access.DomainKey, p access.Privilege) files.Privilege {
	filed := files.Privilege{Domain: d, Level: p.Level, CanCreate: p.CanCreate, Until: endOrNil(p.Until.UTC())}
	if p.Then != nil {
		then := filedStep(d, *p.Then)
		filed.Then = &then
	}
	return filed
}

// customEnd is when the last step with Custom ends; the zero time: never.
func customEnd(p access.Privilege) time.Time {
	var end time.Time
	for step := &p; step != nil; step = step.Then {
		if step.Level == access.LevelCustom {
			end = step.Until
		}
	}
	return end
}

// fromFile is a privilege of a file with the numbers of its editor list.
func fromFile(p files.Privilege, number func(files.Ref) access.ResourceID) access.Privilege {
	q := access.Privilege{Level: p.Level, CanCreate: p.CanCreate}
	if p.Until != nil {
		q.Until = *p.Until
	}
	if p.Then != nil {
		then := fromFile(*p.Then, number)
		q.Then = &then
	}
	for _, r := range p.Edit {
		id := number(r)
		q.Editors = append(q.Editors, id)
		if r.Until != nil {
			if q.Ends == nil {
				q.Ends = map[access.ResourceID]time.Time{}
			}
			q.Ends[id] = *r.Until
		}
	}
	return q
}

// asExported are the privileges of a file as they would be exported: what has ended by a moment is left out, and what ends
// without a difference is one step.
func asExported(c *access.Catalog, all []files.Privilege, at time.Time) []files.Privilege {
	var kept []files.Privilege
	for _, p := range all {
		keys := map[access.ResourceID]string{}
		q := fromFile(p, func(r files.Ref) access.ResourceID {
			id := access.ResourceID(len(keys) + 1)
			keys[id] = r.Key
			return id
		})
		set := access.PrivilegeSet{p.Domain: q.At(at)}.Clean(c)
		if q, stands := set[p.Domain]; stands {
			filed := filedPrivilege(p.Domain, q, keys)
			filed.Line = p.Line
			kept = append(kept, filed)
		}
	}
	return kept
}
