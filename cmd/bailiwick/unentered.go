package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"bailiwick/services"
	"bailiwick/words"
)

// unenteredNamed is how many organizations that nobody could enter are named at start.
const unenteredNamed = 10

// warnOfUnentered names the organizations that no administrator could enter as the flags stand, and says what to type:
// without a mail server only a password opens an organization.
func (s *settings) warnOfUnentered(ctx context.Context, console *services.Console) error {
	unentered, err := console.Unentered(ctx, unenteredNamed)
	if err != nil {
		return err
	}
	for _, o := range unentered {
		fmt.Fprintf(os.Stderr, "warning: no administrator of %s can sign in: %s\n", o.Key, s.wayInto(o.Key, o.Email))
	}
	if len(unentered) > 0 && unentered[0].Total > len(unentered) {
		fmt.Fprintf(os.Stderr, "warning: and %s whose administrators can’t sign in\n",
			words.Organizations.With("more").Count(unentered[0].Total-len(unentered)))
	}
	return nil
}

// counted is what stands behind words about who can sign in: people whom only a mailed link lets in count with a mail
// server, which the console may have and this command was not told of. "" where it was.
func (s *settings) counted() string {
	if s.address() != "" {
		return ""
	}
	return " (without links by mail: no mail server was set with --smtp)"
}

// counting adds it to a refusal that is about who can sign in.
func (s *settings) counting(err error) error {
	var last services.LastWayIn
	if errors.As(err, &last) || errors.Is(err, services.ErrLastAdministrator) {
		return fmt.Errorf("%w%s", err, s.counted())
	}
	return err
}

// wayInto is what to type so that somebody can enter an organization; email is of an administrator whom a password would
// let in, "" where there is none.
func (s *settings) wayInto(organization, email string) string {
	if email == "" {
		return "apply a file that names one in the group administrators, then type " + s.toType("member set-password "+organization+" EMAIL")
	}
	return "type " + s.toType("member set-password "+organization+" "+email) + ", or start with a mail server"
}
