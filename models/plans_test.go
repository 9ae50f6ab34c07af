package models_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// crowd is an organization large enough that the planners have a choice.
type crowd struct {
	store  *models.Store
	org    *models.Scope
	groups []models.Group
	person models.PersonID
	edited access.ResourceID // that some of the groups may edit
}

func newCrowd(t *testing.T, database string, store *models.Store) crowd {
	t.Helper()
	c := crowd{store: store, org: modelstest.Organization(t, store, "crowd")}
	all := modelstest.Resources(t, c.org, sources, 6000)
	people := make([]models.Person, 3000)
	for i := range people {
		people[i] = models.Person{Email: fmt.Sprintf("p%04d@example.com", i), Name: fmt.Sprintf("Person %04d", i), CreatedAt: store.Now()}
	}
	ok(t, store.CreatePeople(ctx, people))
	c.person, c.edited = people[0].ID, all[17].ID
	for g := range 400 {
		set := access.PrivilegeSet{sources: {Level: access.LevelCustom}}
		for i := range 10 {
			p := set[sources]
			p.Editors = append(p.Editors, all[(g*17+i)%len(all)].ID)
			set[sources] = p
		}
		if g%100 == 99 {
			ok(t, store.Analyze(ctx))
		}
		c.groups = append(c.groups, modelstest.Group(t, c.org, fmt.Sprintf("g%03d", g), set, people[g*7:g*7+20]...))
	}
	modelstest.Group(t, c.org, "everybody", nil, people...)
	modelstest.APIKey(t, c.org, "key", access.PrivilegeSet{sources: level(access.LevelView)})
	ok(t, models.Exec(ctx, store, `
		INSERT INTO mails (organization_id, kind, recipient, message_id, created_at, state, next_at, ended_at)
		SELECT ?, 'invitation', email, email, created_at, CASE WHEN id % 9 = 0 THEN 'waiting' ELSE 'sent' END, created_at,
			CASE WHEN id % 9 = 0 THEN NULL ELSE created_at END
		FROM people`, c.org.ID()))
	c.invite(t, people[:2000])
	c.visit(t)
	c.neighbours(t)
	ok(t, store.FillKeys(ctx))
	if database == modelstest.Postgres { // of every table, before the server comes to it by itself at some moment
		ok(t, models.Exec(ctx, store, "ANALYZE"))
	}
	return c
}

// invite invites all of the people into one group and into another, the first thousand in the past.
func (c crowd) invite(t *testing.T, people []models.Person) {
	t.Helper()
	ok(t, c.store.Change(ctx, c.org.ID(), func(tx *models.Scope) error {
		for n, p := range people {
			i := models.Invitation{Email: p.Email, InviterID: c.person, CreatedAt: c.store.Now(), ExpiresAt: c.store.Now().Add(time.Hour)}
			if err := tx.CreateInvitation(ctx, &i, []access.GranteeID{c.groups[0].Grantee().ID, c.groups[1+n%300].Grantee().ID}); err != nil {
				return err
			}
			if n < len(people)/2 {
				if err := tx.EndInvitation(ctx, i.ID, models.InvitationDeclined, "", 0, c.store.Now()); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// visit gives each of the people temporary access for some time, one after the other: nine in ten have ended.
func (c crowd) visit(t *testing.T) {
	t.Helper()
	ok(t, models.Exec(ctx, c.store, `
		INSERT INTO resources (organization_id, domain, key, name, sort_key, created_at, modified_at, ended_at)
		SELECT ?, ?, 'visit-' || email, name, sort_key, created_at, created_at, CASE WHEN id % 10 = 0 THEN NULL ELSE created_at END FROM people`,
		c.org.ID(), access.TemporaryAccessDomain))
	ok(t, models.Exec(ctx, c.store, `
		INSERT INTO temporary_accesses (id, organization_id, key, person_id, categories, category_name, justification,
			requested_at, expires_at, ended_at, outcome)
		SELECT r.id, r.organization_id, r.key, p.id, '[]', 'Agent', 'why', r.created_at, ?, r.ended_at,
			CASE WHEN r.ended_at IS NULL THEN '' WHEN p.id % 2 = 0 THEN 'expired' ELSE 'revoked' END
		FROM resources r JOIN people p ON r.key = 'visit-' || p.email WHERE r.domain = ?`,
		c.store.Now().Add(time.Hour), access.TemporaryAccessDomain))
	ok(t, models.Exec(ctx, c.store, `
		INSERT INTO activities (organization_id, at, actor_kind, actor_id, actor_name, address, operation, outcome, domain,
			resource_id, resource_key, resource_name, before, after, revision, previous_hash, hash)
		SELECT ?, created_at, 'support', id, name, '', 'resource.create', 'done', 'content/sources', id, '', '', '', '', 0, '', ''
		FROM people`, c.org.ID()))
	ok(t, models.Exec(ctx, c.store, `
		INSERT INTO activities (organization_id, at, actor_kind, actor_id, actor_name, address, operation, outcome, domain,
			resource_id, resource_key, resource_name, before, after, revision, previous_hash, hash)
		SELECT ?, m.since, 'support', m.person_id, '', '', 'group.add-member', 'done', 'organization/groups', m.group_id, '', '', '',
			'{"member":"' || p.email || '"}', 0, '', ''
		FROM memberships m JOIN people p ON p.id = m.person_id WHERE m.group_id = ?`, c.org.ID(), c.groups[0].ID))
}

// neighbours give most of the mails and activities to others: where nearly all belong to one organization, the key of the table leads to
// them as well as the index that names the organization.
func (c crowd) neighbours(t *testing.T) {
	t.Helper()
	for n := range 4 {
		other := modelstest.Organization(t, c.store, fmt.Sprintf("other-%d", n))
		ok(t, models.Exec(ctx, c.store, `
			INSERT INTO mails (organization_id, kind, recipient, message_id, created_at, state, next_at, ended_at)
			SELECT ?, kind, recipient, message_id || '-' || CAST(? AS bigint), created_at, state, next_at, ended_at FROM mails WHERE organization_id = ?`, other.ID(), n, c.org.ID()))
		ok(t, models.Exec(ctx, c.store, `
			INSERT INTO activities (organization_id, at, actor_kind, actor_id, actor_name, address, operation, outcome, domain,
				resource_id, resource_key, resource_name, before, after, revision, previous_hash, hash)
			SELECT ?, at, actor_kind, actor_id, actor_name, address, operation, outcome, domain,
				resource_id, resource_key, resource_name, before, after, revision, previous_hash, hash FROM activities WHERE organization_id = ?`,
			other.ID(), c.org.ID()))
	}
}

func accessesBy(status models.AccessStatus) func(ctx context.Context, c crowd) error {
	return listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.TemporaryAccesses(ctx, models.TemporaryAccessFilter{Status: status, At: c.store.Now()})
	})
}

func (c crowd) question(domain access.DomainKey, id access.ResourceID) models.Reach {
	return models.Reach{Domain: domain, Resource: id, Full: []string{"edit"}, Part: []string{"view", "custom"}}
}

// reach is a page of who can reach something.
func (c crowd) reach(ctx context.Context, domain access.DomainKey, id access.ResourceID, f models.ReachFilter) (any, error) {
	r, err := c.org.Reached(ctx, c.question(domain, id), c.store.Now())
	if err != nil {
		return nil, err
	}
	return r.Page(ctx, f)
}

func (c crowd) done() models.DoneFilter {
	return models.DoneFilter{Person: c.person, From: c.store.Now().Add(-time.Hour), Until: c.store.Now().Add(time.Hour), Limit: 9}
}

// since are a thousand activities of one change in the middle of the record, of resources or, listed with the groups, of
// people, who have no number.
func (c crowd) since(domain access.DomainKey) []models.Activity {
	all := make([]models.Activity, 1000)
	for n := range all {
		all[n] = models.Activity{ID: 1500, Domain: domain, Revision: -1}
		if domain == access.GroupsDomain {
			all[n].ResourceKey = fmt.Sprintf("p%04d@example.com", n)
		} else {
			all[n].ResourceID = access.ResourceID(1000 + n)
		}
	}
	return all
}

func (c crowd) grantees() []access.GranteeID {
	return []access.GranteeID{c.groups[0].Grantee().ID, c.groups[1].Grantee().ID}
}

// plans are the lists of the console, with the index that each statement about many rows is answered from. sorts says that
// a list sorts what an index has narrowed down before.
var plans = []struct {
	name  string
	run   func(ctx context.Context, c crowd) error
	index string
	sorts bool
}{
	{"groups", groupsBy(models.GroupFilter{}), "resources_by_name", false},
	{"groups by change", groupsBy(models.GroupFilter{Page: models.Page{Sort: "-modified"}}), "resources_by_modified", false},
	{"groups by members", groupsBy(models.GroupFilter{Page: models.Page{Sort: "-members"}}), "groups_by_members", false},
	{"groups by privileges", groupsBy(models.GroupFilter{Page: models.Page{Sort: "privileges"}}), "groups_by_privileges", false},
	{"groups, filtered", groupsBy(models.GroupFilter{Page: models.Page{Query: "g01"}}), "resources_by_words", true},
	{"everything, resources", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.FindResources(ctx, "r0012", []access.DomainKey{sources, access.GroupsDomain, access.APIKeysDomain}, 5)
	}), "resources_by_words", true},
	{"everything, members", listed(func(ctx context.Context, c crowd) (any, error) { return c.org.FindMembers(ctx, "p0012", 5) }), "members_by_words", true},
	{"everything, invitations", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.FindInvitations(ctx, "p1012", 5, c.store.Now())
	}), "invitations_by_words", true},
	{"activities, filtered", activitiesBy(models.ActivityFilter{Page: models.Page{Query: "p0012 example"}, Domain: access.GroupsDomain}), "activities_by_words", true},
	{"activities by what they say", activitiesBy(models.ActivityFilter{Page: models.Page{Query: "p0012 added"}, Said: map[string]models.Said{
		"added": {Operations: []models.Operation{models.OpGroupMemberAdded}}}}), "activities_by_words", true},
	{"activities by a name", activitiesBy(models.ActivityFilter{Named: "Person 0012"}), "activities_by_words", true},
	{"counted activities", listed(func(ctx context.Context, c crowd) (any, error) { return c.org.CountActivities(ctx, "p0012", nil) }), "activities_by_words", true},
	{"open mails, filtered", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.OpenMails(ctx, models.MailFilter{Page: models.Page{Query: "p0018"}})
	}), "mails_by_words", true},
	{"temporary accesses, filtered", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.TemporaryAccesses(ctx, models.TemporaryAccessFilter{Page: models.Page{Query: "p0018"}, At: c.store.Now()})
	}), "temporary_accesses_by_words", true},
	{"groups of a member, filtered", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.GroupsOfMember(ctx, c.person, models.MemberGroupFilter{Page: models.Page{Query: "g01"}})
	}), "resources_by_words", true},
	{"API keys, filtered", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.APIKeys(ctx, models.APIKeyFilter{Page: models.Page{Query: "key"}})
	}), "resources_by_words", true},
	{"members of a group, filtered", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.Members(ctx, models.MemberFilter{Group: c.groups[3].Grantee().ID, Page: models.Page{Query: "12"}}, c.store.Now())
	}), "members_by_words", true},
	{"Members tab, filtered", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.GroupMembers(ctx, c.groups[3].Grantee().ID, models.Page{Query: "12"})
	}), "members_by_words", true},
	{"invitations into a group, filtered", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.GroupInvitations(ctx, c.groups[0].Grantee().ID, models.Page{Query: "p1"}, c.store.Now())
	}), "invitations_by_words", true},
	{"groups that are built in", groupsBy(models.GroupFilter{Kind: models.GroupsBuiltIn}), "groups_built_in", true},
	{"resources", resourcesBy(models.ResourceFilter{}), "resources_by_name", false},
	{"resources, the next page", nextPage, "resources_by_name", false},
	{"resources by type", resourcesBy(models.ResourceFilter{Page: models.Page{Sort: "type"}}), "resources_by_type", false},
	{"resources by change", resourcesBy(models.ResourceFilter{Page: models.Page{Sort: "-modified"}}), "resources_by_modified", false},
	{"resources, filtered", resourcesBy(models.ResourceFilter{Page: models.Page{Query: "r0012"}}), "resources_by_words", true},
	{"resources of a type", resourcesBy(models.ResourceFilter{Type: "web"}), "resources_by_type", true},
	{"types of resources", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ResourceTypes(ctx, []access.DomainKey{sources, fields}, 20)
	}), "resources_by_type", true},
	{"resources to edit", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.Resources(ctx, sources, models.ResourceFilter{OnlyIDsOf: c.grantees()})
	}), "editor_entries_", true},
	{"resources to view", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.Resources(ctx, sources, models.ResourceFilter{NotIDsOf: c.grantees()})
	}), "resources_by_name", false},
	{"how many to edit", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.CountListed(ctx, c.grantees(), sources)
	}), "editor_entries_", true},
	{"resources that lists set apart", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.Resources(ctx, sources, models.ResourceFilter{OnlyIDsOf: c.grantees(), NotAllOf: each(c.grantees()...)})
	}), "editor_entries_", true},
	{"how many resources lists set apart", listed(func(ctx context.Context, c crowd) (any, error) {
		n, _, err := c.org.CountApart(ctx, each(c.grantees()...), sources)
		return n, err
	}), "editor_entries_", true},
	{"Access tab", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.AccessRows(ctx, sources, 1, models.AccessFilter{})
	}), "resources_grantees", false},
	{"Access tab without API keys", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.AccessRows(ctx, sources, 1, models.AccessFilter{Kind: access.Group})
	}), "resources_grantees", false},
	{"Access tab, filtered", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.AccessRows(ctx, sources, 1, models.AccessFilter{Page: models.Page{Query: "g0"}})
	}), "resources_by_words", true},
	{"Access tab without API keys, filtered", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.AccessRows(ctx, sources, 1, models.AccessFilter{Kind: access.Group, Page: models.Page{Query: "g0"}})
	}), "resources_by_words", true},
	{"Access tab, of those who can edit", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.AccessRows(ctx, fields, c.edited, models.AccessFilter{Show: models.AccessEdit})
	}), "privileges_by_domain", true},
	{"rows of an Access tab by key", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.AccessRowsByKeys(ctx, sources, 1, access.Group, []string{"g001", "g002"})
	}), "resources_key", true},
	{"who may edit it and give that back", listed(func(ctx context.Context, c crowd) (any, error) {
		_, err := c.org.EditorsWhoGiveBack(ctx, sources, 1, models.EditorChange{Given: []access.GranteeID{1}, Taken: []access.GranteeID{2}, Back: []access.GranteeID{3}})
		return nil, err
	}), "editor_entries_by_resource", true},
	{"how many may edit", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.CountLevels(ctx, sources, 1)
	}), "level_counts", false},
	{"members", membersBy(models.MemberFilter{}), "members_by_name", false},
	{"members, filtered", membersBy(models.MemberFilter{Page: models.Page{Query: "person 12"}}), "members_by_words", true},
	{"members by use", membersBy(models.MemberFilter{Page: models.Page{Sort: "-used"}}), "members_by_use", false},
	{"members who were never here", membersBy(models.MemberFilter{Unused: models.Unused{Never: true}, Page: models.Page{Sort: "used"}}), "members_by_use", false},
	{"members who are suspended", membersBy(models.MemberFilter{Status: models.MemberSuspended}), "members_by_name_suspended", false},
	{"members who are suspended, by use", membersBy(models.MemberFilter{Status: models.MemberSuspended, Page: models.Page{Sort: "-used"}}), "members_by_use_suspended", false},
	{"members who are active", membersBy(models.MemberFilter{Status: models.MemberActive}), "members_by_name_active", false},
	{"members who are active, by use", membersBy(models.MemberFilter{Status: models.MemberActive, Page: models.Page{Sort: "used"}}), "members_by_use_active", false},
	{"suspended members of a group", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.Members(ctx, models.MemberFilter{Group: c.groups[3].Grantee().ID, Status: models.MemberSuspended}, c.store.Now())
	}), "_suspended", true},
	{"members whose access ends", func(ctx context.Context, c crowd) error {
		soon := c.store.Now().Add(time.Hour)
		return membersBy(models.MemberFilter{Ends: &soon})(ctx, c)
	}, "memberships_by_expiry", true},
	{"how many members were not here for long", listed(func(ctx context.Context, c crowd) (any, error) {
		long := c.store.Now().Add(-time.Hour)
		return c.org.CountUnusedMembers(ctx, models.Unused{Since: &long})
	}), "members_by_idleness", true},
	{"groups by use", groupsBy(models.GroupFilter{Page: models.Page{Sort: "used"}}), "groups_by_use", false},
	{"groups that were never used", groupsBy(models.GroupFilter{Unused: models.Unused{Never: true}, Page: models.Page{Sort: "used"}}), "groups_by_use", false},
	{"API keys that are not used", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.CountUnusedKeys(ctx, models.Unused{Never: true})
	}), "resources_", true},
	{"API keys that are not used for long", listed(func(ctx context.Context, c crowd) (any, error) {
		long := c.store.Now().Add(-time.Hour)
		return c.org.CountUnusedKeys(ctx, models.Unused{Since: &long})
	}), "resources_grantees_by_age", true},
	{"groups without members", groupsBy(models.GroupFilter{Empty: true}), "groups_by_members", true},
	{"who can edit a resource, of few groups", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.reach(ctx, sources, c.edited, models.ReachFilter{Level: models.ReachFull, Kind: models.ReachPeople})
	}), "memberships_by_name", true},
	{"who can reach a resource, by words", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.reach(ctx, sources, c.edited, models.ReachFilter{Page: models.Page{Query: "p0012"}, Kind: models.ReachPeople})
	}), "members_by_words", true},
	{"which API keys can edit a resource", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.reach(ctx, sources, c.edited, models.ReachFilter{Level: models.ReachFull, Kind: models.ReachKeys})
	}), "privileges_by_domain", true},
	{"how many can reach a resource", listed(func(ctx context.Context, c crowd) (any, error) {
		r, err := c.org.Reached(ctx, c.question(sources, c.edited), c.store.Now())
		if err != nil {
			return nil, err
		}
		return r.Count(ctx, models.ReachFilter{}, 1_000)
	}), "memberships_", true},
	{"who can view a resource, of many groups", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.reach(ctx, sources, c.edited, models.ReachFilter{Level: models.ReachPart, Kind: models.ReachPeople})
	}), "members_by_name", true},
	{"memberships that end", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.MembershipsThatEnd(ctx, c.store.Now(), c.store.Now().Add(time.Hour), 5)
	}), "memberships_by_expiry", true},
	{"invitations that run out", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.InvitationsThatEnd(ctx, c.store.Now(), c.store.Now().Add(time.Minute), 5)
	}), "invitations_by_expiry", true},
	{"members of a group", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.Members(ctx, models.MemberFilter{Group: c.groups[3].Grantee().ID}, c.store.Now())
	}), "memberships_by_name", false},
	{"Members tab", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.GroupMembers(ctx, c.groups[3].Grantee().ID, models.Page{})
	}), "memberships_by_name", false},
	{"selected members of a group", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.GroupMembersAmong(ctx, c.groups[3].Grantee().ID, []models.MemberID{7, 8})
	}), "memberships_", true},
	{"members of one name", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.MarksOf(ctx, []models.PersonID{c.person, c.person + 1})
	}), "members_by_skeleton", true},
	{"groups of a member", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.GroupsOfMember(ctx, c.person, models.MemberGroupFilter{})
	}), "resources_by_name", false},
	{"groups that a member is in", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.GroupsOfMember(ctx, c.person, models.MemberGroupFilter{Joined: true})
	}), "memberships_by_person", true},
	{"first groups of members", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.FirstGroupsOf(ctx, []models.PersonID{c.person, c.person + 1}, c.store.Now())
	}), "memberships_by_person", true},
	{"providers of members", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ProvidersOf(ctx, []models.PersonID{c.person, c.person + 1})
	}), "members_", true},
	{"how many are pending", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.CountPending(ctx, c.store.Now())
	}), "invitations_by_", true},
	{"expired memberships", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ExpiredMemberships(ctx, c.store.Now(), 10)
	}), "memberships_by_expiry", true},
	{"invitations", invitationsBy(models.InvitationFilter{}), "invitations_by_email", false},
	{"invitations, filtered", invitationsBy(models.InvitationFilter{Page: models.Page{Query: "p0"}}), "invitations_by_words", true},
	{"invitations by end", invitationsBy(models.InvitationFilter{Page: models.Page{Sort: "expires"}}), "invitations_by_expiry", false},
	{"declined invitations", invitationsBy(models.InvitationFilter{Outcome: models.InvitationDeclined}), "invitations_by_email", false},
	{"invitations that ran out", invitationsBy(models.InvitationFilter{Outcome: models.InvitationExpired}), "invitations_by_", true},
	{"invitations into a group", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.GroupInvitations(ctx, c.groups[0].Grantee().ID, models.Page{}, c.store.Now())
	}), "invitation_groups_", false},
	{"groups of invitations", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.InvitedGroupsOf(ctx, []models.InvitationID{1, 2, 3})
	}), "invitation_groups_by_invitation", true},
	{"open invitations of addresses", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.InvitedAlready(ctx, []string{"p0001@example.com", "p1500@example.com"}, c.grantees())
	}), "invitation_groups_", true},
	{"open invitations of addresses into groups", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.OpenInvitationsInto(ctx, c.grantees(), []string{"p0001@example.com", "p1500@example.com"})
	}), "invitations_by_", true},
	{"own invitations", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.store.InvitationsOf(ctx, "p1500@example.com", c.store.Now(), 10)
	}), "invitations_by_address", true},
	{"expired invitations", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ExpiredInvitations(ctx, c.store.Now(), 10)
	}), "invitations_by_expiry", false},
	{"seats of addresses", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.Seated(ctx, []string{"p0001@example.com"}, c.store.Now())
	}), "invitations_by_", true},
	{"invitations by mail", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.CountMailed(ctx, c.store.Now().Add(-time.Minute))
	}), "invitations_by_mail", false},
	{"invitations by mail to addresses", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.CountMailedTo(ctx, []string{"p0001@example.com"}, c.store.Now().Add(-time.Minute))
	}), "invitations_by_address", true},
	{"administrators", listed(func(ctx context.Context, c crowd) (any, error) {
		_, err := c.org.Administered(ctx, c.store.Now(), false, 0)
		return nil, err
	}), "groups_by_organization", true},
	{"administrators around a person", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.store.AdministeredAround(ctx, c.person, c.store.Now(), false)
	}), "groups_by_organization", true},
	{"lengths of editor lists", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ListLengthsOf(ctx, c.grantees())
	}), "editor_entries_", true},
	{"who has each of some resources on a list", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ListedByAll(ctx, sources, []access.ResourceID{c.edited, c.edited + 1})
	}), "editor_entries_by_resource", true},
	{"ways of API keys", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.WaysOfKeys(ctx, c.grantees(), sources, c.store.Now())
	}), "privileges_open", true},
	{"editor lists beyond one's own", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ListsBeyond(ctx, c.grantees(), c.grantees()[:1])
	}), "privileges_open", true},
	{"open mails", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.OpenMails(ctx, models.MailFilter{})
	}), "mails_open", false},
	{"open mails that failed", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.OpenMails(ctx, models.MailFilter{State: models.MailFailed})
	}), "mails_open", false},
	{"mails that are due", func(ctx context.Context, c crowd) error {
		_, err := c.store.ClaimMail(ctx, c.store.Now(), c.store.Now())
		return err
	}, "mails_due", false},
	{"temporary accesses", accessesBy(""), "temporary_accesses_by_", false},
	{"active temporary accesses", accessesBy(models.StatusActive), "temporary_accesses_by_", false},
	{"expired temporary accesses", accessesBy(models.StatusExpired), "temporary_accesses_by_end", false},
	{"revoked temporary accesses", accessesBy(models.StatusRevoked), "temporary_accesses_by_outcome", false},
	{"temporary accesses of a person", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.store.AccessesOf(ctx, c.person, models.Page{})
	}), "temporary_accesses_by_person", false},
	{"running temporary accesses of a person", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.RunningAccessesOf(ctx, c.person, c.store.Now())
	}), "temporary_accesses_", true},
	{"temporary accesses that nobody met at their end", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.store.OrganizationsWithExpiredAccesses(ctx, c.store.Now())
	}), "temporary_accesses_due", false},
	{"activities", activitiesBy(models.ActivityFilter{}), "activities_by_organization", false},
	{"activities of one change", func(ctx context.Context, c crowd) error {
		return activitiesBy(models.ActivityFilter{Change: &models.Activity{At: c.store.Now(), Revision: 1}})(ctx, c)
	}, "activities_by_", false},
	{"activities that one change noted", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ActivitiesOfChange(ctx, models.Activity{At: c.store.Now(), Revision: 1}, 1001)
	}), "activities_by_", false},
	{"operations that one change noted", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.OperationsOfChange(ctx, models.Activity{At: c.store.Now(), Revision: 1}, 2001)
	}), "activities_by_", false},
	{"later activities of what one change was about", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ActivitiesSinceAmong(ctx, c.since(sources), 1001, models.OpResourceCreated)
	}), "activities_by_resource", true},
	{"later activities of the people of one change", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.ActivitiesSinceAmong(ctx, c.since(access.GroupsDomain), 1001, models.OpResourceCreated) // there are many of the operation elsewhere
	}), "activities_by_resource", true},
	{"sizes of changes", listed(func(ctx context.Context, c crowd) (any, error) { return c.org.SizesOfChanges(ctx, []int64{1, 2, 3}) }), "activities_by_", false},
	{"activities of some days", func(ctx context.Context, c crowd) error {
		return activitiesBy(models.ActivityFilter{From: c.store.Now().Add(-time.Hour), Until: c.store.Now().Add(time.Hour)})(ctx, c)
	}, "activities_by_", false},
	{"refused activities of some days", func(ctx context.Context, c crowd) error {
		return activitiesBy(models.ActivityFilter{Refused: true, From: c.store.Now().Add(-time.Hour)})(ctx, c)
	}, "activities_", false},
	{"activities of a domain", activitiesBy(models.ActivityFilter{Domain: access.GroupsDomain}), "activities_by_domain", false},
	{"activities of a thing", activitiesBy(models.ActivityFilter{Domain: sources, Resource: 7}), "activities_by_resource", false},
	{"activities that were refused", activitiesBy(models.ActivityFilter{Refused: true}), "activities_refused", false},
	{"activities of a person", func(ctx context.Context, c crowd) error {
		return activitiesBy(models.ActivityFilter{Actor: &c.person})(ctx, c)
	}, "activities_by_person", false},
	{"what was done through temporary access", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.DoneUnder(ctx, c.done())
	}), "activities_by_person", false},
	{"what was made through temporary access", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.MadeUnder(ctx, c.done(), []access.DomainKey{sources})
	}), "activities_by_person", true},
	{"what was taken away through temporary access", listed(func(ctx context.Context, c crowd) (any, error) {
		l, _, err := c.org.TakenUnder(ctx, c.done())
		return l, err
	}), "activities_by_person", false},
	{"memberships through temporary access", listed(func(ctx context.Context, c crowd) (any, error) {
		l, _, err := c.org.BroughtIn(ctx, c.store.Now(), 1)
		return l, err
	}), "activities_bringing_in", true},
	{"grants of a person", listed(func(ctx context.Context, c crowd) (any, error) {
		return c.org.GrantsOf(ctx, c.person, c.store.Now())
	}), "memberships_by_person", true},
}

func listed(list func(ctx context.Context, c crowd) (any, error)) func(ctx context.Context, c crowd) error {
	return func(ctx context.Context, c crowd) error {
		_, err := list(ctx, c)
		return err
	}
}

func activitiesBy(f models.ActivityFilter) func(ctx context.Context, c crowd) error {
	return listed(func(ctx context.Context, c crowd) (any, error) { return c.org.Activities(ctx, f) })
}

func groupsBy(f models.GroupFilter) func(ctx context.Context, c crowd) error {
	return listed(func(ctx context.Context, c crowd) (any, error) { return c.org.Groups(ctx, f) })
}

func resourcesBy(f models.ResourceFilter) func(ctx context.Context, c crowd) error {
	return listed(func(ctx context.Context, c crowd) (any, error) { return c.org.Resources(ctx, sources, f) })
}

func membersBy(f models.MemberFilter) func(ctx context.Context, c crowd) error {
	return listed(func(ctx context.Context, c crowd) (any, error) { return c.org.Members(ctx, f, c.store.Now()) })
}

func invitationsBy(f models.InvitationFilter) func(ctx context.Context, c crowd) error {
	return listed(func(ctx context.Context, c crowd) (any, error) { return c.org.Invitations(ctx, f, c.store.Now()) })
}

func nextPage(ctx context.Context, c crowd) error {
	first, err := c.org.Resources(ctx, sources, models.ResourceFilter{})
	if err != nil {
		return err
	}
	_, err = c.org.Resources(ctx, sources, models.ResourceFilter{Page: models.Page{After: first.Next}})
	return err
}

// Every list is answered from its index, in the order of the index: no table is read from end to end, and nothing is
// sorted but what an index has narrowed down before. The plans are the databases' own.
func TestListsAreAnsweredFromTheirIndex(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			url := modelstest.URL(t, modelstest.Options{Database: database})
			decide(t, database, url, "off", "seqscan", "sort", "hashjoin", "mergejoin", "bitmapscan", "incremental_sort", "material")
			c := newCrowd(t, database, modelstest.Open(t, url, nil))
			wantPlans(t, database, c, false)
			decide(t, database, url, "on", "sort", "bitmapscan") // indexes of words answer in no other way
			again := modelstest.Open(t, url, nil)
			c.store, c.org = again, again.In(c.org.ID())
			wantPlans(t, database, c, true)
		})
	}
}

// decide makes PostgreSQL, for who opens the database from now on, read tables whole and sort only where no index could be
// used instead: with as few rows as a test has, it would often be cheaper.
func decide(t *testing.T, database, url, state string, ways ...string) {
	t.Helper()
	if database != modelstest.Postgres {
		return
	}
	before := modelstest.Open(t, url, nil)
	name := read[string](t, before, "SELECT current_database()")[0]
	for _, way := range ways {
		ok(t, models.Exec(ctx, before, "ALTER DATABASE \""+name+"\" SET enable_"+way+" = "+state))
	}
	for _, cost := range []string{"random_page_cost", "seq_page_cost"} { // all is in memory: what counts is how many rows are looked at
		ok(t, models.Exec(ctx, before, "ALTER DATABASE \""+name+"\" SET "+cost+" = 0.01"))
	}
}

// wantPlans looks at the lists that are searched by words, or at all others.
func wantPlans(t *testing.T, database string, c crowd, byWords bool) {
	t.Helper()
	var seen []string
	explaining := false
	ok(t, c.store.Queries(func(sql string, args []any) {
		if explaining {
			return
		}
		explaining = true
		seen = append(seen, models.Plan(t.Context(), c.store, sql, args)...)
		explaining = false
	}))
	for _, p := range plans {
		if strings.HasSuffix(p.index, "_by_words") != byWords {
			continue
		}
		t.Run(p.name, func(t *testing.T) {
			seen = nil
			ok(t, p.run(t.Context(), c))
			plan := strings.Join(seen, "\n")
			if !strings.Contains(plan, p.index) && !(byWords && database == modelstest.Postgres) { // of so few rows it rather looks at each
				t.Errorf("not from %s:\n%s", p.index, plan)
			}
			if whole := readWhole(plan); whole != "" {
				t.Errorf("%s\n%s", whole, plan)
			}
			if sorts := strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") || strings.Contains(plan, "Sort Key"); sorts && !p.sorts {
				t.Errorf("sorted:\n%s", plan)
			}
		})
	}
}

// readWhole is the line of a plan that reads a table or an index of it from end to end. Lists that are parameters, rows of
// a sub-select (which the plan names before), what a recursion has come to and rows of none don't count.
func readWhole(plan string) string {
	for line := range strings.Lines(plan) {
		_, whole, scans := strings.Cut(line, "SCAN ")
		name, _, _ := strings.Cut(strings.TrimSpace(whole), " ")
		small := strings.Contains(plan, "CO-ROUTINE "+name+"\n") || strings.HasPrefix(whole, "json_each") || strings.HasPrefix(whole, "listed") ||
			strings.HasPrefix(whole, "placed") || strings.HasPrefix(whole, "stepped") || strings.HasPrefix(whole, "(subquery-") ||
			strings.HasPrefix(whole, "CONSTANT ROW") || strings.Contains(whole, "_by_words VIRTUAL TABLE INDEX 0:M") // by what they match
		if strings.Contains(line, "Seq Scan") || scans && !small {
			return line
		}
	}
	return ""
}
