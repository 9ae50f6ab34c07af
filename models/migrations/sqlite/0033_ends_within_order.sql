-- +goose Up

-- Ends beyond the year 9999 sort before all others, as texts, and can't be read.
UPDATE memberships SET expires_at = '9999-12-31 23:59:59+00:00' WHERE expires_at LIKE '_____-%';
UPDATE invitations SET membership_until = '9999-12-31 23:59:59+00:00' WHERE membership_until LIKE '_____-%';
