-- +goose Up

-- Activities are found by when they happened.
CREATE INDEX activities_by_time ON activities (organization_id, at, id);
