package services

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
)

// Question asks whether a subject has an ability on a domain, or on one resource of it. All of it is text, as the
// command line and files write it.
type Question struct {
	Subject  string // member:EMAIL, group:KEY, api-key:KEY or personnel:EMAIL
	Ability  string
	Domain   string
	Resource string // key; "" asks about the domain as a whole
}

// Answer is the decision with every grant that gives it, in the order of their grantees. What is unknown is denied,
// no matter who asks (R5a); Unknown says in words what it was.
type Answer struct {
	Allowed bool
	Via     []access.Reason
	Unknown string // "" when everything in the question is known
}

// Checker answers questions about one organization as of one moment. It keeps what it read about subjects and
// resources, so that many questions cost little more than a few; make a new one to see later changes.
type Checker struct {
	catalog   *access.Catalog
	scope     *models.Scope
	at        time.Time
	subjects  map[string]subjectFacts
	resources map[listedResource]access.ResourceID // 0: there is none
}

// subjectFacts are the rights of a subject without its editor lists, and the grantees that have one.
type subjectFacts struct {
	known  bool
	rights access.Rights
}

type listedResource struct {
	domain access.DomainKey
	key    string
}

// Checker makes a Checker of the organization; models.ErrNotFound where there is none with this key.
func (c *Console) Checker(ctx context.Context, organization string) (*Checker, error) {
	o, err := c.namedOrganization(ctx, organization)
	if err != nil {
		return nil, err
	}
	return &Checker{
		catalog: c.catalog, scope: c.store.In(o.ID), at: c.now(),
		subjects: map[string]subjectFacts{}, resources: map[listedResource]access.ResourceID{},
	}, nil
}

// Check explains one question as the operator sees it; models.ErrNotFound where there is no such organization.
func (c *Console) Check(ctx context.Context, organization string, q Question) (Explanation, error) {
	o, err := c.namedOrganization(ctx, organization)
	if err != nil {
		return Explanation{}, err
	}
	return c.Explain(ctx, c.Operator(o), q)
}

// Answers decides all questions, in order. Statements are spent on each new subject and on each domain, never on a
// question; a thousand questions at a time are a good portion.
func (k *Checker) Answers(ctx context.Context, questions []Question) ([]Answer, error) {
	if err := k.learnMembers(ctx, questions); err != nil {
		return nil, err
	}
	for _, q := range questions {
		if err := k.learnSubject(ctx, q.Subject); err != nil {
			return nil, fmt.Errorf("read %s: %w", q.Subject, err)
		}
	}
	asked := map[access.DomainKey][]Question{}
	for _, q := range questions {
		if d := k.catalog.Domain(access.DomainKey(q.Domain)); d != nil && d.Resource != "" && access.ValidKey(q.Resource) {
			asked[d.Key] = append(asked[d.Key], q)
		}
	}
	entries := map[listPlace][]access.Entry{}
	for domain, about := range asked {
		if err := k.learnResources(ctx, domain, about); err != nil {
			return nil, fmt.Errorf("resources of %s: %w", domain, err)
		}
		for block := range slices.Chunk(about, blockOfEntries) {
			if err := k.readEntries(ctx, domain, block, entries); err != nil {
				return nil, fmt.Errorf("editor lists of %s: %w", domain, err)
			}
		}
	}
	answers := make([]Answer, len(questions))
	for i, q := range questions {
		answers[i] = k.answer(q, entries)
	}
	return answers, nil
}

// listPlace is the place of one resource among the editor lists.
type listPlace struct {
	domain   access.DomainKey
	resource access.ResourceID
}

func (k *Checker) answer(q Question, entries map[listPlace][]access.Entry) Answer {
	subject := k.subjects[q.Subject]
	if !subject.known {
		return Answer{Unknown: fmt.Sprintf("there is no subject %q: "+subjectForms, q.Subject)}
	}
	ability, err := access.ParseAbility(q.Ability)
	if err != nil {
		return Answer{Unknown: err.Error()}
	}
	d := k.catalog.Domain(access.DomainKey(q.Domain))
	if d == nil {
		return Answer{Unknown: fmt.Sprintf("there is no domain %q in the catalogue", q.Domain)}
	}
	id := access.ResourceID(0)
	if q.Resource != "" {
		id = k.resources[listedResource{d.Key, q.Resource}]
		if id == 0 {
			return Answer{Unknown: fmt.Sprintf("there is no resource %q in %s", q.Resource, d.Key)}
		}
	}
	rights := subject.rights.WithEntries(entries[listPlace{d.Key, id}])
	decision := rights.Decide(access.Need{Domain: d.Key, Ability: ability}, id)
	slices.SortStableFunc(decision.Via, func(a, b access.Reason) int {
		return cmp.Compare(a.Grant.Via.Ref(), b.Grant.Via.Ref())
	})
	return Answer{Allowed: decision.Allowed, Via: decision.Via}
}

const memberPrefix = "member:"

// learnMembers reads the grants of the members that were not asked about before, all in one statement.
func (k *Checker) learnMembers(ctx context.Context, questions []Question) error {
	refs := map[string]string{} // to the canonical e-mail
	for _, q := range questions {
		email, member := strings.CutPrefix(q.Subject, memberPrefix)
		if _, learned := k.subjects[q.Subject]; learned || !member {
			continue
		}
		canonical, err := files.CanonicalEmail(email)
		if err != nil {
			k.subjects[q.Subject] = subjectFacts{} // nobody's
			continue
		}
		refs[q.Subject] = canonical
	}
	if len(refs) == 0 {
		return nil
	}
	held, err := k.scope.GrantsOfMembers(ctx, slices.Sorted(maps.Values(refs)), k.at)
	if err != nil {
		return err
	}
	for ref, email := range refs {
		grants, member := held[email]
		if !member {
			k.subjects[ref] = subjectFacts{}
			continue
		}
		k.subjects[ref] = subjectFacts{known: true, rights: access.Resolve(k.catalog, grants, nil, k.at)}
	}
	return nil
}

// learnSubject reads the grants of a subject that is no member and was not asked about before.
func (k *Checker) learnSubject(ctx context.Context, ref string) error {
	if _, learned := k.subjects[ref]; learned {
		return nil
	}
	grants, err := k.grantsOf(ctx, ref)
	if errors.Is(err, models.ErrNotFound) {
		k.subjects[ref] = subjectFacts{}
		return nil
	}
	if err != nil {
		return err
	}
	k.subjects[ref] = subjectFacts{known: true, rights: access.Resolve(k.catalog, grants, nil, k.at)}
	return nil
}

// grantsOf is what a group, an API key or somebody of the personnel holds; models.ErrNotFound where the organization has none such.
func (k *Checker) grantsOf(ctx context.Context, ref string) ([]access.Grant, error) {
	if email, personnel := strings.CutPrefix(ref, string(SubjectPersonnel)+":"); personnel {
		return k.lentTo(ctx, email)
	}
	id, err := k.grantee(ctx, ref)
	if err != nil {
		return nil, err
	}
	return k.scope.GrantsOfGrantee(ctx, id, k.at)
}

// lentTo is what somebody holds through running temporary accesses.
func (k *Checker) lentTo(ctx context.Context, email string) ([]access.Grant, error) {
	canonical, err := files.CanonicalEmail(email)
	if err != nil {
		return nil, models.ErrNotFound // nobody's
	}
	person, err := k.scope.PersonWithAccess(ctx, canonical)
	if err != nil {
		return nil, err
	}
	held, err := k.scope.GrantsOf(ctx, person.ID, k.at)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(held, func(g access.Grant) bool { return g.Via.Kind != access.TemporaryAccess }), nil
}

// grantee is the number of a group or API key; models.ErrNotFound when the organization has none such.
func (k *Checker) grantee(ctx context.Context, ref string) (access.GranteeID, error) {
	kind, name, _ := strings.Cut(ref, ":")
	switch {
	case !access.ValidKey(name):
	case kind == string(access.Group):
		group, err := k.scope.Group(ctx, name)
		if err != nil {
			return 0, err
		}
		return group.Grantee().ID, nil
	case kind == string(access.APIKey):
		key, err := k.scope.APIKey(ctx, name)
		if err != nil {
			return 0, err
		}
		return key.Grantee().ID, nil
	}
	return 0, models.ErrNotFound
}

// learnResources reads the numbers of the keys that were not asked about before.
func (k *Checker) learnResources(ctx context.Context, d access.DomainKey, questions []Question) error {
	unread := map[string]bool{}
	for _, q := range questions {
		if _, learned := k.resources[listedResource{d, q.Resource}]; !learned {
			unread[q.Resource] = true
		}
	}
	if len(unread) == 0 {
		return nil
	}
	found, err := k.scope.ResourcesByKeys(ctx, d, slices.Sorted(maps.Keys(unread)))
	if err != nil {
		return err
	}
	for key := range unread {
		k.resources[listedResource{d, key}] = 0 // there is none, unless it was found
	}
	for _, r := range found {
		k.resources[listedResource{d, r.Key}] = r.ID
	}
	return nil
}

// blockOfEntries is how many questions share a statement about editor lists. SQLite looks up each of their grantees with
// each of their resources, so the work grows with its square.
const blockOfEntries = 50

// readEntries reads the rows of editor lists that these questions about one domain may depend on.
func (k *Checker) readEntries(ctx context.Context, d access.DomainKey, questions []Question, into map[listPlace][]access.Entry) error {
	grantees, resources := map[access.GranteeID]bool{}, map[access.ResourceID]bool{}
	for _, q := range questions {
		id := k.resources[listedResource{d, q.Resource}]
		if q.Ability != access.Edit.String() || id == 0 {
			continue
		}
		for _, g := range k.subjects[q.Subject].rights.Grants(d) {
			if g.Level == access.LevelCustom {
				grantees[g.Via.ID], resources[id] = true, true
			}
		}
	}
	if len(grantees) == 0 {
		return nil
	}
	entries, err := k.scope.EntriesAmong(ctx, slices.Sorted(maps.Keys(grantees)), d, slices.Sorted(maps.Keys(resources)))
	if err != nil {
		return err
	}
	for _, e := range entries {
		at := listPlace{d, e.Resource}
		if !slices.Contains(into[at], e) { // two blocks may ask about the same row
			into[at] = append(into[at], e)
		}
	}
	return nil
}
