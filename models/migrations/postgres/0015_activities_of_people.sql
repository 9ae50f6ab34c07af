-- +goose Up

-- What a person did is one list, as a member and through temporary access alike.
CREATE INDEX activities_by_person ON activities (organization_id, actor_id, id) WHERE actor_kind IN ('member', 'support');
DROP INDEX activities_by_actor;
