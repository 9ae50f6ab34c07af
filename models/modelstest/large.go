package modelstest

import (
	"fmt"
	"hash/fnv"
	"strings"
	"time"
)

// Large is an organization of any size, the same in every other respect: so that two of them differ in size alone. The
// administrator is admin@KEY.example.com; viewer@KEY.example.com is in the group "team" and two others, and so holds
// Custom three times over and nothing higher.
type Large struct {
	Key                        string
	Members, Groups, Resources int // at least 2 groups and 10 resources; the two people above come on top, and a key a group
}

// words make names that are as different as real ones, so that a page does not pack better than it would in earnest.
var words = strings.Fields(`amber birch cedar delta ember fjord grove harbor island jasper kernel ledger meadow nimbus
	orchard prairie quarry ridge summit timber upland valley willow yonder zephyr anchor beacon canyon drift estuary`)

// name is always the same for a kind of thing and its number.
func name(kind string, n int) string {
	hash := fnv.New64a()
	fmt.Fprintf(hash, "%s %d", kind, n)
	h := hash.Sum64()
	pick := func(shift int) string { return words[(h>>shift)%uint64(len(words))] }
	return fmt.Sprintf("%s %s %s %s %d", kind, pick(0), pick(16), pick(32), n)
}

// listed is how many sources each group may edit.
const listed = 10

// File is the organization as a file for `bailiwick apply`. All resources but a fixed few are sources.
func (l Large) File() string {
	var b strings.Builder
	fmt.Fprintf(&b, "version: 1\norganization: {key: %s, name: %s, seats: %d}\n", l.Key, l.Key, l.Members+2)
	l.groups(&b)
	l.members(&b)
	l.apiKeys(&b)
	l.resources(&b)
	return b.String()
}

func (l Large) groups(b *strings.Builder) {
	b.WriteString(`groups:
  - key: team
    name: Team
    privileges:
      content/extensions: {level: custom, edit: [extension-03]}
      content/sources: {level: custom, edit: [source-00000, source-00007]}
      machine-learning/models: {level: custom, edit: [model-03]}
      organization/api-keys: {level: custom}
      organization/groups: {level: custom, edit: [team]}
      organization/organization: view
      search/query-pipelines: {level: custom}
      search/search-pages: {level: custom}
`)
	for g := range l.Groups {
		fmt.Fprintf(b, "  - key: group-%04d\n    name: %s\n    privileges:\n", g, name("Group", g))
		for _, d := range []string{"analytics/reports", "content/extensions", "content/fields", "organization/activities",
			"organization/groups", "organization/organization", "search/search-pages"} {
			fmt.Fprintf(b, "      %s: view\n", d)
		}
		b.WriteString("      content/sources: {level: custom, edit: [")
		for i := range listed {
			fmt.Fprintf(b, "source-%05d, ", (g*listed+i)%l.Resources)
		}
		b.WriteString("]}\n")
	}
}

func (l Large) members(b *strings.Builder) {
	fmt.Fprintf(b, "members:\n  - {email: admin@%s.example.com, name: Administrator, groups: [administrators]}\n", l.Key)
	fmt.Fprintf(b, "  - {email: viewer@%s.example.com, name: Viewer, groups: [team, group-0000, group-0001]}\n", l.Key)
	for m := range l.Members {
		fmt.Fprintf(b, "  - {email: member-%05d@%s.example.com, name: %s, groups: [group-%04d, group-%04d]}\n",
			m, l.Key, name("Member", m), m%l.Groups, (m+1)%l.Groups)
	}
}

// apiKeys are as many as the groups. Every other one ends within a week of Start.
func (l Large) apiKeys(b *strings.Builder) {
	b.WriteString("api_keys:\n")
	for k := range l.Groups {
		fmt.Fprintf(b, "  - {key: key-%04d, name: %s, template: custom, expires: %s, privileges: {content/sources: {level: custom, edit: [source-%05d]}, organization/groups: {level: custom}}}\n",
			k, name("Key", k), Start.AddDate(0, 0, 7+93*(k%2)).Format(time.RFC3339), k%l.Resources)
	}
}

func (l Large) resources(b *strings.Builder) {
	b.WriteString("resources:\n")
	for _, few := range []struct{ domain, key, name string }{
		{"content/extensions", "extension", "Extension"}, {"machine-learning/models", "model", "Model"},
		{"search/query-pipelines", "pipeline", "Pipeline"}, {"search/search-pages", "page", "Page"},
	} {
		fmt.Fprintf(b, "  %s:\n", few.domain)
		for i := range 60 {
			fmt.Fprintf(b, "    - {key: %s-%02d, name: %s}\n", few.key, i, name(few.name, i))
		}
	}
	b.WriteString("  content/sources:\n")
	for r := range l.Resources {
		fmt.Fprintf(b, "    - {key: source-%05d, name: %s, type: web, owner: admin@%s.example.com}\n", r, name("Source", r), l.Key)
	}
}
