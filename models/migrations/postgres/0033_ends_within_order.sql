-- +goose Up

-- No end lies beyond the year 9999: SQLite could neither order nor read it.
UPDATE memberships SET expires_at = '9999-12-31 23:59:59+00' WHERE expires_at >= '10000-01-01 00:00:00+00';
UPDATE invitations SET membership_until = '9999-12-31 23:59:59+00' WHERE membership_until >= '10000-01-01 00:00:00+00';
