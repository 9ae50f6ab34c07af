package services

import (
	"time"

	"bailiwick/access"
)

// state is what an activity keeps of a thing, before and after. Keys and levels are written as files write them, so that
// the past can be read back.
type state struct {
	Name       string               `json:"name,omitempty"`
	Type       string               `json:"type,omitempty"`
	Visibility string               `json:"visibility,omitempty"`
	Owner      string               `json:"owner,omitempty"`
	Members    int                  `json:"members,omitempty"`
	Member     string               `json:"member,omitempty"`
	Until      *time.Time           `json:"until,omitempty"` // end of the membership; absent: for good
	Operation  string               `json:"operation,omitempty"`
	Privileges map[string]heldState `json:"privileges,omitempty"`
	Access     map[string]string    `json:"access,omitempty"`
}

type heldState struct {
	Level     string              `json:"level"`
	CanCreate bool                `json:"can_create,omitempty"`
	Edit      []access.ResourceID `json:"edit,omitempty"` // numbers: a deleted thing's key may be used again
}

// words is a privilege set as an activity keeps it.
func (c *Console) words(set access.PrivilegeSet) map[string]heldState {
	held := map[string]heldState{}
	for key, p := range set.Clean(c.catalog) {
		held[string(key)] = heldState{Level: p.Level.String(), CanCreate: p.CanCreate, Edit: p.Editors}
	}
	return held
}
