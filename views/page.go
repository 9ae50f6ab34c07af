// Package views draws the console's pages. Each page is a struct of strings ready to show (dates formatted, plurals
// chosen, links built) and a templ component that only places them. It knows no store, no request and no rule of
// access: what the viewer may not do is simply not in the struct.
package views

// Page is what every console page shares: the frame around the content.
type Page struct {
	Title   string   // of the document and, unless the page says otherwise, its h1
	Theme   string   // "light", "dark" or "" for what the system prefers
	Shell   *Shell   // nil on pages outside an organization (sign-in, setup, picker)
	Account *Account // the menu of a page without Shell; nil draws none
	Visit   *Visit   // nil for members
	Flash   *Flash   // outcome of the request before, shown once
	Heading string   // h1, where it differs from Title
	Lead    string   // the sentence below the h1
	Actions []Link   // buttons at the right of the heading
	Tabs    []Tab
}

// Shell is the rail and the top bar of an organization.
type Shell struct {
	Organization  string // its name
	Kind          string // small line below it
	Organizations []Link // those the viewer can switch to, the current one first; one alone draws no menu
	Groups        []RailGroup
	Foot          string // "You see the 6 pages that your groups open."
	Access        string // address of the viewer's own effective access
	Crumbs        []Link // the last is the page itself and has no Href
	Clock         *Link  // activity of this page; nil without view on Activities
	Account       Account
}

// RailGroup is one service in the navigation.
type RailGroup struct {
	ID, Name string // ID is unique in the page and fit for an id attribute
	Links    []Link
}

// Account is the menu behind the viewer's initials.
type Account struct {
	Name, Email, Initials string
	Profile               string // the page of the viewer's own account
	Invitations           string // the page of those who invite the viewer elsewhere
	Support               string // where personnel ask for temporary access; "" for everybody else
	SignOut               string // POST
	Theme                 string // POST address that stores the theme: theme=light, dark or system; back=Back
	Back                  string // where the theme form returns to
}

// Link is a place to go, or an action to take: a Post link is drawn as a button of a form.
type Link struct {
	Label   string
	Href    string
	Icon    string // name of a symbol in icons.svg, "" for none
	Current bool
	Primary bool
	Danger  bool
	Post    bool
}

// Tab is one of the tabs of a page. A disabled tab has no Href and says why. While something is being added there is
// nothing to link to yet: a tab with Submit sends the page's form with tab=Submit, which carries all choices along.
type Tab struct {
	Label, Href string
	Submit      string
	Count       string // "" draws none
	Current     bool
	Disabled    string // the reason, in words
}

// Flash tells how the last change ended. Tone is success, warning or danger.
type Flash struct {
	Tone, Title, Text string
}

// Hidden is a value that a form carries along without showing it.
type Hidden struct {
	Name, Value string
}

// heading is what the page's h1 reads.
func (p Page) heading() string {
	if p.Heading != "" {
		return p.Heading
	}
	return p.Title
}
