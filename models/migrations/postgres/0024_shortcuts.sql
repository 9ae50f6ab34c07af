-- +goose Up

-- Whether bare keys do something for whoever uses the account: off until they turn it on (WCAG 2.1.4).
ALTER TABLE accounts ADD COLUMN shortcuts boolean NOT NULL DEFAULT false;
