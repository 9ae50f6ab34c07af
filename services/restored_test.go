package services_test

import (
	"context"
	"crypto/sha256"
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
	"bailiwick/services/files"
)

func (p post) check(newer ...string) services.Restored {
	p.t.Helper()
	all := map[string]*files.Organization{}
	for _, text := range newer {
		file, err := files.ReadOrganization("newer.yaml", []byte(text), p.Catalog())
		must(p.t, err)
		all[file.Key] = file
	}
	found, err := p.CheckRestored(context.Background(), services.Newer{Organizations: all})
	must(p.t, err)
	return found
}

func TestARestoredBackupOpensNothingThatWasOpenThen(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		first, _, err := p.SignIn(ctx, services.Credentials{Email: administrator, Password: passphrase, Address: "192.0.2.1"})
		must(t, err)
		token, _, err := p.SignIn(ctx, services.Credentials{Email: administrator, Password: passphrase, Address: "192.0.2.1"})
		must(t, err)
		p.invite("sent@example.com")
		must(t, p.worker(p.Console).SendDue(ctx))
		sent, found := strings.CutPrefix(p.server.MailsTo("sent@example.com")[0].Link(), console+"/join/")
		if !found {
			t.Fatal("the mail leads elsewhere")
		}
		must(t, p.SendSignInLink(ctx, administrator, "192.0.2.1", ""))
		must(t, p.worker(p.Console).SendDue(ctx))
		link := strings.TrimPrefix(p.server.MailsTo(administrator)[0].Link(), console+services.SignInLinkPath)
		setup, err := p.NewSetupLink(ctx)
		must(t, err)
		setupLink := fmt.Sprintf("%x", sha256.Sum256([]byte(strings.TrimPrefix(setup, "/setup/"))))
		must(t, p.SendPasswordLink(ctx, administrator, "192.0.2.1"))
		p.invite("waiting@example.com")
		recorded := len(activities(t, p.store))

		got := p.check()
		if got.Sessions != 3 || got.Links != 2 || len(got.Dropped) != 1 || len(got.Organizations) != 1 {
			t.Errorf("found %+v", got)
		}
		o := got.Organizations[0]
		if o.Links != 1 || len(o.Held) != 1 || o.Held[0].Recipient != "waiting@example.com" || got.Differs() {
			t.Errorf("found %+v", o)
		}
		for _, what := range []error{
			ignored(p.Session(ctx, first)), ignored(p.Session(ctx, token)),
			ignored(p.Joining(ctx, sent)), ignored(p.SignInLink(ctx, link)),
		} {
			if !errors.Is(what, models.ErrNotFound) && !errors.Is(what, services.ErrGone) {
				t.Errorf("something of the backup still opens: %v", what)
			}
		}
		if closed, err := p.store.SetupLink(ctx, setupLink); err != nil || closed.UsedAt == nil { // with an organization there, the console opens none
			t.Errorf("the setup link is %+v, %v", closed, err)
		}
		must(t, p.worker(p.Console).SendDue(ctx))
		p.wantArrived(0, "waiting@example.com")
		p.wantArrived(1, administrator)
		if after := activities(t, p.store); len(after) != recorded+1 || newest(t, p.store).Operation != "organization.restore-checked" {
			t.Errorf("recorded %d activities, the last %s", len(after)-recorded, newest(t, p.store).Operation)
		}

		again := p.check()
		if again.Sessions+again.Links+again.Organizations[0].Links != 0 || len(again.Organizations[0].Held) != 1 || len(activities(t, p.store)) != recorded+1 {
			t.Errorf("once more: %+v", again)
		}
		if _, err := p.Session(ctx, token); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("the session: %v", err)
		}
		invitations, err := p.store.In(o.ID).Invitations(ctx, models.InvitationFilter{}, p.clock.Now())
		must(t, err)
		if len(invitations.Rows) != 2 || invitations.Rows[0].Outcome != "" {
			t.Errorf("invitations are %+v", invitations.Rows)
		}
		path, err := p.CopyInvitationLink(ctx, p.admin, invitations.Rows[0].ID)
		must(t, err)
		if _, err := p.Joining(ctx, strings.TrimPrefix(path, "/join/")); err != nil {
			t.Errorf("a new link: %v", err)
		}
		_, err = p.RetryMail(ctx, p.admin, o.Held[0].ID)
		must(t, err)
		must(t, p.worker(p.Console).SendDue(ctx))
		p.wantArrived(1, "waiting@example.com")
	})
}

func ignored[T any](_ T, err error) error { return err }

const restoredFile = `version: 1
organization: {key: acme, name: Acme, seats: 9}
groups:
  - key: editors
    name: Editors
    privileges:
      content/sources: {level: custom, can_create: true, edit: [jira, web]}
      content/fields: edit
      organization/organization: view
  - key: leavers
    name: Leavers
    privileges: {organization/organization: view}
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: editor@example.com, name: Editor, groups: [editors, leavers]}
  - {email: gone@example.com, name: Gone, groups: [editors]}
api_keys:
  - {key: connector, name: Connector, template: custom, status: enabled, privileges: {content/sources: view}}
  - {key: lost, name: Lost, template: custom, privileges: {content/sources: view}}
resources:
  content/sources:
    - {key: jira, name: Jira}
    - {key: web, name: Web}
`

const newerFile = `version: 1
organization: {key: acme, name: Acme, seats: 9}
groups:
  - key: editors
    name: Editors
    privileges:
      content/sources: {level: custom, edit: [jira]}
      content/fields: view
      organization/organization: edit
  - key: joiners
    name: Joiners
    privileges: {organization/organization: view}
members:
  - {email: administrator@example.com, name: Administrator, groups: [administrators]}
  - {email: editor@example.com, name: Editor, groups: [editors, joiners]}
api_keys:
  - {key: connector, name: Connector, template: custom, status: disabled, expires: 2027-05-01T00:00:00Z, privileges: {content/sources: view}}
resources:
  content/sources:
    - {key: jira, name: Jira}
`

// withBuiltIn is a file with the built-in groups of the organization besides, as every export has them.
func (p post) withBuiltIn(text string) string {
	p.t.Helper()
	var exported strings.Builder
	must(p.t, p.Export(context.Background(), "acme", services.ExportOptions{}, &exported))
	_, groups, found := strings.Cut(exported.String(), "\ngroups:\n")
	groups, _, ends := strings.Cut(groups, "\nmembers:\n")
	if !found || !ends {
		p.t.Fatalf("the export has no groups: %s", &exported)
	}
	var builtIn strings.Builder
	for i, group := range strings.Split("\n"+groups, "\n  - key: ") {
		if key, _, _ := strings.Cut(group, "\n"); i > 0 && !strings.Contains(text, "\n  - key: "+key+"\n") && key != "leavers" {
			builtIn.WriteString("  - key: " + group + "\n")
		}
	}
	return strings.Replace(text, "groups:\n", "groups:\n"+builtIn.String(), 1)
}

func TestWhatANewerFileNoLongerHasIsListed(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		apply(t, p.Console, restoredFile, services.ApplyOptions{})
		got := p.check(p.withBuiltIn(newerFile)).Organizations[0]
		want := []string{
			"membership of editor@example.com (Editor) in group leavers",
			"member gone@example.com (Gone) in editors",
			"group editors: edit on content/fields, in the newer file view",
			"group editors: custom with Can Create on content/sources, in the newer file custom",
			"group editors: may edit web of content/sources",
			"group leavers (Leavers)",
			"API key connector (Connector): status: disabled → enabled",
			"API key connector (Connector): expires: 2027-05-01T00:00:00Z → never",
			"API key lost (Lost), enabled",
		}
		if !slices.Equal(got.Back, want) {
			t.Errorf("listed is\n%s\nwant\n%s", strings.Join(got.Back, "\n"), strings.Join(want, "\n"))
		}
		var text strings.Builder
		must(t, p.Export(context.Background(), "acme", services.ExportOptions{}, &text))
		if same := p.check(text.String()); same.Differs() || !same.Organizations[0].Compared {
			t.Errorf("its own export differs: %+v", same.Organizations)
		}
	})
}

// Ends count: what a backup holds for longer than the newer file came back, what it holds for less did not.
func TestWhatLastsLongerThanInANewerFileIsListed(t *testing.T) {
	const file = `version: 1
organization: {key: acme, name: Acme, seats: 9}
groups:
  - key: editors
    name: Editors
    privileges:
      content/sources: {level: custom, edit: [%s]}
      content/fields: %s
resources:
  content/sources:
    - {key: jira, name: Jira}
`
	text := func(row, fields string) string { return fmt.Sprintf(file, row, fields) }
	const june, july = "2027-06-01T00:00:00Z", "2027-07-01T00:00:00Z"
	row := func(end string) string { return "{key: jira, until: " + end + "}" }
	level := func(end string) string { return "{level: edit, until: " + end + ", then: view}" }
	for _, c := range []struct {
		was, newer string
		want       []string
	}{
		{text("jira", "edit"), text("jira", "edit"), nil},
		{text(row(june), level(june)), text(row(july), level(july)), nil},
		{text(row(june), level(june)), text("jira", "edit"), nil},
		{text(row(july), level(july)), text(row(june), level(june)), []string{
			"group editors: may edit jira until " + july + " of content/sources",
			"group editors: edit until " + july + ", then view on content/fields, in the newer file edit until " + june + ", then view"}},
		{text("jira", "edit"), text(row(june), level(june)), []string{
			"group editors: may edit jira of content/sources",
			"group editors: edit on content/fields, in the newer file edit until " + june + ", then view"}},
		{text("jira", level(june)), text("jira", "{level: edit, until: "+june+"}"), []string{
			"group editors: edit until " + june + ", then view on content/fields, in the newer file edit until " + june}},
	} {
		onPost(t, func(t *testing.T, p post) {
			apply(t, p.Console, c.was, services.ApplyOptions{})
			var got []string
			for _, line := range p.check(c.newer).Organizations[0].Back {
				if strings.HasPrefix(line, "group editors:") {
					got = append(got, line)
				}
			}
			if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(c.want))) {
				t.Errorf("of %s\nlisted %q\ninstead of %q", c.was, got, c.want)
			}
		})
	}
}

func TestTemporaryAccessThatRunsInABackupIsListed(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		applyOperator(t, p.Console, operatorFile)
		agent := modelstest.Proven(t, p.store, "agent@vendor.example")
		_, err := p.RequestAccess(ctx, services.Session{Person: agent, Provider: services.ProviderPassword}, "acme", services.AccessRequest{
			Privileges: map[access.DomainKey]access.Level{"content/sources": access.LevelEdit}, Justification: because,
			Until: p.clock.Now().Add(time.Hour), Address: "192.0.2.7",
		})
		must(t, err)
		if got := p.check(); !got.Differs() || got.Organizations[0].Back[0] != "temporary access of agent@vendor.example, until 2027-01-04T10:00:00Z" {
			t.Errorf("found %+v", got.Organizations)
		}
		p.clock.Advance(time.Hour)
		if got := p.check(); got.Differs() {
			t.Errorf("what has expired is listed: %+v", got.Organizations)
		}
	})
}

func TestAFileOfAnOrganizationThatIsNotThereIsRefusedBeforeAnythingEnds(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		token, _, err := p.SignIn(context.Background(), services.Credentials{Email: administrator, Password: passphrase, Address: "192.0.2.1"})
		must(t, err)
		_, err = p.CheckRestored(context.Background(), services.Newer{Organizations: map[string]*files.Organization{"gone": {Key: "gone"}}})
		if !errors.Is(err, models.ErrNotFound) || !strings.Contains(err.Error(), `"gone"`) {
			t.Errorf("answered with %v", err)
		}
		_, err = p.Session(context.Background(), token)
		must(t, err)
	})
}

// The command is broken off at each of its looks at the clock.
func TestACheckThatFailsSaysWhatItEnded(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		token, _, err := p.SignIn(context.Background(), services.Credentials{Email: administrator, Password: passphrase, Address: "192.0.2.1"})
		must(t, err)
		for looks := 1; ; looks++ {
			ctx, cancel := context.WithCancel(context.Background())
			left := looks
			c := services.New(services.Config{Store: p.store, Catalog: p.Catalog(), Now: func() time.Time {
				if left--; left == 0 {
					cancel()
				}
				return p.Now()
			}})
			_, err := c.CheckRestored(ctx, services.Newer{})
			cancel()
			if err == nil {
				t.Fatal("it never failed behind what it ended")
			}
			_, gone := p.Session(context.Background(), token)
			if said := strings.Contains(err.Error(), "session"); said != (gone != nil) {
				t.Errorf("after %d looks the session is %v, and the error says %v", looks, gone, err)
			}
			if gone != nil {
				return
			}
		}
	})
}
