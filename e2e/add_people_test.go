package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// paste puts a text into a field as from the clipboard.
func (p *tab) paste(field playwright.Locator, text string) {
	p.t.Helper()
	_, err := field.Evaluate(`(field, text) => {
		field.dispatchEvent(new ClipboardEvent("paste", { bubbles: true }));
		field.value = text;
		field.dispatchEvent(new Event("input", { bubbles: true }));
	}`, text)
	must(p.t, err)
}

func TestThirtyAreInvitedFromAPastedListInFourClicks(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, func(t *testing.T, options tabOptions) {
		c := serveFile(t, sqliteDatabase, largeOrganization(t))
		admin := c.enter(administrator, options)
		admin.open(c.path("/groups/team-007/members"))
		var list []string
		for i := range 30 {
			list = append(list, fmt.Sprintf("New Colleague %d <new%02d@example.com>", i, i))
		}
		admin.press(admin.link("Add members").First())
		text := strings.Join(list, ";\n")
		if options.withoutJavaScript {
			admin.write(admin.field("Email/Username"), text)
			admin.press(admin.Locator(".sheet-foot .btn-primary"))
		} else {
			admin.paste(admin.field("Email/Username"), text)
			admin.seesText("will be invited")
			admin.looksFine(t)
			admin.press(admin.button("Invite 30"))
		}
		result := admin.named("dialog", "30 invitations created")
		admin.sees(result)
		admin.within(4)
		admin.takesAllLinks(result, 30)
		admin.within(5)
	})
}

// takesAllLinks takes along the links of everybody who was invited, with one click: by copying them or, without JavaScript, as a file.
func (p *tab) takesAllLinks(result playwright.Locator, count int) {
	p.t.Helper()
	links := result.GetByLabel("Invitation links")
	must(p.t, p.expect.Locator(links).ToHaveValue(regexp.MustCompile(fmt.Sprintf(`^(\S+@example\.com\thttp\S+/join/\S+(\n|$)){%d}$`, count))))
	if p.withoutJavaScript {
		file, err := p.ExpectDownload(func() error { return p.pressing(inside(result, "button", "Download links as CSV")) })
		must(p.t, err)
		if name := file.SuggestedFilename(); !strings.Contains(name, "-invitation-links-") {
			p.t.Errorf("the file is %s", name)
		}
		return
	}
	p.looksFine(p.t)
	p.press(inside(result, "button", "Copy all links"))
	p.sees(inside(result, "button", "Copied"))
}

func TestThreePeopleComeIntoTwoGroupsInEightClicks(t *testing.T) {
	sideBySide(t)
	c := serveFile(t, sqliteDatabase, largeOrganization(t))
	admin := c.enter(administrator, tabOptions{})
	admin.open(c.path("/members"))
	admin.press(admin.link("Add members").First())
	for _, name := range []string{"Member 011", "Member 012", "Member 013"} {
		admin.write(admin.field("Email/Username"), name)
		admin.press(admin.Locator("#people-found .check", playwright.PageLocatorOptions{HasText: name}))
		admin.sees(admin.Locator("#people-found :checked"))
	}
	for _, group := range []string{"Team 007", "Team 008"} {
		admin.write(admin.named("searchbox", "Find groups"), group)
		admin.press(admin.Locator("#groups-found .check", playwright.PageLocatorOptions{HasText: group}))
		admin.sees(admin.Locator(".token", playwright.PageLocatorOptions{HasText: group}))
	}
	admin.press(admin.button("Add 3"))
	admin.seesStatus("3 members added.")
	admin.within(8)
}

// A CSV file is read as soon as it is chosen, or with Read file. One without addresses is refused at once, and the next is read.
func TestAFileOfPeopleIsChosen(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"with JavaScript": {}, "without JavaScript": {withoutJavaScript: true}}, func(t *testing.T, options tabOptions) {
		c := newConsole(t, "atlassian.yaml")
		admin := c.enter(administrator, options)
		admin.open(c.path("/members/-/invite"))
		choose := func(text string) {
			t.Helper()
			file := playwright.InputFile{Name: "people.csv", MimeType: "text/csv", Buffer: []byte(text)}
			must(t, admin.Locator("input[type=file]").SetInputFiles(file))
			if options.withoutJavaScript {
				admin.follow(admin.button("Read file"))
			}
		}
		choose("Name,Phone\nSomebody,12\n")
		admin.seesText("No column of this file has an address. Give the column the name “email”.")
		choose("Name,Email\nJohn Smith,john.smith@example.com\nNewcomer,newcomer@example.com\nBroken,nobody\n")
		admin.sees(admin.button("Add 1 and invite 1"))
		admin.sees(admin.GetByText("No @ sign").First())
	})
}

// Escape leaves what was found, and never what was entered: with that it leads to Cancel, where it leaves.
func TestEscapeDoesNotLoseWhoWasEntered(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	admin := c.enter(administrator, tabOptions{})
	admin.open(c.path("/members/-/invite"))
	field := admin.field("Email/Username")
	admin.paste(field, "new1@example.com, new2@example.com")
	admin.seesText("will be invited")
	must(t, field.Press("Escape"))
	cancel := inside(admin.Locator("dialog[open]"), "link", "Cancel")
	must(t, admin.expect.Locator(cancel).ToBeFocused())
	admin.seesText("will be invited")
	admin.navigates(func() error { return cancel.Press("Escape") })
	must(t, admin.expect.Locator(admin.Locator("dialog[open]")).ToHaveCount(0))
}
