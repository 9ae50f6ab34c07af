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
	Organization string `arg:"" name:"org" help:"Key of the organization, which must not exist."`
	Members      int    `default:"100000" help:"Members, besides admin@ORG.example.com and viewer@ORG.example.com (${default})."`
	Groups       int    `default:"10000" help:"Groups (${default})."`
	Resources    int    `default:"1000000" help:"Resources of the domain (${default})."`
	Editors      int    `default:"1000000" help:"Rows of editor lists (${default})."`
	Domain       string `default:"content/sources" help:"Which domain is large (${default})."`
	Random       uint64 `default:"1" help:"Another number makes up another organization of the same size (${default})."`
}

// Run tells on standard error how far it is.
func (s *seedCommand) Run(ctx context.Context, settings *settings) error {
	return settings.withConsole(ctx, func(console *services.Console) error {
		began := clock()
		err := console.Seed(ctx, services.Seed{
			Key: s.Organization, Members: s.Members, Groups: s.Groups, Resources: s.Resources, Editors: s.Editors,
			Domain: access.DomainKey(s.Domain), Random: s.Random,
			Progress: func(what string, done, all int) {
				fmt.Fprintf(os.Stderr, "%5.0f s  %s: %d of %d\n", clock().Sub(began).Seconds(), what, done, all)
			},
		})
		if err != nil {
			return s.inItsWords(err)
		}
		fmt.Fprintf(os.Stderr, "%5.0f s  done. To sign in, first set a password:\n  %s\n",
			clock().Sub(began).Seconds(), settings.toType("member set-password "+s.Organization+" viewer@"+s.Organization+".example.com"))
		return nil
	})
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
