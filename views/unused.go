package views

import "bailiwick/views/parts"

// Filters that several lists have: for how long something was not used, and within how many days it ends.
var (
	Unused = parts.Filter{Name: "unused", Label: "Last used"}
	Ends   = parts.Filter{Name: "ends", Label: "Ends"}
)
