package main

import (
	"context"
	"fmt"
	"os"

	"bailiwick/access"
	"bailiwick/services/files"
	"bailiwick/words"
)

// catalogCommands look after catalogues; they need no database.
type catalogCommands struct {
	Print catalogPrintCommand `cmd:"" default:"1" help:"Print the built-in catalogue."`
	New   catalogNewCommand   `cmd:"" help:"Print a small catalogue with comments, to start from."`
	Check catalogCheckCommand `cmd:"" help:"Check a catalogue, and tell what is wrong with it."`
}

type catalogPrintCommand struct{}

// Run writes the file as it is, with its comments.
func (catalogPrintCommand) Run() error { return printed(access.DefaultCatalog) }

type catalogNewCommand struct{}

// Run writes the file as it is, with its comments.
func (catalogNewCommand) Run() error { return printed(access.StarterCatalog) }

func printed(data []byte) error {
	_, err := os.Stdout.Write(data)
	return err
}

type catalogCheckCommand struct {
	File string `arg:"" help:"Catalogue; - reads standard input."`
}

// Run prints every problem with its line, or how much there is to grant.
func (c *catalogCheckCommand) Run(ctx context.Context) error {
	data, err := fileOrInput(ctx, c.File)
	if err != nil {
		return fmt.Errorf("read the catalogue: %w", err)
	}
	catalog, err := files.ReadCatalog(c.File, data)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("no problems: %s in %s\n", words.Domains.Count(len(catalog.Domains())), words.Services.Count(len(catalog.Services)))
	return err
}
