-- +goose Up

-- How a row is hashed. Rows from before are of the first version, and stay as they are.
ALTER TABLE activities ADD COLUMN digest_version integer NOT NULL DEFAULT 1;
-- The address at the time; names change, addresses don't. Rows from before have none.
ALTER TABLE activities ADD COLUMN actor_email text NOT NULL DEFAULT '';

-- What names look like. It takes more than SQL to tell, so Migrate fills in those that are ''.
ALTER TABLE people ADD COLUMN skeleton text NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN skeleton text NOT NULL DEFAULT '';
CREATE INDEX people_without_skeleton ON people (id) WHERE skeleton = '';
CREATE INDEX members_by_skeleton ON members (organization_id, skeleton) WHERE ended_at IS NULL;

-- Who invited is named with the address, as in every text that stays.
UPDATE invitations SET inviter_name = inviter_name || ' (' || (SELECT p.email FROM people p WHERE p.id = invitations.inviter_id) || ')'
WHERE inviter_name <> '' AND inviter_name <> (SELECT p.email FROM people p WHERE p.id = invitations.inviter_id);
