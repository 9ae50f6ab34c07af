package models

import (
	"context"
	"fmt"
	"time"

	"bailiwick/access"
)

// storableAll are those of the texts that a row could have; the others are nobody's.
func storableAll(texts []string) []string {
	var all []string
	for _, text := range texts {
		if storable(text) {
			all = append(all, text)
		}
	}
	return all
}

// reviseAll changes several resources of a domain at once, and raises their revisions. sets ends in a comma or is empty. ErrNotFound when
// one of them is not there, or is named twice. It asks for no revision: the change has read the rows, and nobody else changes them before
// it ends.
func (s *Scope) reviseAll(ctx context.Context, sets string, args []any, domain access.DomainKey, ids []access.ResourceID, by string, at time.Time) error {
	changed, err := s.exec(ctx, `
		UPDATE resources SET `+sets+saves+`
		WHERE `+s.store.dialect.unindexed("organization_id")+` = ? AND domain = ? AND ended_at IS NULL AND `+s.store.dialect.ids("id"),
		append(args, moment(at), by, s.id, domain, list(ids))...)
	return allOf(ids, changed, err)
}

// allOf is ErrNotFound where a statement changed fewer rows than it was asked to.
func allOf(ids []access.ResourceID, changed int, err error) error {
	if err == nil && changed != len(ids) {
		return ErrNotFound
	}
	return err
}

// ChosenResources are those of a domain with the keys, by name; keys that there are not are left out.
func (s *Scope) ChosenResources(ctx context.Context, domain access.DomainKey, keys []string) ([]Resource, error) {
	all, err := rows[Resource](ctx, s.store, resourceSelect+"AND r.domain = ? AND "+s.store.dialect.texts("r.key")+" ORDER BY r.sort_key || '', r.id",
		s.id, domain, list(storableAll(keys)))
	return all, wrap("read chosen resources", err)
}

// TouchAll raises the revisions of several resources of a domain, and notes who changed them when. ErrNotFound when one of them is not
// there, or is named twice, as with all that follow.
func (s *Scope) TouchAll(ctx context.Context, domain access.DomainKey, ids []access.ResourceID, by string, at time.Time) error {
	return wrap("touch resources", s.reviseAll(ctx, "", nil, domain, ids, by, at))
}

// SetOwners makes several resources of a domain belong to somebody; nil is nobody.
func (s *Scope) SetOwners(ctx context.Context, domain access.DomainKey, ids []access.ResourceID, owner *PersonID, by string, at time.Time) error {
	return wrap("set owners", s.reviseAll(ctx, "owner_id = ?, ", []any{owner}, domain, ids, by, at))
}

// RecordOperations notes the last action that was run on several resources of a domain, as RecordOperation does of one.
func (s *Scope) RecordOperations(ctx context.Context, domain access.DomainKey, ids []access.ResourceID, operation string, at time.Time) error {
	changed, err := s.exec(ctx, `
		UPDATE resources SET last_operation = ?, last_operation_at = ?
		WHERE `+s.store.dialect.unindexed("organization_id")+` = ? AND domain = ? AND ended_at IS NULL AND `+s.store.dialect.ids("id"), operation, moment(at), s.id, domain, list(ids))
	return wrap("record operations", allOf(ids, changed, err))
}

// EndResources deletes several resources of a domain, as EndResource does one. Not for groups and API keys, of which more has to end.
func (s *Scope) EndResources(ctx context.Context, domain access.DomainKey, ids []access.ResourceID, at time.Time) error {
	if holdsPrivileges(domain) {
		return wrap("end resources", fmt.Errorf("%s are not only resources", domain))
	}
	err := s.whole(ctx, func(tx *Scope) error {
		ended, err := tx.exec(ctx, `
			UPDATE resources SET ended_at = ?, revision = revision + 1
			WHERE `+tx.store.dialect.unindexed("organization_id")+` = ? AND domain = ? AND ended_at IS NULL AND `+tx.store.dialect.ids("id"), moment(at), tx.id, domain, list(ids))
		if err := allOf(ids, ended, err); err != nil {
			return err
		}
		if err := tx.countResources(ctx, domain, -len(ids)); err != nil {
			return err
		}
		_, err = tx.exec(ctx, "UPDATE editor_entries SET ended_at = ? WHERE organization_id = ? AND ended_at IS NULL AND "+tx.store.dialect.ids("resource_id"),
			moment(at), tx.id, list(ids))
		return err
	})
	return wrap("end resources", err)
}

// ListedByAll are the groups and API keys that have each of the resources in their editor list.
func (s *Scope) ListedByAll(ctx context.Context, domain access.DomainKey, ids []access.ResourceID) (map[access.ResourceID][]access.Grantee, error) {
	type listed struct {
		ResourceID access.ResourceID
		ID         access.GranteeID
		Domain     access.DomainKey
		Key, Name  string
	}
	found, err := rows[listed](ctx, s.store, `
		SELECT e.resource_id, g.id, g.domain, g.key, g.name
		FROM editor_entries e
		JOIN resources g ON g.id = e.grantee_id
		WHERE e.organization_id = ? AND `+s.store.dialect.unindexed("e.domain")+" = ? AND "+inForce("e")+" AND "+s.store.dialect.ids("e.resource_id")+`
		ORDER BY e.resource_id, g.id`, s.id, domain, s.store.Now(), list(ids))
	if err != nil {
		return nil, wrap("read who lists resources", err)
	}
	all := map[access.ResourceID][]access.Grantee{}
	for _, l := range found {
		kind := access.Group
		if l.Domain == access.APIKeysDomain {
			kind = access.APIKey
		}
		all[l.ResourceID] = append(all[l.ResourceID], access.Grantee{Kind: kind, ID: l.ID, Key: l.Key, Name: l.Name})
	}
	return all, nil
}
