package handlers

import (
	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
)

func (s site) groupsCSV() string { return s.groups() + "/-/csv" }

// GroupListCSV is the Groups page as a file.
func (h Pages) GroupListCSV(c echo.Context) error {
	by, q := caller(c), readGroupQuery(c)
	return h.sendListCSV(c, "groups", q, func(page models.Page) (csvRows, error) {
		if only := onlyKeys(q.picks); only != nil {
			list, err := h.Console.GroupsOf(c.Request().Context(), by, only)
			return groupCSV(h.Console.Catalog(), list), err
		}
		list, err := h.Console.Groups(c.Request().Context(), by, groupFilter(h.Console, q, page))
		return groupCSV(h.Console.Catalog(), list), err
	})
}

func groupCSV(catalog *access.Catalog, list services.GroupList) csvRows {
	head := []string{"Name", "Key", "Description", "Kind", "Members", "Invitations", "Identity sets", "Privileges held", "Last used (UTC)", "Last change (UTC)"}
	return csvOf(list.Listing, head, func(g models.Group) []string {
		kind, set := "Custom", list.Sets[access.GranteeID(g.ID)]
		if g.BuiltIn != "" {
			kind = "Built-in"
		}
		return []string{g.Name, g.Key, g.Description, kind, csvNumber(g.Members), csvNumber(g.Invitations), csvNumber(g.IdentitySets),
			csvNumber(set.Held(catalog)), csvTime(g.LastUsed()), csvTime(g.ModifiedAt)}
	})
}
