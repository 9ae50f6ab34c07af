package main

import (
	"bufio"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"syscall"
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
	s := p.started(p.command(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...))
	s.url = strings.TrimPrefix(s.await("Bailiwick listens on "), "Bailiwick listens on ")
	return s
}

// started starts a command whose messages are read.
func (p place) started(command *exec.Cmd) *served {
	p.t.Helper()
	errs, err := command.StderrPipe()
	must(p.t, err)
	must(p.t, command.Start())
	return &served{place: p, command: command, said: bufio.NewScanner(errs)}
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

// upTo is all that the program says up to a line that holds the text, line by line.
func (s *served) upTo(text string) string {
	s.t.Helper()
	var lines []string
	for s.said.Scan() {
		lines = append(lines, s.said.Text())
		if strings.Contains(s.said.Text(), text) {
			return strings.Join(lines, "\n")
		}
	}
	s.t.Fatalf("the program never said %q, only %q", text, lines)
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

// leave ends one program of several on a database.
func (s *served) leave() {
	s.t.Helper()
	must(s.t, s.command.Process.Signal(syscall.SIGTERM))
	for s.said.Scan() { // Wait closes the pipe: read it empty first
	}
	must(s.t, s.command.Wait())
}

func (s *served) post(client *http.Client, path string, form url.Values) int {
	s.t.Helper()
	status, err := s.send(client, path, nil, form)
	must(s.t, err)
	return status
}

// send is post where the test is not at hand to end.
func (s *served) send(client *http.Client, path string, header http.Header, form url.Values) (status int, err error) {
	request, err := http.NewRequest(http.MethodPost, s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	maps.Copy(request.Header, header)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := client.Do(request)
	if err != nil {
		return 0, err
	}
	return answer.StatusCode, answer.Body.Close()
}
