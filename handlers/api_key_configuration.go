package handlers

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// apiKeyControls are where the tab shows the fields of an API key.
var apiKeyControls = controls{"Template": views.APIKeyTemplate, "Name": views.APIKeyName, "Description": views.APIKeyDescription,
	"Expires": views.APIKeyExpires, "Allow": views.APIKeyAllow, "Deny": views.APIKeyDeny}

// apiKeyFields puts typed values and what is wrong with them into the Configuration tab.
func (h Pages) apiKeyFields(view *views.APIKeyConfiguration, f apiKeyForm, wrong []services.FieldError) {
	view.Name, view.Description, view.Expires = views.APIKeyName.Field(), views.APIKeyDescription.Area(), h.keyEnd(f.Expires)
	view.Allow, view.Deny = views.APIKeyAllow.Area(), views.APIKeyDeny.Area()
	view.Name.Value, view.Name.Required, view.Name.Autocomplete = f.Name, true, "off"
	view.Name.Help = "Name the application that uses it. At most " + words.Characters.Count(services.MaxName) + "."
	view.Description.Value, view.Description.Lines = f.Description, 2
	view.Description.Help = "Where is it used, and who answers questions about it? At most " + words.Characters.Count(services.MaxDescription) + "."
	view.Allow.Value, view.Allow.Lines, view.Allow.Code = f.Allow, 3, true
	view.Allow.Help = "One address or network per line, such as 192.0.2.1, 10.0.0.0/8 or 2001:db8::/32. Leave it empty to allow all."
	view.Deny.Value, view.Deny.Lines, view.Deny.Code = f.Deny, 3, true
	view.Deny.Help = "These have no access, even if you allow them above."
	view.Errors = fieldErrors(wrong, apiKeyControls.find)
	mark(view.Errors, &view.Name, &view.Expires)
	markAreas(view.Errors, &view.Description, &view.Allow, &view.Deny)
}

// keyEnd is the field for the day on which a key ends.
func (h Pages) keyEnd(typed string) parts.Field {
	now := h.Console.Now().UTC()
	latest, field := services.LatestKeyEnd(now), views.APIKeyExpires.Field()
	field.Value, field.Type, field.Required = typed, "date", true
	field.Min, field.Max = words.DayInFigures(now), words.DayInFigures(words.LastDay(latest))
	field.Help = words.UntilThatDay("It works") + " At most a year from now: " + words.Date(words.LastDay(latest)) + "."
	return field
}

// apiKeyPlace is the frame of a key's tabs.
func apiKeyPlace(by services.Caller, k services.APIKeyDetail, tab string) place {
	s := siteOf(by.Organization.Key)
	return place{Domain: access.APIKeysDomain, Thing: k.ID, Title: k.Name, Crumbs: []parts.Link{{Label: k.Name}}, Lead: apiKeyLead(k),
		Actions: []parts.Link{explainLink(s, k.Grantee().Ref())}, Tabs: apiKeyTabs(by, k.Key, tab)}
}

// apiKeyTabs are the tabs of the API key with the key, one of them open.
func apiKeyTabs(by services.Caller, key, tab string) []parts.Tab {
	here := siteOf(by.Organization.Key).apiKey(key)
	return withPeople(by, []parts.Tab{
		{Label: "Configuration", Href: here, Current: tab == configurationTab},
		{Label: "Privileges", Href: here + "/privileges", Current: tab == privilegesTab},
		{Label: "Access", Href: here + "/access", Current: tab == accessTab},
	}, here+"/people", tab)
}

func apiKeyLead(k services.APIKeyDetail) string {
	if k.Editable() {
		return "You can edit this API key."
	}
	return "You can view this API key, not edit it."
}

// APIKeyEdit is the Configuration tab of a key.
func (h Pages) APIKeyEdit(c echo.Context) error {
	k, err := h.Console.APIKey(c.Request().Context(), caller(c), c.Param("key"))
	if err != nil {
		return err
	}
	view, err := h.apiKeyConfiguration(c, k, formOfKey(k.APIKey), "", nil)
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, view.Component())
}

func (h Pages) apiKeyConfiguration(c echo.Context, k services.APIKeyDetail, form apiKeyForm, seen revision, wrong []services.FieldError) (views.APIKeyConfiguration, error) {
	by := caller(c)
	page, err := h.page(c, apiKeyPlace(by, k, configurationTab))
	if err != nil {
		return views.APIKeyConfiguration{}, err
	}
	s := siteOf(by.Organization.Key)
	view := views.APIKeyConfiguration{Page: page, Action: s.apiKey(k.Key), Submit: "Save", Cancel: s.apiKeys(), Facts: h.apiKeyFacts(k),
		Hidden: []parts.Hidden{seen.field(k.Revision)}}
	if !k.Editable() {
		view.ReadOnly = words.YouNeed("change this API key", access.Edit, "it")
		view.Activity = activityLink(by, k.Rights, access.APIKeysDomain, k.ID)
	}
	h.apiKeyFields(&view, form, wrong)
	if k.ExpiresAt == nil {
		view.Expires.Required = false
		view.Expires.Help = "It has no end. To set one, choose a day within a year. " + words.UntilThatDay("It then works")
	}
	return view, nil
}

// apiKeyFacts are what is known about a key, of its secret only what tells it from others.
func (h Pages) apiKeyFacts(k services.APIKeyDetail) []parts.Fact {
	now := h.Console.Now()
	facts := []parts.Fact{{Term: "Key", Value: k.Key}, {Term: "Status", Value: statusMark(k.Status(now)).Word},
		{Term: "Template", Value: subLine(templateName(k.Template), privacyWord(k.Template))}}
	secret := "None yet. Choose Rotate to make one."
	if k.SecretHash != "" {
		secret = "bwk_" + k.PublicID + "_…" + k.LastFour
	}
	facts = append(facts, parts.Fact{Term: "Secret", Value: secret})
	if until := k.PreviousUntil; until != nil && now.Before(*until) {
		facts = append(facts, parts.Fact{Term: "Old secret works until", Value: words.Minute(*until), DateTime: momentOf(*until).ISO})
	}
	created, changed := when(k.CreatedAt, now), when(k.ModifiedAt, now)
	facts = append(facts, parts.Fact{Term: "Created", Value: created.Text + byWords(k.CreatedBy), DateTime: created.ISO},
		parts.Fact{Term: "Last change", Value: changed.Text + byWords(k.ModifiedBy), DateTime: changed.ISO})
	if k.LastUsedAt == nil {
		return append(facts, parts.Fact{Term: "Last used", Value: "Never"})
	}
	return append(facts, parts.Fact{Term: "Last used", Value: words.Ago(*k.LastUsedAt, now), DateTime: when(*k.LastUsedAt, now).ISO})
}

// APIKeyUpdate saves the Configuration tab.
func (h Pages) APIKeyUpdate(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	by, key := caller(c), c.Param("key")
	form, seen := readAPIKey(values), revision(values.Get(parts.RevisionName))
	change := services.APIKeyChange{Revision: seen.number(), APIKeyConfiguration: form.configuration(h.Console.Now())}
	if err := h.Console.UpdateAPIKey(c.Request().Context(), by, key, change); err != nil {
		return h.apiKeyRefused(c, form, seen, err)
	}
	flash(c, "success", "API key saved.", "")
	return seeOther(c, siteOf(by.Organization.Key).apiKey(key))
}

// apiKeyRefused shows the tab again with what was typed.
func (h Pages) apiKeyRefused(c echo.Context, form apiKeyForm, seen revision, cause error) error {
	wrong, conflict := apiKeyProblems(h.Console.Catalog(), cause), stale(cause)
	if len(wrong) == 0 && !conflict && !resuming(c) {
		return cause
	}
	k, err := h.Console.APIKey(c.Request().Context(), caller(c), c.Param("key"))
	if err != nil {
		return err
	}
	status := drawnStatus(c, http.StatusUnprocessableEntity)
	if conflict {
		seen, status = "", http.StatusConflict
	}
	view, err := h.apiKeyConfiguration(c, k, form, seen, wrong)
	if err != nil {
		return err
	}
	if conflict {
		view.Conflict = apiKeyConflict(k.APIKey, form, h.Console.Now())
	}
	return Render(c, status, view.Component())
}

// apiKeyProblems are what is wrong with the tab, none where there is nothing to do about it there.
func apiKeyProblems(catalog *access.Catalog, cause error) []services.FieldError {
	var at services.AtField
	var high services.TooHigh
	if errors.As(cause, &at) && errors.As(cause, &high) {
		return []services.FieldError{{Field: at.Field, Text: loosenings[at.Field] + words.Beyond(catalog, high.Excess) + "."}}
	}
	return wrongIn(cause)
}

// loosenings say what cannot be done about a restriction of a key by who holds less than it (R7, R11).
var loosenings = map[string]string{
	"Expires": "You can’t make it last longer: ",
	"Allow":   "You can allow fewer addresses, not more: ",
	"Deny":    "You can deny more addresses, not fewer: ",
}

func apiKeyConflict(k models.APIKey, yours apiKeyForm, now time.Time) *parts.Conflict {
	theirs := formOfKey(k)
	return conflictWith(k.ModifiedBy, k.ModifiedAt, now,
		parts.ConflictRow{Label: views.APIKeyName.Label, Yours: yours.Name, Theirs: theirs.Name},
		parts.ConflictRow{Label: views.APIKeyDescription.Label, Yours: yours.Description, Theirs: theirs.Description},
		parts.ConflictRow{Label: views.APIKeyExpires.Label, Yours: yours.Expires, Theirs: theirs.Expires},
		parts.ConflictRow{Label: views.APIKeyAllow.Label, Yours: listed(yours.Allow), Theirs: listed(theirs.Allow)},
		parts.ConflictRow{Label: views.APIKeyDeny.Label, Yours: listed(yours.Deny), Theirs: listed(theirs.Deny)})
}

// listed are the lines of a text within a sentence.
func listed(lines string) string { return strings.Join(strings.Fields(lines), ", ") }
