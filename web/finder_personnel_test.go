package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/services"
)

// R15: who is here through temporary access finds what that access shows, and nothing once it is over. Names of members are everybody's
// to see (R6).
func TestSearchShowsPersonnelWhatTheirAccessDoes(t *testing.T) {
	inVisited(t, false, func(t *testing.T, v visited) {
		if err := v.Console.SetVendorPassword(t.Context(), "agent@vendor.example", password); err != nil {
			t.Fatal(err)
		}
		a, err := v.Console.RequestAccess(t.Context(), v.agent(t), "acme", services.AccessRequest{Justification: "CASE-1: search",
			Privileges: map[access.DomainKey]access.Level{"content/sources": access.LevelView}, Until: v.clock.Now().Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		agent := v.as(t, "agent@vendor.example")
		admin := v.as(t, "admin@example.com")
		for q, want := range map[string]bool{"jira": true, "team": false, "connector": false, "viewer@example": true} {
			hits := agent.Get("/o/acme/search/hits?q=" + q)
			kinds := strings.Join(words(hits, ".hit-head [id]"), ", ")
			for _, hidden := range []string{"Groups", "API keys", "Activities"} {
				if strings.Contains(kinds, hidden) {
					t.Errorf("%s: the agent finds %s", q, kinds)
				}
			}
			if found := strings.Contains(kinds, "Sources") || strings.Contains(kinds, "Members"); found != want {
				t.Errorf("%s: the agent finds %q", q, kinds)
			}
			if got := words(admin.Get("/o/acme/search/hits?q="+q), ".hit-head [id]"); len(got) == 0 {
				t.Errorf("%s: the administrator finds nothing", q)
			}
		}
		if _, err := v.Console.RevokeTemporaryAccess(t.Context(), v.by(t, "admin@example.com"), a.Key); err != nil {
			t.Fatal(err)
		}
		if hits := v.as(t, "agent@vendor.example").Get("/o/acme/search/hits?q=jira"); hits.Status != http.StatusNotFound || strings.Contains(hits.Body, "Jira") {
			t.Errorf("after its end: %d %s", hits.Status, hits.Text("body"))
		}
	})
}
