package services

import (
	"fmt"
	"slices"
	"strings"

	"bailiwick/services/files"
	"bailiwick/words"
)

// operatorPlan is what applying a file changes, in words.
func operatorPlan(was, is *files.Operator) Plan {
	var plan Plan
	if was.Vendor != is.Vendor {
		plan.Steps = append(plan.Steps, Step{doesChange, "vendor " + is.Vendor.Name, vendorDetails(was.Vendor, is.Vendor)})
	}
	plan.Steps = append(plan.Steps, whole(was.Operators, is.Operators, "operator", func(email string) (string, []string) { return email, nil })...)
	plan.Steps = append(plan.Steps, whole(was.Categories, is.Categories, "category", func(c files.Category) (string, []string) { return c.Key, categoryLines(c) })...)
	plan.Steps = append(plan.Steps, whole(was.Personnel, is.Personnel, "person", func(p files.Personnel) (string, []string) { return p.Email, personLines(p) })...)
	slices.SortStableFunc(plan.Steps, removalsLast)
	plan.Notes = doubtNotes(missing(operatorEmails(is), operatorEmails(was))...)
	return plan
}

// operatorEmails are the addresses that a file names.
func operatorEmails(file *files.Operator) []string {
	emails := slices.Clone(file.Operators)
	for _, p := range file.Personnel {
		emails = append(emails, p.Email)
	}
	return emails
}

func vendorDetails(was, is files.Vendor) []string {
	return []string{fmt.Sprintf("%s, %s → %s, %s", orNone(was.Name), orNone(was.SupportMail), orNone(is.Name), orNone(is.SupportMail))}
}

// whole compares two lists; the second is complete, so what it omits is removed. lines gives a thing's key and its
// properties, one on each line.
func whole[T any](was, is []T, kind string, lines func(T) (string, []string)) []Step {
	before, after, keys := map[string][]string{}, map[string][]string{}, []string{}
	for _, side := range []struct {
		list []T
		into map[string][]string
	}{{was, before}, {is, after}} {
		for _, thing := range side.list {
			key, properties := lines(thing)
			side.into[key] = append([]string{}, properties...)
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	var steps []Step
	for _, key := range slices.Compact(keys) {
		gone, come := missing(before[key], after[key]), missing(after[key], before[key])
		switch {
		case before[key] == nil:
			steps = append(steps, Step{doesCreate, kind + " " + key, after[key]})
		case after[key] == nil:
			steps = append(steps, Step{doesRemove, kind + " " + key, nil})
		case len(gone)+len(come) > 0:
			var details []string
			for _, line := range gone {
				details = append(details, "no longer "+line)
			}
			steps = append(steps, Step{doesChange, kind + " " + key, append(details, come...)})
		}
	}
	return steps
}

// missing are those of all that are not among some.
func missing(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(some, s) })
}

func categoryLines(c files.Category) []string {
	lines := []string{"name " + c.Name, "longest " + files.Duration(c.Longest)}
	if c.MinLength > 0 {
		lines = append(lines, "justification of "+words.Characters.Count(c.MinLength)+" or more")
	}
	if c.Pattern != "" {
		lines = append(lines, "justification with "+c.Pattern+" ("+c.Hint+")")
	}
	if c.Link != "" {
		lines = append(lines, "link "+c.Link)
	}
	for _, m := range c.MayRequest {
		line := string(m.Domain) + ": " + m.Level.String()
		if m.Sensitive {
			line += ", sensitive"
		}
		lines = append(lines, line)
	}
	slices.Sort(lines[1:])
	return lines
}

func personLines(p files.Personnel) []string {
	organizations := "all organizations"
	if len(p.Organizations) > 0 {
		organizations = "organizations " + strings.Join(keysOf(p.Organizations), ", ")
	}
	return []string{"name " + p.Name, "categories " + strings.Join(keysOf(p.Categories), ", "), organizations}
}
