package handlers

import (
	"testing"
	"time"

	"bailiwick/models"
)

// Of a group that is older than the noting of uses nobody knows that it was never used.
func TestUseOfAGroupIsToldAsFarAsItIsKnown(t *testing.T) {
	used, old := group(3, "used", "Used"), group(4, "old", "Old")
	used.LastUsedMinute, old.CreatedAt = noon.Unix()/60, noon.AddDate(-1, 0, 0)
	o := models.Organization{CreatedAt: old.CreatedAt, GroupUsesSince: noon.AddDate(0, 0, -40)}
	for _, c := range []struct {
		group models.Group
		want  string
	}{{used, "2 h ago"}, {group(5, "new", "New"), "Never"}, {old, "Not since " + o.GroupUsesSince.Format("2 Jan 2006")}} {
		if got := groupUse(c.group, o, noon.Add(2*time.Hour)).Text; got != c.want {
			t.Errorf("of %s it says %q, want %q", c.group.Name, got, c.want)
		}
	}
	if got := usesNoted(models.Organization{CreatedAt: noon, GroupUsesSince: noon}); got != "Counted since "+noon.Format("2 January 2006")+", when recording of use began." {
		t.Errorf("of an organization that began with it: %q", got)
	}
}
