-- +goose Up

-- Activities, requests for temporary access and mails are found by words in any order, from an index, as names are (0020). What an
-- activity is found by is made of what it says and is no part of its hash. Rows of earlier versions get it in the background.
-- Migrate makes the indexes over the words (models/word_index.go).
ALTER TABLE activities ADD COLUMN words text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE temporary_accesses ADD COLUMN words text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE mails ADD COLUMN words text COLLATE "C" NOT NULL DEFAULT '';

-- What lines say is found by their operation.
CREATE INDEX activities_by_operation ON activities (organization_id, operation, id);
CREATE INDEX activities_without_words ON activities (id) WHERE words = '';
CREATE INDEX temporary_accesses_without_words ON temporary_accesses (id) WHERE words = '';
CREATE INDEX mails_without_words ON mails (id) WHERE words = '';
