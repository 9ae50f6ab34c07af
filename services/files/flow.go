package files

import "github.com/goccy/go-yaml/token"

func (p *parser) open() {
	p.enter(p.peek())
	p.flow++
}

func (p *parser) close() {
	p.leave()
	p.flow--
}

// flowList reads [a, b].
func (p *parser) flowList() *node {
	n := &node{kind: list, line: p.line(p.peek())}
	p.open()
	defer p.close()
	p.at++
	for !p.closes(token.SequenceEndType) {
		if p.keyAhead() {
			p.unexpected(p.ahead(1))
		}
		n.items = append(n.items, p.inline())
		p.separator(token.SequenceEndType)
	}
	return n
}

// flowMapping reads {a: b, c: d}.
func (p *parser) flowMapping() *node {
	n := &node{kind: mapping, line: p.line(p.peek())}
	p.open()
	defer p.close()
	p.at++
	for !p.closes(token.MappingEndType) {
		key := p.peek()
		if !p.keyAhead() {
			p.unexpected(key)
			break
		}
		p.at += 2
		n.entries = append(n.entries, entry{key.Value, p.line(key), p.flowValue(key)})
		p.separator(token.MappingEndType)
	}
	return n
}

func (p *parser) flowValue(key *token.Token) *node {
	if t := p.peek(); t != nil && (t.Type == token.CollectEntryType || t.Type == token.MappingEndType) {
		return &node{line: p.line(key)}
	}
	if p.keyAhead() {
		p.unexpected(p.ahead(1))
	}
	return p.inline()
}

// closes takes the closing bracket if it is next. It is also true after an error, so that loops end.
func (p *parser) closes(end token.Type) bool {
	t := p.peek()
	if t == nil {
		p.unexpected(nil)
		return true
	}
	if t.Type != end {
		return false
	}
	p.at++
	return true
}

// separator takes the comma behind an entry; before the closing bracket it may be missing.
func (p *parser) separator(end token.Type) {
	t := p.peek()
	switch {
	case t == nil || t.Type != token.CollectEntryType && t.Type != end:
		p.unexpected(t)
	case t.Type == token.CollectEntryType:
		p.at++
	}
}
