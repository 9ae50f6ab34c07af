-- +goose Up

-- With which provider somebody entered the organization, and enters it from then on; "any" until the first time.
ALTER TABLE members ADD COLUMN provider text NOT NULL DEFAULT 'password';

-- Set while nobody has shown that the address is theirs: the account was made with a link that somebody handed on. Who
-- could make accounts in other people's names must not get at what those are invited to later.
ALTER TABLE people ADD COLUMN unproven boolean NOT NULL DEFAULT false;

-- Somebody is invited by their e-mail, until a moment. outcome is empty while nobody has answered: what has run out is
-- told from the clock, and gets its outcome when somebody tidies up. mails are those asked for, the last at mailed_at.
CREATE TABLE invitations (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  email text NOT NULL,
  provider text NOT NULL,
  notify boolean NOT NULL DEFAULT false,
  inviter_id integer NOT NULL REFERENCES people (id),
  inviter_name text NOT NULL,
  created_at datetime NOT NULL,
  expires_at datetime NOT NULL,
  mailed_at datetime,
  mails integer NOT NULL DEFAULT 0,
  revision integer NOT NULL DEFAULT 0,
  outcome text NOT NULL DEFAULT '' CHECK (outcome IN ('', 'accepted', 'declined', 'expired', 'revoked', 'void')),
  reason text NOT NULL DEFAULT '',
  person_id integer REFERENCES people (id),
  ended_at datetime
);
CREATE INDEX invitations_by_email ON invitations (organization_id, outcome, email, id);
CREATE INDEX invitations_by_expiry ON invitations (organization_id, expires_at, id) WHERE outcome = '';
CREATE INDEX invitations_by_creation ON invitations (organization_id, created_at);
CREATE INDEX invitations_by_address ON invitations (email, created_at);

-- The groups that an invitation leads into. They end with the invitation, or before it with the group.
CREATE TABLE invitation_groups (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  invitation_id integer NOT NULL REFERENCES invitations (id),
  group_id integer NOT NULL REFERENCES groups (id),
  email text NOT NULL,
  since datetime NOT NULL,
  ended_at datetime
);
CREATE UNIQUE INDEX invitation_groups_open ON invitation_groups (group_id, email) WHERE ended_at IS NULL;
CREATE INDEX invitation_groups_by_email ON invitation_groups (group_id, email, id) WHERE ended_at IS NULL;
CREATE INDEX invitation_groups_by_invitation ON invitation_groups (invitation_id);

-- The links to an invitation: one for each mail and each copy. id is the SHA-256 of the link's secret. Who opens one that
-- was only mailed has shown that the address is theirs.
CREATE TABLE invitation_tokens (
  id text NOT NULL PRIMARY KEY,
  invitation_id integer NOT NULL REFERENCES invitations (id),
  mailed boolean NOT NULL DEFAULT false,
  created_at datetime NOT NULL
);
CREATE INDEX invitation_tokens_by_invitation ON invitation_tokens (invitation_id);
