package handlers

import (
	"net/http"
	"net/url"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// apiKeysChosen is the selection of the list.
func apiKeysChosen(q query) services.APIKeysChosen {
	return services.APIKeysChosen{Keys: q.picks.keys, All: q.picks.all, Filter: apiKeyQuery(q, models.Page{Query: q.Query, Sort: q.Sort})}
}

// apiKeysVerb is how an action on many API keys is offered, reviewed and told.
type apiKeysVerb struct {
	manyVerb
	Action     services.APIKeysAction
	Icon       string
	Lead, Part string
	Told, Rest string // after the number
}

var apiKeysVerbs = []apiKeysVerb{
	{manyVerb{"activated", "Activating", "Activate", words.APIKeys}, services.ActivateKeys, "circle-play", "Their applications can use them again immediately.", "will be activated",
		"activated.", "Their applications can use them again."},
	{manyVerb{"deactivated", "Deactivating", "Deactivate", words.APIKeys}, services.DeactivateKeys, "circle-pause", "Nobody can use them until somebody activates them again.", "will be deactivated",
		"deactivated.", "Nobody can use them until somebody activates them again."},
	{manyVerb{"extended", "Extending", "Extend", words.APIKeys}, services.ExtendKeys, "hourglass", "", "will be extended", "extended.", ""},
}

func apiKeysVerbOf(action services.APIKeysAction) apiKeysVerb {
	for _, v := range apiKeysVerbs {
		if v.Action == action {
			return v
		}
	}
	return apiKeysVerb{}
}

func (s site) manyAPIKeys(action services.APIKeysAction) string {
	return s.apiKeys() + "/-/many/" + string(action)
}

// manyAPIKeysBar is the Action bar for several selected keys. It tells the selection which they are where all are.
func (h Pages) manyAPIKeysBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by := caller(c)
	many, err := h.Console.ManyAPIKeys(c.Request().Context(), by, apiKeysChosen(*q))
	if err != nil {
		return parts.ActionBar{}, err
	}
	if q.among(apiKeyKeys(many.Keys)); len(many.Keys) == 0 || q.Selected != "" {
		return parts.ActionBar{}, nil
	}
	s := siteOf(by.Organization.Key)
	var actions []manyAction
	for _, v := range apiKeysVerbs {
		actions = append(actions, manyOf(manyAction{Label: v.Does, Icon: v.Icon, Href: s.manyAPIKeys(v.Action)}, many.Actions[v.Action]))
	}
	return manyBar(selected{Rows: len(many.Keys), All: q.picks.all, Matching: many.Matching, Of: words.APIKeys, Address: q.here(s.apiKeys()), File: s.apiKeysCSV()}, actions), nil
}

// manyKeysForm is what is asked before API keys are extended.
type manyKeysForm struct {
	Day   string     // as it was typed
	Ends  *time.Time // nil where it could not be read, or nothing was typed
	Wrong []services.FieldError
}

// readManyKeys reads until when API keys are extended. The other actions have no end: whatever an address says of one is not theirs.
func readManyKeys(action services.APIKeysAction, form url.Values, now time.Time) manyKeysForm {
	if action != services.ExtendKeys {
		return manyKeysForm{}
	}
	f := manyKeysForm{Day: form.Get(views.APIKeyExpires.Name)}
	end, problem := readLastDay(f.Day, services.LatestKeyEnd(now))
	f.Ends, f.Wrong = end, wrongOnce(nil, services.FieldError{Field: "Expires", Text: problem})
	return f
}

// APIKeysAsk asks before an action is done to a selection of API keys, above the list: before they are extended, until when.
func (h Pages) APIKeysAsk(action services.APIKeysAction) echo.HandlerFunc {
	return func(c echo.Context) error {
		v, f := apiKeysVerbOf(action), readManyKeys(action, c.QueryParams(), h.Console.Now())
		if action == services.ExtendKeys && c.QueryParam(parts.StepName) != parts.ReviewStep {
			return h.untilWhen(c, v, manyKeysForm{Day: f.Day}, http.StatusOK)
		}
		return h.reviewAPIKeys(c, v, f, http.StatusOK, "")
	}
}

// untilWhen asks until when a selection of API keys is extended. It is a GET form: the way back is safe.
func (h Pages) untilWhen(c echo.Context, v apiKeysVerb, f manyKeysForm, status int) error {
	by, q := caller(c), readKeyQuery(c)
	many, err := h.Console.ManyAPIKeys(c.Request().Context(), by, apiKeysChosen(q))
	if err != nil {
		return err
	}
	s, field := siteOf(by.Organization.Key), h.keyEnd(f.Day)
	errors := fieldErrors(f.Wrong, apiKeyControls.find)
	field.Autofocus = true
	mark(errors, &field)
	question := &views.ManyQuestion{Title: "Extend " + words.APIKeys.Count(len(many.Keys)), Lead: keysBefore(many.Actions[v.Action]),
		Action: s.manyAPIKeys(v.Action), Cancel: q.picks.onto(q.here(s.apiKeys())), Hidden: q.hiddenWithPicks(), Until: &field, Errors: errors}
	return h.apiKeyList(c, status, func(page *views.APIKeys) { page.Question = question })
}

// keysBefore says before an end is chosen which keys are left out whatever it is, and when the others end so far.
func keysBefore(judged services.Many[models.APIKey]) string {
	lead := "Before anything changes, you see which of them last longer."
	var out []error
	for _, o := range judged.LeftOut() {
		out = append(out, o.Why)
	}
	if left := leftOutOf([][]error{out}); left != "" {
		lead += " " + left
	}
	var first, last time.Time
	for _, k := range judged.Can() {
		if first.IsZero() || k.ExpiresAt.Before(first) {
			first = *k.ExpiresAt
		}
		if k.ExpiresAt.After(last) {
			last = *k.ExpiresAt
		}
	}
	switch {
	case first.IsZero():
		return lead
	case words.Date(words.LastDay(first)) == words.Date(words.LastDay(last)):
		return lead + " They now end on " + words.Date(words.LastDay(first)) + "."
	}
	return lead + " They now end between " + words.Date(words.LastDay(first)) + " and " + words.Date(words.LastDay(last)) + "."
}

func (h Pages) reviewAPIKeys(c echo.Context, v apiKeysVerb, f manyKeysForm, status int, changed string) error {
	by, q := caller(c), readKeyQuery(c)
	if len(f.Wrong) > 0 {
		return h.untilWhen(c, v, f, http.StatusUnprocessableEntity)
	}
	many, err := h.Console.ReviewAPIKeys(c.Request().Context(), by, v.Action, apiKeysChosen(q), f.Ends)
	if wrong := wrongIn(err); apiKeyControls.showAny(wrong) {
		f.Wrong = wrong
		return h.untilWhen(c, v, f, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	review := h.apiKeysReview(by, q, v, f, many)
	review.Changed = changed
	return h.apiKeyList(c, status, func(page *views.APIKeys) { page.Review = review })
}

// apiKeysReview says which keys are left out and why, and when each of the others was last used and ends.
func (h Pages) apiKeysReview(by services.Caller, q query, v apiKeysVerb, f manyKeysForm, many services.Many[models.APIKey]) *parts.Review {
	s := siteOf(by.Organization.Key)
	review := &parts.Review{
		Title: v.Does + " " + words.APIKeys.Count(many.Total()) + "?", Lead: v.Lead,
		Action: q.picks.onto(q.here(s.manyAPIKeys(v.Action))), Cancel: q.picks.onto(q.here(s.apiKeys())),
	}
	until := ""
	if f.Ends != nil {
		until = "Each works " + words.UntilEnd(*f.Ends) + "."
		review.Hidden = []parts.Hidden{views.APIKeyExpires.Hidden(f.Day)}
	}
	reviewed[models.APIKey]{
		verb: v.manyVerb, will: v.Part, why: h.whyLeftOut, until: until,
		key:    func(k models.APIKey) string { return k.Key },
		name:   func(k models.APIKey) parts.OutcomeRow { return parts.OutcomeRow{Name: k.Name} },
		effect: func(k models.APIKey) string { return h.whatBecomesOfKey(v.Action, k) },
	}.fill(review, many)
	return review
}

// whatBecomesOfKey is said of a key to which an action is done.
func (h Pages) whatBecomesOfKey(action services.APIKeysAction, k models.APIKey) string {
	now := h.Console.Now()
	switch {
	case action == services.DeactivateKeys:
		return lastUseWords(k, now)
	case k.Status(now) == models.KeyExpired:
		return "Ended on " + words.Date(words.LastDay(*k.ExpiresAt)) + "."
	case k.ExpiresAt == nil:
		return "Never ends."
	case action == services.ExtendKeys:
		return "Now ends on " + words.Date(words.LastDay(*k.ExpiresAt)) + "."
	}
	return "Ends on " + words.Date(words.LastDay(*k.ExpiresAt)) + "."
}

// APIKeysDo does an action to those API keys that were confirmed: all of them, or none.
func (h Pages) APIKeysDo(action services.APIKeysAction) echo.HandlerFunc {
	return func(c echo.Context) error {
		form, err := postForm(c)
		if err != nil {
			return err
		}
		by, q, v, rows := caller(c), readKeyQuery(c), apiKeysVerbOf(action), form[parts.RowName]
		f := readManyKeys(action, form, h.Console.Now())
		err = h.Console.DoWithAPIKeys(c.Request().Context(), by, action, rows, f.Ends)
		if changed, again := v.sinceReviewed(err); again {
			return h.reviewAPIKeys(c, v, f, againStatus(err), changed)
		}
		if wrong := wrongIn(err); apiKeyControls.showAny(wrong) {
			if len(f.Wrong) == 0 { // else nothing could be read of it, which says more
				f.Wrong = wrong
			}
			return h.untilWhen(c, v, f, http.StatusUnprocessableEntity)
		}
		if err != nil {
			return err
		}
		flash(c, "success", words.APIKeys.Count(len(rows))+" "+v.Told, v.Rest)
		return seeOther(c, q.picks.onto(q.here(siteOf(by.Organization.Key).apiKeys())))
	}
}
