-- +goose Up

-- An administrator can suspend a member: memberships and seat stay, and count for nothing until somebody reactivates the member.
ALTER TABLE members ADD COLUMN suspended_at datetime;
CREATE INDEX members_suspended ON members (organization_id, id) WHERE suspended_at IS NOT NULL AND ended_at IS NULL;
