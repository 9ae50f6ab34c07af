-- +goose Up

-- The list of members has a filter for their status: who is suspended, and who is active.
DROP INDEX members_suspended;
CREATE INDEX members_by_name_active ON members (organization_id, sort_key, id) WHERE suspended_at IS NULL AND ended_at IS NULL;
CREATE INDEX members_by_use_active ON members (organization_id, last_used_minute, id) WHERE suspended_at IS NULL AND ended_at IS NULL;
CREATE INDEX members_by_name_suspended ON members (organization_id, sort_key, id) WHERE suspended_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX members_by_use_suspended ON members (organization_id, last_used_minute, id) WHERE suspended_at IS NOT NULL AND ended_at IS NULL;
