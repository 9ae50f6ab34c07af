package services

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"bailiwick/access"
	"bailiwick/models"
)

// seeder makes up one organization. What it draws by chance it draws in one order.
type seeder struct {
	*Tx
	Seed
	catalog *access.Catalog
	chance  *rand.Rand

	people    []models.Person // the administrator and the viewer first
	groups    []models.Group
	team      models.Group
	resources []access.ResourceID // of the one domain
}

func newSeeder(catalog *access.Catalog, tx *Tx, s Seed) *seeder {
	return &seeder{Tx: tx, Seed: s, catalog: catalog, chance: rand.New(rand.NewPCG(s.Random, 0))}
}

// all makes everything. PostgreSQL is told in between how much there is, since it plans for empty tables.
func (s *seeder) all(ctx context.Context) error {
	for _, part := range []func(context.Context) error{
		s.makePeople, s.makeResources, s.Store().Analyze, s.makeGroups, s.fillGroups,
	} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	s.record(models.OpOrganizationSeeded, subject{Key: s.Key, Name: s.Key}, nil,
		map[string]int{"members": s.Members, "groups": s.Groups, "resources": s.Resources, "editors": s.Editors})
	return nil
}

// portion is how many rows are written between two looks at the progress.
const portion = 10_000

func (s *seeder) makePeople(ctx context.Context) error {
	s.people = append(s.people, s.person("admin", "Administrator"), s.person("viewer", "Viewer"))
	for m := range s.Members {
		s.people = append(s.people, s.person(fmt.Sprintf("member-%06d", m), s.name("member", m)))
	}
	for from := 0; from < len(s.people); from += portion {
		s.Progress("people", from, len(s.people))
		if err := s.Store().CreatePeople(ctx, s.people[from:min(from+portion, len(s.people))]); err != nil {
			return err
		}
	}
	return nil
}

func (s *seeder) person(local, name string) models.Person {
	return models.Person{Email: local + "@" + s.Key + ".example.com", Name: name, CreatedAt: s.At}
}

// makeResources fills the one domain, and gives the others with Custom a page or so.
func (s *seeder) makeResources(ctx context.Context) error {
	for _, d := range s.catalog.Domains() {
		if !d.Granular() || d.Key == access.GroupsDomain || d.Key == access.APIKeysDomain {
			continue
		}
		n := fewResources
		if d.Key == s.Domain {
			n = s.Resources
		}
		ids, err := s.makeResourcesOf(ctx, d, n)
		if err != nil {
			return err
		}
		if d.Key == s.Domain {
			s.resources = ids
		}
	}
	return nil
}

func (s *seeder) makeResourcesOf(ctx context.Context, d *access.Domain, n int) ([]access.ResourceID, error) {
	ids := make([]access.ResourceID, 0, n)
	for from := 0; from < n; from += portion {
		s.Progress(d.Name, from, n)
		part := make([]models.Resource, min(portion, n-from))
		for i := range part {
			part[i] = s.resource(d, from+i)
		}
		if err := s.CreateResources(ctx, part); err != nil {
			return nil, err
		}
		for _, r := range part {
			ids = append(ids, r.ID)
		}
	}
	return ids, nil
}

func (s *seeder) resource(d *access.Domain, n int) models.Resource {
	key := fmt.Sprintf("%s-%07d", keyFor(d.Resource, "thing"), n)
	r := s.newResource(d.Key, key, s.name(d.Resource, n))
	owner := s.people[s.chance.IntN(len(s.people))]
	r.OwnerID, r.Visibility = &owner.ID, models.VisibilityShared
	r.Type = []string{"database", "sitemap", "web"}[s.chance.IntN(3)]
	return r
}

// seedWords make names as different as real ones.
var seedWords = strings.Fields(`amber birch cedar delta ember fjord grove harbor island jasper kernel ledger meadow nimbus
	orchard prairie quarry ridge summit timber upland valley willow yonder zephyr anchor beacon canyon drift estuary`)

// name begins with a word by chance, so that names don't come in the order of their numbers. The number makes it unique.
func (s *seeder) name(kind string, n int) string {
	word := func() string { return seedWords[s.chance.IntN(len(seedWords))] }
	first := word()
	return fmt.Sprintf("%s%s %s %s %d", strings.ToUpper(first[:1]), first[1:], word(), kind, n)
}

// spreadOver are n of the numbers, each once and all over: every step-th from somewhere.
func (s *seeder) spreadOver(n int) []access.ResourceID {
	if n == 0 {
		return nil
	}
	step, from := len(s.resources)/n, s.chance.IntN(len(s.resources))
	some := make([]access.ResourceID, n)
	for i := range some {
		some[i] = s.resources[(from+i*step)%len(s.resources)]
	}
	return some
}
