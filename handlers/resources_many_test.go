package handlers

import (
	"testing"

	"bailiwick/access"
	"bailiwick/services"
)

func TestADeletionNamesTheEditorListsThatTheViewerMaySee(t *testing.T) {
	buyers, writers := access.Grantee{Kind: access.Group, Name: "Buyers"}, access.Grantee{Kind: access.Group, Name: "Writers"}
	crawler := access.Grantee{Kind: access.APIKey, Name: "Crawler"}
	both, groups, none := services.ResourcesReview{SeesGroups: true, SeesKeys: true}, services.ResourcesReview{SeesGroups: true}, services.ResourcesReview{}
	for _, c := range []struct {
		review services.ResourcesReview
		lists  []access.Grantee
		want   string
	}{
		{both, nil, "Its configuration. It is on no editor list."},
		{both, []access.Grantee{buyers}, "Its configuration, and its place on the editor list of Buyers."},
		{both, []access.Grantee{buyers, writers, crawler}, "Its configuration, and its place on the editor lists of Buyers, Writers and Crawler."},
		{both, []access.Grantee{buyers, writers, crawler, buyers, writers}, "Its configuration, and its place on the editor lists of Buyers, Writers, Crawler and 2 more."},
		{groups, []access.Grantee{buyers, crawler}, "Its configuration, and its place on the editor lists of Buyers and 1 more."},
		{none, []access.Grantee{buyers, crawler}, "Its configuration, and its place on 2 editor lists."},
	} {
		if got := whatGoesWithIt(c.review, services.ChosenResource{Lists: c.lists}); got != c.want {
			t.Errorf("reads %q, want %q", got, c.want)
		}
	}
}
