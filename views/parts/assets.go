package parts

// Assets are the content-hashed addresses of the static files that every page refers to.
type Assets struct {
	Style, Script, HTMX, Icons, Mark, Font string
}

// SetAssets tells the pages where the static files are. Call it at start-up, before the server listens.
func SetAssets(a Assets) { assets = a }

// assets is written once, before the first page is drawn, and only read from then on: the addresses are fixed when the
// program is built, so each page would otherwise carry the same six strings along.
var assets Assets

func iconHref(name string) string { return assets.Icons + "#" + name }
