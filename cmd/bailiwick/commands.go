package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"bailiwick/models"
	"bailiwick/services"
)

type exportCommand struct {
	Organization string `arg:"" name:"org" help:"Key of the organization."`
	ChangedOnly  bool   `help:"Leave out the built-in groups that nobody has changed."`
}

// Run writes the file to standard output.
func (e *exportCommand) Run(ctx context.Context, s *settings) error {
	return s.withConsole(ctx, func(console *services.Console) error {
		return console.Export(ctx, e.Organization, services.ExportOptions{ChangedOnly: e.ChangedOnly}, os.Stdout)
	})
}

type memberCommands struct {
	SetPassword       setPasswordCommand       `cmd:"" help:"Set a member’s password. It is read from standard input."`
	ResetSecondFactor resetSecondFactorCommand `cmd:"" help:"Remove the second factor of a member who has lost it."`
}

type setPasswordCommand struct {
	Organization string `arg:"" name:"org" help:"Key of the organization."`
	Email        string `arg:"" help:"Email of the member."`
}

// longestPassword is more than any password rule allows; the rest of a longer input is not even read.
const longestPassword = 1 << 16

// typedPassword reads a password without the one line end that typing or echo leaves, and nothing else of it is changed.
func typedPassword(ctx context.Context) (string, error) {
	if info, err := os.Stdin.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		fmt.Fprintln(os.Stderr, "Type the new password, then Enter, then Ctrl-D. The password is visible on the screen.")
	}
	typed, err := io.ReadAll(io.LimitReader(standardInput(ctx), longestPassword))
	if err != nil {
		return "", fmt.Errorf("read the password from standard input: %w", err)
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(typed), "\n"), "\r"), nil
}

// Run makes the password that of the member.
func (p *setPasswordCommand) Run(ctx context.Context, s *settings) error {
	password, err := typedPassword(ctx)
	if err != nil {
		return err
	}
	return s.withConsole(ctx, func(console *services.Console) error {
		if err := console.SetPassword(ctx, p.Organization, p.Email, password); err != nil {
			return fmt.Errorf("set the password of %s in %s: %w", p.Email, p.Organization, err)
		}
		fmt.Fprintf(os.Stderr, "%s has a new password. Their sessions have ended.\n", p.Email)
		return nil
	})
}

type resetSecondFactorCommand struct {
	Organization string `arg:"" name:"org" help:"Key of the organization."`
	Email        string `arg:"" help:"Email of the member."`
	Yes          bool   `help:"Do it even if no administrator can sign in afterwards."`
}

// Run makes the member's next sign-in one without a code.
func (r *resetSecondFactorCommand) Run(ctx context.Context, s *settings) error {
	return s.withConsole(ctx, func(console *services.Console) error {
		passwordEnded, err := console.ResetSecondFactor(ctx, r.Organization, r.Email, r.Yes)
		if errors.Is(err, models.ErrConflict) {
			return refusal(r.Email + " has no second factor: nothing to remove")
		}
		var last services.LastWayIn
		if errors.As(err, &last) {
			return fmt.Errorf("nothing was changed: the password of %s is too short without a second factor and would end too, and %w; "+
				"to do it, type the command again with --yes, and then give them a new password:\n  %s",
				r.Email, s.counting(err), s.toType("member set-password "+r.Organization+" "+r.Email))
		}
		if err != nil {
			return fmt.Errorf("take the second factor of %s in %s away: %w", r.Email, r.Organization, err)
		}
		fmt.Fprintf(os.Stderr, "%s has no second factor any more. Their sessions and recovery codes have ended.\n", r.Email)
		if passwordEnded {
			fmt.Fprintf(os.Stderr, "Their password was too short without it, so it has ended too. Set a new one:\n  %s\n",
				s.toType("member set-password "+r.Organization+" "+r.Email))
		}
		return nil
	})
}

type migrateCommand struct{}

// Run does what every command does first, and no more.
func (migrateCommand) Run(ctx context.Context, s *settings) error {
	return s.withConsole(ctx, func(*services.Console) error {
		fmt.Fprintln(os.Stderr, "the schema is up to date")
		return nil
	})
}
