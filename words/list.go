package words

import "strings"

// List joins names as a sentence does, at most so many of them: "", "a", "a and b", "a, b and c", "a, b, c and 4 more".
func List(names []string, most int) string { return ListOf(names, len(names), most) }

// ListOf is the same for a longer list whose first names and total number are known.
func ListOf(first []string, total, most int) string {
	shown := first[:min(most, len(first))]
	parts := append([]string{}, shown...)
	if rest := total - len(shown); rest > 0 {
		parts = append(parts, Number(rest)+" more")
	}
	return And(parts)
}

// More stands after a list that leaves so many out: "and 4 more"; "" if it leaves out none.
func More(rest int) string {
	if rest <= 0 {
		return ""
	}
	return "and " + Number(rest) + " more"
}

// And joins all of them: "a", "a and b", "a, b and c".
func And(parts []string) string { return joined(parts, " and ") }

// Or joins what one may choose among: "a", "a or b", "a, b or c".
func Or(parts []string) string { return joined(parts, " or ") }

func joined(parts []string, last string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	end := len(parts) - 1
	return strings.Join(parts[:end], ", ") + last + parts[end]
}
