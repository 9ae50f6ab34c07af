package handlers

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// once marks a form that counts once.
func (h Pages) once() parts.Hidden {
	return parts.Hidden{Name: parts.OnceName, Value: h.Console.NewFormToken()}
}

// shownSecret is what the page of a secret shows, this once.
type shownSecret struct {
	Title, Name string
	Key         string
	Secret      string
	Facts       []parts.Fact
	Back        string // the list around the key
}

// showSecret answers the form that made a secret with the address of the page that shows it. back is the list around the key.
func (h Pages) showSecret(c echo.Context, issued services.IssuedKey, title, back string) error {
	template := h.Console.Catalog().Template(issued.Template)
	shown := shownSecret{Title: title, Name: issued.Name, Key: issued.Key, Secret: issued.Secret, Back: back, Facts: []parts.Fact{
		{Term: "API key", Value: issued.Name}, {Term: "Template", Value: subLine(templateName(template), privacyWord(template))}, expiryFact(issued.ExpiresAt),
	}}
	if until := issued.PreviousUntil; until != nil {
		shown.Facts = append(shown.Facts, parts.Fact{Term: "Old secret works until", Value: words.Minute(*until), DateTime: momentOf(*until).ISO})
	}
	return showOnce(c, siteOf(caller(c).Organization.Key).apiKey(issued.Key)+"/secret", shown, h.APIKeySecret)
}

// APIKeySecret shows a secret that was just made. It is kept by no cache, as no page is; whoever comes again is offered another secret.
func (h Pages) APIKeySecret(c echo.Context) error {
	shown, err := shownOnce[shownSecret](c)
	if err != nil {
		return err
	}
	if shown == nil {
		return h.secretShown(c)
	}
	if _, err := h.Console.APIKey(c.Request().Context(), caller(c), shown.Key); err != nil {
		return err
	}
	page, err := h.page(c, place{Domain: access.APIKeysDomain, Title: shown.Title, Crumbs: []parts.Link{{Label: shown.Name}}})
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, views.APIKeySecret{Page: page, Secret: shown.Secret, Facts: shown.Facts,
		Text: "It is not shown again. Store it where only the application can read it. Do not send it by mail or chat.",
		Done: parts.Link{Label: "I have copied it", Href: shown.Back}}.Component())
}

// secretShown says that the secret of a key was shown, and leads to where the viewer can make another.
func (h Pages) secretShown(c echo.Context) error {
	k, err := h.Console.APIKeyRotation(c.Request().Context(), caller(c), c.Param("key"))
	if err != nil {
		return err
	}
	page, err := h.page(c, place{Domain: access.APIKeysDomain, Title: "Secret of " + k.Name, Crumbs: []parts.Link{{Label: k.Name}}})
	if err != nil {
		return err
	}
	s := siteOf(caller(c).Organization.Key)
	return Render(c, http.StatusOK, views.APIKeySecret{Page: page, Done: parts.Link{Label: "API keys", Href: withAdded(s.apiKeys(), k.Key)},
		Again: parts.Link{Label: "Make a new secret", Href: s.apiKey(k.Key) + "/rotate"}}.Component())
}

func expiryFact(at *time.Time) parts.Fact {
	day := endDay(at)
	return parts.Fact{Term: "Expires", Value: day.Text, DateTime: day.ISO}
}

// sentBefore leads from a form that counts once, and was sent again, back to the list.
func (h Pages) sentBefore(c echo.Context, cause error) error {
	if !errors.Is(cause, services.ErrFormSent) {
		return cause
	}
	flash(c, "warning", "Nothing was changed.",
		sentOrOld+" The secret is shown only once. If nobody has it, rotate the key.")
	return seeOther(c, siteOf(caller(c).Organization.Key).apiKeys())
}

// keeps are the numbers of days for which the old secret can be kept.
var keeps = []views.KeepOption{
	{Value: "0", Label: "End it immediately", Text: "If somebody else may know the secret."},
	{Value: "1", Label: words.Days.Count(1), Text: "If you change one application today."},
	{Value: "7", Label: words.Days.Count(7), Text: "If you change a few applications.", Checked: true},
	{Value: "30", Label: words.Days.Count(30), Text: "If you change many. This is the longest time."},
}

// APIKeyRotateAsk asks how long the old secret may still open, above the list.
func (h Pages) APIKeyRotateAsk(c echo.Context) error {
	k, err := h.Console.APIKeyRotation(c.Request().Context(), caller(c), c.Param("key"))
	if err != nil {
		return err
	}
	s, q := siteOf(caller(c).Organization.Key), readKeyQuery(c)
	confirm := parts.Confirm{
		Title: "Rotate " + k.Name + "?", Button: "Make a new secret",
		Text:   []string{"The key gets a new secret. The next page shows it once. Privileges and addresses stay the same."},
		Action: q.here(s.apiKey(k.Key) + "/rotate"), Cancel: q.around(s.apiKeys(), k.Key),
		Hidden: []parts.Hidden{h.once(), revision("").field(k.Revision)},
	}
	if k.SecretHash == "" {
		confirm.Title, confirm.Text = "Make a secret for "+k.Name+"?", []string{"The key has no secret yet. The next page shows it once."}
		return h.askAboutAPIKey(c, confirm)
	}
	if until := k.PreviousUntil; until != nil && h.Console.Now().Before(*until) {
		confirm.Text = append(confirm.Text, "The secret from before the last rotation, kept until "+words.Moment(*until)+", ends now.")
	}
	confirm.Final = words.Final("")
	keep := &views.KeepChoice{Label: views.KeepSecret.Label, Options: keeps,
		Help: "Until then both secrets work, so that you can change applications one by one."}
	return h.apiKeyList(c, http.StatusOK, func(page *views.APIKeys) { page.Confirm, page.Keep = &confirm, keep })
}

// APIKeyRotate gives a key a new secret and shows it.
func (h Pages) APIKeyRotate(c echo.Context) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	issued, err := h.Console.RotateAPIKey(c.Request().Context(), caller(c), c.Param("key"),
		services.Rotation{Once: form.Get(parts.OnceName), Revision: revision(form.Get(parts.RevisionName)).number(), Keep: readKeep(form.Get(views.KeepSecret.Name))})
	if err != nil {
		return h.sentBefore(c, err)
	}
	return h.showSecret(c, issued, "New secret of "+issued.Name, readKeyQuery(c).around(siteOf(caller(c).Organization.Key).apiKeys(), issued.Key))
}

// readKeep is for how many days the old secret is kept. Where nothing was asked, or what was said is no number of days, it is
// the safe way: not at all.
func readKeep(typed string) int {
	days, err := strconv.Atoi(typed)
	if err != nil {
		return 0
	}
	return days
}
