package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

// What a page asks is refused as the change would be (R7, R15).
func TestQuestionsBeforeAnInvitationRefuseWhatInvitingRefuses(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		made, _ := p.invited("leader", "new@example.com", "readers")
		for name, test := range map[string]struct {
			ask  func(by services.Caller) error
			want map[string]func(error) bool // nil: let in
		}{
			"the choice of groups": {func(by services.Caller) error { return second(p.InvitationChoice(ctx, by, "", nil)) },
				map[string]func(error) bool{"leader": nil, "viewer": needs(services.EditGroup), "other": needs(services.ViewGroups)}},
			"a group": {func(by services.Caller) error { return second(p.InvitationInto(ctx, by, "readers")) },
				map[string]func(error) bool{"leader": nil, "viewer": needs(services.EditGroup), "other": needs(services.ViewGroups)}},
			"a stronger group": {func(by services.Caller) error { return second(p.InvitationInto(ctx, by, "webmasters")) },
				map[string]func(error) bool{"leader": func(err error) bool { return errors.As(err, new(services.TooHigh)) }, "administrator": nil}},
			"revoking": {func(by services.Caller) error { return second(p.InvitationRevocation(ctx, by, made.ID)) },
				map[string]func(error) bool{"leader": nil, "viewer": needs(services.EditGroup), "other": needs(services.ViewGroups)}},
			"no selection": {func(by services.Caller) error { return second(p.InvitationActions(ctx, by, 0)) },
				map[string]func(error) bool{"viewer": func(err error) bool { return errors.Is(err, models.ErrNotFound) }, "other": needs(services.ViewGroups)}},
		} {
			for by, want := range test.want {
				if err := test.ask(p.by(by)); want == nil && err != nil || want != nil && !want(err) {
					t.Errorf("%s, asked by %s: %v", name, by, err)
				}
			}
		}
		p.clock.Advance(services.InvitationLife)
		if _, err := p.InvitationRevocation(ctx, p.by("leader"), made.ID); !errors.Is(err, services.ErrInvitationEnded) {
			t.Errorf("revoking one that has run out: %v", err)
		}
	})
}

// needs tells whether an error is the lack of that need.
func needs(need access.Need) func(error) bool {
	return func(err error) bool {
		var forbidden services.Forbidden
		return errors.As(err, &forbidden) && forbidden.Need == need
	}
}

func TestPagesOfInvitingAreClosedToTemporaryAccess(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.withEmptyGroup()
		v.lent(time.Hour)
		by, _ := v.enters(v.Console, v.agent())
		for name, err := range map[string]error{
			"the choice of groups": second(v.InvitationChoice(ctx, by, "", nil)), "a group": second(v.InvitationInto(ctx, by, "empty")),
		} {
			if !errors.As(err, &services.BringsNobodyIn{}) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
