package handlers

import (
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/names"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// choosing is where a choice among many leads: back to a page of the organization, with the choice in one of its filters.
type choosing struct {
	services.ChoiceQuery
	Return string // address, with all that stands in it but the choice
	For    string // the filter
	Add    bool   // the filter has several: the choice is one more
}

// chooserFilters are those that a choice can be for.
var chooserFilters = []string{views.MemberGroup.Name, views.GroupDomain.Name}

func readChoosing(c echo.Context) choosing {
	s := siteOf(caller(c).Organization.Key)
	ch := choosing{Return: within(s, c.QueryParam(views.ChooserReturn)), Add: c.QueryParam(views.ChooserAdd) != ""}
	ch.Find = strings.TrimSpace(cutRunes(c.QueryParam(views.ChooserFind.Name), 200))
	ch.Chosen = c.QueryParam(views.ChooserChoice.Name)
	if ch.For = c.QueryParam(views.ChooserFor); !slices.Contains(chooserFilters, ch.For) {
		ch.For = chooserFilters[0]
	}
	return ch
}

// within is an address of the organization; what leads elsewhere leads to its first page.
func within(s site, address string) string {
	to, err := url.Parse(address)
	if err != nil || to.IsAbs() || to.Host != "" || to.Path != path.Clean(to.Path) || !strings.HasPrefix(to.Path, string(s)+"/") {
		return string(s)
	}
	return (&url.URL{Path: to.Path, RawPath: to.RawPath, RawQuery: to.RawQuery}).String()
}

// chosen is the address with the choice.
func (ch choosing) chosen() string {
	to, _ := url.Parse(ch.Return) // is one
	values := to.Query()
	switch {
	case ch.Add && ch.Chosen != "":
		values.Add(ch.For, ch.Chosen)
	case ch.Chosen != "":
		values.Set(ch.For, ch.Chosen)
	case !ch.Add:
		values.Del(ch.For)
	}
	to.RawQuery = values.Encode()
	return to.String()
}

// hidden carries it through searches.
func (ch choosing) hidden() []parts.Hidden {
	all := []parts.Hidden{{Name: views.ChooserReturn, Value: ch.Return}, {Name: views.ChooserFor, Value: ch.For}}
	if ch.Add {
		all = append(all, parts.Hidden{Name: views.ChooserAdd, Value: "yes"})
	}
	return all
}

// chooser is the link that opens the choice for a filter of a list, whose label is what is chosen.
func (q query) chooser(kind string, filter parts.Filter, address, label string) parts.Chooser {
	value := q.values[filter.Name]
	return parts.Chooser{Name: filter.Name, Label: filter.Label, Value: value, Chosen: label,
		Href: with(kind, views.ChooserReturn, with(address, q.pairs()...), views.ChooserFor, filter.Name, views.ChooserChoice.Name, value)}
}

// filterIn puts a filter in front of others: a list of options where there are no more than services.ChoicesShown, else where one is found by its name.
// chosen says what is chosen where it is none of the options.
func (q query) filterIn(f *parts.Filters, kind string, filter parts.Filter, noun words.Noun, options []parts.Option, chosen *parts.Option) {
	value, none := q.values[filter.Name], parts.Option{Label: "Any " + noun.One}
	is := func(o parts.Option) bool { return o.Value == value }
	if len(options) > services.ChoicesShown {
		if at := slices.IndexFunc(options, is); at >= 0 {
			chosen = &options[at]
		}
		if chosen == nil {
			chosen = &none
		}
		f.Choices = append(f.Choices, q.chooser(kind, filter, f.Action, chosen.Label))
		return
	}
	options = append([]parts.Option{none}, options...)
	if chosen != nil && !slices.ContainsFunc(options, is) {
		options = append(options, *chosen)
	}
	choice := filter.Select(options)
	choose(&choice, value)
	f.Selects = append([]parts.SelectField{choice}, f.Selects...)
}

// groupFilterIn is filterIn for groups.
func groupFilterIn(f *parts.Filters, s site, q query, filter parts.Filter, groups []parts.Option, chosen *models.Group) {
	var option *parts.Option
	if chosen != nil {
		option = &parts.Option{Value: chosen.Key, Label: chosen.Name}
	}
	q.filterIn(f, s.chooseGroup(), filter, words.Groups, groups, option)
}

// domainFilterIn is filterIn for domains of the catalogue.
func domainFilterIn(f *parts.Filters, s site, q query, filter parts.Filter, domains []*access.Domain) {
	var options []parts.Option
	for _, d := range domains {
		options = append(options, parts.Option{Value: string(d.Key), Label: words.Domain(d)})
	}
	q.filterIn(f, s.chooseDomain(), filter, words.Domains, options, nil)
}

// optionsOf are groups to choose from.
func optionsOf(groups []models.Group) []parts.Option {
	var all []parts.Option
	for _, g := range groups {
		all = append(all, parts.Option{Value: g.Key, Label: g.Name})
	}
	return all
}

// ChooseGroup is the page on which a group is chosen.
func (h Pages) ChooseGroup(c echo.Context) error {
	ch := readChoosing(c)
	found, err := h.Console.ChooseGroup(c.Request().Context(), caller(c), ch.ChoiceQuery)
	if err != nil {
		return err
	}
	line := func(g models.Group) parts.FoundLine {
		return parts.FoundLine{Value: g.Key, Name: marked(g.Name, ch.Find), Sub: marked(g.Description, ""), Note: words.Members.Roughly(g.Members)}
	}
	return h.choose(c, ch, access.GroupsDomain, words.Groups, chooserLines(ch, words.Groups, found, line))
}

// ChooseDomain is the page on which a domain of the catalogue is chosen: these are no secret.
func (h Pages) ChooseDomain(c echo.Context) error {
	ch, found := readChoosing(c), services.Choices[parts.Option]{}
	for _, d := range h.Console.Catalog().Domains() {
		choice := parts.Option{Value: string(d.Key), Label: words.Domain(d)}
		if choice.Value == ch.Chosen {
			found.Chosen = &choice
		}
		if names.Matches(ch.Find, choice.Label) {
			found.Found = append(found.Found, choice)
		}
	}
	slices.SortStableFunc(found.Found, func(a, b parts.Option) int { return fit(ch.Find, a.Label) - fit(ch.Find, b.Label) })
	found.Total = len(found.Found)
	line := func(o parts.Option) parts.FoundLine {
		return parts.FoundLine{Value: o.Value, Name: marked(o.Label, ch.Find)}
	}
	return h.choose(c, ch, "", words.Domains, chooserLines(ch, words.Domains, found, line))
}

// fit is how well the label of a domain fits what was typed: its own name, the beginning of that, or words of it. The service stands before
// the name: "Content / Sources".
func fit(typed, label string) int {
	_, name, _ := strings.Cut(label, " / ")
	key := names.SortKey(orElse(name, label))
	if from, until := names.SameLetters(typed); typed == "" || key >= from && key < until {
		return 0
	}
	if from, until := names.Beginning(typed); key >= from && key < until {
		return 1
	}
	return 2
}

// choose draws the page, or takes the choice.
func (h Pages) choose(c echo.Context, ch choosing, of access.DomainKey, noun words.Noun, list chooserList) error {
	if c.QueryParam(parts.StepName) == views.ChooseStep {
		return seeOther(c, ch.chosen())
	}
	title := "Choose " + words.A(noun.One)
	page, err := h.page(c, place{Domain: of, Title: title, Crumbs: []parts.Link{{Label: title}}})
	if err != nil {
		return err
	}
	return Render(c, http.StatusOK, views.Chooser{Page: page, Action: c.Request().URL.Path, Hidden: ch.hidden(), Label: "Find " + words.A(noun.One), Find: ch.Find,
		Lines: list.lines, More: list.more, Cancel: ch.Return}.Component())
}

// chooserList is what there is to choose, and what is said below it.
type chooserList struct {
	lines []parts.FoundLine
	more  string
}

// chooserLines has first what is chosen so far, then what was found. None is a choice where a filter has one alone.
func chooserLines[T any](ch choosing, noun words.Noun, found services.Choices[T], line func(T) parts.FoundLine) chooserList {
	var all []parts.FoundLine
	if !ch.Add && (ch.Find == "" || ch.Chosen == "") {
		all = append(all, parts.FoundLine{Name: parts.Words{{Text: "Any " + noun.One}}, Checked: found.Chosen == nil})
	}
	if found.Chosen != nil {
		chosen := line(*found.Chosen)
		chosen.Checked = true
		all = append(all, chosen)
	}
	for _, one := range found.Found {
		if l := line(one); found.Chosen == nil || l.Value != ch.Chosen {
			all = append(all, l)
		}
	}
	return chooserList{all, shownOf(len(found.Found), found.Total, noun, ch.Find)}
}

// shownOf says how many of those that were found are shown: "20 of 66 shown. Type more to narrow."
func shownOf(shown, total int, noun words.Noun, find string) string {
	switch {
	case total == 0 && find != "":
		return "No " + noun.One + " matches “" + find + "”."
	case total > services.ChoicesCounted:
		return words.Number(shown) + " of " + words.Number(services.ChoicesCounted) + "+ shown. Type more to narrow."
	case total > shown:
		return words.Number(shown) + " of " + strconv.Itoa(total) + " shown. Type more to narrow."
	}
	return ""
}
