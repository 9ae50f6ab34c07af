package services_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

func TestAnOrganizationIsRenamedByWhoMayEditIt(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx := context.Background()
		p.watched()
		for _, test := range []struct {
			what, by, was, name string
			refused             string // part of what is wrong; "" where nothing is
		}{
			{"without Edit", "reader", "Acme", "Mine", "needs edit on organization/organization"},
			{"made from an older name", "administrator", "Former", "Other", models.ErrConflict.Error()},
			{"no name", "administrator", "Acme", "  ", "Name: Enter a name."},
			{"invisible", "administrator", "Acme", "\u200b", "Name: "},
			{"a control character", "administrator", "Acme", "Ac\nme", "Name: Remove"},
			{"too long", "administrator", "Acme", strings.Repeat("a", services.MaxName+1), "Name: "},
			{"as it is", "administrator", "Former", "Acme", ""},
			{"decomposed", "administrator", "Acme", " E\u0301cole ", ""},
		} {
			err := p.RenameOrganization(ctx, p.by(test.by), services.OrganizationRename{Was: test.was, Name: test.name})
			if (err == nil) != (test.refused == "") || err != nil && !strings.Contains(err.Error(), test.refused) {
				t.Errorf("%s: %v", test.what, err)
			}
		}
		a := p.lastActivity(models.OpOrganizationUpdated)
		if o, err := p.scope().Organization(ctx); err != nil || o.Name != "\u00c9cole" || o.Key != "acme" || a.ResourceName != o.Name ||
			!strings.Contains(a.Before, `"Acme"`) || !strings.Contains(a.After, `"`+o.Name+`"`) {
			t.Errorf("it is %+v, %v, recorded as %+v", o, err, a)
		}
		apply(t, p.Console, "version: 1\norganization: {key: acme, name: École, seats: 60}\n", services.ApplyOptions{})
		apply(t, p.Console, "version: 1\norganization: {key: acme, name: Academy, seats: 70}\n", services.ApplyOptions{})
		filed := p.lastActivity(models.OpOrganizationUpdated)
		if got := toldLines(p.reversal("administrator", a)); got != "name Academy>Acme changed again" {
			t.Errorf("renamed again: %q", got)
		}
		if got := toldLines(p.reversal("administrator", filed)); got != "name Academy>École; seats 70>60 refused" {
			t.Errorf("by a file: %q", got)
		}
		if shown := p.reversal("watcher", filed); !errors.As(shown.Refused, &services.Forbidden{}) {
			t.Errorf("without Edit: %+v", shown)
		}
		p.revert("administrator", filed)
		if o, err := p.scope().Organization(ctx); err != nil || o.Name != "École" || o.Seats != 70 {
			t.Errorf("reverted it is %+v, %v", o, err)
		}
		if text := exported(t, p.Console, "acme"); !strings.Contains(text, "École") {
			t.Errorf("exported %q", text)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// watched adds somebody who may view activities and change nothing, and a second administrator of less than all.
func (p people) watched() {
	p.t.Helper()
	apply(p.t, p.Console, `version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: watchers, name: Watchers, privileges: {organization/activities: view, organization/groups: view, organization/organization: view}}
  - {key: stewards, name: Stewards, privileges: {organization/activities: view, organization/groups: edit, organization/organization: view}}
members:
  - {email: watcher@example.com, name: Watcher, groups: [watchers]}
  - {email: steward@example.com, name: Steward, groups: [stewards]}
`, services.ApplyOptions{})
}

func TestRevertedSettingsAreAsBefore(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx := context.Background()
		p.watched()
		administrator := p.by("administrator")
		administrator.SecondFactor = true
		settings := func() models.Organization {
			o, err := p.scope().Organization(ctx)
			must(t, err)
			return o
		}
		must(t, p.SetSupportAccess(ctx, administrator, false, false))
		off := p.lastActivity(models.OpOrganizationSupportAccessTurnedOff)
		if got := toldLines(p.reversal("administrator", off)); got != "support_access disabled>enabled" {
			t.Errorf("support access: %q", got)
		}
		if shown := p.reversal("watcher", off); !errors.As(shown.Refused, &services.Forbidden{}) {
			t.Errorf("without Edit: %+v", shown)
		}
		p.revert("administrator", off)
		if !settings().SupportAccess {
			t.Error("support access is off")
		}
		if got := toldLines(p.reversal("administrator", off)); got != "support_access enabled>enabled already" {
			t.Errorf("support access once more: %q", got)
		}
		p.revert("administrator", p.lastActivity(models.OpOrganizationSupportAccessTurnedOn)) // nothing runs that would end
		if settings().SupportAccess {
			t.Error("support access is on")
		}

		must(t, p.RequireSecondFactor(ctx, administrator, true, true))
		required := p.lastActivity(models.OpOrganizationSecondFactorRequired)
		shown, err := p.Reversal(ctx, administrator, required.ID)
		must(t, err)
		if got := toldLines(shown); got != "second_factor required>optional" {
			t.Errorf("second factor: %q", got)
		}
		_, err = p.Revert(ctx, administrator, required.ID, shown.Shown)
		must(t, err)
		if settings().RequireSecondFactor {
			t.Error("a second factor is required")
		}
		var confirm services.NeedsConfirmation
		optional := p.lastActivity(models.OpOrganizationSecondFactorMadeOptional)
		if shown := p.reversal("administrator", optional); !errors.As(shown.Refused, &confirm) || confirm.Of != services.ConfirmSecondFactor {
			t.Errorf("requiring it is left to its page: %v", shown.Refused)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// Attack: somebody reactivates by reverting whom they could not (R7), or suspends the last administrator or themselves.
func TestRevertedSuspensionsAreJudgedAsSuspending(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx := context.Background()
		p.watched()
		must(t, p.suspend("administrator", "reader"))
		suspended := p.lastActivity(models.OpMemberSuspended)
		must(t, p.suspend("administrator", "twice")) // another member, whom the reversal is not about
		if shown := p.reversal("watcher", suspended); !errors.As(shown.Refused, &services.Forbidden{}) {
			t.Errorf("without Edit on all groups: %+v", shown)
		}
		if got := toldLines(p.reversal("steward", suspended)); got != "status suspended>active beyond" {
			t.Errorf("beyond the caller: %q", got)
		}
		if _, err := p.Revert(ctx, p.by("steward"), suspended.ID, p.reversal("steward", suspended).Shown); !errors.As(err, &services.TooHigh{}) {
			t.Errorf("reverted beyond the caller: %v", err)
		}
		if got := toldLines(p.reversal("administrator", suspended)); got != "status suspended>active" {
			t.Errorf("suspended: %q", got)
		}
		p.revert("administrator", suspended)
		if p.member("reader").Suspended() {
			t.Error("the reader is suspended still")
		}
		reactivated := p.lastActivity(models.OpMemberReactivated)
		p.revert("steward", reactivated) // the revert of the revert
		if !p.member("reader").Suspended() {
			t.Error("the reader is not suspended")
		}
		if got := toldLines(p.reversal("administrator", suspended)); got != "status suspended>active changed again" {
			t.Errorf("changed again: %q", got)
		}

		must(t, p.suspend("administrator", "steward"))
		must(t, p.reactivate("administrator", "steward"))
		of := p.lastActivity(models.OpMemberReactivated)
		if got := toldLines(p.reversal("steward", of)); got != "status active>suspended refused" {
			t.Errorf("oneself: %q", got)
		}
		p.clock.Advance(time.Minute)
		_, err := p.RemoveMember(ctx, p.by("administrator"), "stewards", "steward@example.com")
		must(t, err)
		if shown := p.reversal("administrator", of); !errors.As(shown.Refused, &services.HasLeft{}) {
			t.Errorf("who has left: %v", shown.Refused)
		}
		p.watched()
		if shown := p.reversal("administrator", of); !errors.As(shown.Refused, &services.HasLeft{}) {
			t.Errorf("who has come back is another member: %v", shown.Refused)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}
