package main

import (
	"strings"
	"testing"
)

func TestASeededOrganizationCanBeUsed(t *testing.T) {
	p := newPlace(t)
	seed := strings.Fields("seed many --members 20 --groups 5 --resources 100 --editors 50")
	first := p.run("", seed...)
	p.expect(first, 0, "", "member set-password many viewer@many.example.com")
	if first.out != "" || !strings.Contains(first.errors, "Sources: 0 of 100") {
		t.Errorf("standard output %q, messages %q", first.out, first.errors)
	}
	p.expect(p.run("", seed...), 1, "", "already: choose another key")
	p.expect(p.run("", "seed", "more", "--groups", "1"), 1, "", "2 groups")
	p.expect(p.run("", "check", "many", "member:admin@many.example.com", "edit", "content/sources"), 0, "allow", "")
	p.expect(p.run("", "check", "many", "member:viewer@many.example.com", "edit", "content/sources:source-0000000"), 0, "allow", "")
	p.expect(p.run("", "check", "many", "member:viewer@many.example.com", "edit", "content/sources"), 1, "deny", "")
	p.expect(p.run("a quiet harbour at low tide\n", "member", "set-password", "many", "viewer@many.example.com"), 0, "", "new password")
}
