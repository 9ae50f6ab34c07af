package models

import "time"

// Unused is for how long something was not used. The zero value asks for nothing.
type Unused struct {
	Never bool       // not once
	Since *time.Time // not since then, although it was there already; what never was used is among it
}

func (u Unused) asked() bool { return u.Never || u.Since != nil }

// minute is the moment as uses of members and of groups are counted, in minutes.
func (u Unused) minute() int64 { return u.Since.Unix() / 60 }

// before is the minute before which that was last used which is asked for.
func (u Unused) before() int64 {
	if u.Never {
		return 1
	}
	return u.minute()
}

// ofMember adds the condition on member n, whose last use is the column.
func (u Unused) ofMember(q *query, column string) {
	if u.Never {
		q.add("AND " + column + " < 1") // not "= 0": PostgreSQL would drop the column from the order, and walk all members by number
	}
	if u.Since != nil {
		q.add("AND "+column+" < ? AND n.since <= ?", u.minute(), moment(*u.Since))
	}
}

// ofGroup adds the condition on group g of an organization, whose resource is r. What was not noted yet is not told to be unused: the
// group, and the noting of uses, have to be that old.
func (u Unused) ofGroup(q *query, of OrganizationID) {
	if u.Never {
		q.add("AND g.last_used_minute < 1")
	}
	if u.Since != nil {
		q.add("AND g.last_used_minute < ? AND r.created_at <= ? AND (SELECT o.group_uses_since FROM organizations o WHERE o.id = ?) <= ?",
			u.minute(), moment(*u.Since), of, moment(*u.Since))
	}
}

// ofKey adds the condition on API key k, whose resource is r.
func (u Unused) ofKey(q *query) {
	if u.Never {
		q.add("AND k.last_used_at IS NULL")
	}
	if u.Since != nil {
		q.add("AND (k.last_used_at IS NULL OR k.last_used_at < ?) AND r.created_at <= ?", moment(*u.Since), moment(*u.Since))
	}
}
