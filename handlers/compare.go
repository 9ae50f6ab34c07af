package handlers

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// compareQuery is what the address of a comparison says.
type compareQuery struct {
	of            *comparedKind
	keys          []string // of groups, or numbers of members, each once, in the order of the columns
	show, query   string
	same          []string // services whose equal rows are open
	rows          access.DomainKey
	after, before string // page of those rows
	adding        bool   // more are being chosen
	find          string // among those to choose
	back          string // where the first choice was begun
}

func readCompare(values url.Values, of *comparedKind) compareQuery {
	q := compareQuery{of: of, show: values.Get(views.CompareShow.Name), query: cutRunes(values.Get(parts.QueryName), 200), same: values[views.CompareSame.Name],
		rows: access.DomainKey(values.Get(views.CompareRows.Name)), after: values.Get(parts.AfterName), before: values.Get(parts.BeforeName),
		adding: values.Get(views.CompareAdd) != "", find: cutRunes(values.Get(of.Find.Name), 200), back: values.Get(views.ChooserReturn)}
	if q.show != views.CompareGranted && q.show != views.CompareAll {
		q.show = ""
	}
	for _, key := range values[of.Filter.Name] {
		if key != values.Get(views.CompareDrop) && !slices.Contains(q.keys, key) {
			q.keys = append(q.keys, key)
		}
	}
	return q
}

// asked is what of the comparison to read.
func (q compareQuery) asked() services.CompareQuery {
	query := services.CompareQuery{Rows: q.rows, Page: models.Page{After: q.after, Before: q.before, Limit: comparedRows}}
	q.of.ask(&query, q.keys)
	if q.adding {
		query.Find = &q.find
	}
	return query
}

// comparedRows is how many things of a domain are shown at a time.
const comparedRows = 20

// at is the address of the comparison at this address; the choice of more is closed there.
func (q compareQuery) at(address string) string { return withValues(address, q.carried()) }

func (q compareQuery) carried() url.Values {
	values := url.Values{}
	for _, h := range q.hidden() {
		values.Add(h.Name, h.Value)
	}
	return values
}

// hidden carries the comparison through a form.
func (q compareQuery) hidden() []parts.Hidden {
	var all []parts.Hidden
	add := func(name, value string) {
		if value != "" {
			all = append(all, parts.Hidden{Name: name, Value: value})
		}
	}
	for _, key := range q.keys {
		add(q.of.Filter.Name, key)
	}
	add(views.CompareShow.Name, q.show)
	add(parts.QueryName, q.query)
	for _, service := range q.same {
		add(views.CompareSame.Name, service)
	}
	add(views.CompareRows.Name, string(q.rows))
	add(parts.AfterName, q.after)
	add(parts.BeforeName, q.before)
	return all
}

// without is the comparison without one of its columns.
func (q compareQuery) without(key string) compareQuery {
	q.keys = slices.DeleteFunc(slices.Clone(q.keys), func(k string) bool { return k == key })
	return q
}

// opening opens the equal rows of a service, or closes them.
func (q compareQuery) opening(service string) compareQuery {
	if slices.Contains(q.same, service) {
		q.same = slices.DeleteFunc(slices.Clone(q.same), func(s string) bool { return s == service })
	} else {
		q.same = append(slices.Clone(q.same), service)
	}
	return q
}

// openingRows opens the things of a domain at a page, or closes them.
func (q compareQuery) openingRows(d access.DomainKey, after, before string) compareQuery {
	q.rows, q.after, q.before = d, after, before
	return q
}

// GroupCompare sets groups side by side, domain by domain.
func (h Pages) GroupCompare(c echo.Context) error { return h.compare(c, comparedGroups) }

// GroupCompareCSV is the comparison of groups as a file.
func (h Pages) GroupCompareCSV(c echo.Context) error { return h.compareCSV(c, comparedGroups) }

// MemberCompare sets side by side what members may do, domain by domain.
func (h Pages) MemberCompare(c echo.Context) error { return h.compare(c, comparedMembers) }

// MemberCompareCSV is the comparison of members as a file.
func (h Pages) MemberCompareCSV(c echo.Context) error { return h.compareCSV(c, comparedMembers) }

func (h Pages) compare(c echo.Context, of *comparedKind) error {
	by, q := caller(c), readCompare(c.QueryParams(), of)
	s := siteOf(by.Organization.Key)
	if c.QueryParam(parts.StepName) == parts.ReviewStep { // the choice is made
		return seeOther(c, q.at(of.address(s)))
	}
	comparison, err := of.read(h.Console, c.Request().Context(), by, q.asked())
	if err != nil {
		return err
	}
	p := comparePage{comparison, q, h.Console.Catalog(), s}
	page, err := h.page(c, p.place())
	if err != nil {
		return err
	}
	view := p.view()
	view.Page = page
	return Render(c, http.StatusOK, view.Component())
}

// compareCSV is the comparison as a file: the domains that the page shows, and the things of the one that is open.
func (h Pages) compareCSV(c echo.Context, of *comparedKind) error {
	by, q := caller(c), readCompare(c.QueryParams(), of)
	q.adding = false
	return h.sendCSV(c, of.file(q.keys), models.Page{}, func(page models.Page) (csvRows, error) {
		query := q.asked()
		query.Page = page
		comparison, err := of.read(h.Console, c.Request().Context(), by, query)
		return comparePage{comparison, q, h.Console.Catalog(), siteOf(by.Organization.Key)}.csv(), err
	})
}
