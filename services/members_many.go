package services

import (
	"context"

	"bailiwick/models"
	"bailiwick/words"
)

// MembersChosen is a selection in the list of members.
type MembersChosen = Chosen[models.MemberID, MemberQuery]

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
	members, matching, err := v.chosenWithoutMarks().counted(ctx, chosen)
	if err != nil {
		return ManyMembers{}, err
	}
	many := ManyMembers{Members: members, Matching: matching}
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
func (v *view) membersMatching(ctx context.Context, query MemberQuery) (matching[models.Member], error) {
	query.Page = models.Page{Query: query.Query, Sort: query.Sort, Limit: MaxMany + 1}
	filter := v.memberFilter(query)
	if query.Group != "" {
		list := MemberList{}
		if err := findChoices(ctx, v.Scope, query.Group, &list, &filter); err != nil || filter.Group == 0 {
			return matching[models.Member]{}, err
		}
	}
	return firstMatching(func(after string) (models.Listing[models.Member], error) {
		filter.After = after
		return v.Members(ctx, filter, v.At)
	})
}

// chosenMembers are where a selection of members is read from, with their marks.
func (v *view) chosenMembers() chosenIn[models.MemberID, MemberQuery, models.Member] {
	return chosenIn[models.MemberID, MemberQuery, models.Member]{v.membersMatching, v.membersWithMarks, memberID}
}

// chosenWithoutMarks are chosenMembers for who asks nothing that their marks tell: it takes a statement less.
func (v *view) chosenWithoutMarks() chosenIn[models.MemberID, MemberQuery, models.Member] {
	return chosenIn[models.MemberID, MemberQuery, models.Member]{v.membersMatching, v.MembersByIDs, memberID}
}

func memberID(m models.Member) models.MemberID { return m.ID }

func (v *view) membersWithMarks(ctx context.Context, ids []models.MemberID) ([]models.Member, error) {
	members, err := v.MembersByIDs(ctx, ids)
	if err != nil {
		return nil, err
	}
	marks, err := v.MarksOf(ctx, people(members))
	if err != nil {
		return nil, err
	}
	for i := range members {
		members[i].Marks = marks[members[i].PersonID]
	}
	return members, nil
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
	judged, err := judgeSelection(ctx, v.chosenMembers(), chosen, v.judgeRemoval)
	if err != nil {
		return Many[LeavingMember]{}, err
	}
	who := people(judged.rows())
	groups, err := v.FirstGroupsOf(ctx, who, v.At)
	if err != nil {
		return Many[LeavingMember]{}, err
	}
	owned, err := v.CountOwned(ctx, who, c.viewed(by))
	if err != nil {
		return Many[LeavingMember]{}, err
	}
	return described(judged, func(m models.Member) LeavingMember {
		return LeavingMember{Member: m, First: groups[m.PersonID], Owned: owned[m.PersonID]}
	}), nil
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
	left := before
	return judgeEach(members, func(m *models.Member) error {
		a, administers := administrators[m.PersonID]
		switch {
		case m.PersonID == caller:
			return ErrOneself
		case administers && !keeps(before, left.Without(a)):
			return ErrLastAdministrator
		case administers:
			left = left.Without(a)
		}
		return nil
	})
}

// RemoveMembers takes members out of all groups in one change, as RemoveFromOrganization does with one: all of them or nobody. Overtaken
// where that can't be done to all any more. Field of errors: Members.
func (c *Console) RemoveMembers(ctx context.Context, by Caller, ids []models.MemberID) error {
	return changeMany(ctx, c, by, ids, changeOfMany[models.MemberID, models.Member]{
		operation: models.OpMemberRemoved, field: "Members", of: words.Members, most: MaxMany,
		may: func(tx *Tx) error { return tx.mayRemoveMembers(ctx) },
		judge: func(tx *Tx, ids []models.MemberID) (Many[models.Member], error) {
			return judgeSelection(ctx, tx.chosenMembers(), MembersChosen{Keys: ids}, tx.judgeRemoval)
		},
		do: func(tx *Tx, members []models.Member) error { return tx.removeMembers(ctx, members) },
	})
}
