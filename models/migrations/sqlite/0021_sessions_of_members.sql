-- +goose Up

-- Which sessions opened which organization, and when they last used it: what its administrators see of them. One that was ended there
-- opens the organization no more, and may go on in others.
CREATE TABLE session_organizations (
  id integer NOT NULL PRIMARY KEY,
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  organization_id integer NOT NULL REFERENCES organizations (id),
  last_used_at datetime,
  ended_at datetime
);
CREATE UNIQUE INDEX session_organizations_once ON session_organizations (session_id, organization_id);
