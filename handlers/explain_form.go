package handlers

import (
	"slices"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// explainPage is the page with the form of a question. The zero Subject is nobody.
func (h Pages) explainPage(c echo.Context, q services.Question, subject services.Subject) (views.Explain, error) {
	choices, err := h.explainChoices(c, q)
	if err != nil {
		return views.Explain{}, err
	}
	return h.explainForChoices(c, q, subject, choices)
}

// explainChoices are what the form of a question offers.
func (h Pages) explainChoices(c echo.Context, q services.Question) (services.ExplainChoices, error) {
	return h.Console.ExplainChoices(c.Request().Context(), caller(c), findWho(c), access.DomainKey(q.Domain))
}

// explainForChoices is the page with a form that offers these.
func (h Pages) explainForChoices(c echo.Context, q services.Question, subject services.Subject, choices services.ExplainChoices) (views.Explain, error) {
	by, catalog, find := caller(c), h.Console.Catalog(), findWho(c)
	domain := catalog.Domain(access.DomainKey(q.Domain))
	p := place{Title: "Explain access", Lead: "See why somebody can or can’t do something."}
	if domain != nil {
		p.Domain, p.Crumbs = domain.Key, []parts.Link{{Label: p.Title}}
	}
	page, err := h.page(c, p)
	if err != nil {
		return views.Explain{}, err
	}
	view := views.Explain{
		Page: page, Action: siteOf(by.Organization.Key).explain(services.Question{}),
		Who: whoSelect(by, subject, choices, find), Can: canSelect(q.Ability), What: whatSelect(catalog, domain),
		Resource: parts.Field{ID: views.ExplainResource.Name, Name: views.ExplainResource.Name, Label: views.ExplainResource.Label, Value: q.Resource,
			Help: "Name one of them, or leave this empty to ask about all of them."},
	}
	if choices.MoreOf {
		view.Resource.Help = "Type part of a name to find more. Explain lists the matches. Leave this empty to ask about all of them."
	}
	for _, r := range choices.Resources {
		view.Suggestions = append(view.Suggestions, views.Suggestion{Value: typedName(r), Label: r.Key})
	}
	if choices.More || find != "" {
		view.Find = &parts.Field{ID: views.ExplainFind.Name, Name: views.ExplainFind.Name, Label: views.ExplainFind.Label, Value: find, MaxLength: 200,
			Help: "Type part of a name or email address. Explain lists the matches."}
	}
	return view, nil
}

// whoSelect offers the subject of the question, the viewer, and some of everybody else the viewer may ask about. Whoever
// looks for somebody is offered those found; the viewer is one of them only if they match.
func whoSelect(by services.Caller, subject services.Subject, choices services.ExplainChoices, find string) parts.GroupedSelect {
	first := []parts.Option{{Label: subLine(by.Name()+" (you)", by.Person.Email), Selected: subject.Own}}
	others := withoutViewer(by, choices.Members)
	if find != "" {
		first, others = []parts.Option{{Label: "Choose one of those found"}}, choices.Members
	}
	lists := []parts.OptionGroup{
		{Label: "Members", Options: memberOptions(by, others, subject.Ref)},
		{Label: "Groups", Options: refOptions(access.Group, choices.Groups, subject.Ref)},
		{Label: "API keys", Options: refOptions(access.APIKey, choices.APIKeys, subject.Ref)},
	}
	if subject.Ref != "" && !subject.Own && !among(lists, subject.Ref) {
		first = append(first, parts.Option{Value: subject.Ref, Label: services.Signature(subject.Name, subject.Email), Selected: true})
	}
	field := parts.GroupedSelect{ID: views.ExplainWho.Name, Name: views.ExplainWho.Name, Label: views.ExplainWho.Label, Groups: []parts.OptionGroup{{Options: first}}}
	for _, g := range lists {
		if len(g.Options) > 0 {
			field.Groups = append(field.Groups, g)
		}
	}
	return field
}

func memberOptions(by services.Caller, members []models.Member, asked string) []parts.Option {
	var options []parts.Option
	for _, m := range members {
		ref := services.MemberRef(m.ID)
		options = append(options, parts.Option{Value: ref, Label: memberLabel(by, m), Selected: ref == asked})
	}
	return options
}

func memberLabel(by services.Caller, m models.Member) string {
	name := m.Name
	if m.PersonID == by.Person.ID {
		name = memberName(m) + " (you)"
	}
	return withSameName(subLine(name, m.Email), m)
}

func withoutViewer(by services.Caller, members []models.Member) []models.Member {
	return slices.DeleteFunc(slices.Clone(members), func(m models.Member) bool { return m.PersonID == by.Person.ID })
}

func refOptions(kind access.GranteeKind, resources []models.Resource, asked string) []parts.Option {
	var options []parts.Option
	for _, r := range resources {
		ref := access.Grantee{Kind: kind, Key: r.Key}.Ref()
		options = append(options, parts.Option{Value: ref, Label: r.Name, Selected: ref == asked})
	}
	return options
}

func among(lists []parts.OptionGroup, ref string) bool {
	for _, g := range lists {
		for _, o := range g.Options {
			if o.Value == ref {
				return true
			}
		}
	}
	return false
}

// canSelect offers the abilities; Edit unless something else was asked.
func canSelect(asked string) parts.SelectField {
	field := parts.SelectField{ID: views.ExplainCan.Name, Name: views.ExplainCan.Name, Label: views.ExplainCan.Label, Options: []parts.Option{
		{Value: "view", Label: "View"}, {Value: "edit", Label: "Edit"}, {Value: "create", Label: "Create"},
		{Value: "allowed", Label: "Use (Allowed)"}, {Value: "push", Label: "Push"}}}
	if asked == "" {
		asked = access.Edit.String()
	}
	choose(&field, asked)
	return field
}

// whatSelect offers the domains of the catalogue by service.
func whatSelect(catalog *access.Catalog, asked *access.Domain) parts.GroupedSelect {
	field := parts.GroupedSelect{ID: views.ExplainWhat.Name, Name: views.ExplainWhat.Name, Label: views.ExplainWhat.Label,
		Groups: []parts.OptionGroup{{Options: []parts.Option{{Label: "Choose a domain", Selected: asked == nil}}}}}
	for _, service := range catalog.Services {
		group := parts.OptionGroup{Label: service.Name}
		for _, d := range service.Domains {
			group.Options = append(group.Options, parts.Option{Value: string(d.Key), Label: d.Name, Selected: d == asked})
		}
		field.Groups = append(field.Groups, group)
	}
	return field
}
