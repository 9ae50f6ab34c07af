package services

import (
	"cmp"
	"context"
	"slices"

	"bailiwick/models"
	"bailiwick/words"
)

// MembersChosen is a selection in the list of members: some by number, or with All the first that the list's filter finds,
// MaxMany at most.
type MembersChosen struct {
	IDs    []models.MemberID
	All    bool
	Filter MemberQuery
}

// ManyMembers is a selection of members, and what the caller may do with them.
type ManyMembers struct {
	Members     []models.Member // in the order of their names, or with All in that of the list
	Matching    int             // members that the list's filter finds; above MaxMany nobody counts further
	EditsGroups bool            // the caller may edit at least one group
	Removal     Many[models.Member]
	Actions     map[MembersAction]Many[models.Member]
}

// ManyMembers tells what the caller may do with a selection. It takes view on Groups: the others select nobody but themselves.
func (c *Console) ManyMembers(ctx context.Context, by Caller, chosen MembersChosen) (ManyMembers, error) {
	v := c.view(by)
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return ManyMembers{}, err
	}
	found, err := v.membersMatching(ctx, chosen.Filter)
	if err != nil {
		return ManyMembers{}, err
	}
	many := ManyMembers{Members: found[:min(len(found), MaxMany)], Matching: len(found)}
	if !chosen.All {
		if many.Members, err = v.MembersByIDs(ctx, chosen.IDs); err != nil {
			return ManyMembers{}, err
		}
	}
	if many.EditsGroups, err = v.editsGroups(ctx); err != nil {
		return ManyMembers{}, err
	}
	if !v.By.Rights.May(EditGroup, 0) {
		return many, nil
	}
	many.Actions = map[MembersAction]Many[models.Member]{}
	for action, a := range membersActions {
		if many.Actions[action], err = a.judge(v, ctx, many.Members); err != nil {
			return ManyMembers{}, err
		}
	}
	many.Removal, err = v.judgeRemoval(ctx, many.Members)
	return many, err
}

// membersMatching are the members that the filter finds, one more than MaxMany at most.
func (v *view) membersMatching(ctx context.Context, query MemberQuery) ([]models.Member, error) {
	filter := models.MemberFilter{Page: models.Page{Query: query.Query, Sort: query.Sort, Limit: MaxMany + 1}, Unused: query.Unused.by(v.At), Ends: endsWithin(query.Ends, v.At)}
	if query.Group != "" {
		list := MemberList{}
		if err := findChoices(ctx, v.Scope, query.Group, &list, &filter); err != nil || filter.Group == 0 {
			return nil, err
		}
	}
	return firstMatching(func(after string) (models.Listing[models.Member], error) {
		filter.After = after
		return v.Members(ctx, filter, v.At)
	})
}

// chosenMembers are those of a selection who are there, with their marks, and how many of them are not.
func (v *view) chosenMembers(ctx context.Context, chosen MembersChosen) (members []models.Member, gone int, _ error) {
	if chosen.All {
		matching, err := v.membersMatching(ctx, chosen.Filter)
		return matching[:min(len(matching), MaxMany)], 0, err
	}
	ids := distinct(chosen.IDs)
	members, err := v.MembersByIDs(ctx, ids)
	if err != nil {
		return nil, 0, err
	}
	found, err := v.MarksOf(ctx, people(members))
	if err != nil {
		return nil, 0, err
	}
	for i := range members {
		members[i].Marks = found[members[i].PersonID]
	}
	return members, len(ids) - len(members), nil
}

// distinct are the numbers or keys, each once.
func distinct[T cmp.Ordered](ids []T) []T {
	sorted := slices.Clone(ids)
	slices.Sort(sorted)
	return slices.Compact(sorted)
}

// LeavingMember is a member as they would leave the organization.
type LeavingMember struct {
	models.Member
	First models.FirstGroup // of the groups in force that they lose
	Owned int               // resources that lose their owner, of those that the caller may view
}

// ReviewMemberRemoval says what removing a selection of members from the organization would end. It takes Edit on all groups (R6).
func (c *Console) ReviewMemberRemoval(ctx context.Context, by Caller, chosen MembersChosen) (Many[LeavingMember], error) {
	v := c.view(by)
	if err := v.mayRemoveMembers(ctx); err != nil {
		return Many[LeavingMember]{}, err
	}
	members, gone, err := v.chosenMembers(ctx, chosen)
	if err != nil {
		return Many[LeavingMember]{}, err
	}
	judged, err := v.judgeRemoval(ctx, members)
	if err != nil {
		return Many[LeavingMember]{}, err
	}
	groups, err := v.FirstGroupsOf(ctx, people(members), v.At)
	if err != nil {
		return Many[LeavingMember]{}, err
	}
	owned, err := v.CountOwned(ctx, people(members), c.viewed(by))
	if err != nil {
		return Many[LeavingMember]{}, err
	}
	review := Many[LeavingMember]{Gone: gone}
	for _, o := range judged.Outcomes {
		row := LeavingMember{Member: o.Row, First: groups[o.Row.PersonID], Owned: owned[o.Row.PersonID]}
		review.Outcomes = append(review.Outcomes, Outcome[LeavingMember]{row, o.Why})
	}
	return review, nil
}

// mayRemoveMembers refuses who may not remove members from the organization.
func (v *view) mayRemoveMembers(ctx context.Context) error {
	if err := v.must(ctx, ViewGroups, 0); err != nil {
		return err
	}
	return v.must(ctx, EditGroup, 0)
}

// judgeRemoval tells who of the members can be removed together. Administrators are counted down in the order of the list, so that
// the first go and those stay who are needed (R8).
func (v *view) judgeRemoval(ctx context.Context, members []models.Member) (Many[models.Member], error) {
	mails := v.console.Mails()
	before, err := v.Administered(ctx, v.At, mails, 0)
	if err != nil {
		return Many[models.Member]{}, err
	}
	found, err := v.AdministratorsAmong(ctx, people(members), v.At, mails)
	if err != nil {
		return Many[models.Member]{}, err
	}
	administrators := map[models.PersonID]models.Administrator{}
	for _, a := range found {
		administrators[a.PersonID] = a
	}
	return judgeRemovalOf(v.By.Person.ID, members, before, administrators), nil
}

func judgeRemovalOf(
	caller models.PersonID, members []models.Member, before models.Administration, administrators map[models.PersonID]models.Administrator,
) Many[models.Member] {
	var many Many[models.Member]
	left := before
	for _, m := range members {
		outcome := Outcome[models.Member]{Row: m}
		a, administers := administrators[m.PersonID]
		switch {
		case m.PersonID == caller:
			outcome.Why = ErrOneself
		case administers && !keeps(before, left.Without(a)):
			outcome.Why = ErrLastAdministrator
		case administers:
			left = left.Without(a)
		}
		many.Outcomes = append(many.Outcomes, outcome)
	}
	return many
}

// RemoveMembers takes members out of all groups in one change, as RemoveFromOrganization does with one: all of them or nobody. Overtaken
// where that can't be done to all any more. Field of errors: Members.
func (c *Console) RemoveMembers(ctx context.Context, by Caller, ids []models.MemberID) error {
	ids = distinct(ids)
	return c.change(ctx, by, models.OpMemberRemoved, subject{Name: words.Members.Count(len(ids))}, func(tx *Tx) error {
		if err := tx.mayRemoveMembers(ctx); err != nil {
			return err
		}
		if err := fewEnough("Members", len(ids), words.Members); err != nil {
			return err
		}
		members, gone, err := tx.chosenMembers(ctx, MembersChosen{IDs: ids})
		if err != nil {
			return err
		}
		judged, err := tx.judgeRemoval(ctx, members)
		if err != nil {
			return err
		}
		judged.Gone = gone
		if err := judged.confirmed(); err != nil {
			return err
		}
		return tx.removeMembers(ctx, members)
	})
}
