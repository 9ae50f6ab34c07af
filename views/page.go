// Package views draws the console's pages. Each page is a struct of strings ready to show (dates formatted, plurals
// chosen, links built) and a templ component that only places them. It knows no store, no request and no rule of
// access: what the viewer may not do is simply not in the struct.
package views

import "bailiwick/views/parts"

// Page is what every console page shares: the frame around the content.
type Page struct {
	Title   string       // of the document and, unless the page says otherwise, its h1
	Theme   string       // "light", "dark" or "" for what the system prefers
	Shell   *Shell       // nil on pages outside an organization (sign-in, setup, picker)
	Account *Account     // the menu of a page without Shell; nil draws none
	Visit   *Visit       // nil for members
	Flash   *parts.Flash // outcome of the request before, shown once
	Resumed *Resumed     // the form on the page was kept while its person was signed out
	Heading string       // h1, where it differs from Title
	Kind    string       // what is above the name in the h1 of a page of one thing: "Edit a Group", "Source"
	Marks   []parts.Chip // beside the h1: "address not proven"
	Lead    string       // the sentence below the h1
	Actions []parts.Link // buttons at the right of the heading
	Tabs    []parts.Tab
}

// Shell is the rail and the top bar of an organization.
type Shell struct {
	Organization  string       // its name
	Kind          string       // small line below it
	Organizations []parts.Link // those the viewer can switch to, the current one first; one alone draws no menu
	Top           []parts.Link // before the services, without a heading: the overview
	Groups        []RailGroup
	Foot          string       // "You see the 6 pages that your groups open."
	Access        string       // address of the viewer's own effective access
	Crumbs        []parts.Link // the last is the page itself and has no Href
	Finder        *Finder      // the search for everything
	Clock         *parts.Link  // activity of this page; nil without view on Activities
	Account       Account
}

// RailGroup is one service in the navigation.
type RailGroup struct {
	ID, Name string // ID is unique in the page and fit for an id attribute
	Links    []parts.Link
}

// Account is the menu behind the viewer's initials.
type Account struct {
	Name, Email, Initials string
	Profile               string // the page of the viewer's own account
	Shortcuts             string // the page that lists the keys
	BareKeys              bool   // keys without Ctrl do something
	Invitations           string // the page of those who invite the viewer elsewhere
	Support               string // where personnel ask for temporary access; "" for everybody else
	SignOut               string // POST
	Theme                 string // POST address that stores the theme: theme=light, dark or system; back=Back
	Back                  string // where the theme form returns to
}

// heading is what the page's h1 reads.
func (p Page) heading() string {
	if p.Heading != "" {
		return p.Heading
	}
	return p.Title
}

// up is the nearest page above this one that the viewer may open.
func (p Page) up() string {
	if p.Shell != nil {
		for i := len(p.Shell.Crumbs) - 1; i >= 0; i-- {
			if href := p.Shell.Crumbs[i].Href; href != "" {
				return href
			}
		}
	}
	return "/"
}
