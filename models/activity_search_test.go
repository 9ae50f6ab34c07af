package models_test

import (
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// Activities are found by who did it, what, to whom and on what, by words in any order, by what their lines say, and with all filters
// at once; so are those that an earlier version wrote, once their words are made.
func TestActivitiesAreFoundByWords(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org, other := modelstest.Organization(t, store, "acme"), modelstest.Organization(t, store, "other")
		boss := modelstest.Person(t, store, "boss@example.com")
		happened := func(name, by string, o models.Operation, outcome string, d access.DomainKey, after string) models.Activity {
			return models.Activity{At: store.Now(), ActorKind: "member", ActorID: int64(boss.ID), ActorName: by, ActorEmail: strings.ToLower(by) + "@example.com",
				Operation: o, Outcome: outcome, Domain: d, ResourceName: name, ResourceKey: strings.ToLower(name), After: after}
		}
		all := []models.Activity{
			happened("École", "Boss", models.OpGroupRenamed, models.OutcomeDone, "", `{"name":"Schule"}`),
			happened("École", "Boss", models.OpGroupMemberAdded, models.OutcomeDone, "", `{"member":"new@example.com","person":"Newcomer"}`),
			happened("École", "Boss", models.OpGroupMemberAdded, models.OutcomeRefused, "", `{"reason":"no","member":"late@example.com"}`),
			happened("Web", "Deputy", models.OpResourceAccessChanged, models.OutcomeDone, sources, `{"access":{"group:a":{"id":1,"name":"Readers","level":"edit"}}}`),
			happened("Web", "Deputy", models.OpResourceDeleted, models.OutcomeDone, sources, ""),
		}
		again := slices.Clone(all)
		ok(t, org.Append(ctx, all))
		ok(t, other.Append(ctx, again))
		said := map[string]models.Said{
			"gave": {Operations: []models.Operation{models.OpResourceAccessChanged}}, "allowed": {Refused: true},
			"deleted": {Operations: []models.Operation{models.OpResourceDeleted, models.OpGroupDeleted}},
		}
		check := func(t *testing.T) {
			t.Helper()
			for typed, want := range map[string]string{
				"ecole boss": "2 1 0", "schule": "0", "newcomer ecole": "1", "late@example": "2", "readers web": "3", "gave readers": "3",
				"deputy deleted": "4", "allowed": "2", "allowed ecole": "2", "deleted ecole": "", "group.member": "2 1", "": "4 3 2 1 0", "nothing": "",
			} {
				var got []string
				found := get(org.Activities(ctx, models.ActivityFilter{Page: models.Page{Query: typed}, Said: said}))(t).Rows
				for _, a := range found {
					got = append(got, string(rune('0'+slices.IndexFunc(all, func(b models.Activity) bool { return a.Operation == b.Operation && a.Outcome == b.Outcome }))))
				}
				if strings.Join(got, " ") != want {
					t.Errorf("%q finds %v, want %s", typed, got, want)
				}
				if n := get(org.CountActivities(ctx, typed, said))(t); n != len(found) {
					t.Errorf("%q: %d are counted, %d found", typed, n, len(found))
				}
			}
			for name, c := range map[string]struct {
				f    models.ActivityFilter
				want int
			}{
				"who":            {models.ActivityFilter{Named: "DEP"}, 2},
				"who and words":  {models.ActivityFilter{Named: "deputy", Page: models.Page{Query: "readers"}}, 1},
				"what and words": {models.ActivityFilter{Domain: sources, Page: models.Page{Query: "web"}}, 2},
				"all at once":    {models.ActivityFilter{Domain: access.GroupsDomain, Actor: &boss.ID, Refused: true, Page: models.Page{Query: "late"}}, 1},
				"none of it all": {models.ActivityFilter{Domain: sources, Actor: &boss.ID, Refused: true, Page: models.Page{Query: "web"}}, 0},
			} {
				if found := get(org.Activities(ctx, c.f))(t).Rows; len(found) != c.want {
					t.Errorf("%s: %d, want %d", name, len(found), c.want)
				}
			}
		}
		check(t)
		ok(t, models.Exec(ctx, store, "UPDATE activities SET words = ''"))
		ok(t, store.FillKeys(ctx))
		check(t)
		ok(t, modelstest.VerifyActivities(ctx, org))
	})
}

// However much happened since, what few activities say is found, and what many say to the end.
func TestActivitiesAreFoundFarBack(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		all := make([]models.Activity, models.WalkLimit+60)
		for i := range all {
			all[i] = models.Activity{At: store.Now(), ActorName: "Boss", Operation: models.OpGroupRenamed, Outcome: models.OutcomeDone, ResourceName: "Late"}
		}
		for i := range 40 {
			all[i].ActorName, all[i].ResourceName = "Deputy", "Early"
		}
		ok(t, org.Append(ctx, all))
		for name, f := range map[string]models.ActivityFilter{
			"words": {Page: models.Page{Query: "early"}}, "who": {Named: "deputy"}, "both": {Page: models.Page{Query: "early renamed"}, Named: "Deputy"},
			"in all": {Page: models.Page{Query: "early group"}, Domain: access.GroupsDomain},
		} {
			if l := get(org.Activities(ctx, f))(t); len(l.Rows) != 40 || l.Next != "" || l.Looked != 0 {
				t.Errorf("%s: %d found, next %q, looked at %d", name, len(l.Rows), l.Next, l.Looked)
			}
		}
		if l := get(org.Activities(ctx, models.ActivityFilter{Page: models.Page{Query: "boss renamed"}}))(t); len(l.Rows) != 50 || l.Next == "" {
			t.Errorf("of many: %d found, next %q", len(l.Rows), l.Next)
		}
	})
}

// While the words of earlier rows are being made, their own texts are looked through.
func TestActivitiesWithoutWordsAreFoundMeanwhile(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		ok(t, models.Exec(ctx, store, "DELETE FROM keys WHERE list = 'activities'"))
		ok(t, org.Append(ctx, []models.Activity{{At: store.Now(), ActorName: "Boss", Operation: models.OpGroupRenamed, Outcome: models.OutcomeDone, ResourceName: "Makers"}}))
		ok(t, models.Exec(ctx, store, "UPDATE activities SET words = ''"))
		page := models.Page{Query: "makers boss"}
		if found := get(org.Activities(ctx, models.ActivityFilter{Page: page}))(t).Rows; len(found) != 1 || get(org.CountActivities(ctx, page.Query, nil))(t) != 1 {
			t.Errorf("found %v", found)
		}
	})
}

// Mails and requests are found by the words of names and addresses, a mail only while it is open.
func TestMailsAndRequestsAreFoundByWords(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		_, visit := newVisitor(t, org, "zoe", store.Now())
		number := org.ID()
		for _, to := range []string{"zoe.first@example.com", "zoe.second@example.com"} {
			ok(t, store.QueueMail(ctx, &models.Mail{OrganizationID: &number, Recipient: to, MessageID: to, CreatedAt: store.Now()}))
		}
		check := func(mails int) {
			t.Helper()
			for typed, want := range map[string]int{"example zoe": mails, "second": 1, "econ": 1, "nobody": 0} {
				if found := get(org.OpenMails(ctx, models.MailFilter{Page: models.Page{Query: typed}}))(t).Rows; len(found) != want {
					t.Errorf("%q finds %d mails, want %d", typed, len(found), want)
				}
			}
			for typed, want := range map[string]int{"zoe": 1, "visitor": 1, "example zo": 1, "nobody": 0} {
				found := get(org.TemporaryAccesses(ctx, models.TemporaryAccessFilter{Page: models.Page{Query: typed}}))(t).Rows
				if len(found) != want || want == 1 && found[0].ID != visit.ID {
					t.Errorf("%q finds %d requests, want %d", typed, len(found), want)
				}
			}
		}
		check(2)
		for _, table := range []string{"mails", "temporary_accesses"} {
			ok(t, models.Exec(ctx, store, "UPDATE "+table+" SET words = ''"))
		}
		ok(t, store.FillKeys(ctx))
		check(2)
		ok(t, models.Exec(ctx, store, "UPDATE mails SET ended_at = ? WHERE recipient LIKE '%first%'", store.Now()))
		check(1)
		ok(t, store.DeleteMails(ctx, store.Now().AddDate(1, 0, 0)))
		check(1)
	})
}
