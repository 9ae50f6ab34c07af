package views

import (
	"github.com/a-h/templ"

	"bailiwick/views/parts"
)

// Finder is the search for everything: the box in the top bar, which the script makes a dialog of.
type Finder struct {
	Action string     // the page with the results
	Hits   string     // the same without the page around them
	Label  string     // "Search Example Corp"
	Opened parts.Link // what the page is about, to be shown before anything is typed; without an address it is about nothing
}

// FinderPage is the search for everything as a page.
type FinderPage struct {
	Page
	Hits Hits
}

// Hits is what was found.
type Hits struct {
	Query  string
	Groups []HitGroup
	Text   string // "49 found. You see only what you may view.", or that there is nothing
}

// HitGroup is what was found of one kind.
type HitGroup struct {
	ID, Name string
	Count    string
	Hits     []Hit
	All      *Hit // leads to the others; nil where all are here
}

// Hit is one thing that was found.
type Hit struct {
	ID       string // unique in the page
	Href     string
	Icon     string
	Initials string // of a person, in place of an icon
	Name     parts.Words
	Sub      parts.Words
	Kind     string // at the end: what is to be known of it besides
	Chip     bool   // Kind is a chip
	Tone     string // of the chip
}

// all are the hits with the one that leads to the others.
func (g HitGroup) all() []Hit {
	if g.All == nil {
		return g.Hits
	}
	return append(g.Hits[:len(g.Hits):len(g.Hits)], *g.All)
}

func closeFinder() parts.Button {
	return parts.Button{Label: "Close", Kind: parts.Quiet, Passive: true, Attributes: templ.Attributes{"data-close-finder": true}}
}
