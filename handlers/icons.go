package handlers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"bailiwick/access"
	"bailiwick/models"
)

// initials are the first letters of the first and last word of a name.
func initials(name string) string {
	parts := strings.Fields(name)
	if len(parts) == 0 {
		return "?"
	}
	letters := firstLetter(parts[0])
	if len(parts) > 1 {
		letters += firstLetter(parts[len(parts)-1])
	}
	return letters
}

func firstLetter(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r))
}

// levelClass is the look of a level: push weighs as much as view.
func levelClass(l access.Level) string {
	switch l {
	case access.LevelPush, access.LevelPushAndView:
		return "view"
	}
	return l.String()
}

var domainIcons = map[access.DomainKey]string{
	"content/sources": "database", "content/extensions": "puzzle", "content/fields": "list-tree",
	"machine-learning/models": "chart-column", "search/query-pipelines": "workflow", "search/search-pages": "app-window",
	access.GroupsDomain: "users", access.APIKeysDomain: "key-round", access.ActivitiesDomain: "clock",
	access.OrganizationDomain: "building-2", access.TemporaryAccessDomain: "life-buoy",
}

// domainIcon is the picture of a domain, a plain one for domains of other catalogues.
func domainIcon(d access.DomainKey) string {
	if icon, ok := domainIcons[d]; ok {
		return icon
	}
	return "package"
}

// typeIcons are pictures of well-known types of things, by a word in the type's name. Of several the first counts. No two words that name
// different things share one, and none is that of a domain whose things have types: there it stands for the types that are not known.
var typeIcons = []struct{ word, icon string }{
	{"sharepoint", "folder-open"}, {"confluence", "book-open"}, {"wiki", "book-open"}, {"sitemap", "network"}, {"salesforce", "cloud"},
	{"drive", "hard-drive"}, {"jira", "square-kanban"}, {"servicenow", "wrench"}, {"file", "file-text"}, {"youtube", "video"}, {"video", "video"},
	{"exchange", "mail"}, {"mail", "mail"}, {"rss", "rss"}, {"database", "server"}, {"sql", "server"}, {"catalog", "shopping-cart"},
	{"shop", "shopping-cart"}, {"slack", "bell"}, {"twitter", "message-circle"}, {"zendesk", "life-buoy"}, {"image", "image"}, {"push", "upload"},
	{"suggestion", "text-search"}, {"document", "file-text"}, {"model", "brain"}, {"web", "globe"}, {"date", "clock"}, {"string", "tag"},
	{"cloud", "cloud"},
}

// resourceIcon is the picture of a resource: that of its type where it is known, else that of its domain.
func resourceIcon(r models.Resource) string {
	kind := strings.ToLower(r.Type)
	for _, known := range typeIcons {
		if strings.Contains(kind, known.word) {
			return known.icon
		}
	}
	return domainIcon(r.Domain)
}
