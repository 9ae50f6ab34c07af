package views

import "bailiwick/views/parts"

// CopyName is what a copy is to be called.
var CopyName = parts.Control{Name: "name", Label: "Name of the copy"}
