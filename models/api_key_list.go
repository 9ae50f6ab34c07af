package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// KeyStatus is how an API key stands at a moment (R11, R12).
type KeyStatus string

// The statuses. A key that has expired reads so whether or not it is enabled: enabling it would change nothing.
const (
	KeyEnabled  KeyStatus = "enabled"
	KeyExpiring KeyStatus = "expiring" // enabled, and ends within KeyWarning
	KeyDisabled KeyStatus = "disabled"
	KeyExpired  KeyStatus = "expired"
)

// KeyWarning is how long before its end a key is called expiring.
const KeyWarning = 14 * 24 * time.Hour

// Status is how the key stands at a moment.
func (k APIKey) Status(at time.Time) KeyStatus {
	switch {
	case k.ExpiresAt != nil && !at.Before(*k.ExpiresAt):
		return KeyExpired
	case !k.Enabled:
		return KeyDisabled
	case k.ExpiresAt != nil && !at.Add(KeyWarning).Before(*k.ExpiresAt):
		return KeyExpiring
	}
	return KeyEnabled
}

// APIKeyFilter is which API keys are asked for. Columns to sort by: name, created, expires, used.
type APIKeyFilter struct {
	Page
	Status KeyStatus // at the moment At; "" = all
	At     time.Time
	Unused Unused
}

// What stands for no end and for no use where keys are sorted by them. Both databases read the same text.
var (
	neverEnds = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)
	neverUsed = time.Time{}
)

var apiKeyKeys = keyset[APIKey]{
	columns: map[string]column[APIKey]{
		"name":    {"r.sort_key", func(k APIKey) any { return k.SortKey }},
		"created": {"r.created_at", func(k APIKey) any { return k.CreatedAt }},
		"expires": {"COALESCE(k.expires_at, '9999-12-31 00:00:00+00:00')", func(k APIKey) any { return timeOr(k.ExpiresAt, neverEnds) }},
		"used":    {"COALESCE(k.last_used_at, '0001-01-01 00:00:00+00:00')", func(k APIKey) any { return timeOr(k.LastUsedAt, neverUsed) }},
	},
	id:    "r.id",
	idOf:  func(k APIKey) int64 { return int64(k.ID) },
	key:   "r.key",
	keyOf: func(k APIKey) string { return k.Key },
}

func timeOr(t *time.Time, otherwise time.Time) time.Time {
	if t == nil {
		return otherwise
	}
	return *t
}

// APIKeys is one page of the API keys.
func (s *Scope) APIKeys(ctx context.Context, f APIKeyFilter) (Listing[APIKey], error) {
	l, err := apiKeyKeys.search(ctx, s, f.Page, wordsOfResources, []access.DomainKey{access.APIKeysDomain},
		func(among string, args ...any) *query { return s.apiKeys(f, among, args) })
	return l, wrap("list API keys", err)
}

// apiKeys begins the query for a page of the API keys, among those that a condition on r.id names where there is one.
func (s *Scope) apiKeys(f APIKeyFilter, among string, args []any) *query {
	q := newQuery(keySelect, s.id, access.APIKeysDomain)
	if among != "" {
		q = newQuery(keyRows+"WHERE "+s.store.dialect.unindexed("r.organization_id")+" = ? AND r.domain = ? AND r.ended_at IS NULL "+among,
			append([]any{s.id, access.APIKeysDomain}, args...)...)
	}
	at, soon := moment(f.At), moment(f.At.Add(KeyWarning))
	switch f.Status {
	case KeyEnabled:
		q.add("AND k.enabled AND (k.expires_at IS NULL OR k.expires_at > ?)", soon)
	case KeyExpiring:
		q.add("AND k.enabled AND k.expires_at > ? AND k.expires_at <= ?", at, soon)
	case KeyDisabled:
		q.add("AND NOT k.enabled AND (k.expires_at IS NULL OR k.expires_at > ?)", at)
	case KeyExpired:
		q.add("AND k.expires_at <= ?", at)
	}
	f.Unused.ofKey(q)
	return q
}

// ExpiringAPIKeys is how many API keys are of KeyExpiring at a moment.
func (s *Scope) ExpiringAPIKeys(ctx context.Context, at time.Time) (int, error) {
	n, err := row[int](ctx, s.store, `
		SELECT count(*) FROM api_keys k
		JOIN resources r ON r.id = k.id AND r.ended_at IS NULL
		WHERE k.organization_id = ? AND k.enabled AND k.expires_at > ? AND k.expires_at <= ?`,
		s.id, moment(at), moment(at.Add(KeyWarning)))
	return n, wrap("count expiring API keys", err)
}
