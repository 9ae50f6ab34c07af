package models

import (
	"context"
	"slices"
	"time"

	"bailiwick/access"
)

// Reach is a question: who can do something on a domain, or on one resource of it. Levels are told apart by what they give
// there: Full is the more (edit, or the domain's only ability), Part the less (view).
type Reach struct {
	Domain   access.DomainKey
	Resource access.ResourceID // 0: the domain as a whole
	Full     []string          // levels that give the more
	Part     []string          // levels that give the less alone; Custom gives the more to what its list holds
	Keys     []KeyReach        // where an API key has not what is stored, because of its template (R11)
}

// KeyReach is what a level that is stored, with its box, comes to for the API keys of a template.
type KeyReach struct {
	Template, Level string
	CanCreate       bool
	Gives           string // a level of Full or Part, or "" for nothing
}

// lists tells whether editor lists count: the domain offers Custom, and one resource is asked about.
func (q Reach) lists() bool { return q.Resource != 0 && slices.Contains(q.Part, custom) }

// custom is the level whose editor lists count.
var custom = access.LevelCustom.String()

// Reacher is a person or an API key that can reach what was asked about. Everything of it was judged in SQL; what it holds in
// particular is asked of the engine.
type Reacher struct {
	Person PersonID // 0: an API key
	Member MemberID // 0: somebody who is here through temporary access alone, or an API key
	Key    access.GranteeID
	Full   bool // has the more

	Name, Email    string
	Slug           string // key of the API key
	SortKey        string // sorts
	LastUsedMinute int64
	Since          *time.Time // of a member who has temporary access
	LastUsedAt     *time.Time // of an API key
	ExpiresAt      *time.Time // of an API key

	Grouped, GroupFull bool // of who has temporary access: a group gives it as well, and the more
	Marks              `gorm:"-"`
}

// LastUsed is when it was last used; the zero time where never, and of who is no member.
func (r Reacher) LastUsed() time.Time {
	switch {
	case r.LastUsedAt != nil:
		return *r.LastUsedAt
	case r.LastUsedMinute > 0:
		return time.Unix(r.LastUsedMinute*60, 0).UTC()
	}
	return time.Time{}
}

// The levels and kinds that a ReachFilter tells apart.
const (
	ReachFull = "full" // who has the more
	ReachPart = "part" // who has the less alone

	ReachPeople = "people" // members
	ReachKeys   = "keys"
	ReachLent   = "lent" // who has it through temporary access, members among them
)

// ReachFilter is which of those who can reach something are asked for. The query looks in names and addresses. Sorted by level,
// then name; or, with the sort "name", by name alone.
type ReachFilter struct {
	Page
	Level  string           // ReachFull or ReachPart; "" = both
	Kind   string           // ReachPeople, ReachKeys or ReachLent; "" = all
	Group  access.GranteeID // only who has it through this group; 0 = all
	Unused Unused
	NoKeys bool // the viewer may not view API keys
	NoLent bool // the viewer may not view temporary accesses: nobody who is here through one alone
}

// people tells whether members can be among what is asked for.
func (f ReachFilter) people() bool { return f.Kind == "" || f.Kind == ReachPeople }

// keys tells whether API keys can be.
func (f ReachFilter) keys() bool {
	return !f.NoKeys && f.Group == 0 && (f.Kind == "" || f.Kind == ReachKeys)
}

// keeps tells whether somebody who has temporary access is among what is asked for, whose name matches. When those who are no
// members last used the organization nobody notes.
func (f ReachFilter) keeps(r Reacher) bool {
	switch {
	case f.Group != 0 || f.Kind == ReachKeys:
		return false
	case r.Member == 0:
		return !f.NoLent && f.Kind != ReachPeople && !f.Unused.asked()
	case f.Unused.Never:
		return r.LastUsedMinute == 0
	case f.Unused.Since != nil:
		return r.LastUsedMinute < f.Unused.minute() && r.Since != nil && !r.Since.After(*f.Unused.Since)
	}
	return true
}

// Reached answers a Reach as of one moment: which groups give it, how many have it and who. What the answers begin with is read once.
type Reached struct {
	*Scope
	Reach
	at      time.Time
	bosses  []access.GranteeID     // groups of administrators
	givers  map[reachRange][]Giver // groups that give what a range is about, the largest first; only some where they are too many
	many    map[reachRange]bool    // they are: their members are looked for by their own names
	holding map[reachRange]keySet  // where API keys are looked for; nil: nobody has asked
}

// mergedGivers is up to how many groups are read side by side, each in the order of its own index, for the first of their
// members. With more of them so many members have it that those are looked through by name.
const mergedGivers = 200

// Reached begins to answer the question as of a moment.
func (s *Scope) Reached(ctx context.Context, q Reach, at time.Time) (*Reached, error) {
	r := &Reached{Scope: s, Reach: q, at: moment(at), givers: map[reachRange][]Giver{}, many: map[reachRange]bool{}}
	var err error
	r.bosses, err = rows[access.GranteeID](ctx, s.store, "SELECT g.id FROM groups g WHERE g.organization_id = ? AND g.administrators = true", s.id)
	if err != nil {
		return nil, wrap("find administrators", err)
	}
	for in := range slices.Values([]reachRange{rangeFull, rangeAll}) {
		if r.givers[in], r.many[in], err = r.fewGivers(ctx, in == rangeFull); err != nil {
			return nil, wrap("find who gives access", err)
		}
	}
	r.givers[rangePart], r.many[rangePart] = r.givers[rangeAll], r.many[rangeAll]
	return r, nil
}

// reachers are those of a Reached that a filter is for.
type reachers struct {
	*Reached
	ReachFilter
	lenders []Reacher // who has something of it through temporary access
	named   named     // where members are looked for by what was typed
}

// Page is one page of who can reach it.
func (a *Reached) Page(ctx context.Context, f ReachFilter) (Listing[Reacher], error) {
	r, err := a.filtered(ctx, f)
	if err != nil {
		return Listing[Reacher]{}, err
	}
	l, err := r.page(ctx)
	if err != nil {
		return Listing[Reacher]{}, wrap("list who can reach something", err)
	}
	err = a.markReachers(ctx, l.Rows)
	return l, wrap("list who can reach something", err)
}

func (a *Reached) filtered(ctx context.Context, f ReachFilter) (*reachers, error) {
	r := &reachers{Reached: a, ReachFilter: f}
	for more := range slices.Values([]func(context.Context) error{r.readNamed, r.readLenders, r.readHolding}) {
		if err := more(ctx); err != nil {
			return nil, wrap("find who has access", err)
		}
	}
	return r, nil
}

func (s *Scope) markReachers(ctx context.Context, all []Reacher) error {
	var ids []PersonID
	for _, r := range all {
		if r.Member != 0 {
			ids = append(ids, r.Person)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	found, err := s.MarksOf(ctx, ids)
	if err != nil {
		return err
	}
	for i := range all {
		if all[i].Member != 0 {
			all[i].Marks = found[all[i].Person]
		}
	}
	return nil
}
