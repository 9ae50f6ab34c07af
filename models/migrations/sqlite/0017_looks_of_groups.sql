-- +goose Up

-- No group gets a name that looks like another's. What a name looks like is computed by the console (models/skeleton.go): groups of
-- earlier versions have none until it has started.
ALTER TABLE groups ADD COLUMN skeleton text NOT NULL DEFAULT '';
CREATE INDEX groups_without_skeleton ON groups (id) WHERE skeleton = '';
CREATE INDEX groups_by_skeleton ON groups (organization_id, skeleton);
