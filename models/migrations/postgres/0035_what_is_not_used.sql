-- +goose Up

-- The minute from which on a member has not used the organization: that of the last use, or of the beginning where it is later. Those who
-- were not here for long are counted from its index. It is a column, since PostgreSQL uses no statistics of what a partial index computes.
ALTER TABLE members ADD COLUMN idle_minute bigint
  GENERATED ALWAYS AS (greatest(last_used_minute, floor(extract(epoch FROM since AT TIME ZONE 'UTC') / 60)::bigint)) STORED;
CREATE INDEX members_by_idleness ON members (organization_id, idle_minute) WHERE ended_at IS NULL;

-- API keys that were not used for long are looked for among those that are that old. The index names its domains as resources_grantees
-- does: where one compares the column with a single text, SQLite plans every statement anew whose parameter is a domain.
CREATE INDEX resources_grantees_by_age ON resources (organization_id, domain, created_at)
  WHERE ended_at IS NULL AND domain IN ('organization/groups', 'organization/api-keys');
