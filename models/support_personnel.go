package models

import (
	"context"
	"time"

	"bailiwick/access"
)

// Vendor is who operates the installation.
type Vendor struct {
	Name, SupportMail string
}

// Category is a kind of personnel with what it may ask for.
type Category struct {
	Key, Name  string
	Longest    time.Duration       `gorm:"-"` // whole seconds
	Seconds    int64               `gorm:"column:longest"`
	MinLength  int                 // of a justification, in characters
	Pattern    string              // that a justification has to contain a match of (RE2); "" = none
	Hint       string              // what the pattern asks for, in words; "" also where it was stored before there were hints
	Link       string              // to what a justification is about, such as the case system; "" = none
	Privileges []CategoryPrivilege `gorm:"-"`
}

// CategoryPrivilege is the highest level that a category may ask for on a domain.
type CategoryPrivilege struct {
	Category  string
	Domain    access.DomainKey
	Level     string
	Sensitive bool // marked so beyond what the catalogue marks
}

// Personnel is one of the people who may ask for temporary access.
type Personnel struct {
	PersonID      PersonID
	Email         string
	Name          string
	Unproven      bool     // nobody has shown yet that the e-mail is theirs: they may ask for nothing
	Categories    []string `gorm:"-"` // keys, ascending
	Organizations []string `gorm:"-"` // keys, ascending; empty = all
}

// Support is all that the operator's file says.
type Support struct {
	Vendor     Vendor
	Operators  []Person    // by e-mail
	Categories []Category  // by key
	Personnel  []Personnel // by e-mail
}

// Vendor is who operates the installation; without a name until a file says so.
func (s *Store) Vendor(ctx context.Context) (Vendor, error) {
	v, err := row[Vendor](ctx, s, "SELECT name, support_mail FROM vendor")
	return v, wrap("read vendor", err)
}

// LockSupport makes anyone who changes what the operator's file says, and anyone who asks for access by it, wait for each other
// until the end of the transaction.
func (s *Store) LockSupport(ctx context.Context) error {
	_, err := s.exec(ctx, "UPDATE vendor SET revision = revision + 1")
	return wrap("lock support", err)
}

// Support reads all of it.
func (s *Store) Support(ctx context.Context) (Support, error) {
	var all Support
	var err error
	if all.Vendor, err = s.Vendor(ctx); err != nil {
		return all, err
	}
	if all.Operators, err = rows[Person](ctx, s,
		provenSelect+"JOIN operators o ON o.person_id = p.id ORDER BY p.email"); err != nil {
		return all, wrap("read operators", err)
	}
	if all.Categories, err = s.categories(ctx); err != nil {
		return all, wrap("read categories", err)
	}
	all.Personnel, err = s.personnel(ctx, 0)
	return all, wrap("read personnel", err)
}

func (s *Store) categories(ctx context.Context) ([]Category, error) {
	all, err := rows[Category](ctx, s, "SELECT * FROM categories ORDER BY key")
	if err != nil {
		return nil, err
	}
	privileges, err := rows[CategoryPrivilege](ctx, s, "SELECT * FROM category_privileges ORDER BY category, domain")
	if err != nil {
		return nil, err
	}
	for i := range all {
		all[i].Longest = time.Duration(all[i].Seconds) * time.Second
		for _, p := range privileges {
			if p.Category == all[i].Key {
				all[i].Privileges = append(all[i].Privileges, p)
			}
		}
	}
	return all, nil
}

// Categories are all of the operator's file, by key.
func (s *Store) Categories(ctx context.Context) ([]Category, error) {
	all, err := s.categories(ctx)
	return all, wrap("read categories", err)
}

// personnelLink is one row of personnel_categories or personnel_organizations.
type personnelLink struct {
	PersonID PersonID
	Key      string
}

// personnel are all, or the one with the number.
func (s *Store) personnel(ctx context.Context, only PersonID) ([]Personnel, error) {
	all, err := rows[Personnel](ctx, s, `
		SELECT l.person_id, l.name, p.email,
			NOT EXISTS (SELECT 1 FROM accounts a WHERE a.person_id = p.id AND a.proven) AS unproven
		FROM personnel l JOIN people p ON p.id = l.person_id
		WHERE ? = 0 OR l.person_id = ? ORDER BY p.email`, only, only)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	at := make(map[PersonID]*Personnel, len(all))
	for i := range all {
		at[all[i].PersonID] = &all[i]
	}
	categories, err := rows[personnelLink](ctx, s,
		"SELECT person_id, category AS key FROM personnel_categories WHERE ? = 0 OR person_id = ? ORDER BY category", only, only)
	if err != nil {
		return nil, err
	}
	for _, l := range categories {
		at[l.PersonID].Categories = append(at[l.PersonID].Categories, l.Key)
	}
	organizations, err := rows[personnelLink](ctx, s, `
		SELECT l.person_id, o.key FROM personnel_organizations l JOIN organizations o ON o.id = l.organization_id
		WHERE ? = 0 OR l.person_id = ? ORDER BY o.key`, only, only)
	if err != nil {
		return nil, err
	}
	for _, l := range organizations {
		at[l.PersonID].Organizations = append(at[l.PersonID].Organizations, l.Key)
	}
	return all, nil
}

// PersonnelOf is the person as one of the personnel, with the categories. ErrNotFound for everybody else.
func (s *Store) PersonnelOf(ctx context.Context, person PersonID) (Personnel, []Category, error) {
	found, err := s.personnel(ctx, person)
	if err == nil && (person == 0 || len(found) == 0) {
		err = ErrNotFound
	}
	if err != nil {
		return Personnel{}, nil, wrap("read personnel", err)
	}
	all, err := s.categories(ctx)
	if err != nil {
		return Personnel{}, nil, wrap("read categories", err)
	}
	var own []Category
	for _, c := range all {
		for _, key := range found[0].Categories {
			if key == c.Key {
				own = append(own, c)
			}
		}
	}
	return found[0], own, nil
}

// IsOperator tells whether the person is one, and has shown that the listed e-mail is theirs.
func (s *Store) IsOperator(ctx context.Context, person PersonID) (bool, error) {
	found, err := rows[int](ctx, s,
		"SELECT 1 FROM operators o JOIN accounts a ON a.person_id = o.person_id AND a.proven WHERE o.person_id = ?", person)
	return len(found) > 0, wrap("look for an operator", err)
}

// SetSupport replaces all that the operator's file says. The people are there already; organizations are found by their
// keys.
func (s *Store) SetSupport(ctx context.Context, all Support) error {
	err := s.whole(ctx, func(tx *Store) error {
		for _, table := range []string{
			"personnel_organizations", "personnel_categories", "personnel", "category_privileges", "categories", "operators",
		} {
			if _, err := tx.exec(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		for _, st := range all.statements() {
			if _, err := tx.exec(ctx, st.sql, st.args...); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap("replace support", err)
}

func (all Support) statements() []statement {
	list := []statement{do("UPDATE vendor SET name = ?, support_mail = ?", all.Vendor.Name, all.Vendor.SupportMail)}
	for _, p := range all.Operators {
		list = append(list, do("INSERT INTO operators (person_id) VALUES (?)", p.ID))
	}
	for _, c := range all.Categories {
		list = append(list, do("INSERT INTO categories (key, name, longest, min_length, pattern, hint, link) VALUES (?, ?, ?, ?, ?, ?, ?)",
			c.Key, c.Name, int64(c.Longest/time.Second), c.MinLength, c.Pattern, c.Hint, c.Link))
		for _, p := range c.Privileges {
			list = append(list, do("INSERT INTO category_privileges (category, domain, level, sensitive) VALUES (?, ?, ?, ?)",
				c.Key, p.Domain, p.Level, p.Sensitive))
		}
	}
	for _, p := range all.Personnel {
		list = append(list, do("INSERT INTO personnel (person_id, name) VALUES (?, ?)", p.PersonID, p.Name))
		for _, key := range p.Categories {
			list = append(list, do("INSERT INTO personnel_categories (person_id, category) VALUES (?, ?)", p.PersonID, key))
		}
		for _, key := range p.Organizations {
			list = append(list, do(`INSERT INTO personnel_organizations (person_id, organization_id)
				SELECT CAST(? AS bigint), id FROM organizations WHERE key = ?`, p.PersonID, key))
		}
	}
	return list
}

// SupportedOrganizations is one page of the organizations with one of the keys, of all where none is given, by key.
// Page.Query looks in names and keys.
func (s *Store) SupportedOrganizations(ctx context.Context, keys []string, page Page) (Listing[Organization], error) {
	q := newQuery("SELECT o.* FROM organizations o WHERE o.id > 0")
	if len(keys) > 0 {
		q.add("AND "+s.dialect.texts("o.key"), list(keys))
	}
	q.contains("o.name || ' ' || o.key", page.Query)
	page.Sort = "name"
	l, err := organizationKeys.list(ctx, s, q, page)
	return l, wrap("list supported organizations", err)
}

var organizationKeys = keyset[Organization]{
	columns: map[string]column[Organization]{"name": {"o.key", func(o Organization) any { return o.Key }}},
	id:      "o.id",
	idOf:    func(o Organization) int64 { return int64(o.ID) },
}
