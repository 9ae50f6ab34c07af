package models

import (
	"context"

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
