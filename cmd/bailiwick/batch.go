package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"bailiwick/services"
)

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
	defer func() { _ = input.Close() }() // only read
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
		if err := out.Flush(); err != nil { // anyone who feeds a pipe may wait for the answers
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
func readPortion(lines *bufio.Reader) (questions []question, ended bool, _ error) {
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
