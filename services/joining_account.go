package services

import (
	"context"
	"errors"

	"bailiwick/models"
)

// NewAccount is what somebody typed to make an account with an invitation.
type NewAccount struct {
	Name, Password string
	Address        string // of the network peer
	Device         string // as the browser calls itself
}

// ErrHasAccount says that there is an account for the invited address, which the link does not open: its owner signs in.
var ErrHasAccount = errors.New("there is an account for this address")

// JoinWithAccount makes an account with a password for the address of the invitation behind the secret of a link, accepts,
// and begins a session. It may fail with ErrHasAccount and WrongProvider. Fields of errors: name and password. What became
// of an invitation that can't be accepted is told; then there is neither an account nor a session.
func (c *Console) JoinWithAccount(ctx context.Context, token string, n NewAccount) (joined Joined, session string, err error) {
	joining, err := c.Joining(ctx, token)
	if err != nil {
		return Joined{}, "", err
	}
	person, err := c.newPerson(ctx, joining, n)
	if err != nil {
		return Joined{}, "", err
	}
	by := Caller{Person: person, Provider: ProviderPassword, Address: n.Address}
	err = c.join(ctx, joining.Invitation, by, func(tx *Tx) error {
		joining.State, joining.Standing, err = c.stillStands(ctx, tx, joining.ID)
		if err != nil || joining.State != "" || joining.Standing != (Standing{}) {
			joined, err = c.acceptIn(ctx, tx, joining.ID) // which tells what became of it, and ends what is void
			return err
		}
		if person.PasswordHash == "" {
			return ErrInvitationEnded // it had, and somebody extended it since: nothing was judged of what was typed
		}
		if err := c.openAccount(ctx, tx, joining); err != nil {
			return err
		}
		if joined, err = c.acceptIn(ctx, tx, joining.ID); err != nil {
			return err
		}
		session, err = c.startSession(ctx, tx.Store(), tx.By.Person,
			beginning{Provider: ProviderPassword, Address: n.Address, Device: n.Device})
		return err
	})
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
	if j.Account != AccountNone {
		return models.Person{}, ErrHasAccount
	}
	var wrong Invalid
	name, err := cleanName("name", n.Name)
	if errors.As(err, &wrong) {
		err = nil
	}
	if problem := passwordProblem(n.Password, j.Email); problem != "" {
		wrong.Fields = append(wrong.Fields, FieldError{"password", problem})
	}
	if err == nil && len(wrong.Fields) > 0 {
		err = wrong
	}
	if err != nil {
		return models.Person{}, err
	}
	hash, err := c.hasher.hash(ctx, n.Password)
	return models.Person{Email: j.Email, Name: name, PasswordHash: hash, Unproven: !j.Mailed, CreatedAt: c.now()}, err
}

// stillStands judges the invitation again, inside the change.
func (c *Console) stillStands(ctx context.Context, tx *Tx, id models.InvitationID) (string, Standing, error) {
	i, err := tx.Invitation(ctx, id)
	if err != nil {
		return "", Standing{}, err
	}
	if state := stateOf(i, tx.At); state != "" {
		return state, Standing{}, nil
	}
	groups, err := tx.InvitedGroupsOf(ctx, []models.InvitationID{id})
	if err != nil {
		return "", Standing{}, err
	}
	standing, err := c.standing(ctx, tx.Scope, i, groups[id], tx.At)
	return "", standing, err
}

// openAccount makes the person, or gives the one that there is a first password. Somebody who made it in the meantime is
// ErrHasAccount.
func (c *Console) openAccount(ctx context.Context, tx *Tx, j Joining) error {
	typed, store := tx.By.Person, tx.Store()
	err := store.CreatePerson(ctx, &tx.By.Person)
	if !errors.Is(err, models.ErrDuplicate) {
		return err
	}
	if j.Account, err = c.accountState(ctx, store, j); err != nil {
		return err
	}
	if j.Account != AccountNone {
		return ErrHasAccount
	}
	if tx.By.Person, err = store.PersonByEmail(ctx, j.Email); err != nil {
		return err
	}
	if j.Mailed {
		if err := store.ProveEmail(ctx, tx.By.Person.ID); err != nil {
			return err
		}
	}
	if err := store.SetPassword(ctx, tx.By.Person.ID, typed.PasswordHash, false); err != nil {
		return err
	}
	tx.By.Person.Name = typed.Name
	return store.SetPersonName(ctx, tx.By.Person.ID, typed.Name)
}

// SendJoinLink sends a link to sign in with to the address of the invitation behind the secret of a link, and makes the
// account where there is none: without a password, and nobody's until the link is used.
func (c *Console) SendJoinLink(ctx context.Context, token, address string) error {
	joining, err := c.Joining(ctx, token)
	if err != nil {
		return err
	}
	if !c.Mails() {
		return ErrNoMail
	}
	if joining.State != "" || joining.Standing != (Standing{}) {
		return ErrInvitationEnded
	}
	if !joining.Wanted.Admits(ProviderEmailLink) {
		return WrongProvider{joining.Organization, joining.Wanted}
	}
	person := models.Person{Email: joining.Email, Unproven: true, CreatedAt: c.now()}
	if err := c.store.CreatePerson(ctx, &person); err != nil && !errors.Is(err, models.ErrDuplicate) {
		return err
	}
	return c.SendSignInLinkTo(ctx, joining.Email, address, "/join")
}
