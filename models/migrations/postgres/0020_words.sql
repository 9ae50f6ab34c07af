-- +goose Up

-- Names sort as in a dictionary and are found by words in any order. What a name sorts by (sort_key, until now the name in
-- small letters) and what it is found by (words) is made by the console (models/keys.go): in rows of earlier versions after
-- it has started, batch by batch. keys says how far it is. The index over the words is made by Migrate (models/word_index.go),
-- since it depends on what the server has.
ALTER TABLE resources RENAME COLUMN folded TO sort_key;
ALTER TABLE people RENAME COLUMN folded TO sort_key;
ALTER TABLE members RENAME COLUMN folded TO sort_key;
ALTER TABLE memberships RENAME COLUMN folded TO sort_key;
ALTER TABLE resources ADD COLUMN words text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN words text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE members ADD COLUMN words text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE invitations ADD COLUMN words text COLLATE "C" NOT NULL DEFAULT '';

CREATE INDEX resources_without_words ON resources (id) WHERE words = '';
CREATE INDEX people_without_words ON people (id) WHERE words = '';
CREATE INDEX members_without_words ON members (id) WHERE words = '';
CREATE INDEX invitations_without_words ON invitations (id) WHERE words = '';
DROP INDEX members_by_name;
CREATE INDEX members_by_name ON members (organization_id, sort_key, id) WHERE ended_at IS NULL;

CREATE TABLE keys (
  list text COLLATE "C" NOT NULL PRIMARY KEY,
  version text COLLATE "C" NOT NULL,
  upto bigint NOT NULL DEFAULT 0,
  done boolean NOT NULL DEFAULT false
);
