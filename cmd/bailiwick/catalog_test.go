package main

import (
	"strings"
	"testing"
)

// Both catalogues that are printed can be used as they are: by check, and to make and read an organization.
func TestCataloguesThatArePrintedCanBeUsed(t *testing.T) {
	for _, test := range []struct{ command, has, counts string }{
		{"catalog", "key: content", "53 domains in 7 services"},
		{"catalog new", "key: helpdesk", "10 domains in 2 services"},
	} {
		t.Run(test.command, func(t *testing.T) {
			p := newPlace(t)
			printed := p.run("", strings.Fields(test.command)...)
			p.expect(printed, 0, test.has, "")
			p.expect(p.run(printed.out, "catalog", "check", "-"), 0, "no problems: "+test.counts, "")
			p.write("mine.yaml", printed.out)
			p.expect(p.run("", "catalog", "check", "mine.yaml"), 0, test.counts, "")
			p.write("acme.yaml", "version: 1\norganization: {key: acme, name: Acme}\n")
			p.expect(p.run("", "apply", "acme.yaml", "--catalog", "mine.yaml"), 0, "create organization acme", "")
			p.expect(p.run("", "export", "acme", "--catalog", "mine.yaml"), 0, "key: administrators", "")
		})
	}
}

func TestCheckingACatalogueNamesTheLine(t *testing.T) {
	p := newPlace(t)
	p.write("mine.yaml", "version: 1\nname: mine\nservices:\n  - {key: a, name: A, domains: [{key: b, name: B, levels: [sideways]}]}\n")
	p.expect(p.run("", "catalog", "check", "mine.yaml"), 1, "", "mine.yaml:4: ")
	p.expect(p.run("", "catalog", "check", "gone.yaml"), 2, "", "gone.yaml")
}
