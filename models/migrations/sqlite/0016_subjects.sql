-- +goose Up

-- What an activity is about has a kind, and a domain only where it is a resource of one. Rows of earlier versions keep the domain
-- that they were put under. Both are listed by domain as before, but for what is set for a person (a password, a second factor),
-- which is listed under Groups, like members. The expression is that of the constant listedUnder.
ALTER TABLE activities ADD COLUMN subject_kind text NOT NULL DEFAULT '';

DROP INDEX activities_by_domain;
DROP INDEX activities_by_resource;
CREATE INDEX activities_by_domain ON activities (organization_id, (CASE WHEN domain <> '' THEN domain
  WHEN subject_kind IN ('group', 'member', 'invitation') THEN 'organization/groups'
  WHEN subject_kind = 'api-key' THEN 'organization/api-keys'
  WHEN subject_kind IN ('request', 'subscription') THEN 'organization/temporary-access'
  WHEN subject_kind IN ('organization', 'setting', 'mail') THEN 'organization/organization'
  ELSE '' END), id);
CREATE INDEX activities_by_resource ON activities (organization_id, (CASE WHEN domain <> '' THEN domain
  WHEN subject_kind IN ('group', 'member', 'invitation') THEN 'organization/groups'
  WHEN subject_kind = 'api-key' THEN 'organization/api-keys'
  WHEN subject_kind IN ('request', 'subscription') THEN 'organization/temporary-access'
  WHEN subject_kind IN ('organization', 'setting', 'mail') THEN 'organization/organization'
  ELSE '' END), resource_id, id);
