package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// newAPIKey is an API key being added: one form over three tabs, like newGroup.
type newAPIKey struct {
	Once       string
	Template   string
	Form       apiKeyForm
	Tab        string // configuration, privileges or access: the one to draw
	Privileges privilegesForm
	Access     accessForm
	Wrong      []services.FieldError
	Notice     string
}

func readNewAPIKey(catalog *access.Catalog, form url.Values) newAPIKey {
	return newAPIKey{Once: form.Get(parts.OnceName), Template: form.Get(views.APIKeyTemplate.Name), Form: readAPIKey(form), Tab: tabOf(form),
		Privileges: readPrivileges(catalog, form), Access: readAccess(form)}
}

// APIKeyNew is the page that adds a key; Configuration opens first.
func (h Pages) APIKeyNew(c echo.Context) error {
	n := readNewAPIKey(h.Console.Catalog(), nil)
	n.Once = h.Console.NewFormToken()
	n.Form.Expires = words.DayInFigures(words.LastDay(services.ProposedEnd(h.Console.Now())))
	return h.drawNewAPIKey(c, n, http.StatusOK)
}

// APIKeyCreate adds the key and shows its secret, or draws the tab that a button asked for.
func (h Pages) APIKeyCreate(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	n := readNewAPIKey(h.Console.Catalog(), values)
	if redraws(c, values) {
		return h.drawNewAPIKey(c, n, http.StatusOK)
	}
	if wrong := n.wrongTab(h.Console.Catalog()); wrong != "" {
		n.Tab = wrong
		return h.drawNewAPIKey(c, n, http.StatusUnprocessableEntity)
	}
	issued, err := h.Console.AddAPIKey(c.Request().Context(), caller(c), services.NewAPIKey{Once: n.Once, Template: n.Template,
		APIKeyConfiguration: n.Form.configuration(h.Console.Now()), Privileges: n.Privileges.given(), Access: n.Access.given()})
	if err != nil {
		return h.newAPIKeyRefused(c, n, err)
	}
	return h.showSecret(c, issued, issued.Name+" added", withAdded(siteOf(caller(c).Organization.Key).apiKeys(), issued.Key))
}

// chosen tells whether the privileges are chosen one by one; without a template nothing is yet.
func (n newAPIKey) chosen(catalog *access.Catalog) bool {
	template := catalog.Template(n.Template)
	return template != nil && template.Chosen()
}

// wrongTab is the tab with something that could not be read.
func (n newAPIKey) wrongTab(catalog *access.Catalog) string {
	switch {
	case len(n.Privileges.Wrong) > 0 && n.chosen(catalog):
		return privilegesTab
	case len(n.Access.wrong()) > 0:
		return accessTab
	}
	return ""
}

// newAPIKeyRefused opens the tab where something is to be done.
func (h Pages) newAPIKeyRefused(c echo.Context, n newAPIKey, cause error) error {
	wrong := wrongIn(cause)
	var high services.TooHigh
	switch {
	case apiKeyControls.showAny(wrong):
		n.Tab, n.Wrong = configurationTab, wrong
	case refusesAccess(&n.Access, cause):
		n.Tab = accessTab
	case errors.As(cause, &high) && !n.chosen(h.Console.Catalog()):
		n.Tab, n.Wrong = configurationTab, []services.FieldError{{Field: "Template", Text: templateLock(h.Console.Catalog(), high.Excess)}}
	case refusesPrivileges(cause):
		n.Tab = privilegesTab
	default:
		return h.sentBefore(c, cause)
	}
	return h.drawNewAPIKey(c, n, http.StatusUnprocessableEntity)
}

func (h Pages) drawNewAPIKey(c echo.Context, n newAPIKey, status int) error {
	by := caller(c)
	if n.Tab == privilegesTab && !n.chosen(h.Console.Catalog()) {
		n.Tab, n.Notice = configurationTab, "The template sets what the key may do. To set privileges yourself, choose a template that leaves them open."
	}
	page, err := h.page(c, n.place())
	if err != nil {
		return err
	}
	switch n.Tab {
	case privilegesTab:
		view, err := h.newAPIKeyPrivileges(c.Request().Context(), by, page, n)
		if err != nil {
			return err
		}
		return Render(c, status, view.Component())
	case accessTab:
		view, err := h.newAPIKeyAccess(c, page, n)
		if err != nil {
			return err
		}
		return Render(c, status, view.Component())
	}
	view, err := h.newAPIKeyConfiguration(by, page, n)
	if err != nil {
		return err
	}
	return Render(c, status, view.Component())
}

func (n newAPIKey) place() place {
	return place{Domain: access.APIKeysDomain, Title: "Add an API key", Crumbs: []parts.Link{{Label: "Add an API key"}},
		Lead: "Name the application that uses it, and choose who can edit it. The next page shows its secret once.",
		Tabs: []parts.Tab{
			{Label: "Configuration", Submit: configurationTab, Current: n.Tab != privilegesTab && n.Tab != accessTab},
			{Label: "Privileges", Submit: privilegesTab, Current: n.Tab == privilegesTab},
			{Label: "Access", Submit: accessTab, Current: n.Tab == accessTab},
		}}
}

// carried are the values of the Configuration tab, for the tabs that don't show them.
func (n newAPIKey) carried(on string) []parts.Hidden {
	return append([]parts.Hidden{onTab(on), {Name: parts.OnceName, Value: n.Once}, views.APIKeyTemplate.Hidden(n.Template)}, n.Form.hidden()...)
}

func (h Pages) newAPIKeyConfiguration(by services.Caller, page views.Page, n newAPIKey) (views.APIKeyConfiguration, error) {
	offers, err := h.Console.KeyTemplates(by)
	if err != nil {
		return views.APIKeyConfiguration{}, err
	}
	s := siteOf(by.Organization.Key)
	view := views.APIKeyConfiguration{Page: page, Action: s.addAPIKey(), Submit: "Add API key", Cancel: s.apiKeys(), Notice: n.Notice,
		Hidden:    slices.Concat([]parts.Hidden{onTab(configurationTab), {Name: parts.OnceName, Value: n.Once}}, n.Privileges.hidden(h.Console.Catalog()), n.Access.hidden()),
		Templates: templateChoice(h.Console.Catalog(), offers, n)}
	h.apiKeyFields(&view, n.Form, n.Wrong)
	view.Templates.Error = take(view.Errors, views.APIKeyTemplate.Name)
	return view, nil
}

func templateChoice(catalog *access.Catalog, offers []services.TemplateOffer, n newAPIKey) *views.TemplateChoice {
	choice := &views.TemplateChoice{}
	for _, offer := range offers {
		o := views.TemplateOption{Value: offer.Key, Label: offer.Name, Privacy: privacyWord(&offer.KeyTemplate), Grants: grantWords(catalog, &offer.KeyTemplate),
			Checked: offer.Key == n.Template}
		if len(offer.Beyond) > 0 {
			o.Locked = templateLock(catalog, offer.Beyond)
		}
		choice.Options = append(choice.Options, o)
	}
	return choice
}

// templateLock says why a template can't be used.
func templateLock(catalog *access.Catalog, beyond []access.Excess) string {
	return "You can’t use it: " + words.Beyond(catalog, beyond) + "."
}

// grantWords say what a key of the template holds. Where that is still to be chosen, they say what it can't hold.
func grantWords(catalog *access.Catalog, t *access.KeyTemplate) string {
	var held, barred []string
	for _, d := range catalog.Domains() {
		if p := t.Privileges[d.Key]; p.Level != access.LevelNone {
			held = append(held, words.Domain(d)+": "+words.Privilege(d, p))
		}
		if t.Forbids(d) {
			barred = append(barred, words.Domain(d))
		}
	}
	if rest := len(barred) - 5; rest > 0 {
		barred = append(barred[:5], words.Number(rest)+" more")
	}
	if t.Chosen() {
		return "You choose its privileges on the Privileges tab. It can’t have privileges on " + words.Or(barred) + "."
	}
	return strings.Join(held, " · ")
}

func (h Pages) newAPIKeyPrivileges(ctx context.Context, by services.Caller, page views.Page, n newAPIKey) (views.PrivilegesTab, error) {
	which := services.Holder{Kind: access.APIKey, Template: n.Template}
	view, err := h.newPrivilegesTab(ctx, by, which, n.Privileges, "Add API key")
	if err != nil {
		return views.PrivilegesTab{}, err
	}
	s := siteOf(by.Organization.Key)
	view.Page, view.Action, view.Preview = page, s.addAPIKey(), s.apiKeys()+"/-/preview"
	view.Hidden = append(n.carried(privilegesTab), n.Access.hidden()...)
	return view, nil
}

func (h Pages) newAPIKeyAccess(c echo.Context, page views.Page, n newAPIKey) (views.AccessTab, error) {
	s := siteOf(caller(c).Organization.Key)
	return h.newAccess(c, page, access.APIKeysDomain, n.Access, addition{s.addAPIKey(), s.apiKeys() + "/-/preview", "Add API key"},
		append(n.carried(accessTab), n.Privileges.hidden(h.Console.Catalog())...))
}

// PreviewNewAPIKey answers the save bar of the tab that is open while a key is being added.
func (h Pages) PreviewNewAPIKey(c echo.Context) error {
	values, err := postForm(c)
	if err != nil {
		return err
	}
	by, n := caller(c), readNewAPIKey(h.Console.Catalog(), values)
	if n.Tab == accessTab {
		view, err := h.newAPIKeyAccess(c, views.Page{}, n)
		if err != nil {
			return err
		}
		return Render(c, http.StatusOK, view.Fragment())
	}
	view, err := h.newAPIKeyPrivileges(c.Request().Context(), by, views.Page{}, n)
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, view.Fragment())
}
