-- +goose Up

-- What a group is for, in one line.
ALTER TABLE groups ADD COLUMN description text NOT NULL DEFAULT '';
