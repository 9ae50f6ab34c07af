package web_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/web/webtest"
)

// lenderFile lets an agent ask for everything that can be lent, on every domain.
func lenderFile(catalog *access.Catalog) string {
	var lendable []string
	for _, d := range catalog.Domains() {
		if all := d.Lendable(d.Levels...); len(all) > 0 {
			lendable = append(lendable, fmt.Sprintf("%s: %s", d.Key, highest(d)))
		}
	}
	return `version: 1
vendor: {name: Example Vendor, support_mail: support@vendor.example}
categories:
  - {key: all, name: All, longest: 72h, may_request: {` + strings.Join(lendable, ", ") + `}}
personnel:
  - {email: agent@vendor.example, name: Support Agent, categories: [all], organizations: [story]}
`
}

// highest is the level of most abilities that can be lent.
func highest(d *access.Domain) access.Level {
	return slices.MaxFunc(d.Lendable(d.Levels...), func(a, b access.Level) int {
		return int(d.Abilities(a, false)) - int(d.Abilities(b, false))
	})
}

// lending is an organization with everything in it that somebody could come in by, and the vendor's agent in it, who holds
// the highest of all that can be lent.
type lending struct {
	*above
	access models.TemporaryAccess
	own    []models.InvitationID // that the agent made before that was forbidden, for their own address
}

func newLending(t *testing.T, w world) *lending {
	t.Helper()
	w.apply(t, strings.Replace(modelstest.AboveFile, "  - key: team\n", "  - {key: empty, name: Empty}\n  - key: team\n", 1))
	w.applyVendor(t, lenderFile(w.Console.Catalog()))
	l := &lending{above: &above{world: w, browsers: map[string]*webtest.Browser{}}}
	l.invited = invitedIntoEach(t, w)
	ask := services.AccessRequest{Privileges: map[access.DomainKey]access.Level{}, Justification: "CASE-1", Until: w.clock.Now().Add(time.Hour)}
	for _, d := range w.Console.Catalog().Domains() {
		if len(d.Lendable(d.Levels...)) > 0 {
			ask.Privileges[d.Key] = highest(d)
		}
	}
	if err := w.Console.SetVendorPassword(t.Context(), "agent@vendor.example", password); err != nil {
		t.Fatal(err)
	}
	agent := w.sessionOf(t, "agent@vendor.example")
	var err error
	if l.access, err = w.Console.RequestAccess(t.Context(), agent, "story", ask); err != nil {
		t.Fatal(err)
	}
	for _, g := range l.groups() {
		i := models.Invitation{Email: agent.Person.Email, Provider: string(services.ProviderPassword), InviterID: agent.Person.ID,
			CreatedAt: w.clock.Now(), ExpiresAt: w.clock.Now().Add(time.Hour)}
		if err := w.scope(t).CreateInvitation(t.Context(), &i, []access.GranteeID{g.Grantee().ID}); err != nil {
			t.Fatal(err)
		}
		l.own = append(l.own, i.ID)
	}
	return l
}
