-- +goose Up

-- When the memberships end that an invitation leads to, as whoever made it chose: NULL is no end of their choosing.
ALTER TABLE invitations ADD COLUMN membership_until timestamptz;
