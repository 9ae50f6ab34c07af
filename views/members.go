package views

import "bailiwick/views/parts"

// MemberGroup narrows the list to the members of a group.
var MemberGroup = parts.Filter{Name: "group", Label: "Group"}

// Members is the list of an organization's members. Those who may not view groups see only names and addresses: then Detailed
// is false, and only their own row can be selected.
type Members struct {
	Page
	Filters  parts.Filters
	List     parts.Listing
	Rows     []MemberRow
	Detailed bool
	Remark   *parts.Notice // about the administrators; nil: nothing to say
	Removal  *Departure    // asked above the list
	Question *ManyQuestion // before that
	Review   *parts.Review // of an action on many

	Panel   *AddPeople     // over the list
	Results *InviteResults // over the list
}

// MemberRow is one member of the list.
type MemberRow struct {
	ID         string // what selected and the routes carry
	Name       string
	Href       string // the member; "" for who may not open them
	Email      string
	Marks      []string // warnings: "2 people have this name", "address not proven"
	Initials   string
	You        bool
	Selectable bool
	Selected   bool
	ReadOnly   bool
	Group      string // the first one; "" where none is in force
	More       string // "and 2 more"
	NoGroup    string // why there is none: "No group in force"
	Provider   string
	LastUsed   parts.When
}

func (m MemberRow) pick() parts.Pick { return parts.Pick{Key: m.ID, Checked: m.Selected, Sub: true} }

// Departure asks before a member is removed from the organization (R16), suspended or reactivated (R23).
type Departure struct {
	parts.Confirm
	GroupsTitle string // above the groups: what becomes of them
	Groups      []string
	MoreGroup   string   // "and 12 more"
	Resources   []string // that lose their owner
	More        string   // "and 12 more"
}
