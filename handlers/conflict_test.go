package handlers

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"bailiwick/models"
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
