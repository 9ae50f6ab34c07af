package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"bailiwick/services"
	"bailiwick/services/files"
)

type applyCommand struct {
	Files  []string `arg:"" name:"file" help:"Organization files, folders of them (*.yaml and *.yml), or - for standard input. Files of one organization are read as one."`
	DryRun bool     `help:"Print the plan and change nothing."`
	Prune  bool     `help:"Remove what the files omit. Built-in groups and the last administrator stay."`

	PruneLimit *int `placeholder:"N" help:"Refuse to remove more than N things (10, or a tenth of the organization). Only with the files of one organization."`
}

// Run prints the plans, or what stands in their way. Nothing is changed before all files have been read, and where there are several
// organizations before each could be changed.
func (a *applyCommand) Run(ctx context.Context, s *settings) error {
	sources, err := a.sources(ctx)
	if err != nil {
		return err
	}
	return s.withConsole(ctx, func(console *services.Console) error {
		readings := files.ReadOrganizations(sources, console.Catalog())
		if len(readings) > 1 && a.PruneLimit != nil {
			return usageError{"--prune-limit is for one organization: apply the files of each by themselves"}
		}
		if len(readings) > 1 || len(readings[0].Problems) > 0 {
			if err := a.tried(ctx, console, readings); err != nil {
				return s.counting(err)
			}
		}
		for _, read := range readings {
			plan, err := console.Apply(ctx, read.Organization, a.options(read))
			if err != nil {
				return s.counting(err)
			}
			if err := s.tellPlan(plan, read.Organization.Key, len(readings)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (a *applyCommand) options(read files.Reading) services.ApplyOptions {
	return services.ApplyOptions{DryRun: a.DryRun, Prune: a.Prune, PruneLimit: a.PruneLimit, Found: read.Problems}
}

// tried is what would stand in the way of any of the organizations: the problems of all files, or the first refusal.
func (a *applyCommand) tried(ctx context.Context, console *services.Console, readings []files.Reading) error {
	var all files.Problems
	for _, read := range readings {
		options := a.options(read)
		options.Trial = true
		_, err := console.Apply(ctx, read.Organization, options)
		var problems files.Problems
		switch {
		case errors.As(err, &problems):
			all = append(all, problems...)
		case err != nil:
			return fmt.Errorf("organization %q: %w", read.Organization.Key, err)
		}
	}
	return all.With(nil)
}

// tellPlan prints a plan, with the organization's key where there are several.
func (s *settings) tellPlan(plan services.Plan, organization string, organizations int) error {
	for i, note := range plan.Notes {
		if strings.HasSuffix(note, services.LastWhoCanSignIn) {
			plan.Notes[i] += s.counted()
		}
	}
	text := plan.String()
	if organizations > 1 {
		text = "organization " + organization + ":\n" + text
	}
	_, err := io.WriteString(os.Stdout, text)
	return err
}

// sources are the files that were named, those of folders by name.
func (a *applyCommand) sources(ctx context.Context) ([]files.Source, error) {
	var sources []files.Source
	for _, name := range a.Files {
		paths, err := filesIn(name)
		if err != nil {
			return nil, err
		}
		for _, path := range paths {
			data, err := fileOrInput(ctx, path)
			if err != nil {
				return nil, fmt.Errorf("read the organization file: %w", err)
			}
			sources = append(sources, files.Source{Name: path, Data: data})
		}
	}
	return sources, nil
}

// filesIn are the YAML files of a folder, not of those inside it; everything else is a file itself.
func filesIn(name string) ([]string, error) {
	if info, err := os.Stat(name); name == "-" || err != nil || !info.IsDir() {
		return []string{name}, nil // whoever reads it tells what is wrong
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, e := range entries {
		if ending := filepath.Ext(e.Name()); !e.IsDir() && (ending == ".yaml" || ending == ".yml") {
			paths = append(paths, filepath.Join(name, e.Name()))
		}
	}
	if len(paths) == 0 {
		return nil, usageError{"there is no *.yaml or *.yml in the folder " + name}
	}
	return paths, nil
}
