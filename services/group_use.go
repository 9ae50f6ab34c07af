package services

import (
	"sync"

	"bailiwick/access"
)

// usedGroups collects through which groups a caller had what their request took. A nil one collects nothing.
type usedGroups struct {
	mu  sync.Mutex
	ids map[access.GranteeID]bool
}

// note remembers the groups among those that give a need: each of them gives it, whichever the caller would miss.
func (u *usedGroups) note(via []access.Reason) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, r := range via {
		if g := r.Grant.Via; g.Kind == access.Group {
			u.ids[g.ID] = true
		}
	}
}

// noteUse remembers that the caller's request took something that they have.
func (by Caller) noteUse(need access.Need, id access.ResourceID) {
	if by.used != nil {
		by.used.note(by.Rights.Decide(need, id).Via)
	}
}

// NoteGroupUses notes, without a write of its own, that the groups were used that gave the caller what a request took. Whoever answers
// the request calls it when nothing was refused. Coming in (R5) counts where one group alone lets the caller in: most groups do, and of
// several none would be missed.
func (c *Console) NoteGroupUses(by Caller) {
	if by.used == nil {
		return
	}
	if entrance := granteesOf(by.Rights.Grants(ViewOrganization.Domain), access.Group, by.Rights.At()); len(entrance) == 1 {
		c.groupUses.note(entrance[0].ID, c.now())
	}
	by.used.mu.Lock()
	defer by.used.mu.Unlock()
	for id := range by.used.ids {
		c.groupUses.note(id, c.now())
	}
}
