package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// SignOutPath is where the buttons "Sign out" send to.
const SignOutPath = "/sign-out"

const organizationsPath = "/organizations"

// Organizations leads people into the organization that they are a member of.
type Organizations struct {
	Console *services.Console
}

// Home goes to the only organization of the visitor, or to the choice of one. An invitation comes first. Personnel and
// operators who are in no organization go to their own pages.
func (h Organizations) Home(c echo.Context) error {
	who, _ := services.SessionFrom(c.Request().Context())
	invited, err := h.Console.OwnInvitations(c.Request().Context(), who)
	if err != nil {
		return err
	}
	if len(invited) > 0 {
		return seeOther(c, ownInvitationsPath)
	}
	list, err := h.list(c)
	if err != nil {
		return err
	}
	if len(list) == 1 {
		return seeOther(c, string(siteOf(list[0].Key)))
	}
	if len(list) == 0 {
		supports, err := h.Console.IsSupporter(c.Request().Context(), who)
		if err != nil {
			return err
		}
		if supports {
			return seeOther(c, supportPath)
		}
		operates, err := h.Console.IsOperator(c.Request().Context(), who)
		if err != nil {
			return err
		}
		if operates {
			return seeOther(c, operatorPath)
		}
	}
	return seeOther(c, organizationsPath)
}

// List is the choice of an organization.
func (h Organizations) List(c echo.Context) error {
	list, err := h.list(c)
	if err != nil {
		return err
	}
	page := organizationsPage(c, list, h.Console.Mails())
	supports, err := h.Console.IsSupporter(c.Request().Context(), who(c))
	if err != nil {
		return err
	}
	if supports {
		page.Links = append(page.Links, parts.Link{Label: "Request temporary access", Href: supportPath})
	}
	operates, err := h.Console.IsOperator(c.Request().Context(), who(c))
	if err != nil {
		return err
	}
	if operates {
		page.Links = append(page.Links, parts.Link{Label: "Operator", Href: operatorPath})
	}
	return Render(c, http.StatusOK, page.Component())
}

func (h Organizations) list(c echo.Context) ([]models.Organization, error) {
	person, _ := services.PersonFrom(c.Request().Context())
	return h.Console.OrganizationsOf(c.Request().Context(), person)
}

func organizationsPage(c echo.Context, list []models.Organization, mails bool) views.Organizations {
	p := bare(c, "Organizations")
	p.Heading = "Choose an organization"
	if len(list) == 0 {
		p.Heading = "No organization yet"
	}
	page := views.Organizations{Page: p, SignOut: SignOutPath}
	for _, o := range list {
		page.List = append(page.List, views.OrganizationLink{Name: o.Name, Note: o.Key, Href: string(siteOf(o.Key))})
	}
	if person := who(c).Person; person.Unproven {
		page.Proof = proofOpensMore(person.Email, mails)
	}
	return page
}

// proofOpensMore tells the holder of an account without proof how to prove the address. It reads the same whether there are
// further organizations or not: the holder may not learn of them (R19).
func proofOpensMore(email string, mails bool) *parts.Notice {
	n := &parts.Notice{Title: "Nobody has proven that " + email + " is yours.", Text: "Once it is proven, this list may have more organizations. "}
	if mails {
		n.Text += "Sign out, and sign in with a link that is mailed to the address. The password of this account ends then; set a new one in your profile."
		return n
	}
	n.Text += "Ask your operator to set a password for the address. Or ask an administrator of the organization for a link, and open it while you are signed in."
	return n
}

// NoAccess is shown in place of every page of an organization to members without the minimum privilege (R5).
func (h Organizations) NoAccess(c echo.Context) error {
	by := services.CallerFrom(c.Request().Context())
	page := views.NoAccess{Text: "Your groups do not grant", Privilege: words.Need(h.Console.Catalog(), services.ViewOrganization),
		Rest: ". It is the least that the console of " + by.Organization.Name + " asks for."}
	return h.closed(c, by, "No access", "You have no access to this console yet", page)
}

// suspended is shown in place of every page of an organization to members who are suspended there (R23).
func (h Organizations) suspended(c echo.Context, o models.Organization) error {
	by := services.Caller{Organization: o, Person: who(c).Person}
	page := views.NoAccess{Text: "You are still a member, but you have no access until an administrator reactivates you."}
	return h.closed(c, by, "Suspended", "You are suspended in "+o.Name, page)
}

// closed draws the page that stands in place of an organization, with whom to ask there and where else the reader can go.
func (h Organizations) closed(c echo.Context, by services.Caller, title, heading string, page views.NoAccess) error {
	administrators, err := h.Console.Administrators(c.Request().Context(), by)
	if err != nil {
		return err
	}
	others, err := h.list(c)
	if err != nil {
		return err
	}
	page.Page = bare(c, title)
	page.Heading, page.Organization = heading, by.Organization.Name
	page.Administrators, page.SignOut = administratorsToAsk(administrators), SignOutPath
	for _, o := range others {
		if o.ID != by.Organization.ID {
			page.Others = append(page.Others, parts.Link{Label: o.Name, Href: string(siteOf(o.Key))})
		}
	}
	return Render(c, http.StatusForbidden, page.Component())
}

func administratorsToAsk(members []models.Member) []views.Administrator {
	var list []views.Administrator
	for _, m := range members {
		name := m.Name
		if name == "" {
			name = m.Email
		}
		list = append(list, views.Administrator{Name: name, Email: m.Email})
	}
	return list
}
