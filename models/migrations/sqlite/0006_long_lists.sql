-- +goose Up

-- Groups sorted by their counters, and the few that are built in.
CREATE INDEX groups_by_members ON groups (organization_id, members, id);
CREATE INDEX groups_by_privileges ON groups (organization_id, privileges, id);
CREATE INDEX groups_built_in ON groups (organization_id, id) WHERE built_in <> '';

-- What somebody types is looked for in names and e-mails: from the index alone, not from each member's row.
DROP INDEX members_by_name;
CREATE INDEX members_by_name ON members (organization_id, folded, id, email) WHERE ended_at IS NULL;
