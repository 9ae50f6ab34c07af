package views

import "bailiwick/views/parts"

// What the address of a member's access says besides the words of the filter.
var (
	MemberAccessShow = parts.Filter{Name: "show", Label: "Show domains"} // without a word what is granted; MemberAccessAll
	MemberAccessOpen = parts.Filter{Name: "open", Label: "Open"}         // a service whose other domains are shown; once for each
)

// MemberAccessAll is the value of MemberAccessShow that folds nothing.
const MemberAccessAll = "all"

// MemberAccess is a member's effective access: every domain with the level that all of their groups come to, and every
// grant behind it.
type MemberAccess struct {
	Page
	Remark   *parts.Notice // that they are suspended; nil: they are not
	Moving   *parts.Notice // that they are to have another address; nil: not, or not for the viewer to see
	Filters  parts.Filters
	Show     []parts.Segment
	Reach    parts.Reach
	Tally    string // "12 of 59 domains"
	Caption  string
	Services []EffectiveService
	Nothing  string // shown when the filter leaves no domain
}

// EffectiveService is a section of the table.
type EffectiveService struct {
	Name  string
	Rows  []EffectiveDomain
	Fold  *Fold             // the domains without a level, in one row
	Under []EffectiveDomain // those, where they are open
}

// EffectiveDomain is one domain.
type EffectiveDomain struct {
	Name        string
	Level, Word string // "edit", "Edit all"
	CanCreate   bool
	Note        string // what Custom comes to: "Edit on 2 of 10 sources"
	Grants      []EffectiveGrant
	NoGrant     string // what stands in place of the grants where there are none
}

// EffectiveGrant is one grant behind a level.
type EffectiveGrant struct {
	Group string
	Href  string     // to the group's privileges; "" for those who may not view groups
	Text  string     // what it gives: "Custom, Edit on 2 sources, Can create"
	Until parts.When // end of the membership; without a text it has none
}
