package handlers

import (
	"net/url"

	"bailiwick/views/parts"
)

// The tabs of a thing. While it is being added they share one form.
const (
	configurationTab = "configuration"
	membersTab       = "members"
	privilegesTab    = "privileges"
	accessTab        = "access"
	groupsTab        = "groups"
	peopleTab        = "people"
)

// tabOf is the tab of a form to draw: the one whose button was pressed, else the one that the form was sent from.
func tabOf(form url.Values) string {
	if asked := form.Get(parts.TabName); asked != "" {
		return asked
	}
	return form.Get(parts.OnName)
}

// onTab says in a form which tab it is sent from.
func onTab(tab string) parts.Hidden { return parts.Hidden{Name: parts.OnName, Value: tab} }
