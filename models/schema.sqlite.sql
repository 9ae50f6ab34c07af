CREATE TABLE account_organizations (
  account_id integer NOT NULL REFERENCES accounts (id),
  organization_id integer NOT NULL REFERENCES organizations (id),
  since datetime NOT NULL,
  PRIMARY KEY (account_id, organization_id)
);
CREATE TABLE accounts (
  id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  person_id integer NOT NULL REFERENCES people (id),
  proven boolean NOT NULL,
  name text NOT NULL DEFAULT '',
  password_hash text NOT NULL DEFAULT '',
  short_password boolean NOT NULL DEFAULT false,
  totp_secret text NOT NULL DEFAULT '',
  totp_step integer NOT NULL DEFAULT 0,
  created_at datetime NOT NULL,
  revision integer NOT NULL DEFAULT 0
, shortcuts boolean NOT NULL DEFAULT false);
CREATE INDEX accounts_by_person ON accounts (person_id, id);
CREATE UNIQUE INDEX accounts_proven ON accounts (person_id) WHERE proven;
CREATE TRIGGER activities_words_added AFTER INSERT ON activities WHEN new.words <> '' BEGIN
  INSERT INTO activities_by_words (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER activities_words_changed AFTER UPDATE OF words ON activities BEGIN
  INSERT INTO activities_by_words (activities_by_words, rowid, words) SELECT 'delete', old.id, old.words WHERE old.words <> '';
  INSERT INTO activities_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '';
END;
CREATE TABLE activities (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer REFERENCES organizations (id),
  at datetime NOT NULL,
  actor_kind text NOT NULL,
  actor_id integer NOT NULL,
  actor_name text NOT NULL,
  address text NOT NULL,
  operation text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('done', 'refused')),
  domain text NOT NULL,
  resource_id integer NOT NULL,
  resource_key text NOT NULL,
  resource_name text NOT NULL,
  before text NOT NULL,
  after text NOT NULL,
  revision integer NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL
, digest_version integer NOT NULL DEFAULT 1, actor_email text NOT NULL DEFAULT '', subject_kind text NOT NULL DEFAULT '', words text NOT NULL DEFAULT '');
CREATE INDEX activities_bringing_in ON activities (organization_id, actor_kind, operation, id)
  WHERE actor_kind = 'support' AND outcome = 'done' AND operation IN ('group.add-member', 'group.member-until', 'invitation.create');
CREATE INDEX activities_by_domain ON activities (organization_id, (CASE WHEN domain <> '' THEN domain
  WHEN subject_kind IN ('group', 'member', 'invitation') THEN 'organization/groups'
  WHEN subject_kind = 'api-key' THEN 'organization/api-keys'
  WHEN subject_kind IN ('request', 'subscription') THEN 'organization/temporary-access'
  WHEN subject_kind IN ('organization', 'setting', 'mail') THEN 'organization/organization'
  ELSE '' END), id);
CREATE INDEX activities_by_operation ON activities (organization_id, operation, id);
CREATE INDEX activities_by_organization ON activities (organization_id, id);
CREATE INDEX activities_by_person ON activities (organization_id, actor_id, id) WHERE actor_kind IN ('member', 'support');
CREATE INDEX activities_by_resource ON activities (organization_id, (CASE WHEN domain <> '' THEN domain
  WHEN subject_kind IN ('group', 'member', 'invitation') THEN 'organization/groups'
  WHEN subject_kind = 'api-key' THEN 'organization/api-keys'
  WHEN subject_kind IN ('request', 'subscription') THEN 'organization/temporary-access'
  WHEN subject_kind IN ('organization', 'setting', 'mail') THEN 'organization/organization'
  ELSE '' END), resource_id, id);
CREATE INDEX activities_by_time ON activities (organization_id, at, id);
CREATE INDEX activities_refused ON activities (organization_id, id) WHERE outcome = 'refused';
CREATE INDEX activities_without_words ON activities (id) WHERE words = '';
CREATE VIRTUAL TABLE activities_by_words USING fts5 (
  words, content = 'activities', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE TABLE 'activities_by_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'activities_by_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'activities_by_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE address_change_links (
  id text NOT NULL PRIMARY KEY,
  change_id integer NOT NULL REFERENCES address_changes (id),
  objects boolean NOT NULL
);
CREATE INDEX address_change_links_by_change ON address_change_links (change_id);
CREATE TABLE address_changes (
  id integer NOT NULL PRIMARY KEY,
  person_id integer NOT NULL REFERENCES people (id),
  organization_id integer REFERENCES organizations (id),
  proposer_id integer NOT NULL REFERENCES people (id),
  proposer_name text NOT NULL,
  email_before text NOT NULL,
  email text NOT NULL,
  created_at datetime NOT NULL,
  due_at datetime NOT NULL,
  expires_at datetime NOT NULL,
  proven_at datetime,
  ended_at datetime,
  outcome text NOT NULL DEFAULT '' CHECK (outcome IN ('', 'done', 'objected', 'withdrawn', 'expired', 'void'))
);
CREATE INDEX address_changes_done ON address_changes (email_before, id) WHERE outcome = 'done';
CREATE UNIQUE INDEX address_changes_open ON address_changes (person_id) WHERE outcome = '';
CREATE INDEX address_changes_under_way ON address_changes (id) WHERE outcome = '';
CREATE TABLE api_keys (
  id integer NOT NULL PRIMARY KEY REFERENCES resources (id),
  organization_id integer NOT NULL REFERENCES organizations (id),
  template text NOT NULL DEFAULT '',
  description text NOT NULL DEFAULT '',
  enabled boolean NOT NULL DEFAULT false,
  expires_at datetime,
  allow text NOT NULL DEFAULT '[]',
  deny text NOT NULL DEFAULT '[]',
  public_id text NOT NULL DEFAULT '',
  secret_hash text NOT NULL DEFAULT '',
  last_four text NOT NULL DEFAULT '',
  previous_hash text NOT NULL DEFAULT '',
  previous_until datetime,
  last_used_at datetime
);
CREATE INDEX api_keys_by_expiry ON api_keys (organization_id, expires_at) WHERE enabled;
CREATE UNIQUE INDEX api_keys_public_id ON api_keys (public_id) WHERE public_id <> '';
CREATE TABLE categories (
  key text NOT NULL PRIMARY KEY,
  name text NOT NULL,
  longest integer NOT NULL,
  min_length integer NOT NULL DEFAULT 0,
  pattern text NOT NULL DEFAULT '',
  link text NOT NULL DEFAULT ''
, hint text NOT NULL DEFAULT '');
CREATE TABLE category_privileges (
  category text NOT NULL REFERENCES categories (key),
  domain text NOT NULL,
  level text NOT NULL,
  sensitive boolean NOT NULL DEFAULT false,
  PRIMARY KEY (category, domain)
);
CREATE TABLE clock (
  id integer NOT NULL PRIMARY KEY CHECK (id = 1),
  seen_at datetime NOT NULL
);
CREATE TABLE domain_counts (
  organization_id integer NOT NULL REFERENCES organizations (id),
  domain text NOT NULL,
  resources integer NOT NULL CHECK (resources >= 0),
  PRIMARY KEY (organization_id, domain)
);
CREATE TABLE drawn_forms (
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  mark text NOT NULL,
  sealed text NOT NULL,
  made_at datetime NOT NULL,
  PRIMARY KEY (session_id, mark)
);
CREATE INDEX drawn_forms_by_age ON drawn_forms (made_at);
CREATE TABLE editor_entries (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  grantee_id integer NOT NULL REFERENCES resources (id),
  domain text NOT NULL,
  resource_id integer NOT NULL REFERENCES resources (id),
  since datetime NOT NULL,
  ended_at datetime
, expires_at datetime);
CREATE INDEX editor_entries_by_grantee ON editor_entries (organization_id, domain, grantee_id, resource_id) WHERE ended_at IS NULL;
CREATE INDEX editor_entries_by_resource ON editor_entries (organization_id, resource_id, grantee_id) WHERE ended_at IS NULL;
CREATE INDEX editor_entries_due ON editor_entries (organization_id, expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;
CREATE UNIQUE INDEX editor_entries_open ON editor_entries (grantee_id, resource_id) WHERE ended_at IS NULL;
CREATE TABLE ended_sessions (
  id text NOT NULL PRIMARY KEY,
  account_id integer NOT NULL REFERENCES accounts (id),
  expires_at datetime NOT NULL
, access_id integer REFERENCES temporary_accesses (id));
CREATE INDEX ended_sessions_by_account ON ended_sessions (account_id);
CREATE INDEX ended_sessions_by_age ON ended_sessions (expires_at);
CREATE TABLE groups (
  id integer NOT NULL PRIMARY KEY REFERENCES resources (id),
  organization_id integer NOT NULL REFERENCES organizations (id),
  built_in text NOT NULL DEFAULT '',
  administrators boolean NOT NULL DEFAULT false,
  members integer NOT NULL DEFAULT 0 CHECK (members >= 0),
  invitations integer NOT NULL DEFAULT 0 CHECK (invitations >= 0),
  identity_sets integer NOT NULL DEFAULT 0 CHECK (identity_sets >= 0),
  privileges integer NOT NULL DEFAULT 0 CHECK (privileges >= 0)
, skeleton text NOT NULL DEFAULT '', description text NOT NULL DEFAULT '', last_used_minute integer NOT NULL DEFAULT 0);
CREATE INDEX groups_built_in ON groups (organization_id, id) WHERE built_in <> '';
CREATE INDEX groups_by_members ON groups (organization_id, members, id);
CREATE INDEX groups_by_organization ON groups (organization_id, administrators);
CREATE INDEX groups_by_privileges ON groups (organization_id, privileges, id);
CREATE INDEX groups_by_skeleton ON groups (organization_id, skeleton);
CREATE INDEX groups_by_use ON groups (organization_id, last_used_minute, id);
CREATE INDEX groups_without_skeleton ON groups (id) WHERE skeleton = '';
CREATE TABLE installation_keys (
  name text NOT NULL PRIMARY KEY,
  secret text NOT NULL,
  created_at datetime NOT NULL
);
CREATE TABLE invitation_groups (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  invitation_id integer NOT NULL REFERENCES invitations (id),
  group_id integer NOT NULL REFERENCES groups (id),
  email text NOT NULL,
  since datetime NOT NULL,
  ended_at datetime
);
CREATE INDEX invitation_groups_by_email ON invitation_groups (group_id, email, id) WHERE ended_at IS NULL;
CREATE INDEX invitation_groups_by_invitation ON invitation_groups (invitation_id);
CREATE UNIQUE INDEX invitation_groups_open ON invitation_groups (group_id, email) WHERE ended_at IS NULL;
CREATE TABLE invitation_tokens (
  id text NOT NULL PRIMARY KEY,
  invitation_id integer NOT NULL REFERENCES invitations (id),
  mailed boolean NOT NULL DEFAULT false,
  created_at datetime NOT NULL
, maker_id integer REFERENCES people (id));
CREATE INDEX invitation_tokens_by_invitation ON invitation_tokens (invitation_id);
CREATE TRIGGER invitations_words_added AFTER INSERT ON invitations WHEN new.words <> '' BEGIN
  INSERT INTO invitations_by_words (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER invitations_words_changed AFTER UPDATE OF words ON invitations BEGIN
  INSERT INTO invitations_by_words (invitations_by_words, rowid, words) SELECT 'delete', old.id, old.words WHERE old.words <> '';
  INSERT INTO invitations_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '';
END;
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
, words text NOT NULL DEFAULT '', membership_until datetime);
CREATE INDEX invitations_by_address ON invitations (email, created_at);
CREATE INDEX invitations_by_email ON invitations (organization_id, outcome, email, id);
CREATE INDEX invitations_by_expiry ON invitations (organization_id, expires_at, id) WHERE outcome = '';
CREATE INDEX invitations_by_mail ON invitations (organization_id, mailed_at);
CREATE INDEX invitations_without_words ON invitations (id) WHERE words = '';
CREATE VIRTUAL TABLE invitations_by_words USING fts5 (
  words, content = 'invitations', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE TABLE 'invitations_by_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'invitations_by_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'invitations_by_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE kept_forms (
  id text NOT NULL PRIMARY KEY,
  session_id text NOT NULL,
  account_id integer NOT NULL REFERENCES accounts (id),
  path text NOT NULL,
  sealed text NOT NULL,
  sent integer NOT NULL DEFAULT 1,
  kept_at datetime NOT NULL
);
CREATE INDEX kept_forms_by_account ON kept_forms (account_id, kept_at);
CREATE INDEX kept_forms_by_age ON kept_forms (kept_at);
CREATE UNIQUE INDEX kept_forms_of_session ON kept_forms (session_id);
CREATE TABLE kept_memberships (
  membership_id integer NOT NULL PRIMARY KEY REFERENCES memberships (id),
  organization_id integer NOT NULL REFERENCES organizations (id),
  kept_at datetime NOT NULL
);
CREATE TABLE keys (
  list text NOT NULL PRIMARY KEY,
  version text NOT NULL,
  upto integer NOT NULL DEFAULT 0,
  done boolean NOT NULL DEFAULT false
);
CREATE TABLE level_counts (
  organization_id integer NOT NULL REFERENCES organizations (id),
  domain text NOT NULL,
  level text NOT NULL,
  holders text NOT NULL,
  grantees integer NOT NULL CHECK (grantees >= 0),
  PRIMARY KEY (organization_id, domain, level, holders)
);
CREATE TRIGGER mails_words_added AFTER INSERT ON mails WHEN new.words <> '' AND new.ended_at IS NULL BEGIN
  INSERT INTO mails_by_words (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER mails_words_changed AFTER UPDATE OF words, ended_at ON mails BEGIN
  INSERT INTO mails_by_words (mails_by_words, rowid, words)
    SELECT 'delete', old.id, old.words WHERE old.words <> '' AND old.ended_at IS NULL;
  INSERT INTO mails_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '' AND new.ended_at IS NULL;
END;
CREATE TABLE mails (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer REFERENCES organizations (id),
  kind text NOT NULL,
  recipient text NOT NULL,
  about_id integer NOT NULL DEFAULT 0,
  data text NOT NULL DEFAULT '',
  message_id text NOT NULL,
  created_at datetime NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed', 'dropped')),
  next_at datetime NOT NULL,
  leased_until datetime,
  attempts integer NOT NULL DEFAULT 0,
  tries integer NOT NULL DEFAULT 0,
  error text NOT NULL DEFAULT '',
  ended_at datetime
, words text NOT NULL DEFAULT '');
CREATE UNIQUE INDEX mails_by_message_id ON mails (message_id);
CREATE INDEX mails_due ON mails (next_at, id) WHERE state = 'waiting';
CREATE INDEX mails_ended ON mails (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX mails_open ON mails (organization_id, id) WHERE ended_at IS NULL;
CREATE INDEX mails_without_words ON mails (id) WHERE words = '';
CREATE VIRTUAL TABLE mails_by_words USING fts5 (
  words, content = 'mails', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE TABLE 'mails_by_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'mails_by_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'mails_by_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TRIGGER members_words_added AFTER INSERT ON members WHEN new.words <> '' AND new.ended_at IS NULL BEGIN
  INSERT INTO members_by_words (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER members_words_changed AFTER UPDATE OF words, ended_at ON members BEGIN
  INSERT INTO members_by_words (members_by_words, rowid, words)
    SELECT 'delete', old.id, old.words WHERE old.words <> '' AND old.ended_at IS NULL;
  INSERT INTO members_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '' AND new.ended_at IS NULL;
END;
CREATE TABLE members (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  person_id integer NOT NULL REFERENCES people (id),
  name text NOT NULL,
  sort_key text NOT NULL,
  email text NOT NULL,
  groups integer NOT NULL DEFAULT 0 CHECK (groups >= 0),
  since datetime NOT NULL,
  last_used_minute integer NOT NULL DEFAULT 0,
  revision integer NOT NULL DEFAULT 0,
  ended_at datetime
, provider text NOT NULL DEFAULT 'password', skeleton text NOT NULL DEFAULT '', suspended_at datetime, words text NOT NULL DEFAULT '', idle_minute integer GENERATED ALWAYS AS (max(last_used_minute, unixepoch(since) / 60)) VIRTUAL);
CREATE INDEX members_by_idleness ON members (organization_id, idle_minute) WHERE ended_at IS NULL;
CREATE INDEX members_by_name ON members (organization_id, sort_key, id) WHERE ended_at IS NULL;
CREATE INDEX members_by_name_active ON members (organization_id, sort_key, id) WHERE suspended_at IS NULL AND ended_at IS NULL;
CREATE INDEX members_by_name_suspended ON members (organization_id, sort_key, id) WHERE suspended_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX members_by_person ON members (person_id) WHERE ended_at IS NULL;
CREATE INDEX members_by_skeleton ON members (organization_id, skeleton) WHERE ended_at IS NULL;
CREATE INDEX members_by_use ON members (organization_id, last_used_minute, id) WHERE ended_at IS NULL;
CREATE INDEX members_by_use_active ON members (organization_id, last_used_minute, id) WHERE suspended_at IS NULL AND ended_at IS NULL;
CREATE INDEX members_by_use_suspended ON members (organization_id, last_used_minute, id) WHERE suspended_at IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX members_open ON members (organization_id, person_id) WHERE ended_at IS NULL;
CREATE INDEX members_without_words ON members (id) WHERE words = '';
CREATE VIRTUAL TABLE members_by_words USING fts5 (
  words, content = 'members', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE TABLE 'members_by_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'members_by_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'members_by_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE memberships (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  group_id integer NOT NULL REFERENCES groups (id),
  person_id integer NOT NULL REFERENCES people (id),
  sort_key text NOT NULL,
  since datetime NOT NULL,
  expires_at datetime,
  ended_at datetime
);
CREATE INDEX memberships_by_expiry ON memberships (organization_id, expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;
CREATE INDEX memberships_by_name ON memberships (group_id, sort_key, person_id) WHERE ended_at IS NULL;
CREATE INDEX memberships_by_person ON memberships (person_id, organization_id) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX memberships_open ON memberships (group_id, person_id) WHERE ended_at IS NULL;
CREATE TABLE one_time_links (
  id text NOT NULL PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('sign-in', 'password')),
  person_id integer NOT NULL REFERENCES people (id),
  next text NOT NULL DEFAULT '',
  created_at datetime NOT NULL,
  expires_at datetime NOT NULL,
  used_at datetime
);
CREATE INDEX one_time_links_by_age ON one_time_links (expires_at);
CREATE INDEX one_time_links_by_person ON one_time_links (person_id, kind);
CREATE TABLE operators (
  person_id integer NOT NULL PRIMARY KEY REFERENCES people (id)
);
CREATE TABLE organizations (
  id integer NOT NULL PRIMARY KEY,
  key text NOT NULL,
  name text NOT NULL,
  seats integer NOT NULL DEFAULT 25,
  members integer NOT NULL DEFAULT 0 CHECK (members >= 0),
  revision integer NOT NULL DEFAULT 0,
  created_at datetime NOT NULL
, require_second_factor boolean NOT NULL DEFAULT false, support_access boolean NOT NULL DEFAULT true, group_uses_since datetime NOT NULL DEFAULT '1970-01-01 00:00:00+00:00');
CREATE UNIQUE INDEX organizations_key ON organizations (key);
CREATE TABLE people (
  id integer NOT NULL PRIMARY KEY,
  email text NOT NULL,
  name text NOT NULL,
  sort_key text NOT NULL,
  created_at datetime NOT NULL,
  revision integer NOT NULL DEFAULT 0
, skeleton text NOT NULL DEFAULT '', words text NOT NULL DEFAULT '');
CREATE UNIQUE INDEX people_email ON people (email);
CREATE INDEX people_without_skeleton ON people (id) WHERE skeleton = '';
CREATE INDEX people_without_words ON people (id) WHERE words = '';
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
CREATE TABLE privileges (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  grantee_id integer NOT NULL REFERENCES resources (id),
  domain text NOT NULL,
  level text NOT NULL,
  can_create boolean NOT NULL DEFAULT false,
  since datetime NOT NULL,
  ended_at datetime
, expires_at datetime);
CREATE INDEX privileges_by_domain ON privileges (organization_id, domain, level, ended_at) WHERE ended_at IS NULL;
CREATE INDEX privileges_due ON privileges (organization_id, expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;
CREATE UNIQUE INDEX privileges_ending ON privileges (grantee_id, domain, expires_at) WHERE ended_at IS NULL AND expires_at IS NOT NULL;
CREATE UNIQUE INDEX privileges_lasting ON privileges (grantee_id, domain) WHERE ended_at IS NULL AND expires_at IS NULL;
CREATE INDEX privileges_open ON privileges (grantee_id, domain) WHERE ended_at IS NULL;
CREATE TABLE recovery_codes (
  id text NOT NULL PRIMARY KEY,
  account_id integer NOT NULL REFERENCES accounts (id),
  created_at datetime NOT NULL,
  used_at datetime
);
CREATE INDEX recovery_codes_by_account ON recovery_codes (account_id);
CREATE TRIGGER resources_words_added AFTER INSERT ON resources WHEN new.words <> '' AND new.ended_at IS NULL BEGIN
  INSERT INTO resources_by_words (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER resources_words_changed AFTER UPDATE OF words, ended_at ON resources BEGIN
  INSERT INTO resources_by_words (resources_by_words, rowid, words)
    SELECT 'delete', old.id, old.words WHERE old.words <> '' AND old.ended_at IS NULL;
  INSERT INTO resources_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '' AND new.ended_at IS NULL;
END;
CREATE TABLE resources (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  domain text NOT NULL,
  key text NOT NULL,
  name text NOT NULL,
  sort_key text NOT NULL,
  type text NOT NULL DEFAULT '',
  visibility text NOT NULL DEFAULT '',
  owner_id integer REFERENCES people (id),
  last_operation text NOT NULL DEFAULT '',
  last_operation_at datetime,
  created_at datetime NOT NULL,
  created_by text NOT NULL DEFAULT '',
  modified_at datetime NOT NULL,
  modified_by text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 0,
  ended_at datetime
, words text NOT NULL DEFAULT '', saved_at datetime, saved_by text);
CREATE INDEX resources_by_modified ON resources (organization_id, domain, modified_at, id) WHERE ended_at IS NULL;
CREATE INDEX resources_by_name ON resources (organization_id, domain, sort_key, id) WHERE ended_at IS NULL;
CREATE INDEX resources_by_owner ON resources (owner_id, organization_id) WHERE ended_at IS NULL AND owner_id IS NOT NULL;
CREATE INDEX resources_by_type ON resources (organization_id, domain, type, id) WHERE ended_at IS NULL;
CREATE INDEX resources_grantees ON resources (
    organization_id, (CASE domain WHEN 'organization/groups' THEN '0' ELSE '1' END || sort_key), id
) WHERE ended_at IS NULL AND domain IN ('organization/groups', 'organization/api-keys');
CREATE INDEX resources_grantees_by_age ON resources (organization_id, domain, created_at)
  WHERE ended_at IS NULL AND domain IN ('organization/groups', 'organization/api-keys');
CREATE UNIQUE INDEX resources_key ON resources (organization_id, domain, key) WHERE ended_at IS NULL;
CREATE INDEX resources_without_words ON resources (id) WHERE words = '';
CREATE VIRTUAL TABLE resources_by_words USING fts5 (
  words, content = 'resources', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE TABLE 'resources_by_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'resources_by_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'resources_by_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE secret_key (
  id integer NOT NULL PRIMARY KEY CHECK (id = 1),
  key_id text NOT NULL DEFAULT ''
);
CREATE TABLE sent_forms (
  id text NOT NULL PRIMARY KEY,
  at datetime NOT NULL
);
CREATE INDEX sent_forms_by_age ON sent_forms (at);
CREATE TABLE session_accesses (
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  access_id integer NOT NULL REFERENCES temporary_accesses (id),
  PRIMARY KEY (session_id, access_id)
);
CREATE INDEX session_accesses_by_access ON session_accesses (access_id);
CREATE TABLE session_organizations (
  id integer NOT NULL PRIMARY KEY,
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  organization_id integer NOT NULL REFERENCES organizations (id),
  last_used_at datetime,
  ended_at datetime
);
CREATE UNIQUE INDEX session_organizations_once ON session_organizations (session_id, organization_id);
CREATE TABLE sessions (
  id text NOT NULL PRIMARY KEY,
  person_id integer NOT NULL REFERENCES people (id),
  account_id integer NOT NULL REFERENCES accounts (id),
  created_at datetime NOT NULL,
  last_seen_at datetime NOT NULL,
  expires_at datetime NOT NULL,
  address text NOT NULL DEFAULT '',
  device text NOT NULL DEFAULT '',
  flash text NOT NULL DEFAULT '',
  provider text NOT NULL DEFAULT 'password',
  second_factor_at datetime
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_person ON sessions (person_id);
CREATE TABLE setup_links (
  id text NOT NULL PRIMARY KEY,
  created_at datetime NOT NULL,
  expires_at datetime NOT NULL,
  used_at datetime
);
CREATE TABLE shown_once (
  session_id text NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  path text NOT NULL,
  sealed text NOT NULL,
  made_at datetime NOT NULL,
  PRIMARY KEY (session_id, path)
);
CREATE INDEX shown_once_by_age ON shown_once (made_at);
CREATE TABLE sign_in_attempts (
  id integer NOT NULL PRIMARY KEY,
  account text NOT NULL,
  address text NOT NULL,
  at datetime NOT NULL,
  failed boolean NOT NULL
);
CREATE INDEX sign_in_attempts_by_account ON sign_in_attempts (account, at);
CREATE INDEX sign_in_attempts_by_address ON sign_in_attempts (address, at);
CREATE INDEX sign_in_attempts_by_age ON sign_in_attempts (at);
CREATE TABLE sign_in_steps (
  id text NOT NULL PRIMARY KEY,
  person_id integer NOT NULL REFERENCES people (id),
  account_id integer NOT NULL REFERENCES accounts (id),
  provider text NOT NULL,
  created_at datetime NOT NULL,
  expires_at datetime NOT NULL
);
CREATE INDEX sign_in_steps_by_account ON sign_in_steps (account_id);
CREATE INDEX sign_in_steps_by_age ON sign_in_steps (expires_at);
CREATE INDEX sign_in_steps_by_person ON sign_in_steps (person_id);
CREATE TABLE subscriptions (
  id integer NOT NULL PRIMARY KEY,
  organization_id integer NOT NULL REFERENCES organizations (id),
  member_id integer NOT NULL REFERENCES members (id),
  kind text NOT NULL,
  since datetime NOT NULL
);
CREATE INDEX subscriptions_by_kind ON subscriptions (organization_id, kind);
CREATE UNIQUE INDEX subscriptions_of_member ON subscriptions (member_id, kind);
CREATE TRIGGER temporary_accesses_words_added AFTER INSERT ON temporary_accesses WHEN new.words <> '' BEGIN
  INSERT INTO temporary_accesses_by_words (rowid, words) VALUES (new.id, new.words);
END;
CREATE TRIGGER temporary_accesses_words_changed AFTER UPDATE OF words ON temporary_accesses BEGIN
  INSERT INTO temporary_accesses_by_words (temporary_accesses_by_words, rowid, words) SELECT 'delete', old.id, old.words WHERE old.words <> '';
  INSERT INTO temporary_accesses_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '';
END;
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
, words text NOT NULL DEFAULT '');
CREATE INDEX temporary_accesses_by_end ON temporary_accesses (organization_id, requested_at, id) WHERE outcome IN ('', 'expired');
CREATE INDEX temporary_accesses_by_outcome ON temporary_accesses (organization_id, outcome, requested_at, id);
CREATE INDEX temporary_accesses_by_person ON temporary_accesses (person_id, requested_at, id);
CREATE INDEX temporary_accesses_by_time ON temporary_accesses (organization_id, requested_at, id);
CREATE INDEX temporary_accesses_due ON temporary_accesses (expires_at) WHERE outcome = '';
CREATE UNIQUE INDEX temporary_accesses_key ON temporary_accesses (organization_id, key);
CREATE INDEX temporary_accesses_running ON temporary_accesses (person_id, organization_id) WHERE outcome = '';
CREATE INDEX temporary_accesses_without_words ON temporary_accesses (id) WHERE words = '';
CREATE VIRTUAL TABLE temporary_accesses_by_words USING fts5 (
  words, content = 'temporary_accesses', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE TABLE 'temporary_accesses_by_words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
CREATE TABLE 'temporary_accesses_by_words_data'(id INTEGER PRIMARY KEY, block BLOB);
CREATE TABLE 'temporary_accesses_by_words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
CREATE TABLE vendor (
  id integer NOT NULL PRIMARY KEY CHECK (id = 1),
  name text NOT NULL DEFAULT '',
  support_mail text NOT NULL DEFAULT '',
  revision integer NOT NULL DEFAULT 0
);
