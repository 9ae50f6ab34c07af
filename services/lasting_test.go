package services_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

// lasting is an organization in which John Smith, a reader for good, is an administrator until an end.
type lasting struct {
	inviting
	end time.Time
}

const accessFor = 72 * time.Hour

func onLasting(t *testing.T, body func(t *testing.T, p lasting)) {
	t.Helper()
	onInviting(t, func(t *testing.T, p inviting) {
		l := lasting{p, *in(accessFor)}
		_, err := p.AddMember(context.Background(), p.by("administrator"), "administrators",
			services.NewMembership{Email: "john.smith@example.com", Until: &l.end, Confirmed: true})
		must(t, err)
		_, err = p.AddAPIKey(context.Background(), p.by("administrator"), services.NewAPIKey{Once: p.NewFormToken(), Template: "custom",
			APIKeyConfiguration: services.APIKeyConfiguration{Name: "Mighty", Expires: onDay("2027-01-09"), Allow: networks("10.0.0.0/8"), Deny: networks("10.9.0.0/16")},
			Privileges:          services.NewPrivileges{Choices: services.PrivilegeChoices{"content/sources": {Level: access.LevelEdit}}}})
		must(t, err)
		body(t, l)
	})
}

// temp is who holds everything until the end.
func (p lasting) temp() services.Caller { return p.by("john.smith") }

// standing is all that anybody holds at the moment: each line is one thing.
func (p lasting) standing() []string {
	p.t.Helper()
	ctx, org, now := context.Background(), p.scope(), p.store.Now()
	var lines []string
	members, err := org.AllMembers(ctx)
	must(p.t, err)
	for _, m := range members {
		memberships, err := org.MembershipsOf(ctx, m.PersonID)
		must(p.t, err)
		for _, in := range memberships {
			if in.InForce(now) {
				lines = append(lines, m.Email+" is in "+in.GroupKey)
			}
		}
	}
	groups, err := org.AllGroups(ctx)
	must(p.t, err)
	for _, g := range groups {
		lines = append(lines, p.holds(g.Key, g.Grantee().ID)...)
	}
	keys, err := org.AllAPIKeys(ctx)
	must(p.t, err)
	for _, k := range keys {
		if k.Enabled && (k.ExpiresAt == nil || now.Before(*k.ExpiresAt)) {
			lines = append(lines, p.holds(k.Key, k.Grantee().ID)...)
		}
	}
	invited, err := org.Invitations(ctx, models.InvitationFilter{}, now)
	must(p.t, err)
	for _, i := range invited.Rows {
		if i.Pending(now) {
			lines = append(lines, i.Email+" is invited")
		}
	}
	slices.Sort(lines)
	return lines
}

func (p lasting) holds(key string, id access.GranteeID) []string {
	p.t.Helper()
	set, err := p.scope().PrivilegesOf(context.Background(), id)
	must(p.t, err)
	var lines []string
	for d, held := range set {
		lines = append(lines, fmt.Sprintf("%s holds %s on %s, create %v", key, held.Level, d, held.CanCreate))
		for _, id := range held.Editors {
			lines = append(lines, fmt.Sprintf("%s edits %d in %s", key, id, d))
		}
	}
	return lines
}

func (p lasting) revision(group string) int64 {
	p.t.Helper()
	g, err := p.Group(context.Background(), p.by("administrator"), group)
	must(p.t, err)
	return g.Revision
}

// temporaryDoors are the ways to give what one holds until some moment. Refused says what must come of it; nil: it is given,
// until then at most.
var temporaryDoors = []struct {
	name    string
	refused any // *services.TooHigh or *services.Invalid
	open    func(p lasting, by services.Caller) error
}{
	{"adding a member for good", nil, func(p lasting, by services.Caller) error {
		_, err := p.AddMember(context.Background(), by, "writers", services.NewMembership{Email: "viewer@example.com"})
		return err
	}},
	{"making an administrator for good", nil, func(p lasting, by services.Caller) error {
		_, err := p.AddMember(context.Background(), by, "administrators", services.NewMembership{Email: "other@example.com", Confirmed: true})
		return err
	}},
	{"adding a member for longer", new(services.Invalid), func(p lasting, by services.Caller) error {
		_, err := p.AddMember(context.Background(), by, "auditors", services.NewMembership{Email: "viewer@example.com", Until: in(accessFor + time.Hour)})
		return err
	}},
	{"clearing the end of one’s own membership", new(services.TooHigh), func(p lasting, by services.Caller) error {
		m := p.member("john.smith")
		_, err := p.SaveMemberGroups(context.Background(), by, m.ID,
			services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{{Key: "administrators", In: true}}, Confirmed: services.Confirmed{Administrators: true}})
		return err
	}},
	{"prolonging one’s own membership", new(services.TooHigh), func(p lasting, by services.Caller) error {
		m := p.member("john.smith")
		_, err := p.SaveMemberGroups(context.Background(), by, m.ID,
			services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{{Key: "administrators", In: true, Until: in(accessFor + time.Hour)}}, Confirmed: services.Confirmed{Administrators: true}})
		return err
	}},
	{"another one’s Groups tab", nil, func(p lasting, by services.Caller) error {
		m := p.member("coordinator")
		_, err := p.SaveMemberGroups(context.Background(), by, m.ID,
			services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{{Key: "writers", In: true}, {Key: "administrators", In: true}}, Confirmed: services.Confirmed{Administrators: true}})
		return err
	}},
	{"another one’s Groups tab for longer", new(services.Invalid), func(p lasting, by services.Caller) error {
		m := p.member("leader")
		_, err := p.SaveMemberGroups(context.Background(), by, m.ID,
			services.MemberGroupsDraft{Revision: m.Revision, Choices: []services.MembershipChoice{{Key: "writers", In: true, Until: in(accessFor + time.Hour)}}})
		return err
	}},
	{"an invitation that is accepted", nil, func(p lasting, by services.Caller) error {
		results, err := p.Invite(context.Background(), by, services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"new@example.com"}, Groups: []string{"writers"}})
		if err != nil {
			return err
		}
		_, err = p.AcceptOwn(context.Background(), p.signedIn("new", services.ProviderPassword), results[0].Invitation.ID, "")
		return err
	}},
	{"an invitation that is extended", nil, func(p lasting, by services.Caller) error {
		results, err := p.Invite(context.Background(), by, services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"later@example.com"}, Groups: []string{"writers"}})
		if err != nil {
			return err
		}
		_, err = p.ExtendInvitation(context.Background(), by, results[0].Invitation.ID)
		return err
	}},
	{"extending somebody else’s invitation", new(services.TooHigh), func(p lasting, by services.Caller) error {
		results, err := p.Invite(context.Background(), p.by("administrator"), services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"for-good@example.com"}, Groups: []string{"writers"}})
		if err != nil {
			return err
		}
		_, err = p.ExtendInvitation(context.Background(), by, results[0].Invitation.ID)
		_, revoking := p.RevokeInvitations(context.Background(), p.by("administrator"), results[0].Invitation.ID)
		return errors.Join(err, revoking)
	}},
	{"prolonging memberships of several members", new(services.TooHigh), func(p lasting, by services.Caller) error {
		if err := p.SetMembershipEnds(context.Background(), by, p.ids("other"), services.ManyMemberships{Until: in(time.Hour), Groups: []string{"writers"}}); err != nil {
			return err
		}
		err := p.SetMembershipEnds(context.Background(), by, p.ids("other"), services.ManyMemberships{Until: in(accessFor + time.Hour), Groups: []string{"writers"}})
		return errors.Join(err, p.SetMembershipEnds(context.Background(), p.by("administrator"), p.ids("other"), services.ManyMemberships{Groups: []string{"writers"}}))
	}},
	{"a Privileges tab", nil, func(p lasting, by services.Caller) error {
		err := setPrivileges(context.Background(), p.Console, by, "readers", p.revision("readers"), services.PrivilegeChoices{
			"content/sources": {Level: access.LevelEdit}, "content/fields": {Level: access.LevelEdit}, "organization/organization": {Level: access.LevelView}})
		return err
	}},
	{"rows of an editor list", nil, func(p lasting, by services.Caller) error {
		err := setPrivileges(context.Background(), p.Console, by, "auditors", p.revision("auditors"), services.PrivilegeChoices{
			"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"web": true}}, "organization/organization": {Level: access.LevelView}})
		return err
	}},
	{"an Access tab", nil, func(p lasting, by services.Caller) error {
		r, err := p.Resource(context.Background(), by, "content/sources", "web")
		if err != nil {
			return err
		}
		_, err = p.SaveAccess(context.Background(), by, services.ResourceRef{Domain: "content/sources", Key: "web"},
			services.AccessDraft{Revision: r.Resource.Revision, Choices: []services.AccessChoice{{Kind: access.Group, Key: "leads", Edit: true, Revision: p.revision("leads")}}, Confirmed: true})
		return err
	}},
	{"a new group", nil, func(p lasting, by services.Caller) error {
		_, err := p.AddGroup(context.Background(), by, services.NewGroup{Name: "Fresh", Privileges: services.NewPrivileges{Choices: services.PrivilegeChoices{
			"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"web": true}}, "content/fields": {Level: access.LevelEdit}}}, Access: services.NewAccess{Confirmed: true}})
		return err
	}},
	{"a duplicate of a group", nil, func(p lasting, by services.Caller) error {
		_, err := p.DuplicateGroup(context.Background(), by, "webmasters", services.Copy{Confirmed: true})
		return err
	}},
	{"a new resource and its Access tab", nil, func(p lasting, by services.Caller) error {
		_, err := p.AddResource(context.Background(), by, "content/sources", services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: "Made", Visibility: models.VisibilityShared}, Access: services.NewAccess{Choices: []services.AccessChoice{{Kind: access.Group, Key: "webmasters", Edit: true}}, Confirmed: true}})
		return err
	}},
	{"an API key", nil, func(p lasting, by services.Caller) error {
		return p.addKey(by, "Short", "2027-01-07")
	}},
	{"an API key for longer", new(services.Invalid), func(p lasting, by services.Caller) error {
		return p.addKey(by, "Long", "2027-01-08")
	}},
	{"a duplicate of an API key", nil, func(p lasting, by services.Caller) error {
		_, err := p.DuplicateAPIKey(context.Background(), by, "mighty", services.APIKeyCopy{Once: p.NewFormToken(), Copy: services.Copy{Confirmed: true}})
		return err
	}},
	{"a duplicate of an API key for longer", new(services.Invalid), func(p lasting, by services.Caller) error {
		_, err := p.DuplicateAPIKey(context.Background(), by, "mighty", services.APIKeyCopy{Once: p.NewFormToken(), Copy: services.Copy{Confirmed: true}, Expires: onDay("2027-01-09")})
		return err
	}},
	{"the secret of an API key that lasts longer", new(services.TooHigh), func(p lasting, by services.Caller) error {
		_, err := p.RotateAPIKey(context.Background(), by, "mighty", services.Rotation{Once: p.NewFormToken(), Revision: p.key("mighty").Revision})
		return err
	}},
	{"activating an API key that lasts longer", new(services.TooHigh), func(p lasting, by services.Caller) error {
		_, err := p.SetAPIKeyEnabled(context.Background(), by, "mighty", true)
		return err
	}},
	{"prolonging an API key", new(services.TooHigh), func(p lasting, by services.Caller) error {
		return p.updateKey(by, "mighty", func(f *services.APIKeyConfiguration) { f.Expires = onDay("2027-03-01") })
	}},
	{"loosening the addresses of an API key that lasts longer", new(services.TooHigh), func(p lasting, by services.Caller) error {
		return p.updateKey(by, "mighty", func(f *services.APIKeyConfiguration) { f.Allow = nil })
	}},
	{"the Privileges tab of an API key", nil, func(p lasting, by services.Caller) error {
		err := setKeyPrivileges(context.Background(), p.Console, by, "mighty", p.key("mighty").Revision, services.PrivilegeChoices{
			"content/sources": {Level: access.LevelEdit}, "content/fields": {Level: access.LevelEdit}})
		return err
	}},
}

func (p lasting) addKey(by services.Caller, name, expires string) error {
	_, err := p.AddAPIKey(context.Background(), by, services.NewAPIKey{Once: p.NewFormToken(), Template: "custom",
		APIKeyConfiguration: services.APIKeyConfiguration{Name: name, Expires: onDay(expires)}, Privileges: services.NewPrivileges{Choices: services.PrivilegeChoices{"content/fields": {Level: access.LevelEdit}}}})
	return err
}

func (p people) key(key string) models.APIKey {
	p.t.Helper()
	k, err := p.scope().APIKey(context.Background(), key)
	must(p.t, err)
	return k
}

func (p people) updateKey(by services.Caller, key string, change func(f *services.APIKeyConfiguration)) error {
	p.t.Helper()
	k := p.key(key)
	form := services.ConfigurationOf(k)
	change(&form)
	return p.UpdateAPIKey(context.Background(), by, key, services.APIKeyChange{Revision: k.Revision, APIKeyConfiguration: form})
}

// R7 in time: through every door, and after all of them, nobody holds anything for longer than who gave it; what stood
// before stands again, with nobody doing anything.
func TestNobodyGivesAnythingForLongerThanTheyHoldIt(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		before := p.standing()
		was := before
		for _, door := range temporaryDoors {
			err := door.open(p, p.temp())
			switch door.refused.(type) {
			case nil:
				if err != nil {
					t.Errorf("%s: %v", door.name, err)
				}
				now := p.standing()
				if slices.Equal(now, was) {
					t.Errorf("%s: nothing was given", door.name)
				}
				was = now
			case *services.TooHigh:
				var high services.TooHigh
				if !errors.As(err, &high) || high.Excess[0].Until.IsZero() {
					t.Errorf("%s: %v", door.name, err)
				}
			default:
				var wrong services.Invalid
				if !errors.As(err, &wrong) || !strings.Contains(wrong.Error(), "7 January 2027") {
					t.Errorf("%s: %v", door.name, err)
				}
			}
		}
		p.clock.Set(p.end)
		for _, tidied := range []bool{false, true} {
			if tidied {
				must(t, p.EndExpired(context.Background()))
			}
			after := p.standing()
			for _, line := range after {
				name, _, _ := strings.Cut(line, " ")
				ofReader := slices.Contains([]string{"fresh", "webmasters-copy", "mighty_copy"}, name) && strings.HasSuffix(line, "create false") &&
					(strings.Contains(line, "view on content/sources") || strings.Contains(line, "view on organization/organization")) // held for good
				if !slices.Contains(before, line) && !ofReader {
					t.Errorf("after the end, tidied %v: %s", tidied, line)
				}
			}
			for _, line := range before {
				if ended := line == "john.smith@example.com is in administrators"; !ended && !slices.Contains(after, line) {
					t.Errorf("after the end, tidied %v: %s no longer", tidied, line)
				}
			}
		}
	})
}

func (p people) held(group, domain string) access.Privilege {
	p.t.Helper()
	g, err := p.scope().Group(context.Background(), group)
	must(p.t, err)
	set, err := p.scope().PrivilegesOf(context.Background(), g.Grantee().ID)
	must(p.t, err)
	return set[access.DomainKey(domain)]
}

// An invitation for good that expired is renewed by somebody who holds what it gives until some moment: for no longer than that (R7).
func TestWhoRenewsAnInvitationGivesItForAsLongAsTheyHoldIt(t *testing.T) {
	onInviting(t, func(t *testing.T, p inviting) {
		ctx := context.Background()
		expired, _ := p.invited("administrator", "new@example.com", "writers")
		p.clock.Advance(services.InvitationLife)
		end := p.clock.Now().Add(accessFor)
		_, err := p.AddMember(ctx, p.by("administrator"), "administrators", services.NewMembership{Email: "john.smith@example.com", Until: &end, Confirmed: true})
		must(t, err)
		renewed, err := p.RenewInvitation(ctx, p.by("john.smith"), expired.ID, false)
		must(t, err)
		if i := renewed.Invitation; i.ExpiresAt.After(end) {
			t.Errorf("it can be accepted until %s, the access ends on %s", i.ExpiresAt, end)
		}
		_, err = p.AcceptOwn(ctx, p.signedIn("new", services.ProviderPassword), renewed.Invitation.ID, "")
		must(t, err)
		if in, until := p.isIn("new", "writers"); !in || until == nil || !until.Equal(end) {
			t.Errorf("joined %t, until %v", in, until)
		}
	})
}

// What was raised until some moment lasts for good once somebody saves it who has it for good.
func TestAnEndIsGoneOnceSomebodyWithoutOneSaves(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		ctx, wanted := context.Background(), services.PrivilegeChoices{"content/sources": {Level: access.LevelEdit}, "organization/organization": {Level: access.LevelView}}
		err := setPrivileges(ctx, p.Console, p.temp(), "readers", p.revision("readers"), wanted)
		must(t, err)
		if got := p.held("readers", "content/sources"); got.Level != access.LevelEdit || !got.Until.Equal(p.end) || got.Then == nil || got.Then.Level != access.LevelView {
			t.Fatalf("raised to %+v", got)
		}
		if got := p.held("readers", "organization/organization"); !got.Until.IsZero() {
			t.Errorf("what stood for good was shortened: %+v", got)
		}
		err = setPrivileges(ctx, p.Console, p.temp(), "readers", p.revision("readers"), wanted)
		must(t, err)
		if got := p.held("readers", "content/sources"); !got.Until.Equal(p.end) {
			t.Errorf("saved again by the same: %+v", got)
		}
		tab, err := p.PrivilegesTab(ctx, p.by("administrator"), ofGroup("readers"), services.PrivilegesDraft{Choices: wanted})
		if err != nil || len(tab.Differences) != 1 || !tab.Differences[0].Lasting || !tab.Differences[0].Gains {
			t.Errorf("saving would change %+v, %v", tab.Differences, err)
		}
		err = setPrivileges(ctx, p.Console, p.by("administrator"), "readers", p.revision("readers"), wanted)
		must(t, err)
		if got := p.held("readers", "content/sources"); got.Level != access.LevelEdit || !got.Until.IsZero() {
			t.Errorf("saved by somebody without an end: %+v", got)
		}
	})
}

// The same holds for one resource, through its Access tab, where somebody chooses to give it for longer.
func TestEditOnOneResourceEndsWithItsGiver(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		set := func(by services.Caller, longer bool) access.Privilege {
			t.Helper()
			r, err := p.Resource(context.Background(), by, "content/sources", "web")
			must(t, err)
			choice := services.AccessChoice{Kind: access.Group, Key: "readers", Edit: true, Longer: longer, Revision: p.revision("readers")}
			_, err = p.SaveAccess(context.Background(), by, services.ResourceRef{Domain: "content/sources", Key: "web"},
				services.AccessDraft{Revision: r.Resource.Revision, Choices: []services.AccessChoice{choice}, Confirmed: true})
			must(t, err)
			return p.held("readers", "content/sources")
		}
		given := set(p.temp(), false)
		if given.Level != access.LevelCustom || len(given.Editors) != 1 || !given.Ends[given.Editors[0]].Equal(p.end) || given.Then == nil || given.Then.Level != access.LevelView {
			t.Errorf("given %+v", given)
		}
		if got := set(p.by("administrator"), false); !reflect.DeepEqual(got, given) {
			t.Errorf("saved as it was by somebody without an end: %+v, want %+v", got, given)
		}
		if got := set(p.by("administrator"), true); len(got.Editors) != 1 || len(got.Ends) != 0 || !got.Until.IsZero() {
			t.Errorf("given for longer by somebody without an end: %+v", got)
		}
	})
}

// A file says ends, and applying an export changes nothing.
func TestEndsAreExportedAndAppliedWithoutChange(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		for _, door := range temporaryDoors {
			if door.refused == nil && (strings.Contains(door.name, "tab") || strings.Contains(door.name, "editor list")) {
				must(t, door.open(p, p.temp()))
			}
		}
		first := p.export()
		for _, want := range []string{
			"content/sources: {level: edit, until: 2027-01-07T09:00:00Z, then: view}",
			"content/sources: {level: custom, edit: [jira, {key: web, until: 2027-01-07T09:00:00Z}]}",
		} {
			if !strings.Contains(first, want) {
				t.Errorf("%q is not in\n%s", want, first)
			}
		}
		if plan := apply(t, p.Console, first, services.ApplyOptions{}); len(plan.Steps) != 0 {
			t.Errorf("applying the export would change %+v", plan.Steps)
		}
		moved := strings.Replace(first, "content/sources: {level: edit, until: 2027-01-07T09:00:00Z, then: view}",
			"content/sources: {level: edit, until: 2027-01-06T09:00:00Z, then: {level: view, can_create: true}}", 1)
		if plan := apply(t, p.Console, moved, services.ApplyOptions{}); len(plan.Steps) != 1 {
			t.Errorf("another end is %+v", plan.Steps)
		}
		if second := p.export(); second != moved {
			t.Errorf("applied\n%s\nexported\n%s", moved, second)
		}
		p.clock.Set(p.end)
		if ended := p.export(); strings.Contains(ended, "until") {
			t.Errorf("after the end:\n%s", ended)
		}
		apply(t, p.Console, moved, services.ApplyOptions{})
		if plan := apply(t, p.Console, moved, services.ApplyOptions{}); len(plan.Steps) != 0 {
			t.Errorf("a file with ends that have passed changes %+v each time", plan.Steps)
		}
	})
}

func (p people) export() string {
	p.t.Helper()
	var text bytes.Buffer
	must(p.t, p.Export(context.Background(), "acme", services.ExportOptions{}, &text))
	return text.String()
}

// An answer names the end of what gives it, be it of the membership, of the level or of the row in the list.
func TestAnExplanationSaysUntilWhen(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		err := setPrivileges(context.Background(), p.Console, p.temp(), "readers", p.revision("readers"), services.PrivilegeChoices{"content/sources": {Level: access.LevelEdit}})
		must(t, err)
		e, err := p.Explain(context.Background(), p.by("administrator"), services.Question{Subject: "group:readers", Ability: "edit", Domain: "content/sources"})
		must(t, err)
		if words := fmt.Sprint(e.Sentences()); !e.Allowed || !strings.Contains(words, "7 January 2027") {
			t.Errorf("%v: %s", e.Allowed, words)
		}
	})
}

// What expired by itself is on record, as done by nobody.
func TestWhatExpiredIsOnRecord(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		err := setPrivileges(context.Background(), p.Console, p.temp(), "readers", p.revision("readers"), services.PrivilegeChoices{"content/sources": {Level: access.LevelEdit}})
		must(t, err)
		p.clock.Set(p.end)
		must(t, p.EndExpired(context.Background()))
		listing, err := p.scope().Activities(context.Background(), models.ActivityFilter{Page: models.Page{Limit: 10}})
		must(t, err)
		expired := 0
		for _, a := range listing.Rows {
			if a.Operation == "group.privilege-expired" && strings.Contains(a.After, "content/sources") {
				expired++
			}
		}
		if expired != 1 {
			t.Errorf("%d activities tell of it", expired)
		}
	})
}

// Attack: join a group until some moment, then make a resource that the group edits, which it would go on to do (R7 in time).
func TestAGroupThatIsJoinedForATimeGetsNewResourcesForATime(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		ctx := context.Background()
		_, err := p.AddMember(ctx, p.temp(), "webmasters", services.NewMembership{Email: "john.smith@example.com"})
		must(t, err)
		made, err := p.AddResource(ctx, p.temp(), "content/sources", services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: "Made", Visibility: models.VisibilityPrivate}, Access: services.NewAccess{Choices: []services.AccessChoice{{Kind: access.Group, Key: "webmasters", Edit: true}}, Confirmed: true}})
		must(t, err)
		group, err := p.Group(ctx, p.by("administrator"), "webmasters")
		must(t, err)
		edits := fmt.Sprintf("webmasters edits %d in content/sources", made.ID)
		if got := p.holds("webmasters", access.GranteeID(group.ID)); !slices.Contains(got, edits) {
			t.Fatalf("the group may not edit what was made: %q", got)
		}
		p.clock.Set(p.end.Add(time.Minute))
		if got := p.holds("webmasters", access.GranteeID(group.ID)); slices.Contains(got, edits) {
			t.Errorf("after the maker’s end the group has %q", got)
		}
	})
}

// The preview of a new resource's Access tab says the end that making it adds, and none where there is none.
func TestThePreviewOfANewResourceSaysHowLongOthersGetIt(t *testing.T) {
	onLasting(t, func(t *testing.T, p lasting) {
		ctx := context.Background()
		for name, until := range map[string]*time.Time{"john.smith": &p.end, "administrator": nil} {
			by := p.by(name)
			tab, err := p.AccessTab(ctx, by, services.ResourceRef{Domain: "content/sources"},
				services.AccessDraft{Choices: []services.AccessChoice{{Kind: access.Group, Key: "webmasters", Edit: true}}})
			must(t, err)
			if len(tab.Changes) != 1 || (tab.Changes[0].EndsAt == nil) != (until == nil) ||
				until != nil && !tab.Changes[0].EndsAt.Equal(*until) {
				t.Errorf("%s: %+v, want until %v", name, tab.Changes, until)
			}
		}
	})
}
