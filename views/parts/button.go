package parts

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Button is a button. With nothing but a label it is a plain one that sends the form it stands in. It is a component
// itself: @parts.Button{Label: "Save", Kind: parts.Primary}.
type Button struct {
	Label      string
	Of         string // read behind the label where only the eye sees what it is about: "the session on Firefox"
	Icon       string // name of a symbol in icons.svg, "" for none
	Kind       ButtonKind
	Size       ButtonSize
	Place      ButtonPlace
	Attributes templ.Attributes // what else it needs, such as data-copy

	Name, Value string
	Form        string // id of the form it sends, where that is not the one around it
	Action      string // address in place of the form's own
	Post        bool   // sends by POST, whatever the form's own method
	Draft       bool   // sends the form as it stands: the browser does not ask for what is missing in it
	Passive     bool   // sends nothing: the script, or the browser, does what it is for
}

// ButtonLink is a link that looks like a button.
type ButtonLink struct {
	Label, Of, Icon string // as of a Button
	Kind            ButtonKind
	Size            ButtonSize
	Place           ButtonPlace
	Attributes      templ.Attributes

	Href string
}

// ButtonKind is what a button is for; its look follows from it.
type ButtonKind string

const (
	Plain       ButtonKind = ""
	Primary     ButtonKind = "btn-primary"      // the one thing to do next: one a view
	Quiet       ButtonKind = "btn-quiet"        // without a frame, beside others
	Danger      ButtonKind = "btn-danger"       // leads to what can't be taken back
	Destructive ButtonKind = "btn-danger-solid" // does it
	Chooses     ButtonKind = "filter-picker"    // leads to where one of many is chosen
)

// ButtonSize is how much room a button takes.
type ButtonSize string

const (
	Fitting  ButtonSize = ""                // as much as its words need
	IconOnly ButtonSize = "btn-icon"        // a square with the icon; what it is called is read, not shown
	Wide     ButtonSize = "btn-wide"        // as wide as what is around it
	Large    ButtonSize = "btn-lg btn-wide" // as wide, and higher: on the pages before the console
)

// ButtonPlace is where a button stands, or who sees it, unless it stands in line and everybody does.
type ButtonPlace string

const (
	InLine         ButtonPlace = ""
	AtEnd          ButtonPlace = "push"          // at the far end of its row
	AtCalloutEnd   ButtonPlace = "callout-end"   // at the end of a callout
	OnTheRail      ButtonPlace = "rail-open"     // where the navigation is a drawer
	OnWideScreens  ButtonPlace = "only-wide"     // small ones have it in a menu
	YieldsLast     ButtonPlace = "p2"            // the same, however many buttons there are
	Yields         ButtonPlace = "p3"            // the same, and screens of tablets have it in the menu
	YieldsFirst    ButtonPlace = "p4"            // the same, and all screens but the widest
	OnSmallScreens ButtonPlace = "only-narrow"   // in the menu, where wide ones have it in the bar
	OnTablets      ButtonPlace = "from-p3"       // in the menu for Yields
	OnLaptops      ButtonPlace = "from-p4"       // in the menu for YieldsFirst
	WithScript     ButtonPlace = "script-only"   // it could do nothing without
	WithoutScript  ButtonPlace = "noscript-only" // what it does, the script does by itself
)

// Render draws the button.
func (b Button) Render(ctx context.Context, w io.Writer) error { return b.element().Render(ctx, w) }

// Render draws the link.
func (l ButtonLink) Render(ctx context.Context, w io.Writer) error { return l.element().Render(ctx, w) }

// buttonClass is the class of what looks like a button.
func buttonClass(kind ButtonKind, size ButtonSize, place ButtonPlace) string {
	class := "btn"
	for _, more := range []string{string(kind), string(size), string(place)} {
		if more != "" {
			class += " " + more
		}
	}
	return class
}

func (b Button) buttonType() string {
	if b.Passive {
		return "button"
	}
	return "submit"
}

// Closes is what a link needs that closes the question or panel it stands in.
var Closes = templ.Attributes{"data-close": true}

// CloseButton is the cross in the corner of a panel; href is the page without it.
func CloseButton(href string) ButtonLink {
	return ButtonLink{Label: "Close", Icon: "x", Href: href, Kind: Quiet, Size: IconOnly, Attributes: Closes}
}

// CancelButton stands at the foot of a panel; href is the page without it.
func CancelButton(href string) ButtonLink {
	return ButtonLink{Label: "Cancel", Href: href, Place: AtEnd, Attributes: Closes}
}

// CopyButton copies what stands in the field with that id.
func CopyButton(id, of string) Button {
	return Button{Label: "Copy", Of: of, Icon: "copy", Place: WithScript, Passive: true, Attributes: templ.Attributes{"data-copy": id}}
}

// Decisive is the kind of a button that does what the page asks about.
func Decisive(danger bool) ButtonKind {
	if danger {
		return Destructive
	}
	return Primary
}
