-- +goose Up

-- How many groups, and how many API keys, hold a level on a domain; holders is the domain that they are in themselves.
CREATE TABLE level_counts (
  organization_id bigint NOT NULL REFERENCES organizations (id),
  domain text COLLATE "C" NOT NULL,
  level text COLLATE "C" NOT NULL,
  holders text COLLATE "C" NOT NULL,
  grantees bigint NOT NULL CHECK (grantees >= 0),
  PRIMARY KEY (organization_id, domain, level, holders)
);

INSERT INTO level_counts (organization_id, domain, level, holders, grantees)
SELECT p.organization_id, p.domain, p.level, r.domain, count(*)
FROM privileges p JOIN resources r ON r.id = p.grantee_id
WHERE p.ended_at IS NULL
GROUP BY p.organization_id, p.domain, p.level, r.domain;
