package files

import (
	"net/url"
	"strings"
)

// LinkMatch stands in a category's link for what the pattern matched in a justification.
const LinkMatch = "{match}"

// LinkPlace is where a category's link leads before anything is named: the link itself, or the host of one that leads to a single
// case; "" where it leads nowhere.
func LinkPlace(link string) string {
	place, err := url.Parse(link)
	switch {
	case err != nil || place.Host == "":
		return ""
	case strings.Contains(link, LinkMatch):
		return (&url.URL{Scheme: place.Scheme, Host: place.Host, Path: "/"}).String()
	}
	return link
}

// LinkTo is a category's link to what a justification names.
func LinkTo(link, match string) string {
	return strings.ReplaceAll(link, LinkMatch, url.PathEscape(match))
}
