package e2e

import "testing"

// People of testdata/undelegated.yaml and testdata/atlassian.yaml.
const (
	administrator          = "administrator@example.com"
	atlassianAdministrator = "atlassian.administrator@example.com"
	marketingCoordinator   = "marketing.coordinator@example.com"
	administratorIntern    = "administrator.intern@example.com"
	websiteDeveloper       = "website.developer@example.com"
)

// The worked example of delegating sources: two teams look after two sources each, and later two more groups are let in
// to one of them. It is walked through on each database, without JavaScript, and by keyboard alone.
func TestAdministratorDelegatesSourcesToTwoTeams(t *testing.T) {
	inEveryWay(t, delegateSources)
}

func delegateSources(t *testing.T, kind database, options tabOptions) {
	c := newConsoleOn(t, kind, "undelegated.yaml")
	admin, developer := c.enter(administrator, options), c.enter(websiteDeveloper, options)
	developer.goTo("Sources")
	developer.selectRow("Web")
	developer.seesActions("View")

	admin.addsAtlassianAdministrators()
	admin.duplicatesThemForMarketing()
	c.enter(atlassianAdministrator, options).looksAfter([]string{"Confluence Cloud", "Jira Software Cloud"}, []string{"Web", "Web careers", "YouTube"})
	c.enter(marketingCoordinator, options).looksAfter([]string{"Web", "YouTube"}, []string{"Confluence Cloud", "Jira Software Cloud", "Web careers"})

	admin.opensWebTo("Administrator Interns", "Website Developers")
	developer.goTo("Sources") // the very next request
	developer.seesGray([]string{"Jira Software Cloud", "Web careers", "YouTube"}, []string{"Web"})
	developer.selectRow("Web")
	developer.seesActions("Edit", "Update", "Rebuild", "Delete")
	developer.follow(developer.action("Edit"))
	developer.write(developer.field("Name"), "Web site")
	developer.follow(developer.button("Save"))
	developer.sees(developer.thing("Source", "Web site"))
	admin.finds("Administrator Interns", "Website Developers")
}

// addsAtlassianAdministrators makes the first group from scratch, and its first member.
func (p *tab) addsAtlassianAdministrators() {
	p.t.Helper()
	p.goTo("Groups")
	p.follow(p.link("Add Group"))
	p.write(p.field("Group name"), "Atlassian Administrators")
	p.openTab("Privileges")
	p.pick(p.level("Extensions", "Edit all"))
	p.pick(p.level("Fields", "Edit"))
	p.pick(p.level("Sources", "Custom"))
	p.pick(p.level("Confluence Cloud", "Edit"))
	p.pick(p.level("Jira Software Cloud", "Edit"))
	p.pick(p.level("Activities", "View"))
	p.pick(p.level("Organization", "View"))
	p.pick(p.level("Execute queries", "Allowed"))
	p.follow(p.button("Add Group"))
	p.seesStatus("Group added.")
	p.sees(p.thing("Edit a Group", "Atlassian Administrators"))
	p.addsMember(atlassianAdministrator, "Atlassian Administrator")
}

// addsMember adds somebody on the Members tab, which must be open.
func (p *tab) addsMember(email, name string) {
	p.t.Helper()
	p.follow(p.link("Add members").First())
	p.addsPeople(email)
	p.invites()
	p.seesStatus(name + " (" + email + ") added.")
	p.sees(p.row(name))
}

// duplicatesThemForMarketing makes the second group of the first: another name, other sources, its own member.
func (p *tab) duplicatesThemForMarketing() {
	p.t.Helper()
	p.goTo("Groups")
	p.selectRow("Atlassian Administrators")
	p.seesActions("Edit", "Duplicate", "Delete")
	p.follow(p.action("Duplicate"))
	p.write(p.field("Name of the copy"), "Marketing Coordinators")
	p.follow(p.button("Duplicate group"))
	p.seesStatus("Marketing Coordinators added.")
	p.sees(p.row("Marketing Coordinators"))
	p.follow(p.action("Edit"))
	p.sees(p.thing("Edit a Group", "Marketing Coordinators"))
	p.openTab("Privileges")
	p.seesLevel("Sources", "Custom")
	p.pick(p.level("Confluence Cloud", "View"))
	p.pick(p.level("Jira Software Cloud", "View"))
	p.pick(p.level("Web", "Edit"))
	p.pick(p.level("YouTube", "Edit"))
	p.follow(p.button("Save"))
	p.seesStatus("Saved: ")
	p.openTab("Members")
	p.addsMember(marketingCoordinator, "Marketing Coordinator")
}

// looksAfter is what a member of either team sees: pages of the group's domains only, sources of the other team grayed.
func (p *tab) looksAfter(own, others []string) {
	p.t.Helper()
	p.seesPages("Extensions", "Fields", "Sources", "Activities", "Members", "Organization")
	p.goTo("Sources")
	p.seesText("You can edit 2 of these 5 sources.")
	p.seesNot(p.link("Add source"))
	p.seesGray(others, own)
	for _, source := range others {
		p.selectRow(source)
		p.seesActions("View")
		p.sees(p.actionBar().GetByText("View only"))
	}
	for _, source := range own {
		p.selectRow(source)
		p.seesActions("Edit", "Update", "Rebuild", "Delete")
	}
	p.follow(p.action("Update"))
	p.seesStatus("Update started for " + own[len(own)-1])
	p.goTo("Fields")
	p.selectRow("author")
	p.follow(p.action("Edit"))
	p.sees(p.thing("Field", "author"))
	p.seesNot(p.link("Access"))
}

// opensWebTo gives two more groups Edit on the Web source, from the source's side.
func (p *tab) opensWebTo(groups ...string) {
	p.t.Helper()
	p.goTo("Sources")
	p.selectRow("Web")
	p.follow(p.action("Edit"))
	p.openTab("Access")
	p.seesAccess("Marketing Coordinators", "Edit")
	p.seesAccess("Atlassian Administrators", "View")
	for _, group := range groups {
		p.seesAccess(group, "View")
		p.choose(p.list("Access level of "+group), "Edit")
	}
	p.follow(p.button("Save"))
	p.seesStatus("Saved: ")
	for _, group := range groups {
		p.seesAccess(group, "Edit")
	}
}

// finds holds that each group's own tab shows the same rows as the Web source's Access tab.
func (p *tab) finds(groups ...string) {
	p.t.Helper()
	for _, group := range groups {
		p.goTo("Groups")
		p.selectRow(group)
		p.follow(p.action("Edit"))
		p.openTab("Privileges")
		p.seesLevel("Sources", "Custom")
		p.seesLevel("Web site", "Edit")
		p.seesLevel("Jira Software Cloud", "View")
	}
}
