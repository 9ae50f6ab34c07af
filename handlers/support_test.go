package handlers

import (
	"testing"
	"time"

	"bailiwick/models"
)

func TestPersonnelGiveBackOnlyWhatRuns(t *testing.T) {
	own := models.OwnAccess{TemporaryAccess: running(), OrganizationKey: "acme", OrganizationName: "Acme"}
	for name, c := range map[string]struct {
		at         time.Time
		ends       string
		enter, end string
	}{
		"runs": {noon.Add(time.Hour), "Until 4 Jan 2027, 16:00 UTC", "/o/acme", "/support/acme/requests/a9/end"},
		"over": {noon.AddDate(0, 0, 1), "Expired 4 Jan 2027, 16:00 UTC", "", ""},
	} {
		if got := ownRequest(own, c.at); got.Ends != c.ends || got.Enter != c.enter || got.End != c.end || got.Organization != "Acme" {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
