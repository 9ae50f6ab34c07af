package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"bailiwick/access"
	"bailiwick/services"
)

type checkCommand struct {
	Organization string `arg:"" name:"org" help:"Key of the organization."`
	Subject      string `arg:"" optional:"" help:"member:EMAIL, group:KEY or api-key:KEY."`
	Ability      string `arg:"" optional:"" help:"view, edit, create, allowed or push."`
	About        string `arg:"" optional:"" name:"domain[:resource]" help:"Such as content/sources or content/sources:jira."`
	Batch        string `placeholder:"FILE" help:"Answer the questions in FILE instead (- is standard input): one JSON object a line with subject, ability, domain and resource."`
}

// Run answers one question or a batch. Exit status 1 means deny and nothing else.
func (c *checkCommand) Run(ctx context.Context, s *settings) error {
	if c.Batch == "" && c.About == "" || c.Batch != "" && c.Subject != "" {
		return usageError{"check takes ORG SUBJECT ABILITY DOMAIN[:RESOURCE], or ORG --batch FILE"}
	}
	err := s.withConsole(ctx, func(console *services.Console) error {
		if c.Batch != "" {
			return c.batch(ctx, console)
		}
		return c.one(ctx, console)
	})
	if err != nil && !errors.Is(err, errDenied) {
		return usageError{err.Error()}
	}
	return err
}

func (c *checkCommand) one(ctx context.Context, console *services.Console) error {
	domain, resource, named := strings.Cut(c.About, ":")
	if named && resource == "" {
		return usageError{fmt.Sprintf("%q names no resource: leave the colon out to ask about the domain", c.About)}
	}
	answer, err := console.Check(ctx, c.Organization, services.Question{
		Subject: c.Subject, Ability: c.Ability, Domain: domain, Resource: resource,
	})
	if err != nil {
		return err
	}
	if answer.Unknown != "" {
		fmt.Fprintln(os.Stderr, "bailiwick:", answer.Unknown)
	}
	if !answer.Allowed {
		fmt.Println("deny")
		return errDenied
	}
	fmt.Println("allow")
	for _, reason := range answer.Via {
		fmt.Println(inWords(console.Catalog(), reason))
	}
	return nil
}

// inWords is one grant as a person reads it.
func inWords(catalog *access.Catalog, r access.Reason) string {
	text := fmt.Sprintf("%s (%s): %s", r.Grant.Via.Ref(), r.Grant.Via.Name, catalog.Domain(r.Grant.Domain).Label(r.Grant.Level))
	if r.Listed {
		text += ", in its editor list"
	}
	if r.Grant.CanCreate {
		text += ", can create"
	}
	if !r.Grant.Until.IsZero() {
		text += ", until " + r.Grant.Until.UTC().Format(time.RFC3339)
	}
	return text
}

// portion is how many lines of a batch are answered at a time.
const portion = 1000

// longestQuestion is in bytes; no question needs a tenth of it.
const longestQuestion = 64 << 10

func (c *checkCommand) batch(ctx context.Context, console *services.Console) error {
	checker, err := console.Checker(ctx, c.Organization)
	if err != nil {
		return err
	}
	input, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer input.Close()
	lines := bufio.NewReader(input)
	out := bufio.NewWriter(os.Stdout)
	for ended := false; !ended; {
		var questions []question
		if questions, ended, err = readPortion(lines); err != nil {
			return fmt.Errorf("read the questions: %w", err)
		}
		if err := answerAll(ctx, checker, questions, out); err != nil {
			return err
		}
		if err := out.Flush(); err != nil { // whoever feeds a pipe may wait for the answers
			return fmt.Errorf("write the answers: %w", err)
		}
	}
	return nil
}

func (c *checkCommand) open(ctx context.Context) (io.ReadCloser, error) {
	if c.Batch == "-" {
		return io.NopCloser(standardInput(ctx)), nil
	}
	return os.Open(c.Batch)
}

// question is one line of a batch, or what is wrong with it.
type question struct {
	services.Question
	wrong error
}

// readPortion reads lines until there are enough, or none is waiting, or the input ends.
func readPortion(lines *bufio.Reader) (questions []question, ended bool, err error) {
	for len(questions) < portion {
		line, err := readLine(lines)
		switch {
		case errors.Is(err, io.EOF):
			return questions, true, nil
		case errors.Is(err, errTooLong):
			questions = append(questions, question{wrong: err})
		case err != nil:
			return nil, false, err
		default:
			asked, err := parseQuestion(line)
			questions = append(questions, question{asked, err})
		}
		if lines.Buffered() == 0 {
			break
		}
	}
	return questions, false, nil
}

// answerLine is what a batch writes for one question.
type answerLine struct {
	Allowed bool        `json:"allowed"`
	Via     []grantLine `json:"via"`
}

type grantLine struct {
	Grantee string `json:"grantee"`
	Level   string `json:"level"`
}

type errorLine struct {
	Allowed bool   `json:"allowed"` // false: what can't be read is not allowed
	Error   string `json:"error"`
}

func answerAll(ctx context.Context, checker *services.Checker, questions []question, out io.Writer) error {
	var sound []services.Question
	for _, q := range questions {
		if q.wrong == nil {
			sound = append(sound, q.Question)
		}
	}
	answers, err := checker.Answers(ctx, sound)
	if err != nil {
		return err
	}
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for _, q := range questions {
		var line any
		if q.wrong != nil {
			line = errorLine{Error: q.wrong.Error()}
		} else {
			line, answers = lineOf(answers[0]), answers[1:]
		}
		if err := lines.Encode(line); err != nil {
			return fmt.Errorf("write the answers: %w", err)
		}
	}
	return nil
}

func lineOf(a services.Answer) answerLine {
	line := answerLine{Allowed: a.Allowed, Via: []grantLine{}}
	for _, r := range a.Via {
		line.Via = append(line.Via, grantLine{r.Grant.Via.Ref(), r.Grant.Level.String()})
	}
	return line
}
