package handlers

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

var apiKeySorts = []string{"name", "created", "expires", "used"}

func readKeyQuery(c echo.Context) query {
	return readQuery(c, apiKeySorts, views.APIKeyStatus.Name, views.Unused.Name).oneOf(views.Unused.Name, unusedWords()...).oneOf(views.APIKeyStatus.Name,
		string(models.KeyEnabled), string(models.KeyExpiring), string(models.KeyDisabled), string(models.KeyExpired)).manyPicked(c)
}

// apiKeyQuery is what of the list to read.
func apiKeyQuery(q query, page models.Page) services.APIKeyQuery {
	return services.APIKeyQuery{Page: page, Status: models.KeyStatus(q.values[views.APIKeyStatus.Name]), Unused: unusedFor(q)}
}

// APIKeyList is the API keys page.
func (h Pages) APIKeyList(c echo.Context) error {
	return h.apiKeyList(c, http.StatusOK, func(*views.APIKeys) {})
}

// askAboutAPIKey draws the list with a question about one key over it.
func (h Pages) askAboutAPIKey(c echo.Context, confirm parts.Confirm) error {
	return h.apiKeyList(c, http.StatusOK, func(page *views.APIKeys) { page.Confirm = &confirm })
}

// apiKeyList draws the list; open puts a question over it.
func (h Pages) apiKeyList(c echo.Context, status int, open func(*views.APIKeys)) error {
	by, q := caller(c), readKeyQuery(c)
	if key := c.Param("key"); key != "" {
		q = q.asked(key)
	}
	list, err := h.Console.APIKeys(c.Request().Context(), by, apiKeyQuery(q, q.page()))
	if err != nil {
		return err
	}
	q = q.over(apiKeyKeys(list.Rows))
	bar, err := h.apiKeyBar(c, &q)
	if err != nil {
		return err
	}
	bar = q.picks.told(bar)
	where := apiKeysPlace(by)
	where.Tabs = domainTabs(by, h.Console.Catalog().Domain(access.APIKeysDomain), "")
	page, err := h.page(c, where.withCSV(csvLink(q, siteOf(by.Organization.Key).apiKeysCSV())))
	if err != nil {
		return err
	}
	s := siteOf(by.Organization.Key)
	view := views.APIKeys{
		Page: page, Warning: keyWarning(s, q, list.Expiring), Filters: apiKeyFilters(s, q), List: apiKeyListing(by, q, list, bar),
		Rows: apiKeyRows(h.Console.Catalog(), s, q, list, h.Console.Now()),
	}
	parts.Fold(&view.List, view.Rows, views.APIKeyContent)
	open(&view)
	return Render(c, status, view.Component())
}

func apiKeyKeys(rows []models.APIKey) []string {
	keys := make([]string, len(rows))
	for i, k := range rows {
		keys[i] = k.Key
	}
	return keys
}

func apiKeysPlace(by services.Caller) place {
	p := place{Domain: access.APIKeysDomain, Title: "API keys",
		Lead: "An API key gives an application its own privileges. The secret is shown once, when you add the key."}
	if by.Rights.May(services.CreateAPIKey, 0) {
		p.Actions = []parts.Link{{Label: "Add API key", Href: siteOf(by.Organization.Key).addAPIKey(), Icon: "plus", Kind: parts.Primary}}
	}
	return p
}

// keyStatuses are the words and tones of the statuses, in the order of the filter.
var keyStatuses = []struct {
	status models.KeyStatus
	mark   parts.Status
}{
	{models.KeyEnabled, parts.Status{Tone: "success", Word: "Active"}},
	{models.KeyExpiring, parts.Status{Tone: "warning", Word: "Expiring soon"}},
	{models.KeyDisabled, parts.Status{Tone: "off", Word: "Deactivated"}},
	{models.KeyExpired, parts.Status{Tone: "danger", Word: "Expired"}},
}

func statusMark(status models.KeyStatus) parts.Status {
	for _, s := range keyStatuses {
		if s.status == status {
			return s.mark
		}
	}
	return parts.Status{}
}

// keyWarning says how many keys end soon, nil for none.
func keyWarning(s site, q query, expiring int) *views.KeyWarning {
	if expiring == 0 {
		return nil
	}
	days := words.Duration(models.KeyWarning)
	warning := &views.KeyWarning{Title: words.Noun{One: "key expires", Many: "keys expire"}.Count(expiring) + " within " + days + ".",
		Text: "For applications that still need a key, set a later date under Edit, or add a new key."}
	if q.values[views.APIKeyStatus.Name] != string(models.KeyExpiring) {
		warning.Show = &parts.Link{Label: "Show them", Href: with(s.apiKeys(), views.APIKeyStatus.Name, string(models.KeyExpiring), parts.SortName, "expires")}
	}
	return warning
}

func apiKeyFilters(s site, q query) parts.Filters {
	statuses := views.APIKeyStatus.Select([]parts.Option{{Label: "Any status"}})
	for _, status := range keyStatuses {
		statuses.Options = append(statuses.Options, parts.Option{Value: string(status.status), Label: status.mark.Word})
	}
	choose(&statuses, q.values[views.APIKeyStatus.Name])
	f := parts.Filters{Action: s.apiKeys(), Search: parts.Search{Label: "Filter API keys", Value: q.Query}, Selects: []parts.SelectField{statuses, unusedFilter(q)}}
	f.Hidden = append(q.order(), q.letGo()...)
	return f
}

func apiKeyListing(by services.Caller, q query, list services.APIKeyList, bar parts.ActionBar) parts.Listing {
	s := siteOf(by.Organization.Key)
	address := s.apiKeys()
	listing := parts.Listing{
		Action: address, Hidden: q.hidden(), ActionsURL: q.here(s.apiKeysActions()), Bar: bar,
		Caption: "API keys of " + by.Organization.Name + ".",
		Columns: []parts.Column{
			q.column(address, "API key", "name", "", true), {Label: "Status"}, {Label: "Template", Class: "p2"}, {Label: "Privacy", Class: "p3"},
			views.CreatedByColumn, q.column(address, "Created", "created", "p4", false),
			q.column(address, "Expires", "expires", "p2", false), q.column(address, "Last used", "used", "p3", false),
		},
		Count: q.count(pagedBy(list.Listing), list.Total, words.APIKeys),
		Pager: q.manyPager(address, pagedBy(list.Listing), apiKeyKeys(list.Rows)), Many: q.picks.listed(apiKeyKeys(list.Rows), words.APIKeys),
	}
	if len(list.Rows) == 0 {
		listing.Empty = apiKeysEmpty(by, q, list, address)
	}
	return listing
}

func apiKeysEmpty(by services.Caller, q query, list services.APIKeyList, address string) *parts.Empty {
	if q.filtered() || list.Total > 0 {
		return noneMatch(q, address, words.APIKeys, list.Total)
	}
	empty := &parts.Empty{Icon: domainIcon(access.APIKeysDomain), Title: "No API keys yet", Text: "People who may add API keys find the button here."}
	if by.Rights.May(services.CreateAPIKey, 0) {
		empty.Text = "Add one for each application, with only the privileges that it needs."
		empty.Action = &parts.Link{Label: "Add API key", Href: siteOf(by.Organization.Key).addAPIKey(), Icon: "plus", Kind: parts.Primary}
	}
	return empty
}

func apiKeyRows(catalog *access.Catalog, s site, q query, list services.APIKeyList, now time.Time) []views.APIKeyRow {
	var rows []views.APIKeyRow
	for _, k := range list.Rows {
		template := catalog.Template(k.Template)
		row := views.APIKeyRow{
			Row: parts.Row{Key: k.Key, Name: k.Name, Found: markedIn(k.Name, q.Query), Icon: domainIcon(access.APIKeysDomain), Href: s.apiKey(k.Key), Many: true, Selected: q.picks.has(k.Key),
				Sub: subLine(templateName(template), "expires "+words.Lower(endDay(k.ExpiresAt).Text)), ReadOnly: !list.Rights.May(services.EditAPIKey, k.ID)},
			Status: statusMark(k.Status(now)), Template: templateName(template), Privacy: privacyWord(template), CreatedBy: k.CreatedBy,
			Created: when(k.CreatedAt, now), Expires: endDay(k.ExpiresAt), LastUsed: parts.When{Text: "Never"},
		}
		if k.LastUsedAt != nil {
			row.LastUsed = when(*k.LastUsedAt, now)
		}
		rows = append(rows, row)
	}
	return rows
}

// templateName is the template that a key was made from, none where the catalogue no longer has it (R17).
func templateName(t *access.KeyTemplate) string {
	if t == nil {
		return "None"
	}
	return t.Name
}

func privacyWord(t *access.KeyTemplate) string {
	if t != nil && t.Public {
		return "Public"
	}
	return "Private"
}
