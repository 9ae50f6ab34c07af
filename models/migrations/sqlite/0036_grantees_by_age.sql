-- +goose Up

-- API keys that were not used for long are looked for among those that are that old. The index names its domains as resources_grantees
-- does: where one compares the column with a single text, SQLite plans every statement anew whose parameter is a domain.
DROP INDEX resources_keys_by_age;
CREATE INDEX resources_grantees_by_age ON resources (organization_id, domain, created_at)
  WHERE ended_at IS NULL AND domain IN ('organization/groups', 'organization/api-keys');
