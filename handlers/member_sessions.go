package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/words"
)

const sessionsTab = "sessions"

// MemberSessions is the tab of the sessions in which a member uses the organization.
func (h Pages) MemberSessions(c echo.Context) error {
	by := caller(c)
	sessions, err := h.Console.MemberSessions(c.Request().Context(), by, memberOf(c))
	if err != nil {
		return err
	}
	p := memberPlace(by, sessions.Member, sessions.Groups, sessionsTab)
	p.Lead = sessions.Member.Email + ". A session ends automatically when it is not used for " + words.Noun{One: "minute", Many: "minutes"}.Count(int(services.SessionIdle.Minutes())) + "."
	page, err := h.page(c, p)
	if err != nil {
		return err
	}
	here := siteOf(by.Organization.Key).member(sessions.Member.ID) + "/sessions"
	view := views.MemberSessions{Page: page, Caption: "Sessions of " + memberName(sessions.Member) + ", the last used first",
		End: here + "/end", EndAll: here + "/end-all", Name: memberName(sessions.Member)}
	now := h.Console.Now()
	for _, s := range sessions.Rows {
		view.Rows = append(view.Rows, views.MemberSession{ID: strconv.FormatInt(int64(s.ID), 10), Device: device(s.Device),
			Address: orElse(s.Address, "Unknown"), Used: when(s.LastUsedAt, now), Current: s.SessionID == who(c).ID})
	}
	return Render(c, http.StatusOK, view.Component())
}

// MemberSessionEnd ends one session of a member.
func (h Pages) MemberSessionEnd(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(form.Get(views.ProfileSession.Name), 10, 64)
	if err != nil {
		id = 0 // is nobody's
	}
	m, err := h.Console.EndMemberSession(c.Request().Context(), caller(c), memberOf(c), models.MemberSessionID(id))
	if err != nil {
		return err
	}
	flash(c, "success", "One session of "+services.Signature(m.Name, m.Email)+" has ended.", "")
	return seeOther(c, siteOf(caller(c).Organization.Key).member(m.ID)+"/sessions")
}

// MemberSessionsEnd ends all sessions of a member.
func (h Pages) MemberSessionsEnd(c echo.Context) error {
	m, err := h.Console.EndMemberSessions(c.Request().Context(), caller(c), memberOf(c))
	if err != nil {
		return err
	}
	flash(c, "success", services.Signature(m.Name, m.Email)+" is signed out of this organization.", "They can sign in again.")
	return seeOther(c, siteOf(caller(c).Organization.Key).member(m.ID)+"/sessions")
}
