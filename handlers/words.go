package handlers

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"bailiwick/access"
)

var english = message.NewPrinter(language.English)

// number writes a count with thousands separated.
func number(n int) string { return english.Sprintf("%d", n) }

// counted is "1 member", "6 members", "1,000+ members".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return roughly(n) + " " + many
}

// roughly is how many there are, above 1,000 as "1,000+": pages never count more.
func roughly(n int) string {
	if n > 1000 {
		return "1,000+"
	}
	return number(n)
}

// plural is what a domain's resources are called within a sentence: "query pipelines". An abbreviation keeps its capitals.
func plural(d *access.Domain) string { return lowerFirst(d.Name) }

func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

func upperFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// article is a noun with its article: "a source", "an extension".
func article(noun string) string {
	if strings.ContainsRune("aeiou", unicode.ToLower(rune(noun[0]))) {
		return "an " + noun
	}
	return "a " + noun
}

// fullName is a domain as people find it: "Content / Sources".
func fullName(d *access.Domain) string { return d.Service + " / " + d.Name }

// abilityNames are the abilities as people know them.
var abilityNames = map[access.Ability]string{
	access.View: "View", access.Edit: "Edit", access.Create: "Can create", access.Allowed: "Allowed", access.Push: "Push",
}

// needWords is a need as people know it: "Edit on Organization / Groups".
func needWords(c *access.Catalog, need access.Need) string {
	word := abilityNames[need.Ability]
	if d := c.Domain(need.Domain); d != nil {
		return word + " on " + fullName(d)
	}
	return word
}

// list joins names: "a", "a and b", "a, b and c", "a, b, c and 4 more".
func list(names []string, most int) string {
	if len(names) == 0 {
		return ""
	}
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// initials are the first letters of the first and last word of a name.
func initials(name string) string {
	words := strings.Fields(name)
	if len(words) == 0 {
		return "?"
	}
	letters := firstLetter(words[0])
	if len(words) > 1 {
		letters += firstLetter(words[len(words)-1])
	}
	return letters
}

func firstLetter(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r))
}

// levelClass is the look of a level: push weighs as much as view.
func levelClass(l access.Level) string {
	switch l {
	case access.LevelPush, access.LevelPushAndView:
		return "view"
	}
	return l.String()
}

var domainIcons = map[access.DomainKey]string{
	"content/sources": "database", "content/extensions": "puzzle", "content/fields": "list-tree",
	"machine-learning/models": "chart-column", "search/query-pipelines": "workflow", "search/search-pages": "app-window",
	access.GroupsDomain: "users", access.APIKeysDomain: "key-round", access.ActivitiesDomain: "clock",
	access.OrganizationDomain: "building-2", access.TemporaryAccessDomain: "life-buoy",
}

// domainIcon is the picture of a domain; one that the default catalogue does not have gets the plain one.
func domainIcon(d access.DomainKey) string {
	if icon, ok := domainIcons[d]; ok {
		return icon
	}
	return "folder-open"
}

func sentence(s string) string {
	if s == "" {
		return ""
	}
	return upperFirst(s) + "."
}
