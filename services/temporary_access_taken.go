package services

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/words"
)

// Taken is something that people lost under a temporary access.
type Taken struct {
	At     time.Time
	Domain access.DomainKey  // on whose page it is listed
	ID     access.ResourceID // of the thing that it was done to, whose activities tell more; 0 = of nothing in particular
	Text   string            // "Reader (reader@example.com) was removed from the group Readers."
}

// TakenShown is how many things that were taken away the details of an access list, and takenMailed how many a mail does.
const (
	TakenShown  = 50
	takenMailed = 10
)

// takenRead is how many activities are looked through for them.
const takenRead = 500

// TakenAway is what people lost under an access, the newest first: the first of it, and how much more there is.
type TakenAway struct {
	Rows    []Taken
	More    int
	AtLeast bool // there were more activities than are looked through
}

// Count is how much was taken away: "3", or "at least 480".
func (t TakenAway) Count() string { return t.counted(len(t.Rows) + t.More) }

// Rest is how much of it is not among the rows, "" for nothing.
func (t TakenAway) Rest() string {
	if t.More == 0 && !t.AtLeast {
		return ""
	}
	return t.counted(t.More)
}

func (t TakenAway) counted(n int) string {
	if t.AtLeast {
		return "at least " + words.Number(n)
	}
	return words.Number(n)
}

// takenAway reads what was taken away while the access ran, the first so many of it.
func (c *Console) takenAway(ctx context.Context, scope *models.Scope, a models.TemporaryAccess, shown int) (TakenAway, error) {
	found, n, err := scope.TakenUnder(ctx, models.DoneFilter{Person: a.PersonID, From: a.RequestedAt, Until: a.End(), Limit: takenRead})
	if err != nil {
		return TakenAway{}, err
	}
	deleted := map[access.ResourceID]int64{} // groups, with the revision at which they were deleted
	for _, t := range found {
		if t.Operation.Now() == models.OpGroupDeleted {
			deleted[t.ResourceID] = t.Revision
		}
	}
	taken := TakenAway{AtLeast: n > len(found)}
	for _, t := range found {
		text := c.takenText(t)
		if text == "" || t.Operation.Now() == models.OpGroupMemberRemoved && deleted[t.ResourceID] == t.Revision { // the deletion names them
			continue
		}
		if len(taken.Rows) == shown {
			taken.More++
			continue
		}
		taken.Rows = append(taken.Rows, Taken{t.At, t.ListedUnder(), t.ResourceID, text})
	}
	return taken, nil
}

// takenText say what people lost by an activity; "" for nothing.
func (c *Console) takenText(t models.Taking) string {
	was, is := readState(t.Before), readState(t.After)
	who := Signature(was.fields["person"], was.fields["member"])
	switch t.Operation.Now() {
	case models.OpGroupMemberRemoved:
		return who + " was removed from the group " + t.ResourceName + "."
	case models.OpMemberSuspended:
		return Signature(t.ResourceName, t.ResourceKey) + " was suspended."
	case models.OpMemberLeft:
		return who + " lost their last group, and is no longer a member."
	case models.OpGroupMemberEndChanged:
		return endedSooner(who, t.ResourceName, was.fields["until"], is.fields["until"])
	case models.OpGroupDeleted:
		return "The group " + t.ResourceName + " was deleted" + lostBy(was.Members, t.Members)
	case models.OpInvitationRevoked:
		return "The invitation of " + was.fields["invited"] + " into the group " + t.ResourceName + " was revoked."
	case models.OpAPIKeyDeleted:
		return "The API key " + t.ResourceName + " was deleted."
	case models.OpAPIKeyDeactivated:
		return "The API key " + t.ResourceName + " was deactivated."
	}
	return c.loweredText(t, was, is)
}

// endedSooner says that a membership ends earlier than it would have; "" where it does not.
func endedSooner(who, group, was, is string) string {
	until, err := time.Parse(time.RFC3339, is)
	if err != nil {
		return ""
	}
	if before, err := time.Parse(time.RFC3339, was); err == nil && !until.Before(before) {
		return ""
	}
	return fmt.Sprintf("The membership of %s in the group %s ends %s, sooner than before.", who, group, words.OnEnd(until))
}

// lostBy names the members of a group that was deleted.
func lostBy(first []memberState, all int) string {
	if all == 0 {
		return ". It had no members."
	}
	var names []string
	for _, m := range first {
		names = append(names, Signature(m.Name, m.Email))
	}
	return ". " + words.People.Count(all) + " lost it: " + words.ListOf(names, all, len(names)) + "."
}

// loweredText says on which domains a group or key holds less than before; "" where it does not. What is too long to be read
// here counts as lowered.
func (c *Console) loweredText(t models.Taking, was, is recorded) string {
	what := "The group "
	if t.Subject() == models.SubjectAPIKey {
		what = "The API key "
	}
	if t.Cut {
		return what + t.ResourceName + " was given other privileges, too many to be listed here."
	}
	var lost []string
	for _, diff := range access.Compare(c.catalog, heldSet(was.Privileges), heldSet(is.Privileges)) {
		name := words.Domain(c.catalog.Domain(diff.Domain))
		if !diff.Gains && (len(lost) == 0 || lost[len(lost)-1] != name) {
			lost = append(lost, name)
		}
	}
	if len(lost) == 0 {
		return ""
	}
	return what + t.ResourceName + " lost privileges on " + words.And(lost) + "."
}

// heldSet is a recorded privilege set; a level that is no more counts for nothing (R17).
func heldSet(held map[access.DomainKey]heldState) access.PrivilegeSet {
	set := access.PrivilegeSet{}
	for key, h := range held {
		if level, err := access.ParseLevel(h.Level); err == nil {
			set[key] = access.Privilege{Level: level, CanCreate: h.CanCreate, Editors: h.Edit}
		}
	}
	return set
}
