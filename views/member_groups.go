package views

import (
	"strings"

	"bailiwick/views/parts"
)

// Names of the controls of a member's Groups tab. Those of every form are in parts.
const (
	MemberGroupsRows   = "rows"   // keys of the groups on the page whose membership can be changed, with blanks between
	MemberGroupsShow   = "show"   // which groups are listed
	MemberGroupsJoined = "joined" // value of it: only those that the member is in
)

// InControl names the box of a group: yes where the member is to be in it. What it was when the form was made stands under parts.Was
// of it: MembershipOut, MembershipIn for good, or the end in UTC.
func InControl(group string) string { return "in." + group }

// What a membership was when the form was made, and as what the style sheet sees a box that was not touched.
const (
	MembershipIn  = "in"
	MembershipOut = "out"
)

// UntilControl names the end of the membership in a group: a local time in UTC, empty for good.
func UntilControl(group string) string { return "until." + group }

// UntilID is the id of that control.
func UntilID(group string) string { return "until-" + group }

// MemberGroups is a member's Groups tab. A button without a name saves; all others draw the tab again, choices kept.
type MemberGroups struct {
	Page
	Action   string
	Preview  string         // POST address that answers Fragment for the choices as they stand
	Hidden   []parts.Hidden // revision, and what each row was
	Conflict *parts.Conflict
	Errors   []parts.FieldError
	ReadOnly string // what is needed to change this, in words; empty when the viewer may change something

	Query    string
	Searched bool // the page answers a search: the focus goes there
	Show     []ShowChoice
	Tally    string // "In 2 of 20 groups"
	Caption  string
	Rows     []MembershipRow
	Nothing  string         // shown when there is no row at all
	Carried  []parts.Hidden // unsaved choices of other pages
	Pager    parts.FormPager
	SaveBar  parts.SaveBar
}

// MembershipRow is one group. A locked one has no controls: its membership stands as text.
type MembershipRow struct {
	Key, Name  string
	Marked     parts.Words // the name with the words marked that the list was searched for
	Note       string      // what it holds: "7 domains"
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
		return MembershipIn
	}
	return MembershipOut
}

func (r MembershipRow) membership() string {
	if r.Stored {
		return "Member"
	}
	return "Not a member"
}
