-- +goose Up

-- The temporary access with which a session ended: whoever still holds the session's secret is told that it is over, and when.
-- NULL where it ended for another reason.
ALTER TABLE ended_sessions ADD COLUMN access_id bigint REFERENCES temporary_accesses (id);
