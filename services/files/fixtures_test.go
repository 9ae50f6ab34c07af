package files

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
)

func readTestdata(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func mustRead(t testing.TB, text string) *Organization {
	t.Helper()
	o, err := ReadOrganization("acme.yaml", []byte(text), DefaultCatalog())
	if err != nil {
		t.Fatalf("refused:\n%v\n%s", err, text)
	}
	return o
}

func mustWrite(t testing.TB, o *Organization) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteOrganization(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkProblems wants exactly these, each "LINE: words that the text holds".
func checkProblems(t *testing.T, err error, want ...string) {
	t.Helper()
	var got Problems
	if !errors.As(err, &got) {
		t.Fatalf("the error is %v, want problems", err)
	}
	for i, p := range got {
		line := fmt.Sprintf("%d: %s", p.Line, p.Text)
		if i >= len(want) || !strings.HasPrefix(line, strings.SplitAfter(want[i], ": ")[0]) || !strings.Contains(line, strings.SplitN(want[i], ": ", 2)[1]) {
			t.Errorf("problem %d is %q", i, line)
		}
	}
	if len(got) != len(want) || err.Error() == "" {
		t.Errorf("%d problems, want %d:\n%v", len(got), len(want), err)
	}
}

// store is what the console holds already, as "kind key".
type store []string

func (s store) Group(key string) bool    { return slices.Contains(s, "group "+key) }
func (s store) APIKey(key string) bool   { return slices.Contains(s, "api-key "+key) }
func (s store) Member(email string) bool { return slices.Contains(s, "member "+email) }
func (s store) Resource(d access.DomainKey, key string) bool {
	return slices.Contains(s, string(d)+" "+key)
}
func (s store) WhyNotRenamed(m Member) string {
	if slices.Contains(s, "elsewhere "+m.Was) {
		return m.Was + " is elsewhere too"
	}
	return ""
}
func (s store) BeyondTemplate(APIKey) (string, []Privilege) { return "", nil }
func (s store) GroupNames() map[string]string {
	names := map[string]string{}
	for _, known := range s {
		if key, isGroup := strings.CutPrefix(known, "group "); isGroup {
			names[key] = "Name of " + key
		}
	}
	return names
}
