-- +goose Up

-- Mails to send: written with the change that they tell of, sent afterwards by whichever process takes the lease. data
-- is JSON without a secret: links are made when a mail is sent. ended_at is empty while somebody has to do something about
-- a mail: the worker while it waits, a person once it has failed.
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
);
CREATE UNIQUE INDEX mails_by_message_id ON mails (message_id);
CREATE INDEX mails_due ON mails (next_at, id) WHERE state = 'waiting';
CREATE INDEX mails_open ON mails (organization_id, id) WHERE ended_at IS NULL;
CREATE INDEX mails_ended ON mails (ended_at) WHERE ended_at IS NOT NULL;
