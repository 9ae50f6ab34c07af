package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// storableAll are those of the texts that a row could have; the others are nobody's.
func storableAll(texts []string) []string {
	var all []string
	for _, text := range texts {
		if storable(text) {
			all = append(all, text)
		}
	}
	return all
}

// reviseAll changes several resources of a domain at once, and raises their revisions. sets ends in a comma or is empty. ErrNotFound when
// one of them is not there, or is named twice. It asks for no revision: the change has read the rows, and nobody else changes them before
// it ends.
func (s *Scope) reviseAll(ctx context.Context, sets string, args []any, domain access.DomainKey, ids []access.ResourceID, by string, at time.Time) error {
	changed, err := s.exec(ctx, `
		UPDATE resources SET `+sets+`modified_at = ?, modified_by = ?, revision = revision + 1
		WHERE organization_id = ? AND domain = ? AND ended_at IS NULL AND `+s.store.dialect.ids("id"),
		append(args, moment(at), by, s.id, domain, list(ids))...)
	return allOf(ids, changed, err)
}

// allOf is ErrNotFound where a statement changed fewer rows than it was asked to.
func allOf(ids []access.ResourceID, changed int, err error) error {
	if err == nil && changed != len(ids) {
		return ErrNotFound
	}
	return err
}
