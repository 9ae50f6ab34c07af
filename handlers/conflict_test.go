package handlers

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

func TestConflictHasOnlyWhatDiffers(t *testing.T) {
	now := time.Date(2027, 6, 1, 18, 0, 0, 0, time.UTC)
	name := parts.ConflictRow{Label: "Name", Yours: "Atlassian Team", Theirs: "Atlassian Admins"}
	got := conflictWith("John Smith", now.Add(-3*time.Minute), now, parts.ConflictRow{Label: "Type", Yours: "crawler", Theirs: "crawler"}, name)
	if got.Who != "John Smith" || got.When != "3 min ago" || !slices.Equal(got.Rows, []parts.ConflictRow{name}) {
		t.Errorf("drawn as %+v", got)
	}
	if got := conflictWith("Somebody else", time.Time{}, now); got.When != "" {
		t.Errorf("a moment that nobody knows reads %q", got.When)
	}
}

func TestStaleIsAnOlderRevisionOnly(t *testing.T) {
	for err, want := range map[error]bool{models.ErrConflict: true, fmt.Errorf("save: %w", models.ErrConflict): true, models.ErrNotFound: false, errors.New("gone"): false} {
		if stale(err) != want {
			t.Errorf("%v: stale is %t", err, !want)
		}
	}
}

// Who overtook an Access tab is not known where the group or key that they changed is gone: then nothing is said of when.
func TestAConflictOfAnAccessTabSaysOnlyWhatIsKnown(t *testing.T) {
	now := time.Date(2027, time.January, 4, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		newer     services.Modification
		who, when string
	}{
		{services.Modification{}, "Somebody else", ""},
		{services.Modification{By: "Lead", At: now.Add(-12 * time.Minute)}, "Lead", "12 min ago"},
	} {
		if got := (accessPage{tab: services.AccessTab{Newer: c.newer}}).conflict(now); got.Who != c.who || got.When != c.when {
			t.Errorf("%+v: %q, %q", c.newer, got.Who, got.When)
		}
	}
}
