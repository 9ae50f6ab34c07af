package services_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func exported(t *testing.T, c *services.Console, key string) string {
	t.Helper()
	var text bytes.Buffer
	must(t, c.Export(context.Background(), key, services.ExportOptions{}, &text))
	return text.String()
}

func expectSteps(t *testing.T, plan services.Plan, want ...string) {
	t.Helper()
	var got []string
	for _, s := range plan.Steps {
		got = append(got, s.Does+" "+s.What)
	}
	if !slices.Equal(got, want) {
		t.Errorf("the plan is\n%s\nwant the steps %q", plan, want)
	}
}

func expectLine(t *testing.T, plan services.Plan, want string) {
	t.Helper()
	if !strings.Contains(plan.String(), want+"\n") {
		t.Errorf("the plan does not say %q:\n%s", want, plan)
	}
}

func TestApplyingAFileMakesTheOrganization(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		plan := apply(t, c, modelstest.CompleteFile, services.ApplyOptions{})
		expectSteps(t, plan, "create organization acme with the built-in groups", "create group editors", "create API key connector",
			"create content/sources jira", "create content/sources web",
			"create member administrator@example.com", "create member editor@example.com")
		expectLine(t, plan, "    content/sources: none → custom with 1 source, can create (adds jira)")
		for _, ability := range []string{"view", "edit"} {
			answer, err := c.Check(context.Background(), "acme", services.Question{
				Subject: "member:editor@example.com", Ability: ability, Domain: "content/sources", Resource: "jira",
			})
			if err != nil || !answer.Allowed {
				t.Errorf("the editor may not %s jira: %+v, %v", ability, answer, err)
			}
		}
		if plan = apply(t, c, modelstest.CompleteFile, services.ApplyOptions{}); plan.String()[:18] != "nothing to change\n" {
			t.Errorf("applied again:\n%s\nwant nothing to change", plan)
		}
	})
}

func TestWhatAFileOmitsIsLeftAlone(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		before := exported(t, c, "acme")
		plan := apply(t, c, `version: 1
organization: {key: acme, name: Acme}
groups: [{key: editors, name: Editors}]
members: [{email: editor@example.com}]
api_keys: [{key: connector, name: Connector}]
resources: {content/sources: [{key: jira, name: Jira}]}
`, services.ApplyOptions{})
		expectSteps(t, plan)
		expectLine(t, plan, "note: not in the file and left alone (--prune removes it): content/sources web")
		expectLine(t, plan, "note: not in the file and left alone (--prune removes it): member administrator@example.com")
		if after := exported(t, c, "acme"); after != before {
			t.Errorf("the organization was\n%s\nand is\n%s", before, after)
		}
	})
}

func TestPruneRemovesWhatAFileOmitsButBuiltInGroupsAndTheLastAdministrator(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		plan := apply(t, c, "version: 1\norganization: {key: acme, name: Acme}\n", services.ApplyOptions{Prune: true})
		expectSteps(t, plan, "remove group editors", "remove API key connector", "remove content/sources jira",
			"remove content/sources web", "remove member editor@example.com")
		expectLine(t, plan, "note: administrator@example.com stays in administrators: the last administrator is never removed")
		left, err := files.ReadOrganization("left.yaml", []byte(exported(t, c, "acme")), c.Catalog())
		must(t, err)
		if len(left.Groups) != len(c.Catalog().BuiltIn) || len(left.Members) != 1 || len(left.APIKeys)+len(left.Resources) != 0 {
			t.Errorf("left are %d groups, %d members, %d API keys, %d domains of resources", len(left.Groups), len(left.Members),
				len(left.APIKeys), len(left.Resources))
		}
	})
}

func TestPruneTakesAMemberOutOfTheGroupsThatTheFileDoesNotName(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		moved := strings.Replace(modelstest.CompleteFile, "groups: [editors]", "groups: [users]", 1)
		plan := apply(t, c, moved, services.ApplyOptions{})
		expectLine(t, plan, "    groups: editors → editors, users")
		plan = apply(t, c, moved, services.ApplyOptions{Prune: true})
		expectSteps(t, plan, "change member editor@example.com")
		expectLine(t, plan, "    groups: editors, users → users")
	})
}

func TestPruneLeavesTheLastAdministratorAmongTheAdministrators(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		without := strings.Replace(modelstest.CompleteFile, "groups: [administrators]", "groups: [users]", 1)
		plan := apply(t, c, without, services.ApplyOptions{Prune: true})
		expectLine(t, plan, "    groups: administrators → administrators, users")
		handedOver := strings.Replace(without, "groups: [editors]", "groups: [administrators, editors]", 1)
		plan = apply(t, c, handedOver, services.ApplyOptions{Prune: true})
		expectLine(t, plan, "    groups: administrators, users → users")
		expectLine(t, plan, "    groups: editors → administrators, editors")
	})
}

func TestAReferenceToWhatIsPrunedLeadsNowhere(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		before := exported(t, c, "acme")
		_, err := tryApply(t, c, strings.Replace(modelstest.CompleteFile, "    - {key: web, name: Web}\n", "", 1), services.ApplyOptions{Prune: true})
		must(t, err)
		apply(t, c, modelstest.CompleteFile, services.ApplyOptions{})
		pruned := strings.Replace(modelstest.CompleteFile, "    - {key: jira, name: Jira, type: jira-cloud, visibility: secured, owner: editor@example.com}\n", "", 1)
		_, err = tryApply(t, c, pruned, services.ApplyOptions{Prune: true})
		var problems files.Problems
		if !errors.As(err, &problems) || len(problems) != 2 || problems[0].Line != 7 || problems[0].File != "acme.yaml" {
			t.Fatalf("apply answers %v, want a problem in line 7 and one in line 18", err)
		}
		if after := exported(t, c, "acme"); after != before {
			t.Errorf("a refused file changed the organization:\n%s", after)
		}
	})
}

func TestADryRunChangesNothing(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		dry := apply(t, c, modelstest.CompleteFile, services.ApplyOptions{DryRun: true})
		if empty, err := store.Empty(context.Background()); err != nil || !empty {
			t.Fatalf("a dry run made an organization (%v)", err)
		}
		if real := apply(t, c, modelstest.CompleteFile, services.ApplyOptions{}); real.String() != dry.String() {
			t.Errorf("the dry run said\n%s\nbut was done\n%s", dry, real)
		}
		before := activitiesOfAcme(t, store)
		apply(t, c, "version: 1\norganization: {key: acme, name: Other}\n", services.ApplyOptions{DryRun: true, Prune: true})
		if after := activitiesOfAcme(t, store); len(after) != len(before) {
			t.Errorf("a dry run left %d activities", len(after)-len(before))
		}
	})
}

func TestListingABuiltInGroupReplacesItsPrivileges(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		plan := apply(t, c, `version: 1
organization: {key: acme, name: Acme}
groups: [{key: users, name: Users, privileges: {content/fields: view, organization/organization: view}}]
`, services.ApplyOptions{})
		expectSteps(t, plan, "change group users")
		for _, line := range []string{
			"    content/fields: none → view", "    content/sources: view → none", "    search/execute-queries: allowed → none",
		} {
			expectLine(t, plan, line)
		}
	})
}

func TestMoreMembersThanSeatsIsAWarning(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		plan := apply(t, c, strings.Replace(modelstest.CompleteFile, "seats: 2", "seats: 1", 1), services.ApplyOptions{})
		expectLine(t, plan, "note: 2 members are more than the 1 seat")
	})
}

func TestApplyingRecordsEachThing(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		made := len(activitiesOfAcme(t, store))
		apply(t, c, strings.NewReplacer("name: Web", "name: Website", "seats: 2", "seats: 3", "edit: [jira]}\n      organization",
			"edit: [jira, web]}\n      organization").Replace(modelstest.CompleteFile), services.ApplyOptions{})
		all := activitiesOfAcme(t, store)
		var operations []string
		for _, a := range all[:len(all)-made] {
			if a.ActorKind != "operator" || a.Before == "" || a.After == "" || a.Outcome != models.OutcomeDone {
				t.Errorf("%s is recorded as %+v, want the operator, and the state before and after", a.Operation, a)
			}
			operations = append(operations, string(a.Operation))
		}
		slices.Sort(operations)
		if want := []string{"group.privileges-changed", "organization.updated", "resource.updated"}; !slices.Equal(operations, want) {
			t.Errorf("recorded are %q, want %q", operations, want)
		}
		apply(t, c, modelstest.CompleteFile, services.ApplyOptions{Prune: true})
		count := len(activitiesOfAcme(t, store))
		apply(t, c, modelstest.CompleteFile, services.ApplyOptions{Prune: true})
		if again := len(activitiesOfAcme(t, store)); again != count {
			t.Errorf("applying what stands already left %d activities", again-count)
		}
	})
}

// activitiesOfAcme are those of acme, the newest first.
func activitiesOfAcme(t *testing.T, store *models.Store) []models.Activity {
	t.Helper()
	o, err := store.OrganizationByKey(context.Background(), "acme")
	must(t, err)
	list, err := store.In(o.ID).Activities(context.Background(), models.ActivityFilter{Page: models.Page{Limit: 500}})
	must(t, err)
	return list.Rows
}

// A file of one organization may not reach into another: the same keys there are other things.
func TestApplyingTouchesNoOtherOrganization(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		before := exported(t, c, "acme")
		twin := strings.Replace(modelstest.CompleteFile, "key: acme, name: Acme", "key: twin, name: Twin", 1)
		apply(t, c, twin, services.ApplyOptions{})
		apply(t, c, "version: 1\norganization: {key: twin, name: Twin}\n", services.ApplyOptions{Prune: true})
		if after := exported(t, c, "acme"); after != before {
			t.Errorf("pruning twin changed acme:\n%s", after)
		}
	})
}

func TestEditorListsReachGroupsAndAPIKeys(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		apply(t, c, `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: team-leads
    name: Team Leads
    privileges:
      organization/groups: {level: custom, edit: [editors]}
      organization/api-keys: {level: custom, edit: [connector]}
`, services.ApplyOptions{})
		for domain, resource := range map[access.DomainKey]string{access.GroupsDomain: "editors", access.APIKeysDomain: "connector"} {
			answer, err := c.Check(context.Background(), "acme", services.Question{
				Subject: "group:team-leads", Ability: "edit", Domain: string(domain), Resource: resource,
			})
			if err != nil || !answer.Allowed {
				t.Errorf("team leads may not edit %s %s: %+v, %v", domain, resource, answer, err)
			}
		}
	})
}

func TestAFileIsToldEverythingThatIsWrongWithItAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		const text = `version: 1
organization: {key: acme, name: Acme}
groups:
  - key: editors
    name: Editors
    privileges:
      content/nope: edit
      content/sources: {level: custom, edit: [missing]}
members:
  - {email: a@example.com, groups: [nowhere]}
`
		console := services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: store.Now})
		read := files.ReadOrganizations([]files.Source{{Name: "acme.yaml", Data: []byte(text)}}, files.DefaultCatalog())[0]
		_, err := console.Apply(t.Context(), read.Organization, services.ApplyOptions{Found: read.Problems})
		var problems files.Problems
		if !errors.As(err, &problems) {
			t.Fatalf("applied: %v", err)
		}
		var lines []int
		for _, p := range problems {
			lines = append(lines, p.Line)
		}
		if !slices.Equal(lines, []int{7, 8, 10}) {
			t.Errorf("problems in lines %v, want 7, 8 and 10:\n%v", lines, err)
		}
		if empty, err := store.Empty(t.Context()); err != nil || !empty {
			t.Errorf("something was made of a file with problems: %v, %v", empty, err)
		}
	})
}

// A file that removes a great deal is refused until the number is typed: more than ten things, and more than a tenth of what
// there is.
func TestAFileThatRemovesAGreatDealIsRefused(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		of := func(sources int) string {
			text := "version: 1\norganization: {key: acme, name: Acme}\nresources:\n  content/sources:\n"
			for n := range sources {
				text += fmt.Sprintf("    - {key: source-%03d, name: Source %03d}\n", n, n)
			}
			return text
		}
		builtIn := len(c.Catalog().BuiltIn)
		number := func(n int) *int { return &n }
		for _, test := range []struct {
			before, after int
			limit         *int
			refused       *services.TooManyRemovals
		}{
			{20, 10, nil, nil},
			{20, 9, nil, &services.TooManyRemovals{Removals: 11, Limit: 10}},
			{20, 9, number(11), nil},
			{20, 19, number(0), &services.TooManyRemovals{Removals: 1, Limit: 0}},
			{200 - builtIn, 180 - builtIn, nil, nil},
			{200 - builtIn, 179 - builtIn, nil, &services.TooManyRemovals{Removals: 21, Limit: 20}},
		} {
			apply(t, c, of(test.before), services.ApplyOptions{Prune: true, PruneLimit: &anyNumber})
			before := exported(t, c, "acme")
			plan, err := tryApply(t, c, of(test.after), services.ApplyOptions{DryRun: true, Prune: true, PruneLimit: test.limit})
			must(t, err)
			if told := strings.Contains(plan.String(), "more than the limit"); told != (test.refused != nil) {
				t.Errorf("%d to %d: a dry run says\n%s", test.before, test.after, plan)
			}
			_, err = tryApply(t, c, of(test.after), services.ApplyOptions{Prune: true, PruneLimit: test.limit})
			var refused services.TooManyRemovals
			switch {
			case test.refused == nil && err != nil:
				t.Errorf("%d to %d: %v", test.before, test.after, err)
			case test.refused != nil && (!errors.As(err, &refused) || refused != *test.refused || exported(t, c, "acme") != before):
				t.Errorf("%d to %d: %v, want %v and nothing changed", test.before, test.after, err, *test.refused)
			}
		}
	})
}

// The last line of a plan counts its steps.
func TestAPlanEndsWithItsNumbers(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		ends := func(p services.Plan, want string) {
			t.Helper()
			if !strings.HasSuffix(p.String(), "\n"+want+"\n") {
				t.Errorf("the plan is\n%s\nwant %s at its end", p, want)
			}
		}
		ends(apply(t, c, modelstest.CompleteFile, services.ApplyOptions{}), "+7 ~0 -0")
		changed := strings.Replace(strings.Replace(modelstest.CompleteFile, "name: Jira,", "name: Jira Cloud,", 1), "    - {key: web, name: Web}\n", "", 1)
		ends(apply(t, c, changed, services.ApplyOptions{Prune: true}), "+0 ~1 -1")
	})
}

// A file gives no group a name that looks like another's, whether that stands in the file or in the organization. Names that
// groups have already can be applied again.
func TestAFileGivesNoGroupTheLookOfAnother(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		of := func(groups ...string) string {
			return "version: 1\norganization: {key: acme, name: Acme}\ngroups:\n  - " + strings.Join(groups, "\n  - ") + "\n"
		}
		refused := func(text string, lines ...string) {
			t.Helper()
			_, err := tryApply(t, c, text, services.ApplyOptions{})
			var got files.Problems
			if !errors.As(err, &got) || len(got) != len(lines) {
				t.Fatalf("%v, want %d problems", err, len(lines))
			}
			for i, want := range lines {
				if !strings.HasPrefix(got[i].Error(), want) || !strings.HasSuffix(got[i].Text, "choose another") {
					t.Errorf("%v, want %s", got[i], want)
				}
			}
		}
		const first, other, hidden = "{key: alpha-team, name: alpha team}", "{key: alpha-team-2, name: Alpha Team}", "{key: alpha-team-3, name: \"alpha\u00a0team\"}"
		refused(of(first, other, hidden),
			`acme.yaml:5: the name "Alpha Team" looks like that of the group "alpha-team"`,
			"acme.yaml:6: the name \"alpha\u00a0team\" looks like that of the group \"alpha-team\"")
		apply(t, c, of(first), services.ApplyOptions{})
		refused(of(other), `acme.yaml:4: the name "Alpha Team" looks like that of the group "alpha-team"`)
		refused(of("{key: users, name: Alpha Team}"), `acme.yaml:4: `)
		refused(of("{key: mine, name: Administrator\u0455}"), `acme.yaml:4: `)
		if plan, err := tryApply(t, c, of(other), services.ApplyOptions{Prune: true}); err != nil || plan.Empty() {
			t.Errorf("in place of the one that goes: %v\n%s", err, plan)
		}
		o, err := store.OrganizationByKey(t.Context(), "acme")
		must(t, err)
		for _, key := range []string{"twin", "twln"} {
			modelstest.Group(t, store.In(o.ID), key, nil)
		}
		if plan, err := tryApply(t, c, exported(t, c, "acme"), services.ApplyOptions{}); err != nil || !plan.Empty() {
			t.Errorf("an export with two names that look alike: %v\n%s", err, plan)
		}
	})
}
