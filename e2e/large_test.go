package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// People of the large organization, beside its administrator.
const (
	sourceManager = "source.manager@example.com"
	queryRunner   = "query.runner@example.com"
)

// largeOrganization describes an organization with more than two pages of each: 120 sources, groups and members. Source
// Managers edit the first three sources; Query Runners may run searches and lack the minimum privilege.
func largeOrganization(t *testing.T, moreSources ...int) (file string) {
	t.Helper()
	var text strings.Builder
	text.WriteString(`version: 1
organization: {key: large, name: Large, seats: 500}
groups:
  - key: query-runners
    name: Query Runners
    privileges: {search/execute-queries: allowed}
  - key: source-managers
    name: Source Managers
    privileges:
      content/sources: {level: custom, edit: [source-001, source-002, source-003]}
      organization/groups: view
      organization/organization: view
`)
	const many = 120
	lines(&text, "  - {key: team-%03[1]d, name: Team %03[1]d, privileges: {content/sources: view, organization/organization: view}}\n", many)
	text.WriteString("members:\n" +
		"  - {email: administrator@example.com, name: Administrator, groups: [administrators]}\n" +
		"  - {email: query.runner@example.com, name: Query Runner, groups: [query-runners]}\n" +
		"  - {email: source.manager@example.com, name: Source Manager, groups: [source-managers]}\n")
	lines(&text, "  - {email: member.%03[1]d@example.com, name: Member %03[1]d, groups: [team-001]}\n", many)
	text.WriteString("resources:\n  content/sources:\n")
	sources := many
	for _, more := range moreSources {
		sources += more
	}
	lines(&text, "    - {key: source-%03[1]d, name: Source %03[1]d, type: web, visibility: shared, owner: administrator@example.com}\n", sources)
	file = filepath.Join(t.TempDir(), "large.yaml")
	must(t, os.WriteFile(file, []byte(text.String()), 0o600))
	return file
}

// lines writes a line for each number from 1 to n.
func lines(text *strings.Builder, format string, n int) {
	for i := range n {
		fmt.Fprintf(text, format, i+1)
	}
}
