package views

import (
	"strings"

	"bailiwick/views/parts"
)

// MemberGroups is a member's Groups tab. Its form sends rows=KEYS (blanks between) for the groups that can be chosen
// about, in.KEY=yes for those the member is to be in, and until.KEY with a local time in UTC, empty for good. Save has no
// name; step=review, step=filter (q, show) and page=CURSOR draw the tab again, choices kept.
type MemberGroups struct {
	Page
	Action   string
	Preview  string         // POST address that answers Fragment for the choices as they stand
	Hidden   []parts.Hidden // revision
	Conflict *parts.Conflict
	Errors   []parts.FieldError
	ReadOnly string // what is needed to change this, in words; empty when the viewer may change something

	Query   string
	Show    []ShowChoice
	Tally   string // "In 2 of 20 groups"
	Caption string
	Rows    []MembershipRow
	Nothing string         // shown when there is no row at all
	Carried []parts.Hidden // unsaved choices of other pages
	Pager   parts.FormPager
	SaveBar parts.SaveBar
}

// MembershipRow is one group. A locked one has no controls: its membership stands as text.
type MembershipRow struct {
	Key, Name  string
	Note       string // what it holds: "7 domains"
	In, Stored bool
	Until      string     // for the control: "2027-12-03T18:00"
	UntilText  parts.When // as text
	Locked     bool
	Why        string // why it is locked, or what can't be done about it
	Error      string // of the end
}

// keys are the groups of this page that can be chosen about.
func (g MemberGroups) keys() string {
	var keys []string
	for _, r := range g.Rows {
		if !r.Locked {
			keys = append(keys, r.Key)
		}
	}
	return strings.Join(keys, " ")
}

// was marks the box, so that the style sheet sees a change without a round trip.
func (r MembershipRow) was() string {
	if r.Stored {
		return "in"
	}
	return "out"
}

func (r MembershipRow) membership() string {
	if r.Stored {
		return "Member"
	}
	return "Not a member"
}
