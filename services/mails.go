package services

import (
	"context"
	"errors"

	"bailiwick/access"
	"bailiwick/models"
)

// mailKindNames are the kinds of mails as people call them.
var mailKindNames = map[string]string{
	MailInvitation:    "Invitation",
	MailPasswordReset: "Link to set a password",
	MailSignInLink:    "Link to sign in",

	MailAddressProof:   "Link to confirm a new address",
	MailAddressNotice:  "Notice about a new address",
	MailAddressChanged: "Address changed",

	MailAccessRequested: "Temporary access requested",
	MailAccessEnded:     "Temporary access ended",
}

// MailKindName is how people call a kind of mails; of one that nobody knows it is its key.
func MailKindName(kind string) string {
	if name, known := mailKindNames[kind]; known {
		return name
	}
	return kind
}

// OpenMails is one page of the organization's mails that wait or could not be sent. Mails about somebody's account belong
// to no organization and are on no page: the person who asked for one asks again.
func (c *Console) OpenMails(ctx context.Context, by Caller, f models.MailFilter) (models.Listing[models.Mail], error) {
	v := c.view(by)
	if err := v.must(ctx, EditOrganization, 0); err != nil {
		return models.Listing[models.Mail]{}, err
	}
	return v.OpenMails(ctx, f)
}

// failedShown is how many mails that could not be sent are counted at most.
const failedShown = 1001

// FailedMails is how many of the organization's mails could not be sent, at most 1,001; none for who may not look after
// them.
func (c *Console) FailedMails(ctx context.Context, by Caller) (int, error) {
	if !by.Rights.May(EditOrganization, 0) {
		return 0, nil
	}
	return c.view(by).CountFailedMails(ctx, failedShown)
}

// OpenMail is one of them.
func (c *Console) OpenMail(ctx context.Context, by Caller, id models.MailID) (models.Mail, error) {
	v := c.view(by)
	if err := v.must(ctx, EditOrganization, 0); err != nil {
		return models.Mail{}, err
	}
	return v.OpenMail(ctx, id)
}

// RetryMail makes a mail due now. models.ErrConflict when it is being sent: the mail is returned with that too.
func (c *Console) RetryMail(ctx context.Context, by Caller, id models.MailID) (models.Mail, error) {
	return c.decideMail(ctx, by, models.OpMailRetried, id, (*Tx).retryMail)
}

// GiveUpMail makes sure that a mail is not sent any more. models.ErrConflict when it is being sent: the mail is returned with
// that too.
func (c *Console) GiveUpMail(ctx context.Context, by Caller, id models.MailID) (models.Mail, error) {
	return c.decideMail(ctx, by, models.OpMailGivenUp, id, (*Tx).giveUpMail)
}

// decideMail does something with one of the organization's open mails, and returns it as it was, also where that failed.
func (c *Console) decideMail(
	ctx context.Context, by Caller, operation models.Operation, id models.MailID, decide func(*Tx, context.Context, models.Mail) error,
) (models.Mail, error) {
	var m models.Mail
	err := c.change(ctx, by, operation, aboutMail(""), func(tx *Tx) error {
		if err := tx.must(ctx, EditOrganization, 0); err != nil {
			return err
		}
		var err error
		if m, err = tx.OpenMail(ctx, id); err != nil {
			return err
		}
		return decide(tx, ctx, m)
	})
	return m, err
}

func (tx *Tx) retryMail(ctx context.Context, m models.Mail) error {
	if m.Kind == MailInvitation {
		if err := tx.mayRetryInvitation(ctx, models.InvitationID(m.AboutID)); err != nil {
			return err
		}
	}
	if err := tx.RetryMail(ctx, m.ID, tx.At); err != nil {
		return err
	}
	tx.record(models.OpMailRetried, aboutMail(m.Recipient), nil, nil)
	return nil
}

// mayRetryInvitation refuses who could not send the invitation again: its mail lets somebody in (R7, R20). Of one that can't be
// accepted any more nothing is sent.
func (v *view) mayRetryInvitation(ctx context.Context, id models.InvitationID) error {
	invitation, groups, err := v.openInvitation(ctx, id)
	if errors.Is(err, models.ErrNotFound) || errors.Is(err, ErrInvitationEnded) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = v.mayStillGive(ctx, invitation, groups)
	if errors.As(err, &VoidInvitation{}) {
		return nil
	}
	return err
}

func (tx *Tx) giveUpMail(ctx context.Context, m models.Mail) error {
	if err := tx.DropMail(ctx, m.ID, tx.At); err != nil {
		return err
	}
	tx.record(models.OpMailGivenUp, aboutMail(m.Recipient), nil, nil)
	return nil
}

// RetryFailedMails makes all mails due now that could not be sent, and gives their number. Who could not give everything
// leaves those of invitations out, which are judged one by one; the second number is how many are left.
func (c *Console) RetryFailedMails(ctx context.Context, by Caller) (int, int, error) {
	var retried, left int
	err := c.change(ctx, by, models.OpMailAllRetried, aboutMail(""), func(tx *Tx) error {
		if err := tx.must(ctx, EditOrganization, 0); err != nil {
			return err
		}
		without := ""
		if missing, until := access.Lacking(tx.By.Rights.Beyond(c.catalog, c.catalog.Max(), nil)); len(missing) > 0 || !until.IsZero() {
			without = MailInvitation
		}
		var err error
		if retried, err = tx.RetryFailedMails(ctx, tx.At, without); err != nil {
			return err
		}
		if left, err = tx.CountFailedMails(ctx, failedShown); err != nil || retried == 0 {
			return err
		}
		tx.record(models.OpMailAllRetried, aboutMail(by.Organization.Name), nil, nil)
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	return retried, left, nil
}

// aboutMail is what an activity about a mail is about: it names the person whom the mail goes to.
func aboutMail(recipient string) subject {
	return subject{Name: recipient}
}
