package handlers

import (
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/words"
)

// The files of the lists that have no page of code of their own for them. Each asks what its page asks.

func (s site) apiKeysCSV() string                     { return s.apiKeys() + "/-/csv" }
func (s site) invitationsCSV() string                 { return s.invitations() + "/-/csv" }
func (s site) resourcesCSV(d access.DomainKey) string { return s.domain(d) + "/-/csv" }
func (s site) temporaryAccessesCSV() string           { return s.temporaryAccesses() + "/-/csv" }
func (s site) activityCSV() string                    { return s.activity() + "/-/csv" }
func (s site) mailsCSV() string                       { return s.mails() + "/-/csv" }

const ownRequestsCSVPath = ownRequestsPath + ".csv"

// APIKeyListCSV is the API keys page as a file.
func (h Pages) APIKeyListCSV(c echo.Context) error {
	by, q := caller(c), readKeyQuery(c)
	return h.sendListCSV(c, "api-keys", q, func(page models.Page) (csvRows, error) {
		asked := apiKeyQuery(q, page)
		asked.Only = onlyKeys(q.picks)
		list, err := h.Console.APIKeys(c.Request().Context(), by, asked)
		return apiKeyCSV(h.Console.Catalog(), list, h.Console.Now()), err
	})
}

func apiKeyCSV(catalog *access.Catalog, list services.APIKeyList, now time.Time) csvRows {
	head := []string{"Name", "Key", "Status", "Template", "Privacy", "Created by", "Created (UTC)", "Expires (UTC)", "Last used (UTC)"}
	return csvOf(list.Listing, head, func(k models.APIKey) []string {
		template := catalog.Template(k.Template)
		return []string{k.Name, k.Key, statusMark(k.Status(now)).Word, templateName(template), privacyWord(template), k.CreatedBy, csvTime(k.CreatedAt),
			csvEnd(k.ExpiresAt), csvEnd(k.LastUsedAt)}
	})
}

// InvitationListCSV is the Invitations tab as a file.
func (h Pages) InvitationListCSV(c echo.Context) error {
	by, q := caller(c), readInvitationsQuery(c)
	return h.sendListCSV(c, "invitations", q, func(page models.Page) (csvRows, error) {
		list, err := h.Console.Invitations(c.Request().Context(), by, services.InvitationQuery{Page: page, Outcome: q.values[views.InvitationState.Name],
			Ends: endsWithin(q), Only: onlyOf(q.picks, invitationIDs)})
		return invitationCSV(list), err
	})
}

func invitationCSV(list services.InvitationList) csvRows {
	head := []string{"Email", "State", "Groups", "Provider", "Invited by", "Expires (UTC)", "Ended (UTC)"}
	return csvOf(list.Listing, head, func(i models.Invitation) []string {
		state, groups := i.Outcome, ""
		if state == "" && !i.Pending(list.At) {
			state = models.InvitationExpired
		}
		for _, g := range openGroups(list.Groups[i.ID]) {
			if groups != "" {
				groups += "; "
			}
			groups += g.Name
		}
		return []string{i.Email, outcomeOf(state).Word, groups, services.Provider(i.Provider).Name(), i.InviterName, csvTime(i.ExpiresAt), csvEnd(i.EndedAt)}
	})
}

// ResourceListCSV is the page of a domain's resources as a file.
func (h Pages) ResourceListCSV(c echo.Context) error {
	by, q, d := caller(c), readResourceQuery(c), domainOf(c)
	return h.sendListCSV(c, c.Param("domain"), q, func(page models.Page) (csvRows, error) {
		asked := resourceQuery(q, page)
		asked.Only = onlyKeys(q.picks)
		list, err := h.Console.Resources(c.Request().Context(), by, d, asked)
		if err != nil {
			return csvRows{}, err
		}
		return resourceCSV(list), nil
	})
}

func resourceCSV(list services.ResourceList) csvRows {
	head := []string{"Name", "Key", "Your access", "Type", "Visibility", "Owner", "Last operation", "Last operation (UTC)", "Last modified (UTC)"}
	return csvOf(list.Listing, head, func(r models.Resource) []string {
		mine := "View"
		if list.Rights.May(services.EditIn(list.Domain.Key), r.ID) {
			mine = "Edit"
		}
		return []string{r.Name, r.Key, mine, r.Type, words.Upper(r.Visibility), r.OwnerEmail, r.LastOperation, csvEnd(r.LastOperationAt), csvTime(r.ModifiedAt)}
	})
}

// TemporaryAccessListCSV is the list of temporary accesses as a file.
func (h Pages) TemporaryAccessListCSV(c echo.Context) error {
	by, q := caller(c), readAccessQuery(c)
	return h.sendCSV(c, "temporary-access", q.Page, func(page models.Page) (csvRows, error) {
		list, err := h.Console.TemporaryAccesses(c.Request().Context(), by,
			services.TemporaryAccessQuery{Page: page, Status: models.AccessStatus(q.values[views.TemporaryAccessStatus.Name])})
		return temporaryAccessCSV(list), err
	})
}

func temporaryAccessCSV(list services.TemporaryAccessList) csvRows {
	head := []string{"Requester", "Email", "Category", "Justification", "Status", "Granted (UTC)", "Ends (UTC)"}
	return csvOf(list.Listing, head, func(a models.TemporaryAccess) []string {
		return []string{a.Name, a.Email, a.CategoryName, a.Justification, accessMark(a.Status(list.At)).Word, csvTime(a.RequestedAt), csvTime(a.End())}
	})
}

// ActivityCSV is the record as a file: a line for each activity.
func (h Pages) ActivityCSV(c echo.Context) error {
	by, q := caller(c), readActivityQuery(c)
	return h.sendCSV(c, "activities", q.Page, func(page models.Page) (csvRows, error) {
		list, err := h.Console.Activities(c.Request().Context(), by, activityQuery(q, page, whenOf(q, h.Console.Now())))
		if err != nil {
			return csvRows{}, err
		}
		return activityPage{catalog: h.Console.Catalog(), query: q, list: list}.csv(), nil
	})
}

func (p activityPage) csv() csvRows {
	head := []string{"Number", "At (UTC)", "Who", "Email", "What", "Kind", "Operation", "Outcome", "From"}
	return csvOf(p.list.Listing, head, func(e services.Event) []string {
		sentence := ""
		for _, phrase := range p.sentence(e) {
			sentence += phrase.Text
		}
		return []string{csvNumber(int(e.ID)), e.At.UTC().Format(time.DateTime), e.ActorName, e.KnownEmail, sentence, p.kind(e), string(e.Operation),
			words.Upper(e.Outcome), origin(e)}
	})
}

// MailListCSV is the Mail page as a file.
func (h Pages) MailListCSV(c echo.Context) error {
	by, q := caller(c), readMailsQuery(c)
	return h.sendCSV(c, "mail", q.Page, func(page models.Page) (csvRows, error) {
		list, err := h.Console.OpenMails(c.Request().Context(), by, models.MailFilter{Page: page, State: q.values[views.MailState.Name]})
		return mailCSV(list, h.Console.Now()), err
	})
}

func mailCSV(list models.Listing[models.Mail], now time.Time) csvRows {
	head := []string{"Recipient", "Mail", "State", "Attempts", "Last error", "Asked for (UTC)"}
	return csvOf(list, head, func(m models.Mail) []string {
		return []string{m.Recipient, services.MailKindName(m.Kind), mailState(m, now), csvNumber(m.Attempts), words.Upper(m.Error), csvTime(m.CreatedAt)}
	})
}

// RequestsCSV is the list of the visitor's own requests as a file.
func (h Support) RequestsCSV(c echo.Context) error {
	q := readQuery(c, nil)
	return sendRows(c, "your-requests-"+words.DayInFigures(h.Console.Now()), q.Page, csvMost, func(page models.Page) (csvRows, error) {
		list, err := h.Console.OwnRequests(c.Request().Context(), who(c), page)
		return ownRequestsCSV(list, h.Console.LatestMoment()), err
	})
}

func ownRequestsCSV(list models.Listing[models.OwnAccess], now time.Time) csvRows {
	head := []string{"Organization", "Category", "Justification", "Description", "Status", "Asked for (UTC)", "Ends (UTC)"}
	return csvOf(list, head, func(a models.OwnAccess) []string {
		return []string{a.OrganizationName, a.CategoryName, a.Justification, a.Description, accessMark(a.Status(now)).Word, csvTime(a.RequestedAt), csvTime(a.End())}
	})
}
