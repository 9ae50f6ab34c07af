package handlers

import (
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// APIKeyActions answers the Action bar of a selected key.
func (h Pages) APIKeyActions(c echo.Context) error {
	q := readKeyQuery(c)
	bar, err := h.apiKeyBar(c, &q)
	return answerBar(c, bar, err)
}

// apiKeyBar is the Action bar for the selected keys. A selection that does not exist (any more) is none.
func (h Pages) apiKeyBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by := caller(c)
	domain := h.Console.Catalog().Domain(access.APIKeysDomain)
	none := parts.ActionBar{State: "none", Hint: q.picks.hint("Select API keys to see what you can do.")}
	if q.picks.several() {
		if bar, err := h.manyAPIKeysBar(c, q); err != nil || bar.Subject != "" {
			return bar, err
		}
	}
	k, err := h.Console.APIKeyActions(c.Request().Context(), by, q.Selected)
	if isNotFound(err) {
		return none, nil
	}
	if err != nil {
		return parts.ActionBar{}, err
	}
	s := siteOf(by.Organization.Key)
	sel := selection{Key: k.Key, Name: k.Name, ID: k.ID, Clear: q.here(s.apiKeys()), Why: s.why(access.APIKeysDomain, k.Key)}
	return actionBar(k.Rights, domain, sel, q.keepPlace(s.apiKey(k.Key), apiKeyActions(h.Console.Catalog(), s, k))), nil
}

// apiKeyActions are the entries of the Action bar of API keys. Some would give the viewer what the key holds. Where that goes
// beyond their own privileges (R7, R9) these are missing, and the first of them says why.
func apiKeyActions(catalog *access.Catalog, s site, k services.APIKeyActions) []action {
	here := s.apiKey(k.Key)
	rotate := action{Label: "Rotate", Icon: "refresh-cw", Href: here + "/rotate", Need: services.EditAPIKey}
	duplicate := action{Label: "Duplicate", Icon: "copy", Href: here + "/duplicate", Need: services.CreateAPIKey, OfDomain: true}
	toggle := action{Label: "Activate", Icon: "circle-play", Href: here + "/activate", Need: services.EditAPIKey, Post: true}
	if k.Enabled {
		toggle = action{Label: "Deactivate", Icon: "circle-pause", Href: here + "/deactivate", Need: services.EditAPIKey, Post: true}
	}
	all := []action{openAction(k.Rights, catalog.Domain(access.APIKeysDomain), k.ID, here)}
	switch {
	case len(k.Refusal.Beyond) > 0:
		all = append(all, blocked(catalog, k.APIKeyDetail, k.Refusal.Beyond, duplicate, rotate, toggle)...)
	case len(k.Refusal.Giving) > 0: // a copy gets the end that the key has not
		all = append(all, duplicate)
		all = append(all, blocked(catalog, k.APIKeyDetail, k.Refusal.Giving, action{}, rotate, toggle)...)
	case k.Refusal.Equal:
		duplicate.Missing = "You can’t duplicate it: it holds as many privileges as you do."
		all = append(all, duplicate, toggle, rotate)
	default:
		all = append(all, duplicate, toggle, rotate)
	}
	all = append(all, action{Label: "Delete", Icon: "trash-2", Href: here + "/delete", Need: services.EditAPIKey, Danger: true})
	all = append(all, activityActions(s, k.Rights, access.APIKeysDomain, k.ID)...)
	if k.Editable() { // else the bar holds View alone, and the page that it opens leads there
		all = append(all, explainAction(s, k.Grantee().Ref(), services.ViewAPIKeys))
	}
	return all
}

// blocked are the actions on a key that holds more than the viewer: switching it off is left, and the reason for the rest.
func blocked(catalog *access.Catalog, k services.APIKeyDetail, beyond []access.Excess, duplicate, rotate, toggle action) []action {
	var verbs []string
	reason := duplicate
	if duplicate.Label != "" && k.Rights.May(services.CreateAPIKey, 0) {
		verbs = append(verbs, "duplicate")
	}
	if k.Editable() {
		reason = rotate
		verbs = append(verbs, "rotate")
		if !k.Enabled {
			verbs = append(verbs, "activate")
		}
	}
	if len(verbs) == 0 {
		return nil
	}
	reason.Missing = "You can’t " + words.Or(verbs) + " it: " + words.Beyond(catalog, beyond) + "."
	if k.Enabled {
		return []action{toggle, reason}
	}
	return []action{reason}
}

// APIKeyActivate switches a key on.
func (h Pages) APIKeyActivate(c echo.Context) error {
	return h.switchAPIKey(c, true, "activated.", "Applications can use it again.")
}

// APIKeyDeactivate switches a key off.
func (h Pages) APIKeyDeactivate(c echo.Context) error {
	return h.switchAPIKey(c, false, "deactivated.", "Applications can’t use it until somebody activates it again.")
}

func (h Pages) switchAPIKey(c echo.Context, enabled bool, done, text string) error {
	by, key := caller(c), c.Param("key")
	name, err := h.Console.SetAPIKeyEnabled(c.Request().Context(), by, key, enabled)
	if err != nil {
		return err
	}
	flash(c, "success", name+" "+done, text)
	return seeOther(c, readKeyQuery(c).around(siteOf(by.Organization.Key).apiKeys(), key))
}

// APIKeyDeleteAsk asks before a key is deleted, above the list.
func (h Pages) APIKeyDeleteAsk(c echo.Context) error {
	k, err := h.Console.APIKeyDeletion(c.Request().Context(), caller(c), c.Param("key"))
	if err != nil {
		return err
	}
	s, q := siteOf(caller(c).Organization.Key), readKeyQuery(c)
	return h.askAboutAPIKey(c, parts.Confirm{
		Title: "Delete " + k.Name + "?", Button: "Delete API key", Danger: true,
		Text: []string{lastUseWords(k.APIKey, h.Console.Now()), "Applications that use it lose access."}, Final: words.Final("To stop it for a time, deactivate it."),
		Action: q.here(s.apiKey(k.Key) + "/delete"), Cancel: q.around(s.apiKeys(), k.Key),
	})
}

func lastUseWords(k models.APIKey, now time.Time) string {
	if k.LastUsedAt == nil {
		return "It was never used."
	}
	return "It was last used " + words.Ago(*k.LastUsedAt, now) + "."
}

// APIKeyDelete deletes a key.
func (h Pages) APIKeyDelete(c echo.Context) error {
	by := caller(c)
	name, err := h.Console.DeleteAPIKey(c.Request().Context(), by, c.Param("key"))
	if err != nil {
		return err
	}
	flash(c, "success", name+" deleted.", "Its secret no longer works.")
	return seeOther(c, readKeyQuery(c).here(siteOf(by.Organization.Key).apiKeys()))
}
