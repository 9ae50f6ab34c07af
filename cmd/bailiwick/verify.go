package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"bailiwick/services"
	"bailiwick/words"
)

type verifyCommand struct {
	Organization string   `arg:"" optional:"" name:"org" help:"Key of the organization. Without it, all organizations are checked, and what belongs to none."`
	Expect       []string `placeholder:"HASH" help:"A last hash that was printed before and kept elsewhere. It must be in the record. You can give several."`
}

// errTampered says that the record was changed, which was printed already.
var errTampered = errors.New("the record was changed")

// Run walks the record: a line for each chain that holds on standard output, and for each that does not on standard error.
func (v *verifyCommand) Run(ctx context.Context, s *settings) error {
	if err := s.databaseThere(); err != nil {
		return err
	}
	return s.withConsole(ctx, func(console *services.Console) error {
		chains, err := console.Verify(ctx, v.Organization, v.Expect)
		var missing services.NotThere
		if errors.As(err, &missing) {
			return usageError{missing.Error()} // which must not pass for a record that was tampered with
		}
		if err != nil {
			return fmt.Errorf("verify the record: %w", err)
		}
		met := map[string]bool{}
		for _, chain := range chains {
			if chain.Broken != nil {
				fmt.Fprintln(os.Stderr, broken(chain))
				err = errTampered
				continue
			}
			fmt.Println(whole(chain))
			for hash, id := range chain.Met {
				met[hash] = true
				fmt.Printf("%s: activity %d has the hash %s that was kept\n", chainName(chain), id, hash)
			}
		}
		for _, hash := range v.Expect {
			if !met[hash] {
				fmt.Fprintf(os.Stderr, "no correct activity has the hash %s: lines were cut off at the end, or hashes were computed again\n", hash)
				err = errTampered
			}
		}
		return err
	})
}

func chainName(v services.Verified) string {
	if v.Organization == "" {
		return "outside of organizations"
	}
	return v.Organization
}

// whole is "acme: 1,284 activities hold, the last hash is 3f…".
func whole(v services.Verified) string {
	if v.Activities == 0 {
		return chainName(v) + ": no activities"
	}
	holds := words.Noun{One: "activity holds", Many: "activities hold"}.Count(v.Activities)
	return chainName(v) + ": " + holds + ", the last hash is " + v.Last
}

// broken names the first broken place.
func broken(v services.Verified) string {
	a := v.Broken.Activity
	if a.ID == 0 { // of the whole record
		return chainName(v) + ": it " + v.Broken.What
	}
	before := words.Noun{One: "before it holds", Many: "before it hold"}.Count(v.Activities)
	return fmt.Sprintf("%s: activity %d (%s, %s) %s; the %s",
		chainName(v), a.ID, words.Instant(a.At), strings.ToValidUTF8(string(a.Operation), "?"), v.Broken.What, before)
}
