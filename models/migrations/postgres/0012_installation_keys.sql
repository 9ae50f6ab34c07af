-- +goose Up

-- Secrets of the installation that all of its instances share, each made when it is first needed.
CREATE TABLE installation_keys (
  name text NOT NULL PRIMARY KEY,
  secret text NOT NULL,
  created_at timestamptz NOT NULL
);
