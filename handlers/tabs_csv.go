package handlers

import (
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// The files of tabs.

func (s site) membersCSV(key string) string                { return s.members(key) + ".csv" }
func (s site) groupsOfMemberCSV(id models.MemberID) string { return s.groupsOfMember(id) + ".csv" }

// GroupMembersCSV is the Members tab of a group as a file: the invited, then the members, as the tab lists them.
func (h Pages) GroupMembersCSV(c echo.Context) error {
	ctx, by, key, q := c.Request().Context(), caller(c), c.Param("group"), readGroupMembersQuery(c)
	invited := func(page models.Page) (csvRows, error) {
		list, err := h.Console.GroupInvitations(ctx, by, key, page)
		return groupInvitedCSV(list), err
	}
	members := func(page models.Page) (csvRows, error) {
		list, err := h.Console.GroupMembers(ctx, by, key, page)
		return groupMembersCSV(list, h.Console.Now()), err
	}
	read := joinedLists(invited, members)
	only, show := onlyKeys(q.picks), q.values[views.GroupMembersShow.Name]
	switch {
	case only != nil:
		read = joinedLists(func(models.Page) (csvRows, error) {
			list, err := h.Console.GroupInvitationsOf(ctx, by, key, invitedIDs(only))
			return groupInvitedCSV(list), err
		}, func(models.Page) (csvRows, error) {
			list, err := h.Console.GroupMembersOf(ctx, by, key, memberIDs(only))
			return groupMembersCSV(list, h.Console.Now()), err
		})
	case show == onlyInvited:
		read = invited
	case show == onlyMembers || q.picks.all: // all that can be selected so are members
		read = members
	}
	return h.sendListCSV(c, "members-of-"+key, q, read)
}

var groupMembersHead = []string{"Name", "Email", "Status", "Provider", "Since (UTC)", "Ends (UTC)", "Invited by"}

func groupInvitedCSV(list services.InvitationList) csvRows {
	return csvOf(list.Listing, groupMembersHead, func(i models.Invitation) []string {
		return []string{"", i.Email, "Invited", services.Provider(i.Provider).Name(), csvTime(i.CreatedAt), csvTime(i.ExpiresAt), i.InviterName}
	})
}

func groupMembersCSV(list services.GroupMembers, now time.Time) csvRows {
	return csvOf(list.Listing, groupMembersHead, func(m models.Membership) []string {
		status := badge(m, now)
		if m.SuspendedAt != nil {
			status = "Suspended"
		}
		return []string{orElse(m.Name, m.Email), m.Email, status, services.Provider(list.Providers[m.PersonID]).Name(), csvTime(m.Since), csvEnd(m.ExpiresAt), ""}
	})
}

// MemberGroupsCSV is the Groups tab of a member as a file: what is stored, without what is chosen on the tab.
func (h Pages) MemberGroupsCSV(c echo.Context) error {
	by, id := caller(c), memberOf(c)
	draft := placeOfMemberGroups(c.QueryParams()).draft()
	return h.sendCSV(c, "groups-of-member", draft.Page, func(page models.Page) (csvRows, error) {
		draft.Page = page
		tab, err := h.Console.MemberGroupsTab(c.Request().Context(), by, id, draft)
		if err != nil {
			return csvRows{}, err
		}
		rows := memberGroupsCSV(h.Console.Catalog(), tab)
		local, _, _ := strings.Cut(tab.Member.Email, "@")
		rows.Name = "groups-of-" + local
		return rows, nil
	})
}

func memberGroupsCSV(catalog *access.Catalog, tab services.MemberGroupsTab) csvRows {
	head := []string{"Group", "Key", "Member", "Ends (UTC)", "Privileges held"}
	return csvOf(tab.Listing, head, func(g models.MemberGroup) []string {
		member, end := "No", ""
		if g.In(tab.At) {
			member, end = "Yes", csvEnd(g.ExpiresAt)
		}
		return []string{g.Name, g.Key, member, end, csvNumber(tab.Sets[g.Grantee().ID].Held(catalog))}
	})
}

// memberGroupsFile is the button for what the tab shows.
func memberGroupsFile(s site, id models.MemberID, form memberGroupsForm) parts.Link {
	link := csvLink(query{}, s.groupsOfMemberCSV(id))
	if at := form.address().Encode(); at != "" {
		link.Href += "?" + at
	}
	return link
}
