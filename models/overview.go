package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// OverviewCounted is how far an overview counts, and one beyond: a page costs the same however much there is.
const OverviewCounted = 1_000

// Ending is something that ends soon: an API key, a membership or an invitation. Only what is said of its kind is filled.
type Ending struct {
	At         time.Time
	Key, Name  string // of the API key
	LastUsedAt *time.Time

	Member MemberID
	Email  string // of the member, or the one that is invited
	Group  string // name, that the member leaves

	Invitation InvitationID
	Inviter    string
	Groups     int // that the invitation leads into
}

// Ends are the things of a kind that end until some moment: how many, of how many groups and members where they are memberships, and
// the first.
type Ends struct {
	Count, Groups, Members int
	First                  []Ending
}

// endsCount is how many there are of a kind.
type endsCount struct{ Count, Groups, Members int }

// KeysThatEnd are the usable API keys that expire by then, the first ahead.
func (s *Scope) KeysThatEnd(ctx context.Context, at, by time.Time, limit int) (Ends, error) {
	from := `FROM api_keys k JOIN resources r ON r.id = k.id AND r.ended_at IS NULL
		WHERE k.organization_id = ? AND k.enabled AND k.expires_at > ? AND k.expires_at <= ?`
	e, err := s.ends(ctx, "0", "0", `k.expires_at AS at, r.key, r.name, k.last_used_at`, from, "k.expires_at, k.id", at, by, limit)
	return e, wrap("read API keys that expire", err)
}

// MembershipsThatEnd are those that end by then, the first ahead.
func (s *Scope) MembershipsThatEnd(ctx context.Context, at, by time.Time, limit int) (Ends, error) {
	from := `FROM memberships m
		JOIN members n ON n.organization_id = m.organization_id AND n.person_id = m.person_id AND n.ended_at IS NULL
		JOIN resources r ON r.id = m.group_id
		WHERE m.organization_id = ? AND m.ended_at IS NULL AND m.expires_at > ? AND m.expires_at <= ?`
	e, err := s.ends(ctx, "m.group_id", "n.id", `m.expires_at AS at, n.id AS member, n.name, n.email, r.name AS "group"`, from, "m.expires_at, m.id", at, by, limit)
	return e, wrap("read memberships that end", err)
}

// InvitationsThatEnd are the pending ones that run out by then, the first ahead.
func (s *Scope) InvitationsThatEnd(ctx context.Context, at, by time.Time, limit int) (Ends, error) {
	from := "FROM invitations i WHERE i.organization_id = ? AND i.outcome = '' AND i.expires_at > ? AND i.expires_at <= ?"
	e, err := s.ends(ctx, "0", "0", `i.expires_at AS at, i.id AS invitation, i.email, i.inviter_name AS inviter,
		(SELECT count(*) FROM invitation_groups g WHERE g.invitation_id = i.id AND g.ended_at IS NULL) AS groups`, from, "i.expires_at, i.id", at, by, limit)
	return e, wrap("read invitations that run out", err)
}

func (s *Scope) ends(ctx context.Context, group, member, columns, from, order string, at, by time.Time, limit int) (Ends, error) {
	args := []any{s.id, moment(at), moment(by)}
	n, err := row[endsCount](ctx, s.store, `
		SELECT count(*) AS count, count(DISTINCT listed.grp) AS groups, count(DISTINCT listed.member) AS members
		FROM (SELECT `+group+" AS grp, "+member+" AS member "+from+" LIMIT ?) AS listed",
		append(args, OverviewCounted+1)...)
	if err != nil {
		return Ends{}, err
	}
	first, err := rows[Ending](ctx, s.store, "SELECT "+columns+" "+from+" ORDER BY "+order+" LIMIT ?", append(args[:3:3], limit)...)
	return Ends{n.Count, n.Groups, n.Members, first}, err
}

// GroupsInNeed are groups to look at.
type GroupsInNeed struct {
	Empty, EmptyBuiltIn int                // without members
	Sensitive           int                // with a level on a sensitive domain
	Domains             []access.DomainKey // on which one of them has a level
}

// GroupsInNeed counts the groups without members, and those that hold something on one of the domains.
func (s *Scope) GroupsInNeed(ctx context.Context, sensitive []access.DomainKey) (GroupsInNeed, error) {
	var n GroupsInNeed
	var err error
	if n.Empty, err = s.atMost(ctx, emptyGroups, s.id); err != nil {
		return n, wrap("count groups without members", err)
	}
	if n.EmptyBuiltIn, err = s.atMost(ctx, emptyGroups+" AND e.built_in <> ''", s.id); err != nil {
		return n, wrap("count groups without members", err)
	}
	if n.Sensitive, err = s.countSensitive(ctx, sensitive); err != nil {
		return n, wrap("count groups with sensitive privileges", err)
	}
	n.Domains, err = rows[access.DomainKey](ctx, s.store, `
		SELECT DISTINCT c.domain FROM level_counts c
		WHERE c.organization_id = ? AND c.holders = ? AND c.grantees > 0 AND c.level <> 'none' AND `+s.store.dialect.texts("c.domain")+" ORDER BY c.domain",
		s.id, access.GroupsDomain, list(sensitive))
	return n, wrap("read sensitive domains", err)
}

// countSensitive counts the groups that hold something on one of the domains. Each of them is to count once, for which all that hold
// something have to be known. Where counters tell that one domain alone has more than are counted, nobody needs to: they have what has
// expired until somebody ends it, which is taken off.
func (s *Scope) countSensitive(ctx context.Context, domains []access.DomainKey) (int, error) {
	d, now := s.store.dialect, s.store.Now()
	q := newQuery(`
		SELECT CASE WHEN EXISTS (
			SELECT c.domain FROM level_counts c
			WHERE c.organization_id = ? AND c.holders = ? AND c.level <> 'none' AND `+d.texts("c.domain")+`
			GROUP BY c.domain
			HAVING sum(c.grantees) - (SELECT count(*) FROM privileges p
				WHERE p.organization_id = ? AND p.domain = c.domain AND p.ended_at IS NULL AND p.expires_at <= ?) > ?)
		THEN CAST(? AS integer)`, s.id, access.GroupsDomain, list(domains), s.id, now, OverviewCounted, OverviewCounted+1)
	q.add("ELSE (SELECT count(*) FROM ("+d.sensitiveGroups()+" LIMIT ?) AS listed) END", s.id, list(domains), now, s.id, OverviewCounted+1)
	return row[int](ctx, s.store, q.sql.String(), q.args...)
}

// atMost counts what a statement finds, as far as lists count and one beyond.
func (s *Scope) atMost(ctx context.Context, sql string, args ...any) (int, error) {
	return row[int](ctx, s.store, "SELECT count(*) FROM ("+sql+" LIMIT ?) AS listed", append(args, OverviewCounted+1)...)
}

// CountUnusedMembers is how many members did not use the organization for so long.
func (s *Scope) CountUnusedMembers(ctx context.Context, u Unused) (int, error) {
	q := newQuery("SELECT n.id FROM members n WHERE n.organization_id = ? AND n.ended_at IS NULL", s.id)
	if u.Since == nil {
		u.ofMember(q, "n.last_used_minute")
	} else { // found to the minute, by the index, and then as they are listed
		q.add("AND n.idle_minute <= ?", u.minute())
		u.ofMember(q, s.store.dialect.unindexed("n.last_used_minute"))
	}
	n, err := s.atMost(ctx, q.sql.String(), q.args...)
	return n, wrap("count members who are not here", err)
}

// CountUnusedKeys is how many API keys were not used for so long.
func (s *Scope) CountUnusedKeys(ctx context.Context, u Unused) (int, error) {
	q := newQuery(`
		SELECT k.id FROM resources r JOIN api_keys k ON k.id = r.id
		WHERE r.organization_id = ? AND r.domain = ? AND r.domain IN ('organization/groups', 'organization/api-keys') AND r.ended_at IS NULL`,
		s.id, access.APIKeysDomain) // the domains are written out as the index by age has them
	u.ofKey(q)
	n, err := s.atMost(ctx, q.sql.String(), q.args...)
	return n, wrap("count API keys that are not used", err)
}
