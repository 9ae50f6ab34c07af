package main

import (
	"strings"
	"testing"

	"bailiwick/models/modelstest"
)

const vendorFile = `version: 1
vendor: {name: Example Vendor, support_mail: support@vendor.example}
operators: [operator@vendor.example]
categories:
  - key: support-agent
    name: Support agent
    longest: 72h
    justification: {min_length: 20, pattern: "CASE-[0-9]+", hint: "the number of the case, such as CASE-1234"}
    may_request:
      content/sources: edit
personnel:
  - {email: agent@vendor.example, name: Support Agent, categories: [support-agent], organizations: [acme]}
`

func TestTheOperatorsFileIsAppliedAndExported(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.write("operator.yaml", vendorFile)
	p.write("wrong.yaml", strings.Replace(vendorFile, "content/sources: edit", "content/source: edit", 1))
	p.expect(p.run("", "operator", "export"), 1, "", "no operator’s file was applied yet")
	p.expect(p.run("", "operator", "apply", "operator.yaml"), 1, "", `operator.yaml:12: there is no organization "acme"`)
	p.run("", "apply", "acme.yaml")
	p.expect(p.run("", "operator", "apply", "wrong.yaml"), 1, "", `wrong.yaml:10: there is no domain "content/source": use content/sources`)
	p.expect(p.run("", "operator", "apply", "gone.yaml"), 2, "", "gone.yaml")
	p.expect(p.run("", "operator", "apply", "operator.yaml", "--dry-run"), 0, "create person agent@vendor.example", "")
	p.expect(p.run("", "operator", "apply", "operator.yaml"), 0, "create category support-agent", "")
	p.expect(p.run("", "operator", "apply", "operator.yaml"), 0, "nothing to change\n", "")
	p.expect(p.run("", "operator", "reset-clock"), 0, "", "0 temporary accesses have ended. Restart the console")
	if exported := p.run("", "operator", "export"); exported.status != 0 || exported.out != vendorFile {
		t.Errorf("exported\n%s%s", exported.out, exported.errors)
	}
}

func TestTheVendorsPeopleGetTheirPasswordsFromStandardInput(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.write("operator.yaml", vendorFile)
	p.run("", "apply", "acme.yaml")
	p.run("", "operator", "apply", "operator.yaml")
	p.expect(p.run("a quiet harbour at low tide\n", "operator", "set-password", "agent@vendor.example"), 0, "", "new password")
	p.expect(p.run("harbour\n", "operator", "set-password", "operator@vendor.example"), 1, "", "15 characters")
	p.expect(p.run("a quiet harbour at low tide\n", "operator", "set-password", "john.smith@example.com"), 1, "", "neither an operator")
}
