package files

import (
	"strings"

	"github.com/goccy/go-yaml/token"
)

type kind uint8

const (
	nothing kind = iota // no value, null or ~
	scalar
	list
	mapping
)

// kindNames are the kinds as problems call them.
var kindNames = [...]string{nothing: "nothing", scalar: "a text", list: "a list", mapping: "a mapping"}

// node is one value of a file.
type node struct {
	kind    kind
	line    int
	text    string // of a scalar, as it is written: 007 stays 007, true stays true
	quoted  bool
	items   []*node // of a list
	entries []entry // of a mapping, in the order of the file
}

type entry struct {
	key   string
	line  int
	value *node
}

// parse reads the tree of a file. Lines are counted on from those that were read before. The error is a *syntaxError, whose line is
// the file's own.
func parse(data []byte, before int) (*node, error) {
	source, err := newSource(data)
	if err != nil {
		return nil, err
	}
	tokens, err := source.tokens()
	if err != nil {
		return nil, err
	}
	p := &parser{source: source, tokens: tokens, before: before}
	root := &node{line: before + 1}
	if len(tokens) > 0 {
		root = p.block()
	}
	if p.failed == nil && p.at < len(p.tokens) {
		p.unexpected(p.peek())
	}
	if p.failed != nil {
		return nil, p.failed
	}
	return root, nil
}

// parser is a recursive descent over the tokens, one method for each form of YAML. After an error every method returns
// at once.
type parser struct {
	source *source
	tokens []*token.Token
	at     int
	depth  int
	flow   int // how many brackets are open
	before int // lines that were read before the file
	failed *syntaxError

	anchors  map[string]anchor
	repeated int // tokens that aliases stand for, so far
}

// line is that of a token, as problems count it.
func (p *parser) line(t *token.Token) int { return p.before + t.Position.Line }

// peek is the next token, nil at the end and after an error.
func (p *parser) peek() *token.Token { return p.ahead(0) }

func (p *parser) ahead(n int) *token.Token {
	if p.failed != nil || p.at+n >= len(p.tokens) {
		return nil
	}
	return p.tokens[p.at+n]
}

func (p *parser) fail(line int, text string) {
	if p.failed == nil {
		p.failed = &syntaxError{line, text}
	}
}

func (p *parser) unexpected(t *token.Token) {
	switch {
	case p.failed != nil:
	case t == nil:
		p.fail(len(p.source.lines), "the file ends too early")
	default:
		p.fail(t.Position.Line, "not YAML: "+quote(t.Value)+" does not fit here; mind the indentation and the quotes")
	}
}

// enter counts how deep the tree is; leave follows it.
func (p *parser) enter(t *token.Token) {
	if p.depth++; p.depth > maxDepth {
		p.fail(t.Position.Line, "too many lists and mappings inside each other")
	}
}

func (p *parser) leave() { p.depth-- }

// block reads the value that begins with the next token, of which the caller knows that there is one and that it is
// indented more than its parent.
func (p *parser) block() *node {
	t := p.peek()
	switch {
	case t.Type == token.SequenceEntryType:
		return p.blockList(t.Position.Column)
	case t.Type == token.AnchorType:
		return p.anchored(func(name *token.Token) *node { return p.below(name, t.Position.Column) })
	case p.keyAhead():
		return p.blockMapping(t.Position.Column)
	}
	return p.inline()
}

// keyAhead tells whether a key and its colon come next, on one line.
func (p *parser) keyAhead() bool {
	key, colon := p.peek(), p.ahead(1)
	return key != nil && colon != nil && isScalar(key) && colon.Type == token.MappingValueType &&
		colon.Position.Line == key.Position.Line
}

// inline reads a scalar or a value in flow style.
func (p *parser) inline() *node {
	t := p.peek()
	switch {
	case t == nil:
	case t.Type == token.AnchorType:
		return p.anchored(func(*token.Token) *node { return p.inline() })
	case t.Type == token.AliasType:
		return p.alias()
	case t.Type == token.SequenceStartType:
		return p.flowList()
	case t.Type == token.MappingStartType:
		return p.flowMapping()
	case t.Type == token.LiteralType || t.Type == token.FoldedType:
		return p.blockText()
	case isScalar(t) && !p.strays(t):
		p.at++
		return p.scalar(t)
	}
	p.unexpected(t)
	return &node{}
}

// strays tells of a text without quotes that holds what means something in YAML. The scanner lets some of it pass, such
// as the second colon of {a: b: c}.
func (p *parser) strays(t *token.Token) bool {
	return t.Type == token.StringType && (strings.Contains(t.Value, ": ") || p.flow > 0 && strings.ContainsAny(t.Value, "[]{},"))
}

// blockText reads the text after | or >.
func (p *parser) blockText() *node {
	n := &node{kind: scalar, line: p.line(p.peek()), quoted: true}
	p.at++
	if t := p.peek(); t != nil && t.Type == token.StringType {
		n.text = t.Value
		p.at++
	}
	return n
}

// blockList reads the entries whose dashes stand in the column.
func (p *parser) blockList(column int) *node {
	n := &node{kind: list, line: p.line(p.peek())}
	p.enter(p.peek())
	defer p.leave()
	for t := p.peek(); t != nil && t.Type == token.SequenceEntryType && t.Position.Column == column; t = p.peek() {
		p.beginsLine(t)
		p.at++
		n.items = append(n.items, p.item(t, column))
	}
	return n
}

// item reads what stands behind a dash, or behind the anchor of an item.
func (p *parser) item(behind *token.Token, column int) *node {
	t := p.peek()
	switch {
	case t == nil || t.Position.Line > behind.Position.Line && t.Position.Column <= column:
		return &node{line: p.line(behind)}
	case t.Type == token.AnchorType:
		return p.anchored(func(name *token.Token) *node { return p.below(name, column+1) })
	}
	return p.block()
}

// below reads what an anchor is for: in its line, or in lines below that begin in the column at least.
func (p *parser) below(name *token.Token, column int) *node {
	switch next := p.peek(); {
	case next == nil || next.Position.Line > name.Position.Line && next.Position.Column < column:
		return &node{line: p.line(name)}
	case next.Position.Line > name.Position.Line:
		return p.block()
	}
	return p.behindName()
}

// behindName reads what stands in the line of an anchor. A key there would be what the anchor is for, which nobody means.
func (p *parser) behindName() *node {
	if p.keyAhead() {
		p.fail(p.peek().Position.Line, "an anchor of a key: write it behind the colon, or in a line of its own above the keys")
	}
	return p.inline()
}

// blockMapping reads the entries whose keys stand in the column.
func (p *parser) blockMapping(column int) *node {
	n := &node{kind: mapping, line: p.line(p.peek())}
	p.enter(p.peek())
	defer p.leave()
	for t := p.peek(); t != nil && t.Position.Column >= column; t = p.peek() {
		if t.Position.Column > column || !p.keyAhead() {
			p.unexpected(t)
			return n
		}
		p.beginsLine(t)
		p.at += 2
		n.entries = append(n.entries, entry{t.Value, p.line(t), p.blockValue(t, column)})
	}
	return n
}

// blockValue reads what stands behind a key and its colon. A list may stand in the column of its key.
func (p *parser) blockValue(key *token.Token, column int) *node {
	t := p.peek()
	switch {
	case t != nil && t.Position.Line == key.Position.Line && t.Type == token.AnchorType:
		return p.anchored(func(name *token.Token) *node { return p.blockValue(name, column) })
	case t != nil && t.Position.Line == key.Position.Line:
		if p.keyAhead() {
			p.unexpected(t)
		}
		return p.inline()
	case t != nil && t.Position.Column == column && t.Type == token.SequenceEntryType:
		return p.blockList(column)
	case t == nil || t.Position.Column <= column:
		return &node{line: p.line(key)}
	}
	return p.block()
}

// beginsLine refuses a key or a dash behind something else, such as the end of a text over several lines.
func (p *parser) beginsLine(t *token.Token) {
	line := p.source.lines[t.Position.Line-1]
	if indent := len(line) - len(strings.TrimLeft(line, " -")); t.Position.Column > indent+1 {
		p.unexpected(t)
	}
}

func isScalar(t *token.Token) bool {
	switch t.Type {
	case token.StringType, token.SingleQuoteType, token.DoubleQuoteType, token.NullType, token.BoolType,
		token.IntegerType, token.BinaryIntegerType, token.OctetIntegerType, token.HexIntegerType, token.FloatType,
		token.InfinityType, token.NanType:
		return true
	}
	return false
}

func (p *parser) scalar(t *token.Token) *node {
	if t.Type == token.NullType {
		return &node{line: p.line(t)}
	}
	quoted := t.Type == token.SingleQuoteType || t.Type == token.DoubleQuoteType
	return &node{kind: scalar, line: p.line(t), text: t.Value, quoted: quoted}
}
