package services

import (
	"context"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
)

// ComparedMember is a member as a column of a comparison.
type ComparedMember struct {
	models.Member
	Groups []access.Grantee // in force, by name; of somebody suspended none
	Rights access.Rights    // without rows of editor lists
}

// CompareMembers compares what the members of these numbers may do, each as their effective access has it. It takes view on Groups;
// numbers of nobody are ErrNotFound.
func (c *Console) CompareMembers(ctx context.Context, by Caller, query CompareQuery) (Comparison, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return Comparison{}, err
	}
	var comparison Comparison
	members, err := v.comparedMembers(ctx, query.Members[:min(len(query.Members), MaxCompared)])
	if err != nil {
		return Comparison{}, err
	}
	for _, m := range members {
		col, err := v.comparedMember(ctx, m)
		if err != nil {
			return Comparison{}, err
		}
		comparison.Columns = append(comparison.Columns, col)
	}
	if err := comparison.readApart(ctx, v, query); err != nil {
		return Comparison{}, err
	}
	err = comparison.offerMembers(ctx, v, query)
	return comparison, err
}

// comparedMembers are the members of these numbers in their order, with all that they hold.
func (v *view) comparedMembers(ctx context.Context, ids []models.MemberID) ([]ComparedMember, error) {
	found, err := v.MembersByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	var emails []string
	for _, m := range found {
		emails = append(emails, m.Email)
	}
	grants, err := v.GrantsOfMembers(ctx, emails, v.At)
	if err != nil {
		return nil, err
	}
	var members []ComparedMember
	for _, id := range ids {
		at := slices.IndexFunc(found, func(m models.Member) bool { return m.ID == id })
		if at < 0 {
			return nil, models.ErrNotFound
		}
		held := grants[found[at].Email]
		members = append(members, ComparedMember{found[at], groupsOf(held, v.At), access.Resolve(v.console.catalog, held, nil, v.At)})
	}
	return members, nil
}

// comparedMember is the column of a member. What their lists come to together is counted as their effective access counts it.
func (v *view) comparedMember(ctx context.Context, m ComparedMember) (Compared, error) {
	listed, err := v.CountListedByDomain(ctx, Caller{Groups: m.Groups}.Grantees())
	if err != nil {
		return Compared{}, err
	}
	col := Compared{Name: Signature(m.Name, m.Email), Member: &m, Set: access.PrivilegeSet{}, Lengths: v.console.lengthsFor(v.By, listed),
		lists: map[access.DomainKey][]access.GranteeID{}}
	for _, d := range v.console.catalog.Domains() {
		col.Set[d.Key] = access.Privilege{Level: m.Rights.Level(d.Key), CanCreate: m.Rights.CanCreate(d.Key)}
		for _, g := range m.Rights.Grants(d.Key) {
			if g.Level == access.LevelCustom {
				col.lists[d.Key] = append(col.lists[d.Key], g.Via.ID)
			}
		}
	}
	return col, nil
}

// offerMembers reads members to choose from.
func (comparison *Comparison) offerMembers(ctx context.Context, v *view, query CompareQuery) error {
	if query.Find == nil {
		return nil
	}
	listing, err := v.Members(ctx, models.MemberFilter{Page: query.choices()}, v.At)
	if err != nil {
		return err
	}
	comparison.People.Found, comparison.More = offered(listing, func(m models.Member) bool { return slices.Contains(query.Members, m.ID) })
	comparison.People.First, err = v.firstGroupsOfNamesakes(ctx, comparison.People.Found)
	return err
}
