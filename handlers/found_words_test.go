package handlers

import (
	"slices"
	"testing"

	"bailiwick/views/parts"
)

func TestFoundWordsAreMarked(t *testing.T) {
	got := marked("École – EMEA", "ecole")
	if want := (parts.Words{{Text: "École", Marked: true}, {Text: " – EMEA"}}); !slices.Equal(got, want) {
		t.Errorf("marked as %+v, want %+v", got, want)
	}
}
