package views_test

import (
	"fmt"
	"strings"

	"bailiwick/views"
	"bailiwick/views/parts"
)

// The samples are pages as handlers fill them, for somebody called Organization Administrator at Example Corp.

func sampleShell(current string) *views.Shell {
	link := func(label, href, icon string) parts.Link {
		return parts.Link{Label: label, Href: href, Icon: icon, Current: label == current}
	}
	return &views.Shell{
		Organization: "Example Corp",
		Kind:         "Organization",
		Organizations: []parts.Link{
			{Label: "Example Corp", Href: "/o/example", Current: true},
			{Label: "Example Corp Sandbox", Href: "/o/sandbox"},
		},
		Groups: []views.RailGroup{
			{ID: "content", Name: "Content", Links: []parts.Link{
				link("Extensions", "/o/example/content/extensions", "puzzle"),
				link("Fields", "/o/example/content/fields", "list-tree"),
				link("Sources", "/o/example/content/sources", "database"),
			}},
			{ID: "machine-learning", Name: "Machine Learning", Links: []parts.Link{
				link("Models", "/o/example/machine-learning/models", "brain"),
			}},
			{ID: "organization", Name: "Organization", Links: []parts.Link{
				link("Groups", "/o/example/groups", "users"),
			}},
			{ID: "search", Name: "Search", Links: []parts.Link{
				link("Query Pipelines", "/o/example/search/query-pipelines", "workflow"),
				link("Search Pages", "/o/example/search/search-pages", "app-window"),
			}},
		},
		Foot:   "You see the 7 pages that your groups open.",
		Crumbs: []parts.Link{{Label: "Organization", Href: "/o/example"}, {Label: current}},
		Clock:  &parts.Link{Label: "Activity for " + strings.ToLower(current), Href: "/o/example/activity"},
		Account: views.Account{
			Name: "Organization Administrator", Email: "admin@example.com", Initials: "OA",
			SignOut: "/sign-out", Theme: "/theme", Back: "/o/example/groups",
		},
	}
}

func samplePage(title string) views.Page {
	return views.Page{Title: title, Shell: sampleShell(title)}
}

// sampleReach grants View on every nth of 59 domains in eight services, Edit on every third of those.
func sampleReach(nth int) parts.Reach {
	sizes := []int{15, 2, 9, 3, 3, 12, 9, 6}
	reach := parts.Reach{Label: "7 of 59 domains: 1 custom, 6 view"}
	domain := 0
	for _, size := range sizes {
		service := make([]parts.Strength, size)
		for i := range service {
			if domain%nth == 0 {
				service[i] = []parts.Strength{parts.StrengthFull, parts.StrengthView, parts.StrengthPart}[domain%3]
			}
			domain++
		}
		reach.Services = append(reach.Services, service)
	}
	return reach
}

func sampleGroupRow(key, name string, nth int) views.GroupRow {
	return views.GroupRow{
		Row:     parts.Row{Key: key, Name: name, Icon: "users", Sub: "6 members · 7 privileges"},
		Members: "6", Invitations: "1", IdentitySets: "0",
		Reach: sampleReach(nth), Privileges: "7 of 59", Used: parts.When{Text: "Not since 2 Nov 2026"},
		Changed: parts.When{ISO: "2026-11-20T09:12:00Z", Text: "Yesterday"},
	}
}

func groupColumns() []parts.Column {
	return []parts.Column{
		{Label: "Group", Href: "/o/example/groups?sort=-name", Sort: "ascending"},
		{Label: "Kind", Class: "p2"},
		{Label: "Members", Href: "/o/example/groups?sort=members", Class: "num p2"},
		{Label: "Invitations", Class: "num p3"},
		{Label: "Identity sets", Class: "num p4"},
		{Label: "Reach"},
		{Label: "Privileges", Class: "p3"},
		{Label: "Last change", Href: "/o/example/groups?sort=changed", Class: "p4"},
	}
}

// editableBar is what an administrator may do with a group.
func editableBar() parts.ActionBar {
	return parts.ActionBar{
		State: "editable", Selected: "atlassian-administrators", Subject: "Atlassian Administrators",
		Level: "edit", Word: "Can edit",
		Actions: []parts.Action{
			{Label: "Edit", Icon: "pencil", Href: "/o/example/groups/atlassian-administrators"},
			{Label: "Duplicate", Icon: "copy", Href: "/o/example/groups/atlassian-administrators/duplicate", Post: true},
			{Label: "Delete", Icon: "trash-2", Href: "/o/example/groups?delete=atlassian-administrators", Danger: true},
			{Label: "Activity", Icon: "clock", Href: "/o/example/activity", More: true},
		},
		Clear:    "/o/example/groups",
		Announce: "Atlassian Administrators selected, can edit: 4 actions",
	}
}

func emptyBar(noun string) parts.ActionBar {
	return parts.ActionBar{State: "none", Hint: "Select a " + noun + " to see what you can do."}
}

func sampleGroups() views.Groups {
	page := samplePage("Groups")
	page.Lead = "A group gives its members a set of privileges. When groups disagree, the highest level wins."
	page.Actions = []parts.Link{
		{Label: "Compare", Href: "/o/example/groups/compare", Icon: "git-compare-arrows"},
		{Label: "Add Group", Href: "/o/example/groups/new", Icon: "plus", Kind: parts.Primary},
	}
	administrators := sampleGroupRow("administrators", "Administrators", 1)
	administrators.BuiltIn, administrators.Icon = true, "shield"
	administrators.Changed = parts.When{Text: "Never"}
	atlassian := sampleGroupRow("atlassian-administrators", "Atlassian Administrators", 8)
	atlassian.Selected = true
	viewOnly := sampleGroupRow("website-developers", "Website Developers", 5)
	viewOnly.ReadOnly = true
	return views.Groups{
		Page:    page,
		Filters: groupFilters(""),
		List: parts.Listing{
			Action: "/o/example/groups", ActionsURL: "/o/example/groups/actions",
			Hidden:  []parts.Hidden{{Name: "sort", Value: "name"}},
			Bar:     editableBar(),
			Caption: "Groups of Example Corp.",
			Columns: groupColumns(),
			Count:   "13 groups",
			Note:    "Reach: one mark for each domain, in the order of the Privileges tab. Taller and darker is more.",
		},
		Rows: []views.GroupRow{administrators, atlassian, sampleGroupRow("content-managers", "Content Managers", 4), viewOnly},
	}
}

func groupFilters(q string) parts.Filters {
	return parts.Filters{
		Action: "/o/example/groups",
		Search: parts.Search{Label: "Filter groups", Value: q},
		Selects: []parts.SelectField{
			{Name: "kind", Label: "Kind", Options: []parts.Option{{Label: "Any kind", Selected: true}, {Value: "built-in", Label: "Built-in"}, {Value: "custom", Label: "Custom"}}},
			{Name: "domain", Label: "Domain", Options: []parts.Option{{Label: "Any domain", Selected: true}, {Value: "content/sources", Label: "Content / Sources"}}},
		},
		Hidden: []parts.Hidden{{Name: "sort", Value: "name"}},
	}
}

// sampleLongGroups is a full page of the list: 50 rows with names of their own.
func sampleLongGroups() views.Groups {
	p := sampleGroups()
	p.Rows = nil
	for i := range 50 {
		row := sampleGroupRow(fmt.Sprintf("group-%d", i), fmt.Sprintf("Group of department %d", i*7919%1000), i%11+2)
		row.Members = fmt.Sprint(i * 37 % 400)
		p.Rows = append(p.Rows, row)
	}
	p.List.Count = "1,000+ groups"
	p.List.Pager = parts.Pager{First: "/o/example/groups", Previous: "/o/example/groups?before=x", Next: "/o/example/groups?after=y"}
	return p
}

func sampleNoGroups() views.Groups {
	p := sampleGroups()
	p.Rows, p.List.Count, p.List.Note = nil, "", ""
	p.Filters = groupFilters("analitics")
	p.List.Bar = emptyBar("group")
	p.List.Empty = &parts.Empty{
		Icon: "search-x", Title: "No group matches “analitics”", Text: "Check the spelling, or look in all 13 groups.",
		Action: &parts.Link{Label: "Clear filter", Href: "/o/example/groups"},
	}
	return p
}

func sampleGroupDeletion() views.Groups {
	p := sampleGroups()
	p.Confirm = &parts.Confirm{
		Title:  "Delete Atlassian Administrators?",
		Text:   []string{"6 members lose the privileges of this group, and 2 of them have no other group.", "This can’t be undone."},
		Action: "/o/example/groups/atlassian-administrators/delete",
		Button: "Delete group", Cancel: "/o/example/groups?selected=atlassian-administrators",
		Hidden: []parts.Hidden{{Name: "revision", Value: "7"}},
		Danger: true,
	}
	return p
}

func sampleResourceRow(key, name, icon string, editable bool) views.ResourceRow {
	row := views.ResourceRow{
		Row:   parts.Row{Key: key, Name: name, Icon: icon, Sub: "Updated 12 min ago", ReadOnly: !editable},
		Level: "view", Word: "View", Type: "Cloud service", Visibility: "Shared", Owner: "john.smith@example.com", OwnerName: "John Smith",
		LastOperation: "Update, 12 min ago",
		Modified:      parts.When{ISO: "2026-11-06T08:00:00Z", Text: "6 Nov"},
	}
	if editable {
		row.Level, row.Word = "edit", "Edit"
	}
	return row
}

func sampleResources() views.Resources {
	page := samplePage("Sources")
	page.Lead = "Where indexed content comes from. You can edit 2 of these 4 sources."
	web := sampleResourceRow("web", "Web", "globe", false)
	web.Selected = true
	return views.Resources{
		Page: page,
		Filters: parts.Filters{
			Action: "/o/example/content/sources",
			Search: parts.Search{Label: "Filter sources"},
			Selects: []parts.SelectField{{Name: "access", Label: "Access", Options: []parts.Option{
				{Label: "Any access", Selected: true}, {Value: "edit", Label: "I can edit"}, {Value: "view", Label: "View only"},
			}}},
		},
		List: parts.Listing{
			Action: "/o/example/content/sources", ActionsURL: "/o/example/content/sources/actions",
			Bar: parts.ActionBar{
				State: "readonly", Selected: "web", Subject: "Web", Level: "view", Word: "View only",
				Actions: []parts.Action{{Label: "View", Icon: "eye", Href: "/o/example/content/sources/web"}},
				Why:     "Your groups let you view this source.", Clear: "/o/example/content/sources",
				Announce: "Web selected, view only: 1 action",
			},
			Caption: "Sources of Example Corp.",
			Columns: []parts.Column{
				{Label: "Source", Href: "/o/example/content/sources?sort=name"},
				{Label: "Your access"}, {Label: "Type", Class: "p2"}, {Label: "Visibility", Class: "p3"},
				{Label: "Owner", Class: "p4"}, {Label: "Last operation", Class: "p3"},
				{Label: "Last modified", Href: "/o/example/content/sources?sort=modified", Sort: "descending", Class: "p2"},
			},
			Count: "4 sources", Note: "Grayed out: you can view, not edit",
		},
		Rows: []views.ResourceRow{
			sampleResourceRow("confluence", "Confluence Cloud", "book-open", true),
			sampleResourceRow("jira", "Jira Software Cloud", "square-kanban", true),
			web,
			sampleResourceRow("youtube", "YouTube", "video", false),
		},
	}
}

// sampleEditableSource is the same list with a row selected that offers more buttons than a phone has room for.
func sampleEditableSource() views.Resources {
	p := sampleResources()
	p.Rows[2].Selected, p.Rows[1].Selected = false, true
	p.List.Bar = parts.ActionBar{
		State: "editable", Selected: "jira", Subject: "Jira Software Cloud", Level: "edit", Word: "Can edit",
		Actions: []parts.Action{
			{Label: "Edit", Icon: "pencil", Href: "/o/example/content/sources/jira"},
			{Label: "Update", Icon: "refresh-cw", Href: "/o/example/content/sources/jira/run", Post: true, Name: "action", Value: "update"},
			{Label: "Rebuild", Icon: "rotate-ccw", Href: "/o/example/content/sources/jira/run", Post: true, Name: "action", Value: "rebuild"},
			{Label: "Delete", Icon: "trash-2", Href: "/o/example/content/sources?delete=jira", Danger: true},
			{Label: "Activity", Icon: "clock", Href: "/o/example/activity", More: true},
		},
		Why: "Duplicate needs Can create on Sources.", Clear: "/o/example/content/sources",
		Announce: "Jira Software Cloud selected, can edit: 5 actions",
	}
	return p
}

func sampleNoResources() views.Resources {
	p := sampleResources()
	p.Rows, p.List.Count, p.List.Note = nil, "", ""
	p.List.Bar = emptyBar("source")
	p.List.Empty = &parts.Empty{
		Icon: "database", Title: "No sources yet", Text: "A source brings content from one place into the index.",
		Action: &parts.Link{Label: "Add source", Href: "/o/example/content/sources/new", Icon: "plus", Kind: parts.Primary},
	}
	return p
}

func sampleSignIn() views.SignIn {
	return views.SignIn{Page: views.Page{Title: "Sign in", Lead: "to the Bailiwick console"}, Action: "/sign-in", Next: "/o/example/groups"}
}

func sampleRefusedSignIn() views.SignIn {
	p := sampleSignIn()
	p.Email, p.Error = "john.smith@example.com", "Email or password is incorrect."
	return p
}

func sampleSetup() views.Setup {
	return views.Setup{
		Page:         views.Page{Title: "Set up Bailiwick", Lead: "Create the organization and its first administrator."},
		Action:       "/setup",
		Errors:       []parts.FieldError{{ID: "password", Label: "Password"}},
		Organization: parts.Field{ID: "organization", Name: "organization", Label: "Name", Value: "Example Corp", Required: true, MaxLength: 100},
		Key:          parts.Field{ID: "key", Name: "key", Label: "Key", Value: "example", Help: "Stands in addresses and never changes.", Required: true, MaxLength: 64},
		Name:         parts.Field{ID: "name", Name: "name", Label: "Your name", Required: true, Autocomplete: "name"},
		Email:        parts.Field{ID: "email", Name: "email", Label: "Email", Type: "email", Required: true, Autocomplete: "username"},
		Password: parts.Field{ID: "password", Name: "password", Label: "Password", Type: "password", Required: true, Autocomplete: "new-password",
			Help: "At least 12 characters.", Error: "Use at least 12 characters."},
		Again: parts.Field{ID: "again", Name: "again", Label: "Password again", Type: "password", Required: true, Autocomplete: "new-password"},
	}
}

func sampleOrganizations() views.Organizations {
	return views.Organizations{
		Page: views.Page{Title: "Choose an organization", Lead: "You are a member of two."},
		List: []views.OrganizationLink{
			{Name: "Example Corp", Note: "148 members", Href: "/o/example"},
			{Name: "Example Corp Sandbox", Href: "/o/sandbox"},
		},
		SignOut: "/sign-out",
	}
}

func sampleNoAccess() views.NoAccess {
	return views.NoAccess{
		Page:           views.Page{Title: "No access to the console", Lead: "You are signed in as john.smith@example.com."},
		Organization:   "Example Corp",
		Text:           "Your groups do not grant",
		Privilege:      "View on Organization / Organization",
		Rest:           ". It is the least that the console of Example Corp asks for.",
		Administrators: []views.Administrator{{Name: "Organization Administrator", Email: "admin@example.com"}},
		Others:         []parts.Link{{Label: "Example Corp Sandbox", Href: "/o/sandbox"}},
		SignOut:        "/sign-out",
	}
}

func sampleForbidden() views.ErrorPage {
	p := views.Forbidden(samplePage("API keys"), "open API keys", "View on Organization / API keys",
		[]views.Administrator{{Name: "Organization Administrator", Email: "admin@example.com"}})
	p.Links = []parts.Link{{Label: "Back to Groups", Href: "/o/example/groups"}}
	return p
}
