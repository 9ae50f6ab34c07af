package services

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services/files"
	"bailiwick/words"
)

// How long keys last: what is proposed, in days, and the most that a page accepts, in years.
const (
	KeyDays  = 90
	KeyYears = 1
)

// MaxDescription is how many characters a description may have.
const MaxDescription = 1000

// MaxAddresses is how many addresses and networks each list of a key may have.
const MaxAddresses = 200

// DateForm is how forms write a day.
const DateForm = "2006-01-02"

// APIKeyForm is what somebody typed about an API key. Expires is a day in DateForm, at whose beginning (UTC) the key ends;
// Allow and Deny have an address or a network on each line.
type APIKeyForm struct {
	Name, Description, Expires, Allow, Deny string
}

// KeyForm is the form of a key as it stands.
func KeyForm(k models.APIKey) APIKeyForm {
	form := APIKeyForm{Name: k.Name, Description: k.Description, Allow: strings.Join(k.Allow, "\n"), Deny: strings.Join(k.Deny, "\n")}
	if k.ExpiresAt != nil {
		form.Expires = k.ExpiresAt.UTC().Format(DateForm)
	}
	return form
}

// fillKey puts the typed values into the row. All that is wrong is listed at once.
func (v *view) fillKey(ctx context.Context, d *access.Domain, k *models.APIKey, form APIKeyForm) error {
	wrong := Invalid{}
	name, err := cleanName("Name", form.Name)
	if err == nil {
		err = v.freeName(ctx, d, name, k.ID)
	}
	if err := wrong.add(err); err != nil {
		return err
	}
	description, textErr := cleanDescription(form.Description)
	ends, endErr := v.ending(k, form.Expires)
	allow, allowErr := addresses("Allow", form.Allow)
	deny, denyErr := addresses("Deny", form.Deny)
	for _, err := range []error{textErr, endErr, allowErr, denyErr} {
		if err := wrong.add(err); err != nil {
			return err
		}
	}
	if len(wrong.Fields) > 0 {
		return wrong
	}
	k.Name, k.Description, k.ExpiresAt, k.Allow, k.Deny = name, description, ends, allow, deny
	return nil
}

// cleanDescription composes the text (NFC) and makes one line of it, as files have it.
func cleanDescription(typed string) (string, error) {
	if !utf8.ValidString(typed) {
		return "", invalid("Description", "This is not valid text. Type the description again.")
	}
	text := strings.Join(strings.Fields(norm.NFC.String(typed)), " ")
	switch n := utf8.RuneCountInString(text); {
	case n > MaxDescription:
		return "", invalid("Description", words.TooMany(words.Characters, MaxDescription, n))
	case strings.ContainsFunc(text, files.Invisible):
		return "", invalid("Description", "Leave out invisible control characters.")
	}
	return text, nil
}

// ending reads the day on which a key ends: a later one than today, and a year ahead at most. What stands already may stay,
// also where it is further ahead, over, or never: files may say so.
func (v *view) ending(k *models.APIKey, typed string) (*time.Time, error) {
	typed = strings.TrimSpace(typed)
	if k.ID != 0 && typed == KeyForm(*k).Expires {
		return k.ExpiresAt, nil
	}
	latest := v.At.AddDate(KeyYears, 0, 0)
	day, err := time.Parse(DateForm, typed)
	switch {
	case typed == "":
		return nil, invalid("Expires", "Choose the day on which the key ends.")
	case err != nil:
		return nil, invalid("Expires", "Write the day as year, month and day, such as "+latest.Format(DateForm)+".")
	case !day.After(v.At):
		return nil, invalid("Expires", "Choose a day after today.")
	case day.After(latest):
		return nil, invalid("Expires", "Choose a day within a year: "+latest.Format(DateForm)+" at the latest.")
	}
	return &day, nil
}

// prolongs tells whether a key lasts longer than before: whoever does that gives all that it holds anew (R7).
func prolongs(before, after *time.Time) bool {
	return before != nil && (after == nil || after.After(*before))
}

// addresses reads one address or network a line, in canonical form, in order and each once.
func addresses(field, typed string) ([]string, error) {
	var all []string
	for i, line := range strings.Split(typed, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		network, ok := files.CanonicalNetwork(line)
		if !ok {
			return nil, invalid(field, fmt.Sprintf("Line %d, “%s”, is neither an address nor a network. "+
				"Write one a line, such as 192.0.2.1, 10.0.0.0/8 or 2001:db8::/32.", i+1, cut(strings.ToValidUTF8(line, "�"), 60)))
		}
		all = append(all, network)
	}
	slices.Sort(all)
	if all = slices.Compact(all); len(all) > MaxAddresses {
		return nil, invalid(field, words.TooMany(words.Lines, MaxAddresses, len(all))+" Networks such as 10.0.0.0/8 stand for many addresses.")
	}
	return all, nil
}
