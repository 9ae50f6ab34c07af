package views

import "bailiwick/views/parts"

// RemovedMember names the address of the member who is taken out of the group.
const RemovedMember = "member"

// GroupMembersShow narrows the list to members or to invitations.
var GroupMembersShow = parts.Filter{Name: "show", Label: "Show"}

// GroupMembers is the Members tab of a group: identity sets, then the members who were added one by one.
type GroupMembers struct {
	Page
	ReadOnly     string        // what is needed to change this, in words; empty when the viewer may change it
	Lead         string        // what a team lead may do here, who can edit this group but not all; "" for the others
	IdentitySets string        // a sentence, while the group includes none
	InviteHref   string        // address of the sheet that adds members; empty when the viewer may not
	AddWhy       string        // why it is missing, in words
	Unmailed     string        // that no mail is sent; empty where one is
	Review       string        // the privileges of a built-in group that has no members yet; "": nothing to review
	Remark       *parts.Notice // about the administrators; nil: nothing to say

	Filters parts.Filters
	List    parts.Listing // its rows are Rows; Empty says that the group has no listed member
	Rows    []GroupMember

	Invite     *AddPeople
	Results    *InviteResults
	Removal    *MemberRemoval
	Question   *ManyQuestion // of an action on many, before its review
	ManyReview *parts.Review
	Confirm    *parts.Confirm // about an invitation
}

// GroupMember is one row: a member, or somebody who is invited.
type GroupMember struct {
	ID    string // fit for an id attribute, and what selected carries
	Name  string
	Href  string // the member; "" of somebody who is invited
	Email string

	Found, UnderFound parts.Words // name and address with the words marked that the list was searched for

	Marks    []parts.Chip // "Suspended", "address not proven", "Mail failed"
	Initials string
	You      bool
	Provider string
	Badge    string     // Member or Invited
	Inviter  string     // who invited; "" of a member
	Until    parts.When // end of the membership, or days left of an invitation; without a text it has none
	Since    parts.When
	Selected bool
	ReadOnly bool
}

// pick is the box of the row. Beneath a member's name stands the address, which tells namesakes apart; who is invited has no other name.
func (m GroupMember) pick() parts.Pick {
	return parts.Pick{Key: m.ID, Checked: m.Selected, Sub: m.Inviter == ""}
}

// MemberRemoval asks before a member leaves the group (R16): its texts say what they lose, and that it is their last
// group where it is.
type MemberRemoval struct {
	parts.Confirm
	Resources []string // that lose their owner
	More      string   // "and 12 more"
}
