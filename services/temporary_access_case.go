package services

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"bailiwick/models"
	"bailiwick/services/files"
)

// HintOf says in a sentence what a justification has to name for a category, "" where it has no pattern. Nobody is shown the pattern.
func HintOf(c models.Category) string {
	switch {
	case c.Pattern == "":
		return ""
	case c.Hint == "":
		return "Name the case that this is about, as your company writes it."
	}
	return "Name " + strings.TrimSuffix(c.Hint, ".") + "."
}

// Case is what a justification is about, such as a case of the vendor's. The zero Case is none.
type Case struct {
	Text string // as the justification names it; "" where none is named yet
	Link string // to it, or to the place where all of them are
}

// CasePlace is where what justifications are about can be looked up, of the first category that has such a place.
func CasePlace(categories []models.Category) Case {
	for _, c := range categories {
		if place := files.LinkPlace(c.Link); place != "" {
			return Case{Link: place}
		}
	}
	return Case{}
}

// caseNamed is what a justification names by the pattern of the first category that finds it and has a link.
func caseNamed(categories []models.Category, justification string) Case {
	for _, c := range categories {
		pattern, err := regexp.Compile(c.Pattern)
		if err != nil || c.Pattern == "" || c.Link == "" {
			continue
		}
		if found := pattern.FindString(justification); found != "" {
			return Case{found, files.LinkTo(c.Link, found)}
		}
	}
	return Case{}
}

// caseOf is what an access is about, as the operator's file has its categories today.
func (c *Console) caseOf(ctx context.Context, a models.TemporaryAccess) (Case, error) {
	all, err := c.store.Categories(ctx)
	if err != nil {
		return Case{}, err
	}
	return caseNamed(slices.DeleteFunc(all, func(c models.Category) bool { return !slices.Contains(a.Categories, c.Key) }), a.Justification), nil
}
