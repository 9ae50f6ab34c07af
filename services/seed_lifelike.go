package services

import (
	"fmt"
	"strings"

	"bailiwick/access"
)

// lifelikeNames calls people by their role, groups by department, task and region, and resources by system, department, content
// and region: long names that differ at their end only, and several people of one name. It draws nothing by chance.
type lifelikeNames struct {
	large access.DomainKey // whose resources come from systems
	taken map[string]int   // how often a name or key was wanted
}

func newLifelikeNames(large access.DomainKey) lifelikeNames {
	return lifelikeNames{large, map[string]int{}}
}

// department is one of the organization: what its groups are for, what its people are called and what it writes.
type department struct {
	name    string
	tasks   [2]string
	roles   [4]string
	content [2]string
}

var departments = []department{
	{"Marketing", [2]string{"Campaign Content Editors", "Campaign Report Readers"},
		[4]string{"Campaign Manager", "Content Editor", "Brand Designer", "Event Coordinator"},
		[2]string{"Campaign Documents", "Campaign Document Archive"}},
	{"Sales", [2]string{"Opportunity Knowledge Editors", "Opportunity Knowledge Readers"},
		[4]string{"Account Executive", "Account Manager", "Sales Engineer", "Bid Manager"},
		[2]string{"Opportunity Library", "Opportunity Library (drafts)"}},
	{"Customer Support", [2]string{"Knowledge Base Editors", "Knowledge Base Reviewers"},
		[4]string{"Support Agent", "Support Engineer", "Escalation Manager", "Knowledge Manager"},
		[2]string{"Knowledge Base", "Knowledge Base (internal notes)"}},
	{"Engineering", [2]string{"Design Document Editors", "Design Document Readers"},
		[4]string{"Software Engineer", "Test Engineer", "Release Manager", "Systems Architect"},
		[2]string{"Design Documents", "Design Decisions"}},
	{"Human Resources", [2]string{"Policy Library Editors", "Policy Library Approvers"},
		[4]string{"Recruiter", "Benefits Specialist", "Training Coordinator", "People Partner"},
		[2]string{"Policy Library", "Policy Library (approved)"}},
	{"Finance", [2]string{"Closing Document Editors", "Closing Document Auditors"},
		[4]string{"Financial Analyst", "Controller", "Payroll Specialist", "Tax Specialist"},
		[2]string{"Closing Documents", "Closing Documents (previous years)"}},
	{"Legal", [2]string{"Contract Library Editors", "Contract Library Readers"},
		[4]string{"Legal Counsel", "Paralegal", "Contract Manager", "Privacy Officer"},
		[2]string{"Contract Library", "Contract Templates"}},
	{"Operations", [2]string{"Plant Procedure Editors", "Plant Procedure Readers"},
		[4]string{"Plant Manager", "Shift Supervisor", "Logistics Planner", "Quality Inspector"},
		[2]string{"Plant Procedures", "Plant Procedures (translations)"}},
	{"Product Management", [2]string{"Roadmap Editors", "Roadmap Readers"},
		[4]string{"Product Manager", "Product Owner", "User Researcher", "Technical Writer"},
		[2]string{"Roadmaps", "Release Notes"}},
	{"Information Security", [2]string{"Incident Report Editors", "Incident Report Readers"},
		[4]string{"Security Analyst", "Security Engineer", "Compliance Manager", "Access Coordinator"},
		[2]string{"Incident Reports", "Incident Procedures"}},
	{"Procurement", [2]string{"Supplier File Editors", "Supplier File Readers"},
		[4]string{"Buyer", "Category Manager", "Supplier Manager", "Purchasing Assistant"},
		[2]string{"Supplier Files", "Supplier Ratings"}},
}

var (
	regions = []string{"EMEA", "APAC", "Americas"}
	ranks   = []string{"", "Senior ", "Deputy "}
	systems = [][2]string{ // name and type
		{"SharePoint", "sharepoint-online"}, {"Confluence", "confluence-cloud"}, {"Website", "sitemap"}, {"Salesforce", "salesforce"},
		{"Google Drive", "google-drive"}, {"Jira", "jira-cloud"}, {"ServiceNow", "servicenow"}, {"File Share", "file-system"},
	}
)

// groupsOfDepartment is how many groups each department has.
const groupsOfDepartment = 2 * 3 // tasks and regions

func (l lifelikeNames) member(n int) (local, name string) {
	d := departments[n%len(departments)]
	n /= len(departments)
	name = ranks[n/len(d.roles)%len(ranks)] + d.roles[n%len(d.roles)]
	return l.unused("member", strings.ReplaceAll(keyFor(name, "member"), "-", "."), ""), name
}

func (l lifelikeNames) group(n int) (key, name string) {
	d := departments[n/groupsOfDepartment%len(departments)]
	name = l.again("group", d.name+" – "+d.tasks[n/len(regions)%len(d.tasks)]+" – "+regions[n%len(regions)])
	return l.unused("group", keyFor(name, "group"), "-"), name
}

func (l lifelikeNames) resource(d *access.Domain, n int) (key, name string) {
	of := departments[n/groupsOfDepartment%len(departments)]
	name = of.name + " " + of.content[n/len(regions)%len(of.content)] + " – " + regions[n%len(regions)]
	if system, _ := l.system(d, n); system != "" {
		name = system + " – " + name
	}
	name = l.again(string(d.Key), name)
	return l.unused(string(d.Key), keyFor(name, "thing"), "-"), name
}

// system is where a resource of the large domain comes from, "" for others.
func (l lifelikeNames) system(d *access.Domain, n int) (name, kind string) {
	if d.Key != l.large {
		return "", ""
	}
	s := systems[n/(groupsOfDepartment*len(departments))%len(systems)]
	return s[0], s[1]
}

func (l lifelikeNames) kind(d *access.Domain, n int) string {
	_, kind := l.system(d, n)
	return kind
}

// home is a group of the member's department.
func (l lifelikeNames) home(member, groups int) int {
	return (member%len(departments)*groupsOfDepartment + member/len(departments)%groupsOfDepartment) % groups
}

// again is a name, with a number where it was given before.
func (l lifelikeNames) again(kind, name string) string {
	l.taken[kind+" "+name]++
	if n := l.taken[kind+" "+name]; n > 1 {
		return fmt.Sprintf("%s %d", name, n)
	}
	return name
}

// unused is a key, with a number where it was given before.
func (l lifelikeNames) unused(kind, key, between string) string {
	l.taken[kind+"="+key]++
	if n := l.taken[kind+"="+key]; n > 1 {
		return fmt.Sprintf("%s%s%d", key, between, n)
	}
	return key
}
