package services

import (
	"context"
	"errors"
	"fmt"

	"bailiwick/models"
	"bailiwick/services/credential"
	"bailiwick/services/outbox"
	"bailiwick/words"
)

// The mails about a change of an address. AboutID: the change.
const (
	MailAddressProof   = "address-proof"   // to the new address
	MailAddressNotice  = "address-notice"  // to the present one, which may object
	MailAddressChanged = "address-changed" // to the one before
)

// Where the links lead, before their secret.
const (
	AddressProofPath     = "/address/new/"
	AddressObjectionPath = "/address/keep/"
)

// addressChangeOfMail is the change that a mail is about, while it is under way.
func (c *Console) addressChangeOfMail(ctx context.Context, m models.Mail) (models.AddressChange, error) {
	change, err := c.store.AddressChange(ctx, models.AddressChangeID(m.AboutID))
	if err != nil {
		return change, gone(err)
	}
	if !change.Open(c.now()) {
		return change, outbox.ErrObsolete
	}
	return change, nil
}

// composeAddressProof writes the mail to the new address. Where that is somebody's already, who reads it is told so, and nobody else.
func (c *Console) composeAddressProof(ctx context.Context, m models.Mail) (Message, error) {
	change, err := c.addressChangeOfMail(ctx, m)
	if err != nil {
		return Message{}, err
	}
	message := Message{Subject: "Your new address", Paragraphs: []string{change.ProposerName + " wants to use this address in Bailiwick in place of " + change.EmailBefore + "."}}
	_, err = c.store.PersonByEmail(ctx, change.Email)
	if err == nil {
		message.Paragraphs = append(message.Paragraphs, "Another person in Bailiwick already has this address. Nothing changes.")
		message.LinkText, message.Path = "Open Bailiwick", "/"
		return message, nil
	}
	if !errors.Is(err, models.ErrNotFound) {
		return Message{}, err
	}
	if change.Proposed() {
		message.Paragraphs[0] = fmt.Sprintf("%s proposes that the account of %s in Bailiwick gets this address. It changes on %s at the earliest, and only if you confirm it.",
			change.ProposerName, change.EmailBefore, words.Moment(change.DueAt))
	}
	message.LinkText = "Confirm the address"
	if message.Path, err = c.mintAddressLink(ctx, change, AddressProofPath, false); err != nil {
		return Message{}, err
	}
	message.After = []string{"The link works until " + words.Moment(change.ExpiresAt) + ". If you did not expect this mail, do nothing: without the link nothing changes. Never give the link to anybody."}
	return message, nil
}

// composeAddressNotice writes the mail to the present address, with the link to object.
func (c *Console) composeAddressNotice(ctx context.Context, m models.Mail) (Message, error) {
	change, err := c.addressChangeOfMail(ctx, m)
	if err != nil {
		return Message{}, err
	}
	when := "As soon as the new address is confirmed, you sign in with that one."
	if change.Proposed() {
		when = "It changes on " + words.Moment(change.DueAt) + " at the earliest, if the new address is confirmed and you don’t object. Then you sign in with that one."
	}
	path, err := c.mintAddressLink(ctx, change, AddressObjectionPath, true)
	if err != nil {
		return Message{}, err
	}
	return Message{
		Subject:    "Your address will change",
		Paragraphs: []string{change.ProposerName + " wants the address of your account in Bailiwick to be " + change.Email + ".", when},
		LinkText:   "Keep my address",
		Path:       path,
		After:      []string{"If that is right, do nothing. If not, keep your address and set a new password: somebody may know yours."},
	}, nil
}

// composeAddressChanged tells the address before that it opens nothing any more.
func (c *Console) composeAddressChanged(ctx context.Context, m models.Mail) (Message, error) {
	change, err := c.store.AddressChange(ctx, models.AddressChangeID(m.AboutID))
	if err != nil {
		return Message{}, gone(err)
	}
	return Message{
		Subject: "Your address has changed",
		Paragraphs: []string{"The address of your account in Bailiwick is " + change.Email + " now. You can no longer sign in with the old one, and it gets no more mails about the account.",
			"If you did not want that, tell an administrator of your organization immediately."},
		LinkText: "Open Bailiwick", Path: "/",
	}, nil
}

// mintAddressLink makes a link to a change and returns its path.
func (c *Console) mintAddressLink(ctx context.Context, change models.AddressChange, path string, objects bool) (string, error) {
	token := credential.NewToken()
	if err := c.store.CreateAddressChangeLink(ctx, credential.Digest(token), change.ID, objects); err != nil {
		return "", err
	}
	return path + token, nil
}
