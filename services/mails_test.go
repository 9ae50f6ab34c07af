package services_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// heldInvitation is an organization with a mail that did not go out, of an invitation into a group.
func heldInvitation(t *testing.T, store *models.Store, clock *modelstest.Clock, file, group string) (visit, models.MailID) {
	t.Helper()
	ctx, c := context.Background(), mailing(store, clock)
	apply(t, c, file, services.ApplyOptions{})
	applyOperator(t, c, strings.Replace(operatorFile, "      organization/groups: edit\n", "      organization/groups: edit\n      organization/organization: edit\n", 1))
	v := visit{people{c, t, store, clock}}
	_, err := v.Invite(ctx, v.by("administrator"), services.NewInvitations{Provider: services.ProviderPassword,
		Emails: []string{"stranger@example.com"}, Notify: true, Groups: []string{group}, Confirmed: true})
	must(t, err)
	_, err = v.CheckRestored(ctx, services.Newer{}) // holds what waits
	must(t, err)
	open, err := v.OpenMails(ctx, v.by("administrator"), models.MailFilter{})
	must(t, err)
	return v, open.Rows[0].ID
}

// wantHeld holds that the mail can be sent neither by itself nor with all.
func (v visit) wantHeld(by services.Caller, id models.MailID, refused func(error) bool) {
	v.t.Helper()
	ctx := context.Background()
	if _, err := v.RetryMail(ctx, by, id); !refused(err) {
		v.t.Errorf("retrying the mail: %v", err)
	}
	if retried, left, err := v.RetryFailedMails(ctx, by); err != nil || retried != 0 || left != 1 {
		v.t.Errorf("retrying all: %d, %d left, %v", retried, left, err)
	}
	if _, err := v.RetryMail(ctx, v.by("administrator"), id); err != nil {
		v.t.Errorf("an administrator retries: %v", err)
	}
}

// Attack: let somebody in by a mail that did not go out, through temporary access, which may not send the invitation (R20).
func TestTemporaryAccessSendsNoInvitationByItsMail(t *testing.T) {
	onConsole(t, func(t *testing.T, _ *services.Console, store *models.Store, clock *modelstest.Clock) {
		v, id := heldInvitation(t, store, clock, modelstest.VisitedFile, "readers")
		ask := v.asks(time.Hour)
		ask.Privileges["organization/organization"], ask.Privileges["organization/groups"] = access.LevelEdit, access.LevelEdit
		_, err := v.RequestAccess(context.Background(), v.agent(), "acme", ask)
		must(t, err)
		by, _ := v.enters(v.Console, v.agent())
		v.wantHeld(by, id, func(err error) bool { return errors.As(err, &services.BringsNobodyIn{}) })
	})
}

// Attack: the same with Edit on the organization's settings alone (R7).
func TestWhoEditsSettingsSendsNoInvitationByItsMail(t *testing.T) {
	onConsole(t, func(t *testing.T, _ *services.Console, store *models.Store, clock *modelstest.Clock) {
		file := strings.Replace(modelstest.VisitedFile, "organization/activities: view, organization/organization: view,", "organization/organization: edit,", 1)
		v, id := heldInvitation(t, store, clock, file, "administrators")
		v.wantHeld(v.by("auditor"), id, func(err error) bool { return errors.As(err, &services.Forbidden{}) })
	})
}
