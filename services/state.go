package services

import (
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// state is what an activity keeps of a thing, before and after. Keys and levels are written as files write them, and
// things with their numbers besides, so that the past can be read back when a key has become another thing's. Where
// both sides hold privileges or editor lists, a domain or row that is named on neither side did not change.
type state struct {
	Name        string     `json:"name,omitempty"`
	Description string     `json:"description,omitempty"` // of a group
	Type        string     `json:"type,omitempty"`
	Visibility  string     `json:"visibility,omitempty"`
	Owner       string     `json:"owner,omitempty"`
	Member      string     `json:"member,omitempty"`        // e-mail of who joined or left
	Person      string     `json:"person,omitempty"`        // and what that person was called
	Until       *time.Time `json:"until,omitempty"`         // end of that membership; nil: none
	Invited     string     `json:"invited,omitempty"`       // e-mail of who is invited
	Invitation  *time.Time `json:"invited_until,omitempty"` // end of that invitation
	Provider    string     `json:"provider,omitempty"`      // with which to join

	MembershipUntil *time.Time `json:"membership_until,omitempty"` // end of the memberships that the invitation leads to; nil: none was chosen

	Members    []memberState         `json:"members,omitempty"`
	Owned      []ownedState          `json:"owned,omitempty"` // what lost its owner
	Operation  string                `json:"operation,omitempty"`
	Privileges map[string]heldState  `json:"privileges,omitempty"`
	Access     map[string]givenState `json:"access,omitempty"` // by group:KEY or api-key:KEY
}

func (s state) held() map[string]heldState { return s.Privileges }

// memberState is one membership of a group.
type memberState struct {
	Email string     `json:"email"`
	Name  string     `json:"name"`
	Until *time.Time `json:"until,omitempty"`
}

// membershipState is the state of one membership.
func membershipState(email, name string, until *time.Time) state {
	return state{Member: email, Person: name, Until: until}
}

// ownedState is a resource that somebody owned.
type ownedState struct {
	ID     access.ResourceID `json:"id"`
	Domain access.DomainKey  `json:"domain"`
	Key    string            `json:"key"`
}

func ownedStates(resources []models.Resource) []ownedState {
	var all []ownedState
	for _, r := range resources {
		all = append(all, ownedState{r.ID, r.Domain, r.Key})
	}
	return all
}

// heldState is one privilege. Keys stand beside the numbers of the editor list, one for each.
type heldState struct {
	Level     string              `json:"level"`
	CanCreate bool                `json:"can_create,omitempty"`
	Edit      []access.ResourceID `json:"edit,omitempty"`
	Keys      []string            `json:"keys,omitempty"`

	Until *time.Time                      `json:"until,omitempty"` // end of level and box; nil: none
	Then  *heldState                      `json:"then,omitempty"`  // level and box from then on; nil: none
	Ends  map[access.ResourceID]time.Time `json:"ends,omitempty"`  // of rows of the editor list
}

// heldStateOf is a privilege as an activity keeps it.
func heldStateOf(p access.Privilege) heldState {
	held := heldState{Level: p.Level.String(), CanCreate: p.CanCreate, Edit: p.Editors, Until: endOrNil(p.Until), Ends: p.Ends}
	if p.Then != nil {
		then := heldStateOf(*p.Then)
		held.Then = &then
	}
	return held
}

// givenState is what a grantee may do with one resource: view or edit.
type givenState struct {
	ID    access.GranteeID `json:"id"`
	Name  string           `json:"name"`
	Level string           `json:"level"`
	Until *time.Time       `json:"until,omitempty"` // end of Edit; nil: none
}

func accessState(g access.Grantee, l access.Level) givenState {
	return givenState{ID: g.ID, Name: g.Name, Level: l.String()}
}

func (s givenState) edits() bool { return s.Level == access.LevelEdit.String() }

// until is the state with the end at which the grantee's row about the resource ends, if it has one.
func (s givenState) until(ends map[access.ResourceID]time.Time, id access.ResourceID) givenState {
	if end, has := ends[id]; has {
		s.Until = &end
	}
	return s
}

// heldStates is a privilege set as an activity keeps it.
func (c *Console) heldStates(set access.PrivilegeSet) map[string]heldState {
	held := map[string]heldState{}
	for key, p := range set.Clean(c.catalog) {
		held[string(key)] = heldStateOf(p)
	}
	return held
}
