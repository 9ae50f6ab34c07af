package parts

import "github.com/a-h/templ"

// Address is an address that breaks before its @.
func Address(address string) templ.Component { return WordsOf(address) }
