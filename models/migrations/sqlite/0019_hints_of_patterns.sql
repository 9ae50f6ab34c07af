-- +goose Up

-- What a category's pattern asks for, in words: nobody is shown a regular expression.
ALTER TABLE categories ADD COLUMN hint text NOT NULL DEFAULT '';
