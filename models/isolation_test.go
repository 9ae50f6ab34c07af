package models_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// tenant is an organization whose content is the same as that of every other, but for the numbers and the mark.
type tenant struct {
	*models.Scope
	mark          string
	person        models.Person
	member        models.MemberID // of the person
	administrator models.Person
	group         models.Group
	key           models.APIKey
	resource      models.Resource
	invitation    models.Invitation // pending, of the mark at example.org
	late          models.Invitation // ran out, of late- and the mark
	mail          models.MailID
	visitor       models.Person // with the access
	access        models.TemporaryAccess
}

func newTenant(t *testing.T, store *models.Store, mark string) tenant {
	t.Helper()
	org := modelstest.Organization(t, store, mark)
	p := modelstest.Person(t, store, mark+"@example.com")
	r := modelstest.Resource(t, org, sources, "web")
	r.OwnerID, r.Name = &p.ID, mark
	set := access.PrivilegeSet{sources: custom(r.ID), fields: level(access.LevelView)}
	g := modelstest.Group(t, org, "leads", set, p)
	boss := modelstest.Person(t, store, mark+"-administrator@example.com")
	modelstest.Administrators(t, org, boss)
	k := modelstest.APIKey(t, org, "push", set)
	k.Name = mark
	ok(t, org.UpdateResource(ctx, &r, "owner_id", "name"))
	ok(t, org.UpdateAPIKey(ctx, &k, "name"))
	ok(t, org.Append(ctx, []models.Activity{{At: store.Now(), Outcome: models.OutcomeDone, ActorName: mark}}))
	number := org.ID()
	mail := models.Mail{OrganizationID: &number, Recipient: mark + "@example.com", MessageID: mark, CreatedAt: store.Now()}
	ok(t, store.QueueMail(ctx, &mail))
	into := []access.GranteeID{g.Grantee().ID}
	mailed := store.Now()
	pending := models.Invitation{
		Email: mark + "@example.org", InviterID: p.ID, InviterName: mark, CreatedAt: store.Now(), ExpiresAt: store.Now().Add(time.Hour), Mails: 1, MailedAt: &mailed,
	}
	late := pending
	late.Email, late.ExpiresAt = "late-"+pending.Email, store.Now()
	ok(t, org.CreateInvitation(ctx, &pending, into))
	ok(t, org.CreateInvitation(ctx, &late, into))
	ok(t, org.Subscribe(ctx, p.ID, models.SubscribedToRequests, store.Now()))
	visitor, visit := newVisitor(t, org, mark, store.Now().Add(time.Hour))
	brings(t, org, visitor, p, g)
	return tenant{org, mark, p, get(org.MemberOf(ctx, p.ID))(t).ID, boss, g, k, r, pending, late, mail.ID, visitor, visit}
}

// newVisitor is somebody with temporary access until a moment, who has made a resource of the name.
func newVisitor(t *testing.T, org *models.Scope, name string, until time.Time) (models.Person, models.TemporaryAccess) {
	t.Helper()
	now := org.Store().Now()
	visitor := modelstest.Person(t, org.Store(), name+"-visitor@example.com")
	visit := models.TemporaryAccess{PersonID: visitor.ID, Justification: name, RequestedAt: now, ExpiresAt: until}
	visit.Key, visit.Name = name+"-visit", name
	ok(t, org.CreateTemporaryAccess(ctx, &visit))
	ok(t, org.ReplacePrivileges(ctx, visit.Grantee().ID, nil, access.PrivilegeSet{sources: level(access.LevelEdit)}, now))
	made := modelstest.Resource(t, org, fields, name)
	ok(t, org.Append(ctx, []models.Activity{{At: now, ActorKind: models.ActorSupport, ActorID: int64(visitor.ID), ActorName: name,
		Operation: "resource.created", Outcome: models.OutcomeDone, Domain: fields, ResourceID: made.ID, ResourceName: name}}))
	return visitor, visit
}

// brings has the visitor bring a person into a group that they are in, and take them out of it in words.
func brings(t *testing.T, org *models.Scope, visitor, p models.Person, g models.Group) {
	t.Helper()
	since := get(org.MembershipsOf(ctx, p.ID))(t)[0].Since
	added := models.Activity{At: since, ActorKind: models.ActorSupport, ActorID: int64(visitor.ID), ActorName: visitor.Name, Operation: "group.add-member",
		Outcome: models.OutcomeDone, Domain: access.GroupsDomain, ResourceID: g.ID, ResourceName: g.Name, After: `{"member":"` + p.Email + `"}`}
	removed := added
	removed.At, removed.Operation, removed.Before, removed.After = org.Store().Now(), "group.remove-member", added.After, ""
	ok(t, org.Append(ctx, []models.Activity{added, removed}))
}

// reads are all methods of a Scope that read, each asked about the things of a tenant, perhaps another one.
func (s tenant) reads(about tenant) map[string]func() (any, error) {
	grantee := about.group.Grantee().ID
	both := []access.GranteeID{grantee, about.key.Grantee().ID}
	ids := []access.ResourceID{about.resource.ID, about.group.ID}
	now := s.Store().Now()
	only := models.ResourceFilter{OnlyIDsOf: both}
	seen := models.AccessFilter{OnlyGrantees: both}
	return map[string]func() (any, error){
		"GrantsOf":        func() (any, error) { return s.GrantsOf(ctx, about.person.ID, now) },
		"GrantsOfMembers": func() (any, error) { return s.GrantsOfMembers(ctx, []string{about.person.Email}, now) },
		"GrantsOfGrantee": func() (any, error) { return s.GrantsOfGrantee(ctx, grantee, now) },
		"EntriesAmong":    func() (any, error) { return s.EntriesAmong(ctx, both, sources, ids) },
		"EntriesOf":       func() (any, error) { return s.EntriesOf(ctx, both, sources) },
		"PrivilegesOf":    func() (any, error) { return s.PrivilegesOf(ctx, grantee) },
		"LevelsOf":        func() (any, error) { sets, err := s.LevelsOf(ctx, both); return sets[grantee], err },
		"ListLengths":     func() (any, error) { return s.ListLengths(ctx, grantee) },
		"CountListed":     func() (any, error) { return s.CountListed(ctx, both, sources) },
		"CountApart":      func() (any, error) { n, _, err := s.CountApart(ctx, each(append(both, 0)...), sources); return n, err }, // nobody's list holds nothing
		"GroupByID":       func() (any, error) { return s.GroupByID(ctx, grantee) },
		"GroupsByIDs":     func() (any, error) { return s.GroupsByIDs(ctx, both) },
		"ResourcesByIDs":  func() (any, error) { return s.ResourcesByIDs(ctx, ids) },
		"APIKeysByIDs":    func() (any, error) { return s.APIKeysByIDs(ctx, []access.ResourceID{about.key.ID}) },
		"FindResources": func() (any, error) {
			found, err := s.FindResources(ctx, about.resource.Name, []access.DomainKey{sources, access.GroupsDomain}, 5)
			return found[about.resource.Domain].First, err
		},
		"FindMembers": func() (any, error) {
			found, err := s.FindMembers(ctx, about.person.Email, 5)
			return found.First, err
		},
		"FindInvitations": func() (any, error) {
			found, err := s.FindInvitations(ctx, about.invitation.Email, 5, now)
			return found.First, err
		},
		"Resources only":  func() (any, error) { l, err := s.Resources(ctx, sources, only); return l.Rows, err },
		"AccessRows only": func() (any, error) { l, err := s.AccessRows(ctx, sources, ids[0], seen); return l.Rows, err },
		"MemberByID":      func() (any, error) { return s.MemberByID(ctx, about.member) },
		"MemberOf":        func() (any, error) { return s.MemberOf(ctx, about.person.ID) },
		"Members only": func() (any, error) {
			l, err := s.Members(ctx, models.MemberFilter{Group: grantee}, now)
			return l.Rows, err
		},
		"ProvidersOf":      func() (any, error) { return s.ProvidersOf(ctx, []models.PersonID{about.person.ID}) },
		"FirstGroupsOf":    func() (any, error) { return s.FirstGroupsOf(ctx, []models.PersonID{about.person.ID}, now) },
		"CountMemberships": func() (any, error) { return s.CountMemberships(ctx, about.person.ID, now) },
		"GroupsOfMember only": func() (any, error) {
			l, err := s.GroupsOfMember(ctx, about.person.ID, models.MemberGroupFilter{Joined: true})
			return l.Rows, err
		},
		"ListLengthsOf":       func() (any, error) { return s.ListLengthsOf(ctx, both) },
		"CountListedByDomain": func() (any, error) { return s.CountListedByDomain(ctx, both) },
		"ListsBeyond":         func() (any, error) { return s.ListsBeyond(ctx, both, nil) },
		"OpenMail":            func() (any, error) { return s.OpenMail(ctx, about.mail) },
		"MemberByEmail":       func() (any, error) { return s.MemberByEmail(ctx, about.person.Email) },
		"MembershipsOf":       func() (any, error) { return s.MembershipsOf(ctx, about.person.ID) },
		"GroupMembers":        func() (any, error) { l, err := s.GroupMembers(ctx, grantee, models.Page{}); return l.Rows, err },
		"GroupMembersAmong": func() (any, error) {
			all, err := s.AllMembers(ctx)
			if err != nil {
				return nil, err
			}
			var ids []models.MemberID
			for _, m := range all {
				ids = append(ids, m.ID)
			}
			return s.GroupMembersAmong(ctx, grantee, ids)
		},
		"Leavers": func() (any, error) { l, _, err := s.Leavers(ctx, grantee, now, 9); return l, err },
		"LeaversOfAll": func() (any, error) {
			l, _, err := s.LeaversOfAll(ctx, []access.GranteeID{grantee}, now, 9)
			return l, err
		},
		"OwnedByLeaversOfAll": func() (any, error) {
			l, _, err := s.OwnedByLeaversOfAll(ctx, []access.GranteeID{grantee}, now, []access.DomainKey{sources}, 9)
			return l, err
		},
		"OwnedByLeavers": func() (any, error) {
			l, _, err := s.OwnedByLeavers(ctx, grantee, now, []access.DomainKey{sources}, 9)
			return l, err
		},
		"Invitation": func() (any, error) { return s.Invitation(ctx, about.invitation.ID) },
		"InvitedGroupsOf": func() (any, error) {
			return s.InvitedGroupsOf(ctx, []models.InvitationID{about.invitation.ID})
		},
		"GroupInvitations": func() (any, error) {
			l, err := s.GroupInvitations(ctx, grantee, models.Page{}, now)
			return l.Rows, err
		},
		"InvitationsInto": func() (any, error) { return s.InvitationsInto(ctx, grantee, 0, 9) },
		"InvitedAlready": func() (any, error) {
			return s.InvitedAlready(ctx, []string{about.invitation.Email}, both)
		},
		"CountMailedTo": func() (any, error) {
			return s.CountMailedTo(ctx, []string{about.invitation.Email}, now.Add(-time.Hour))
		},
		"Seated":             func() (any, error) { return s.Seated(ctx, []string{about.invitation.Email, about.person.Email}, now) },
		"MembersAmong":       func() (any, error) { return s.MembersAmong(ctx, []string{about.person.Email}, both) },
		"GrantsOf a visitor": func() (any, error) { return s.GrantsOf(ctx, about.visitor.ID, now) },
		"TemporaryAccess":    func() (any, error) { return s.TemporaryAccess(ctx, about.access.Key) },
		"RunningAccessesOf":  func() (any, error) { return s.RunningAccessesOf(ctx, about.visitor.ID, now) },
		"AccessPrivileges":   func() (any, error) { return s.AccessPrivileges(ctx, about.access.Grantee().ID) },
		"HasExpiredAccess": func() (any, error) {
			return s.HasExpiredAccess(ctx, about.visitor.ID, about.access.ExpiresAt)
		},
		"DoneUnder":     func() (any, error) { return s.DoneUnder(ctx, about.done()) },
		"TakenUnder":    func() (any, error) { l, _, err := s.TakenUnder(ctx, about.done()); return l, err },
		"HasMembership": func() (any, error) { return s.HasMembership(ctx, broughtNumber(about)) },
		"BroughtInByID": func() (any, error) {
			return s.BroughtInByID(ctx, broughtNumber(about), now)
		},
		"MadeUnder": func() (any, error) {
			return s.MadeUnder(ctx, about.done(), []access.DomainKey{fields})
		},
		"SizesOfChanges": func() (any, error) { return s.SizesOfChanges(ctx, []int64{about.noted(now).ID}) },
		"ActivitiesSinceAmong": func() (any, error) {
			of := about.noted(now)
			of.ID, of.Revision = 0, -1
			return s.ActivitiesSinceAmong(ctx, []models.Activity{of}, 9, models.OpGroupMemberAdded, models.OpGroupMemberRemoved)
		},
		"OpenInvitationsInto": func() (any, error) {
			return s.OpenInvitationsInto(ctx, both, []string{about.invitation.Email, about.late.Email})
		},
		"Subscribed": func() (any, error) { return s.Subscribed(ctx, about.person.ID, models.SubscribedToRequests) },
		"NamesOf":    func() (any, error) { return s.NamesOf(ctx, ids) },
		"ListedBy":   func() (any, error) { return s.ListedBy(ctx, sources, about.resource.ID) },
		"OwnedByAll": func() (any, error) { return s.OwnedByAll(ctx, []models.PersonID{about.person.ID}, 9) },
		"OwnedResources": func() (any, error) {
			l, _, err := s.OwnedResources(ctx, about.person.ID, []access.DomainKey{sources}, 9)
			return l, err
		},
	}
}

// done asks for all that the visitor did.
func (s tenant) done() models.DoneFilter {
	return models.DoneFilter{Person: s.visitor.ID, From: s.access.RequestedAt, Until: s.access.ExpiresAt, Limit: 9}
}

// noted is what the record says that the visitor took away, at a moment; what all tenants' visitors do at one moment with one revision
// is one change only within an organization.
func (s tenant) noted(at time.Time) models.Activity {
	l, err := s.Activities(ctx, models.ActivityFilter{Domain: access.GroupsDomain, Resource: s.group.ID})
	if err != nil || len(l.Rows) == 0 {
		return models.Activity{At: at}
	}
	return l.Rows[0]
}

// reached is who can edit or view the tenant's resource.
func (s tenant) reached() (*models.Reached, error) {
	return s.Reached(ctx, models.Reach{Domain: sources, Resource: s.resource.ID, Full: []string{"edit"}, Part: []string{"view", "custom"}}, s.Store().Now())
}

// lists are the methods of a Scope that take no number: they must show one tenant's rows only.
func (s tenant) lists() map[string]func() (any, error) {
	now := s.Store().Now()
	return map[string]func() (any, error){
		"Organization":    func() (any, error) { return s.Organization(ctx) },
		"BroughtIn":       func() (any, error) { l, _, err := s.BroughtIn(ctx, now, 9); return l, err },
		"Groups":          func() (any, error) { l, err := s.Groups(ctx, models.GroupFilter{Domain: fields}); return l.Rows, err },
		"Group":           func() (any, error) { return s.Group(ctx, "leads") },
		"AllGroups":       func() (any, error) { return s.AllGroups(ctx) },
		"Resources":       func() (any, error) { l, err := s.Resources(ctx, sources, models.ResourceFilter{}); return l.Rows, err },
		"Resource":        func() (any, error) { return s.Resource(ctx, sources, "web") },
		"ResourcesByKeys": func() (any, error) { return s.ResourcesByKeys(ctx, sources, []string{"web"}) },
		"AllResources":    func() (any, error) { return s.AllResources(ctx, sources) },
		"Count":           func() (any, error) { return s.Count(ctx, sources) },
		"AccessRows": func() (any, error) {
			l, err := s.AccessRows(ctx, sources, s.resource.ID, models.AccessFilter{})
			return l.Rows, err
		},
		"AccessRowsByKeys": func() (any, error) {
			return s.AccessRowsByKeys(ctx, sources, s.resource.ID, access.Group, []string{"leads"})
		},
		"CountLevels": func() (any, error) { return s.CountLevels(ctx, sources, s.resource.ID) },
		"Lapses":      func() (any, error) { return s.Lapses(ctx, now.Add(24*time.Hour), 9) },
		"APIKey":      func() (any, error) { return s.APIKey(ctx, "push") },
		"AllAPIKeys":  func() (any, error) { return s.AllAPIKeys(ctx) },
		"Members":     func() (any, error) { l, err := s.Members(ctx, models.MemberFilter{}, now); return l.Rows, err },
		"GroupsOfMember": func() (any, error) {
			l, err := s.GroupsOfMember(ctx, s.person.ID, models.MemberGroupFilter{})
			return l.Rows, err
		},
		"GroupsOfMemberByKeys": func() (any, error) {
			return s.GroupsOfMemberByKeys(ctx, s.person.ID, []string{"leads"})
		},
		"Administered": func() (any, error) {
			a, err := s.Administered(ctx, now, true, 0)
			return a, err
		},
		"SigningIn":          func() (any, error) { return s.SigningIn(ctx, true) },
		"ExpiredMemberships": func() (any, error) { return s.ExpiredMemberships(ctx, now, 9) },
		"Invitations": func() (any, error) {
			l, err := s.Invitations(ctx, models.InvitationFilter{}, now)
			return l.Rows, err
		},
		"Invitations that ran out": func() (any, error) {
			l, err := s.Invitations(ctx, models.InvitationFilter{Outcome: models.InvitationExpired}, now)
			return l.Rows, err
		},
		"ExpiredInvitations":  func() (any, error) { return s.ExpiredInvitations(ctx, now, 9) },
		"CountInvited":        func() (any, error) { return s.CountInvited(ctx, now) },
		"CountPending":        func() (any, error) { return s.CountPending(ctx, now) },
		"CountMailed":         func() (any, error) { return s.CountMailed(ctx, now.Add(-time.Hour)) },
		"AllMembers":          func() (any, error) { return s.AllMembers(ctx) },
		"WithoutSecondFactor": func() (any, error) { return s.WithoutSecondFactor(ctx, 9) },
		"MemberCount":         func() (any, error) { return s.MemberCount(ctx) },
		"Administrators":      func() (any, error) { return s.Administrators(ctx, now) },
		"CountFailedMails":    func() (any, error) { return s.CountFailedMails(ctx, 9) },
		"OpenMails":           func() (any, error) { l, err := s.OpenMails(ctx, models.MailFilter{}); return l.Rows, err },
		"TemporaryAccesses": func() (any, error) {
			l, err := s.TemporaryAccesses(ctx, models.TemporaryAccessFilter{At: now})
			return l.Rows, err
		},
		"MailsFailedFor":    func() (any, error) { return s.MailsFailedFor(ctx, "") },
		"EndingMemberships": func() (any, error) { return s.EndingMemberships(ctx, now) },
		"OpenAccesses":      func() (any, error) { return s.OpenAccesses(ctx) },
		"ExpiredAccesses":   func() (any, error) { return s.ExpiredAccesses(ctx, s.access.ExpiresAt, 9) },
		"Subscribers":       func() (any, error) { return s.Subscribers(ctx, models.SubscribedToRequests) },
		"Activities":        func() (any, error) { l, err := s.Activities(ctx, models.ActivityFilter{}); return l.Rows, err },
		"Activities of a change": func() (any, error) {
			of := s.noted(now)
			l, err := s.Activities(ctx, models.ActivityFilter{Change: &of})
			return l.Rows, err
		},
		"ActivitiesOfChange": func() (any, error) { return s.ActivitiesOfChange(ctx, s.noted(now), 9) },
		"Members who are active": func() (any, error) {
			l, err := s.Members(ctx, models.MemberFilter{Status: models.MemberActive}, now)
			return l.Rows, err
		},
		"Reached": func() (any, error) {
			r, err := s.reached()
			if err != nil {
				return nil, err
			}
			l, err := r.Page(ctx, models.ReachFilter{})
			return l.Rows, err
		},
		"CountReached": func() (any, error) {
			r, err := s.reached()
			if err != nil {
				return nil, err
			}
			return r.Count(ctx, models.ReachFilter{}, 9)
		},
		"CountUnusedMembers": func() (any, error) { return s.CountUnusedMembers(ctx, models.Unused{Never: true}) },
		"CountUnusedKeys":    func() (any, error) { return s.CountUnusedKeys(ctx, models.Unused{Never: true}) },
	}
}

// Attack: somebody sends numbers that they have seen in another organization.
func TestAnotherOrganizationsRowsNeverAppear(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		mine, theirs := newTenant(t, store, "mine"), newTenant(t, store, "theirs")
		own := mine.reads(mine)
		for name, call := range mine.reads(theirs) {
			if got, err := own[name](); err != nil || isEmpty(got) {
				t.Errorf("%s of what is there: got %+v, %v", name, got, err)
			}
			got, err := call()
			if err == nil && !isEmpty(got) {
				t.Errorf("%s shows another organization's rows: %+v", name, got)
			} else if err != nil {
				wantError(t, err, models.ErrNotFound)
			}
		}
		for name, call := range mine.lists() {
			got, err := call()
			ok(t, err)
			if isEmpty(got) && !slices.Contains([]string{"EndingMemberships", "ExpiredMemberships", "CountFailedMails", "MailsFailedFor", "Lapses"}, name) {
				t.Errorf("%s of what is there shows nothing", name)
			}
			text := asJSON(t, got)
			if strings.Contains(text, theirs.mark) {
				t.Errorf("%s shows another organization's rows: %s", name, text)
			}
			if want, counts := map[string]any{"Count": 1, "MemberCount": 2, "CountInvited": 1, "CountPending": 1, "CountMailed": 2, "WithoutSecondFactor": 2,
				"Administered": models.Administration{Now: 1, ForGood: 1, EnterNow: 1, EnterForGood: 1}}[name]; counts && got != want {
				t.Errorf("%s counts %v, want %d", name, got, want)
			}
		}
		names, err := mine.EditorsWhoGiveBack(ctx, sources, mine.resource.ID, models.EditorChange{Given: []access.GranteeID{theirs.group.Grantee().ID}})
		if err != nil || len(names) != 1 || names[0] != "Administrators" {
			t.Errorf("EditorsWhoGiveBack gives %v, %v; want the one of the organization that has a member", names, err)
		}
	})
}

// asJSON shows also what pointers point to.
func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	ok(t, err)
	return string(text)
}

func isEmpty(got any) bool {
	v := reflect.ValueOf(got)
	if v.Kind() == reflect.Slice || v.Kind() == reflect.Map {
		return v.Len() == 0
	}
	return v.IsZero()
}

// Attack: the same with numbers in forms that change something.
func TestAnotherOrganizationsRowsCannotBeChanged(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		mine, theirs := newTenant(t, store, "mine"), newTenant(t, store, "theirs")
		rowsOf := func() string {
			var text strings.Builder
			for _, call := range []string{"Organization", "AllGroups", "AllResources", "AllAPIKeys", "AllMembers", "Invitations", "TemporaryAccesses", "Subscribers", "Activities", "OpenMails"} {
				got, err := theirs.lists()[call]()
				ok(t, err)
				text.WriteString(asJSON(t, got))
			}
			text.WriteString(asJSON(t, get(theirs.PrivilegesOf(ctx, theirs.group.Grantee().ID))(t)))
			return text.String()
		}
		before, now := rowsOf(), store.Now()
		grantee, r, k := theirs.group.Grantee().ID, theirs.resource, theirs.key
		for name, err := range map[string]error{
			"EndResource":       mine.EndResource(ctx, sources, r.ID, now),
			"Touch":             mine.Touch(ctx, sources, r.ID, r.Revision, "x", now),
			"UpdateResource":    mine.UpdateResource(ctx, &r, "name"),
			"UpdateAPIKey":      mine.UpdateAPIKey(ctx, &k, "enabled"),
			"RecordOperation":   mine.RecordOperation(ctx, sources, r.ID, "x", now),
			"SetLevel":          mine.SetLevel(ctx, grantee, sources, access.Privilege{}, now),
			"ReplacePrivileges": mine.ReplacePrivileges(ctx, grantee, access.PrivilegeSet{sources: custom(r.ID)}, nil, now),
			"AddMembership":     mine.AddMembership(ctx, grantee, mine.person, nil, now),
			"AddMemberships":    mine.AddMemberships(ctx, grantee, []models.Person{mine.person}, now),
			"SetMembershipEnd":  mine.SetMembershipEnd(ctx, grantee, theirs.person.ID, &now, now),
			"KeepMembership":    mine.KeepMembership(ctx, broughtNumber(theirs), now),
			"EndMembers":        mine.EndMembers(ctx, []models.PersonID{theirs.person.ID}, now),
			"EndMembership":     mine.EndMembership(ctx, grantee, theirs.person.ID, now),
			"CreateInvitation":  mine.CreateInvitation(ctx, &models.Invitation{Email: "x@example.org", InviterID: mine.person.ID}, []access.GranteeID{grantee}),
			"Unsubscribe":       mine.Unsubscribe(ctx, theirs.person.ID, models.SubscribedToRequests),
			"Subscribe":         mine.Subscribe(ctx, theirs.person.ID, models.SubscribedToRequests, now),
			"SetMemberProvider": mine.SetMemberProvider(ctx, theirs.person.ID, "any"),
		} {
			if err == nil {
				t.Errorf("%s of another organization's row is not refused", name)
			} else {
				wantError(t, err, models.ErrNotFound)
			}
		}
		for name, err := range map[string]error{
			"EndTemporaryAccess": mine.EndTemporaryAccess(ctx, theirs.access.Grantee().ID, models.AccessEnding{Outcome: models.AccessRevoked, At: now}),
			"EndInvitation":      mine.EndInvitation(ctx, theirs.invitation.ID, models.InvitationRevoked, "", 0, now),
			"ExtendInvitation":   mine.ExtendInvitation(ctx, theirs.invitation.ID, 0, now.Add(time.Hour)),
			"SetInvitationEnds":  mine.SetInvitationEnds(ctx, []models.InvitationID{theirs.invitation.ID}, now.Add(time.Hour)),
			"NoteInvitationMail": mine.NoteInvitationMail(ctx, theirs.invitation.ID, 0, now),
		} {
			if !errors.Is(err, models.ErrConflict) {
				t.Errorf("%s of another organization's row: %v", name, err)
			}
		}
		ok(t, mine.SetEntries(ctx, r.ID, sources, nil, []access.GranteeID{grantee}, now))
		ok(t, mine.EndLapse(ctx, grantee, sources, now.Add(24*time.Hour)))
		if ends := get(mine.ListsEnd(ctx, []access.GranteeID{grantee}))(t); ends {
			t.Error("ListsEnd tells of another organization")
		}
		ok(t, mine.StampMembers(ctx, []models.PersonID{theirs.person.ID}, now))
		_, err := mine.EndInvitationLinks(ctx)
		ok(t, err)
		_, err = mine.HoldMails(ctx, "held")
		ok(t, err)
		if after := rowsOf(); after != before {
			t.Errorf("another organization changed:\n%s\n%s", before, after)
		}
	})
}

// broughtNumber is the number of the membership that came about through temporary access; 0 where there is none.
func broughtNumber(s tenant) int64 {
	l, _, err := s.BroughtIn(ctx, s.Store().Now(), 1)
	if err != nil || len(l) == 0 {
		return 0
	}
	return l[0].ID
}
