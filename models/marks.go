package models

import "context"

// Marks are what tells a member apart from others, or makes them doubtful, where people are chosen.
type Marks struct {
	Namesakes int  // how many members have a name that looks the same, with this one; 0 = no other
	Lookalike bool // one of those is written otherwise, although it looks the same
	Unproven  bool // an account opens the membership whose address nobody has proven: it was made by a copied link
}

// NamesakesShown is how many members of one name are counted at most: a page costs the same however many there are.
const NamesakesShown = 100

// MarksOf are those of these people who are members and have any. Namesakes are within the organization.
func (s *Scope) MarksOf(ctx context.Context, people []PersonID) (map[PersonID]Marks, error) {
	type marked struct {
		PersonID PersonID
		Marks
	}
	found, err := rows[marked](ctx, s.store, `
		SELECT n.person_id, CASE WHEN n.skeleton = '' THEN 0 ELSE (
			SELECT count(*) FROM (
				SELECT 1 FROM members o
				WHERE o.organization_id = n.organization_id AND o.skeleton = n.skeleton AND o.ended_at IS NULL LIMIT ?) AS listed) END AS namesakes,
			n.skeleton <> '' AND EXISTS (SELECT 1 FROM (
				SELECT o.name FROM members o
				WHERE o.organization_id = n.organization_id AND o.skeleton = n.skeleton AND o.ended_at IS NULL LIMIT ?) AS listed
				WHERE listed.name <> n.name) AS lookalike,
			EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = n.person_id AND NOT a.proven AND `+opensSQL+`) AS unproven
		FROM members n
		WHERE n.organization_id = ? AND n.ended_at IS NULL AND `+s.store.dialect.ids("n.person_id"),
		NamesakesShown, NamesakesShown, s.id, list(people))
	if err != nil {
		return nil, wrap("look for marks of members", err)
	}
	all := map[PersonID]Marks{}
	for _, n := range found {
		if n.Namesakes == 1 {
			n.Namesakes = 0
		}
		if n.Marks != (Marks{}) {
			all[n.PersonID] = n.Marks
		}
	}
	return all, nil
}

// mark writes the marks into the rows of one page: one statement for all of them.
func mark[T any](ctx context.Context, s *Scope, page []T, of func(*T) (PersonID, *Marks)) error {
	if len(page) == 0 {
		return nil
	}
	ids := make([]PersonID, len(page))
	for i := range page {
		ids[i], _ = of(&page[i])
	}
	found, err := s.MarksOf(ctx, ids)
	if err != nil {
		return err
	}
	for i := range page {
		id, marks := of(&page[i])
		*marks = found[id]
	}
	return nil
}
