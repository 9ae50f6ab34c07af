package e2e

import (
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Whoever goes back after something was done is never asked whether to send a form again, meets no question that was answered, and is
// shown no link or secret twice.
func TestBackSendsNothingAndAsksNothingTwice(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, goBackEverywhere)
}

func goBackEverywhere(t *testing.T, options tabOptions) {
	c := newConsole(t, "keys.yaml")
	admin := c.enter(administrator, options)
	back := admin.backs()

	// People are invited.
	admin.goTo("Members")
	admin.follow(admin.link("Add members"))
	admin.addsPeople("a@example.com\nb@example.com")
	must(t, admin.GetByRole("checkbox", playwright.PageGetByRoleOptions{Name: "Key keepers"}).Click())
	admin.invites()
	first := admin.linkFor("a@example.com")
	admin.follow(admin.link("Done"))
	back()
	admin.sees(admin.named("dialog", "This result was shown once"))
	admin.follow(admin.link("Done"))

	// A link is copied.
	admin.selectRow("a@example.com")
	admin.follow(admin.action("Copy link"))
	if admin.linkFor("a@example.com") == first {
		t.Error("the copied link is the one from before")
	}
	admin.follow(admin.link("Done"))
	back()
	question := admin.named("dialog", "This link was shown once")
	admin.follow(inside(question, "button", "Make a new link"))
	admin.linkFor("a@example.com")
	admin.follow(admin.link("Done"))

	// Two are extended at once.
	admin.open(c.path("/members/-/invitations?select=page"))
	admin.follow(admin.action("Extend"))
	admin.follow(admin.button("Extend 2 invitations"))
	admin.seesStatus("2 invitations extended.")
	back()
	admin.seesText("This was already done.")
	admin.seesNot(admin.Locator("dialog[open]"))
	back()
	admin.sees(admin.row("a@example.com"))

	// A group is copied, and deleted.
	admin.open(c.path("/groups?kind=custom&selected=key-keepers"))
	admin.follow(admin.action("Duplicate"))
	admin.follow(admin.button("Duplicate group"))
	admin.seesStatus("Key keepers_copy added.")
	back()
	admin.seesText("This was already done.")
	admin.open(c.path("/groups?kind=custom&selected=key-keepers-copy"))
	admin.follow(admin.actionOrMore("Delete"))
	admin.follow(admin.button("Delete group"))
	admin.seesStatus("Key keepers_copy deleted.")
	back()
	admin.seesText("This was already done.")
	admin.seesNot(admin.row("Key keepers_copy"))

	// A key gets a secret.
	secret := admin.addsImporter(c)
	admin.follow(admin.link("I have copied it"))
	back()
	admin.seesText("This secret was shown once.")
	admin.follow(admin.link("Make a new secret"))
	admin.follow(admin.button("Make a new secret"))
	if admin.secret() == secret {
		t.Error("the secret is the one from before")
	}
}

// backs goes back in the history, and holds that nothing is sent by it and that it leads to a page of ours.
func (p *tab) backs() func() {
	var sent atomic.Int32
	p.OnRequest(func(r playwright.Request) {
		if r.Method() == "POST" && !strings.Contains(r.URL(), "/preview") {
			sent.Add(1)
		}
	})
	return func() {
		p.t.Helper()
		before := sent.Load()
		_, err := p.GoBack()
		must(p.t, err)
		must(p.t, p.expect.Page(p).ToHaveURL(regexp.MustCompile(`^https?://[^?]+/o/`)))
		p.sees(p.Locator("h1").First())
		if sent.Load() != before {
			p.t.Errorf("going back to %s sent a form", p.URL())
		}
	}
}
