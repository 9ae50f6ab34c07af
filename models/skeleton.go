package models

import (
	"context"

	"bailiwick/access"
	"bailiwick/looks"
)

// skeletonOf is what the name of a person looks like: two people of an organization with the same one are told apart by
// their addresses alone. It is never "".
func skeletonOf(name, email string) string {
	if skeleton := looks.Skeleton(name); skeleton != "" {
		return skeleton
	}
	return looks.Skeleton(email)
}

// skeletonOfGroup is what the name of a group looks like. It is never "".
func skeletonOfGroup(r Resource) string {
	if skeleton := looks.Skeleton(r.Name); skeleton != "" {
		return skeleton
	}
	return r.Key
}

// LooksTaken tells whether a group other than the excepted one has a name that looks like this one.
func (s *Scope) LooksTaken(ctx context.Context, name string, except access.ResourceID) (bool, error) {
	found, err := rows[access.ResourceID](ctx, s.store, `
		SELECT g.id FROM groups g
		JOIN resources r ON r.id = g.id AND r.ended_at IS NULL
		WHERE g.organization_id = ? AND g.skeleton = ? AND g.id <> ? LIMIT 1`, s.id, looks.Skeleton(name), except)
	return len(found) > 0, wrap("look for a name that looks the same", err)
}

// fillSkeletonsOfGroups is fillSkeletons for groups.
func (s *Store) fillSkeletonsOfGroups(ctx context.Context) error {
	for {
		groups, err := rows[Resource](ctx, s, `
			SELECT r.* FROM groups g JOIN resources r ON r.id = g.id WHERE g.skeleton = '' ORDER BY g.id LIMIT ?`, batch)
		if err != nil || len(groups) == 0 {
			return err
		}
		err = s.Tx(ctx, func(tx *Store) error {
			for _, g := range groups {
				if _, err := tx.exec(ctx, "UPDATE groups SET skeleton = ? WHERE id = ?", skeletonOfGroup(g), g.ID); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
}

// fillSkeletons writes those of people from before there were any, batch by batch. Where there are none to write it reads
// an empty index.
func (s *Store) fillSkeletons(ctx context.Context) error {
	for {
		people, err := rows[Person](ctx, s, "SELECT * FROM people WHERE skeleton = '' ORDER BY id LIMIT ?", batch)
		if err != nil || len(people) == 0 {
			return err
		}
		if err := s.Tx(ctx, func(tx *Store) error { return tx.writeSkeletons(ctx, people) }); err != nil {
			return err
		}
	}
}

func (s *Store) writeSkeletons(ctx context.Context, people []Person) error {
	ids := make([]PersonID, len(people))
	for i, p := range people {
		ids[i] = p.ID
		if _, err := s.exec(ctx, "UPDATE people SET skeleton = ? WHERE id = ? AND skeleton = ''", skeletonOf(p.Name, p.Email), p.ID); err != nil {
			return err
		}
	}
	_, err := s.exec(ctx, `
		UPDATE members SET skeleton = (SELECT p.skeleton FROM people p WHERE p.id = members.person_id)
		WHERE ended_at IS NULL AND `+s.dialect.ids("person_id"), list(ids))
	return err
}
