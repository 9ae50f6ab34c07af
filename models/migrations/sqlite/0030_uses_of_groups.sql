-- +goose Up

-- When somebody last used something that a group gives, in minutes since 1970; 0 where nobody did since that is noted. For
-- organizations that are there already it is noted from now on, for later ones from their beginning.
ALTER TABLE groups ADD COLUMN last_used_minute integer NOT NULL DEFAULT 0;
CREATE INDEX groups_by_use ON groups (organization_id, last_used_minute, id);
ALTER TABLE organizations ADD COLUMN group_uses_since datetime NOT NULL DEFAULT '1970-01-01 00:00:00+00:00';
UPDATE organizations SET group_uses_since = strftime('%Y-%m-%d %H:%M:%S+00:00', 'now');
