package models_test

import (
	"slices"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// A database in use keeps who signs in, their sessions and codes; who proved nothing keeps the organizations whose
// invitation they accepted, and no others.
func TestAccountsAreMadeOfThePeopleOfADatabaseInUse(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			store := modelstest.New(t, modelstest.Options{Database: database, Empty: true})
			ok(t, models.MigrateTo(ctx, store, 8))
			for _, sql := range []string{
				`INSERT INTO organizations (id, key, name, created_at) VALUES (1, 'acme', 'Acme', '2026-01-01 00:00:00+00:00'), (2, 'other', 'Other', '2026-01-01 00:00:00+00:00')`,
				`INSERT INTO people (id, email, name, folded, password_hash, totp_secret, totp_step, unproven, created_at) VALUES
					(1, 'owner@example.com', 'Owner', 'owner', 'hash', 'secret', 7, false, '2026-01-01 00:00:00+00:00'),
					(2, 'joined@example.com', 'Joined', 'joined', 'of a link', '', 0, true, '2026-01-01 00:00:00+00:00'),
					(3, 'listed@example.com', 'Listed', 'listed', '', '', 0, false, '2026-01-01 00:00:00+00:00'),
					(4, 'mailed@example.com', 'Mailed', 'mailed', '', '', 0, false, '2026-01-01 00:00:00+00:00')`,
				`INSERT INTO members (organization_id, person_id, name, folded, email, since, provider) VALUES
					(1, 1, 'Owner', 'owner', 'owner@example.com', '2026-01-01 00:00:00+00:00', 'password'),
					(1, 2, 'Joined', 'joined', 'joined@example.com', '2026-02-01 00:00:00+00:00', 'password'),
					(2, 2, 'Joined', 'joined', 'joined@example.com', '2026-02-02 00:00:00+00:00', 'any'),
					(1, 4, 'Mailed', 'mailed', 'mailed@example.com', '2026-01-01 00:00:00+00:00', 'email-link')`,
				`INSERT INTO invitations (organization_id, email, provider, inviter_id, inviter_name, created_at, expires_at, outcome, person_id, ended_at) VALUES
					(1, 'joined@example.com', 'password', 1, 'Owner', '2026-01-31 00:00:00+00:00', '2026-02-10 00:00:00+00:00', 'accepted', 2, '2026-02-01 00:00:00+00:00')`,
				`INSERT INTO sessions (id, person_id, created_at, last_seen_at, expires_at) VALUES ('s', 2, '2026-02-03 00:00:00+00:00', '2026-02-03 00:00:00+00:00', '2026-02-03 12:00:00+00:00')`,
				`INSERT INTO recovery_codes (id, person_id, created_at) VALUES ('code', 1, '2026-01-01 00:00:00+00:00')`,
			} {
				ok(t, models.Exec(ctx, store, sql))
			}
			ok(t, store.Migrate(ctx))
			owner, listed := get(store.PersonByID(ctx, 1))(t), get(store.PersonByID(ctx, 3))(t)
			if owner.Unproven || owner.PasswordHash != "hash" || owner.TOTPSecret != "secret" || owner.TOTPStep != 7 || owner.Name != "Owner" ||
				get(store.RecoveryCodesLeft(ctx, owner.AccountID))(t) != 1 {
				t.Errorf("who had proven the address is %+v", owner)
			}
			if listed.AccountID != 0 || !listed.Unproven {
				t.Errorf("who was only listed is %+v", listed)
			}
			if mailed := get(store.PersonByID(ctx, 4))(t); mailed.AccountID == 0 || mailed.Unproven || mailed.PasswordHash != "" {
				t.Errorf("who signs in by mail is %+v", mailed)
			}
			session := get(store.SessionByID(ctx, "s"))(t)
			joined := get(store.PersonByAccount(ctx, session.AccountID))(t)
			if joined.ID != 2 || !joined.Unproven || joined.PasswordHash != "of a link" || joined.Name != "Joined" {
				t.Errorf("who joined by a link is %+v", joined)
			}
			for key, want := range map[string]bool{"acme": true, "other": false} {
				if e := get(store.Entry(ctx, key, joined, ""))(t); e.Open != want {
					t.Errorf("%s is open to the account of a link: %t", key, e.Open)
				}
			}
			for organization, want := range map[models.OrganizationID][]models.PersonID{1: {1, 2}, 2: nil} {
				if all := byPassword(t, store.In(organization), 1, 2, 3, 4); !slices.Equal(all, want) {
					t.Errorf("organization %d is entered by password by %v, want %v", organization, all, want)
				}
			}
		})
	}
}
