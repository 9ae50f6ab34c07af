package handlers

import (
	"net/http/httptest"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
	"bailiwick/views/parts"
)

var catalog = files.DefaultCatalog()

// noon is the clock of what these tests draw.
var noon = time.Date(2027, 1, 4, 12, 0, 0, 0, time.UTC)

// held is a level that somebody's one group holds on a domain.
func held(d access.DomainKey, l access.Level) access.Grant {
	return access.Grant{Via: access.Grantee{Kind: access.Group, ID: 1, Key: "leads", Name: "Leads"}, Domain: d, Level: l}
}

// boxed is held with Can create.
func boxed(d access.DomainKey, l access.Level) access.Grant {
	g := held(d, l)
	g.CanCreate = true
	return g
}

func rightsOf(grants ...access.Grant) access.Rights {
	return access.Resolve(catalog, grants, nil, noon)
}

// listing are rights with one thing in the editor list.
func listing(thing access.ResourceID, g access.Grant) access.Rights {
	return access.Resolve(catalog, []access.Grant{g}, []access.Entry{{Grantee: g.Via.ID, Domain: g.Domain, Resource: thing}}, noon)
}

// lead is a member of Acme who may enter it, and who holds these besides.
func lead(grants ...access.Grant) services.Caller {
	return services.Caller{
		Organization: models.Organization{ID: 1, Key: "acme", Name: "Acme", SupportAccess: true},
		Person:       models.Person{ID: 5, Name: "Lead", Email: "lead@example.com"},
		Rights:       rightsOf(append(grants, held(access.OrganizationDomain, access.LevelView))...),
	}
}

// asked is the context of a request for an address by somebody; the zero Caller is outside of every organization.
func asked(by services.Caller, method, address string) echo.Context {
	r := httptest.NewRequest(method, address, nil)
	ctx := services.WithSession(services.WithCaller(r.Context(), by), services.Session{Person: by.Person, Provider: services.ProviderPassword})
	return echo.New().NewContext(r.WithContext(ctx), httptest.NewRecorder())
}

// console answers what needs no store.
func console(mailFrom string) *services.Console {
	return services.New(services.Config{Catalog: catalog, Now: func() time.Time { return noon }, MailFrom: mailFrom})
}

func labelsOf(actions []parts.Action) []string {
	var labels []string
	for _, a := range actions {
		labels = append(labels, a.Label)
	}
	return labels
}

func linkLabels(links []parts.Link) []string {
	var labels []string
	for _, l := range links {
		labels = append(labels, l.Label)
	}
	return labels
}

func visitorOf(p models.Person) services.Caller { return services.Caller{Person: p} }

var withPassword = models.Person{ID: 70, Email: "john.smith@example.com", Name: "John Smith", PasswordHash: "$argon2id$"}

var john = models.Member{ID: 7, PersonID: 70, Name: "John Smith", Email: "john.smith@example.com", Provider: "password"}

// running is an access of the vendor's that was asked for at noon, for four hours.
func running() models.TemporaryAccess {
	return models.TemporaryAccess{Resource: models.Resource{ID: 9, Key: "a9", Name: "Agent"}, Email: "agent@example.com", CategoryName: "Sources",
		Justification: "CASE-1", Address: "192.0.2.1", RequestedAt: noon, ExpiresAt: noon.Add(4 * time.Hour)}
}
