-- +goose Up

-- Activities, requests for temporary access and mails are found by words in any order, from an index, as names are (0020). What an
-- activity is found by is made of what it says and is no part of its hash. Rows of earlier versions get it in the background.
ALTER TABLE activities ADD COLUMN words text NOT NULL DEFAULT '';
ALTER TABLE temporary_accesses ADD COLUMN words text NOT NULL DEFAULT '';
ALTER TABLE mails ADD COLUMN words text NOT NULL DEFAULT '';

-- What lines say is found by their operation.
CREATE INDEX activities_by_operation ON activities (organization_id, operation, id);
CREATE INDEX activities_without_words ON activities (id) WHERE words = '';
CREATE INDEX temporary_accesses_without_words ON temporary_accesses (id) WHERE words = '';
CREATE INDEX mails_without_words ON mails (id) WHERE words = '';

CREATE VIRTUAL TABLE activities_by_words USING fts5 (
  words, content = 'activities', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE VIRTUAL TABLE temporary_accesses_by_words USING fts5 (
  words, content = 'temporary_accesses', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);
CREATE VIRTUAL TABLE mails_by_words USING fts5 (
  words, content = 'mails', content_rowid = 'id', tokenize = 'trigram case_sensitive 1', detail = none, columnsize = 0);

-- +goose StatementBegin
CREATE TRIGGER activities_words_added AFTER INSERT ON activities WHEN new.words <> '' BEGIN
  INSERT INTO activities_by_words (rowid, words) VALUES (new.id, new.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER activities_words_changed AFTER UPDATE OF words ON activities BEGIN
  INSERT INTO activities_by_words (activities_by_words, rowid, words) SELECT 'delete', old.id, old.words WHERE old.words <> '';
  INSERT INTO activities_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '';
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER temporary_accesses_words_added AFTER INSERT ON temporary_accesses WHEN new.words <> '' BEGIN
  INSERT INTO temporary_accesses_by_words (rowid, words) VALUES (new.id, new.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER temporary_accesses_words_changed AFTER UPDATE OF words ON temporary_accesses BEGIN
  INSERT INTO temporary_accesses_by_words (temporary_accesses_by_words, rowid, words) SELECT 'delete', old.id, old.words WHERE old.words <> '';
  INSERT INTO temporary_accesses_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '';
END;
-- +goose StatementEnd

-- Of mails only those that wait or could not be sent.
-- +goose StatementBegin
CREATE TRIGGER mails_words_added AFTER INSERT ON mails WHEN new.words <> '' AND new.ended_at IS NULL BEGIN
  INSERT INTO mails_by_words (rowid, words) VALUES (new.id, new.words);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER mails_words_changed AFTER UPDATE OF words, ended_at ON mails BEGIN
  INSERT INTO mails_by_words (mails_by_words, rowid, words)
    SELECT 'delete', old.id, old.words WHERE old.words <> '' AND old.ended_at IS NULL;
  INSERT INTO mails_by_words (rowid, words) SELECT new.id, new.words WHERE new.words <> '' AND new.ended_at IS NULL;
END;
-- +goose StatementEnd
