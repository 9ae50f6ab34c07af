-- +goose Up

-- The latest moment that the installation knows of. Temporary access is measured with it besides the clock, so that a clock
-- that is set back revives nothing.
CREATE TABLE clock (
  id integer NOT NULL PRIMARY KEY CHECK (id = 1),
  seen_at datetime NOT NULL
);
INSERT INTO clock (id, seen_at) VALUES (1, '1970-01-01 00:00:00+00:00');

-- Who operates the installation, above all organizations: one row, and the lock of all that the operator's file says.
CREATE TABLE vendor (
  id integer NOT NULL PRIMARY KEY CHECK (id = 1),
  name text NOT NULL DEFAULT '',
  support_mail text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 0
);
INSERT INTO vendor (id) VALUES (1);

CREATE TABLE operators (
  person_id integer NOT NULL PRIMARY KEY REFERENCES people (id)
);

-- What kinds of personnel may ask for: how long in seconds, with which justification, and up to which level of which domain.
CREATE TABLE categories (
  key text NOT NULL PRIMARY KEY,
  name text NOT NULL,
  longest integer NOT NULL,
  min_length integer NOT NULL DEFAULT 0,
  pattern text NOT NULL DEFAULT '',
  link text NOT NULL DEFAULT ''
);
CREATE TABLE category_privileges (
  category text NOT NULL REFERENCES categories (key),
  domain text NOT NULL,
  level text NOT NULL,
  sensitive boolean NOT NULL DEFAULT false,
  PRIMARY KEY (category, domain)
);

-- Personnel are people who are members of nothing. Who has no row in personnel_organizations supports all organizations.
CREATE TABLE personnel (
  person_id integer NOT NULL PRIMARY KEY REFERENCES people (id),
  name text NOT NULL
);
CREATE TABLE personnel_categories (
  person_id integer NOT NULL REFERENCES personnel (person_id),
  category text NOT NULL REFERENCES categories (key),
  PRIMARY KEY (person_id, category)
);
CREATE TABLE personnel_organizations (
  person_id integer NOT NULL REFERENCES personnel (person_id),
  organization_id integer NOT NULL REFERENCES organizations (id),
  PRIMARY KEY (person_id, organization_id)
);

-- Off: nobody can ask for temporary access.
ALTER TABLE organizations ADD COLUMN support_access boolean NOT NULL DEFAULT true;

-- Each is a resource, which holds its privileges and ends with it. outcome is empty while it runs: what has expired is told
-- from the clock, and gets its outcome from the first who meets it.
CREATE TABLE temporary_accesses (
  id integer NOT NULL PRIMARY KEY REFERENCES resources (id),
  organization_id integer NOT NULL REFERENCES organizations (id),
  key text NOT NULL,
  person_id integer NOT NULL REFERENCES people (id),
  categories text NOT NULL,
  category_name text NOT NULL,
  justification text NOT NULL,
  description text NOT NULL DEFAULT '',
  address text NOT NULL DEFAULT '',
  requested_at datetime NOT NULL,
  expires_at datetime NOT NULL,
  ended_at datetime,
  outcome text NOT NULL DEFAULT '' CHECK (outcome IN ('', 'revoked', 'ended', 'expired')),
  ended_by text NOT NULL DEFAULT '',
  reason text NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX temporary_accesses_key ON temporary_accesses (organization_id, key);
CREATE INDEX temporary_accesses_by_time ON temporary_accesses (organization_id, requested_at, id);
CREATE INDEX temporary_accesses_by_outcome ON temporary_accesses (organization_id, outcome, requested_at, id);
CREATE INDEX temporary_accesses_by_end ON temporary_accesses (organization_id, requested_at, id) WHERE outcome IN ('', 'expired');
CREATE INDEX temporary_accesses_running ON temporary_accesses (person_id, organization_id) WHERE outcome = '';
CREATE INDEX temporary_accesses_due ON temporary_accesses (expires_at) WHERE outcome = '';
CREATE INDEX temporary_accesses_by_person ON temporary_accesses (person_id, requested_at, id);

-- The sessions that entered an organization through a temporary access: they end with it.
CREATE TABLE session_accesses (
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  access_id integer NOT NULL REFERENCES temporary_accesses (id),
  PRIMARY KEY (session_id, access_id)
);
CREATE INDEX session_accesses_by_access ON session_accesses (access_id);

-- What members want to be told of by mail. They belong to the membership: who leaves and comes back begins anew.
CREATE TABLE subscriptions (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  member_id integer NOT NULL REFERENCES members (id),
  kind text NOT NULL,
  since datetime NOT NULL
);
CREATE UNIQUE INDEX subscriptions_of_member ON subscriptions (member_id, kind);
CREATE INDEX subscriptions_by_kind ON subscriptions (organization_id, kind);
