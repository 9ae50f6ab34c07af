package models

import (
	"context"
	"time"
)

// MailID is the number of a mail; 0 is none.
type MailID int64

// The states of a mail.
const (
	MailWaiting = "waiting" // to be sent, or being sent while it is leased
	MailSent    = "sent"    // a mail server has it
	MailFailed  = "failed"  // not sent, and not tried again by itself
	MailDropped = "dropped" // there was nothing to send any more, or somebody gave it up
)

// Mail is one to send. It says whom it goes to and what it is about; its words and its link are made when it is sent, so
// that a row holds no secret.
type Mail struct {
	ID             MailID
	OrganizationID *OrganizationID // nil: about somebody's account
	Kind           string          // which mail it is, such as "invitation"
	Recipient      string          // e-mail
	AboutID        int64           // what it is about, such as an invitation's number; the kind says what
	Data           string          // JSON of what else its kind needs, never a secret; "" = nothing
	MessageID      string          // of the mail itself, the same at each attempt; without angle brackets
	CreatedAt      time.Time
	State          string
	NextAt         time.Time  // when it is tried next; while it is leased, the end of the lease
	LeasedUntil    *time.Time // nil: nobody is sending it
	Attempts       int        // begun, ever: it tells two leases of the same mail apart
	Tries          int        // begun since it was queued or somebody asked for another try
	Error          string     // what the last attempt failed with; "" = nothing
	EndedAt        *time.Time // nil: somebody has to do something about it
	Words          string     // what it is found by; made by this package
}

// QueueMail adds a mail that is due at once and sets its ID. In a transaction it is sent only if that is kept.
func (s *Store) QueueMail(ctx context.Context, m *Mail) error {
	m.CreatedAt = moment(m.CreatedAt)
	m.State, m.NextAt = MailWaiting, m.CreatedAt
	m.Words = wordsOfMails.text(numberOr(m.OrganizationID), "", m.Recipient)
	return wrap("queue mail", s.insert(ctx, m))
}

// ClaimMail leases the mail that has been due for longest until a moment, for one attempt to send it. Two processes never
// get the same one, unless the lease has run out. ErrNotFound when none is due.
func (s *Store) ClaimMail(ctx context.Context, at, until time.Time) (Mail, error) {
	due, err := rows[MailID](ctx, s, "SELECT id FROM mails WHERE state = 'waiting' AND next_at <= ? LIMIT 1", moment(at))
	if err == nil && len(due) == 0 { // asked often, and answered without a place among the writers
		err = ErrNotFound
	}
	if err != nil {
		return Mail{}, wrap("look for mail", err)
	}
	var claimed Mail
	err = s.whole(ctx, func(tx *Store) error {
		var err error
		claimed, err = row[Mail](ctx, tx, `
			UPDATE mails SET attempts = attempts + 1, tries = tries + 1, leased_until = ?, next_at = ?
			WHERE id = (
				SELECT id FROM mails WHERE state = 'waiting' AND next_at <= ? ORDER BY next_at, id LIMIT 1`+
			s.dialect.skipLocked()+`)
			RETURNING *`, moment(until), moment(until), moment(at))
		return err
	})
	return claimed, wrap("claim mail", err)
}

// MailTried writes down what became of the attempt for which the mail was claimed: its State, NextAt, Tries, Error and
// EndedAt. ErrConflict when somebody else has claimed it since, or a person decided about it.
func (s *Store) MailTried(ctx context.Context, m Mail) error {
	changed, err := s.exec(ctx, `
		UPDATE mails SET state = ?, next_at = ?, tries = ?, error = ?, ended_at = ?, leased_until = NULL
		WHERE id = ? AND attempts = ? AND state = 'waiting' AND leased_until IS NOT NULL`,
		m.State, moment(m.NextAt), m.Tries, m.Error, momentOrNil(m.EndedAt), m.ID, m.Attempts)
	if err == nil && changed == 0 {
		err = ErrConflict
	}
	return wrap("end an attempt to send mail", err)
}

// DeleteMails tidies up those that ended before a moment.
func (s *Store) DeleteMails(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM mails WHERE ended_at < ?", moment(before))
	return wrap("delete mails", err)
}

// MailFilter is which of an organization's mails are asked for; the newest come first. Page.Sort is ignored, and
// Page.Query looks in the recipients.
type MailFilter struct {
	Page
	State string // MailWaiting or MailFailed; "" = both
}

var mailKeys = keyset[Mail]{
	columns: map[string]column[Mail]{"name": {"m.id", func(m Mail) any { return int64(m.ID) }}},
	id:      "m.id",
	idOf:    func(m Mail) int64 { return int64(m.ID) },
}

// OpenMails is one page of the mails that wait or could not be sent.
func (s *Scope) OpenMails(ctx context.Context, f MailFilter) (Listing[Mail], error) {
	f.Sort = "-name"
	l, err := mailKeys.search(ctx, s, f.Page, wordsOfMails, nil, func(among string, args ...any) *query {
		q := newQuery("SELECT m.* FROM mails m "+f.where(), s.id)
		if among == "" {
			q.walks("SELECT m.id FROM mails m "+f.where(), s.id)
		}
		q.add(among, args...)
		return q
	})
	return l, wrap("list mails", err)
}

// where begins the condition; its parameter is the organization.
func (f MailFilter) where() string {
	which := "WHERE m.organization_id = ? AND m.ended_at IS NULL"
	switch f.State {
	case "":
		return which
	case MailWaiting, MailFailed:
		return which + " AND m.state = '" + f.State + "'"
	}
	return which + " AND 1 = 0"
}

// CountFailedMails is how many could not be sent, at most so many.
func (s *Scope) CountFailedMails(ctx context.Context, most int) (int, error) {
	counted, err := row[int](ctx, s.store, `
		SELECT count(*) FROM (
			SELECT 1 FROM mails WHERE organization_id = ? AND ended_at IS NULL AND state = 'failed' LIMIT ?) AS failed`, s.id, most)
	return counted, wrap("count failed mails", err)
}

// OpenMail is the mail with the number, if it waits or could not be sent.
func (s *Scope) OpenMail(ctx context.Context, id MailID) (Mail, error) {
	m, err := row[Mail](ctx, s.store,
		"SELECT * FROM mails WHERE organization_id = ? AND id = ? AND ended_at IS NULL", s.id, id)
	return m, wrap("read mail", err)
}

// RetryFailedMails makes all failed mails due now, except those of a kind ("": no exception), and gives their number.
func (s *Scope) RetryFailedMails(ctx context.Context, at time.Time, without string) (int, error) {
	retried, err := s.exec(ctx, `
		UPDATE mails SET state = 'waiting', next_at = ?, tries = 0
		WHERE organization_id = ? AND state = 'failed' AND ended_at IS NULL AND kind <> ?`, moment(at), s.id, without)
	return retried, wrap("retry failed mails", err)
}

// RetryMail makes a mail due now that failed or waits for its next attempt. ErrConflict when it is being sent, or ended.
func (s *Scope) RetryMail(ctx context.Context, id MailID, at time.Time) error {
	return s.decideMail(ctx, "retry mail", id, at, "state = 'waiting', next_at = ?, tries = 0, leased_until = NULL", moment(at))
}

// DropMail gives a mail up that failed or waits for its next attempt. ErrConflict when it is being sent, or ended.
func (s *Scope) DropMail(ctx context.Context, id MailID, at time.Time) error {
	return s.decideMail(ctx, "give up mail", id, at, "state = 'dropped', ended_at = ?, leased_until = NULL", moment(at))
}

// decideMail leaves a mail alone that is leased: the worker that sends it may have handed it over already.
func (s *Scope) decideMail(ctx context.Context, doing string, id MailID, at time.Time, change string, with time.Time) error {
	changed, err := s.exec(ctx, "UPDATE mails SET "+change+`
		WHERE organization_id = ? AND id = ? AND ended_at IS NULL AND (leased_until IS NULL OR leased_until <= ?)`,
		with, s.id, id, moment(at))
	if err == nil && changed == 0 {
		err = ErrConflict
	}
	return wrap(doing, err)
}
