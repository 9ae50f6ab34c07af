package services_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// inGroups are the keys of a member's groups.
func (p people) isIn(name, group string) (in bool, until *time.Time) {
	p.t.Helper()
	found, err := p.scope().GroupsOfMemberByKeys(context.Background(), p.member(name).PersonID, []string{group})
	must(p.t, err)
	return found[0].Joined, found[0].ExpiresAt
}

func TestRevertedMembershipsAreAsBefore(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, administrator := context.Background(), p.by("administrator")
		end := p.clock.Now().AddDate(0, 1, 0).Truncate(time.Minute)
		add := func(until *time.Time) models.Activity {
			_, err := p.AddMember(ctx, administrator, "outdoors", services.NewMembership{Email: "reader@example.com", Until: until})
			must(t, err)
			return p.lastActivity(models.OpGroupMemberAdded)
		}
		added := add(&end)
		if got := toldLines(p.reversal("administrator", added)); got != "Reader (reader@example.com) "+end.Format(time.RFC3339)+">" {
			t.Errorf("added: %q", got)
		}
		p.revert("administrator", added)
		if in, _ := p.isIn("reader", "outdoors"); in {
			t.Error("still in the group")
		}
		removed := p.lastActivity(models.OpGroupMemberRemoved)
		p.revert("administrator", removed) // the revert of the revert, with the end
		if in, until := p.isIn("reader", "outdoors"); !in || until == nil || !until.Equal(end) {
			t.Errorf("in the group: %t, until %v", in, until)
		}
		if got := toldLines(p.reversal("administrator", added)); got != "Reader (reader@example.com) "+end.Format(time.RFC3339)+"> changed again" {
			t.Errorf("changed again: %q", got)
		}
		must(t, saveGroups(p, "administrator", "reader", services.MembershipChoice{Key: "outdoors", In: true}))
		changed := p.lastActivity(models.OpGroupMemberEndChanged)
		p.revert("administrator", changed)
		if in, until := p.isIn("reader", "outdoors"); !in || until == nil || !until.Equal(end) {
			t.Errorf("in the group: %t, until %v", in, until)
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// saveGroups saves a member's Groups tab.
func saveGroups(p people, by, member string, choices ...services.MembershipChoice) error {
	m := p.member(member)
	_, err := p.SaveMemberGroups(context.Background(), p.by(by), m.ID, services.MemberGroupsDraft{Revision: m.Revision, Choices: choices})
	return err
}

// Attack: somebody brings back by reverting whom they could not add (R7), takes out the last administrator (R8), or makes somebody leave.
func TestRevertingMembershipsIsJudgedAsChangingThem(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, administrator := context.Background(), p.by("administrator")
		apply(t, p.Console, `version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: keepers, name: Keepers, privileges: {content/sources: {level: custom, edit: [jira]}, organization/activities: view, organization/groups: edit, organization/organization: view}}
members:
  - {email: second@example.com, name: Second, groups: [administrators, readers]}
`, services.ApplyOptions{})
		_, err := p.RemoveMember(ctx, administrator, "readers", "second@example.com")
		must(t, err)
		removed := p.lastActivity(models.OpGroupMemberRemoved)
		if got := toldLines(p.reversal("alone", removed)); got != "Second (second@example.com) >member beyond" {
			t.Errorf("beyond the caller: %q", got)
		}
		if _, err := p.Revert(ctx, p.by("alone"), removed.ID, p.reversal("alone", removed).Shown); !errors.As(err, &services.TooHigh{}) {
			t.Errorf("reverted beyond the caller: %v", err)
		}
		_, err = p.AddMember(ctx, administrator, "outdoors", services.NewMembership{Email: "second@example.com"})
		must(t, err)
		added := p.lastActivity(models.OpGroupMemberAdded)
		_, err = p.RemoveMember(ctx, administrator, "administrators", "second@example.com")
		must(t, err)
		var confirm services.NeedsConfirmation
		if shown := p.reversal("administrator", added); !errors.As(shown.Refused, &confirm) || confirm.Of != services.ConfirmLeave {
			t.Errorf("the last group: %v", shown.Refused)
		}
		_, err = p.RemoveMember(ctx, administrator, "outdoors", "second@example.com")
		must(t, err)
		if shown := p.reversal("administrator", removed); !errors.As(shown.Refused, &services.HasLeft{}) {
			t.Errorf("somebody who has left: %v", shown.Refused)
		}
	})
}

func TestRevertedConfigurationIsAsBefore(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, administrator := context.Background(), p.by("administrator")
		must(t, p.UpdateGroup(ctx, administrator, "readers", services.GroupChange{
			Revision: p.tab("administrator", ofGroup("readers"), services.PrivilegesDraft{}).Holder().Revision, Name: "Lectors", Description: "They read."}))
		p.revert("administrator", p.lastActivity(models.OpGroupRenamed))
		if got := p.tab("administrator", ofGroup("readers"), services.PrivilegesDraft{}).Group; got.Name != "Readers" || got.Description != "" {
			t.Errorf("the group is %q, %q", got.Name, got.Description)
		}

		update := func(change services.ResourceConfiguration) models.Activity {
			r, err := p.scope().Resource(ctx, "content/sources", "wiki")
			must(t, err)
			must(t, p.UpdateResource(ctx, administrator, "content/sources", "wiki", services.ResourceChange{Revision: r.Revision, ResourceConfiguration: change}))
			return p.lastActivity(models.OpResourceUpdated)
		}
		first := update(services.ResourceConfiguration{Name: "Encyclopedia", Type: "Web", Visibility: models.VisibilitySecured, Owner: "reader@example.com"})
		update(services.ResourceConfiguration{Name: "Encyclopedia", Type: "Pages", Visibility: models.VisibilitySecured, Owner: "reader@example.com"})
		shown := p.reversal("administrator", first)
		if got, want := toldLines(shown), "name Encyclopedia>Wiki; type Pages> changed again; visibility secured>shared; owner reader@example.com>"; got != want {
			t.Errorf("shown %q, want %q", got, want)
		}
		p.revert("administrator", first)
		r, err := p.scope().Resource(ctx, "content/sources", "wiki")
		must(t, err)
		if r.Name != "Wiki" || r.Type != "Pages" || r.Visibility != models.VisibilityShared || r.OwnerID != nil {
			t.Errorf("the source is %+v", r)
		}
		_, err = p.SetAPIKeyEnabled(ctx, administrator, "connector", false)
		must(t, err)
		p.revert("administrator", p.lastActivity(models.OpAPIKeyDeactivated))
		if k := p.key("connector"); !k.Enabled {
			t.Error("the key is disabled")
		}
		must(t, modelstest.VerifyActivities(ctx, p.scope()))
	})
}

// A name that another thing has meanwhile stays, and all else is reverted.
func TestRevertLeavesWhatNobodyCouldSave(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, administrator := context.Background(), p.by("administrator")
		r, err := p.scope().Resource(ctx, "content/sources", "wiki")
		must(t, err)
		must(t, p.UpdateResource(ctx, administrator, "content/sources", "wiki", services.ResourceChange{Revision: r.Revision,
			ResourceConfiguration: services.ResourceConfiguration{Name: "Encyclopedia", Visibility: models.VisibilitySecured}}))
		_, err = p.AddResource(ctx, administrator, "content/sources", services.NewResource{ResourceConfiguration: services.ResourceConfiguration{Name: "Wiki", Visibility: models.VisibilityPrivate}})
		must(t, err)
		a := p.lastActivity(models.OpResourceUpdated)
		if got, want := toldLines(p.reversal("administrator", a)), "name Encyclopedia>Wiki refused; visibility secured>shared"; got != want {
			t.Errorf("shown %q, want %q", got, want)
		}
		p.revert("administrator", a)
	})
}

func TestRevertedAccessIsAsBefore(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, which := context.Background(), services.ResourceRef{Domain: "content/sources", Key: "wiki"}
		save := func(choices map[string]bool) models.Activity {
			draft := services.AccessDraft{}
			tab, err := p.AccessTab(ctx, p.by("administrator"), which, draft)
			must(t, err)
			draft.Revision = tab.Resource.Revision
			for _, row := range tab.Rows {
				if edit, chosen := choices[row.Grantee.Key]; chosen {
					draft.Choices = append(draft.Choices, services.AccessChoice{Kind: row.Grantee.Kind, Key: row.Grantee.Key, Edit: edit, Revision: row.Revision})
				}
			}
			_, err = p.SaveAccess(ctx, p.by("administrator"), which, draft)
			must(t, err)
			return p.lastActivity(models.OpResourceAccessChanged)
		}
		first := save(map[string]bool{"readers": true, "outdoors": true, "connector": true})
		save(map[string]bool{"outdoors": false})
		if got, want := toldLines(p.reversal("administrator", first)), "Connector edit>view; Outdoors view>view already; Readers edit>view"; got != want {
			t.Errorf("shown %q, want %q", got, want)
		}
		p.revert("administrator", first)
		if got := p.holds("readers"); got != "edit, custom web" {
			t.Errorf("the readers hold %q", got)
		}
		again := p.lastActivity(models.OpResourceAccessChanged)
		p.revert("administrator", again)
		if got := p.holds("readers"); got != "edit, custom web wiki" {
			t.Errorf("the readers hold %q", got)
		}
	})
}
