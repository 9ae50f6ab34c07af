package services

import (
	"context"
	"errors"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/credential"
	"bailiwick/services/files"
)

// setupLife is how long a setup link works.
const setupLife = 24 * time.Hour

// ErrGone says that a one-time link was used already, has expired, or that what it was for is done.
var ErrGone = errors.New("the link has been used or has expired")

// Empty tells whether there is no organization yet, so that somebody has to set up the first.
func (c *Console) Empty(ctx context.Context) (bool, error) { return c.store.Empty(ctx) }

// NewSetupLink makes a one-time link that works for a day, and returns its path, which holds the secret.
func (c *Console) NewSetupLink(ctx context.Context) (path string, err error) {
	token, at := credential.NewToken(), c.now()
	link := models.SetupLink{ID: credential.Digest(token), CreatedAt: at, ExpiresAt: at.Add(setupLife)}
	if err := c.store.CreateSetupLink(ctx, &link); err != nil {
		return "", err
	}
	return "/setup/" + token, nil
}

// SetupOpen tells whether a setup link still works; ErrGone if not. It changes nothing.
func (c *Console) SetupOpen(ctx context.Context, token string) error {
	return c.setupOpen(ctx, c.store, token)
}

func (c *Console) setupOpen(ctx context.Context, store *models.Store, token string) error {
	link, err := store.SetupLink(ctx, credential.Digest(token))
	if errors.Is(err, models.ErrNotFound) {
		return ErrGone
	}
	if err != nil {
		return err
	}
	empty, err := store.Empty(ctx)
	if err != nil {
		return err
	}
	if !empty || link.UsedAt != nil || !c.now().Before(link.ExpiresAt) {
		return ErrGone
	}
	return nil
}

// Setup is what the first administrator types.
type Setup struct {
	Organization, Key string // Key is derived from the name where it is empty
	Name, Email       string
	Password, Again   string
	Address, Device   string // where the request comes from
}

// SetUp makes the first organization with the built-in groups, its first administrator and a session for them, whose
// secret it returns. The link works once: ErrGone afterwards.
func (c *Console) SetUp(ctx context.Context, token string, s Setup) (session string, o models.Organization, err error) {
	if err := c.SetupOpen(ctx, token); err != nil {
		return "", o, err
	}
	if err := s.clean(); err != nil {
		return "", o, err
	}
	hash, err := c.hasher.hash(ctx, credential.Turn{Rank: credential.Known, Of: "setup"}, s.Password)
	if err != nil {
		return "", o, err
	}
	err = c.store.Tx(ctx, func(store *models.Store) error {
		if err := c.setupOpen(ctx, store, token); err != nil {
			return err
		}
		if err := store.UseSetupLink(ctx, credential.Digest(token), c.now()); err != nil {
			return err
		}
		session, o, err = c.setUp(ctx, store, s, hash)
		return err
	})
	if errors.Is(err, models.ErrConflict) {
		return "", o, ErrGone // somebody used the link a moment ago
	}
	return session, o, err
}

// clean brings the fields into the form that is stored, or says what is wrong with each.
func (s *Setup) clean() error {
	var wrong Invalid
	note := func(err error) {
		var i Invalid
		if errors.As(err, &i) {
			wrong.Fields = append(wrong.Fields, i.Fields...)
		}
	}
	var err error
	s.Organization, err = cleanName("Organization", s.Organization)
	note(err)
	if s.Key == "" {
		s.Key = keyFor(s.Organization, "organization")
	}
	if !access.ValidKey(s.Key) {
		note(invalid("Key", "Use lower-case letters, digits, dots, hyphens and underscores, and begin with a letter or digit."))
	}
	s.Name, err = cleanName("Name", s.Name)
	note(err)
	if email, err := files.CanonicalEmail(s.Email); err == nil {
		s.Email = email
	} else {
		note(invalid("Email", "Enter an address such as name@example.com."))
	}
	if problem := credential.PasswordProblem(credential.PasswordMinimum, s.Password, s.Email); problem != "" {
		note(invalid("Password", problem))
	} else if s.Password != s.Again {
		note(invalid("Again", "The two passwords differ. Type the same one twice."))
	}
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}

func (c *Console) setUp(ctx context.Context, store *models.Store, s Setup, hash string) (session string, o models.Organization, err error) {
	at := c.now()
	person := models.Person{Email: s.Email, Name: s.Name, CreatedAt: at}
	if err := store.CreatePerson(ctx, &person); err != nil {
		return "", o, err
	}
	account := models.Account{PersonID: person.ID, Proven: true, PasswordHash: hash, CreatedAt: at}
	if err := store.CreateAccount(ctx, &account); err != nil {
		return "", o, err
	}
	if person, err = store.PersonByAccount(ctx, account.ID); err != nil {
		return "", o, err
	}
	by := Caller{Person: person, Address: s.Address}
	tx, err := c.createOrganization(ctx, store, by, models.Organization{Key: s.Key, Name: s.Organization}, at)
	if err != nil {
		return "", o, err
	}
	administrators, err := tx.Group(ctx, c.catalog.Administrators().Key)
	if err != nil {
		return "", o, err
	}
	if err := tx.AddMembership(ctx, administrators.Grantee().ID, person, nil, at); err != nil {
		return "", o, err
	}
	tx.record(models.OpGroupMemberAdded, about(administrators.Resource), nil, membershipState(person.Email, person.Name, nil))
	if err := tx.writeActivities(ctx); err != nil {
		return "", o, err
	}
	session, err = c.startSession(ctx, store, person,
		beginning{Provider: ProviderPassword, Address: s.Address, Device: s.Device})
	return session, tx.By.Organization, err
}
