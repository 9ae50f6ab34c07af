-- +goose Up

-- Forms that a browser without a script sent to have them drawn again, for an hour. sealed can't be read without the secret of the
-- session, which only its browser has.
CREATE TABLE drawn_forms (
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  mark text NOT NULL,
  sealed text NOT NULL,
  made_at datetime NOT NULL,
  PRIMARY KEY (session_id, mark)
);
CREATE INDEX drawn_forms_by_age ON drawn_forms (made_at);
