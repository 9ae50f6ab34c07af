package models

import "context"

// Takings are the operations by which people lose something: access, a membership, an invitation, a key.
var Takings = []Operation{
	OpAPIKeyDeactivated, OpAPIKeyDeleted, OpAPIKeyPrivilegesChanged, OpGroupDeleted, OpGroupMemberEndChanged, OpGroupPrivilegesChanged,
	OpGroupMemberRemoved, OpInvitationRevoked, OpMemberLeft, OpMemberSuspended,
}

// Taking is an activity in which people may have lost something. If a group was deleted, Before holds only the first of its
// members, and Members says how many there were.
type Taking struct {
	Activity
	Members int
}

// takenNames is how many members of a deleted group a Taking names.
const takenNames = 10

// TakenUnder are the Takings of a person through temporary access, the newest first, and how many there are.
func (s *Scope) TakenUnder(ctx context.Context, f DoneFilter) ([]Taking, int, error) {
	const long = "(length(a.before) > ? OR length(a.after) > ?)"
	d, deletion := s.store.dialect, "a.operation IN ("+namesOf(OpGroupDeleted)+")"
	takings := `
		FROM activities a
		WHERE ` + d.doneUnder() + `
		AND a.outcome = 'done' AND a.operation IN (` + namesOf(Takings...) + ")"
	where := []any{s.id, f.Person, moment(f.From), moment(f.Until)}
	all, err := rows[Taking](ctx, s.store, `
		SELECT a.id, a.at, a.actor_name, a.operation, a.subject_kind, a.domain, a.resource_id, a.resource_key, a.resource_name, a.revision,
			CASE WHEN `+deletion+` THEN `+d.firstMembers("a.before")+` WHEN `+long+` THEN '' ELSE a.before END AS before,
			CASE WHEN `+long+` THEN '' ELSE a.after END AS after, NOT `+deletion+` AND `+long+` AS cut,
			CASE WHEN `+deletion+` THEN `+d.countMembers("a.before")+` ELSE 0 END AS members`+
		takings+" ORDER BY a.id DESC LIMIT ?",
		append(append([]any{takenNames, listedState, listedState, listedState, listedState, listedState, listedState}, where...), f.Limit)...)
	if err != nil || len(all) < f.Limit {
		return all, len(all), wrap("read what was taken away through temporary access", err)
	}
	n, err := row[int](ctx, s.store, "SELECT count(*)"+takings, where...)
	return all, n, wrap("count what was taken away through temporary access", err)
}

// field is a text in a state that an activity keeps; NULL where it has none.
func (d dialect) field(column, name string) string {
	if d == postgresDialect {
		return "(CAST(NULLIF(" + column + ", '') AS json) ->> '" + name + "')"
	}
	return "json_extract(NULLIF(" + column + ", ''), '$." + name + "')"
}

// firstMembers is a state with the first of its members alone. Its parameter is how many.
func (d dialect) firstMembers(column string) string {
	if d == postgresDialect {
		return `CAST(json_build_object('members', (SELECT json_agg(v.value) FROM (
			SELECT value FROM json_array_elements(CAST(NULLIF(` + column + `, '') AS json) -> 'members') LIMIT ?) v)) AS text)`
	}
	return `json_object('members', json((SELECT json_group_array(json(value))
		FROM json_each(NULLIF(` + column + `, ''), '$.members') WHERE key < ?)))`
}

// countMembers is how many members a state has.
func (d dialect) countMembers(column string) string {
	if d == postgresDialect {
		return "COALESCE(json_array_length(CAST(NULLIF(" + column + ", '') AS json) -> 'members'), 0)"
	}
	return "COALESCE(json_array_length(NULLIF(" + column + ", ''), '$.members'), 0)"
}
