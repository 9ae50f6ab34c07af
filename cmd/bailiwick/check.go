package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/services"
)

type checkCommand struct {
	Organization string `arg:"" name:"org" help:"Key of the organization."`
	Subject      string `arg:"" optional:"" help:"member:EMAIL, group:KEY or api-key:KEY."`
	Ability      string `arg:"" optional:"" help:"view, edit, create, allowed or push."`
	About        string `arg:"" optional:"" name:"domain[:resource]" help:"Such as content/sources or content/sources:jira."`
	Batch        string `placeholder:"FILE" help:"Answer the questions in FILE instead (- is standard input): one JSON object a line with subject, ability, domain and resource."`
}

// Run answers one question or a batch. Exit status 1 means deny and nothing else.
func (c *checkCommand) Run(ctx context.Context, s *settings) error {
	if c.Batch == "" && c.About == "" || c.Batch != "" && c.Subject != "" {
		return usageError{"check takes ORG SUBJECT ABILITY DOMAIN[:RESOURCE], or ORG --batch FILE"}
	}
	err := s.withConsole(ctx, func(console *services.Console) error {
		if c.Batch != "" {
			return c.batch(ctx, console)
		}
		return c.one(ctx, console)
	})
	if err != nil && !errors.Is(err, errDenied) {
		return usageError{err.Error()}
	}
	return err
}

func (c *checkCommand) one(ctx context.Context, console *services.Console) error {
	domain, resource, named := strings.Cut(c.About, ":")
	if named && resource == "" {
		return usageError{fmt.Sprintf("%q names no resource: leave the colon out to ask about the domain", c.About)}
	}
	answer, err := console.Check(ctx, c.Organization, services.Question{
		Subject: c.Subject, Ability: c.Ability, Domain: domain, Resource: resource,
	})
	if err != nil {
		return err
	}
	if answer.Unknown != "" {
		fmt.Fprintln(os.Stderr, "bailiwick:", answer.Unknown)
	}
	if !answer.Allowed {
		fmt.Println("deny")
		return errDenied
	}
	fmt.Println("allow")
	for _, reason := range answer.Via {
		fmt.Println(inWords(console.Catalog(), reason))
	}
	return nil
}

// inWords is one grant as a person reads it.
func inWords(catalog *access.Catalog, r access.Reason) string {
	text := fmt.Sprintf("%s (%s): %s", r.Grant.Via.Ref(), r.Grant.Via.Name, catalog.Domain(r.Grant.Domain).Label(r.Grant.Level))
	if r.Listed {
		text += ", in its editor list"
	}
	if r.Grant.CanCreate {
		text += ", can create"
	}
	if !r.Grant.Until.IsZero() {
		text += ", until " + r.Grant.Until.UTC().Format(time.RFC3339)
	}
	return text
}
