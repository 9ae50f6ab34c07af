package handlers

import (
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
)

func TestAnAccessThatEndedSaysHowAndThatItStaysSo(t *testing.T) {
	for _, c := range []struct {
		access models.TemporaryAccess
		status models.AccessStatus
		says   string
	}{
		{models.TemporaryAccess{}, models.StatusExpired, "It has expired, and can’t be reactivated."},
		{models.TemporaryAccess{EndedBy: "Administrator"}, models.StatusRevoked, "It was revoked by Administrator, and can’t be reactivated."},
		{models.TemporaryAccess{EndedBy: "Support Agent"}, models.StatusEnded, "Its holder gave it back, and can’t be reactivated."},
		{models.TemporaryAccess{EndedBy: "Operator", Reason: services.ReasonWithdrawn}, models.StatusRevoked,
			"It was revoked by Operator because the vendor no longer allows it, and can’t be reactivated."},
	} {
		if says := endedAccess(c.access, c.status); says != c.says {
			t.Errorf("%s: %q, want %q", c.status, says, c.says)
		}
	}
}

func TestActionBarOfAnAccessOffersRevokeWhereItCanBeRevoked(t *testing.T) {
	catalog := files.DefaultCatalog()
	rights := func(level access.Level) access.Rights {
		return access.Resolve(catalog, []access.Grant{{Domain: access.OrganizationDomain, Level: access.LevelView},
			{Domain: access.TemporaryAccessDomain, Level: level}}, nil, time.Time{})
	}
	for _, c := range []struct {
		level     access.Level
		status    models.AccessStatus
		revocable bool
		word      string
		labels    []string
		why       string
	}{
		{access.LevelEdit, models.StatusActive, true, "Can edit", []string{"Details", "Revoke"}, ""},
		{access.LevelEdit, models.StatusExpired, false, "Expired", []string{"Details"}, "It has expired, and can’t be reactivated."},
		{access.LevelEdit, models.StatusRevoked, false, "Revoked", []string{"Details"}, "It was revoked, and can’t be reactivated."},
		{access.LevelEdit, models.StatusEnded, false, "Ended", []string{"Details"}, "Its holder gave it back, and can’t be reactivated."},
		{access.LevelView, models.StatusActive, false, "View only", []string{"Details"}, "To revoke it, you need Edit on Organization / Temporary access."},
	} {
		bar := accessBar(siteOf("acme"), catalog, rights(c.level), services.SelectedAccess{Status: c.status, Revocable: c.revocable})
		var labels []string
		for _, a := range bar.Actions {
			labels = append(labels, a.Label)
		}
		if !slices.Equal(labels, c.labels) || bar.Why != c.why || bar.Word != c.word {
			t.Errorf("%s, %s: %q, %q, %q", c.level, c.status, bar.Word, labels, bar.Why)
		}
	}
}
