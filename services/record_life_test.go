package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// life is an organization in which everything happens that can be recorded.
type life struct {
	*testing.T
	c       *services.Console
	store   *models.Store
	clock   *modelstest.Clock
	admin   services.Caller
	secrets []string // that must not stand in the record
}

func live(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) *life {
	l := &life{T: t, c: c, store: store, clock: clock}
	ctx := context.Background()
	token := setupToken(t, c)
	session, _, err := c.SetUp(ctx, token, firstSetup())
	must(t, err)
	l.secrets = append(l.secrets, token, session, passphrase, "argon2id")
	apply(t, c, modelstest.EditorsFile, services.ApplyOptions{})
	apply(t, c, strings.NewReplacer("name: Acme", "name: Acme Corp", "name: Lead,", "name: Leader,", "name: Leads", "name: Team Leads",
		"name: Web}", "name: Website}", "name: Connector", "name: Push connector", "edit: [jira]}}", "edit: [web]}}").Replace(modelstest.EditorsFile), services.ApplyOptions{})
	l.admin = callerOf(t, c, store, administrator)
	must(t, c.SetPassword(ctx, "acme", "lead@example.com", passphrase+" as well"))
	l.groups(ctx)
	l.resources(ctx)
	l.keys(ctx)
	l.ends(ctx)
	l.members(ctx)
	l.accounts(ctx)
	l.mails(ctx)
	l.invitations(ctx)
	l.support(ctx)
	l.addresses(ctx)
	_, err = c.CheckRestored(ctx, services.Newer{})
	must(t, err)
	must(t, c.Seed(ctx, services.Seed{Key: "seeded", Members: 2, Groups: 2, Resources: 10, Editors: 4, Domain: "content/sources"}))
	return l
}

func (l *life) group(key string) services.GroupDetail {
	l.Helper()
	g, err := l.c.Group(context.Background(), l.admin, key)
	must(l, err)
	return g
}

func (l *life) resource(key string) services.ResourceDetail {
	l.Helper()
	r, err := l.c.Resource(context.Background(), l.admin, "content/sources", key)
	must(l, err)
	return r
}

func (l *life) setPrivileges(group string, wanted services.PrivilegeChoices) {
	l.Helper()
	err := setPrivileges(context.Background(), l.c, l.admin, group, l.group(group).Revision, wanted)
	must(l, err)
}

func (l *life) groups(ctx context.Context) {
	_, err := l.c.AddGroup(ctx, l.admin, services.NewGroup{Name: "Interns", Privileges: services.NewPrivileges{Choices: services.PrivilegeChoices{
		"content/sources":           {Level: access.LevelCustom, Rows: map[string]bool{"jira": true}},
		"organization/organization": {Level: access.LevelView}}}})
	must(l, err)
	_, err = l.c.DuplicateGroup(ctx, l.admin, "editors", services.Copy{Confirmed: true})
	must(l, err)
	must(l, l.c.UpdateGroup(ctx, l.admin, "editors-copy", services.GroupChange{Revision: l.group("editors-copy").Revision, Name: "Second editors", Description: "Who edits in the second office."}))
	must(l, l.c.UpdateGroup(ctx, l.admin, "editors-copy", services.GroupChange{Revision: l.group("editors-copy").Revision, Name: "Second editors", Description: "Edits in the second office."}))
	l.setPrivileges("editors", services.PrivilegeChoices{"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"jira": false}}})
	l.setPrivileges("editors-copy", services.PrivilegeChoices{"content/sources": {Level: access.LevelView}}) // leaves Custom, naming no row
	l.setPrivileges("editors-copy", services.PrivilegeChoices{"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"web": true}},
		"content/fields": {Level: access.LevelEdit}})
	_, err = l.c.AddMember(ctx, l.admin, "interns", services.NewMembership{Email: "editor@example.com"})
	must(l, err)
	_, err = l.c.AddMember(ctx, l.admin, "editors-copy", services.NewMembership{Email: "editor@example.com"})
	must(l, err)
	_, err = l.c.RemoveMember(ctx, l.admin, "editors-copy", "editor@example.com")
	must(l, err)
}

func (l *life) resources(ctx context.Context) {
	form := services.ResourceConfiguration{Name: "Wiki", Visibility: models.VisibilityShared}
	shared := []services.AccessChoice{{Kind: access.Group, Key: "leads", Edit: true}, {Kind: access.APIKey, Key: "connector", Edit: true}}
	made, err := l.c.AddResource(ctx, l.admin, "content/sources", services.NewResource{ResourceConfiguration: form, Access: services.NewAccess{Choices: shared}})
	must(l, err)
	form.Type, form.Owner = "wiki", "editor@example.com"
	must(l, l.c.UpdateResource(ctx, l.admin, "content/sources", made.Key, services.ResourceChange{Revision: l.resource(made.Key).Revision, ResourceConfiguration: form}))
	_, err = l.c.Run(ctx, l.admin, "content/sources", made.Key, "Rebuild")
	must(l, err)
	_, err = l.c.DuplicateResource(ctx, l.admin, "content/sources", "jira", services.Copy{Confirmed: true})
	must(l, err)
	_, err = l.c.SaveAccess(ctx, l.admin, services.ResourceRef{Domain: "content/sources", Key: "web"}, services.AccessDraft{Revision: l.resource("web").Revision, Choices: []services.AccessChoice{
		{Kind: access.Group, Key: "leads", Edit: true, Revision: l.group("leads").Revision},
		{Kind: access.Group, Key: "editors", Edit: false, Revision: l.group("editors").Revision},
	}})
	must(l, err)
	both := []string{"wiki", "web"}
	for action, change := range map[services.ResourcesAction]services.ResourcesChange{services.GiveResources: {Group: "interns", Edit: true}, services.ChangeOwners: {Owner: administrator},
		services.RunOnResources: {Action: "Update"}} {
		must(l, l.c.DoWithResources(ctx, l.admin, "content/sources", action, both, change))
	}
	must(l, l.c.DoWithResources(ctx, l.admin, "content/sources", services.GiveResources, both, services.ResourcesChange{Group: "interns"}))
	must(l, l.c.DoWithResources(ctx, l.admin, "content/sources", services.GiveResources, []string{"jira-copy", "web"}, services.ResourcesChange{Group: "interns", Edit: true}))
	must(l, l.c.DoWithResources(ctx, l.admin, "content/sources", services.DeleteMany, []string{"jira-copy"}, services.ResourcesChange{}))
	_, err = l.c.DeleteResource(ctx, l.admin, "content/sources", "wiki")
	must(l, err)
}

func (l *life) keys(ctx context.Context) {
	issued, err := l.c.AddAPIKey(ctx, l.admin, services.NewAPIKey{Once: l.c.NewFormToken(), Template: "custom",
		APIKeyConfiguration: services.APIKeyConfiguration{Name: "Indexer", Expires: onDay("2027-04-01"), Allow: networks("192.0.2.0/24")},
		Privileges:          services.NewPrivileges{Choices: services.PrivilegeChoices{"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"jira": true}}}}})
	must(l, err)
	copied, err := l.c.DuplicateAPIKey(ctx, l.admin, issued.Key, services.APIKeyCopy{Once: l.c.NewFormToken(), Copy: services.Copy{Confirmed: true}})
	must(l, err)
	rotated, err := l.c.RotateAPIKey(ctx, l.admin, issued.Key, services.Rotation{Once: l.c.NewFormToken(), Revision: l.key(issued.Key).Revision, Keep: 3})
	must(l, err)
	for _, secret := range []string{issued.Secret, copied.Secret, rotated.Secret} {
		parts := strings.Split(secret, "_")
		l.secrets = append(l.secrets, secret, parts[len(parts)-1])
	}
	l.secrets = append(l.secrets, issued.SecretHash, copied.SecretHash, rotated.SecretHash)
	_, err = l.c.SetAPIKeyEnabled(ctx, l.admin, issued.Key, false)
	must(l, err)
	_, err = l.c.SetAPIKeyEnabled(ctx, l.admin, issued.Key, true)
	must(l, err)
	both := []string{issued.Key, copied.Key}
	must(l, l.c.DoWithAPIKeys(ctx, l.admin, services.DeactivateKeys, both, nil))
	must(l, l.c.DoWithAPIKeys(ctx, l.admin, services.ActivateKeys, both, nil))
	must(l, l.c.DoWithAPIKeys(ctx, l.admin, services.ExtendKeys, both, onDay("2027-05-01")))
	form := services.APIKeyConfiguration{Name: "Indexer", Description: "Reads the index.", Expires: onDay("2027-04-02")}
	must(l, l.c.UpdateAPIKey(ctx, l.admin, issued.Key, services.APIKeyChange{Revision: l.key(issued.Key).Revision, APIKeyConfiguration: form}))
	err = setKeyPrivileges(ctx, l.c, l.admin, issued.Key, l.key(issued.Key).Revision, services.PrivilegeChoices{"content/sources": {Level: access.LevelView}})
	must(l, err)
	_, err = l.c.DeleteAPIKey(ctx, l.admin, copied.Key)
	must(l, err)
}

func (l *life) key(key string) services.APIKeyDetail {
	l.Helper()
	k, err := l.c.APIKey(context.Background(), l.admin, key)
	must(l, err)
	return k
}

func (l *life) members(ctx context.Context) {
	scope := l.store.In(l.admin.Organization.ID)
	lead, err := scope.MemberByEmail(ctx, "lead@example.com")
	must(l, err)
	soon, later := l.clock.Now().Add(time.Hour), l.clock.Now().Add(2*time.Hour)
	for _, until := range []*time.Time{&later, &soon} {
		_, err = l.c.SaveMemberGroups(ctx, l.admin, lead.ID,
			services.MemberGroupsDraft{Revision: lead.Revision, Choices: []services.MembershipChoice{{Key: "interns", In: true, Until: until}}})
		must(l, err)
		lead, err = scope.MemberByEmail(ctx, "lead@example.com")
		must(l, err)
	}
	editor, err := scope.MemberByEmail(ctx, "editor@example.com")
	must(l, err)
	both, interns := []models.MemberID{lead.ID, editor.ID}, services.ManyMemberships{Groups: []string{"interns"}, Until: &later}
	must(l, l.c.AddToGroups(ctx, l.admin, []models.MemberID{editor.ID}, services.ManyMemberships{Groups: []string{"users"}}))
	must(l, l.c.SetMembershipEnds(ctx, l.admin, both, services.ManyMemberships{Until: &later}))
	must(l, l.c.RemoveFromGroups(ctx, l.admin, []models.MemberID{editor.ID}, services.ManyMemberships{Groups: []string{"users"}}))
	must(l, l.c.SetMembershipEnds(ctx, l.admin, both, services.ManyMemberships{Confirmed: services.Confirmed{Administrators: true}}))
	must(l, l.c.RemoveFromGroups(ctx, l.admin, []models.MemberID{lead.ID}, interns))
	must(l, l.c.AddToGroups(ctx, l.admin, []models.MemberID{lead.ID}, services.ManyMemberships{Groups: []string{"interns"}, Until: &soon}))
	l.clock.Advance(time.Hour)
	must(l, l.c.EndExpired(ctx))
	_, err = l.c.EndMemberSessions(ctx, l.admin, lead.ID)
	must(l, err)
	_, err = l.c.SuspendMember(ctx, l.admin, lead.ID)
	must(l, err)
	_, err = l.c.ReactivateMember(ctx, l.admin, lead.ID)
	must(l, err)
	_, err = l.c.SuspendMember(ctx, l.admin, lead.ID)
	must(l, err)
	_, err = l.c.RemoveFromOrganization(ctx, l.admin, lead.ID)
	must(l, err)
	_, err = l.c.RemoveMember(ctx, l.admin, "editors", "editor@example.com")
	must(l, err)
	_, err = l.c.DeleteGroup(ctx, l.admin, "interns") // the editor's last one
	must(l, err)
}

func (l *life) mails(ctx context.Context) {
	number, at := l.admin.Organization.ID, l.clock.Now()
	m := models.Mail{OrganizationID: &number, Kind: services.MailInvitation, Recipient: "late@example.com", MessageID: "late", CreatedAt: at}
	must(l, l.store.QueueMail(ctx, &m))
	failed, err := l.store.ClaimMail(ctx, at, at.Add(time.Minute))
	must(l, err)
	failed.State = models.MailFailed
	must(l, l.store.MailTried(ctx, failed))
	_, _, err = l.c.RetryFailedMails(ctx, l.admin)
	must(l, err)
	_, err = l.c.RetryMail(ctx, l.admin, m.ID)
	must(l, err)
	_, err = l.c.GiveUpMail(ctx, l.admin, m.ID)
	must(l, err)
}

// recordOf is what happened in an organization, the oldest first.
func (l *life) recordOf(organization string) []models.Activity {
	l.Helper()
	o, err := l.store.OrganizationByKey(context.Background(), organization)
	must(l, err)
	all, err := l.store.In(o.ID).Activities(context.Background(), models.ActivityFilter{Page: models.Page{Limit: 1000}})
	must(l, err)
	slices.Reverse(all.Rows)
	return all.Rows
}

// refusedAlone are the operations that are recorded where they were refused; what is done is recorded group by group.
var refusedAlone = map[models.Operation]bool{
	models.OpMemberGroupsChanged: true, models.OpMemberRemoved: true, models.OpOrganizationFileApplied: true, models.OpOrganizationEntered: true,
}

// Attack: read secrets in the record, which more people may see than the things themselves. An operation that is new in
// the code and does not happen in this life fails the test: let it happen in life.
func TestEveryOperationIsRecordedWithoutSecrets(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, clock *modelstest.Clock) {
		l := live(t, c, store, clock)
		happened := map[models.Operation]bool{}
		for _, a := range append(l.recordOf("acme"), l.recordOf("seeded")...) {
			happened[a.Operation] = true
			if a.ActorName == "" || a.At.IsZero() || a.ActorKind == "member" && a.Address == "" || a.ResourceName == "" {
				t.Errorf("%s does not say who, when, from where and on what: %+v", a.Operation, a)
			}
			if a.SubjectKind == "" || (a.SubjectKind == models.SubjectResource) != (a.Domain != "") {
				t.Errorf("%s is about a %q in %q", a.Operation, a.SubjectKind, a.Domain)
			}
			for _, secret := range l.secrets {
				if strings.Contains(fmt.Sprint(a), secret) {
					t.Errorf("the activity %s holds a secret: %+v", a.Operation, a)
				}
			}
		}
		for _, operation := range models.Operations() {
			if operation.Subject() != models.SubjectInstallation && !happened[operation] && !refusedAlone[operation] {
				t.Errorf("%s was not in this life", operation)
			}
		}
		must(t, modelstest.VerifyActivities(context.Background(), store.In(l.admin.Organization.ID)))
	})
}

func TestSigningInTakesNoLockOfTheOrganization(t *testing.T) {
	onConsoleWith(t, founded, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		ctx := context.Background()
		before, err := store.OrganizationByKey(ctx, "acme")
		must(t, err)
		recorded := len(activities(t, store))
		token, _, err := c.SignIn(ctx, services.Credentials{Email: administrator, Password: passphrase, Address: "192.0.2.1"})
		must(t, err)
		_, err = c.Session(ctx, token)
		must(t, err)
		must(t, c.EndSession(ctx, token))
		if _, _, err := c.SignIn(ctx, services.Credentials{Email: administrator, Password: "wrong", Address: "192.0.2.1"}); !errors.Is(err, services.ErrWrongCredentials) {
			t.Fatal(err)
		}
		after, err := store.OrganizationByKey(ctx, "acme")
		must(t, err)
		if after.Revision != before.Revision || len(activities(t, store)) != recorded {
			t.Errorf("signing in and out raised the revision from %d to %d", before.Revision, after.Revision)
		}
	})
}
