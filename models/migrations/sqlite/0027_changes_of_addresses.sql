-- +goose Up

-- Somebody's mail address is to become another: as they asked themselves, or as an administrator of an organization proposed. Nothing
-- changes before due_at, nor before the new address has opened its link. outcome is empty while neither has happened.
CREATE TABLE address_changes (
  id integer NOT NULL PRIMARY KEY,
  person_id integer NOT NULL REFERENCES people (id),
  organization_id integer REFERENCES organizations (id),
  proposer_id integer NOT NULL REFERENCES people (id),
  proposer_name text NOT NULL,
  email_before text NOT NULL,
  email text NOT NULL,
  created_at datetime NOT NULL,
  due_at datetime NOT NULL,
  expires_at datetime NOT NULL,
  proven_at datetime,
  ended_at datetime,
  outcome text NOT NULL DEFAULT '' CHECK (outcome IN ('', 'done', 'objected', 'withdrawn', 'expired', 'void'))
);
CREATE UNIQUE INDEX address_changes_open ON address_changes (person_id) WHERE outcome = '';
CREATE INDEX address_changes_under_way ON address_changes (id) WHERE outcome = '';
CREATE INDEX address_changes_done ON address_changes (email_before, id) WHERE outcome = 'done';

-- Links that were mailed for it: to the new address, which proves it, or to the one before, which objects. id is the SHA-256 of the
-- secret.
CREATE TABLE address_change_links (
  id text NOT NULL PRIMARY KEY,
  change_id integer NOT NULL REFERENCES address_changes (id),
  objects boolean NOT NULL
);
CREATE INDEX address_change_links_by_change ON address_change_links (change_id);
