package handlers

import (
	"slices"
	"strings"

	"bailiwick/models"
	"bailiwick/names"
)

// smallWords are in most lines and say nothing about any: nobody means them who types a sentence.
var smallWords = strings.Fields("a an and by for from had in into it of on or that the to was which who with")

// withoutSmallWords is what was typed without them, or all of it where nothing else is left.
func withoutSmallWords(typed string) string {
	left := slices.DeleteFunc(strings.Fields(typed), func(word string) bool { return slices.Contains(smallWords, names.Fold(word)) })
	if len(left) == 0 {
		return typed
	}
	return strings.Join(left, " ")
}

// notAllowed is in each line about what was refused.
const notAllowed = "was not allowed to"

// lines are the words of the operations, as names.Text writes them, without the names that stand in them.
var lines = func() map[models.Operation]string {
	all := map[models.Operation]string{}
	for operation, told := range deeds {
		var text strings.Builder
		for _, phrase := range fill(told.Done+" "+told.Refused, nil) {
			text.WriteString(phrase.Text + " ")
		}
		all[operation] = names.Text(text.String())
	}
	return all
}()

// saying tells which activities say the words that somebody typed in the lines that pages print about them. Words shorter than three
// letters begin too many to mean one.
func saying(typed string) map[string]models.Said {
	all := map[string]models.Said{}
	for _, word := range names.Words(typed) {
		if strings.HasPrefix(word, " ") {
			continue
		}
		said := models.Said{Refused: names.Has(names.Text(notAllowed), []string{word})}
		for operation, line := range lines {
			if names.Has(line, []string{word}) {
				said.Operations = append(said.Operations, operation)
			}
		}
		slices.Sort(said.Operations)
		if said.Refused || len(said.Operations) > 0 {
			all[word] = said
		}
	}
	return all
}
