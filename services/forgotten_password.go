package services

import (
	"context"

	"bailiwick/models"
	"bailiwick/services/credential"
	"bailiwick/words"
)

// SendPasswordLink mails a link with which the person of an e-mail sets a password. Its answer is the same for addresses
// that are nobody's. ErrNoMail or Throttled.
func (c *Console) SendPasswordLink(ctx context.Context, email, address string) error {
	return c.sendLink(ctx, linkRequest{mail: MailPasswordReset, email: email, address: address})
}

// PasswordLinkPath is where links to set a password lead, before their secret.
const PasswordLinkPath = "/reset-password/"

// composePasswordLink writes the mail of a link to set a password.
func (c *Console) composePasswordLink(ctx context.Context, m models.Mail) (Message, error) {
	token, err := c.mintLink(ctx, models.LinkPassword, m)
	if err != nil {
		return Message{}, err
	}
	return Message{
		Subject:    "Set a new password",
		Paragraphs: []string{"Somebody asked for a new password for your Bailiwick account. The link works once, for " + words.Remaining(LinkLife) + " from then."},
		LinkText:   "Set a password",
		Path:       PasswordLinkPath + token,
		After:      []string{"If it was not you, do nothing. Your password stays as it is. Never give this link to anybody."},
	}, nil
}

// PasswordLink tells whose link it is; ErrGone when it no longer opens. It changes nothing.
func (c *Console) PasswordLink(ctx context.Context, token string) (models.Person, error) {
	open, err := c.openLink(ctx, c.store, models.LinkPassword, token)
	if err != nil {
		return models.Person{}, err
	}
	return open.person, nil
}

// NewPassword is a password as somebody types it, twice.
type NewPassword struct {
	Password, Again string
}

// problem is what is wrong with it for a person; nil where nothing is.
func (n NewPassword) problem(person models.Person) error {
	if text := credential.PasswordProblem(PasswordMinimumOf(person), n.Password, person.Email); text != "" {
		return invalid("Password", text)
	}
	if n.Password != n.Again {
		return invalid("Again", "The two passwords differ. Type the same one twice.")
	}
	return nil
}

// ResetPassword uses a link up and sets the password. All sessions end; nobody is signed in by it, for the second factor
// is not asked here. Invalid, or ErrGone when the link no longer opens.
func (c *Console) ResetPassword(ctx context.Context, token string, n NewPassword, address string) error {
	person, err := c.PasswordLink(ctx, token)
	if err != nil {
		return err
	}
	if err := n.problem(person); err != nil {
		return err
	}
	hash, err := c.hasher.hash(ctx, credential.Turn{Rank: credential.Known, Of: "account of " + person.Email}, n.Password)
	if err != nil {
		return err
	}
	return c.useLink(ctx, models.LinkPassword, token, func(tx *models.Store, used openedLink) error {
		if err := tx.SetPassword(ctx, used.person.AccountID, hash, credential.IsShort(n.Password)); err != nil {
			return err
		}
		return c.recordOwn(ctx, tx, used.person, address, models.OpMemberPasswordReset, nil, nil)
	})
}
