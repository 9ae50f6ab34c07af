package services

import (
	"context"
	"fmt"
	"maps"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// countFound says how many things a list shows on all its pages, and how many of them the caller can set. All things of a long list
// are counted, but not read: then it is not known how many of them somebody can give who can't give all.
func (v *view) countFound(ctx context.Context, tab *PrivilegesTab, d *PrivilegeDomain, query ListQuery, list *EditorList) error {
	narrowed := query.Query != "" || query.Type != "" || query.Show != ListAll
	switch whole := list.Next == "" && list.Previous == ""; {
	case whole:
		list.Found, list.found, list.foundListed = len(list.Rows), list.Rows, list.Listed
	case !narrowed:
		list.Found, list.Some = list.Total, !v.mayGiveAll(d.Key)
	default:
		return v.readFound(ctx, tab, d, query, list)
	}
	return nil
}

// readFound reads all that a list shows, and makes the caller's rights know it.
func (v *view) readFound(ctx context.Context, tab *PrivilegesTab, d *PrivilegeDomain, query ListQuery, list *EditorList) error {
	found, more, err := v.found(ctx, tab, d.Key, query)
	if err != nil {
		return err
	}
	if list.found, list.Found = found, len(found); more {
		list.Found = MaxChoices + 1
	}
	if more || v.mayGiveAll(d.Key) {
		return nil
	}
	if list.foundListed, err = v.listed(ctx, tab, d.Key, list.found); err != nil {
		return err
	}
	return v.learn(ctx, d.Key, numbersOf(list.found)...)
}

// mayGiveAll tells whether the caller can give Edit on all of a domain (R7).
func (v *view) mayGiveAll(d access.DomainKey) bool { return v.By.Rights.Granting().May(EditIn(d), 0) }

// found are all things that a list shows, on every page of it, unless there are more than MaxChoices: then true.
func (v *view) found(ctx context.Context, tab *PrivilegesTab, d access.DomainKey, query ListQuery) ([]models.Resource, bool, error) {
	filter := tab.listFilter(d, query)
	filter.Page = models.Page{Query: query.Query, Limit: MaxChoices}
	listing, err := v.Resources(ctx, d, filter)
	if err != nil || listing.Next != "" {
		return nil, true, err
	}
	return listing.Rows, false, nil
}

// listed are those of the resources that stand in the stored editor list.
func (v *view) listed(ctx context.Context, tab *PrivilegesTab, d access.DomainKey, rows []models.Resource) (map[access.ResourceID]bool, error) {
	entries, err := listedAmong(ctx, v.Scope, tab.grantee(), d, rows)
	if err != nil {
		return nil, err
	}
	there := map[access.ResourceID]bool{}
	for _, e := range entries {
		there[e.Resource] = true
	}
	return there, nil
}

// setAll adds to the choices on a domain all that its list shows. What the caller can't give is left as it is: it has no choice of
// its own either (R7).
func (v *view) setAll(ctx context.Context, tab *PrivilegesTab, d *PrivilegeDomain, query ListQuery, rows map[string]bool) (map[string]bool, error) {
	found, more, err := v.found(ctx, tab, d.Key, query)
	if err != nil {
		return nil, err
	}
	if more {
		tab.wrong(d.Key, "", fmt.Sprintf("The list shows more than %s. Filter it further, then set all of them.", words.Things(d.Domain).Count(MaxChoices)))
		return rows, nil
	}
	listed, err := v.listed(ctx, tab, d.Key, found)
	if err != nil {
		return nil, err
	}
	if err := v.learn(ctx, d.Key, numbersOf(found)...); err != nil {
		return nil, err
	}
	all, mine := map[string]bool{}, v.By.Rights.Granting()
	maps.Copy(all, rows)
	for _, r := range found {
		if !d.beyondRow(mine, listed, r.ID) {
			all[r.Key] = query.SetAll == SetEdit
		}
	}
	return all, nil
}
