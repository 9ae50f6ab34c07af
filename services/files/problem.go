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

// Problems are all the things wrong with files, by file and line.
type Problems []Problem

// Error lists the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.Error()
	}
	return strings.Join(lines, "\n")
}

// origin is a file among those that are read one after the other as one.
type origin struct {
	file   string
	before int // lines that were read before it
}

// origins are the files, in the order in which they were read.
type origins []origin

// of is the file of a line among them, and the line's number there. What was read from no file has no line.
func (o origins) of(line int) (from origin, number int) {
	for _, from := range slices.Backward(o) {
		if line > from.before {
			return from, line - from.before
		}
	}
	if len(o) == 0 {
		return origin{}, 1
	}
	return o[0], 1
}

// seenFrom is where a line stands, for a reader of another: "line 4", or "members.yaml:4".
func (o origins) seenFrom(other, line int) string {
	from, number := o.of(line)
	if elsewhere, _ := o.of(other); elsewhere != from {
		return fmt.Sprintf("%s:%d", from.file, number)
	}
	return fmt.Sprintf("line %d", number)
}

// problems gathers what is wrong with files.
type problems struct {
	origins
	list Problems
}

func problemsOf(file string) problems { return problems{origins: origins{{file: file}}} }

func (p *problems) fail(line int, format string, args ...any) {
	from, number := p.of(line)
	p.list = append(p.list, Problem{File: visible(from.file), Line: number, Text: visible(fmt.Sprintf(format, args...))})
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
	slices.SortStableFunc(p.list, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	return p.list
}

// With are these problems and those of err, by file and line; nil where there are none. An err of another kind is returned as it
// is.
func (p Problems) With(err error) error {
	var more Problems
	if err != nil && !errors.As(err, &more) {
		return err
	}
	all := problems{list: slices.Concat(p, more)}
	return all.err()
}
