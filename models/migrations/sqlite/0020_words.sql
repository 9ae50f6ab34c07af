-- +goose Up

-- Names sort as in a dictionary and are found by words in any order. What a name sorts by (sort_key, until now the name in
-- small letters) and what it is found by (words) is made by the console (models/keys.go): in rows of earlier versions after
-- it has started, batch by batch. keys says how far it is.
ALTER TABLE resources RENAME COLUMN folded TO sort_key;
ALTER TABLE people RENAME COLUMN folded TO sort_key;
ALTER TABLE members RENAME COLUMN folded TO sort_key;
ALTER TABLE memberships RENAME COLUMN folded TO sort_key;
ALTER TABLE resources ADD COLUMN words text NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN words text NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN words text NOT NULL DEFAULT '';
ALTER TABLE invitations ADD COLUMN words text NOT NULL DEFAULT '';

CREATE INDEX resources_without_words ON resources (id) WHERE words = '';
CREATE INDEX people_without_words ON people (id) WHERE words = '';
CREATE INDEX members_without_words ON members (id) WHERE words = '';
CREATE INDEX invitations_without_words ON invitations (id) WHERE words = '';
DROP INDEX members_by_name;
CREATE INDEX members_by_name ON members (organization_id, sort_key, id) WHERE ended_at IS NULL;

CREATE TABLE keys (
  list text NOT NULL PRIMARY KEY,
  version text NOT NULL,
  upto integer NOT NULL DEFAULT 0,
  done boolean NOT NULL DEFAULT false
);

-- Each three characters of the words, with the rows that have them. Ended rows are not in it. Texts are folded already.
CREATE VIRTUAL TABLE resources_by_words USING fts5 (
  words, content = 'resources', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE VIRTUAL TABLE members_by_words USING fts5 (
  words, content = 'members', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE VIRTUAL TABLE invitations_by_words USING fts5 (
  words, content = 'invitations', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);

-- +goose StatementBegin
CREATE TRIGGER resources_words_added AFTER INSERT ON resources WHEN new.words <> '' AND new.ended_at IS NULL BEGIN
  INSERT INTO resources_by_words (rowid, words) VALUES (new.id, new.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER resources_words_changed AFTER UPDATE OF words, ended_at ON resources BEGIN
  INSERT INTO resources_by_words (resources_by_words, rowid, words)
    SELECT 'delete', old.id, old.words WHERE old.words <> '' AND old.ended_at IS NULL;
  INSERT INTO resources_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '' AND new.ended_at IS NULL;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER members_words_added AFTER INSERT ON members WHEN new.words <> '' AND new.ended_at IS NULL BEGIN
  INSERT INTO members_by_words (rowid, words) VALUES (new.id, new.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER members_words_changed AFTER UPDATE OF words, ended_at ON members BEGIN
  INSERT INTO members_by_words (members_by_words, rowid, words)
    SELECT 'delete', old.id, old.words WHERE old.words <> '' AND old.ended_at IS NULL;
  INSERT INTO members_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '' AND new.ended_at IS NULL;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invitations_words_added AFTER INSERT ON invitations WHEN new.words <> '' BEGIN
  INSERT INTO invitations_by_words (rowid, words) VALUES (new.id, new.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER invitations_words_changed AFTER UPDATE OF words ON invitations BEGIN
  INSERT INTO invitations_by_words (invitations_by_words, rowid, words) SELECT 'delete', old.id, old.words WHERE old.words <> '';
  INSERT INTO invitations_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '';
END;
-- +goose StatementEnd
