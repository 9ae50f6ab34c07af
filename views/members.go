package views

import "bailiwick/views/parts"

// MemberGroup narrows the list to the members of a group, MemberStatus to who is suspended, or to who is not.
var (
	MemberGroup  = parts.Filter{Name: "group", Label: "Group"}
	MemberStatus = parts.Filter{Name: "status", Label: "Status"}
)

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
	Found      parts.Words  // the name with the words marked that the list was searched for
	UnderFound parts.Words  // and the address
	Marks      []parts.Chip // "Suspended", "address not proven"
	Initials   string
	You        bool
	Selectable bool
	Selected   bool
	ReadOnly   bool
	Role       string // the built-in group that says most; "" where they are in none
	RoleHref   string // that group, where it is the only one
	Group      string // the first one; "" where none is in force
	GroupHref  string
	More       string // "and 2 more", which leads to all of them
	MoreHref   string
	NoGroup    string     // why there is none: "No active group"
	Ends       parts.When // the first of the memberships that end
	EndsOf     string     // which they are: "1 of 2 groups"; "" = the only one, or all at once
	LastUsed   parts.When
	UsedNote   string // beneath it: "94 days ago", or since when they are a member who never was here
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
