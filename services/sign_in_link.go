package services

import (
	"context"

	"bailiwick/models"
	"bailiwick/words"
)

// SendSignInLink mails a link with which the person of an e-mail signs in, and goes on to a path of the console; "" is its
// first page. Its answer is the same for addresses that are nobody's. ErrNoMail or Throttled.
func (c *Console) SendSignInLink(ctx context.Context, email, address, next string) error {
	return c.sendLink(ctx, linkRequest{mail: MailSignInLink, email: email, address: address, next: next})
}

// composeSignInLink writes the mail of a link to sign in.
func (c *Console) composeSignInLink(ctx context.Context, m models.Mail) (Message, error) {
	token, err := c.mintLink(ctx, models.LinkSignIn, m)
	if err != nil {
		return Message{}, err
	}
	return Message{
		Subject:    "Your link to sign in",
		Paragraphs: []string{"Somebody asked for a link to sign in to Bailiwick. It works once, for " + words.Remaining(LinkLife) + " from then."},
		LinkText:   "Sign in",
		Path:       SignInLinkPath + token,
		After:      []string{"If it was not you, do nothing. Without the link nobody can sign in. Never give this link to anybody."},
	}, nil
}

// SignInLinkPath is where links to sign in lead, before their secret.
const SignInLinkPath = "/sign-in/link/"

// SignInLink tells whose link it is; ErrGone when it no longer opens. It changes nothing, however often it is asked: mail
// scanners open links.
func (c *Console) SignInLink(ctx context.Context, token string) (models.Person, error) {
	open, err := c.openLink(ctx, c.store, models.LinkSignIn, token)
	if err != nil {
		return models.Person{}, err
	}
	return open.person, nil
}

// SignInByLink uses a link up, begins a session and returns its secret and the path to go to. It fails with ErrGone, and
// with OwesSecondFactor where the person has one: the path is returned with that too, for who goes on to the code.
func (c *Console) SignInByLink(ctx context.Context, token, address, device string) (string, string, error) {
	var b begun
	var next string
	err := c.useLink(ctx, models.LinkSignIn, token, func(tx *models.Store, used openedLink) error {
		var err error
		next = used.link.Next
		b, err = c.begin(ctx, tx, used.person, beginning{Provider: ProviderEmailLink, Address: address, Device: device})
		return err
	})
	if err != nil {
		return "", "", err
	}
	session, err := b.session()
	return session, next, err
}
