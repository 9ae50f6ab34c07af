-- +goose Up

-- Memberships that personnel brought about, before that was forbidden, are found by what they did. These activities are few,
-- and hardly grow any more.
CREATE INDEX activities_bringing_in ON activities (organization_id, actor_kind, operation, id)
  WHERE actor_kind = 'support' AND outcome = 'done' AND operation IN ('group.add-member', 'group.member-until', 'invitation.create');

-- Those of them that somebody has decided to keep.
CREATE TABLE kept_memberships (
  membership_id integer NOT NULL PRIMARY KEY REFERENCES memberships (id),
  organization_id integer NOT NULL REFERENCES organizations (id),
  kept_at datetime NOT NULL
);
