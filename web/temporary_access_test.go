package web_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/services/mail/mailtest"
	"bailiwick/views/parts"
	"bailiwick/web/webtest"
)

// visitingVendor lets an agent of the vendor ask for access to acme.
const visitingVendor = `version: 1
vendor: {name: Example Vendor, support_mail: support@vendor.example}
operators: [operator@vendor.example]
categories:
  - key: support-agent
    name: Support agent
    longest: 72h
    may_request: {content/sources: edit, content/fields: view, organization/activities: view}
personnel:
  - {email: agent@vendor.example, name: Support Agent, categories: [support-agent], organizations: [acme]}
`

// reviewersFile adds whom temporary access is shown to: with and without activities.
var reviewersFile = strings.NewReplacer(
	"  - key: team\n", "  - key: reviewers\n    name: Reviewers\n    privileges: {organization/organization: view, organization/temporary-access: view, content/sources: view}\n  - key: team\n",
	"members:\n", "members:\n  - {email: reviewer@example.com, name: Reviewer, groups: [reviewers]}\n",
).Replace(modelstest.AcmeFile)

// visited is a world that the vendor supports.
type visited struct {
	world
	server *mailtest.Server
}

func inVisited(t *testing.T, mails bool, body func(t *testing.T, v visited)) {
	t.Helper()
	var server *mailtest.Server
	if mails {
		server = mailtest.Start(t, mailtest.Options{})
	}
	inWorlds(t, webtest.Options{Mails: server}, func(t *testing.T, w world) {
		w.apply(t, reviewersFile)
		w.setPassword(t, "acme", "reviewer@example.com")
		w.applyVendor(t, visitingVendor)
		body(t, visited{w, server})
	})
}

func (w world) applyVendor(t testing.TB, text string) {
	t.Helper()
	file, err := files.ReadOperator("operator.yaml", []byte(text), w.Console.Catalog())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Console.ApplyOperator(context.Background(), "operator.yaml", file, services.ApplyOptions{}); err != nil {
		t.Fatal(err)
	}
}

// agent is a session of the vendor's agent.
func (v visited) agent(t testing.TB) services.Session {
	t.Helper()
	return v.sessionOf(t, "agent@vendor.example")
}

func (w world) sessionOf(t testing.TB, email string) services.Session {
	t.Helper()
	person := modelstest.Proven(t, w.Store, email)
	return services.Session{Person: person, Provider: services.ProviderPassword}
}

// asks requests access for the agent.
func (v visited) asks(t testing.TB, justification string, life time.Duration) models.TemporaryAccess {
	t.Helper()
	a, err := v.Console.RequestAccess(t.Context(), v.agent(t), "acme", services.AccessRequest{
		Privileges:    map[access.DomainKey]access.Level{"content/sources": access.LevelEdit, "organization/activities": access.LevelView},
		Justification: justification, Description: "See the log.\nThen ask.", Until: v.clock.Now().Add(life), Address: "192.0.2.7",
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const accessPath = "/o/acme/temporary-access"

func TestTemporaryAccessIsListedAndRevokedForGood(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		admin := v.as(t, "admin@example.com")
		if page := admin.Get(accessPath); page.Text(".empty h2") != "No temporary access" || page.Find("nav a[href='"+accessPath+"'][aria-current]").Length() != 1 {
			t.Fatalf("%d: %s", page.Status, page.Text("body"))
		}
		first := v.asks(t, "<b>CASE-1</b>: does not rebuild", 10*time.Minute)
		v.clock.Advance(time.Minute)
		second := v.asks(t, "CASE-2: the fields are wrong", 20*time.Minute)
		page := admin.Get(accessPath)
		rows := words(page, "tbody tr")
		if len(rows) != 2 || !strings.Contains(rows[0], "CASE-2") || !strings.Contains(rows[1], "<b>CASE-1</b>") || !strings.Contains(rows[0], "Support Agent") ||
			!strings.Contains(rows[0], "Active") || !strings.Contains(rows[0], "Support agent") || !strings.Contains(rows[0], "20 min left") {
			t.Fatalf("the page lists %q", rows)
		}
		selected := admin.Get(accessPath + "?selected=" + first.Key)
		if labels := strings.Join(words(selected, ".actionbar .btn[href]:not([aria-label])"), ", "); labels != "Details, Activity, Revoke" {
			t.Errorf("the Action bar offers %q", labels)
		}
		asked := admin.Get(selected.Find(".actionbar a.btn-danger").AttrOr("href", ""))
		revoked := asked.Submit("Revoke access", nil)
		if said := revoked.Text("[role=status] strong"); revoked.Status != http.StatusOK || said != "Access of Support Agent (agent@vendor.example) revoked." {
			t.Fatalf("%d, %q: %s", revoked.Status, said, revoked.Text("main"))
		}
		if bar := revoked.Find(".actionbar .btn-danger").Length(); bar != 0 || !strings.Contains(revoked.Text(".actionbar-why"), "It was revoked by Acme Administrator (admin@example.com), and can’t be reactivated.") {
			t.Errorf("what is revoked can be revoked again, or does not say so: %s", revoked.Text(".actionbar"))
		}
		if word := revoked.Text(".actionbar .level"); word != "Revoked" {
			t.Errorf("of what is revoked the Action bar says %q", word)
		}
		for _, again := range []*webtest.Page{admin.Get(accessPath + "/" + first.Key + "/revoke"), admin.Post(accessPath+"/"+first.Key+"/revoke", nil)} {
			if said := again.Text("[role=alert]"); again.Status != http.StatusOK || said != "Nothing was done. The access has already ended." {
				t.Errorf("revoked again: %d, %q", again.Status, said)
			}
		}
		if page := admin.Get(accessPath + "?status=active"); len(words(page, "tbody tr")) != 1 || !strings.Contains(page.Text("tbody"), "CASE-2") {
			t.Errorf("active: %s", page.Text("tbody"))
		}
		v.clock.Set(second.ExpiresAt)
		if page := admin.Get(accessPath + "?status=expired&q=agent"); len(words(page, "tbody tr")) != 1 || page.Text("tbody .status") != "Expired" {
			t.Errorf("expired: %s", page.Text("main"))
		}
		if page := admin.Get(accessPath + "?status=ended"); page.Text(".empty h2") != "No request matches" {
			t.Errorf("ended: %s", page.Text("main"))
		}
		if page := admin.Post(accessPath+"/"+second.Key+"/revoke", nil); page.Text("[role=alert] strong") != "Nothing was done." {
			t.Errorf("what has expired is revoked: %s", page.Text("main"))
		}
	})
}

func TestDetailsSayWhoWhyWhatAndWhatCameOfIt(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		a := v.asks(t, "CASE-1: does not rebuild", time.Hour)
		agent, err := v.Console.Identify(t.Context(), v.agent(t), "acme", "192.0.2.7")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Console.AddResource(t.Context(), agent, "content/sources", services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: "Probe", Visibility: models.VisibilityShared}, Access: services.NewAccess{Confirmed: true}}); err != nil {
			t.Fatal(err)
		}
		if _, err := v.Console.Run(t.Context(), agent, "content/sources", "jira", "Rebuild"); err != nil {
			t.Fatal(err)
		}
		admin := v.as(t, "admin@example.com")
		details := admin.Get(accessPath + "/" + a.Key)
		if details.Title() != "Temporary access of Support Agent" || details.Text("blockquote") != "CASE-1: does not rebuild" {
			t.Fatalf("%d: %s", details.Status, details.Text("main"))
		}
		for _, says := range []string{"agent@vendor.example", "Support agent", "192.0.2.7", "Active", "60 min left", "See the log. Then ask.",
			"Content / Sources Change, update and delete sources.Edit all", "Support Agent (agent@vendor.example) added the source Probe", "Support Agent (agent@vendor.example) started Rebuild of Jira"} {
			if main := details.Text("main"); !strings.Contains(strings.Join(strings.Fields(main), " "), says) {
				t.Errorf("the details lack %q: %s", says, main)
			}
		}
		all := admin.Get(details.Find("section a[href*='who=']").AttrOr("href", ""))
		if !strings.Contains(all.Text("main"), "Support Agent (agent@vendor.example) started Rebuild of Jira") {
			t.Errorf("all activities are %s", all.Text("main"))
		}
		if link := details.Find(".made a").AttrOr("href", ""); link != "/o/acme/resources/content/sources/probe" {
			t.Errorf("what was made leads to %q", link)
		}
		reviewed := v.as(t, "reviewer@example.com").Get(accessPath + "/" + a.Key)
		if reviewed.Status != http.StatusOK || reviewed.Find("a.btn-danger, .event").Length() != 0 ||
			!strings.Contains(reviewed.Text("main"), "To see this, you need View on Organization / Activities.") || reviewed.Find(".made a").Length() != 1 {
			t.Errorf("without activities: %d: %s", reviewed.Status, reviewed.Text("main"))
		}
	})
}

// Attack: somebody looks at, or ends, what they may not.
func TestTemporaryAccessIsForWhoMayViewItAndEndedByWhoMayEditIt(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		a := v.asks(t, "CASE-1: does not rebuild", time.Hour)
		one := accessPath + "/" + a.Key
		viewer, reviewer := v.as(t, "viewer@example.com"), v.as(t, "reviewer@example.com")
		if viewer.Get("/o/acme/groups").Find("a[href='"+accessPath+"']").Length() != 0 {
			t.Error("the navigation leads to a page that does not open")
		}
		for _, path := range []string{accessPath, one, accessPath + "/none", one + "/revoke", accessPath + "/-/actions?selected=" + a.Key} {
			if page := viewer.Get(path); page.Status != http.StatusForbidden || strings.Contains(page.Text("body"), "CASE-1") {
				t.Errorf("without view, %s: %d", path, page.Status)
			}
		}
		if page := viewer.Post(one+"/revoke", nil); page.Status != http.StatusForbidden {
			t.Errorf("without view, revoked: %d", page.Status)
		}
		page := reviewer.Get(accessPath + "?selected=" + a.Key)
		if labels := strings.Join(words(page, ".actionbar .btn[href]:not([aria-label])"), ", "); labels != "Details" ||
			!strings.Contains(page.Text(".actionbar-why"), "To revoke it, you need Edit on Organization / Temporary access.") {
			t.Errorf("with view alone the Action bar is %q", page.Text(".actionbar"))
		}
		if page.Find("form[action$='subscribe']").Length() != 0 {
			t.Error("somebody without activities can subscribe")
		}
		for path, status := range map[string]int{"/none": http.StatusNotFound, "/none/revoke": http.StatusNotFound, "/" + a.Key + "/revoke": http.StatusForbidden} {
			if page := reviewer.Get(accessPath + path); page.Status != status {
				t.Errorf("with view alone, %s: %d, want %d", path, page.Status, status)
			}
		}
		for _, path := range []string{one + "/revoke", accessPath + "/-/subscribe", accessPath + "/-/unsubscribe"} {
			if page := reviewer.Post(path, nil); page.Status != http.StatusForbidden {
				t.Errorf("with view alone, posted to %s: %d", path, page.Status)
			}
		}
		outsider := v.as(t, "outsider@example.com")
		if page := outsider.Get("/o/globex/temporary-access/" + a.Key); page.Status != http.StatusNotFound {
			t.Errorf("another organization’s administrator: %d", page.Status)
		}
		if page := outsider.Post("/o/globex/temporary-access/"+a.Key+"/revoke", nil); page.Status != http.StatusNotFound {
			t.Errorf("another organization’s administrator revoked: %d", page.Status)
		}
		if page := v.as(t, "admin@example.com").Get(accessPath); page.Text("tbody .status") != "Active" {
			t.Errorf("after all that: %s", page.Text("tbody"))
		}
	})
}

func TestOneClickSubscribesToNewRequestsWhoseMailLeadsHere(t *testing.T) {
	inVisited(t, true, func(t *testing.T, v visited) {
		admin := v.as(t, "admin@example.com")
		subscribed := admin.Get(accessPath).Submit("Subscribe to new requests", nil)
		if said := subscribed.Text("[role=status] strong"); said != "Subscribed." || subscribed.Find(".callout:not([role])").Length() != 0 {
			t.Fatalf("%d: %s", subscribed.Status, subscribed.Text("main"))
		}
		v.asks(t, "CASE-1: does not rebuild", time.Hour)
		if err := v.SendMails(t); err != nil {
			t.Fatal(err)
		}
		arrived := v.server.MailsTo("admin@example.com")
		if len(arrived) == 0 {
			t.Fatal("no mail arrived")
		}
		link, err := url.Parse(arrived[len(arrived)-1].Link())
		if err != nil {
			t.Fatal(err)
		}
		if page := admin.Get(link.RequestURI()); page.Status != http.StatusOK || page.Text("blockquote") != "CASE-1: does not rebuild" {
			t.Errorf("the mail leads to %s: %d", link, page.Status)
		}
		before := len(v.server.MailsTo("admin@example.com"))
		unsubscribed := admin.Get(accessPath).Submit("Unsubscribe", nil)
		if said := unsubscribed.Text("[role=status] strong"); said != "Unsubscribed." {
			t.Errorf("unsubscribing says %q", said)
		}
		v.asks(t, "CASE-2: the fields are wrong", time.Hour)
		if err := v.SendMails(t); err != nil {
			t.Fatal(err)
		}
		if after := len(v.server.MailsTo("admin@example.com")); after != before {
			t.Errorf("%d mails more arrive", after-before)
		}
	})
}

func TestSubscribingSaysThatNoMailIsSent(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		admin := v.as(t, "admin@example.com")
		page := admin.Get(accessPath)
		if remark := page.Text(".callout"); !strings.Contains(remark, "Nobody gets mail about new requests") {
			t.Errorf("the page says %q", remark)
		}
		if said := page.Submit("Subscribe to new requests", nil).Text("[role=alert] strong"); said != "Subscribed, but no mail is sent." {
			t.Errorf("subscribing says %q", said)
		}
	})
}

func TestSwitchingSupportAccessOffAsksFirstAndEndsWhatRuns(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		admin, viewer := v.as(t, "admin@example.com"), v.as(t, "viewer@example.com")
		v.asks(t, "CASE-1: does not rebuild", time.Hour)
		if page := viewer.Get("/o/acme/organization"); !strings.Contains(page.Text("main"), "Support access is on") || page.Find("[name=support]").Length() != 0 {
			t.Errorf("to a viewer the page says %s", page.Text("main"))
		}
		if page := viewer.Post("/o/acme/organization/support", url.Values{"support": {"no"}, parts.ConfirmSupportOff: {"yes"}}); page.Status != http.StatusForbidden {
			t.Errorf("a viewer switches it off: %d", page.Status)
		}
		asked := admin.Get("/o/acme/organization").Submit("Switch support access off", nil)
		if asked.Text("#dialog-title") != "Switch support access to Acme off?" || admin.Get(accessPath).Text("tbody .status") != "Active" {
			t.Fatalf("%d: %s", asked.Status, asked.Text("main"))
		}
		off := asked.Submit("Switch it off", nil)
		if said := off.Text("[role=status] strong"); said != "Support access is off." {
			t.Fatalf("%d: %s", off.Status, off.Text("main"))
		}
		list := admin.Get(accessPath)
		if list.Text("tbody .status") != "Revoked" || !strings.Contains(list.Text("main"), "Support access is off.") {
			t.Errorf("the list says %s", list.Text("main"))
		}
		details := admin.Get(accessPath + "/" + list.Find("input[name=selected]").AttrOr("value", ""))
		if !strings.Contains(details.Text("main"), "It was revoked by Acme Administrator (admin@example.com) when support access was switched off, and can’t be reactivated.") {
			t.Errorf("the details say %s", details.Text("main"))
		}
		if on := off.Submit("Switch support access on", nil); on.Text("[role=status] strong") != "Support access is on." {
			t.Errorf("switching it on says %s", on.Text("main"))
		}
		off = admin.Get("/o/acme/organization").Submit("Switch support access off", nil) // nothing runs: nothing to confirm
		if said := off.Text("[role=status] strong"); said != "Support access is off." {
			t.Errorf("with nothing running it says %s", off.Text("main"))
		}
	})
}

func TestListOfTemporaryAccessHasPages(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		for range 51 {
			v.asks(t, "CASE-1: does not rebuild", time.Hour)
			v.clock.Advance(time.Second)
		}
		first := v.as(t, "admin@example.com").Get(accessPath)
		if rows := words(first, "tbody tr"); len(rows) != 50 || first.Text(".listing-foot > span") != "Requests 1–50" {
			t.Errorf("the first page has %d rows, %q", len(rows), first.Text(".listing-foot"))
		}
		next := v.as(t, "admin@example.com").Get(first.Find("a[rel=next]").AttrOr("href", ""))
		if rows := words(next, "tbody tr"); len(rows) != 1 || next.Find("a[rel=prev]").Length() != 1 {
			t.Errorf("the second page has %d rows", len(rows))
		}
	})
}

func TestPagesOfTemporaryAccessCostTheSameHoweverMuchThereIs(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		first := v.asks(t, "CASE-1: does not rebuild", time.Hour)
		admin := v.asker(t, "admin@example.com")
		v.cost(t, admin, "/o/acme/groups?q=x", nil) // what a database is searched by is asked once
		paths := []string{accessPath, accessPath + "?selected=" + first.Key, accessPath + "?status=active&q=agent", accessPath + "/" + first.Key,
			accessPath + "/-/actions?selected=" + first.Key}
		var few []int
		for _, path := range paths {
			statements, _ := v.cost(t, admin, path, nil)
			few = append(few, statements)
		}
		for range 50 {
			v.asks(t, "CASE-2: the fields are wrong", time.Hour)
		}
		for n, path := range paths {
			if many, bytes := v.cost(t, admin, path, nil); many != few[n] || many > mostStatements || bytes >= mostBytes {
				t.Errorf("%s: %d statements with one access, %d and %d bytes with 51", path, few[n], many, bytes)
			}
		}
	})
}

// Memberships from before are noticed, lead to where they are ended, and are kept with one click that is recorded; what was
// taken away stands in the details.
func TestMembershipsThroughTemporaryAccessAreDecidedAbout(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		a := v.asks(t, "CASE-1: does not rebuild", time.Hour)
		agent := v.agent(t).Person
		o, err := v.Store.OrganizationByKey(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		scope := modelstest.In(v.Store, o.ID)
		team, err := scope.Group(t.Context(), "team")
		if err != nil {
			t.Fatal(err)
		}
		reviewer := v.sessionOf(t, "reviewer@example.com").Person
		if err := scope.AddMembership(t.Context(), team.Grantee().ID, reviewer, nil, v.clock.Now()); err != nil {
			t.Fatal(err)
		}
		added := models.Activity{At: v.clock.Now(), ActorKind: models.ActorSupport, ActorID: int64(agent.ID), ActorName: agent.Name, Operation: "group.add-member",
			Outcome: models.OutcomeDone, Domain: access.GroupsDomain, ResourceID: team.ID, ResourceKey: team.Key, ResourceName: team.Name,
			After: `{"member":"reviewer@example.com","person":"Reviewer"}`}
		removed := added
		removed.Operation, removed.Before, removed.After = "group.remove-member", `{"member":"<b>@example.com","person":"Gone"}`, ""
		if err := scope.Append(t.Context(), []models.Activity{added, removed}); err != nil {
			t.Fatal(err)
		}
		admin := v.as(t, "admin@example.com")
		page := admin.Get(accessPath)
		if notice := page.Text(".callout[data-tone=warning]"); !strings.Contains(notice, "1 membership came about through temporary access.") ||
			page.Find(".callout a[href='#brought-in']").Length() != 1 || page.Find("#brought-in").Length() != 1 {
			t.Errorf("the notice says %q", notice)
		}
		if row := page.Text(".brought-in tbody tr"); !strings.Contains(row, "Reviewer reviewer@example.com") || !strings.Contains(row, "Added by Support Agent · agent@vendor.example") ||
			page.Find(".brought-in a").AttrOr("href", "") != "/o/acme/groups/team/members?selected=reviewer%40example.com" {
			t.Errorf("the row says %q", row)
		}
		keep := page.Find(".brought-in form").AttrOr("action", "")
		if seen := v.as(t, "reviewer@example.com"); strings.Contains(seen.Get(accessPath).Text("main"), "Memberships to decide about") || seen.Post(keep, nil).Status != http.StatusForbidden {
			t.Error("somebody who may not view groups sees memberships, or keeps them")
		}
		if details := admin.Get(accessPath + "/" + a.Key); !strings.Contains(details.Text("section[aria-labelledby=taken]"), "Gone (<b>@example.com) was removed from the group "+team.Name) ||
			details.Find("section[aria-labelledby=taken] li a[href*='/activity?']").Length() != 1 {
			t.Errorf("the details say %q", details.Text("section[aria-labelledby=taken]"))
		}
		kept := page.Submit("Keep Reviewer (reviewer@example.com) in "+team.Name, nil)
		if said := kept.Text("[role=status] strong"); said != "Reviewer (reviewer@example.com) stays in "+team.Name+"." || kept.Find(".brought-in").Length() != 0 {
			t.Errorf("kept: %d, %q", kept.Status, said)
		}
		if again := admin.Post(keep, nil); again.Text("[role=alert] strong") != "Nothing was done." {
			t.Errorf("kept again: %d", again.Status)
		}
		if gone := admin.Post(accessPath+"/-/memberships/999999/keep", nil); gone.Status != http.StatusNotFound {
			t.Errorf("one that there is not: %d", gone.Status)
		}
	})
}

// Personnel are offered nothing that brings somebody in, and are told why.
// What an access that is over was, only its holder is told: to other personnel the organization is not there (R15).
func TestARevokedAgentIsToldWhenAndByWhom(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		v.applyVendor(t, strings.Replace(visitingVendor, "personnel:\n", "personnel:\n  - {email: other@vendor.example, name: Other Agent, categories: [support-agent], organizations: [acme]}\n", 1))
		for _, email := range []string{"agent@vendor.example", "other@vendor.example"} {
			if err := v.Console.SetVendorPassword(t.Context(), email, password); err != nil {
				t.Fatal(err)
			}
		}
		access := v.asks(t, "CASE-1: does not rebuild", time.Hour)
		agent := v.as(t, "agent@vendor.example")
		wantPage(t, agent.Get("/o/acme/resources/content/sources"), http.StatusOK, "/o/acme/resources/content/sources")
		v.clock.Advance(time.Minute)
		v.as(t, "admin@example.com").Get(accessPath+"/"+access.Key+"/revoke").Submit("Revoke access", nil)
		over := v.as(t, "agent@vendor.example").Get("/o/acme/resources/content/sources")
		moment := v.clock.Now().UTC().Format("2 January 2006, 15:04")
		for _, want := range []string{"Your temporary access to Acme was revoked", moment, "by Acme Administrator (admin@example.com)", "Ask for access again"} {
			if !strings.Contains(over.Text("main"), want) {
				t.Errorf("the page does not say %q: %s", want, over.Text("main"))
			}
		}
		if other := v.as(t, "other@vendor.example").Get("/o/acme/resources/content/sources"); other.Status != http.StatusNotFound || strings.Contains(other.Text("main"), "Acme") {
			t.Errorf("who never had access is told %d: %s", other.Status, other.Text("main"))
		}
	})
}

func TestPersonnelAddWithoutAnOwner(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		if err := v.Console.SetVendorPassword(t.Context(), "agent@vendor.example", password); err != nil {
			t.Fatal(err)
		}
		v.asks(t, "CASE-1: does not rebuild", time.Hour)
		added := v.as(t, "agent@vendor.example").Get("/o/acme/resources/content/sources/-/add").Submit("Add source", url.Values{"name": {"Probe"}})
		if said := added.Text("[role=status] strong"); added.Status != http.StatusOK || said != "Probe added." {
			t.Errorf("%d, %q: %s", added.Status, said, added.Text("main"))
		}
		admin := v.as(t, "admin@example.com").Get("/o/acme/resources/content/sources/-/add")
		if owner := admin.Find("input[name=owner]").AttrOr("value", ""); owner != "admin@example.com" {
			t.Errorf("what a member adds belongs to %q", owner)
		}
	})
}

func TestPersonnelAreToldThatTheyBringNobodyIn(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		v.applyVendor(t, strings.Replace(visitingVendor, "{content/sources", "{organization/groups: edit, content/sources", 1))
		if err := v.Console.SetVendorPassword(t.Context(), "agent@vendor.example", password); err != nil {
			t.Fatal(err)
		}
		_, err := v.Console.RequestAccess(t.Context(), v.agent(t), "acme", services.AccessRequest{Justification: "CASE-1: groups",
			Privileges: map[access.DomainKey]access.Level{access.GroupsDomain: access.LevelEdit}, Until: v.clock.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		agent := v.as(t, "agent@vendor.example")
		const why = "ou can edit this group only through temporary access, so you can’t add or invite people."
		tab := agent.Get("/o/acme/groups/team/members")
		if tab.Find("a[href$='/-/invite'], a[href*='add=1']").Length() != 0 || !strings.Contains(tab.Text("main"), "Y"+why) {
			t.Errorf("the Members tab says %s", tab.Text("main"))
		}
		if agent.Get("/o/acme/members").Find("a[href$='/-/invite']").Length() != 0 {
			t.Error("the Members page offers to add somebody")
		}
		for _, page := range []*webtest.Page{agent.Get("/o/acme/members/-/invite"), agent.Get("/o/acme/groups/team/members/-/invite"),
			agent.Post("/o/acme/groups/team/members/-/invite", url.Values{"who_typed": {"viewer@example.com"}})} {
			if page.Status != http.StatusForbidden || !strings.Contains(page.Text("main"), "only through temporary access, so you can’t add or invite people. An administrator of the organization can add and invite people.") {
				t.Errorf("%d: %s", page.Status, page.Text("main"))
			}
		}
		groups := agent.Get("/o/acme/members/" + v.member(t, "acme", "viewer@example.com") + "/groups")
		if !strings.Contains(groups.Text("main"), "You can edit this group only through temporary access, so you can’t add or invite people.") {
			t.Errorf("the Groups tab says %s", groups.Text("main"))
		}
	})
}

// R7: who adds something through temporary access decides nothing about who may edit it. The tab says why, and a form that chooses
// something is drawn again there with all else that it holds.
func TestPersonnelAreToldThatTheyGiveNobodyAccessToWhatTheyAdd(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		v.applyVendor(t, strings.Replace(visitingVendor, "{content/sources", "{organization/groups: edit, content/sources", 1))
		if err := v.Console.SetVendorPassword(t.Context(), "agent@vendor.example", password); err != nil {
			t.Fatal(err)
		}
		_, err := v.Console.RequestAccess(t.Context(), v.agent(t), "acme", services.AccessRequest{Justification: "CASE-1: groups",
			Privileges: map[access.DomainKey]access.Level{access.GroupsDomain: access.LevelEdit, "content/sources": access.LevelEdit}, Until: v.clock.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		agent := v.as(t, "agent@vendor.example")
		const why = "You can’t give others what you have through temporary access."
		for address, button := range map[string]string{"/o/acme/groups/-/add": "Add Group", "/o/acme/resources/content/sources/-/add": "Add source"} {
			form := url.Values{"name": {"Helpers"}, "visibility": {"shared"}}
			form.Set("tab", "access")
			tab := agent.Post(address, form)
			if tab.Find("select[name^='access.']").Length() != 0 || !strings.Contains(tab.Text("main"), why) {
				t.Errorf("%s: the tab says %s", address, tab.Text("main"))
			}
			form.Del("tab")
			form.Set("access.group:team", "edit")
			again := agent.Post(address, form)
			if again.Status != http.StatusUnprocessableEntity || !strings.Contains(again.Text("[role=alert]"), "Your choices were left out. "+why) {
				t.Fatalf("%s: %d: %s", address, again.Status, again.Text("main"))
			}
			if name, _ := again.Find("input[name=name]").Attr("value"); name != "Helpers" {
				t.Errorf("%s: the name is %q", address, name)
			}
			if added := again.Submit(button, nil); added.Status != http.StatusOK || strings.Contains(added.Text("main"), "left out") {
				t.Errorf("%s: without the choice it is %d: %s", address, added.Status, added.Text("main"))
			}
		}
	})
}
