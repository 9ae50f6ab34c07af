package handlers

import (
	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
)

func (s site) memberListCSV() string { return s.memberList() + "/-/csv" }

// MemberListCSV is the Members page as a file.
func (h Pages) MemberListCSV(c echo.Context) error {
	by, q := caller(c), readMembersQuery(c)
	return h.sendListCSV(c, "members", q, func(page models.Page) (csvRows, error) {
		asked := memberQuery(q, page)
		asked.Only = onlyOf(q.picks, memberIDs)
		list, err := h.Console.Members(c.Request().Context(), by, asked)
		return memberCSV(list), err
	})
}

func memberCSV(list services.MemberList) csvRows {
	head := []string{"Name", "Email"}
	if list.Detailed {
		head = append(head, "First group", "Groups", "Status", "Provider", "Last used (UTC)")
	}
	return csvOf(list.Listing, head, func(m models.Member) []string {
		line := []string{memberName(m), m.Email}
		if list.Detailed {
			first, status := list.First[m.PersonID], "Active"
			if m.SuspendedAt != nil {
				status = "Suspended"
			}
			line = append(line, first.Name, csvNumber(first.Total), status, services.Provider(m.Provider).Name(), csvTime(m.LastUsed()))
		}
		return line
	})
}
