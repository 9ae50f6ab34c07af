// Package addresslist reads the mail addresses out of what people paste: lists of mail programs, columns and rows of
// spreadsheets, links, and CSV files. It keeps the line of each address, names what is there twice, and says of each line
// that can't be used why. It is pure, and knows nobody: whether an address is a member's is asked elsewhere.
package addresslist

import "slices"

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
		for _, line := range lines[e.Email] {
			if line != e.Line {
				b.lines[e.Email] = append(b.lines[e.Email], line)
			}
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
