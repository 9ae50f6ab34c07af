package models

import (
	"context"
	"time"
)

// SignInStep is somebody who has proved who they are with a provider and owes the second factor.
type SignInStep struct {
	ID        string // SHA-256 of the cookie's value, in hexadecimal digits
	PersonID  PersonID
	AccountID AccountID
	Provider  string
	CreatedAt time.Time
	ExpiresAt time.Time
}

// SignInStep is the one with the hash. Whether it still counts is the caller's to judge, by its times.
func (s *Store) SignInStep(ctx context.Context, id string) (SignInStep, error) {
	step, err := row[SignInStep](ctx, s, "SELECT * FROM sign_in_steps WHERE id = ?", id)
	return step, wrap("read sign-in step", err)
}

// CreateSignInStep adds one.
func (s *Store) CreateSignInStep(ctx context.Context, step *SignInStep) error {
	step.CreatedAt, step.ExpiresAt = moment(step.CreatedAt), moment(step.ExpiresAt)
	return wrap("create sign-in step", s.insert(ctx, step))
}

// TakeSignInStep takes the step away, for the session that follows it. ErrConflict when somebody took it before.
func (s *Store) TakeSignInStep(ctx context.Context, id string) error {
	taken, err := s.exec(ctx, "DELETE FROM sign_in_steps WHERE id = ?", id)
	if err == nil && taken == 0 {
		err = ErrConflict
	}
	return wrap("take sign-in step", err)
}

// DeleteSignInSteps tidies up those that are over at a moment.
func (s *Store) DeleteSignInSteps(ctx context.Context, at time.Time) error {
	_, err := s.exec(ctx, "DELETE FROM sign_in_steps WHERE expires_at <= ?", moment(at))
	return wrap("delete sign-in steps", err)
}
