package handlers

import (
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// readAPIKeyCopy reads what the copy of a key is to be called, and when it ends.
func readAPIKeyCopy(form url.Values, now time.Time) services.APIKeyCopy {
	as := services.APIKeyCopy{Once: form.Get(parts.OnceName), Copy: readCopy(form)}
	end, problem := readLastDay(form.Get(views.APIKeyExpires.Name), services.LatestKeyEnd(now))
	as.Expires, as.Unread = end, wrongOnce(nil, services.FieldError{Field: "Expires", Text: problem})
	return as
}

// APIKeyDuplicateAsk asks what the copy of a key is to be called, above the list.
func (h Pages) APIKeyDuplicateAsk(c echo.Context) error { return h.askAPIKeyCopy(c, nil, nil) }

func (h Pages) askAPIKeyCopy(c echo.Context, typed url.Values, cause error) error {
	by := caller(c)
	copied, err := h.Console.APIKeyDuplication(c.Request().Context(), by, c.Param("key"))
	if err != nil {
		return err
	}
	s, q, domain := siteOf(by.Organization.Key), readKeyQuery(c), h.Console.Catalog().Domain(access.APIKeysDomain)
	end := h.keyEnd(words.DayInFigures(words.LastDay(copied.Ends)))
	if copied.AsOriginal {
		end.Help = "The original ends on that day too. " + end.Help
	}
	if typed != nil {
		end.Value = typed.Get(views.APIKeyExpires.Name)
	}
	question := copyQuestion(domain, copied.Duplication, typed, cause, parts.Confirm{
		Text:   []string{"It gets the template, addresses and privileges of " + copied.Original.Name + ". It gets a secret of its own. The next page shows the secret once."},
		Action: q.here(s.apiKey(copied.Original.Key) + "/duplicate"), Cancel: q.around(s.apiKeys(), copied.Original.Key),
		Hidden: []parts.Hidden{h.once()}, End: &end,
	})
	return h.apiKeyList(c, copyStatus(c, cause), func(page *views.APIKeys) { page.Confirm = question })
}

// APIKeyDuplicate copies a key and shows the secret of the copy.
func (h Pages) APIKeyDuplicate(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	issued, err := h.Console.DuplicateAPIKey(c.Request().Context(), caller(c), c.Param("key"), readAPIKeyCopy(form, h.Console.Now()))
	if asksAgain(c, err) {
		return h.askAPIKeyCopy(c, form, err)
	}
	if err != nil {
		return h.sentBefore(c, err)
	}
	return h.showSecret(c, issued, issued.Name+" added", readKeyQuery(c).copied(siteOf(caller(c).Organization.Key).apiKeys(), issued.Key, issued.Name))
}
