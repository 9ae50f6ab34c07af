package handlers

import (
	"testing"

	"bailiwick/services"
)

// What temporary access brings back to nobody is a membership as often as a member who is suspended.
func TestWhyTemporaryAccessBringsNobodyBackFitsWhatIsReverted(t *testing.T) {
	want := "With Edit only through temporary access, you can’t bring anybody back."
	if got := (activityPage{}).whyNotReverted(services.BringsNobodyIn{}); got != want {
		t.Errorf("it says %q, want %q", got, want)
	}
}
