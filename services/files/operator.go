package files

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"bailiwick/access"
)

// Operator is the operator's file: who operates the installation and who of the vendor may ask for temporary access to
// what. It is the whole truth: what it leaves out is not.
type Operator struct {
	Vendor     Vendor
	Operators  []string // canonical e-mails
	Categories []Category
	Personnel  []Personnel
}

// Vendor is the company that operates the installation.
type Vendor struct {
	Name        string
	SupportMail string // canonical e-mail; "" = none
}

// Category is a kind of personnel.
type Category struct {
	Key, Name  string
	Longest    time.Duration // that an access may last; whole seconds
	MinLength  int           // of a justification, in characters
	Pattern    string        // that a justification contains a match of (RE2); "" = none
	Hint       string        // what the pattern asks for, in words: "the number of the case, such as CASE-1234"; "" without a pattern
	Link       string        // to what a justification is about, {match} standing for what the pattern matched; "" = none
	MayRequest []Requestable
	Line       int
}

// Requestable is the highest level that may be asked for on a domain.
type Requestable struct {
	Domain    access.DomainKey
	Level     access.Level
	Sensitive bool // marked so here; the catalogue may mark it too
	Line      int
}

// Personnel is somebody who may ask for access as one of their categories.
type Personnel struct {
	Email, Name   string // the e-mail is canonical
	Categories    []Ref
	Organizations []Ref // by key; none: all
	Line          int
}

// DefaultLongest and LongestAccess are how long an access may last where a category does not say, and at most.
const (
	DefaultLongest = 24 * time.Hour
	LongestAccess  = 336 * time.Hour
)

// maxMinLength is the longest justification that can be asked for.
const maxMinLength = 500

// ReadOperator reads an operator's file and checks all that can be checked without a store; CheckOrganizations checks the
// rest. name stands in the problems. The operator is nil where the file is no YAML at all.
func ReadOperator(name string, data []byte, c *access.Catalog) (*Operator, Problems) {
	r := &operatorReader{organizationReader: organizationReader{problems: problemsOf(name), catalog: c}, f: &Operator{}}
	root, err := parse(data, 0)
	if err != nil {
		r.syntax(err, 0)
		return nil, r.sorted()
	}
	var personnel *node // read last: they name categories
	r.mapping(root, fields{
		"version":    r.version,
		"vendor":     r.vendor,
		"operators":  r.operators,
		"categories": r.categories,
		"personnel":  func(n *node) { personnel = n },
	}, "version", "vendor")
	if personnel != nil {
		r.personnel(personnel)
	}
	return r.f, r.sorted()
}

type operatorReader struct {
	organizationReader
	f *Operator
}

func (r *operatorReader) vendor(n *node) {
	r.mapping(n, fields{
		"name":         func(v *node) { r.f.Vendor.Name = r.name(v) },
		"support_mail": func(v *node) { r.f.Vendor.SupportMail = r.email(v) },
	}, "name")
}

func (r *operatorReader) operators(n *node) {
	seen := map[string]int{}
	for _, item := range r.items(n) {
		email := r.email(item)
		r.once(seen, "operator", email, item.line)
		r.f.Operators = append(r.f.Operators, email)
	}
}

func (r *operatorReader) categories(n *node) {
	seen := map[string]int{}
	for _, item := range r.items(n) {
		c := r.category(item)
		r.once(seen, "category", c.Key, c.Line)
		r.f.Categories = append(r.f.Categories, c)
	}
}

func (r *operatorReader) category(n *node) Category {
	c := Category{Longest: DefaultLongest, Line: n.line}
	r.mapping(n, fields{
		"key":           func(v *node) { c.Key = r.key(v) },
		"name":          func(v *node) { c.Name = r.name(v) },
		"longest":       func(v *node) { c.Longest = r.longest(v) },
		"justification": func(v *node) { r.justification(v, &c) },
		"may_request":   func(v *node) { c.MayRequest = r.mayRequest(v) },
	}, "key", "name", "may_request")
	return c
}

func (r *operatorReader) longest(n *node) time.Duration {
	text := r.text(n)
	d, err := time.ParseDuration(text)
	if n.kind == scalar && (err != nil || d < time.Second || d > LongestAccess || d%time.Second != 0) {
		r.fail(n.line, "%s is not a time that access may last: use 1s to 336h, in a form such as 72h or 90m", quote(text))
		return DefaultLongest
	}
	return d
}

func (r *operatorReader) justification(n *node, c *Category) {
	r.mapping(n, fields{
		"min_length": func(v *node) { c.MinLength = r.minLength(v) },
		"pattern":    func(v *node) { c.Pattern = r.pattern(v) },
		"hint":       func(v *node) { c.Hint = r.line(v, maxText) },
		"link":       func(v *node) { c.Link = r.link(v) },
	})
	switch {
	case c.Pattern != "" && c.Hint == "":
		r.fail(n.line, "the pattern has no hint: say in words what it asks for, such as hint: the number of the case, such as CASE-1234")
	case c.Pattern == "" && c.Hint != "":
		r.fail(n.line, "the hint has no pattern: leave it out, or add the pattern that it explains")
	case c.Pattern == "" && strings.Contains(c.Link, LinkMatch):
		r.fail(n.line, "%s in the link needs a pattern: it stands for what the pattern finds in the justification", LinkMatch)
	}
}

func (r *operatorReader) minLength(n *node) int {
	length, err := strconv.Atoi(r.text(n))
	if n.kind == scalar && (err != nil || length < 0 || length > maxMinLength) {
		r.fail(n.line, "%s is not a length: use 0 to %d characters", quote(n.text), maxMinLength)
		return 0
	}
	return length
}

func (r *operatorReader) pattern(n *node) string {
	text := r.line(n, maxText)
	if _, err := regexp.Compile(text); err != nil {
		r.fail(n.line, "%s is not a pattern: use a regular expression such as \"CASE-[0-9]+\"", quote(text))
		return ""
	}
	return text
}

func (r *operatorReader) link(n *node) string {
	text := r.line(n, maxText)
	link, err := url.Parse(text)
	if n.kind == scalar && (err != nil || link.Scheme != "https" && link.Scheme != "http" || link.Host == "") {
		r.fail(n.line, "%s is not a link: use a form such as https://cases.example.com/", quote(text))
		return ""
	}
	return text
}

func (r *operatorReader) mayRequest(n *node) []Requestable {
	var all []Requestable
	for _, e := range r.entries(n) {
		d := r.domain(e)
		if d == nil {
			continue
		}
		m := Requestable{Domain: d.Key, Line: e.line}
		if e.value.kind == scalar {
			m.Level = r.lent(e.value, d)
		} else {
			r.mapping(e.value, fields{
				"level":     func(v *node) { m.Level = r.lent(v, d) },
				"sensitive": func(v *node) { m.Sensitive = r.flag(v) },
			}, "level")
		}
		all = append(all, m)
	}
	return all
}

// lent is a level that can be held through temporary access.
func (r *operatorReader) lent(n *node, d *access.Domain) access.Level {
	text := r.text(n)
	if n.kind != scalar {
		return access.LevelNone
	}
	l, err := access.ParseLevel(text)
	if err == nil && d.Lends(l) {
		return l
	}
	var names []string
	for _, l := range d.Levels {
		if d.Lends(l) {
			names = append(names, l.String())
		}
	}
	r.fail(n.line, "nobody can ask for the level %s on %s: use %s", quote(text), d.Key, either(names))
	return access.LevelNone
}

func (r *operatorReader) personnel(n *node) {
	var known []string
	for _, c := range r.f.Categories {
		known = append(known, c.Key)
	}
	seen := map[string]int{}
	for _, item := range r.items(n) {
		p := r.person(item, known)
		r.once(seen, "person", p.Email, p.Line)
		r.f.Personnel = append(r.f.Personnel, p)
	}
}

func (r *operatorReader) person(n *node, known []string) Personnel {
	p := Personnel{Line: n.line}
	r.mapping(n, fields{
		"email": func(v *node) { p.Email = r.email(v) },
		"name":  func(v *node) { p.Name = r.name(v) },
		"categories": func(v *node) {
			p.Categories = r.some(v, "category", "name one category at least, or leave the person out")
		},
		"organizations": func(v *node) {
			p.Organizations = r.some(v, "organization", "name one organization at least, or leave organizations out for all of them")
		},
	}, "email", "name", "categories")
	for _, ref := range p.Categories {
		if !slices.Contains(known, ref.Key) {
			r.fail(ref.Line, "there is no category %s in this file: use %s", quote(ref.Key), nearest(ref.Key, known))
		}
	}
	return p
}

// some is a list of keys that is not empty.
func (r *operatorReader) some(n *node, what, empty string) []Ref {
	refs := r.refs(n, what)
	if n.kind == list && len(refs) == 0 {
		r.fail(n.line, "%s", empty)
	}
	return refs
}

// CheckOrganizations tells which organizations that are named don't exist. The error is a Problems.
func (f *Operator) CheckOrganizations(name string, exists func(key string) bool) error {
	p := problemsOf(name)
	for _, person := range f.Personnel {
		for _, ref := range person.Organizations {
			if !exists(ref.Key) {
				p.fail(ref.Line, "there is no organization %s", quote(ref.Key))
			}
		}
	}
	return p.err()
}
