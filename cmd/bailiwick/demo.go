package main

import (
	"context"
	"crypto/rand"
	_ "embed" // the demo organization
	"errors"
	"fmt"
	"io"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/words"
)

//go:embed demo.yaml
var demoFile []byte

// hint is what an operator reads once the console listens. base is where people reach it.
type hint func(out io.Writer, base string)

// firstSteps makes the demo organization, or the link with which to make the first one, where the database is empty.
func (c *serveCommand) firstSteps(ctx context.Context, s *settings, console *services.Console) (hint, error) {
	empty, err := console.Empty(ctx)
	switch {
	case err != nil:
		return nil, err
	case c.Demo:
		return s.demo(ctx, console, empty)
	case !empty:
		return holding(ctx, console)
	}
	path, err := console.NewSetupLink(ctx)
	return func(out io.Writer, base string) {
		fmt.Fprintf(out, "There is no organization yet. Open this link to make it. The link works once, for a day:\n  %s%s\n",
			base, path)
	}, err
}

// heldNamed is how many of a database's organizations are named at start.
const heldNamed = 10

// holding names the organizations that the database holds already: nobody is offered to set up the first one.
func holding(ctx context.Context, console *services.Console) (hint, error) {
	all, err := console.Installed(ctx)
	if err != nil {
		return nil, err
	}
	names := make([]string, len(all))
	for i, o := range all {
		names[i] = fmt.Sprintf("%s (%s)", o.Key, o.Name)
	}
	return func(out io.Writer, base string) {
		fmt.Fprintf(out, "The database holds %s: %s. Sign in at %s/sign-in\n", words.Organizations.Count(len(all)), words.List(names, heldNamed), base)
	}, nil
}

// demo applies the demo organization to an empty database and gives its members one password, which is kept only as a
// hash: later starts can't print it again.
func (s *settings) demo(ctx context.Context, console *services.Console, empty bool) (hint, error) {
	file, err := files.ReadOrganization("demo.yaml", demoFile, console.Catalog())
	if err != nil {
		return nil, usageError{"the demo organization does not fit the catalogue: leave out --demo or --catalog\n" + err.Error()}
	}
	if !empty {
		return s.demoBefore(ctx, console, file)
	}
	if _, err := console.Apply(ctx, file, services.ApplyOptions{}); err != nil {
		return nil, fmt.Errorf("set up the demo organization: %w", err)
	}
	password := rand.Text()
	for _, m := range file.Members {
		if err := console.SetPassword(ctx, file.Key, m.Email, password); err != nil {
			return nil, fmt.Errorf("set the password of %s: %w", m.Email, err)
		}
	}
	return func(out io.Writer, base string) {
		fmt.Fprintf(out, "This is the demo organization. Sign in at %s/sign-in with the password %s as one of these:\n", base, password)
		for _, m := range file.Members {
			fmt.Fprintf(out, "  %s\n", m.Email)
		}
		fmt.Fprintf(out, "The password is not shown again. To set another:\n  %s\n",
			s.toType("member set-password "+file.Key+" "+file.Members[0].Email))
	}, nil
}

// demoBefore says how to come into a demo that an earlier start made.
func (s *settings) demoBefore(ctx context.Context, console *services.Console, file *files.Organization) (hint, error) {
	_, err := console.Checker(ctx, file.Key)
	if errors.Is(err, models.ErrNotFound) {
		return func(out io.Writer, _ string) {
			fmt.Fprintln(out, "The database holds other organizations, so the demo was not added.")
		}, nil
	}
	return func(out io.Writer, base string) {
		fmt.Fprintf(out, "The demo exists from an earlier start. Sign in at %s/sign-in. To set another password:\n"+
			"  %s\n", base, s.toType("member set-password "+file.Key+" "+file.Members[0].Email))
	}, err
}
