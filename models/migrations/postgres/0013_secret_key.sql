-- +goose Up

-- With which key the secrets of second factors are encrypted: one row, and the lock of a change of the key. key_id is a short
-- digest of the key, which itself never stands in the database; empty until an instance has one.
CREATE TABLE secret_key (
  id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
  key_id text NOT NULL DEFAULT ''
);
INSERT INTO secret_key (id) VALUES (1);
