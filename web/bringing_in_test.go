package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/web/webtest"
)

// Personnel who hold all that can be lent try every form of the organization, and their own invitations, on everything
// that there is. Whatever each answers, nobody is in that was not, nobody stays longer, no invitation, link, key or account
// is new, no key opens that did not, and no group or key holds more (R7, R20).
func TestNoDoorLetsPersonnelBringSomebodyIn(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		l := newLending(t, world{webtest.New(t, store, clock.Now, webtest.Options{}), clock})
		agent := l.as(t, "agent@vendor.example")
		if page := agent.Get("/o/story/groups/empty/members"); page.Status != http.StatusOK {
			t.Fatalf("the agent is not in: %d", page.Status)
		}
		tried, before := 0, l.inside(t)
		for _, path := range l.doors(t) {
			t.Run(path, func(t *testing.T) {
				for _, at := range l.places(t, path) {
					for _, form := range l.forms(path, at) {
						l.clock.Advance(time.Second) // so that an end that moves shows
						page := agent.Post(at, form)
						tried++
						if page.Status >= http.StatusInternalServerError {
							t.Errorf("%s: %d", at, page.Status)
						}
						after := l.inside(t)
						before.wantNoMore(t, l.Console.Catalog(), at, after)
						before = after
						if shown := page.Find("input[value*='/join/'], input[value*='bwk_']").Length(); shown != 0 {
							t.Errorf("%s shows a link or a secret", at)
						}
					}
				}
			})
		}
		if tried < 200 {
			t.Errorf("only %d forms were tried", tried)
		}
	})
}

// doors are the unsafe routes by which an organization is changed. Those that take things away come last, so that the
// others find everything there.
func (l *lending) doors(t *testing.T) []string {
	t.Helper()
	var first, last []string
	for _, route := range patterns(t, l.world) {
		inside := strings.HasPrefix(route.Path, "/o/:organization/") || strings.HasPrefix(route.Path, "/invitations/")
		switch takes := strings.HasSuffix(route.Path, "/delete") || strings.HasSuffix(route.Path, "/revoke") || strings.HasSuffix(route.Path, "/support"); {
		case route.Method != http.MethodPost || !inside:
		case takes:
			last = append(last, route.Path)
		default:
			first = append(first, route.Path)
		}
	}
	return slices.Concat(first, last)
}

// places are the addresses of a route, for everything that there is.
func (l *lending) places(t *testing.T, route string) []string {
	t.Helper()
	things := map[string][]string{":organization": {"story"}, ":access": {l.access.Key}, ":mail": {"1"}}
	for _, g := range l.groups() {
		things[":group"] = append(things[":group"], g.Key)
		things[":invitation"] = append(things[":invitation"], fmt.Sprint(l.invited[g.Key]))
	}
	if strings.HasPrefix(route, "/invitations/") {
		things[":invitation"] = nil
		for _, id := range l.own {
			things[":invitation"] = append(things[":invitation"], fmt.Sprint(id))
		}
	}
	for _, m := range l.members() {
		things[":member"] = append(things[":member"], fmt.Sprint(m.ID))
	}
	for _, k := range known(l.organization().AllAPIKeys(t.Context())) {
		things[":key"] = append(things[":key"], k.Key)
	}
	places := []string{strings.Replace(route, ":service/:domain/:resource", "content/sources/jira", 1)}
	places[0] = strings.Replace(places[0], ":service/:domain", "content/sources", 1)
	for name, values := range things {
		var all []string
		for _, place := range places {
			for _, value := range values {
				filled := strings.Replace(place, name, value, 1)
				if !slices.Contains(all, filled) {
					all = append(all, filled)
				}
			}
		}
		places = all
	}
	return slices.DeleteFunc(places, l.crossed)
}

// crossed tells that an address names an invitation below a group that the invitation does not lead into. The team's
// invitation is left in: it is tried below every group.
func (l *lending) crossed(place string) bool {
	_, rest, below := strings.Cut(place, "/groups/")
	group, rest, found := strings.Cut(rest, "/members/-/invitations/")
	if !below || !found {
		return false
	}
	id, _, _ := strings.Cut(rest, "/")
	return id != fmt.Sprint(l.invited[group]) && id != fmt.Sprint(l.invited["team"])
}

// forms ask for all that lets somebody in, whichever of the fields the page knows: with the revision of whatever the
// address names, and one group of a choice at a time.
func (l *lending) forms(route, at string) []url.Values {
	form := url.Values{
		"revision": {l.revision(at)}, "name": {"New"}, "email": {"friend@example.com"}, "who_typed": {"stranger@example.org, agent@vendor.example"},
		"provider": {string(services.ProviderPassword)}, "notify": {"yes"}, "member": {"friend@example.com"}, "until": {""}, "visibility": {"shared"},
		"template": {"custom"}, "expires": {"2027-03-01"}, "status": {"enabled"}, "seats": {"99"}, "support": {"on"},
		"allow": {""}, "access.group:delegates": {"edit"}, "revision.group:delegates": {"0"},
		"confirm": {"yes"}, parts.ConfirmAdministrators: {"yes"}, parts.ConfirmLeave: {"yes"},
	}
	if strings.HasSuffix(route, "/rotate") {
		form.Set("keep", "30") // which asks other forms to draw the page again
	}
	if strings.Contains(route, "/privileges") || strings.Contains(route, "/-/add") {
		for _, d := range l.Console.Catalog().Domains() {
			form.Set("level."+string(d.Key), d.Highest().String())
		}
	}
	if strings.Contains(route, "/-/many/") {
		var all []url.Values
		for _, g := range l.groups() {
			for _, m := range l.members() {
				all = append(all, with(form, url.Values{"into": {g.Key}, "row": {fmt.Sprint(m.ID)}}))
			}
		}
		return all
	}
	if !strings.Contains(route, ":member/groups") && !strings.Contains(route, "/invite") {
		return []url.Values{form}
	}
	var all []url.Values
	for _, g := range l.groups() {
		all = append(all, with(form, url.Values{"group": {g.Key}, "rows": {g.Key}, views.InControl(g.Key): {"yes"}, views.UntilControl(g.Key): {""}}))
	}
	return all
}

// revision is that of the group or member in an address.
func (l *lending) revision(at string) string {
	for _, g := range l.groups() {
		if strings.Contains(at, "/groups/"+g.Key) {
			return fmt.Sprint(g.Revision)
		}
	}
	for _, m := range l.members() {
		if strings.Contains(at, fmt.Sprintf("/members/%d/", m.ID)) {
			return fmt.Sprint(m.Revision)
		}
	}
	return "0"
}
