package models

import (
	"context"
	"slices"

	"bailiwick/access"
)

// keySet is where the API keys of a range are looked for: few says that it can be none but these; else they are looked for among all.
type keySet struct {
	keys []access.GranteeID
	few  bool
}

func (s keySet) none() bool { return s.few && len(s.keys) == 0 }

// fewHolders is up to how many grantees with some levels, groups among them, are looked through for the keys that are some of them.
const fewHolders = 2_000

// readHolding finds the API keys that may have it from what is held, where few hold it: looking at each key would take as long as
// there are keys. How many hold it is counted with each change; what the keys really reach is for keyReach to say.
func (r *reachers) readHolding(ctx context.Context) error {
	if !r.keys() || r.holding != nil {
		return nil
	}
	r.holding = map[reachRange]keySet{}
	counts, err := rows[struct {
		Level    string
		Keys     bool
		Grantees int
	}](ctx, r.store, "SELECT level, holders = ? AS keys, grantees FROM level_counts WHERE organization_id = ? AND domain = ? AND grantees > 0",
		access.APIKeysDomain, r.id, r.Domain)
	if err != nil {
		return err
	}
	for in := range slices.Values([]reachRange{rangeFull, rangeAll}) {
		levels, keys, holders := r.keyLevels(in), 0, 0
		for _, c := range counts {
			if c.Keys {
				keys += c.Grantees
			}
			if slices.Contains(levels, c.Level) {
				holders += c.Grantees
			}
		}
		switch {
		case keys == 0: // none has any level on the domain
			r.holding[in] = keySet{few: true}
		case holders <= fewHolders:
			if r.holding[in], err = r.keysHolding(ctx, levels); err != nil {
				return err
			}
		}
	}
	r.holding[rangePart] = r.holding[rangeAll]
	return nil
}

// keyLevels are the levels that may give a key what the range is about, whatever its template. The resource on its list may as well.
func (r *reachers) keyLevels(in reachRange) []string {
	wanted := slices.Clone(r.Full)
	if in != rangeFull {
		wanted = append(wanted, r.Part...)
	}
	levels := slices.Clone(wanted)
	for _, k := range r.Keys {
		if slices.Contains(wanted, k.Gives) {
			levels = append(levels, k.Level)
		}
	}
	slices.Sort(levels)
	return slices.Compact(levels)
}

// keysHolding are the API keys that have one of the levels on the domain, or the resource on their list.
func (r *reachers) keysHolding(ctx context.Context, levels []string) (keySet, error) {
	q := newQuery("SELECT DISTINCT k.id FROM (SELECT p.grantee_id AS id FROM privileges p WHERE p.organization_id = ? AND p.domain = ? AND p.ended_at IS NULL AND "+
		levelIn(levels), r.id, r.Domain)
	for _, l := range levels {
		q.args = append(q.args, l)
	}
	if r.lists() {
		q.add("UNION ALL SELECT e.grantee_id FROM editor_entries e WHERE e.organization_id = ? AND e.resource_id = ? AND e.ended_at IS NULL", r.id, r.Reach.Resource)
	}
	q.add(") AS c CROSS JOIN api_keys k WHERE k.id = c.id LIMIT ?", mergedGivers+1)
	keys, err := rows[access.GranteeID](ctx, r.store, q.sql.String(), q.args...)
	if len(keys) > mergedGivers {
		return keySet{}, err
	}
	return keySet{keys, true}, err
}
