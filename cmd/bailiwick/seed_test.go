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

// With --middle an organization has names of departments; sizes that are typed hold.
func TestAMiddleSizedOrganizationIsMadeUp(t *testing.T) {
	p := newPlace(t)
	made := p.run("", "seed", "acme", "--middle", "--members", "60")
	p.expect(made, 0, "", "member set-password acme admin@acme.example.com")
	if !strings.Contains(made.errors, "people: 0 of 62\n") || !strings.Contains(made.errors, "Sources: 0 of 400\n") {
		t.Errorf("messages %q", made.errors)
	}
	p.expect(p.run("", "check", "acme", "member:campaign.manager@acme.example.com", "view", "content/sources"), 0, "allow", "")
}
