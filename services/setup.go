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
func (c *Console) NewSetupLink(ctx context.Context) (string, error) {
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
	if err != nil {
		return goneIfMissing(err)
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
func (c *Console) SetUp(ctx context.Context, token string, s Setup) (string, models.Organization, error) {
	if err := c.SetupOpen(ctx, token); err != nil {
		return "", models.Organization{}, err
	}
	if err := s.clean(); err != nil {
		return "", models.Organization{}, err
	}
	hash, err := c.hasher.hash(ctx, credential.Turn{Rank: credential.Known, Of: "setup"}, s.Password)
	if err != nil {
		return "", models.Organization{}, err
	}
	var session string
	var o models.Organization
	err = c.store.Tx(ctx, func(store *models.Store) error {
		if err := c.setupOpen(ctx, store, token); err != nil {
			return err
		}
		if err := store.UseSetupLink(ctx, credential.Digest(token), c.now()); err != nil {
			return err
		}
		var err error
		session, o, err = c.setUp(ctx, store, s, hash)
		return err
	})
	if errors.Is(err, models.ErrConflict) {
		return "", models.Organization{}, ErrGone // somebody used the link a moment ago
	}
	if err != nil {
		return "", models.Organization{}, err
	}
	return session, o, nil
}

// clean brings the fields into the form that is stored, or says what is wrong with each.
func (s *Setup) clean() error {
	var wrong Invalid
	name, err := cleanName("Organization", s.Organization)
	if err := wrong.add(err); err != nil {
		return err
	}
	s.Organization = name
	if s.Key == "" {
		s.Key = keyFor(s.Organization, "organization")
	}
	if !access.ValidKey(s.Key) {
		wrong.say("Key", "Use lower-case letters, digits, dots, hyphens and underscores, and begin with a letter or digit.")
	}
	name, err = cleanName("Name", s.Name)
	if err := wrong.add(err); err != nil {
		return err
	}
	s.Name = name
	email, err := files.CanonicalEmail(s.Email)
	if err != nil {
		wrong.say("Email", "Enter an address such as name@example.com.")
	} else {
		s.Email = email
	}
	if problem := credential.PasswordProblem(credential.PasswordMinimum, s.Password, s.Email); problem != "" {
		wrong.say("Password", problem)
	} else if s.Password != s.Again {
		wrong.say("Again", "The two passwords differ. Type the same one twice.")
	}
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}

// setUp makes the first administrator with their organization, and begins their session.
func (c *Console) setUp(ctx context.Context, store *models.Store, s Setup, hash string) (string, models.Organization, error) {
	person, err := c.firstPerson(ctx, store, s, hash)
	if err != nil {
		return "", models.Organization{}, err
	}
	by := Caller{Person: person, Address: s.Address}
	tx, err := c.createOrganization(ctx, store, by, models.Organization{Key: s.Key, Name: s.Organization}, c.now())
	if err != nil {
		return "", models.Organization{}, err
	}
	administrators, err := tx.Group(ctx, c.catalog.Administrators().Key)
	if err != nil {
		return "", models.Organization{}, err
	}
	if err := tx.AddMembership(ctx, administrators.Grantee().ID, person, nil, tx.At); err != nil {
		return "", models.Organization{}, err
	}
	tx.record(models.OpGroupMemberAdded, about(administrators.Resource), nil, membershipState(person.Email, person.Name, nil))
	if err := tx.writeActivities(ctx); err != nil {
		return "", models.Organization{}, err
	}
	session, err := c.startSession(ctx, store, person,
		beginning{Provider: ProviderPassword, Address: s.Address, Device: s.Device})
	if err != nil {
		return "", models.Organization{}, err
	}
	return session, tx.By.Organization, nil
}

// firstPerson makes the person of a new installation, with an account that proves the address.
func (c *Console) firstPerson(ctx context.Context, store *models.Store, s Setup, hash string) (models.Person, error) {
	person := models.Person{Email: s.Email, Name: s.Name, CreatedAt: c.now()}
	if err := store.CreatePerson(ctx, &person); err != nil {
		return models.Person{}, err
	}
	account := models.Account{PersonID: person.ID, Proven: true, PasswordHash: hash, CreatedAt: person.CreatedAt}
	if err := store.CreateAccount(ctx, &account); err != nil {
		return models.Person{}, err
	}
	return store.PersonByAccount(ctx, account.ID)
}
