package services

import (
	"context"
	"math/rand/v2"

	"bailiwick/access"
	"bailiwick/models"
)

// seeder makes up one organization. What it draws by chance it draws in one order.
type seeder struct {
	*Tx
	Seed
	catalog *access.Catalog
	chance  *rand.Rand
	names   seedNames

	people    []models.Person // the administrator and the viewer first
	groups    []models.Group
	team      models.Group
	resources []access.ResourceID // of the one domain
	ending    int                 // memberships that end, so far
}

func newSeeder(catalog *access.Catalog, tx *Tx, s Seed) *seeder {
	made := &seeder{Tx: tx, Seed: s, catalog: catalog, chance: rand.New(rand.NewPCG(s.Random, 0))}
	made.names = numberedNames{made.chance}
	if s.Lifelike {
		made.names = newLifelikeNames(s.Domain)
	}
	return made
}

// all makes everything. PostgreSQL is told in between how much there is, since it plans for empty tables.
func (s *seeder) all(ctx context.Context) error {
	for _, part := range []func(context.Context) error{
		s.makePeople, s.makeResources, s.Store().Analyze, s.makeGroups, s.fillGroups, s.makeWorkingDay,
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
		local, name := s.names.member(m)
		s.people = append(s.people, s.person(local, name))
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
	key, name := s.names.resource(d, n)
	r := s.newResource(d.Key, key, name)
	owner := s.people[s.chance.IntN(len(s.people))]
	r.OwnerID, r.Visibility = &owner.ID, models.VisibilityShared
	r.Type = s.names.kind(d, n)
	return r
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
