package parts_test

import (
	"testing"

	"bailiwick/views/parts"
)

// Good news waits for the reader, bad news interrupts, and what was there before is a note.
func TestACalloutInterruptsOnlyForBadNews(t *testing.T) {
	for tone, want := range map[string]struct{ role, icon string }{
		"success": {"status", "#circle-check"}, "warning": {"alert", "#triangle-alert"}, "danger": {"alert", "#circle-alert"}, "": {"note", "#info"},
	} {
		callout := one(t, draw(t, parts.Callout(tone, "Group saved.", "6 members are affected.")), ".callout")
		wantAttr(t, callout, "role", want.role)
		wantAttr(t, callout, "data-tone", tone)
		wantAttr(t, callout.Find("use"), "href", want.icon)
		wantWords(t, callout, "Group saved. 6 members are affected.")
	}
}

func TestARemarkDoesNotInterrupt(t *testing.T) {
	for _, tone := range []string{"warning", "danger", ""} {
		remark := one(t, draw(t, parts.Remark(parts.Notice{ID: "gives", Tone: tone, Title: "Administrators may do everything.", Text: "Always."})), "#gives")
		wantAttr(t, remark, "role", "")
		wantAttr(t, remark, "data-tone", tone)
	}
}
