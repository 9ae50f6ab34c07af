package handlers

import (
	"errors"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// ActivityUndo takes back what somebody saved a short while ago, and leads back to where they were told of it. What can't be undone any
// more as a whole is shown in the record to who may view it, with what can be.
func (h Pages) ActivityUndo(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	by := caller(c)
	s := siteOf(by.Organization.Key)
	back := localPath(form.Get(parts.FlashBack), string(s))
	id, _ := strconv.ParseInt(c.Param("activity"), 10, 64) // 0, which none has, where it is no number
	p := activityPage{catalog: h.Console.Catalog(), site: s, now: h.Console.Now()}
	undone, err := h.Console.Undo(c.Request().Context(), by, id)
	switch {
	case err == nil:
		visitor(c).Flash(parts.Flash{Tone: "success", Title: "Undone.", Text: p.itIsAsItWas(undone)})
		return seeOther(c, back)
	case errors.Is(err, models.ErrNotFound):
		flash(c, "warning", "Not undone.", "You can undo your own changes for "+words.Duration(services.UndoLife)+". After that, revert them in Activities.")
	case !services.KeepsFromReverting(err):
		return err
	case by.Rights.May(services.ViewActivities, 0):
		flash(c, "warning", "Not undone.", "Only part of it can still be undone. This page shows what you can revert.")
		return seeOther(c, p.reverting(id))
	default:
		flash(c, "warning", "Not undone.", p.revertRefusal(err))
	}
	return seeOther(c, back)
}

// itIsAsItWas says what is as it was, and when: "The group is as it was before your change at 14:31 UTC."
func (p activityPage) itIsAsItWas(e services.Event) string {
	what := "The " + p.noun(e.ListedUnder())
	switch e.Subject() {
	case models.SubjectGroup:
		what = "The " + words.Groups.One
	case models.SubjectMember:
		what = "Everything" // one member or many
	case models.SubjectOrganization, models.SubjectSetting:
		what = "The organization"
	}
	return what + " is as it was before your change at " + words.Clock(e.At) + " UTC."
}
