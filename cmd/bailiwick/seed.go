package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"bailiwick/access"
	"bailiwick/services"
)

type seedCommand struct {
	Organization string `arg:"" name:"org" help:"Key of the new organization."`
	Middle       bool   `help:"Make a middle-sized organization that looks real: departments, long and similar names, people of the same name, end dates, API keys and invitations."`
	Members      *int   `help:"Members, besides admin@ORG.example.com and viewer@ORG.example.com (100000; with --middle 800)."`
	Groups       *int   `help:"Groups (10000; with --middle 66)."`
	Resources    *int   `help:"Resources of the domain (1000000; with --middle 400)."`
	Editors      *int   `help:"Rows of editor lists (1000000; with --middle 900)."`
	Domain       string `default:"content/sources" help:"Which domain is large (${default})."`
	Random       uint64 `default:"1" help:"Another number makes another organization of the same size (${default})."`
}

// size is what to make up: what was typed, and otherwise what the help says.
func (s *seedCommand) size() services.Seed {
	size := services.Seed{Members: 100_000, Groups: 10_000, Resources: 1_000_000, Editors: 1_000_000}
	if s.Middle {
		size = services.Seed{Members: 800, Groups: 66, Resources: 400, Editors: 900, Lifelike: true}
	}
	for _, typed := range []struct{ what, instead *int }{
		{&size.Members, s.Members}, {&size.Groups, s.Groups}, {&size.Resources, s.Resources}, {&size.Editors, s.Editors},
	} {
		if typed.instead != nil {
			*typed.what = *typed.instead
		}
	}
	size.Key, size.Domain, size.Random = s.Organization, access.DomainKey(s.Domain), s.Random
	return size
}

// Run tells on standard error how far it is.
func (s *seedCommand) Run(ctx context.Context, settings *settings) error {
	return settings.withConsole(ctx, func(console *services.Console) error {
		began := clock()
		size := s.size()
		size.Progress = func(what string, done, all int) {
			fmt.Fprintf(os.Stderr, "%5.0f s  %s: %d of %d\n", clock().Sub(began).Seconds(), what, done, all)
		}
		if err := console.Seed(ctx, size); err != nil {
			return s.inItsWords(err)
		}
		fmt.Fprintf(os.Stderr, "%5.0f s  done. To sign in, first set a password:\n  %s\n",
			clock().Sub(began).Seconds(), settings.toType("member set-password "+s.Organization+" "+s.firstToSignIn()))
		return nil
	})
}

// firstToSignIn is who has most to look at: the viewer's lists are the longest, and an administrator's work the widest.
func (s *seedCommand) firstToSignIn() string {
	who := "viewer"
	if s.Middle {
		who = "admin"
	}
	return who + "@" + s.Organization + ".example.com"
}

// inItsWords names what is wrong as it was typed.
func (s *seedCommand) inItsWords(err error) error {
	var invalid services.Invalid
	if errors.Is(err, services.ErrExists) {
		return refusal(fmt.Sprintf("there is an organization %q already: choose another key", s.Organization))
	}
	if !errors.As(err, &invalid) {
		return err
	}
	return refusal(fieldsInWords(invalid, func(field string) string {
		if field == "Key" {
			return "ORG"
		}
		return "--" + strings.ToLower(field)
	}))
}
