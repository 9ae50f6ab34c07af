package e2e

import (
	"regexp"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Of testdata/keys.yaml.
const keyKeeper = "key.keeper@example.com"

var secretForm = regexp.MustCompile(`^bwk_[a-z2-7]{10}_[a-z2-7]{52}[0-9A-Za-z]{6}$`)

// An administrator makes a key for an application, gives others the editing of it, changes its secret, switches it off and
// on, copies it and deletes it. It is walked through with JavaScript, without, by keyboard alone, and on a phone.
func TestAdministratorLooksAfterAnAPIKey(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{
		"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}, "by keyboard alone": {byKeyboard: true},
		"on a phone": {width: mobileWidth, dark: true},
	}, lookAfterKey)
}

func lookAfterKey(t *testing.T, options tabOptions) {
	c := newConsole(t, "keys.yaml")
	admin := c.enter(administrator, options)
	first := admin.addsImporter(c)
	admin.reloadsAndGetsNothingNew()

	admin.selectRow("Importer")
	admin.follow(admin.action("Deactivate"))
	admin.seesStatus("Importer deactivated.")
	admin.sees(admin.row("Importer").GetByText("Deactivated"))
	admin.keepsFocus()
	admin.follow(admin.action("Activate"))
	admin.sees(admin.row("Importer").GetByText("Active"))
	admin.follow(admin.actionOrMore("Rotate"))
	admin.pick(admin.choice("30 days"))
	admin.follow(admin.button("Make a new secret"))
	admin.sees(admin.heading("New secret of Importer"))
	admin.seesText("Old secret works until")
	if admin.secret() == first {
		t.Error("the new secret is the old one")
	}
	admin.follow(admin.link("I have copied it"))
	admin.follow(admin.action("Duplicate"))
	admin.seesText("The original ends on that day too.")
	must(admin.t, admin.expect.Locator(admin.field("Expires on")).ToHaveValue(regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)))
	admin.follow(admin.button("Duplicate API key"))
	admin.sees(admin.heading("Importer_copy added"))
	admin.follow(admin.link("I have copied it"))
	admin.follow(admin.actionOrMore("Delete"))
	admin.follow(admin.button("Delete API key"))
	admin.seesStatus("Importer_copy deleted.")
	admin.seesNot(admin.row("Importer_copy"))

	keeper := c.enter(keyKeeper, options)
	keeper.open(c.path("/api-keys"))
	keeper.selectRow("Importer") // which the administrator gave the keepers to edit, and which holds more than they
	keeper.sees(keeper.action("Edit"))
	keeper.seesNot(keeper.action("Rotate"))
	keeper.seesText("You can’t duplicate or rotate it: it goes beyond your own privileges on Content / Sources.")
}

// addsImporter makes a key that may edit one source, lets the keepers edit it, and returns its secret.
func (p *tab) addsImporter(c *console) (secret string) {
	p.t.Helper()
	p.open(c.path("/api-keys"))
	p.follow(p.link("Add API key"))
	p.pick(p.choice("Custom"))
	p.write(p.field("Name"), "Importer")
	p.write(p.field("Allowed addresses"), "192.0.2.1\n10.0.0.0/8")
	p.openTab("Privileges")
	must(p.t, p.expect.Locator(p.level("API keys", "View all")).ToBeDisabled())
	p.sees(p.GetByText("No API key can hold a privilege here."))
	p.pick(p.level("Sources", "Custom"))
	p.pick(p.level("Jira Software Cloud", "Edit"))
	p.openTab("Access")
	p.seesAccess("Key keepers", "View")
	p.choose(p.list("Access level of Key keepers"), "Edit")
	p.follow(p.button("Add API key"))
	p.sees(p.heading("Importer added"))
	if !p.withoutJavaScript {
		p.axe()
		p.copiesTheSecret()
	}
	return p.secret()
}

// copiesTheSecret presses Copy, and pastes into a field of another page, as into the settings of an application.
func (p *tab) copiesTheSecret() {
	p.t.Helper()
	want := p.secret()
	p.press(p.button("Copy"))
	must(p.t, p.expect.Locator(p.Locator("[data-announce]")).ToHaveText("Copied"))
	other, err := p.Context().NewPage()
	must(p.t, err)
	_, err = other.Goto(p.URL()[:strings.LastIndex(p.URL(), "/api-keys/")] + "/api-keys")
	must(p.t, err)
	box := other.Locator("main").GetByRole("searchbox")
	must(p.t, box.Press("ControlOrMeta+V"))
	must(p.t, p.expect.Locator(box).ToHaveValue(want))
	must(p.t, other.Close())
}

// secret is the one that the page shows.
func (p *tab) secret() string {
	p.t.Helper()
	secret, err := p.field("Secret").InputValue()
	must(p.t, err)
	if !secretForm.MatchString(secret) {
		p.t.Errorf("%s shows %q as a secret", p.URL(), secret)
	}
	return secret
}

// reloadsAndGetsNothingNew loads the page of a secret again, which shows none and sent nothing.
func (p *tab) reloadsAndGetsNothingNew() {
	p.t.Helper()
	_, err := p.Reload()
	must(p.t, err)
	p.seesText("This secret was shown once.")
	must(p.t, p.expect.Locator(p.Locator("#secret")).ToHaveCount(0))
	p.follow(p.link("API keys").Last())
	must(p.t, p.expect.Locator(p.pickOf("Importer")).ToHaveCount(1))
}

// choice is a radio whose label begins so.
func (p *tab) choice(begins string) playwright.Locator {
	return p.GetByRole("radio", playwright.PageGetByRoleOptions{Name: regexp.MustCompile("^" + begins + `\b`)})
}

// actionOrMore is an action of the Action bar, which opens its menu where the action stands there.
func (p *tab) actionOrMore(name string) playwright.Locator {
	p.t.Helper()
	if p.width == mobileWidth {
		p.press(p.actionBar().GetByText("More"))
	}
	return p.action(name).Filter(playwright.LocatorFilterOptions{Visible: playwright.Bool(true)})
}

// The pages of API keys in both themes and at all widths.
func TestPagesOfAPIKeysAreAccessibleAndFit(t *testing.T) {
	eachSideBySide(t, map[string]round{
		"of all keys": {person: administrator, paths: []string{
			"/api-keys", "/api-keys?selected=website", "/api-keys?q=none", "/api-keys/-/add", "/api-keys?selected=all",
			"/api-keys/-/many/extend?selected=all", "/api-keys/-/many/activate?selected=website&selected=push-connector",
		}},
		"of one key": {person: administrator, paths: []string{
			"/api-keys/website", "/api-keys/website/privileges", "/api-keys/push-connector/privileges", "/api-keys/push-connector/access",
			"/api-keys/website/rotate", "/api-keys/website/duplicate", "/api-keys/website/delete",
		}},
		"of a keeper": {person: keyKeeper, paths: []string{
			"/api-keys?selected=push-connector", "/api-keys/-/add", "/api-keys/website", "/api-keys/website/access",
		}},
	}, func(t *testing.T, r round) { r.walk(newConsole(t, "keys.yaml")) })
}
