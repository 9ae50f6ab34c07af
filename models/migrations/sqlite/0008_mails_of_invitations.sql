-- +goose Up

-- Mails are counted by when they went out: an invitation can be mailed again long after it was made.
DROP INDEX invitations_by_creation;
CREATE INDEX invitations_by_mail ON invitations (organization_id, mailed_at);
