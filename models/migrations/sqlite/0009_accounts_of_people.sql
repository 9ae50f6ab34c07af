-- +goose Up

-- What opens an address: password and second factor of one who set them up. A person whose address is proven has one account
-- that says so. Others were made by a link that was not mailed: they open the organizations of account_organizations, have a
-- name of their own, and end when the address is proven. Numbers are never used again: a request may still hold one.
CREATE TABLE accounts (
  id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  person_id integer NOT NULL REFERENCES people (id),
  proven boolean NOT NULL,
  name text NOT NULL DEFAULT '',
  password_hash text NOT NULL DEFAULT '',
  short_password boolean NOT NULL DEFAULT false,
  totp_secret text NOT NULL DEFAULT '',
  totp_step integer NOT NULL DEFAULT 0,
  created_at datetime NOT NULL,
  revision integer NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX accounts_proven ON accounts (person_id) WHERE proven;
CREATE INDEX accounts_by_person ON accounts (person_id, id);

-- An account that proves nothing opens these: it counts for memberships that began by then, so that who leaves and comes back
-- begins anew.
CREATE TABLE account_organizations (
  account_id integer NOT NULL REFERENCES accounts (id),
  organization_id integer NOT NULL REFERENCES organizations (id),
  since datetime NOT NULL,
  PRIMARY KEY (account_id, organization_id)
);

INSERT INTO accounts (person_id, proven, name, password_hash, short_password, totp_secret, totp_step, created_at)
SELECT p.id, NOT p.unproven, CASE WHEN p.unproven THEN p.name ELSE '' END, p.password_hash, p.short_password, p.totp_secret,
  p.totp_step, p.created_at
FROM people p
WHERE p.password_hash <> '' OR p.totp_secret <> ''
  OR p.id IN (SELECT person_id FROM sessions) OR p.id IN (SELECT person_id FROM sign_in_steps)
  OR p.id IN (SELECT person_id FROM recovery_codes)
  OR (NOT p.unproven AND p.id IN (SELECT person_id FROM members WHERE provider = 'email-link'));

INSERT INTO account_organizations (account_id, organization_id, since)
SELECT a.id, i.organization_id, max(i.ended_at)
FROM accounts a JOIN invitations i ON i.person_id = a.person_id AND i.outcome = 'accepted'
WHERE NOT a.proven AND i.ended_at IS NOT NULL AND EXISTS (
  SELECT 1 FROM members n WHERE n.organization_id = i.organization_id AND n.person_id = a.person_id AND n.ended_at IS NULL)
GROUP BY a.id, i.organization_id;

ALTER TABLE session_accesses RENAME TO old_session_accesses;
ALTER TABLE sessions RENAME TO old_sessions;
CREATE TABLE sessions (
  id text NOT NULL PRIMARY KEY,
  person_id integer NOT NULL REFERENCES people (id),
  account_id integer NOT NULL REFERENCES accounts (id),
  created_at datetime NOT NULL,
  last_seen_at datetime NOT NULL,
  expires_at datetime NOT NULL,
  address text NOT NULL DEFAULT '',
  device text NOT NULL DEFAULT '',
  flash text NOT NULL DEFAULT '',
  provider text NOT NULL DEFAULT 'password',
  second_factor_at datetime
);
CREATE TABLE session_accesses (
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  access_id integer NOT NULL REFERENCES temporary_accesses (id),
  PRIMARY KEY (session_id, access_id)
);
INSERT INTO sessions (id, person_id, account_id, created_at, last_seen_at, expires_at, address, device, flash, provider, second_factor_at)
SELECT s.id, s.person_id, a.id, s.created_at, s.last_seen_at, s.expires_at, s.address, s.device, s.flash, s.provider, s.second_factor_at
FROM old_sessions s JOIN accounts a ON a.person_id = s.person_id;
INSERT INTO session_accesses (session_id, access_id) SELECT session_id, access_id FROM old_session_accesses;
DROP TABLE old_session_accesses;
DROP TABLE old_sessions;
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX session_accesses_by_access ON session_accesses (access_id);

ALTER TABLE sign_in_steps RENAME TO old_sign_in_steps;
CREATE TABLE sign_in_steps (
  id text NOT NULL PRIMARY KEY,
  person_id integer NOT NULL REFERENCES people (id),
  account_id integer NOT NULL REFERENCES accounts (id),
  provider text NOT NULL,
  created_at datetime NOT NULL,
  expires_at datetime NOT NULL
);
INSERT INTO sign_in_steps (id, person_id, account_id, provider, created_at, expires_at)
SELECT s.id, s.person_id, a.id, s.provider, s.created_at, s.expires_at
FROM old_sign_in_steps s JOIN accounts a ON a.person_id = s.person_id;
DROP TABLE old_sign_in_steps;
CREATE INDEX sign_in_steps_by_person ON sign_in_steps (person_id);
CREATE INDEX sign_in_steps_by_account ON sign_in_steps (account_id);
CREATE INDEX sign_in_steps_by_age ON sign_in_steps (expires_at);

ALTER TABLE recovery_codes RENAME TO old_recovery_codes;
CREATE TABLE recovery_codes (
  id text NOT NULL PRIMARY KEY,
  account_id integer NOT NULL REFERENCES accounts (id),
  created_at datetime NOT NULL,
  used_at datetime
);
INSERT INTO recovery_codes (id, account_id, created_at, used_at)
SELECT c.id, a.id, c.created_at, c.used_at FROM old_recovery_codes c JOIN accounts a ON a.person_id = c.person_id;
DROP TABLE old_recovery_codes;
CREATE INDEX recovery_codes_by_account ON recovery_codes (account_id);

-- Who made a link that was not mailed, and handed it on: unknown of earlier ones.
ALTER TABLE invitation_tokens ADD COLUMN maker_id integer REFERENCES people (id);

ALTER TABLE people DROP COLUMN password_hash;
ALTER TABLE people DROP COLUMN short_password;
ALTER TABLE people DROP COLUMN totp_secret;
ALTER TABLE people DROP COLUMN totp_step;
ALTER TABLE people DROP COLUMN unproven;
