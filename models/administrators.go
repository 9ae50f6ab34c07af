package models

import (
	"context"
	"time"
)

// Administrators are the members who are in the Administrators group at a moment and not suspended (R23), by name. CROSS JOIN makes SQLite start
// from the one group instead of going through every membership there is, and "= true" find it by the index.
func (s *Scope) Administrators(ctx context.Context, at time.Time) ([]Member, error) {
	all, err := rows[Member](ctx, s.store, "SELECT "+memberColumns+`
		FROM groups g CROSS JOIN resources r CROSS JOIN memberships m CROSS JOIN members n
		WHERE g.organization_id = ? AND g.administrators = true
		AND r.id = g.id AND r.ended_at IS NULL
		AND m.group_id = g.id AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?)
		AND n.organization_id = m.organization_id AND n.person_id = m.person_id AND n.ended_at IS NULL AND n.suspended_at IS NULL
		ORDER BY n.sort_key, n.id`, s.id, moment(at))
	return all, wrap("read administrators", err)
}

// Administration is how many administrators an organization has at a moment, and how many of them could sign in (R8).
// Those for good have a membership without an end, and will not be gone some day by themselves (R12).
type Administration struct {
	Now          int
	ForGood      int
	EnterNow     int // of Now
	EnterForGood int // of ForGood
}

// passwordOpens is the condition that the person of member n has a password that opens the organization of n.
const passwordOpens = "EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = n.person_id AND a.password_hash <> '' AND " + opensSQL + ")"

// signsIn is the condition that member n could sign in to the organization, with the provider to which they are bound. Its
// parameter is whether mails can be sent: a link to sign in is mailed, and one to set a password. A second factor that the
// organization asks for does not count: who has none sets one up while signing in.
const signsIn = `(n.provider IN ('password', 'any') AND ` + passwordOpens + `
	OR n.provider IN ('password', 'email-link', 'any') AND CAST(? AS boolean))`

// administration are the columns of an Administration; their parameter is twice whether mails can be sent.
const administration = `
	count(*) AS now, count(CASE WHEN m.expires_at IS NULL THEN 1 END) AS for_good,
	count(CASE WHEN ` + signsIn + ` THEN 1 END) AS enter_now,
	count(CASE WHEN m.expires_at IS NULL AND ` + signsIn + ` THEN 1 END) AS enter_for_good `

// administratorships are the memberships in Administrators that are in force at a moment, their first parameter, and count: those of
// who is suspended do not (R23). It ends
// before the condition on the organization.
const administratorships = `
	FROM groups g CROSS JOIN resources r CROSS JOIN memberships m CROSS JOIN members n
	WHERE r.id = g.id AND r.ended_at IS NULL
	AND m.group_id = g.id AND m.ended_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ?)
	AND n.organization_id = m.organization_id AND n.person_id = m.person_id AND n.ended_at IS NULL AND n.suspended_at IS NULL
	AND g.administrators = true AND g.organization_id `

// Administered tells how the organization is administered at a moment, a person left out (0: nobody). Mails says whether
// mails can be sent.
func (s *Scope) Administered(ctx context.Context, at time.Time, mails bool, without PersonID) (Administration, error) {
	a, err := row[Administration](ctx, s.store, "SELECT"+administration+administratorships+"= ? AND m.person_id <> ?",
		mails, mails, moment(at), s.id, without)
	return a, wrap("count administrators", err)
}

// AdministeredOrganization is an organization and how it is administered.
type AdministeredOrganization struct {
	OrganizationID OrganizationID
	Key            string
	Administration
}

// AdministeredAround tells how the organizations are administered that a person is a member of, by number. One without an
// administrator is left out.
func (s *Store) AdministeredAround(ctx context.Context, person PersonID, at time.Time, mails bool) ([]AdministeredOrganization, error) {
	all, err := rows[AdministeredOrganization](ctx, s, `
		SELECT g.organization_id, (SELECT o.key FROM organizations o WHERE o.id = g.organization_id) AS key,`+
		administration+administratorships+`IN (
			SELECT x.organization_id FROM members x WHERE x.person_id = ? AND x.ended_at IS NULL)
		GROUP BY g.organization_id ORDER BY g.organization_id`, mails, mails, moment(at), person)
	return all, wrap("count administrators around a person", err)
}

// Unentered is an organization that no administrator could enter.
type Unentered struct {
	Key   string
	Email string // of an administrator whom a password would let in; "" where there is none
	Total int    // of such organizations, those beyond the limit among them
}

// Unentered are the organizations that no administrator could enter at a moment, by key, at most limit of them: one
// statement for all that there are.
func (s *Store) Unentered(ctx context.Context, at time.Time, mails bool, limit int) ([]Unentered, error) {
	all, err := rows[Unentered](ctx, s, `
		SELECT o.key, count(*) OVER () AS total, COALESCE((
			SELECT min(n.email)`+administratorships+`= o.id AND n.provider IN ('password', 'any')), '') AS email
		FROM organizations o
		WHERE NOT EXISTS (SELECT 1`+administratorships+"= o.id AND "+signsIn+`)
		ORDER BY o.key LIMIT ?`, moment(at), moment(at), mails, limit)
	return all, wrap("look for organizations that nobody could enter", err)
}

// SigningIn are the e-mails of the members who could sign in, in the order of e-mails.
func (s *Scope) SigningIn(ctx context.Context, mails bool) ([]string, error) {
	all, err := rows[string](ctx, s.store, `
		SELECT n.email FROM members n
		WHERE n.organization_id = ? AND n.ended_at IS NULL AND n.suspended_at IS NULL AND `+signsIn+" ORDER BY n.email", s.id, mails)
	return all, wrap("read members who could sign in", err)
}
