package handlers

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// Explain answers why somebody can, or cannot, do something. The whole question stands in the address, so that it can be
// sent to somebody else; members are named by number in it, since an e-mail is personal.
func (h Pages) Explain(c echo.Context) error {
	q := services.Question{Subject: c.QueryParam(views.ExplainWho.Name), Ability: c.QueryParam(views.ExplainCan.Name),
		Domain: c.QueryParam(views.ExplainWhat.Name), Resource: strings.TrimSpace(cutRunes(c.QueryParam(views.ExplainResource.Name), 200))}
	if findWho(c) != "" {
		choices, err := h.explainChoices(c, q)
		if err != nil {
			return err
		}
		found := foundIn(caller(c), choices)
		if !slices.ContainsFunc(found, func(f foundSubject) bool { return f.Ref == q.Subject }) {
			return h.explainWhich(c, q, choices, found)
		}
	}
	if q.Ability == "" || q.Domain == "" {
		return h.explainForm(c, q)
	}
	e, err := h.Console.Explain(c.Request().Context(), caller(c), q)
	if err != nil {
		return err
	}
	asked := q.Subject
	q.Subject = e.Subject.Ref
	switch {
	case e.Unknown.Field == services.FieldResource:
		return h.explainNamed(c, e, q)
	case e.Unknown.Field != "":
		return h.explainUnknown(c, e, q)
	case asked != q.Subject && findWho(c) == "": // who looks for somebody goes on from this address
		return seeOther(c, explainAddress(c, q))
	}
	page, err := h.explainPage(c, q, e.Subject)
	if err != nil {
		return err
	}
	if e.Resource.ID != 0 {
		page.Resource.Value = typedName(e.Resource)
	}
	page.Answer = answerOf(caller(c), e, explainAddress(c, q))
	return Render(c, http.StatusOK, page.Component())
}

// explainForm is the page of a question that is not finished yet.
func (h Pages) explainForm(c echo.Context, q services.Question) error {
	subject, err := h.Console.ExplainSubject(c.Request().Context(), caller(c), q.Subject)
	if isNotFound(err) {
		return h.explainUnknown(c, services.Explanation{Unknown: services.Unknown{Field: services.FieldSubject}}, q)
	}
	if err != nil {
		return err
	}
	page, err := h.explainPage(c, q, subject)
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, page.Component())
}

// explainNamed looks for a resource of the name that was typed. The only one is asked about; several are offered.
func (h Pages) explainNamed(c echo.Context, e services.Explanation, q services.Question) error {
	if e.Domain.Resource == "" {
		return h.explainUnknown(c, e, q)
	}
	found, err := h.Console.ResourcesNamed(c.Request().Context(), caller(c), e.Domain.Key, q.Resource)
	if err != nil {
		return err
	}
	if len(found.Resources) == 0 {
		return h.explainUnknown(c, e, q)
	}
	typed := q.Resource
	if len(found.Resources) == 1 && !found.More {
		q.Resource = found.Resources[0].Key
		return seeOther(c, explainAddress(c, q))
	}
	page, err := h.explainPage(c, q, e.Subject)
	if err != nil {
		return err
	}
	page.Matches = &views.Matches{Title: "Which " + e.Domain.Resource + " do you mean by “" + typed + "”?"}
	if found.More {
		page.Matches.More = moreMatches(len(found.Resources), page.Resource.Label)
	}
	for _, r := range found.Resources {
		q.Resource = r.Key
		page.Matches.Links = append(page.Matches.Links, views.Match{Note: r.Key, Link: parts.Link{Label: r.Name, Href: explainAddress(c, q)}})
	}
	return Render(c, http.StatusOK, page.Component())
}

// findWho is the part of a name by which somebody is looked for.
func findWho(c echo.Context) string {
	return strings.TrimSpace(cutRunes(c.QueryParam(views.ExplainFind.Name), 200))
}

// explainWhich offers the people, groups and keys that were found. There is no answer until one of them is chosen: it would
// be about whoever the form had before.
func (h Pages) explainWhich(c echo.Context, q services.Question, choices services.ExplainChoices, found []foundSubject) error {
	page, err := h.explainForChoices(c, q, services.Subject{}, choices)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		page.Find.Error = "Nothing matches. Type another part of a name or email."
		page.Errors = []parts.FieldError{{ID: page.Find.ID, Label: page.Find.Label}}
		return Render(c, http.StatusNotFound, page.Component())
	}
	page.Matches = &views.Matches{Title: "Who do you mean by “" + page.Find.Value + "”?"}
	for _, f := range found {
		q.Subject = f.Ref
		page.Matches.Links = append(page.Matches.Links, views.Match{Note: f.Kind, Link: parts.Link{Label: f.Label, Href: explainAddress(c, q)}})
	}
	if choices.More {
		page.Matches.More = moreMatches(len(found), page.Find.Label)
	}
	return Render(c, http.StatusOK, page.Component())
}

// foundSubject is somebody or something that was looked for as the subject of a question.
type foundSubject struct {
	Ref, Label string
	Kind       string // "Member", "Group" or "API key"
}

// foundIn are the choices of a subject, in the order in which they are offered.
func foundIn(by services.Caller, choices services.ExplainChoices) []foundSubject {
	var all []foundSubject
	for _, m := range choices.Members {
		all = append(all, foundSubject{services.MemberRef(m.ID), memberLabel(by, m), "Member"})
	}
	for _, r := range choices.Groups {
		all = append(all, foundSubject{access.Grantee{Kind: access.Group, Key: r.Key}.Ref(), r.Name, "Group"})
	}
	for _, r := range choices.APIKeys {
		all = append(all, foundSubject{access.Grantee{Kind: access.APIKey, Key: r.Key}.Ref(), r.Name, "API key"})
	}
	return all
}

// moreMatches says that a list of matches goes on, and how to see the others.
func moreMatches(shown int, field string) string {
	return "These are " + words.Number(shown) + ", and there are more. Type more of the name in " + field + "."
}

// explainUnknown draws the form again and says what does not exist. An unknown subject or resource is 404 (R15), an unknown
// word of the question 422.
func (h Pages) explainUnknown(c echo.Context, e services.Explanation, q services.Question) error {
	page, err := h.explainPage(c, q, e.Subject)
	if err != nil {
		return err
	}
	status, text := http.StatusUnprocessableEntity, "Choose one of these."
	switch e.Unknown.Field {
	case services.FieldSubject:
		status, text = http.StatusNotFound, "Nobody in this organization matches. Choose again."
	case services.FieldDomain:
		text = "There is no such domain. Choose one of these."
	case services.FieldResource:
		status, text = http.StatusNotFound, noneNamed(e.Domain)
	}
	page.Errors = fieldErrors([]services.FieldError{{Field: e.Unknown.Field, Text: text}}, explainControls.find)
	page.Who.Error, page.Can.Error = take(page.Errors, page.Who.ID), take(page.Errors, page.Can.ID)
	page.What.Error, page.Resource.Error = take(page.Errors, page.What.ID), take(page.Errors, page.Resource.ID)
	return Render(c, status, page.Component())
}

// explainControls are where the page shows the fields of a question.
var explainControls = controls{services.FieldSubject: views.ExplainWho, services.FieldAbility: views.ExplainCan,
	services.FieldDomain: views.ExplainWhat, services.FieldResource: views.ExplainResource}

func noneNamed(d *access.Domain) string {
	if d.Resource == "" {
		return "Nothing can be listed one by one in " + words.Domain(d) + ". Leave it empty."
	}
	return "There is no such " + d.Resource + ". Leave it empty to ask about all " + words.Things(d).Many + "."
}

// typedName is how the field shows a resource: by name, unless the name is the key of another one.
func typedName(r models.Resource) string {
	if access.ValidKey(r.Name) {
		return r.Key
	}
	return r.Name
}

func explainAddress(c echo.Context, q services.Question) string {
	return siteOf(caller(c).Organization.Key).explain(q)
}
