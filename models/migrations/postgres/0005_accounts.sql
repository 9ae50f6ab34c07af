-- +goose Up

-- With which provider a session began, and when its person gave the second factor; NULL where they have not.
ALTER TABLE sessions ADD COLUMN provider text NOT NULL DEFAULT 'password';
ALTER TABLE sessions ADD COLUMN second_factor_at timestamptz;

-- The second factor: what codes are computed from, '' for none, and the step of time of the last code that was accepted,
-- since no code counts twice. short_password says that the password is long enough beside a second factor only.
ALTER TABLE people ADD COLUMN totp_secret text NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN totp_step bigint NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN short_password boolean NOT NULL DEFAULT false;

-- Each takes the place of a code once. id is the SHA-256 of the code.
CREATE TABLE recovery_codes (
  id text NOT NULL PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES people (id),
  created_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX recovery_codes_by_person ON recovery_codes (person_id);

-- Links that were mailed to a person, to sign in or to set a password. id is the SHA-256 of the link's secret; next is the
-- path to go to afterwards.
CREATE TABLE one_time_links (
  id text NOT NULL PRIMARY KEY,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('sign-in', 'password')),
  person_id bigint NOT NULL REFERENCES people (id),
  next text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX one_time_links_by_person ON one_time_links (person_id, kind);
CREATE INDEX one_time_links_by_age ON one_time_links (expires_at);

-- People who have proved who they are with a provider and owe the second factor. id is the SHA-256 of the cookie's value.
CREATE TABLE sign_in_steps (
  id text NOT NULL PRIMARY KEY,
  person_id bigint NOT NULL REFERENCES people (id),
  provider text NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sign_in_steps_by_person ON sign_in_steps (person_id);
CREATE INDEX sign_in_steps_by_age ON sign_in_steps (expires_at);

-- Whether a session without a second factor reaches anything of the organization.
ALTER TABLE organizations ADD COLUMN require_second_factor boolean NOT NULL DEFAULT false;
