package models

import "context"

// Analyze tells PostgreSQL how many rows there are now. Its planner otherwise takes what a transaction has just loaded
// for a handful of rows, and reads tens of thousands for each statement that follows. SQLite's planner does not guess
// by number, so there it does nothing.
func (s *Store) Analyze(ctx context.Context) error {
	if s.dialect != postgresDialect {
		return nil
	}
	_, err := s.exec(ctx, "ANALYZE people, resources, groups, api_keys, privileges, editor_entries, members, memberships")
	return wrap("analyze tables", err)
}
