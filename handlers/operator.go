package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

const operatorPath = "/operator"

// Operator shows what the operator's file says to the operators of the installation. Nobody else finds it (R15).
type Operator struct {
	Console *services.Console
	// Warnings are about the network that the request came through; package web knows it.
	Warnings func(echo.Context) []parts.Flash
}

// Show is the page.
func (h Operator) Show(c echo.Context) error {
	support, err := h.Console.Support(c.Request().Context(), who(c))
	if err != nil {
		return err
	}
	p := bare(c, "Operator")
	menu := account(who(c).Person, operatorPath)
	p.Account = &menu
	p.Lead = "People of the vendor who may ask organizations for temporary access, and what they may ask for. To change this, edit the operator’s file and run bailiwick operator apply."
	page := views.Operator{Page: p, Vendor: vendorFacts(support), Personnel: h.personnel(support), Warnings: h.Warnings(c)}
	for _, category := range support.Categories {
		page.Categories = append(page.Categories, operatorCategory(h.Console.Catalog(), category))
	}
	return Render(c, http.StatusOK, page.Component())
}

func vendorFacts(s models.Support) []parts.Fact {
	facts := []parts.Fact{{Term: "Name", Value: s.Vendor.Name}}
	if s.Vendor.SupportMail != "" {
		facts = append(facts, parts.Fact{Term: "Support", Value: s.Vendor.SupportMail})
	}
	var operators []string
	for _, o := range s.Operators {
		operators = append(operators, o.Email)
	}
	return append(facts, parts.Fact{Term: "Operators", Value: strings.Join(operators, ", ")})
}

// operatorCategory leaves out the domains that the catalogue no longer has (R17).
func operatorCategory(catalog *access.Catalog, c models.Category) views.OperatorCategory {
	view := views.OperatorCategory{ID: "category-" + c.Key, Name: c.Name, Key: c.Key, Facts: []parts.Fact{
		{Term: "Key", Value: c.Key}, {Term: "Longest", Value: words.Duration(c.Longest)}, {Term: "Justification", Value: justificationRule(c)},
	}}
	if c.Link != "" {
		view.Facts = append(view.Facts, parts.Fact{Term: "Cases", Value: c.Link})
	}
	for _, p := range c.Privileges {
		d := catalog.Domain(p.Domain)
		level, err := access.ParseLevel(p.Level)
		if d == nil || err != nil {
			continue
		}
		view.Privileges = append(view.Privileges, views.OperatorPrivilege{Domain: words.Domain(d), Level: levelClass(level), Word: d.Label(level), Sensitive: p.Sensitive})
	}
	return view
}

func justificationRule(c models.Category) string {
	var rules []string
	if c.MinLength > 0 {
		rules = append(rules, words.Characters.Count(c.MinLength)+" or more")
	}
	if hint := services.HintOf(c); hint != "" {
		rules = append(rules, words.Lower(strings.TrimSuffix(hint, ".")))
	}
	if len(rules) == 0 {
		return "Any"
	}
	return words.Upper(strings.Join(rules, ", "))
}

func (h Operator) personnel(s models.Support) []views.OperatorPerson {
	names := map[string]string{}
	for _, c := range s.Categories {
		names[c.Key] = c.Name
	}
	var all []views.OperatorPerson
	for _, p := range s.Personnel {
		row := views.OperatorPerson{Name: p.Name, Email: p.Email, Organizations: strings.Join(p.Organizations, ", ")}
		if row.Organizations == "" {
			row.Organizations = "All organizations"
		}
		if p.Unproven {
			row.Unproven = "Has not proven the address yet, so can’t ask for access."
		}
		var categories []string
		for _, key := range p.Categories {
			categories = append(categories, names[key])
		}
		row.Categories = strings.Join(categories, ", ")
		all = append(all, row)
	}
	return all
}
