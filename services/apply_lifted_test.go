package services_test

import (
	"strings"
	"testing"
	"time"

	"bailiwick/services"
)

// An older file makes memberships ones for good that were given an end since: the plan and the record say so.
func TestAFileThatLiftsEndsOfMembershipsSaysSo(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		before := exported(t, p.Console, "acme")
		_, err := p.save("administrator", "viewer", services.MembershipChoice{Key: "viewers", In: true, Until: in(time.Hour)})
		must(t, err)
		plan, err := tryApply(t, p.Console, before, services.ApplyOptions{})
		must(t, err)
		expectLine(t, plan, "note: this file removes the end of these memberships: viewer@example.com in viewers until 4 January 2027, 10:00 UTC")
		got := newest(t, p.store)
		if got.Operation != "group.member-end-changed" || !strings.Contains(got.Before, `"until":"2027-01-04T10:00:00Z"`) || strings.Contains(got.After, "until") {
			t.Errorf("recorded as %s, %s, %s", got.Operation, got.Before, got.After)
		}
		if again, err := tryApply(t, p.Console, before, services.ApplyOptions{}); err != nil || !again.Empty() {
			t.Errorf("applied again: %v, %v", again, err)
		}
	})
}
