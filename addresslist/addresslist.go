// Package addresslist reads the mail addresses out of what people paste: lists of mail programs, columns and rows of
// spreadsheets, links, and CSV files. It keeps the line of each address, names what is there twice, and says of each line
// that can't be used why. It is pure, and knows nobody: whether an address is a member's is asked elsewhere.
package addresslist

import (
	"slices"
	"strconv"
	"strings"
)

// MostAtOnce is how many addresses a list may have, those that can't be used among them.
const MostAtOnce = 1000

// Entry is one address of a list.
type Entry struct {
	Line  int    // from 1; of a file, the file's line
	Text  string // the address as it was written
	Email string // in canonical form
	Name  string // that was written beside it; "" = none
}

// Unusable is a part of a list in which no address can be read.
type Unusable struct {
	Line int
	Text string // as it was written
	Why  string // a short sentence without a full stop: "No @ sign"
}

// Repeat is an address that a list has several times.
type Repeat struct {
	Text  string // as it was written first
	Email string
	Lines []int // in order, those of the first time among them; a line that has it twice is in it twice
}

// List is what was read.
type List struct {
	Entries  []Entry // each address once, where it comes first
	Unusable []Unusable
	Repeats  []Repeat // in the order of the entries
}

// Size is how many addresses and parts without one there are, each repetition counted.
func (l List) Size() int {
	n := len(l.Entries) + len(l.Unusable)
	for _, r := range l.Repeats {
		n += len(r.Lines) - 1
	}
	return n
}

// Lines is on how many lines something was read.
func (l List) Lines() int {
	read := map[int]bool{}
	for _, e := range l.Entries {
		read[e.Line] = true
	}
	for _, r := range l.Repeats {
		for _, line := range r.Lines {
			read[line] = true
		}
	}
	for _, u := range l.Unusable {
		read[u.Line] = true
	}
	return len(read)
}

// Emails are the addresses in canonical form.
func (l List) Emails() []string {
	emails := make([]string, len(l.Entries))
	for i, e := range l.Entries {
		emails[i] = e.Email
	}
	return emails
}

// Join is two lists read as one, this one first: an address that both have is a repetition.
func (l List) Join(other List) List {
	b := builder{}
	b.addAll(l)
	b.addAll(other)
	return b.list()
}

// builder puts a list together, in which each address is an entry once.
type builder struct {
	entries  []Entry
	unusable []Unusable
	place    map[string]int   // of an address among the entries
	lines    map[string][]int // of an address, each time that it comes
}

// add puts what was written at a line into the list: an address, or why it is none.
func (b *builder) add(line int, text, name string) {
	email, why := canonical(text)
	if why != "" {
		b.unusable = append(b.unusable, Unusable{Line: line, Text: shown(text), Why: why})
		return
	}
	b.entry(Entry{Line: line, Text: text, Email: email, Name: shown(name)})
}

func (b *builder) entry(e Entry) {
	if b.place == nil {
		b.place, b.lines = map[string]int{}, map[string][]int{}
	}
	b.lines[e.Email] = append(b.lines[e.Email], e.Line)
	at, known := b.place[e.Email]
	if !known {
		b.place[e.Email] = len(b.entries)
		b.entries = append(b.entries, e)
		return
	}
	if b.entries[at].Name == "" {
		b.entries[at].Name = e.Name
	}
}

// addAll adds a list that was read before, with its repetitions.
func (b *builder) addAll(l List) {
	lines := map[string][]int{}
	for _, r := range l.Repeats {
		lines[r.Email] = r.Lines
	}
	for _, e := range l.Entries {
		b.entry(e)
		if again := lines[e.Email]; len(again) > 0 {
			b.lines[e.Email] = append(b.lines[e.Email], again[1:]...)
		}
	}
	b.unusable = append(b.unusable, l.Unusable...)
}

func (b *builder) list() List {
	l := List{Entries: b.entries, Unusable: b.unusable}
	for _, e := range b.entries {
		if lines := b.lines[e.Email]; len(lines) > 1 {
			l.Repeats = append(l.Repeats, Repeat{Text: e.Text, Email: e.Email, Lines: slices.Clone(lines)})
		}
	}
	return l
}

// Carry writes the list down for a form to send again: a line each, with its number, a colon, and what was written there.
func (l List) Carry() string {
	var lines []string
	repeats := map[string][]int{}
	for _, r := range l.Repeats {
		repeats[r.Email] = r.Lines[1:]
	}
	write := func(line int, text string) { lines = append(lines, strconv.Itoa(line)+":"+text) }
	for _, e := range l.Entries {
		text := e.Text
		if e.Name != "" {
			text = `"` + strings.ReplaceAll(e.Name, `"`, "'") + `" <` + e.Text + ">"
		}
		write(e.Line, text)
		for _, line := range repeats[e.Email] {
			write(line, e.Text)
		}
	}
	for _, u := range l.Unusable {
		write(u.Line, strings.NewReplacer(",", " ", ";", " ").Replace(u.Text))
	}
	return strings.Join(lines, "\n")
}

// Carried reads what Carry wrote.
func Carried(text string) List {
	b := builder{}
	for _, line := range lines(text) {
		number, rest, _ := strings.Cut(line, ":")
		if n, err := strconv.Atoi(number); err == nil && n > 0 {
			readParts(&b, n, rest, "")
		}
	}
	return b.list()
}

// Last is the number of the last line that something was read of; 0 = none was.
func (l List) Last() int {
	last := 0
	for _, e := range l.Entries {
		last = max(last, e.Line)
	}
	for _, r := range l.Repeats {
		last = max(last, slices.Max(r.Lines))
	}
	for _, u := range l.Unusable {
		last = max(last, u.Line)
	}
	return last
}

// Without is the list without an address.
func (l List) Without(email string) List {
	l.Entries = slices.DeleteFunc(slices.Clone(l.Entries), func(e Entry) bool { return e.Email == email })
	l.Repeats = slices.DeleteFunc(slices.Clone(l.Repeats), func(r Repeat) bool { return r.Email == email })
	return l
}

// WithoutLine is the list without what could not be read at a line.
func (l List) WithoutLine(line int, text string) List {
	l.Unusable = slices.DeleteFunc(slices.Clone(l.Unusable), func(u Unusable) bool { return u.Line == line && u.Text == text })
	return l
}

// Listed tells whether a text is meant as a list, rather than as words to look for: it has several lines or cells, or an address that is
// complete.
func Listed(text string) bool {
	text = strings.TrimSpace(text)
	if strings.ContainsAny(text, "\n\r\t;") {
		return true
	}
	return strings.Contains(text, "@") && (strings.ContainsAny(text, ", <") || len(Read(text, 0).Entries) > 0)
}
