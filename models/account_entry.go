package models

import (
	"context"
	"time"
)

// opensSQL tells whether the account a opens the membership n: its address is proven, or the organization itself let it in.
const opensSQL = `(a.proven OR EXISTS (
	SELECT 1 FROM account_organizations x
	WHERE x.account_id = a.id AND x.organization_id = n.organization_id AND x.since >= n.since))`

// AccountsOf are the accounts with which the member that a person is can enter the organization, the proven one first.
func (s *Scope) AccountsOf(ctx context.Context, person PersonID) ([]Person, error) {
	all, err := rows[Person](ctx, s.store, personSelect+`
		JOIN members n ON n.person_id = p.id AND n.organization_id = ? AND n.ended_at IS NULL
		WHERE p.id = ? AND a.id IS NOT NULL AND `+opensSQL+`
		ORDER BY a.proven DESC, a.id`, s.id, person)
	return all, wrap("read accounts of a member", err)
}

// UnprovenMembers are the addresses of the members whom an account lets in that proves nothing, ascending.
func (s *Scope) UnprovenMembers(ctx context.Context) ([]string, error) {
	all, err := rows[string](ctx, s.store, `
		SELECT DISTINCT n.email FROM account_organizations x
		JOIN accounts a ON a.id = x.account_id AND NOT a.proven
		JOIN members n ON n.organization_id = x.organization_id AND n.person_id = a.person_id AND n.ended_at IS NULL
		WHERE x.organization_id = ? AND x.since >= n.since
		ORDER BY n.email`, s.id)
	return all, wrap("read members without proof", err)
}

// LetIn lets an account that proves nothing open the organization from now on, for the membership that there is.
func (s *Scope) LetIn(ctx context.Context, p Person, at time.Time) error {
	_, err := s.exec(ctx, `
		INSERT INTO account_organizations (account_id, organization_id, since) VALUES (?, ?, ?)
		ON CONFLICT (account_id, organization_id) DO UPDATE SET since = excluded.since`, p.AccountID, s.id, moment(at))
	return wrap("let an account in", err)
}

// shutUnproven closes the organization to the accounts that prove nothing, of people who have one that is proven: what they
// are given from now on is given to that one (R19). Without a proven account they stay: it may be their owner's only way in.
func (s *Scope) shutUnproven(ctx context.Context, people []PersonID) error {
	_, err := s.exec(ctx, `
		DELETE FROM account_organizations WHERE organization_id = ? AND account_id IN (
			SELECT a.id FROM accounts a
			WHERE NOT a.proven AND `+s.store.dialect.ids("a.person_id")+`
			AND EXISTS (SELECT 1 FROM accounts b WHERE b.person_id = a.person_id AND b.proven))`, s.id, list(people))
	return err
}

// leftWithNothing is the condition that the account a, of a person who leaves the organization, opens nothing besides: no
// other organization, no invitation into one, and neither what is the operators' nor what is the personnel's. Parameters: the
// organization twice, the moment.
const leftWithNothing = `
	NOT EXISTS (SELECT 1 FROM members n WHERE n.person_id = a.person_id AND n.ended_at IS NULL AND n.organization_id <> ? AND ` + opensSQL + `)
	AND NOT (a.proven AND (
		EXISTS (SELECT 1 FROM operators v WHERE v.person_id = a.person_id) OR EXISTS (SELECT 1 FROM personnel v WHERE v.person_id = a.person_id)
		OR EXISTS (
			SELECT 1 FROM invitations i JOIN people p ON p.email = i.email AND p.id = a.person_id
			WHERE i.organization_id <> ? AND i.outcome = '' AND i.expires_at > ?)))`

// DeleteSessionsOfLeavers signs out people who leave the organization, except on accounts that open something else: what
// one organization does keeps nobody out of another (R19). Sign-ins that wait for the second factor end in the same way.
func (s *Scope) DeleteSessionsOfLeavers(ctx context.Context, people []PersonID, at time.Time) error {
	return s.deleteSessionsHere(ctx, people, at)
}

// deleteSessionsHere ends the sessions of people on accounts that open nothing besides the organization.
func (s *Scope) deleteSessionsHere(ctx context.Context, people []PersonID, at time.Time) error {
	here := "account_id IN (SELECT a.id FROM accounts a WHERE " + s.store.dialect.ids("a.person_id") + " AND " + leftWithNothing + ")"
	err := s.whole(ctx, func(tx *Scope) error {
		_, err := tx.exec(ctx, "DELETE FROM sign_in_steps WHERE "+here, list(people), s.id, s.id, moment(at))
		if err != nil {
			return err
		}
		_, err = tx.store.endSessions(ctx, here, list(people), s.id, s.id, moment(at))
		return err
	})
	return wrap("delete sessions of who leaves", err)
}

// NameMember calls a member by a name in this organization alone.
func (s *Scope) NameMember(ctx context.Context, p Person, name string) error {
	err := s.whole(ctx, func(tx *Scope) error {
		if err := tx.renameMember(ctx, p.ID, name, p.Email); err != nil {
			return err
		}
		_, err := tx.exec(ctx, "UPDATE memberships SET sort_key = ? WHERE organization_id = ? AND person_id = ? AND ended_at IS NULL",
			sortKeyOf(name, p.Email), tx.id, p.ID)
		return err
	})
	return wrap("name a member", err)
}

// OpenOrganizationsOf are those that a person, signed in to the account that it shows, can enter at a moment, by name.
func (s *Store) OpenOrganizationsOf(ctx context.Context, p Person, at time.Time) ([]Organization, error) {
	if !p.Unproven {
		return s.OrganizationsOf(ctx, p.ID, at)
	}
	all, err := rows[Organization](ctx, s, `
		SELECT o.* FROM organizations o
		JOIN members n ON n.organization_id = o.id AND n.person_id = ? AND n.ended_at IS NULL
		JOIN accounts a ON a.id = ? AND a.person_id = n.person_id
		WHERE `+opensSQL+` AND EXISTS (
			SELECT 1 FROM memberships m WHERE m.person_id = n.person_id AND m.organization_id = o.id
			AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?))
		ORDER BY o.name, o.id`, p.ID, p.AccountID, moment(at))
	return all, wrap("read organizations of an account", err)
}
