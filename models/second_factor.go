package models

import (
	"context"
	"time"
)

// RecoveryCode takes the place of a code of the second factor, once.
type RecoveryCode struct {
	ID        string // SHA-256 of the code, in hexadecimal digits
	AccountID AccountID
	CreatedAt time.Time
	UsedAt    *time.Time
}

// TurnOnTOTP gives an account a second factor. step is that of the code that proved it. ErrConflict when there is one already.
func (s *Store) TurnOnTOTP(ctx context.Context, account AccountID, secret string, step int64) error {
	changed, err := s.exec(ctx, `
		UPDATE accounts SET totp_secret = ?, totp_step = ?, revision = revision + 1 WHERE id = ? AND totp_secret = ''`,
		secret, step, account)
	if err == nil && changed == 0 {
		err = ErrConflict
	}
	return wrap("turn on the second factor", err)
}

// TurnOffTOTP takes the second factor away, the recovery codes with it. ErrConflict when there is none, or when the
// password is long enough beside it only.
func (s *Store) TurnOffTOTP(ctx context.Context, account AccountID) error {
	err := s.whole(ctx, func(tx *Store) error {
		changed, err := tx.exec(ctx, `
			UPDATE accounts SET totp_secret = '', totp_step = 0, revision = revision + 1 WHERE id = ? AND totp_secret <> '' AND NOT short_password`, account)
		if err == nil && changed == 0 {
			err = ErrConflict
		}
		if err != nil {
			return err
		}
		return tx.deleteRecoveryCodes(ctx, account)
	})
	return wrap("turn off the second factor", err)
}

// AcceptTOTP uses up the codes of a step of time and of all before it. ErrConflict when that step was used, or when the
// codes are computed from another secret by now. One statement, so that of two who send the same code one succeeds.
func (s *Store) AcceptTOTP(ctx context.Context, account AccountID, secret string, step int64) error {
	changed, err := s.exec(ctx, "UPDATE accounts SET totp_step = ? WHERE id = ? AND totp_secret = ? AND totp_step < ?",
		step, account, secret, step)
	if err == nil && changed == 0 {
		err = ErrConflict
	}
	return wrap("accept a code of the second factor", err)
}

// ReplaceRecoveryCodes gives an account these in the place of all others; ids are their hashes.
func (s *Store) ReplaceRecoveryCodes(ctx context.Context, account AccountID, ids []string, at time.Time) error {
	err := s.whole(ctx, func(tx *Store) error {
		if err := tx.deleteRecoveryCodes(ctx, account); err != nil {
			return err
		}
		codes := make([]RecoveryCode, len(ids))
		for i, id := range ids {
			codes[i] = RecoveryCode{ID: id, AccountID: account, CreatedAt: moment(at)}
		}
		return tx.write.WithContext(ctx).CreateInBatches(codes, batch).Error
	})
	return wrap("replace recovery codes", err)
}

func (s *Store) deleteRecoveryCodes(ctx context.Context, account AccountID) error {
	_, err := s.exec(ctx, "DELETE FROM recovery_codes WHERE account_id = ?", account)
	return err
}

// UseRecoveryCode uses a code of the account up. ErrConflict when it is used or unknown. One statement, so that of two who
// send the same code one succeeds.
func (s *Store) UseRecoveryCode(ctx context.Context, account AccountID, id string, at time.Time) error {
	used, err := s.exec(ctx, "UPDATE recovery_codes SET used_at = ? WHERE id = ? AND account_id = ? AND used_at IS NULL",
		moment(at), id, account)
	if err == nil && used == 0 {
		err = ErrConflict
	}
	return wrap("use a recovery code", err)
}

// RecoveryCodesLeft is how many codes of the account are not used.
func (s *Store) RecoveryCodesLeft(ctx context.Context, account AccountID) (int, error) {
	n, err := row[int](ctx, s, "SELECT count(*) FROM recovery_codes WHERE account_id = ? AND used_at IS NULL", account)
	return n, wrap("count recovery codes", err)
}
