package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/playwright-community/playwright-go"
)

const (
	vendorAgent  = "agent@vendor.example"
	supportRules = `version: 1
vendor: {name: Example Vendor}
categories:
  - key: support-agent
    name: Support agent
    justification: {min_length: 20, pattern: "CASE-[0-9]+", hint: "the number of the case, such as CASE-1234"}
    may_request: {content/sources: edit, content/fields: view}
personnel:
  - {email: agent@vendor.example, name: Support Agent, categories: [support-agent]}
`
)

// Seed 000, the requester's side: somebody of the vendor asks, is let in at once, and gives the access back.
func TestSupportAgentAsksForAccessAndGivesItBack(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{
		"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true},
	}, visitAndLeave)
}

func visitAndLeave(t *testing.T, options tabOptions) {
	c := serveFile(t, sqliteDatabase, invitingFile)
	rules := filepath.Join(t.TempDir(), "operator.yaml")
	must(t, os.WriteFile(rules, []byte(supportRules), 0o600))
	c.run("", "operator", "apply", rules)
	c.run(password+"\n", "operator", "set-password", vendorAgent)
	agent := newTab(c, options)
	agent.signIn(vendorAgent)
	agent.sees(agent.heading("Temporary access"))
	agent.follow(agent.link("Request access to Acme"))
	agent.pick(agent.level("Sources", "Edit all"))
	agent.write(agent.field("Justification"), "CASE-1")
	agent.follow(agent.button("Request access"))
	agent.sees(agent.GetByText("Use 20 characters or more; this has 6.").First())
	agent.write(agent.field("Justification"), "CASE-1: the source does not rebuild")
	agent.follow(agent.button("Request access"))
	agent.seesStatus("Access to Acme granted.")
	agent.follow(agent.link("Acme"))
	agent.seesPages("Sources", "Members", "Organization")
	banner := agent.named("complementary", "Temporary access")
	agent.sees(banner.GetByText("CASE-1: the source does not rebuild"))
	if left := banner.GetByText("left"); options.withoutJavaScript {
		agent.seesNot(left)
	} else {
		agent.sees(left)
	}
	agent.follow(inside(banner, "link", "Your requests"))
	agent.follow(agent.link("End your access to Acme"))
	agent.follow(agent.button("End access"))
	agent.seesStatus("Access ended.")
	agent.sees(agent.named("table", "What you asked for, the newest first.").GetByText("Ended", playwright.LocatorGetByTextOptions{Exact: playwright.Bool(true)}))
	agent.open(c.path("/resources/content/sources"))
	agent.sees(agent.heading("Your temporary access to Acme was given back"))
}
