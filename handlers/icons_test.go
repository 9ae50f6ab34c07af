package handlers

import (
	"testing"

	"bailiwick/models"
)

func TestInitialsAreThoseOfTheFirstAndLastWord(t *testing.T) {
	for name, want := range map[string]string{"John Smith": "JS", "administrator": "A", "Social Media Sources Manager": "SM", "": "?", "Éva de Wit": "ÉW"} {
		if got := initials(name); got != want {
			t.Errorf("%q has the initials %q, want %q", name, got, want)
		}
	}
}

// Lists of sources are told apart by their pictures, so no two types share one, and none looks like a type that is not known.
func TestEachTypeOfThingsHasItsOwnPicture(t *testing.T) {
	unknown := resourceIcon(models.Resource{Domain: "content/sources", Type: "something-else"})
	seen := map[string]string{unknown: "a type that is not known"}
	for _, kind := range []string{
		"sharepoint-online", "confluence-cloud", "sitemap", "salesforce", "google-drive", "jira-cloud", "servicenow", "file-system", "youtube",
		"exchange", "rss", "database", "catalog", "slack", "twitter", "zendesk", "push", "query-suggestion", "web", "date", "string",
	} {
		icon := resourceIcon(models.Resource{Domain: "content/sources", Type: kind})
		if other, taken := seen[icon]; taken {
			t.Errorf("%s has the picture %q of %s", kind, icon, other)
		}
		seen[icon] = kind
	}
	if unknown != domainIcon("content/sources") {
		t.Errorf("a type that is not known has the picture %q", unknown)
	}
}
