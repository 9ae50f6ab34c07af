package files

import (
	"cmp"
	"slices"
	"strings"
)

// suggested is how many words a problem proposes.
const suggested = 3

// nearest words to a wrong one, best first, joined for a problem: "a, b or c". All of them where they are few.
func nearest(word string, valid []string) string {
	if len(valid) > 2*suggested {
		word = word[:min(len(word), 100)]
		valid = slices.Clone(valid)
		slices.SortStableFunc(valid, func(a, b string) int { return cmp.Compare(distance(word, a), distance(word, b)) })
		valid = valid[:suggested]
	}
	return either(valid)
}

// either joins words: "a, b or c".
func either(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// distance is how many letters must be added, removed or replaced to make b of a (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
