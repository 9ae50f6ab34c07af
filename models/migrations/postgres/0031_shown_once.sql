-- +goose Up

-- What one page of a session shows once, such as a secret that was just made, for some minutes. sealed can't be read without the
-- secret of the session, which only its browser has.
CREATE TABLE shown_once (
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  path text NOT NULL,
  sealed text NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (session_id, path)
);
CREATE INDEX shown_once_by_age ON shown_once (made_at);
