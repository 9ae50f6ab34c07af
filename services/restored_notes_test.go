package services_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"bailiwick/services"
	"bailiwick/services/files"
)

// What no export of an organization tells is named, so that nothing comes back unseen.
func TestARestoredBackupNamesWhatNoExportTells(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		_, err := v.Invite(ctx, v.by("administrator"), services.NewInvitations{Provider: services.ProviderPassword, Emails: []string{"gone@example.org"}, Groups: []string{"readers"}})
		must(t, err)
		found, err := v.CheckRestored(ctx, services.Newer{})
		must(t, err)
		notes := strings.Join(found.Organizations[0].Notes, "\n")
		for _, want := range []string{
			"support access is on, a second factor is not required",
			"the invitation of gone@example.org into readers, by Administrator (administrator@example.com), is pending, also if it was revoked since",
		} {
			if !strings.Contains(notes, want) {
				t.Errorf("the notes don’t say %q:\n%s", want, notes)
			}
		}
		if found.Differs() || found.Vendor.Compared || !slices.Contains(found.Vendor.Listed, "operator@vendor.example") || !slices.Contains(found.Vendor.Listed, "agent@vendor.example") {
			t.Errorf("of the operator’s file it says %+v", found.Vendor)
		}
	})
}

func TestARestoredBackupIsComparedWithANewerOperatorsFile(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		compare := func(text string) services.RestoredVendor {
			file, problems := files.ReadOperator("newer.yaml", []byte(text), v.Catalog())
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			found, err := v.CheckRestored(context.Background(), services.Newer{Operator: file})
			must(t, err)
			if found.Differs() != (len(found.Vendor.Back) > 0) {
				t.Errorf("differs %t with %q", found.Differs(), found.Vendor.Back)
			}
			return found.Vendor
		}
		if same := compare(operatorFile); !same.Compared || len(same.Back) > 0 {
			t.Errorf("of the same file came back %q", same.Back)
		}
		newer := strings.Replace(operatorFile, "operators: [operator@vendor.example]\n", "operators: [other@vendor.example]\n", 1)
		if got := compare(newer).Back; !slices.Equal(got, []string{"operator operator@vendor.example"}) {
			t.Errorf("came back %q", got)
		}
	})
}
