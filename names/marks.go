package names

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Piece is a part of a text: one that has what somebody typed, or one that has not.
type Piece struct {
	Text  string
	Found bool
}

// Marks takes a text apart where it has words of what somebody typed, as Matches finds them: short words where a word
// begins, others anywhere. The pieces together are the text as it stands, accents and case included. A letter of which a
// word has a part only (the s of ß) is found as a whole.
func Marks(typed, text string) []Piece {
	letters := lettersOf(text)
	found := make([]bool, len(letters))
	folded, letterAt := foldedLetters(letters)
	for _, word := range Words(typed) {
		sought := strings.TrimPrefix(word, gap)
		for at := range folded {
			if strings.HasPrefix(folded[at:], sought) && (sought == word || begins(folded, at, sought)) {
				for i := range sought {
					found[letterAt[at+i]] = true
				}
			}
		}
	}
	var pieces []Piece
	for i, letter := range letters {
		if i == 0 || found[i] != found[i-1] {
			pieces = append(pieces, Piece{Found: found[i]})
		}
		pieces[len(pieces)-1].Text += letter
	}
	return pieces
}

// lettersOf takes a text apart before each character that is no accent: what is folded letter by letter is folded as a
// whole.
func lettersOf(text string) []string {
	var letters []string
	from := 0
	for at, r := range text {
		if at > from && !unicode.Is(unicode.Mn, r) {
			letters = append(letters, text[from:at])
			from = at
		}
	}
	if from < len(text) {
		letters = append(letters, text[from:])
	}
	return letters
}

// foldedLetters is the text that these letters make, folded, and which letter each byte of it comes from.
func foldedLetters(letters []string) (folded string, letterAt []int) {
	var b strings.Builder
	for i, letter := range letters {
		b.WriteString(foldLetter(letter))
		for len(letterAt) < b.Len() {
			letterAt = append(letterAt, i)
		}
	}
	return b.String(), letterAt
}

// foldLetter folds most letters of most names at once.
func foldLetter(letter string) string {
	if len(letter) == 1 && letter[0] < utf8.RuneSelf {
		return strings.ToLower(letter)
	}
	return Fold(letter)
}

// begins tells whether a whole word begins there with what was sought, or a part of one, which holds nothing that separates.
func begins(folded string, at int, sought string) bool {
	before, _ := utf8.DecodeLastRuneInString(folded[:at])
	return at == 0 || unicode.IsSpace(before) || separates(before) && !strings.ContainsFunc(sought, separates)
}
