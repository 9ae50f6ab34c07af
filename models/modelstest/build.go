package modelstest

import (
	"context"
	"fmt"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
)

// Somebody is whom changes of these organizations are noted for (Scope.ActsFor).
func Somebody() string { return "Somebody" }

// In is an organization whose changes are noted for Somebody.
func In(store *models.Store, id models.OrganizationID) *models.Scope {
	org := store.In(id)
	org.ActsFor(Somebody)
	return org
}

// Organization makes an organization of the key, with no groups. What its Scope changes is noted for Somebody.
func Organization(t testing.TB, store *models.Store, key string) *models.Scope {
	t.Helper()
	o := models.Organization{Key: key, Name: key, Seats: 25, CreatedAt: store.Now()}
	must(t, store.CreateOrganization(context.Background(), &o))
	return In(store, o.ID)
}

// BuiltIn makes the catalogue's built-in groups in an organization, with the catalogue's privileges, and gives them by
// key.
func BuiltIn(t testing.TB, org *models.Scope, catalog *access.Catalog) map[string]models.Group {
	t.Helper()
	groups := map[string]models.Group{}
	for _, template := range catalog.BuiltIn {
		set := template.Privileges
		if template.Max && !template.Administrators {
			set = catalog.Max()
		}
		g := models.Group{BuiltIn: template.Key, Administrators: template.Administrators}
		g.Key, g.Name = template.Key, template.Name
		groups[template.Key] = addGroup(t, org, g, set)
	}
	return groups
}

// Person makes a person who has proven the address, named as the e-mail's first part.
func Person(t testing.TB, store *models.Store, email string) models.Person {
	t.Helper()
	p := models.Person{Email: email, CreatedAt: store.Now()}
	for i, r := range email {
		if r == '@' {
			p.Name = email[:i]
		}
	}
	must(t, store.CreatePerson(context.Background(), &p))
	return Proven(t, store, email)
}

// Proven is the person of an address, who has shown that it is theirs, perhaps just now.
func Proven(t testing.TB, store *models.Store, email string) models.Person {
	t.Helper()
	p, err := store.PersonByEmail(context.Background(), email)
	must(t, err)
	p, err = store.ProveEmail(context.Background(), p.ID)
	must(t, err)
	return p
}

// Unproven makes a person with an account that somebody else may have made for the address, and is that account.
func Unproven(t testing.TB, store *models.Store, email, hash string) models.Person {
	t.Helper()
	ctx := context.Background()
	p := models.Person{Email: email, Name: "Somebody else", CreatedAt: store.Now()}
	must(t, store.CreatePerson(ctx, &p))
	a := models.Account{PersonID: p.ID, Name: p.Name, PasswordHash: hash, CreatedAt: store.Now()}
	must(t, store.CreateAccount(ctx, &a))
	p, err := store.PersonByAccount(ctx, a.ID)
	must(t, err)
	return p
}

// Group makes a group named as its key, with privileges and members.
func Group(
	t testing.TB, org *models.Scope, key string, set access.PrivilegeSet, members ...models.Person,
) models.Group {
	t.Helper()
	g := models.Group{}
	g.Key, g.Name = key, key
	return addGroup(t, org, g, set, members...)
}

// Administrators makes the group of R8.
func Administrators(t testing.TB, org *models.Scope, members ...models.Person) models.Group {
	t.Helper()
	g := models.Group{BuiltIn: "administrators", Administrators: true}
	g.Key, g.Name = "administrators", "Administrators"
	return addGroup(t, org, g, nil, members...)
}

func addGroup(
	t testing.TB, org *models.Scope, g models.Group, set access.PrivilegeSet, members ...models.Person,
) models.Group {
	t.Helper()
	ctx, now := context.Background(), org.Store().Now()
	g.CreatedAt, g.ModifiedAt = now, now
	must(t, org.Store().Change(ctx, org.ID(), func(tx *models.Scope) error {
		tx.ActsFor(Somebody)
		if err := tx.CreateGroup(ctx, &g); err != nil {
			return err
		}
		if err := tx.ReplacePrivileges(ctx, g.Grantee().ID, nil, set, now); err != nil {
			return err
		}
		return tx.AddMemberships(ctx, g.Grantee().ID, members, now)
	}))
	read, err := org.GroupByID(ctx, g.Grantee().ID)
	must(t, err)
	return read
}

// APIKey makes an enabled key that never expires, named as its key.
func APIKey(t testing.TB, org *models.Scope, key string, set access.PrivilegeSet) models.APIKey {
	t.Helper()
	ctx, now := context.Background(), org.Store().Now()
	k := models.APIKey{Enabled: true}
	k.Key, k.Name, k.CreatedAt, k.ModifiedAt = key, key, now, now
	must(t, org.Store().Change(ctx, org.ID(), func(tx *models.Scope) error {
		if err := tx.CreateAPIKey(ctx, &k); err != nil {
			return err
		}
		return tx.ReplacePrivileges(ctx, k.Grantee().ID, nil, set, now)
	}))
	return k
}

// Resource makes a resource of a domain, named as its key.
func Resource(t testing.TB, org *models.Scope, domain access.DomainKey, key string) models.Resource {
	t.Helper()
	now := org.Store().Now()
	r := models.Resource{Domain: domain, Key: key, Name: key, CreatedAt: now, ModifiedAt: now}
	must(t, org.CreateResource(context.Background(), &r))
	return r
}

// Resources makes n resources of a domain, with the keys r00000, r00001 and so on.
func Resources(t testing.TB, org *models.Scope, domain access.DomainKey, n int) []models.Resource {
	t.Helper()
	now := org.Store().Now()
	all := make([]models.Resource, n)
	for i := range all {
		key := fmt.Sprintf("r%05d", i)
		all[i] = models.Resource{Domain: domain, Key: key, Name: key, CreatedAt: now, ModifiedAt: now}
	}
	must(t, org.CreateResources(context.Background(), all))
	return all
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
