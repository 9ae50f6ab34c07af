package models_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
)

func TestWhatAnActivityIsAboutHasAKindAndADomainOnlyWhereItIsAResource(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		for _, c := range []struct {
			operation models.Operation
			domain    access.DomainKey // as it was handed over
			kind      models.SubjectKind
			keeps     bool
		}{
			{models.OpGroupMemberAdded, access.GroupsDomain, models.SubjectGroup, false},
			{models.OpMemberRenamed, "", models.SubjectMember, false},
			{models.OpInvitationCreated, access.GroupsDomain, models.SubjectInvitation, false},
			{models.OpResourceUpdated, sources, models.SubjectResource, true},
			{models.OpResourceAccessChanged, sources, models.SubjectResource, true},
			{models.OpResourceAccessChanged, access.GroupsDomain, models.SubjectGroup, false},
			{models.OpResourceAccessChanged, access.APIKeysDomain, models.SubjectAPIKey, false},
			{models.OpResourceAccessChanged, access.TemporaryAccessDomain, models.SubjectRequest, false},
			{models.OpOrganizationSupportAccessTurnedOn, "", models.SubjectSetting, false},
			{"a.later-one", sources, "", true},
		} {
			ok(t, org.Append(ctx, []models.Activity{{At: store.Now(), Operation: c.operation, Outcome: models.OutcomeDone, Domain: c.domain, SubjectKind: "made-up"}}))
			got := get(org.Activities(ctx, models.ActivityFilter{}))(t).Rows[0]
			if got.SubjectKind != c.kind || got.Subject() != c.kind || got.Domain != "" && !c.keeps || c.keeps && got.Domain != c.domain {
				t.Errorf("%s in %q is kept as %q in %q", c.operation, c.domain, got.SubjectKind, got.Domain)
			}
		}
		ok(t, modelstest.VerifyActivities(ctx, org))
	})
}

// The database decides which activities a page lists, the program what it says of them: both by the same rule.
func TestActivitiesAreListedUnderTheDomainThatTheyName(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			org := before(t, database).In(1)
			for i, o := range append(models.Operations(), "a.later-one", "resource.updated") {
				a := models.Activity{At: modelstest.Start, Operation: o, Outcome: models.OutcomeDone, ResourceID: access.ResourceID(i)}
				if o.Subject() == models.SubjectResource {
					a.Domain = []access.DomainKey{sources, fields, access.GroupsDomain, access.APIKeysDomain}[i%4]
				}
				ok(t, org.Append(ctx, []models.Activity{a}))
			}
			all := get(org.Activities(ctx, models.ActivityFilter{Page: models.Page{Limit: 500}}))(t).Rows
			for _, domain := range []access.DomainKey{sources, fields, access.GroupsDomain, access.APIKeysDomain, access.TemporaryAccessDomain, access.OrganizationDomain} {
				var want []string
				for _, a := range all {
					if a.ListedUnder() == domain {
						want = append(want, fmt.Sprint(a.ID, " ", a.Operation))
					}
				}
				var got []string
				for _, a := range get(org.Activities(ctx, models.ActivityFilter{Domain: domain, Page: models.Page{Limit: 500}}))(t).Rows {
					got = append(got, fmt.Sprint(a.ID, " ", a.Operation))
				}
				if !slices.Equal(got, want) || len(want) == 0 {
					t.Errorf("under %s are listed %q, want %q", domain, got, want)
				}
			}
		})
	}
}

func TestRowsOfEarlierVersionsAreReadAsThoseOfTodayAre(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			org := before(t, database).In(1)
			var got []string
			for _, a := range get(org.Activities(ctx, models.ActivityFilter{}))(t).Rows {
				if a.DigestVersion == 2 {
					got = append(got, fmt.Sprint(a.Operation.Now(), " of a ", a.Subject(), " under ", a.ListedUnder()))
				}
			}
			want := []string{
				"resource.updated of a resource under content/sources",
				"group.member-expired of a group under organization/groups",
				"organization.entered of a organization under organization/organization",
				"subscription.started of a subscription under organization/temporary-access",
				"temporary-access.requested of a request under organization/temporary-access",
				"member.password-set of a member under organization/organization",
				"api-key.secret-rotated of a api-key under organization/api-keys",
				"invitation.created of a invitation under organization/groups",
				"member.removed of a member under organization/groups",
				"group.member-added of a group under organization/groups",
			}
			if !slices.Equal(got, want) {
				t.Errorf("they read\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}
