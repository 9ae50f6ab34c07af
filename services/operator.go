package services

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

// ApplyOperator makes the operator's level what its file says, all of it, and returns what that took: the file is the whole
// truth, so what it omits is removed. Accesses that run and that the file no longer allows end. People whom the
// installation does not know are made, without an account: nobody is let in by it before the address is proven (R19). A dry run
// is planned only. Organizations that don't exist are files.Problems; name stands in them.
func (c *Console) ApplyOperator(ctx context.Context, name string, file *files.Operator, options ApplyOptions) (Plan, error) {
	if file == nil {
		return Plan{}, options.Found
	}
	var plan Plan
	err := c.store.Tx(ctx, func(tx *models.Store) error {
		if err := tx.LockSupport(ctx); err != nil {
			return err
		}
		if err := options.Found.With(checkOrganizations(ctx, tx, name, file)); err != nil {
			return err
		}
		was, err := tx.Support(ctx)
		if err != nil {
			return err
		}
		plan = operatorPlan(c.operatorFile(was), file)
		if options.DryRun || plan.Empty() {
			return errNotKept
		}
		return c.putSupport(ctx, tx, was, file)
	})
	if err != nil && !errors.Is(err, errNotKept) {
		return Plan{}, err
	}
	ended, err := c.withdraw(ctx, file, options.DryRun)
	if err != nil && !options.DryRun {
		return Plan{}, fmt.Errorf("%s is stored, but not all that it no longer allows has ended; apply it again: %w", name, err)
	}
	if err != nil {
		return Plan{}, err
	}
	plan.Steps = append(plan.Steps, ended...)
	return plan, nil
}

// checkOrganizations finds the organizations that are named and don't exist.
func checkOrganizations(ctx context.Context, tx *models.Store, name string, file *files.Operator) error {
	organizations, err := tx.Organizations(ctx)
	if err != nil {
		return err
	}
	keys := map[string]bool{}
	for _, o := range organizations {
		keys[o.Key] = true
	}
	return file.CheckOrganizations(name, func(key string) bool { return keys[key] })
}

// putSupport stores what the file says and records it. The record keeps both files as text: neither holds a secret.
func (c *Console) putSupport(ctx context.Context, tx *models.Store, was models.Support, file *files.Operator) error {
	people, err := c.vendorPeople(ctx, tx, file)
	if err != nil {
		return err
	}
	if err := tx.SetSupport(ctx, supportOf(file, people)); err != nil {
		return err
	}
	var before, after bytes.Buffer
	if err := errors.Join(files.WriteOperator(&before, c.operatorFile(was)), files.WriteOperator(&after, file)); err != nil {
		return err
	}
	a := models.Activity{At: c.now(), ActorKind: "operator", ActorName: "Operator", Operation: models.OpOperatorFileApplied, Outcome: models.OutcomeDone,
		Before: text(operatorState{before.String()}), After: text(operatorState{after.String()})}
	return tx.AppendGlobal(ctx, []models.Activity{a})
}

// operatorState is what the record keeps of the operator's level.
type operatorState struct {
	File string `json:"file"`
}

// vendorPeople are the people of the file by e-mail; those whom the installation does not know are made.
func (c *Console) vendorPeople(ctx context.Context, tx *models.Store, file *files.Operator) (map[string]models.Person, error) {
	names := map[string]string{}
	for _, email := range file.Operators {
		names[email] = ""
	}
	for _, p := range file.Personnel {
		names[p.Email] = p.Name
	}
	var emails []string
	for email := range names {
		emails = append(emails, email)
	}
	slices.Sort(emails)
	known, err := tx.PeopleToName(ctx, emails)
	if err != nil {
		return nil, err
	}
	people := map[string]models.Person{}
	for _, p := range known {
		people[p.Email] = p
	}
	for _, email := range emails {
		if people[email].ID != 0 {
			continue
		}
		p := models.Person{Email: email, Name: names[email], CreatedAt: c.now()}
		if err := tx.CreatePerson(ctx, &p); err != nil {
			return nil, fmt.Errorf("create person %s: %w", email, err)
		}
		people[email] = p
	}
	return people, nil
}

func supportOf(file *files.Operator, people map[string]models.Person) models.Support {
	all := models.Support{Vendor: models.Vendor{Name: file.Vendor.Name, SupportMail: file.Vendor.SupportMail}}
	for _, email := range file.Operators {
		all.Operators = append(all.Operators, people[email])
	}
	for _, c := range file.Categories {
		all.Categories = append(all.Categories, storedCategory(c))
	}
	for _, p := range file.Personnel {
		all.Personnel = append(all.Personnel, models.Personnel{
			PersonID: people[p.Email].ID, Email: p.Email, Name: p.Name, Categories: keysOf(p.Categories), Organizations: keysOf(p.Organizations),
		})
	}
	return all
}

func storedCategory(c files.Category) models.Category {
	stored := models.Category{Key: c.Key, Name: c.Name, Longest: c.Longest, MinLength: c.MinLength, Pattern: c.Pattern, Hint: c.Hint, Link: c.Link}
	for _, m := range c.MayRequest {
		stored.Privileges = append(stored.Privileges, models.CategoryPrivilege{
			Category: c.Key, Domain: m.Domain, Level: m.Level.String(), Sensitive: m.Sensitive,
		})
	}
	return stored
}

func keysOf(refs []files.Ref) []string {
	var keys []string
	for _, ref := range refs {
		keys = append(keys, ref.Key)
	}
	slices.Sort(keys)
	return keys
}

func refsOf(keys []string) []files.Ref {
	var refs []files.Ref
	for _, key := range keys {
		refs = append(refs, files.Ref{Key: key})
	}
	return refs
}

// operatorFile is what is stored, as its file. What the catalogue no longer has is left out (R17).
func (c *Console) operatorFile(all models.Support) *files.Operator {
	f := &files.Operator{Vendor: files.Vendor{Name: all.Vendor.Name, SupportMail: all.Vendor.SupportMail}}
	for _, p := range all.Operators {
		f.Operators = append(f.Operators, p.Email)
	}
	for _, stored := range all.Categories {
		category := files.Category{Key: stored.Key, Name: stored.Name, Longest: stored.Longest, MinLength: stored.MinLength,
			Pattern: stored.Pattern, Hint: stored.Hint, Link: stored.Link}
		for _, p := range stored.Privileges {
			level, err := access.ParseLevel(p.Level)
			if err != nil {
				continue
			}
			if d := c.catalog.Domain(p.Domain); d != nil && d.Lends(level) {
				category.MayRequest = append(category.MayRequest, files.Requestable{Domain: p.Domain, Level: level, Sensitive: p.Sensitive})
			}
		}
		f.Categories = append(f.Categories, category)
	}
	for _, p := range all.Personnel {
		f.Personnel = append(f.Personnel, files.Personnel{Email: p.Email, Name: p.Name, Categories: refsOf(p.Categories), Organizations: refsOf(p.Organizations)})
	}
	return f
}

// ExportOperator writes the operator's file in its one canonical order: applying it changes nothing. models.ErrNotFound
// where none was ever applied.
func (c *Console) ExportOperator(ctx context.Context, w io.Writer) error {
	all, err := c.store.Support(ctx)
	if err != nil {
		return err
	}
	if all.Vendor.Name == "" {
		return models.ErrNotFound
	}
	return files.WriteOperator(w, c.operatorFile(all))
}

// SetVendorPassword gives an operator or one of the personnel a new password and ends all of their sessions. It is for the
// command line. Everybody else is ErrNotFound. Who had not shown that the e-mail is theirs has done so by this: whoever
// runs the command knows them.
func (c *Console) SetVendorPassword(ctx context.Context, typed, password string) error {
	email, err := namedEmail(typed)
	if err != nil {
		return err
	}
	if problem := credential.PasswordProblem(credential.PasswordMinimum, password, email); problem != "" {
		return invalid("Password", problem)
	}
	hash, err := c.hasher.hash(ctx, credential.Turn{Rank: credential.Known, Of: email}, password)
	if err != nil {
		return err
	}
	return c.store.Tx(ctx, func(tx *models.Store) error {
		all, err := tx.Support(ctx)
		if err != nil {
			return err
		}
		person := vendorPerson(all, email)
		if person == 0 {
			return NotThere{email + " is neither an operator nor one of the personnel: name them in the operator’s file first"}
		}
		proven, err := tx.ProveEmail(ctx, person)
		if err != nil {
			return err
		}
		if err := tx.SetPassword(ctx, proven.AccountID, hash, false); err != nil {
			return err
		}
		a := models.Activity{At: c.now(), ActorKind: "operator", ActorName: "Operator", Operation: models.OpOperatorPasswordSet,
			Outcome: models.OutcomeDone, ResourceKey: email, ResourceName: email}
		return tx.AppendGlobal(ctx, []models.Activity{a})
	})
}

// vendorPerson is the number of an operator or one of the personnel, 0 for everybody else.
func vendorPerson(all models.Support, email string) models.PersonID {
	for _, p := range all.Operators {
		if p.Email == email {
			return p.ID
		}
	}
	for _, p := range all.Personnel {
		if p.Email == email {
			return p.PersonID
		}
	}
	return 0
}
