package views

import "bailiwick/views/parts"

// Names of the controls of an Access tab besides the buttons "step" (review, filter) and those of every form that spans pages. A
// grantee is written group:KEY or api-key:KEY.
const (
	AccessKeep    = "keep"            // button: back to Edit for this grantee
	AccessConfirm = "confirm_lockout" // box: the viewer knows that they will not be able to edit it
)

// AccessShow is the choice of which rows an Access tab shows, by what they hold.
const AccessShow = "shown"

// AccessOrder is the order of its rows: AccessByLevel, or by name where it has no value.
const (
	AccessOrder   = "order"
	AccessByLevel = "level"
)

// AccessLonger is the value of a choice beside view and edit: Edit, which stands until some moment, for longer.
const AccessLonger = "longer"

// AccessControl names the choice about a grantee: view, edit or AccessLonger. What it was when the form was made stands under parts.Was of it: view or edit.
func AccessControl(grantee string) string { return "access." + grantee }

// AccessRevisionControl names the grantee's revision as the form was made.
func AccessRevisionControl(grantee string) string { return "revision." + grantee }

// AccessTab is who can view or edit one thing (R10): a resource, a group or an API key, or one that is being added. A button
// without a name saves; all others draw the tab again, choices kept.
type AccessTab struct {
	Page
	Action   string
	Preview  string         // POST address that answers Fragment for the choices as they stand; empty draws no live preview
	Hidden   []parts.Hidden // revision; while creating, what the Configuration tab holds
	Conflict *parts.Conflict
	Errors   []parts.FieldError
	ReadOnly string // what is needed to change this, in words; empty when the viewer may change it
	Fixed    string // while it is being added: why nothing can be chosen here; empty when something can
	Help     string // what Edit on such a thing is good for, where that is more than it seems; "": nothing
	Lockout  *Lockout

	Query       string
	Searched    bool            // the page answers a search: the focus goes there
	FilterLabel string          // "Filter groups and API keys"
	Show        []parts.Segment // which rows by what they hold; empty draws no choice
	Order       []parts.Option  // what they can be sorted by; empty draws no choice
	Tally       []TallyPart
	Caption     string // "Who can view or edit Twitter"
	Sections    []AccessSection
	Nothing     string         // shown when there is no row at all
	Carried     []parts.Hidden // unsaved choices of other pages, and where the list stands
	Pager       parts.FormPager
	SaveBar     parts.SaveBar
}

// Lockout warns the viewer that none of their own groups would keep Edit.
type Lockout struct {
	Title, Text string
	Keep        string // grantee of the Keep Edit button; empty draws none
}

// TallyPart is one count above a table: "3" "can edit".
type TallyPart struct {
	Count, Text string
}

// AccessSection is the groups, or the API keys.
type AccessSection struct {
	Name string
	Rows []AccessRow
}

// AccessRow is one grantee. Where Field is empty there is nothing to decide and the level stands as text.
type AccessRow struct {
	Name, Icon string
	Marked     parts.Words // the name with the words marked that the list was searched for
	Field      string      // AccessControl of the grantee
	Membership string      // "Member", "Not a member"; empty for API keys
	Member     bool
	Edit       bool // what the select stands at
	StoredEdit bool
	Was        string // what it was before it is changed, in words: "was View"
	Lasting    string // label of the choice that makes Edit last for longer; empty where there is none
	Longer     bool   // the select stands at that
	Level      string // for the text: none, view, custom, edit
	LevelWord  string // "Edit", "No access"
	Why        string
	Error      string
}

// narrow is what small screens show below the name in place of the columns that they drop.
func (r AccessRow) narrow() string {
	if r.Member {
		return "You are a member. " + r.Why
	}
	return r.Why
}

// level is the row's level as text. A row with a choice, drawn for somebody who may not choose, stands at its choice.
func (r AccessRow) level() (level, word string) {
	switch {
	case r.Field == "":
		return r.Level, r.LevelWord
	case r.Edit:
		return "edit", "Edit"
	}
	return "view", "View"
}
