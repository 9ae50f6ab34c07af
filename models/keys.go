package models

import (
	"context"
	"fmt"

	"bailiwick/access"
	"bailiwick/names"
)

// keyedLists are the tables whose rows are sorted and found by what package names makes of a name. FillKeys writes that
// for rows from before, in this order.
var keyedLists = []keyedList{
	{"resources", `SELECT id, organization_id, domain, name, COALESCE(description, '') AS description FROM (
		SELECT r.*, g.description FROM resources r LEFT JOIN groups g ON g.id = r.id) AS described WHERE %s`, (*Store).keyResource, false},
	// Groups once more: an earlier version wrote their names alone, and all other resources need nothing new.
	{"groups", `SELECT id, organization_id, domain, name, description FROM (
		SELECT r.id, r.organization_id, r.domain, r.name, r.words, g.description FROM groups g
		JOIN resources r ON r.id = g.id) AS described WHERE %s`, (*Store).keyResource, false},
	{"people", "SELECT id, 0 AS organization_id, '' AS domain, name, email FROM people WHERE %s", (*Store).keyPerson, false},
	{"members", "SELECT id, organization_id, '' AS domain, name, email FROM members WHERE %s", (*Store).keyMember, false},
	{"invitations", "SELECT id, organization_id, '' AS domain, '' AS name, email FROM invitations WHERE %s", (*Store).keyInvitation, false},
	{"mails", "SELECT id, COALESCE(organization_id, 0) AS organization_id, '' AS domain, '' AS name, recipient AS email FROM mails WHERE %s", (*Store).keyMail, false},
	{"temporary_accesses", `SELECT id, organization_id, domain, name, email FROM (
		SELECT t.id, t.organization_id, '' AS domain, r.name, p.email, t.words FROM temporary_accesses t
		JOIN resources r ON r.id = t.id JOIN people p ON p.id = t.person_id) AS requests WHERE %s`, (*Store).keyRequest, false},
	{"activities", "SELECT id, COALESCE(organization_id, 0) AS organization_id, '' AS domain, '' AS name, '' AS email FROM activities WHERE %s", (*Store).keyActivity, true},
}

type keyedList struct {
	table, rows string
	write       func(tx *Store, ctx context.Context, row unkeyed) error
	later       bool // Migrate does not wait for any of them: there are more than of all others, and most are found meanwhile
}

// unkeyed is a row of any of the lists.
type unkeyed struct {
	ID             int64
	OrganizationID OrganizationID
	Domain         access.DomainKey
	Name, Email    string
	Description    string // of a group
}

// keyProgress is how far a list is.
type keyProgress struct {
	Version string
	Upto    int64 // the rows up to this number are done
	Done    bool
}

// sortKeyOf is what the name of a person sorts by, and people of one name by their addresses; of who has no name the address alone.
func sortKeyOf(name, email string) string {
	if names.Compose(name) == "" {
		return names.SortKey(email)
	}
	return names.SortKeyThen(name, email)
}

// FillKeys writes what names sort by and are found by into the rows that have none, or that were written by another version,
// batch by batch: others go on meanwhile. Where it is stopped it goes on the next time. When there is nothing to write it
// reads a few rows.
func (s *Store) FillKeys(ctx context.Context) error {
	for _, list := range keyedLists {
		for done := false; !done; {
			var err error
			if done, err = s.fillSome(ctx, list); err != nil {
				return wrap("write sort keys of "+list.table, err)
			}
		}
	}
	return nil
}

// filledAtOnce are the batches of each list that Migrate waits for. Small organizations are done with them.
const filledAtOnce = 20

// fillFirst is FillKeys for the first rows of each list that is waited for.
func (s *Store) fillFirst(ctx context.Context) error {
	for _, list := range keyedLists {
		if list.later {
			continue
		}
		for range filledAtOnce {
			done, err := s.fillSome(ctx, list)
			if err != nil {
				return err
			}
			if done {
				break
			}
		}
	}
	return nil
}

// fillSome writes one batch, and tells whether that was the last.
func (s *Store) fillSome(ctx context.Context, list keyedList) (bool, error) {
	done, err := s.filled(ctx, list)
	if err != nil || done {
		return done, err
	}
	err = s.Tx(ctx, func(tx *Store) error {
		progress, err := tx.holdProgress(ctx, list)
		if err != nil {
			return err
		}
		found, err := tx.unkeyedRows(ctx, list, progress)
		if err != nil {
			return err
		}
		for _, row := range found {
			if err := list.write(tx, ctx, row); err != nil {
				return err
			}
			progress.Upto = max(progress.Upto, row.ID)
		}
		done = len(found) < batch
		_, err = tx.exec(ctx, "UPDATE keys SET version = ?, upto = ?, done = ? WHERE list = ?",
			names.Version, progress.Upto, progress.Done || done, list.table)
		return err
	})
	return done, err
}

// filled tells whether a list is done, without holding anything.
func (s *Store) filled(ctx context.Context, list keyedList) (bool, error) {
	found, err := rows[keyProgress](ctx, s, "SELECT version, upto, done FROM keys WHERE list = ?", list.table)
	if err != nil || len(found) == 0 || !found[0].Done || found[0].Version != names.Version {
		return false, err
	}
	without, err := s.unkeyedRows(ctx, list, found[0])
	return len(without) == 0, err
}

// holdProgress is how far a list is, which nobody else changes until the transaction ends.
func (s *Store) holdProgress(ctx context.Context, list keyedList) (keyProgress, error) {
	_, err := s.exec(ctx, "INSERT INTO keys (list, version) VALUES (?, ?) ON CONFLICT DO NOTHING", list.table, names.Version)
	if err != nil {
		return keyProgress{}, err
	}
	p, err := row[keyProgress](ctx, s, "SELECT version, upto, done FROM keys WHERE list = ?"+s.dialect.locked(), list.table)
	if err == nil && p.Version != names.Version {
		p = keyProgress{}
	}
	return p, err
}

// unkeyedRows are the next that are to be written: behind those that are done, or, in a list that is done, such as a program of
// an earlier version wrote.
func (s *Store) unkeyedRows(ctx context.Context, list keyedList, p keyProgress) ([]unkeyed, error) {
	if p.Done {
		return rows[unkeyed](ctx, s, fmt.Sprintf(list.rows, "words = ''")+" ORDER BY id LIMIT ?", batch)
	}
	return rows[unkeyed](ctx, s, fmt.Sprintf(list.rows, "id > ?")+" ORDER BY id LIMIT ?", p.Upto, batch)
}

func (s *Store) keyResource(ctx context.Context, r unkeyed) error {
	_, err := s.exec(ctx, "UPDATE resources SET sort_key = ?, words = ? WHERE id = ?",
		names.SortKey(r.Name), wordsOfResources.text(r.OrganizationID, r.Domain, r.Name, r.Description), r.ID)
	return err
}

func (s *Store) keyPerson(ctx context.Context, r unkeyed) error {
	_, err := s.exec(ctx, "UPDATE people SET sort_key = ?, words = ? WHERE id = ?",
		sortKeyOf(r.Name, r.Email), names.Text(r.Name, r.Email), r.ID)
	return err
}

// keyMember writes the memberships too.
func (s *Store) keyMember(ctx context.Context, r unkeyed) error {
	key := sortKeyOf(r.Name, r.Email)
	_, err := s.exec(ctx, "UPDATE members SET sort_key = ?, words = ? WHERE id = ?",
		key, wordsOfMembers.text(r.OrganizationID, "", r.Name, r.Email), r.ID)
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, `
		UPDATE memberships SET sort_key = ?
		WHERE organization_id = ? AND ended_at IS NULL AND person_id = (SELECT n.person_id FROM members n WHERE n.id = ? AND n.ended_at IS NULL)`,
		key, r.OrganizationID, r.ID)
	return err
}

func (s *Store) keyInvitation(ctx context.Context, r unkeyed) error {
	_, err := s.exec(ctx, "UPDATE invitations SET words = ? WHERE id = ?", wordsOfInvitations.text(r.OrganizationID, "", r.Email), r.ID)
	return err
}

func (s *Store) keyMail(ctx context.Context, r unkeyed) error {
	_, err := s.exec(ctx, "UPDATE mails SET words = ? WHERE id = ?", wordsOfMails.text(r.OrganizationID, "", r.Email), r.ID)
	return err
}

func (s *Store) keyRequest(ctx context.Context, r unkeyed) error {
	_, err := s.exec(ctx, "UPDATE temporary_accesses SET words = ? WHERE id = ?", wordsOfRequests.text(r.OrganizationID, "", r.Name, r.Email), r.ID)
	return err
}

// keyActivity writes what an activity is found by, which is no part of its hash.
func (s *Store) keyActivity(ctx context.Context, r unkeyed) error {
	a, err := row[Activity](ctx, s, `
		SELECT a.organization_id, a.operation, a.outcome, a.actor_name, `+knownEmail+` AS actor_email, a.resource_name, a.resource_key, a.before, a.after
		FROM activities a `+actorOf+" WHERE a.id = ?", r.ID)
	if err != nil {
		return err
	}
	_, err = s.exec(ctx, "UPDATE activities SET words = ? WHERE id = ?", a.words(), r.ID)
	return err
}
