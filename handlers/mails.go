package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// mailName is what the page of mails is called.
const mailName = "Mail"

// mailLinks lead to it from the organization's own page, for who may look after mails, and say how many failed.
func mailLinks(by services.Caller, failed int) []parts.Link {
	if !by.Rights.May(services.EditOrganization, 0) {
		return nil
	}
	link := parts.Link{Label: mailName, Href: siteOf(by.Organization.Key).mails(), Icon: "mail"}
	if failed > 0 {
		link.Label += " (" + words.Roughly(failed) + " not sent)"
	}
	return []parts.Link{link}
}

func readMailsQuery(c echo.Context) query {
	return readQuery(c, nil, views.MailState.Name).oneOf(views.MailState.Name, models.MailFailed, models.MailWaiting)
}

// MailList is the Mail page: what waits and what could not be sent.
func (h Pages) MailList(c echo.Context) error {
	by, q := caller(c), readMailsQuery(c)
	list, err := h.Console.OpenMails(c.Request().Context(), by, models.MailFilter{Page: q.Page, State: q.values[views.MailState.Name]})
	if err != nil {
		return err
	}
	bar, err := h.mailBar(c, q)
	if err != nil {
		return err
	}
	page, err := h.page(c, mailsPlace(by, h.Console.Mails()).withCSV(csvLink(q, siteOf(by.Organization.Key).mailsCSV())))
	if err != nil {
		return err
	}
	view := views.Mails{
		Page: page, Remark: mailRemark(h.Console.Mails()), Filters: mailFilters(siteOf(by.Organization.Key), q),
		List: mailListing(by, q, list, bar), Rows: mailRows(q, list, h.Console.Now()),
	}
	parts.Fold(&view.List, view.Rows, views.MailContent)
	return Render(c, http.StatusOK, view.Component())
}

func mailsPlace(by services.Caller, sends bool) place {
	p := place{Domain: access.OrganizationDomain, Title: mailName,
		Crumbs: []parts.Link{{Label: mailName}},
		Lead:   "Mails of " + by.Organization.Name + " that wait or could not be sent. Those that were sent are not listed."}
	if sends {
		p.Actions = []parts.Link{{Label: "Retry all not sent", Href: siteOf(by.Organization.Key).retryMails(), Icon: "refresh-cw", Post: true}}
	}
	return p
}

// mailRemark says that no mail can be sent, and what to do.
func mailRemark(sends bool) *parts.Flash {
	if sends {
		return nil
	}
	return &parts.Flash{Title: "No mail server is configured.",
		Text: "Bailiwick sends no mail: copy the links of invitations and send them yourself. Your operator sets a mail server with --smtp."}
}

func mailFilters(s site, q query) parts.Filters {
	states := views.MailState.Select([]parts.Option{
		{Label: "Any state"}, {Value: models.MailFailed, Label: "Not sent"}, {Value: models.MailWaiting, Label: "Waiting"}})
	choose(&states, q.values[views.MailState.Name])
	return parts.Filters{Action: s.mails(), Search: parts.Search{Label: "Filter by recipient", Value: q.Query},
		Selects: []parts.SelectField{states}}
}

func mailListing(by services.Caller, q query, list models.Listing[models.Mail], bar parts.ActionBar) parts.Listing {
	s := siteOf(by.Organization.Key)
	address := s.mails()
	listing := parts.Listing{
		Action: address, Hidden: q.hidden(), ActionsURL: q.here(s.mailsActions()), Bar: bar,
		Caption: "Mails of " + by.Organization.Name + " that wait or could not be sent, the newest first.",
		Columns: []parts.Column{{Label: "Recipient"}, {Label: "Mail", Class: "p3"}, {Label: "State", Class: "p2"},
			{Label: "Asked for", Class: "p2"}, views.NextAttemptColumn},
		Count: q.shown(pagedBy(list), words.Mails), Pager: q.pager(address, pagedBy(list)),
	}
	if len(list.Rows) == 0 {
		listing.Count, listing.Empty = "", noMails(q, address)
	}
	return listing
}

func noMails(q query, address string) *parts.Empty {
	if q.filtered() {
		return &parts.Empty{Icon: "search-x", Title: "No mail matches", Text: "Sent mails are not listed.",
			Action: &parts.Link{Label: "Clear filter", Href: address}}
	}
	return &parts.Empty{Icon: "mail", Title: "No mail waits", Text: "All mails were sent."}
}

func mailRows(q query, list models.Listing[models.Mail], now time.Time) []views.MailRow {
	var rows []views.MailRow
	for _, m := range list.Rows {
		key := strconv.FormatInt(int64(m.ID), 10)
		row := views.MailRow{
			Row:  parts.Row{Key: key, Name: m.Recipient, Found: markedIn(m.Recipient, q.Query), Icon: "mail", Selected: key == q.Selected},
			Kind: services.MailKindName(m.Kind), Failed: m.State == models.MailFailed, State: mailState(m, now),
			Queued: when(m.CreatedAt, now), Next: nextAttempt(m, now),
		}
		row.Sub = row.Kind + " · " + row.State
		if m.Attempts > 0 {
			row.Attempts = words.Attempts.Count(m.Attempts)
		}
		if m.Error != "" {
			row.Why = words.Upper(m.Error)
			row.Sub += ": " + m.Error
		}
		rows = append(rows, row)
	}
	return rows
}

// beingSent tells whether somebody has the mail in hand. A lease that has run out is nobody's.
func beingSent(m models.Mail, now time.Time) bool {
	return m.State == models.MailWaiting && m.LeasedUntil != nil && now.Before(*m.LeasedUntil)
}

func mailState(m models.Mail, now time.Time) string {
	switch {
	case m.State == models.MailFailed:
		return "Not sent"
	case beingSent(m, now):
		return "Being sent"
	}
	return "Waiting"
}

func nextAttempt(m models.Mail, now time.Time) string {
	switch {
	case m.State == models.MailFailed:
		return "Only with Retry now"
	case beingSent(m, now):
		return "Now"
	case !m.NextAt.After(now):
		return "As soon as possible"
	}
	return words.Upper(words.In(m.NextAt, now))
}

// MailActions answers the Action bar of a selected mail.
func (h Pages) MailActions(c echo.Context) error {
	bar, err := h.mailBar(c, readMailsQuery(c))
	return answerBar(c, bar, err)
}

// mailBar is the Action bar for the selected mail; if that was sent meanwhile, nothing is selected.
func (h Pages) mailBar(c echo.Context, q query) (parts.ActionBar, error) {
	by := caller(c)
	none := parts.ActionBar{State: "none", Hint: "Select a mail to see what you can do."}
	m, err := h.Console.OpenMail(c.Request().Context(), by, mailID(q.Selected))
	if isNotFound(err) {
		return none, nil
	}
	if err != nil {
		return parts.ActionBar{}, err
	}
	return mailActionBar(siteOf(by.Organization.Key), m, h.Console.Mails(), q, h.Console.Now()), nil
}

func mailActionBar(s site, m models.Mail, sends bool, q query, now time.Time) parts.ActionBar {
	bar := parts.ActionBar{State: "editable", Level: "edit", Word: "Can edit", Selected: q.Selected, Subject: m.Recipient, Clear: q.here(s.mails())}
	switch {
	case beingSent(m, now):
		bar.Why = "It is being sent at this moment."
	case sends:
		bar.Actions = append(bar.Actions, parts.Action{Label: "Retry now", Icon: "refresh-cw", Href: s.mail(m.ID) + "/retry", Post: true})
	default:
		bar.Why = "It can’t be sent: no mail server is configured."
	}
	if !beingSent(m, now) {
		bar.Actions = append(bar.Actions, parts.Action{Label: "Give up", Icon: "ban", Href: s.mail(m.ID) + "/give-up", Post: true, Danger: true})
	}
	bar.Announce = bar.Subject + " selected, " + words.Lower(bar.Word) + ": " + words.Actions.Count(len(bar.Actions))
	return bar
}

// mailID is the number of a mail as addresses have it; what is none belongs to no mail.
func mailID(written string) models.MailID {
	id, err := strconv.ParseInt(written, 10, 64)
	if err != nil || id < 0 || strconv.FormatInt(id, 10) != written {
		return 0
	}
	return models.MailID(id)
}

// MailRetry sends one mail again.
func (h Pages) MailRetry(c echo.Context) error {
	m, err := h.Console.RetryMail(c.Request().Context(), caller(c), mailID(c.Param("mail")))
	return mailDecided(c, m, err, "The mail to "+m.Recipient+" is tried again.", "This page shows whether it is sent.")
}

// MailGiveUp gives one mail up.
func (h Pages) MailGiveUp(c echo.Context) error {
	m, err := h.Console.GiveUpMail(c.Request().Context(), caller(c), mailID(c.Param("mail")))
	return mailDecided(c, m, err, "The mail to "+m.Recipient+" is given up.", "It will not be sent.")
}

func mailDecided(c echo.Context, m models.Mail, err error, title, text string) error {
	page := siteOf(caller(c).Organization.Key).mails()
	switch {
	case errors.Is(err, models.ErrConflict):
		flash(c, "warning", "Nothing was changed.", "The mail to "+m.Recipient+" is being sent at this moment.")
		return seeOther(c, with(page, parts.SelectedName, strconv.FormatInt(int64(m.ID), 10)))
	case err != nil:
		return err
	}
	flash(c, "success", title, text)
	return seeOther(c, page)
}

// MailRetryAll sends again all mails that could not be sent.
func (h Pages) MailRetryAll(c echo.Context) error {
	by := caller(c)
	retried, left, err := h.Console.RetryFailedMails(c.Request().Context(), by)
	if err != nil {
		return err
	}
	switch {
	case left > 0:
		flash(c, "warning", words.Noun{One: "mail is", Many: "mails are"}.Count(retried)+" tried again, "+words.Number(left)+" not.",
			"The rest are invitations. Select one and press Retry now. It needs the same privileges as inviting.")
	case retried == 0:
		flash(c, "success", "Nothing to retry.", "No mail has failed. Waiting mails are tried again automatically.")
	default:
		flash(c, "success", words.Noun{One: "mail is", Many: "mails are"}.Count(retried)+" tried again.", "This page shows whether they are sent.")
	}
	return seeOther(c, siteOf(by.Organization.Key).mails())
}
