package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"bailiwick/services"
)

type checkCommand struct {
	Organization string `arg:"" name:"org" help:"Key of the organization."`
	Subject      string `arg:"" optional:"" help:"member:EMAIL, group:KEY, api-key:KEY or personnel:EMAIL."`
	Ability      string `arg:"" optional:"" help:"view, edit, create, allowed or push."`
	About        string `arg:"" optional:"" name:"domain[:resource]" help:"Such as content/sources or content/sources:jira."`
	Batch        string `placeholder:"FILE" help:"Answer the questions in FILE instead (- is standard input). Each line is a JSON object with subject, ability, domain and resource."`
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
		return usageError{inPlainWords(err)}
	}
	return err
}

func (c *checkCommand) one(ctx context.Context, console *services.Console) error {
	domain, resource, named := strings.Cut(c.About, ":")
	if named && resource == "" {
		return usageError{fmt.Sprintf("%q names no resource: leave the colon out to ask about the domain", c.About)}
	}
	e, err := console.Check(ctx, c.Organization, services.Question{
		Subject: c.Subject, Ability: c.Ability, Domain: domain, Resource: resource,
	})
	if err != nil {
		return err
	}
	if e.Unknown.Text != "" {
		fmt.Fprintln(os.Stderr, "bailiwick:", e.Unknown.Text)
		fmt.Println("deny")
		return errDenied
	}
	fmt.Print(inWords(e))
	if !e.Allowed {
		return errDenied
	}
	return nil
}

// inWords is an explanation as the command line prints it: the decision alone on the first line, then the same sentences as on
// the console's page, each grant with its grantee as questions name it.
func inWords(e services.Explanation) string {
	says := e.Sentences()
	var b strings.Builder
	if e.Allowed {
		b.WriteString("allow\n")
	} else {
		b.WriteString("deny\n")
	}
	fmt.Fprintf(&b, "%s. %s\n", says.Verdict, says.Summary)
	told(&b, "Because", says.Because)
	told(&b, "Also looked at", says.Considered)
	if len(says.Changes) > 0 {
		b.WriteString("What would change the answer\n")
	}
	for _, change := range says.Changes {
		fmt.Fprintf(&b, "  %s\n", change)
	}
	fmt.Fprintf(&b, "As of %s\n", says.AsOf)
	return b.String()
}

func told(b *strings.Builder, title string, grants []services.Told) {
	if len(grants) > 0 {
		fmt.Fprintln(b, title)
	}
	for _, t := range grants {
		fmt.Fprintf(b, "  %s (%s): %s\n", t.Grant.Via.Ref(), t.Grant.Via.Name, t.Text)
	}
}
