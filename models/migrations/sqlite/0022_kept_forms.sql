-- +goose Up

-- Sessions that have ended, for some days: a form that is sent with one is kept for its person. id is that of the session,
-- expires_at when it would have ended at the latest.
CREATE TABLE ended_sessions (
  id text NOT NULL PRIMARY KEY,
  account_id integer NOT NULL REFERENCES accounts (id),
  expires_at datetime NOT NULL
);
CREATE INDEX ended_sessions_by_account ON ended_sessions (account_id);
CREATE INDEX ended_sessions_by_age ON ended_sessions (expires_at);

-- Forms that were sent after their session had ended, one a session, for an hour. id is the SHA-256 of a secret that the browser
-- has, and sealed can't be read without that. sent counts how often the session sent one.
CREATE TABLE kept_forms (
  id text NOT NULL PRIMARY KEY,
  session_id text NOT NULL,
  account_id integer NOT NULL REFERENCES accounts (id),
  path text NOT NULL,
  sealed text NOT NULL,
  sent integer NOT NULL DEFAULT 1,
  kept_at datetime NOT NULL
);
CREATE INDEX kept_forms_by_account ON kept_forms (account_id, kept_at);
CREATE INDEX kept_forms_by_age ON kept_forms (kept_at);
CREATE UNIQUE INDEX kept_forms_of_session ON kept_forms (session_id);
