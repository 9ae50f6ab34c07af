// Command bailiwick is the whole program: it serves the console, and it reads, writes and questions organizations on the
// command line. Data goes to standard output, messages to standard error.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"github.com/alecthomas/kong"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
)

// The exit statuses.
const (
	exitDone    = 0
	exitRefused = 1
	exitFailed  = 2 // usage or internal error
)

// commandLine is everything that can be typed. Flags of the program stand before or after those of the command.
type commandLine struct {
	settings

	Serve        serveCommand        `cmd:"" help:"Serve the console."`
	Apply        applyCommand        `cmd:"" help:"Apply a file to an organization: it gets what the file says."`
	Export       exportCommand       `cmd:"" help:"Write an organization as a file."`
	Check        checkCommand        `cmd:"" help:"Tell whether somebody may do something, and why."`
	Catalog      catalogCommands     `cmd:"" help:"Print, start and check catalogues. A catalogue says what can be granted."`
	Member       memberCommands      `cmd:"" help:"Look after members."`
	Operator     operatorCommands    `cmd:"" help:"Manage the vendor’s operators, and the personnel who may ask for temporary access."`
	Backup       backupCommand       `cmd:"" help:"Copy the whole database into a file. The console can go on running."`
	Restore      restoreCommand      `cmd:"" help:"Restore a backup into an empty database."`
	RestoreCheck restoreCheckCommand `cmd:"" name:"restore-check" help:"Make a restored backup safe to serve, and list what came back with it."`
	Secrets      secretCommands      `cmd:"" help:"Manage the key that encrypts the secrets of second factors."`
	Verify       verifyCommand       `cmd:"" help:"Check that nobody has changed the record of activities."`
	Seed         seedCommand         `cmd:"" help:"Make a large test organization."`
	Migrate      migrateCommand      `cmd:"" help:"Bring the database schema up to date."`
}

func main() {
	// A reader that goes away must not end the program before the database is closed.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:]))
}

// run does what the arguments say and returns the exit status.
func run(ctx context.Context, args []string) int {
	var typed commandLine
	parser := kong.Must(&typed, append(typedValues(), kong.Name("bailiwick"), kong.Vars{"usual_db": usualDB},
		kong.Description("Decides who may view, edit and create what, and shows why."),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(&typed.settings))...)
	command, err := parser.Parse(args)
	if err == nil {
		err = command.Run()
	} else {
		err = usageError{err.Error() + "; bailiwick --help tells more"}
	}
	return report(err)
}

// usageError says that the command line or a setting is wrong.
type usageError struct{ text string }

func (e usageError) Error() string { return e.text }

// errDenied is the answer deny, which was printed already.
var errDenied = errors.New("denied")

// report prints the error, if there is one to print, and returns the exit status that it means.
func report(err error) int {
	var problems files.Problems
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errDenied), errors.Is(err, errCameBack), errors.Is(err, errTampered):
		return exitRefused
	case errors.As(err, &problems):
		fmt.Fprintln(os.Stderr, problems)
	default:
		fmt.Fprintln(os.Stderr, "bailiwick:", inPlainWords(err))
	}
	if refused(err) {
		return exitRefused
	}
	return exitFailed
}

// refusals are answers of the rules, not failures.
var refusals = []error{
	models.ErrNotFound, models.ErrConflict, models.ErrNotEmpty, services.ErrExists, services.ErrNoSecretKey,
	services.ErrLastAdministrator, services.ErrAdministrators,
}

// refused tells an answer of the rules from a mistake in the command line and from a failure.
func refused(err error) bool {
	var usage usageError
	if errors.As(err, &usage) {
		return false
	}
	var problems files.Problems
	var invalid services.Invalid
	var refusal refusal
	var last services.LastWayIn
	var removals services.TooManyRemovals
	return errors.As(err, &removals) || errors.As(err, &problems) || errors.As(err, &refusal) || errors.As(err, &invalid) || errors.As(err, &last) ||
		slices.ContainsFunc(refusals, func(known error) bool { return errors.Is(err, known) })
}
