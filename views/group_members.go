package views

// GroupMembers is the Members tab of a group: identity sets, then the members who were added one by one.
type GroupMembers struct {
	Page
	ReadOnly     string // what is needed to change this, in words; empty when the viewer may change it
	IdentitySets string // a sentence, while the group includes none
	Add          string // address of the Add member panel; empty when the viewer may not
	AddWhy       string // why Add is missing, in words

	Filters Filters
	List    Listing // its rows are Rows; Empty says that the group has no listed member
	Rows    []GroupMember

	Panel   *AddMember
	Removal *MemberRemoval
}

// GroupMember is one row.
type GroupMember struct {
	ID       string // fit for an id attribute, and what selected and the routes carry
	Name     string
	Email    string
	Initials string
	You      bool
	Provider string
	Badge    string // Member or Invited
	Until    When   // end of the membership; without a text it has none
	Since    When
	Selected bool
	ReadOnly bool
}

// AddMember is the panel that adds an existing member to the group.
type AddMember struct {
	Action      string // POST
	Close       string // address without the panel
	Hidden      []Hidden
	Errors      []FieldError
	Email       Field
	Until       Field // end of the membership
	Suggestions []Person
	Gives       []Notice       // what joining gives (Administrators), the hint to review privileges first
	Confirm     []Confirmation // required boxes
}

// MemberRemoval asks before a member leaves the group (R16): its texts say what they lose, and that it is their last
// group where it is.
type MemberRemoval struct {
	Confirm
	Resources []string // that lose their owner
	More      string   // "and 12 more"
}
