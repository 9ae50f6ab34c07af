package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
)

// A violation is one rule of the accessibility checker that a page breaks.
type violation struct {
	ID    string   `json:"id"`
	Help  string   `json:"help"`
	Nodes []string `json:"nodes"` // the elements concerned, with what is wrong with each
}

func (v violation) String() string {
	return fmt.Sprintf("%s: %s\n\t%s", v.ID, v.Help, strings.Join(v.Nodes, "\n\t"))
}

// checkAccessibility asks for WCAG 2.2 A and AA and for the checker's own good practices.
const checkAccessibility = `async (rules) => {
	const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
	const found = await axe.run(document, { runOnly: rules ?? tags, resultTypes: ['violations'] });
	return JSON.stringify(found.violations.map(({ id, help, nodes }) =>
		({ id, help, nodes: nodes.map((node) => node.html + ' ' + node.failureSummary) })));
}`

// rules are those of the accessibility checker to ask for, by name.
type rules []string

var (
	everyRule rules // all that checkAccessibility asks for
	// ofColours are the rules that look at colours: all that a page can break in one theme and not in the other.
	ofColours = rules{"color-contrast", "link-in-text-block"}
)

// axe holds that the page as it stands breaks no accessibility rule. The tab must have JavaScript.
func (p *tab) axe() {
	p.t.Helper()
	p.checks(everyRule)
}

// checks holds that the page breaks none of the rules.
func (p *tab) checks(asked rules) {
	p.t.Helper()
	p.screenshot(p.pictureName())
	for _, found := range p.violations(asked) {
		p.t.Errorf("%s is not accessible: %s", p.URL(), found)
	}
}

// violations runs the checker with some of its rules, or with all. It is evaluated rather than added as an element, which
// the console's content security policy would refuse.
func (p *tab) violations(asked rules) []violation {
	p.t.Helper()
	loaded, err := p.Evaluate(`() => 'axe' in window`)
	must(p.t, err)
	if loaded != true {
		_, err = p.Evaluate(axeSource)
		must(p.t, err)
	}
	var only any
	if asked != nil {
		only = map[string]any{"type": "rule", "values": []string(asked)}
	}
	answer, err := p.Evaluate(checkAccessibility, only)
	must(p.t, err)
	var found []violation
	must(p.t, json.Unmarshal([]byte(answer.(string)), &found))
	return found
}
