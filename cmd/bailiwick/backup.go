package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/words"
)

type backupCommand struct {
	File string `arg:"" help:"File to make. An existing file is never replaced."`
}

// Run leaves the schema as it is: a backup is what somebody makes before an upgrade.
func (b *backupCommand) Run(ctx context.Context, s *settings) error {
	if err := s.databaseThere(); err != nil {
		return err
	}
	err := s.withStore(ctx, func(store *models.Store) error {
		if err := models.NewFile(b.File, func(path string) error { return store.BackUp(ctx, path) }); err != nil {
			return err
		}
		if plain, err := services.PlainSecrets(ctx, store); plain || err != nil { // err: the schema is an older one
			fmt.Fprintln(os.Stderr, "warning: it may hold unencrypted secrets of second factors: run serve once with a key, then make another backup")
		}
		return nil
	})
	if errors.Is(err, fs.ErrExist) {
		return refusal(b.File + " exists already: a backup never replaces a file")
	}
	if ofSQLite := strings.HasPrefix(s.DB, "sqlite:"); ofSQLite && errors.Is(err, models.ErrFull) { // the copy's, which it wrote itself
		return errors.New("there is no space left in " + filepath.Dir(b.File))
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s is a copy of the whole database. It does not hold the key of second factors: keep a copy of the key file elsewhere.\n", b.File)
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"Backup to restore."`
}

// Run says what comes next: a backup that is served as it is lets in anyone who had a session then.
func (r *restoreCommand) Run(ctx context.Context, s *settings) error {
	if err := models.Restore(ctx, models.Config{URL: s.DB, Clock: clock}, r.File); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "restored. Before anybody signs in:\n  "+s.toType("restore-check --newer ORGFILE"))
	return nil
}

type restoreCheckCommand struct {
	Newer         []string `placeholder:"ORGFILE" help:"Newer export of an organization to compare with. Give one for each organization."`
	NewerOperator string   `placeholder:"FILE" help:"Newer operator’s file to compare with."`
}

// errCameBack says that something came back that a newer file no longer has, which was printed already.
var errCameBack = errors.New("something came back")

// Run prints what it ended and found.
func (r *restoreCheckCommand) Run(ctx context.Context, s *settings) error {
	if err := s.databaseThere(); err != nil {
		return err
	}
	return s.withConsole(ctx, func(console *services.Console) error {
		newer, err := r.newer(console)
		if err != nil {
			return err
		}
		found, err := console.CheckRestored(ctx, newer)
		if err != nil {
			return err
		}
		if err := tellRestored(os.Stdout, found); err != nil {
			return err
		}
		if found.Differs() {
			return errCameBack
		}
		return nil
	})
}

// restored is restore-check as the first thing that serving does. What came back keeps nobody from serving.
func (c *serveCommand) restored(ctx context.Context, console *services.Console) error {
	if !c.Restored {
		return nil
	}
	found, err := console.CheckRestored(ctx, services.Newer{})
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "--restored: everybody is signed out. Leave the flag out at the next start.")
	return tellRestored(os.Stderr, found)
}

// newer reads the files to compare with.
func (r *restoreCheckCommand) newer(console *services.Console) (services.Newer, error) {
	organizations, err := readNewer(console, r.Newer)
	if err != nil || r.NewerOperator == "" {
		return services.Newer{Organizations: organizations}, err
	}
	data, err := os.ReadFile(r.NewerOperator)
	if err != nil {
		return services.Newer{}, fmt.Errorf("read the newer operator’s file: %w", err)
	}
	operator, problems := files.ReadOperator(r.NewerOperator, data, console.Catalog())
	if len(problems) > 0 {
		return services.Newer{}, problems
	}
	return services.Newer{Organizations: organizations, Operator: operator}, nil
}

// readNewer reads organization files, by the keys of their organizations.
func readNewer(console *services.Console, paths []string) (map[string]*files.Organization, error) {
	sources := make([]files.Source, len(paths))
	for i, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read the newer export: %w", err)
		}
		sources[i] = files.Source{Name: path, Data: data}
	}
	newer := map[string]*files.Organization{}
	for _, read := range files.ReadOrganizations(sources, console.Catalog()) {
		if len(read.Problems) > 0 {
			return nil, read.Problems
		}
		newer[read.Organization.Key] = read.Organization
	}
	return newer, nil
}

// tellRestored writes down what a check ended and found, and what to do about it.
func tellRestored(w io.Writer, found services.Restored) error {
	var b strings.Builder
	fmt.Fprintf(&b, "ended %s, and %s to sign in, to set a password or to set up\n",
		words.Sessions.Count(found.Sessions), words.Links.Count(found.Links))
	for _, m := range found.Dropped {
		fmt.Fprintf(&b, "gave up a mail to %s (%s): the person can ask for it again\n", m.Recipient, services.MailKindName(m.Kind))
	}
	tellVendor(&b, found.Vendor)
	for _, o := range found.Organizations {
		tellOrganization(&b, o)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// tellVendor names who may do what above all organizations, and what came back of it.
func tellVendor(b *strings.Builder, v services.RestoredVendor) {
	if len(v.Listed) == 0 && !v.Compared {
		return
	}
	b.WriteString("\noperator’s file\n")
	if !v.Compared {
		fmt.Fprintf(b, "  note: the file names %s, even if they were taken out since\n", words.And(v.Listed))
		b.WriteString("  not compared: give the newer file with --newer-operator (“bailiwick operator export” writes it)\n")
		return
	}
	for _, back := range v.Back {
		fmt.Fprintf(b, "  came back: %s\n", back)
	}
	if len(v.Back) > 0 {
		b.WriteString("  To take away what came back, apply the newer file: bailiwick operator apply FILE\n")
		return
	}
	b.WriteString("  nothing came back that the newer file has removed\n")
}

func tellOrganization(b *strings.Builder, o services.RestoredOrganization) {
	fmt.Fprintf(b, "\norganization %s (%s)\n", o.Key, o.Name)
	if o.Links > 0 {
		fmt.Fprintf(b, "  ended %s to pending invitations: under Invitations, Resend or Copy link makes new ones\n", words.Links.Count(o.Links))
	}
	for _, m := range o.Held {
		fmt.Fprintf(b, "  held a mail to %s (%s): under Organization, Mail, press Retry now or Give up\n", m.Recipient, services.MailKindName(m.Kind))
	}
	for _, note := range o.Notes {
		fmt.Fprintf(b, "  note: %s\n", note)
	}
	if !o.Compared {
		fmt.Fprintf(b, "  not compared: give its newer export with --newer (“bailiwick export %s” writes it)\n", o.Key)
	}
	for _, back := range o.Back {
		fmt.Fprintf(b, "  came back: %s\n", back)
	}
	switch {
	case len(o.Back) > 0:
		b.WriteString("  To take away what came back, remove it on its page, or apply the newer file:\n" +
			"    bailiwick apply --prune ORGFILE\n  To end temporary access, press Revoke under Temporary access.\n")
	case o.Compared:
		b.WriteString("  nothing came back that the newer export has removed\n")
	}
}
