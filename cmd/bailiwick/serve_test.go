package main

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"

	"bailiwick/models/modelstest"
)

func TestServingSaysWhereAndEndsOnASignal(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
		t.Run(signal.String(), func(t *testing.T) {
			s := newPlace(t).serve()
			for _, path := range []string{"/healthz", "/readyz", "/sign-in"} {
				if status := s.get(path); status != http.StatusOK {
					t.Errorf("%s answers %d", path, status)
				}
			}
			s.end(signal)
		})
	}
}

// TestARequestThatHasBegunIsFinished sends a form in two parts, with the signal to end between them.
func TestARequestThatHasBegunIsFinished(t *testing.T) {
	s := newPlace(t).serve()
	connection, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	must(t, err)
	defer connection.Close()
	const form = "email=a%40example.com&password=wrong"
	fmt.Fprintf(connection, "POST /sign-in HTTP/1.1\r\nHost: %s\r\nSec-Fetch-Site: same-origin\r\nExpect: 100-continue\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\n",
		strings.TrimPrefix(s.url, "http://"), len(form))
	answers := bufio.NewReader(connection)
	if line, err := answers.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("the form is not waited for: %q, %v", line, err)
	}
	must(t, s.command.Process.Signal(syscall.SIGTERM))
	_, err = io.WriteString(connection, form)
	must(t, err)
	_, err = answers.ReadString('\n') // the empty line after 100 Continue
	must(t, err)
	if line, err := answers.ReadString('\n'); err != nil || !strings.HasPrefix(line, "HTTP/1.1 422") {
		t.Errorf("answered %q, %v, want the form again", line, err)
	}
	s.ended()
}

func TestAnEmptyDatabaseOffersASetupLink(t *testing.T) {
	p := newPlace(t)
	s := p.serve()
	link := strings.TrimSpace(s.await(s.url + "/setup/"))
	if status := s.get(strings.TrimPrefix(link, s.url)); status != http.StatusSeeOther {
		t.Errorf("the setup link answers %d", status)
	}
	s.end(syscall.SIGTERM)
}

func TestTheDemoSaysHowToSignInOnce(t *testing.T) {
	p := newPlace(t)
	first := p.serve("--demo")
	if how := first.await("with the password"); !strings.Contains(how, first.url+"/sign-in") {
		t.Errorf("the demo says %q, want the address to sign in at", how)
	}
	first.await("administrator@example.com")
	first.end(syscall.SIGTERM)

	p.expect(p.run("", "check", "acme", "member:john.smith@example.com", "edit", "analytics/dimensions"), 0, "allow", "")

	again := p.serve("--demo")
	again.await("from an earlier start")
	again.await("bailiwick member set-password acme")
	again.end(syscall.SIGTERM)
}

func TestServingNamesTheOrganizationsOfTheDatabase(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.run("", "apply", "acme.yaml")
	p.write("north.yaml", "version: 1\norganization: {key: north, name: North Office}\n")
	p.run("", "apply", "north.yaml")
	s := p.serve()
	if said, want := s.await("The database holds"), "The database holds 2 organizations: acme (Acme) and north (North Office). Sign in at "+s.url+"/sign-in"; said != want {
		t.Errorf("said %q, want %q", said, want)
	}
	s.end(syscall.SIGTERM)
}

func TestServingWarnsOfPrivilegesThatTheCatalogueNoLongerHas(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.run("", "apply", "acme.yaml")
	p.copied("clinic.yaml", "../../services/files/testdata/clinic.yaml")
	ctx, cancel := context.WithTimeout(context.Background(), testPatience)
	defer cancel()
	s := p.started(p.command(ctx, "serve", "--addr", "127.0.0.1:0", "--catalog", "clinic.yaml"))
	s.await("warning: in acme, 1 group or key has edit on content/extensions")
	s.await("Bailiwick listens on ")
	s.end(syscall.SIGTERM)
}

func TestServingNamesOrganizationsThatNobodyCouldEnter(t *testing.T) {
	p := newPlace(t)
	said := func(until string, args ...string) string {
		t.Helper()
		ctx, cancel := context.WithTimeout(context.Background(), testPatience)
		defer cancel()
		s := p.started(p.command(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...))
		said := s.upTo(until)
		s.end(syscall.SIGTERM)
		return said
	}
	p.write("acme.yaml", modelstest.SmallFile)
	p.write("globex.yaml", "version: 1\norganization: {key: globex, name: Globex}\nmembers: [{email: boss@example.com, groups: [administrators]}]\n")
	p.run("", "apply", "acme.yaml")
	p.run("", "apply", "globex.yaml")
	got := said("Bailiwick listens on ")
	for _, want := range []string{
		"warning: no administrator of acme can sign in: apply a file that names one in the group administrators, then type bailiwick member set-password acme EMAIL",
		"warning: no administrator of globex can sign in: type bailiwick member set-password globex boss@example.com, or start with a mail server",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("said %q, want %q", got, want)
		}
	}
	p.expect(p.run("a sentence that nobody guesses", "member", "set-password", "globex", "boss@example.com"), exitDone, "", "new password")
	if got := said("Bailiwick listens on "); strings.Contains(got, "globex") || !strings.Contains(got, "acme") {
		t.Errorf("with a password it said %q", got)
	}
	for i := range 12 {
		name := fmt.Sprintf("more-%02d.yaml", i)
		p.write(name, fmt.Sprintf("version: 1\norganization: {key: more-%02d, name: More}\n", i))
		p.run("", "apply", name)
	}
	if got := said("Bailiwick listens on "); strings.Count(got, "can sign in") != unenteredNamed || !strings.Contains(got, "and 3 more organizations") {
		t.Errorf("of 13 it said %q", got)
	}
}

// Whoever may not create the extension is told what searches of lists lack; once it is there, nothing.
func TestServingSaysThatPostgresLacksTrigrams(t *testing.T) {
	if !slices.Contains(modelstest.Databases(t), modelstest.Postgres) {
		t.Skip("takes PostgreSQL")
	}
	url := modelstest.URL(t, modelstest.Options{Database: modelstest.Postgres, Empty: true})
	database, err := sql.Open("pgx", url)
	must(t, err)
	defer database.Close()
	do := func(statement string) {
		t.Helper()
		_, err := database.Exec(statement)
		must(t, err)
	}
	const warning = "warning: lists are searched by the beginnings of words only: PostgreSQL has no pg_trgm. " +
		"As the owner of the database, run CREATE EXTENSION pg_trgm, then start again"
	said := func() string {
		t.Helper()
		ctx, cancel := context.WithTimeout(context.Background(), testPatience)
		defer cancel()
		s := newPlace(t)
		served := s.started(s.command(ctx, "serve", "--addr", "127.0.0.1:0", "--db", url))
		said := served.upTo("Bailiwick listens on ")
		served.end(syscall.SIGTERM)
		return said
	}
	do("CREATE FUNCTION public.similarity(text, text) RETURNS real LANGUAGE sql AS 'SELECT 0::real'") // the extension cannot be created beside it
	if got := said(); !strings.Contains(got, warning) {
		t.Errorf("without pg_trgm it said %q", got)
	}
	do("DROP FUNCTION public.similarity(text, text)")
	do("CREATE EXTENSION pg_trgm")
	if got := said(); strings.Contains(got, "pg_trgm") {
		t.Errorf("with pg_trgm it said %q", got)
	}
}

func TestSettingsThatCannotServeAreUsageErrors(t *testing.T) {
	p := newPlace(t)
	p.expect(p.run("", "serve", "--addr", "127.0.0.1:0", "--base-url", "console"), 2, "", "base URL")
	p.expect(p.run("", "serve", "--addr", "127.0.0.1:0", "--trusted-proxies", "everybody"), 2, "", "everybody")
	p.expect(p.run("", "serve", "--addr", "nowhere:http:1"), 2, "", "nowhere")
}

func TestServingBehindAProxySaysWhatToSet(t *testing.T) {
	s := newPlace(t).serve("--base-url", "https://console.example.com")
	s.await("warning: People reach https://console.example.com through a proxy with TLS, and no proxy is trusted")
	s.await("  --trusted-proxies 127.0.0.1")
	s.end(syscall.SIGTERM)
}
