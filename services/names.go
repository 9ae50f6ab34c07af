package services

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bailiwick/access"
	"bailiwick/looks"
	"bailiwick/models"
	"bailiwick/services/files"
	"bailiwick/words"
)

// MaxName is how many characters a name may have.
const MaxName = 125

// cleanName is the one rule for names that people type: composed (NFC), without blanks around it, 1 to MaxName
// characters, at least one of them visible, and none that no name may hold. Files accept what it accepts, or an export could not be applied.
func cleanName(field, typed string) (string, error) {
	if !utf8.ValidString(typed) {
		return "", invalid(field, "This is not valid text. Type the name again.")
	}
	name := strings.TrimSpace(norm.NFC.String(typed))
	switch {
	case name == "":
		return "", invalid(field, "Enter a name.")
	case utf8.RuneCountInString(name) > MaxName:
		return "", invalid(field, words.TooMany(words.Characters, MaxName, utf8.RuneCountInString(name)))
	case strings.ContainsFunc(name, files.Invisible):
		return "", invalid(field, "Remove line breaks and other invisible characters.")
	case looks.Blank(name):
		return "", invalid(field, "This name is invisible. Use at least one letter, digit or sign.")
	}
	return name, nil
}

// keyFor derives a key from a name, for things made on pages: lower case letters and digits, the rest hyphens.
func keyFor(name, fallback string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
			// an accent that NFD took off its letter
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	key := b.String()
	if len(key) > 56 { // room for a number
		key = key[:56]
	}
	if key = strings.Trim(key, "-"); key == "" {
		return fallback
	}
	return key
}

// freeKey is the key derived from the name, numbered until nothing in the domain has it.
func (v *view) freeKey(ctx context.Context, d *access.Domain, name string) (string, error) {
	base := keyFor(name, keyFor(d.Resource, "thing"))
	for n := 1; ; n++ {
		key := base
		if n > 1 {
			key = fmt.Sprintf("%s-%d", base, n)
		}
		taken, err := v.KeyTaken(ctx, d.Key, key)
		if err != nil {
			return "", err
		}
		if !taken {
			return key, nil
		}
	}
}

// freeName refuses a name that another thing in the domain has, whatever its case: people tell things apart by name.
func (v *view) freeName(ctx context.Context, d *access.Domain, name string, except access.ResourceID) error {
	taken, err := v.NameTaken(ctx, d.Key, name, except)
	if err != nil {
		return err
	}
	if taken {
		return invalid("Name", fmt.Sprintf("Another %s is named “%s” already. Choose a different name.", d.Resource, name))
	}
	return nil
}

// freeNameFor is what was typed as the name of a thing in the domain, in the form that is stored. See cleanName and freeName.
func (v *view) freeNameFor(ctx context.Context, d *access.Domain, typed string, except access.ResourceID) (string, error) {
	name, err := cleanName("Name", typed)
	if err != nil {
		return "", err
	}
	if err := v.freeName(ctx, d, name, except); err != nil {
		return "", err
	}
	return name, nil
}

// freeLook refuses a group's name that looks like another's: somebody would be put into the wrong one. Files refuse it too.
func (v *view) freeLook(ctx context.Context, name string, except access.ResourceID) error {
	taken, err := v.LooksTaken(ctx, name, except)
	if err != nil {
		return err
	}
	if taken {
		return invalid("Name", "Another group has a name that looks like “"+name+"”. Choose a name that looks different.")
	}
	return nil
}

// taken tells whether a name is another's, or that of a group looks like another's.
func (v *view) taken(ctx context.Context, d *access.Domain, name string) (bool, error) {
	taken, err := v.NameTaken(ctx, d.Key, name, 0)
	if err != nil || taken || d.Key != access.GroupsDomain {
		return taken, err
	}
	return v.LooksTaken(ctx, name, 0)
}

// copyName is the name of a duplicate (R9): NAME_copy, then NAME_copy2, NAME_copy3 and so on; a long name is cut.
func (v *view) copyName(ctx context.Context, d *access.Domain, name string) (string, error) {
	for n := 1; ; n++ {
		suffix := "_copy"
		if n > 1 {
			suffix = fmt.Sprintf("_copy%d", n)
		}
		candidate := cut(name, MaxName-len(suffix)) + suffix
		taken, err := v.taken(ctx, d, candidate)
		if err != nil {
			return "", err
		}
		if !taken {
			return candidate, nil
		}
	}
}

// cleaned is what is kept of a text from outside that nothing has judged, cut to so many characters.
func cleaned(s string, runes int) string { return cut(legible(s), runes) }

// legible is a text without what no name may hold: it would make the lines around it look like others, and neither database
// holds all of it. Line breaks become blanks.
func legible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case !files.Invisible(r):
			return r
		case unicode.IsSpace(r):
			return ' '
		}
		return -1
	}, s)
}

func cut(s string, runes int) string {
	if utf8.RuneCountInString(s) <= runes {
		return s
	}
	return string([]rune(s)[:runes])
}

// total is the number of things in a domain, from the counter kept with each change.
func total(ctx context.Context, scope *models.Scope, d access.DomainKey) (int, error) {
	n, err := scope.Count(ctx, d)
	if err != nil {
		return 0, fmt.Errorf("count %s: %w", d, err)
	}
	return n, nil
}
