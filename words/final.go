package words

import "strings"

// Final is what a question says about something that nobody can undo, and what to do instead where there is something. Everything else
// that takes something away offers to undo it.
func Final(instead string) string {
	return strings.TrimSpace("This can’t be undone. " + instead)
}
