-- +goose Up

-- What somebody gives who holds it until some moment only ends with them. Beside a level that ends the one stands that
-- comes back then, so a grantee may have several open rows on a domain: each gives less than those that end sooner.
ALTER TABLE privileges ADD COLUMN expires_at datetime;
ALTER TABLE editor_entries ADD COLUMN expires_at datetime;

DROP INDEX privileges_open;
CREATE INDEX privileges_open ON privileges (grantee_id, domain) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX privileges_lasting ON privileges (grantee_id, domain) WHERE ended_at IS NULL AND expires_at IS NULL;
CREATE UNIQUE INDEX privileges_ending ON privileges (grantee_id, domain, expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX privileges_due ON privileges (organization_id, expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX editor_entries_due ON editor_entries (organization_id, expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;
