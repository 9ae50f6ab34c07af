package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/words"
)

type operatorCommands struct {
	Apply       operatorApplyCommand    `cmd:"" help:"Apply a file with the vendor, its operators, categories and personnel."`
	Export      operatorExportCommand   `cmd:"" help:"Write the vendor, its operators, categories and personnel as a file."`
	ResetClock  operatorClockCommand    `cmd:"" help:"End all temporary access, and allow new requests, after the clock was ahead by mistake."`
	SetPassword operatorPasswordCommand `cmd:"" help:"Set the password of an operator or of one of the personnel. It is read from standard input."`
}

type operatorApplyCommand struct {
	File   string `arg:"" help:"Operator’s file. What it omits is removed."`
	DryRun bool   `help:"Print the plan and change nothing."`
}

// Run prints the plan, then what stands in its way if something does.
func (a *operatorApplyCommand) Run(ctx context.Context, s *settings) error {
	data, err := os.ReadFile(a.File)
	if err != nil {
		return fmt.Errorf("read the operator’s file: %w", err)
	}
	return s.withConsole(ctx, func(console *services.Console) error {
		file, found := files.ReadOperator(a.File, data, console.Catalog())
		plan, err := console.ApplyOperator(ctx, a.File, file, services.ApplyOptions{DryRun: a.DryRun, Found: found})
		if err != nil {
			return err
		}
		_, err = io.WriteString(os.Stdout, plan.String())
		return err
	})
}

type operatorExportCommand struct{}

// Run writes the file to standard output.
func (operatorExportCommand) Run(ctx context.Context, s *settings) error {
	return s.withConsole(ctx, func(console *services.Console) error {
		err := console.ExportOperator(ctx, os.Stdout)
		if errors.Is(err, models.ErrNotFound) {
			return refusal("no operator’s file was applied yet: run bailiwick operator apply FILE")
		}
		return err
	})
}

type operatorClockCommand struct{}

// Run says what it ended, and what is left to do.
func (operatorClockCommand) Run(ctx context.Context, s *settings) error {
	return s.withConsole(ctx, func(console *services.Console) error {
		ended, err := console.ResetClock(ctx)
		if err != nil {
			return fmt.Errorf("reset the clock: %w", err)
		}
		fmt.Fprintf(os.Stderr, "%s ended. Restart the console: it remembers the wrong time.\n",
			words.Noun{One: "temporary access has", Many: "temporary accesses have"}.Count(ended))
		return nil
	})
}

type operatorPasswordCommand struct {
	Email string `arg:"" help:"Email of an operator or of one of the personnel."`
}

// Run makes the password that of the person.
func (p *operatorPasswordCommand) Run(ctx context.Context, s *settings) error {
	password, err := typedPassword(ctx)
	if err != nil {
		return err
	}
	return s.withConsole(ctx, func(console *services.Console) error {
		if err := console.SetVendorPassword(ctx, p.Email, password); err != nil {
			return fmt.Errorf("set the password of %s: %w", p.Email, err)
		}
		fmt.Fprintf(os.Stderr, "%s has a new password. Their sessions have ended.\n", p.Email)
		return nil
	})
}
