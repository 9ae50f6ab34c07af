package handlers

import (
	"errors"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// keepMembership is where somebody decides that a membership stays; it has a number, since memberships have no key.
func (s site) keepMembership(id int64) string {
	return s.temporaryAccesses() + "/-/memberships/" + strconv.FormatInt(id, 10) + "/keep"
}

// takenAway is what people lost under an access, each with a link to the activities of the thing.
func takenAway(s site, taken services.TakenAway) (all []views.Taken, more string) {
	for _, t := range taken.Rows {
		line := views.Taken{At: shortMoment(t.At), Text: t.Text}
		if t.ID != 0 {
			line.Href = s.activityOf(t.Domain, t.ID)
		}
		all = append(all, line)
	}
	if rest := taken.Rest(); rest != "" {
		more = "and " + rest + " more: see the activities."
	}
	return all, more
}

// broughtInID is where the page says what there is to decide about.
const broughtInID = "brought-in"

// broughtIn is what there is to decide about the memberships that came about through temporary access; nil where there is
// nothing. A notice at the top of the page leads to it.
func broughtIn(by services.Caller, list services.BroughtInList) *views.BroughtIn {
	if list.Total == 0 {
		return nil
	}
	s := siteOf(by.Organization.Key)
	section := &views.BroughtIn{ID: broughtInID, Count: words.Roughly(list.Total),
		Notice: parts.Notice{Tone: "warning", Title: words.Memberships.Roughly(list.Total) + " came about through temporary access.",
			Text: "Personnel can no longer add people. Decide below who stays."}}
	for _, b := range list.Rows {
		how := "Added by "
		if b.Invited {
			how = "Invited by "
		}
		row := views.BroughtInRow{
			Name: orElse(b.Name, b.Email), Email: b.Email, Group: b.GroupName, GroupHref: with(s.members(b.GroupKey), parts.SelectedName, b.Email),
			Since: shortMoment(b.Since), By: how + subLine(b.By, b.ByEmail), Marks: markWords(b.Marks),
		}
		if b.ExpiresAt != nil {
			row.Until = shortMoment(*b.ExpiresAt)
		}
		if b.Keepable {
			row.Keep = s.keepMembership(b.ID)
		} else {
			row.Why = words.YouNeed("keep it", access.Edit,
				"Temporary access and on the group, and all that the group holds, for as long as the membership lasts")
		}
		section.Rows = append(section.Rows, row)
	}
	if rest := list.Total - len(list.Rows); rest > 0 {
		section.More = "These are the newest. Decide about them to see the others."
	}
	return section
}

// MembershipKeep decides that a membership which came about through temporary access stays.
func (h Pages) MembershipKeep(c echo.Context) error {
	by, written := caller(c), c.Param("membership")
	id, err := strconv.ParseInt(written, 10, 64)
	if err != nil || strconv.FormatInt(id, 10) != written {
		id = 0 // that of none: the service refuses who may not ask, and finds nothing for the others (R15)
	}
	kept, err := h.Console.KeepMembership(c.Request().Context(), by, id)
	switch {
	case errors.Is(err, services.ErrDecided):
		flash(c, "warning", "Nothing was done.", "The membership has ended, or somebody has already decided.")
	case err != nil:
		return err
	default:
		flash(c, "success", services.Signature(kept.Name, kept.Email)+" stays in "+kept.GroupName+".", "The activity records your decision.")
	}
	return seeOther(c, siteOf(by.Organization.Key).temporaryAccesses())
}
