package models

import "context"

// ProvidersOf is with which provider each of these members enters the organization; who is no member is left out.
func (s *Scope) ProvidersOf(ctx context.Context, people []PersonID) (map[PersonID]string, error) {
	type entrance struct {
		PersonID PersonID
		Provider string
	}
	found, err := rows[entrance](ctx, s.store, `
		SELECT n.person_id, n.provider FROM members n
		WHERE n.organization_id = ? AND n.ended_at IS NULL AND `+s.store.dialect.ids("n.person_id"), s.id, list(people))
	if err != nil {
		return nil, wrap("read providers of members", err)
	}
	providers := make(map[PersonID]string, len(found))
	for _, e := range found {
		providers[e.PersonID] = e.Provider
	}
	return providers, nil
}
