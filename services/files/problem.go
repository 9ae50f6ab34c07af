package files

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a file.
type Problem struct {
	File string
	Line int // from 1
	Text string
}

// Error is the problem as compilers print theirs: "FILE:LINE: text".
func (p Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text) }

// Problems are all the things wrong with a file, by line.
type Problems []Problem

// Error lists the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// problems gathers what is wrong with one file.
type problems struct {
	file string
	list Problems
}

func (p *problems) fail(line int, format string, args ...any) {
	p.list = append(p.list, Problem{File: p.file, Line: max(line, 1), Text: visible(fmt.Sprintf(format, args...))})
}

// visible writes characters that no name may hold as escapes: printed as they are they would steer a terminal, or make a text look
// like another.
func visible(text string) string {
	if !strings.ContainsFunc(text, Invisible) {
		return text
	}
	var b strings.Builder
	for _, c := range text {
		if Invisible(c) {
			fmt.Fprintf(&b, "\\u%04X", c)
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// err is nil where nothing is wrong.
func (p *problems) err() error {
	if len(p.list) == 0 {
		return nil
	}
	return p.sorted()
}

func (p *problems) sorted() Problems {
	slices.SortStableFunc(p.list, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return p.list
}

// With are these problems and those of err, by line; nil where there are none. An err of another kind is returned as it
// is.
func (p Problems) With(err error) error {
	var more Problems
	if err != nil && !errors.As(err, &more) {
		return err
	}
	all := problems{list: slices.Concat(p, more)}
	return all.err()
}
