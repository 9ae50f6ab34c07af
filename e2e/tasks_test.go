package e2e

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// A task is what an administrator does on a usual day, from the page on which the day begins, and how many clicks it may take. Typing takes
// none, an option of a list two.
type task struct {
	budget int
	walk   func(c *console, admin *tab)
}

// What people do most takes few clicks in an organization of a usual size, whose people share names and whose groups differ at the end of theirs.
func TestTasksOfADayTakeFewClicks(t *testing.T) {
	eachSideBySide(t, tasks, func(t *testing.T, asked task) {
		c := newMiddleConsole(t)
		admin := c.enter(ofMiddle("admin"), tabOptions{})
		admin.sees(admin.heading("Overview"))
		asked.walk(c, admin)
		admin.within(asked.budget)
	})
}

// Of names that occur in the organization.
const (
	closingDocuments = "SharePoint – Finance Closing Documents (previous years) – EMEA"
	closingAuditors  = "Finance – Closing Document Auditors – EMEA"
	contractReaders  = "Legal – Contract Library Readers – EMEA"
)

var tasks = map[string]task{
	"find somebody among namesakes": {2, func(_ *console, admin *tab) {
		admin.looksUp("counsel7", "legal.counsel7")
		admin.seesText(ofMiddle("legal.counsel7"))
	}},
	"see what somebody may do": {2, func(_ *console, admin *tab) {
		admin.looksUp("deputy buyer3", "deputy.buyer3")
		admin.sees(admin.named("table", "What Deputy Buyer may do in each domain, and through which groups"))
	}},
	"add three people to two groups": {8, func(_ *console, admin *tab) {
		admin.goTo("Members")
		admin.follow(admin.link("Add members").First())
		for _, local := range []string{"deputy.controller2", "senior.buyer2", "deputy.buyer3"} {
			admin.write(admin.field("Email/Username"), ofMiddle(local))
			admin.press(admin.Locator("#people-found .check", playwright.PageLocatorOptions{HasText: ofMiddle(local)}))
			admin.sees(admin.Locator("#people-found :checked"))
		}
		admin.choosesGroup(closingAuditors)
		admin.choosesGroup(contractReaders)
		admin.follow(admin.button("Add 3"))
		admin.seesStatus("3 members added.")
	}},
	"invite thirty from a pasted list": {4, func(_ *console, admin *tab) {
		admin.goTo("Members")
		admin.follow(admin.link("Add members").First())
		var list []string
		for i := range 30 {
			list = append(list, fmt.Sprintf("New Colleague %d <colleague%02d@example.com>", i, i))
		}
		admin.paste(admin.field("Email/Username"), strings.Join(list, ";\n"))
		admin.seesText("will be invited")
		admin.choosesGroup(closingAuditors)
		admin.follow(admin.button("Invite 30"))
		admin.sees(admin.named("dialog", "30 invitations created"))
	}},
	"give a newcomer what a colleague has": {4, func(_ *console, admin *tab) {
		admin.looksUp("deputy buyer3", "deputy.buyer3")
		admin.follow(admin.link("Add another like this one"))
		admin.paste(admin.field("Email/Username"), "buyer.new@example.com\n")
		admin.seesText("will be invited")
		admin.follow(admin.button("Invite 1"))
		admin.sees(admin.named("dialog", "Invitation created"))
	}},
	"remove who leaves": {4, func(_ *console, admin *tab) {
		admin.goTo("Members")
		admin.narrows("Filter members", "deputy.recruiter2", 1)
		admin.marks("deputy.recruiter2")
		admin.follow(admin.action("Remove"))
		admin.confirms("Remove")
		admin.seesStatus("removed")
	}},
	"suspend a team": {4, func(_ *console, admin *tab) {
		admin.goTo("Members")
		admin.narrows("Filter members", "plant manager", 19)
		admin.marksAll()
		admin.follow(admin.action("Suspend 18")) // one is already
		admin.confirms("Suspend 18, leave out 1")
		admin.seesStatus("18 members suspended")
	}},
	"sign somebody out": {4, func(c *console, admin *tab) {
		left := c.enter(ofMiddle("deputy.buyer3"), tabOptions{})
		admin.looksUp("deputy buyer3", "deputy.buyer3")
		admin.openTab("Sessions")
		admin.reloadsUntil(admin.button("End all sessions of Deputy Buyer"))
		admin.follow(admin.button("End all sessions of Deputy Buyer"))
		admin.seesText("No session")
		left.open("/")
		must(left.t, left.expect.Page(left).ToHaveURL(regexp.MustCompile("/sign-in")))
	}},
	"extend invitations that run out": {4, func(_ *console, admin *tab) {
		admin.follow(admin.GetByRole("link", playwright.PageGetByRoleOptions{Name: "3 invitations expire this week"}))
		admin.marksAll()
		admin.follow(admin.action("Extend"))
		admin.confirms("Extend")
		admin.seesStatus("3 invitations extended")
	}},
	"take along who never used anything": {2, func(_ *console, admin *tab) {
		admin.follow(admin.GetByRole("link", playwright.PageGetByRoleOptions{Name: "members never used"}))
		admin.takesAlong("Download CSV")
	}},
	"see who can edit a source": {3, func(_ *console, admin *tab) {
		admin.looksUp("sharepoint finance previous emea", closingDocuments)
		admin.openTab("People")
		admin.seesText("Can edit 23")
		admin.sees(admin.link("Procurement – Supplier File Readers – APAC").First())
	}},
	"take along who can edit a source": {5, func(_ *console, admin *tab) {
		admin.looksUp("sharepoint finance previous emea", closingDocuments)
		admin.openTab("People")
		admin.follow(admin.Locator(".seg input[value=edit]"))
		admin.takesAlong("Download CSV")
	}},
	"let a group edit a source": {6, func(_ *console, admin *tab) {
		admin.letsEdit(closingDocuments, "Finance – Closing Document Editors – EMEA")
	}},
	"let a group edit twelve of 400 sources": {16, func(_ *console, admin *tab) {
		admin.looksUp("closing auditors emea", closingAuditors)
		admin.openTab("Privileges")
		admin.findsInList("sources", "customer emea")
		admin.seesText("12 of 400 match “customer emea”")
		choices := admin.GetByRole("radio", playwright.PageGetByRoleOptions{Name: "Edit", Exact: playwright.Bool(true)}).And(admin.Locator(".editor-list input"))
		must(admin.t, admin.expect.Locator(choices).ToHaveCount(12))
		for i := range 12 {
			admin.pick(choices.Nth(i))
		}
		admin.follow(admin.button("Save"))
		admin.seesStatus("Saved: 12 changes")
	}},
	"say why somebody can’t edit a source": {5, func(_ *console, admin *tab) {
		admin.looksUp("sharepoint finance previous emea", closingDocuments)
		admin.follow(admin.link("Explain access"))
		admin.write(admin.field("Find who"), ofMiddle("deputy.buyer3"))
		admin.follow(admin.button("Explain"))
		admin.follow(admin.Locator("main").GetByRole("link", playwright.LocatorGetByRoleOptions{Name: "Deputy Buyer"}))
		admin.sees(admin.GetByRole("heading", playwright.PageGetByRoleOptions{Name: "edit " + closingDocuments}))
	}},
	"rename a group": {3, func(_ *console, admin *tab) {
		admin.looksUp("closing auditors emea", closingAuditors)
		admin.write(admin.field("Group name"), "Finance – Auditors of Closing Documents – EMEA")
		admin.follow(admin.button("Save"))
		admin.sees(admin.thing("Edit a Group", "Finance – Auditors of Closing Documents – EMEA"))
	}},
	"copy a group under another name": {4, func(_ *console, admin *tab) {
		admin.goTo("Groups")
		admin.narrows("Filter groups", "closing auditors emea", 1)
		admin.marks(closingAuditors)
		admin.follow(admin.action("Duplicate"))
		admin.write(admin.field("Name of the copy"), "Finance – Closing Document Auditors – North")
		admin.follow(admin.button("Duplicate group"))
		admin.seesStatus("North")
	}},
	"compare two groups": {4, func(_ *console, admin *tab) {
		admin.goTo("Groups")
		admin.narrows("Filter groups", "closing auditors", 3)
		admin.marks(closingAuditors)
		admin.marks("Finance – Closing Document Auditors – APAC")
		admin.follow(admin.action("Compare"))
		admin.sees(admin.heading("Compare groups"))
	}},
	"delete groups that nobody is in": {4, func(_ *console, admin *tab) {
		admin.follow(admin.GetByRole("link", playwright.PageGetByRoleOptions{Name: "7 groups have no members"}))
		admin.marksAll()
		admin.follow(admin.action("Delete"))
		admin.confirms("Delete")
		admin.seesStatus("7 groups deleted")
	}},
	"switch an API key off": {3, func(_ *console, admin *tab) {
		admin.goTo("API keys")
		admin.narrows("Filter API keys", "anonymous finance", 1)
		admin.marks("Finance")
		admin.follow(admin.action("Deactivate"))
		admin.seesStatus("deactivated")
	}},
	"undo a change that is long past": {5, func(_ *console, admin *tab) {
		admin.letsEdit(closingDocuments, "Finance – Closing Document Editors – EMEA")
		admin.open("/")
		admin.clicks = 0
		admin.goTo("Activities")
		admin.opensEvent("gave Finance – Closing Document Editors – EMEA Edit on " + closingDocuments)
		admin.follow(admin.link("Revert"))
		admin.follow(admin.button("Revert"))
		admin.seesStatus("Reverted: 1 change.")
	}},
	"undo what was done to many long ago": {6, func(_ *console, admin *tab) {
		admin.goTo("Members")
		admin.narrows("Filter members", "plant manager", 19)
		admin.marksAll()
		admin.follow(admin.action("Add to groups").First())
		question := admin.named("dialog", "Add 19 members to groups")
		for _, group := range []string{closingAuditors, contractReaders} {
			admin.write(question.GetByRole("searchbox"), group)
			must(admin.t, question.GetByRole("checkbox", playwright.LocatorGetByRoleOptions{Name: regexp.MustCompile("^" + regexp.QuoteMeta(group))}).Check())
			admin.sees(inside(question, "button", "Leave out "+group))
		}
		admin.follow(inside(question, "button", "Review"))
		admin.confirms("Add")
		admin.seesStatus("18 members added to 2 groups.") // one is suspended
		admin.open("/")
		admin.clicks = 0
		admin.goTo("Activities")
		admin.follow(admin.link("and 35 more of the same change"))
		admin.follow(admin.link("Revert all 36"))
		admin.sees(admin.named("dialog", "Revert all 36 activities of this change?"))
		admin.axe()
		admin.confirms("Revert 36 activities")
		admin.seesStatus("Reverted: 36 activities.")
		admin.sees(admin.link("and 35 more of the same change").First())
	}},
}

// choosesGroup finds a group by its name on the sheet that adds people.
func (p *tab) choosesGroup(name string) {
	p.t.Helper()
	p.write(p.named("searchbox", "Find groups"), name)
	p.press(p.Locator("#groups-found .check", playwright.PageLocatorOptions{HasText: name}))
	p.sees(p.Locator(".token", playwright.PageLocatorOptions{HasText: name}))
}

// takesAlong downloads a file.
func (p *tab) takesAlong(link string) {
	p.t.Helper()
	file, err := p.ExpectDownload(func() error { return p.pressing(p.link(link)) })
	must(p.t, err)
	must(p.t, file.Failure())
}

// letsEdit gives a group Edit on a source.
func (p *tab) letsEdit(source, group string) {
	p.t.Helper()
	p.looksUp(source, source)
	p.openTab("Access")
	p.write(p.named("searchbox", "Filter groups and API keys"), group)
	p.choose(p.list("Access level of "+group), "Edit")
	p.follow(p.button("Save"))
	p.seesStatus("Saved: 1 change.")
}
