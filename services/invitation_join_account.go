package services

import (
	"context"
	"errors"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// NewAccount is what somebody typed to make an account with an invitation.
type NewAccount struct {
	Name, Password string
	Address        string // of the visitor, "" where it is not known
	Device         string // as the browser calls itself
}

// ErrHasAccount says that there is an account for the invited address, which the link does not open: its owner signs in.
var ErrHasAccount = errors.New("there is an account for this address")

// JoinWithAccount makes an account with a password for the address of the invitation behind the secret of a link, accepts,
// and begins a session. It may fail with ErrHasAccount, ErrTooManyAccounts and WrongProvider. Fields of errors: Name and
// Password. What became of an invitation that can't be accepted is told; then there is neither an account nor a session.
func (c *Console) JoinWithAccount(ctx context.Context, token string, n NewAccount) (Joined, string, error) {
	joining, err := c.Joining(ctx, token)
	if err != nil {
		return Joined{}, "", err
	}
	if joining.Standing != (Standing{}) {
		joined, err := c.endVoid(ctx, joining.Invitation, n.Address)
		return joined, "", err
	}
	person, err := c.newPerson(ctx, joining, n)
	if err != nil {
		return Joined{}, "", err
	}
	by := Caller{Person: person, Provider: ProviderPassword, Address: n.Address}
	var joined Joined
	var session string
	err = c.join(ctx, joining.Invitation, by, func(tx *Tx) error {
		judged, err := c.judgeInvitation(ctx, tx, joining.ID)
		if err != nil {
			return err
		}
		if joined = judged.Joined; joined.State != "" {
			return nil
		}
		joined, session, err = c.joinWith(ctx, tx, joining, n)
		return err
	})
	if err != nil {
		return Joined{}, "", err
	}
	return joined, session, nil
}

// joinWith makes the account of who comes, accepts, and begins a session.
func (c *Console) joinWith(ctx context.Context, tx *Tx, joining Joining, n NewAccount) (Joined, string, error) {
	if tx.By.Person.PasswordHash == "" {
		return Joined{}, "", ErrInvitationEnded // it had, and somebody extended it since: nothing was judged of what was typed
	}
	if err := c.openAccount(ctx, tx, joining); err != nil {
		return Joined{}, "", err
	}
	link := models.LinkedInvitation{Invitation: joining.Invitation, Mailed: joining.Mailed, MakerID: joining.MakerID}
	joined, err := c.acceptIn(ctx, tx, link)
	if err != nil {
		return Joined{}, "", err
	}
	session, err := c.startSession(ctx, tx.Store(), tx.By.Person,
		beginning{Provider: ProviderPassword, Address: n.Address, Device: n.Device})
	if err != nil {
		return Joined{}, "", err
	}
	return joined, session, nil
}

// newPerson is the account that somebody typed, with the hash of its password: computed before the change, which others
// wait for.
func (c *Console) newPerson(ctx context.Context, j Joining, n NewAccount) (models.Person, error) {
	if j.State != "" {
		return models.Person{Email: j.Email}, nil
	}
	if !j.Wanted.Admits(ProviderPassword) {
		return models.Person{}, WrongProvider{j.Organization, j.Wanted}
	}
	if j.Account != AccountNone && j.Account != AccountBeside {
		return models.Person{}, ErrHasAccount
	}
	name, err := n.clean(j.Email)
	if err != nil {
		return models.Person{}, err
	}
	var beside []models.Person
	if j.Account == AccountBeside {
		if beside, err = c.store.AccountsByEmail(ctx, j.Email); err != nil {
			return models.Person{}, err
		}
	}
	hash, err := c.hasher.hash(ctx, credential.Turn{Rank: credential.Known, Of: "invited " + j.Email}, n.Password, beside...)
	if err != nil {
		return models.Person{}, err
	}
	return models.Person{Email: j.Email, Name: name, PasswordHash: hash, Unproven: !j.Mailed, CreatedAt: c.now()}, nil
}

// clean is the name in the form that is stored, or what is wrong with each field.
func (n NewAccount) clean(email string) (string, error) {
	var wrong Invalid
	name, err := cleanName("Name", n.Name)
	if err := wrong.add(err); err != nil {
		return "", err
	}
	if problem := credential.PasswordProblem(credential.PasswordMinimum, n.Password, email); problem != "" {
		wrong.say("Password", problem)
	}
	if len(wrong.Fields) > 0 {
		return "", wrong
	}
	return name, nil
}

// openAccount makes the account that was typed. A link that was mailed proves the address: what others made for it ends, and
// the account is the proven one with a first password. Where there is one meanwhile it is ErrHasAccount.
func (c *Console) openAccount(ctx context.Context, tx *Tx, j Joining) error {
	if !j.Mailed {
		return c.openBeside(ctx, tx, j)
	}
	typed, store := tx.By.Person, tx.Store()
	state, err := c.accountState(ctx, store, j)
	if err != nil {
		return err
	}
	if state != AccountNone {
		return ErrHasAccount
	}
	person, err := madeOrFound(ctx, store, typed)
	if err != nil {
		return err
	}
	if person, err = store.ProveEmail(ctx, person.ID); err != nil {
		return err
	}
	if person.PasswordHash != "" || person.TOTPSecret != "" {
		return ErrHasAccount // made since it was looked at: the person was not held yet
	}
	if err := store.SetPassword(ctx, person.AccountID, typed.PasswordHash, false); err != nil {
		return err
	}
	if err := store.SetPersonName(ctx, person.ID, typed.Name); err != nil {
		return err
	}
	tx.By.Person, err = store.PersonByAccount(ctx, person.AccountID)
	return err
}

// madeOrFound makes a person, or finds the one that there is of the address.
func madeOrFound(ctx context.Context, store *models.Store, person models.Person) (models.Person, error) {
	err := store.CreatePerson(ctx, &person)
	if errors.Is(err, models.ErrDuplicate) {
		return store.PersonByEmail(ctx, person.Email)
	}
	if err != nil {
		return models.Person{}, err
	}
	return person, nil
}

// SendJoinLink sends a link to sign in with to the address of the invitation behind the secret of a link, and makes the
// person where there is none: without an account until the link is used.
func (c *Console) SendJoinLink(ctx context.Context, token, address string) error {
	joining, err := c.Joining(ctx, token)
	if err != nil {
		return err
	}
	if joining.Standing != (Standing{}) {
		_, err = c.endVoid(ctx, joining.Invitation, address)
		return errors.Join(ErrInvitationEnded, err)
	}
	if joining.State != "" {
		return ErrInvitationEnded
	}
	if !c.Mails() {
		return ErrNoMail
	}
	if !joining.Wanted.Admits(ProviderEmailLink) {
		return WrongProvider{joining.Organization, joining.Wanted}
	}
	person := models.Person{Email: joining.Email, CreatedAt: c.now()}
	if err := c.store.CreatePerson(ctx, &person); err != nil && !errors.Is(err, models.ErrDuplicate) {
		return err
	}
	return c.SendSignInLink(ctx, joining.Email, address, "/join")
}
