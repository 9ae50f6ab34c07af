package handlers

import (
	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views/parts"
)

// explainLink leads to questions about somebody.
func explainLink(s site, subject string) parts.Link {
	return parts.Link{Label: "Explain access", Icon: "waypoints", Href: s.explain(services.Question{Subject: subject})}
}

// explainThing leads to questions about who may edit one thing.
func explainThing(s site, d access.DomainKey, key string) parts.Link {
	link := explainLink(s, "")
	link.Href = s.why(d, key)
	return link
}

// explainAction is explainLink in the Action bar of a row.
func explainAction(s site, subject string, need access.Need) action {
	link := explainLink(s, subject)
	return action{Label: link.Label, Icon: link.Icon, Href: link.Href, Need: need, OfDomain: true, More: true}
}

// explainButton is explainAction for a bar whose need was asked before.
func explainButton(s site, subject string) parts.Action {
	link := explainLink(s, subject)
	return parts.Action{Label: link.Label, Icon: link.Icon, Href: link.Href, More: true}
}

// whyForbidden leads from a refusal to its explanation. The thing is asked about only where the address named it and the
// viewer may view its domain (R15).
func whyForbidden(c echo.Context, need access.Need) []parts.Link {
	by := caller(c)
	if !by.Enters() {
		return nil
	}
	q := services.Question{Ability: need.Ability.String(), Domain: string(need.Domain)}
	if need.Ability == access.Edit && by.Rights.May(services.ViewIn(need.Domain), 0) {
		q.Resource = thingNamed(c, need.Domain)
	}
	link := explainLink(siteOf(by.Organization.Key), "")
	link.Href = siteOf(by.Organization.Key).explain(q)
	return []parts.Link{link}
}

// thingNamed is the key of the thing that the address of a page names, "" where it is of another domain.
func thingNamed(c echo.Context, d access.DomainKey) string {
	switch d {
	case access.GroupsDomain:
		return c.Param("group")
	case access.APIKeysDomain:
		return c.Param("key")
	case domainOf(c):
		return c.Param("resource")
	}
	return ""
}
