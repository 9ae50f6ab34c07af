package models

import (
	"context"
	"time"
)

// signInAttempt is one attempt to sign in: failed until SucceedAttempt says otherwise.
type signInAttempt struct {
	ID      int64
	Account string // SHA-256 of what is counted about somebody, such as the canonical e-mail, in hexadecimal digits
	Address string // from where, or in which browser; "" = is not counted by that
	At      time.Time
	Failed  bool
}

// TableName is for gorm.
func (signInAttempt) TableName() string { return "sign_in_attempts" }

// failuresShown is how many failures Failures gives at most: more don't make the answer another one.
const failuresShown = 100

// RecordAttempt counts an attempt as failed, before the password is looked at, and gives its number.
func (s *Store) RecordAttempt(ctx context.Context, account, address string, at time.Time) (int64, error) {
	attempt := signInAttempt{Account: account, Address: address, At: moment(at), Failed: true}
	err := s.insert(ctx, &attempt)
	return attempt.ID, wrap("record attempt", err)
}

// SucceedAttempt takes back that the attempt failed.
func (s *Store) SucceedAttempt(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, "UPDATE sign_in_attempts SET failed = ? WHERE id = ?", false, id)
	return wrap("succeed attempt", err)
}

// Failures are the moments of failed attempts for the account and from the address since a moment, that one included,
// the newest first and at most 100 each. Without an address there are none from it.
func (s *Store) Failures(
	ctx context.Context, account, address string, since time.Time,
) (byAccount, byAddress []time.Time, _ error) {
	byAccount, err := s.failures(ctx, "account", account, since)
	if err == nil && address != "" {
		byAddress, err = s.failures(ctx, "address", address, since)
	}
	return byAccount, byAddress, wrap("read failed attempts", err)
}

func (s *Store) failures(ctx context.Context, column, value string, since time.Time) ([]time.Time, error) {
	found, err := rows[signInAttempt](ctx, s, `
		SELECT * FROM sign_in_attempts
		WHERE `+column+` = ? AND at >= ? AND failed
		ORDER BY at DESC LIMIT ?`, value, moment(since), failuresShown)
	if err != nil {
		return nil, err
	}
	var moments []time.Time
	for _, attempt := range found {
		moments = append(moments, attempt.At)
	}
	return moments, nil
}

// DeleteAttempts tidies up those before a moment.
func (s *Store) DeleteAttempts(ctx context.Context, before time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM sign_in_attempts WHERE at < ?", moment(before))
	return wrap("delete attempts", err)
}
