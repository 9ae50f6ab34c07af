package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// served is the program serving, with what it said.
type served struct {
	place
	command *exec.Cmd
	url     string
	said    *bufio.Scanner
}

// serve starts the program and waits for the line that says where it listens.
func (p place) serve(args ...string) *served {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), testPatience)
	p.t.Cleanup(cancel)
	s := &served{place: p, command: p.command(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)}
	errs, err := s.command.StderrPipe()
	must(p.t, err)
	must(p.t, s.command.Start())
	s.said = bufio.NewScanner(errs)
	s.url = strings.TrimPrefix(s.await("Bailiwick listens on "), "Bailiwick listens on ")
	return s
}

// await reads what the program says up to a line that holds the text.
func (s *served) await(text string) string {
	s.t.Helper()
	for s.said.Scan() {
		if strings.Contains(s.said.Text(), text) {
			return s.said.Text()
		}
	}
	s.t.Fatalf("the program never said %q", text)
	return ""
}

// end sends the signal and holds that the program ends well.
func (s *served) end(signal syscall.Signal) {
	s.t.Helper()
	must(s.t, s.command.Process.Signal(signal))
	s.ended()
}

// ended waits for the end.
func (s *served) ended() {
	s.t.Helper()
	for s.said.Scan() { // Wait closes the pipe: read it empty first
	}
	if err := s.command.Wait(); err != nil {
		s.t.Errorf("ended with %v, want status 0", err)
	}
	s.oneFile()
}

// get asks for an address and gives its status.
func (s *served) get(path string) int {
	s.t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Get(s.url + path)
	must(s.t, err)
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	must(s.t, err)
	return answer.StatusCode
}

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

func TestServingWarnsOfPrivilegesThatTheCatalogueNoLongerHas(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", small)
	p.run("", "apply", "acme.yaml")
	p.copied("clinic.yaml", "../../services/files/testdata/clinic.yaml")
	ctx, cancel := context.WithTimeout(context.Background(), testPatience)
	defer cancel()
	command := p.command(ctx, "serve", "--addr", "127.0.0.1:0", "--catalog", "clinic.yaml")
	errs, err := command.StderrPipe()
	must(t, err)
	must(t, command.Start())
	s := &served{place: p, command: command, said: bufio.NewScanner(errs)}
	s.await("warning: in acme, 1 hold edit on content/extensions")
	s.await("Bailiwick listens on ")
	s.end(syscall.SIGTERM)
}

func TestSettingsThatCannotServeAreUsageErrors(t *testing.T) {
	p := newPlace(t)
	p.expect(p.run("", "serve", "--addr", "127.0.0.1:0", "--base-url", "console"), 2, "", "base URL")
	p.expect(p.run("", "serve", "--addr", "127.0.0.1:0", "--trusted-proxies", "everybody"), 2, "", "everybody")
	p.expect(p.run("", "serve", "--addr", "nowhere:http:1"), 2, "", "nowhere")
}
