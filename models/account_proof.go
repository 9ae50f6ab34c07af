package models

import "context"

// ProveEmail says that the person has shown that the e-mail is theirs, and is the person with the proven account. Whoever
// made other accounts for the address may be somebody else: they end, with all that opens them.
func (s *Store) ProveEmail(ctx context.Context, id PersonID) (Person, error) {
	var proven Person
	err := s.whole(ctx, func(tx *Store) error {
		if err := tx.holdPerson(ctx, id); err != nil {
			return err
		}
		ended, err := tx.endAccounts(ctx, "SELECT a.id FROM accounts a WHERE a.person_id = ? AND NOT a.proven", id)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `
			INSERT INTO accounts (person_id, proven, created_at) SELECT p.id, CAST(? AS boolean), ? FROM people p WHERE p.id = ?
			ON CONFLICT DO NOTHING`, true, tx.Now(), id); err != nil {
			return err
		}
		if proven, err = tx.PersonByID(ctx, id); err != nil || ended == 0 {
			return err
		}
		return tx.SetPersonName(ctx, id, proven.Name) // in the place of those that were typed by others, were it none
	})
	return proven, wrap("prove an e-mail", err)
}

// EndIdleAccounts ends the unproven accounts of the person that open no organization in which the person is a member.
func (s *Store) EndIdleAccounts(ctx context.Context, person PersonID) error {
	err := s.whole(ctx, func(tx *Store) error {
		_, err := tx.endAccounts(ctx, `SELECT a.id FROM accounts a WHERE a.person_id = ? AND NOT a.proven AND NOT EXISTS (
			SELECT 1 FROM account_organizations x
			JOIN members n ON n.organization_id = x.organization_id AND n.person_id = a.person_id AND n.ended_at IS NULL
			WHERE x.account_id = a.id AND x.since >= n.since)`, person)
		return err
	})
	return wrap("end idle accounts", err)
}

// endAccounts ends the accounts that a query names, with all that opens them, and says how many.
func (s *Store) endAccounts(ctx context.Context, which string, args ...any) (int, error) {
	ids, err := rows[AccountID](ctx, s, which, args...)
	for _, id := range ids {
		for _, sql := range []string{
			"DELETE FROM sign_in_steps WHERE account_id = ?", "DELETE FROM sessions WHERE account_id = ?",
			"DELETE FROM ended_sessions WHERE account_id = ?", "DELETE FROM kept_forms WHERE account_id = ?",
			"DELETE FROM recovery_codes WHERE account_id = ?", "DELETE FROM account_organizations WHERE account_id = ?",
			"DELETE FROM accounts WHERE id = ?",
		} {
			if err == nil {
				_, err = s.exec(ctx, sql, id)
			}
		}
	}
	return len(ids), err
}
