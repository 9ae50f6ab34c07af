package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// New is the form for a request.
func (h Support) New(c echo.Context) error {
	offer, err := h.Console.AccessOffer(c.Request().Context(), who(c), c.Param("organization"))
	if err != nil {
		return err
	}
	f := askForm{For: strconv.Itoa(int(usual(offer.Longest).Seconds()))}
	for _, category := range offer.Supporter.Categories {
		f.Categories = append(f.Categories, category.Key)
	}
	return h.draw(c, http.StatusOK, offer, f, nil)
}

// submitted reads the form, and what its categories offer.
func (h Support) submitted(c echo.Context) (askForm, services.AccessOffer, error) {
	form, err := postForm(c)
	if err != nil {
		return askForm{}, services.AccessOffer{}, err
	}
	f := readAskForm(h.Console.Catalog(), form)
	offer, err := h.Console.AccessOffer(c.Request().Context(), who(c), c.Param("organization"), f.Categories...)
	if err != nil {
		return askForm{}, services.AccessOffer{}, err
	}
	return f, offer, nil
}

// Preview answers what the viewer would be able to do.
func (h Support) Preview(c echo.Context) error {
	f, offer, err := h.submitted(c)
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, outlook(offer, f).Component())
}

// Create asks for the access, which is given at once. Other buttons of the form draw it again with all that was typed.
func (h Support) Create(c echo.Context) error {
	f, offer, err := h.submitted(c)
	if err != nil {
		return err
	}
	if f.Step != "" || resuming(c) {
		return h.draw(c, http.StatusOK, offer, f, nil)
	}
	r, err := f.request(h.Console.Now(), c.RealIP())
	if err != nil {
		return h.refused(c, offer, f, err)
	}
	a, err := h.Console.RequestAccess(c.Request().Context(), who(c), offer.Organization.Key, r)
	if err != nil {
		return h.refused(c, offer, f, err)
	}
	flash(c, "success", "Access to "+offer.Organization.Name+" granted.", "It lasts until "+words.Moment(a.ExpiresAt)+". Its administrators see it.")
	return seeOther(c, ownRequestsPath)
}

// refused draws the form again with what is wrong at its field.
func (h Support) refused(c echo.Context, offer services.AccessOffer, f askForm, cause error) error {
	wrong := wrongIn(cause)
	var high services.TooHigh
	switch {
	case len(wrong) > 0:
	case errors.As(cause, &high):
		for _, x := range high.Excess {
			wrong = append(wrong, services.FieldError{Field: "Privileges", Domain: x.Domain, Text: "Your category does not allow this level here."})
		}
	case errors.Is(cause, services.ErrSupportOff), errors.Is(cause, services.ErrMember), errors.Is(cause, services.ErrClockBack):
		offer.Closed = cause
	default:
		return cause
	}
	return h.draw(c, http.StatusUnprocessableEntity, offer, f, wrong)
}

func (h Support) draw(c echo.Context, status int, offer services.AccessOffer, f askForm, wrong []services.FieldError) error {
	p := h.page(c, "Request access", "")
	p.Heading = "Request access to " + offer.Organization.Name
	path := requestPath(offer.Organization.Key)
	page := views.AccessForm{Page: p, Closed: closedNotice(offer), Action: path, Preview: path + "/preview", Cancel: supportPath,
		Categories: categoryChoice(offer, f), Query: f.Query,
		Justification: justificationField(offer, f), Description: descriptionField(f),
		Lasting: lasting(offer, f, h.Console.Now()), Outlook: outlook(offer, f),
		Errors: fieldErrors(wrong, func(e services.FieldError) (id, label string) { return askedAt(offer, e) }),
	}
	markAreas(page.Errors, &page.Justification, &page.Description)
	mark(page.Errors, &page.Lasting.Until)
	page.Problem, page.Services = take(page.Errors, views.AccessPrivilegesID), askedServices(h.Console.Catalog(), offer, f, page.Errors)
	if page.Categories != nil {
		page.Categories.Error = take(page.Errors, views.AccessCategories.Name)
	}
	page.Case = caseLink(offer)
	if page.Closed != nil && status == http.StatusOK {
		status = http.StatusForbidden
	}
	return Render(c, status, page.Component())
}

// askControls are where the form shows the fields of a request.
var askControls = controls{"Categories": views.AccessCategories, "Justification": views.AccessJustification,
	"Description": {Name: views.AccessDescription.Name, Label: "Description"}, "Until": {Name: views.AccessUntil.Name, Label: views.AccessFor.Label}}

// askedAt is where the form shows a field of a request; a privilege that is not offered has no place of its own.
func askedAt(offer services.AccessOffer, f services.FieldError) (id, label string) {
	if f.Field != "Privileges" {
		return askControls.find(f)
	}
	for _, o := range offer.Privileges {
		if o.Key == f.Domain {
			return idOf(o.Key), o.Name
		}
	}
	return views.AccessPrivilegesID, "Privileges"
}

// caseLink leads to what justifications are about.
func caseLink(offer services.AccessOffer) *parts.Link {
	place, err := url.Parse(services.CasePlace(offer.Categories).Link)
	if err != nil || place.Host == "" {
		return nil
	}
	return &parts.Link{Label: "Look it up at " + place.Host, Href: place.String()}
}

func closedNotice(offer services.AccessOffer) *parts.Notice {
	name := offer.Organization.Name
	switch {
	case offer.Closed == nil:
		return nil
	case errors.Is(offer.Closed, services.ErrSupportOff):
		return &parts.Notice{Tone: "warning", Title: name + " has switched support access off.", Text: "Nobody can ask for access until one of its administrators switches it on."}
	case errors.Is(offer.Closed, services.ErrMember):
		return &parts.Notice{Tone: "warning", Title: "You are a member of " + name + ".", Text: "Ask its administrators for what you need."}
	}
	return &parts.Notice{Tone: "danger", Title: "You can’t get access now.", Text: "The clock of this console has gone back, so the end of an access can’t be measured. Tell your operator."}
}

func categoryChoice(offer services.AccessOffer, f askForm) *views.CategoryChoice {
	if len(offer.Supporter.Categories) < 2 {
		return nil
	}
	choice := &views.CategoryChoice{}
	for _, category := range offer.Supporter.Categories {
		choice.Options = append(choice.Options, parts.Option{Value: category.Key, Label: category.Name, Selected: slices.Contains(f.Categories, category.Key)})
	}
	return choice
}

// askedServices are the privileges that may be asked for, by service. View on the organization comes by itself.
func askedServices(catalog *access.Catalog, offer services.AccessOffer, f askForm, wrong []parts.FieldError) []views.AskedService {
	offered := map[access.DomainKey]services.OfferedPrivilege{}
	for _, o := range offer.Privileges {
		offered[o.Key] = o
	}
	var all []views.AskedService
	for _, service := range catalog.Services {
		section := views.AskedService{ID: service.Key, Name: service.Name, Hidden: true}
		for _, d := range service.Domains {
			o, may := offered[d.Key]
			if !may || d.Key == access.OrganizationDomain && len(o.May) == 1 && o.May[0] == access.LevelView {
				continue
			}
			row := askedDomain(o, f.Levels[d.Key])
			if row.Hidden = !matchesDomain(d, f.Query); !row.Hidden {
				row.Error = take(wrong, row.ID)
			}
			section.Hidden = section.Hidden && row.Hidden
			section.Domains = append(section.Domains, row)
		}
		if len(section.Domains) > 0 {
			all = append(all, section)
		}
	}
	return all
}

func askedDomain(o services.OfferedPrivilege, chosen access.Level) views.AskedDomain {
	row := views.AskedDomain{ID: idOf(o.Key), Key: string(o.Key), Name: o.Name, Sensitive: o.Sensitive}
	if !slices.Contains(o.May, chosen) {
		chosen = access.LevelNone
	}
	for _, l := range append([]access.Level{access.LevelNone}, o.May...) {
		allows := words.Sentence(o.Allows[l])
		if l == access.LevelNone {
			allows = "Not asked for."
		}
		row.Levels = append(row.Levels, views.AskedLevel{Value: l.String(), Label: o.Label(l), Allows: allows, Checked: l == chosen})
	}
	return row
}

func justificationField(offer services.AccessOffer, f askForm) parts.TextArea {
	shortest := 0
	var hints []string
	for _, category := range offer.Categories {
		shortest = max(shortest, category.MinLength)
		if hint := services.HintOf(category); hint != "" && !slices.Contains(hints, hint) {
			hints = append(hints, hint)
		}
	}
	help := "Why you need this: the organization’s administrators read it."
	if shortest > 0 {
		help += " " + words.Characters.Count(shortest) + " or more."
	}
	for _, hint := range hints {
		help += " " + hint
	}
	area := views.AccessJustification.Area()
	area.Value, area.Help, area.Lines, area.Required = f.Justification, help, 3, true
	return area
}

func descriptionField(f askForm) parts.TextArea {
	area := views.AccessDescription.Area()
	area.Value, area.Lines, area.Help = f.Description, 3, "What else the organization’s administrators should know."
	return area
}

func lasting(offer services.AccessOffer, f askForm, now time.Time) views.LastingChoice {
	most := now.Add(offer.Longest)
	choice := views.LastingChoice{
		Until: views.AccessUntil.Field(),
		Most:  words.Upper(words.Duration(offer.Longest)) + " at most, which is until " + words.Moment(most) + ". You can end it at any time before.",
	}
	choice.Until.Type, choice.Until.Value = "datetime-local", f.Until
	known := f.For == untilMoment
	for _, d := range presets(offer.Longest) {
		value := strconv.Itoa(int(d.Seconds()))
		known = known || value == f.For
		choice.Presets = append(choice.Presets, parts.Option{Value: value, Label: "For " + words.Duration(d), Selected: value == f.For})
	}
	for i := range choice.Presets {
		first := choice.Presets[i].Value == strconv.Itoa(int(usual(offer.Longest).Seconds()))
		choice.Presets[i].Selected = choice.Presets[i].Selected || !known && first
	}
	choice.Presets[len(choice.Presets)-1].Label += ", the most"
	choice.Presets = append(choice.Presets, parts.Option{Value: untilMoment, Label: "Until a moment of your choice", Selected: f.For == untilMoment})
	return choice
}

// outlook says what the choices of the form give, and what no access ever gives.
func outlook(offer services.AccessOffer, f askForm) views.Outlook {
	o := views.Outlook{Will: []string{"Enter the console of " + offer.Organization.Name + " and view the organization"}}
	rest := 0
	for _, p := range offer.Privileges {
		chosen := f.Levels[p.Key]
		if chosen == access.LevelNone || !slices.Contains(p.May, chosen) {
			rest++
			continue
		}
		o.Will = append(o.Will, p.Label(chosen)+" on "+words.Domain(p.Domain)+": "+p.Allows[chosen]+".")
	}
	if rest > 0 {
		o.WillNot = append(o.WillNot, "Use what you do not ask for: "+words.Privileges.Count(rest))
	}
	o.WillNot = append(o.WillNot, "Do anything that you do not choose here",
		"Create API keys, or give anybody else what you hold",
		"Extend this access, or revoke that of others")
	return o
}
