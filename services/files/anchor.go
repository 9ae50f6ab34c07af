package files

import "github.com/goccy/go-yaml/token"

// maxRepeated is how many tokens all aliases of a file may stand for: a few lines of aliases to aliases could stand for more than any
// machine holds.
const maxRepeated = 1_000_000

// anchor is a value that an alias may stand for.
type anchor struct {
	value  *node
	tokens int // it takes to write it out
}

// anchored takes &NAME and reads the value behind it. An alias inside of the value does not know the name yet.
func (p *parser) anchored(value func(behind *token.Token) *node) *node {
	name := p.nameBehind("&")
	if name == nil {
		return &node{}
	}
	began, repeated := p.at, p.repeated
	n := value(name)
	if p.anchors == nil {
		p.anchors = map[string]anchor{}
	}
	p.anchors[name.Value] = anchor{n, p.at - began + p.repeated - repeated}
	return n
}

// alias takes *NAME. Problems of the value itself are told in the line of the alias, those of what it holds in their own.
func (p *parser) alias() *node {
	name := p.nameBehind("*")
	if name == nil {
		return &node{}
	}
	of, known := p.anchors[name.Value]
	if !known {
		p.fail(name.Position.Line, "there is no anchor &"+name.Value+" before the alias *"+name.Value)
		return &node{}
	}
	if p.repeated += of.tokens; p.repeated > maxRepeated {
		p.fail(name.Position.Line, "the aliases of the file stand for too much: write less with them")
	}
	n := *of.value
	n.line = p.line(name)
	return &n
}

// nameBehind takes the sign and the name that stands directly behind it; nil where there is none.
func (p *parser) nameBehind(sign string) *token.Token {
	t, name := p.peek(), p.ahead(1)
	if name == nil || !isScalar(name) || name.Position.Line != t.Position.Line || name.Position.Column != t.Position.Column+1 {
		p.fail(t.Position.Line, "a name is missing behind "+sign)
		return nil
	}
	p.at += 2
	if next := p.peek(); next != nil && next.Type == token.AnchorType && sign == "&" {
		p.fail(next.Position.Line, "a second anchor for one value")
		return nil
	}
	return name
}
