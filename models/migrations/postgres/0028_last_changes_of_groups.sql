-- +goose Up

-- Who joins or leaves a group changes it: modified_at and modified_by say so as well. What they were before that stands here, since
-- the revision that a form carries is of what somebody saved; NULL where that was the last change.
ALTER TABLE resources ADD COLUMN saved_at timestamptz;
ALTER TABLE resources ADD COLUMN saved_by text;
