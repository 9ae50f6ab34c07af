package services

import (
	"context"
	"net/netip"
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

// APIKeyConfiguration is what is decided about an API key beside what it may do.
type APIKeyConfiguration struct {
	Name, Description string
	Expires           *time.Time     // the key ends when this day begins (UTC); nil: never, which is kept but not chosen
	Allow, Deny       []netip.Prefix // where it may be used from: denied wins over allowed, and none allowed is everywhere (R11)

	Unread []FieldError // what of it could not be read: told with all else that is wrong, once it is known that the caller may
}

// ConfigurationOf is that of a key as it stands.
func ConfigurationOf(k models.APIKey) APIKeyConfiguration {
	return APIKeyConfiguration{Name: k.Name, Description: k.Description, Expires: k.ExpiresAt, Allow: parsedNetworks(k.Allow), Deny: parsedNetworks(k.Deny)}
}

// LatestKeyEnd is the latest end that a key can be given at a moment.
func LatestKeyEnd(at time.Time) time.Time { return dayOf(at.UTC().AddDate(KeyYears, 0, 0)) }

// fillKey puts the values into the row. All that is wrong is listed at once.
func (v *view) fillKey(ctx context.Context, d *access.Domain, k *models.APIKey, c APIKeyConfiguration) error {
	var wrong Invalid
	name, err := v.freeNameFor(ctx, d, c.Name, k.ID)
	if err := wrong.add(err); err != nil {
		return err
	}
	description, err := cleanDescription(c.Description)
	if err := wrong.add(err); err != nil {
		return err
	}
	ends, err := v.ending(k, c)
	if err := wrong.add(err); err != nil {
		return err
	}
	allow, err := storedNetworks("Allow", k.Allow, c.Allow)
	if err := wrong.add(err); err != nil {
		return err
	}
	deny, err := storedNetworks("Deny", k.Deny, c.Deny)
	if err := wrong.add(err); err != nil {
		return err
	}
	wrong.Fields = append(slices.DeleteFunc(wrong.Fields, c.unread), c.Unread...)
	if len(wrong.Fields) > 0 {
		return wrong
	}
	k.Name, k.Description, k.ExpiresAt, k.Allow, k.Deny = name, description, ends, allow, deny
	return nil
}

// unread tells whether the field that is wrong could not even be read.
func (c APIKeyConfiguration) unread(wrong FieldError) bool {
	return slices.ContainsFunc(c.Unread, func(f FieldError) bool { return f.Field == wrong.Field })
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
		return "", invalid("Description", "Remove invisible characters.")
	}
	return text, nil
}

// ending is when a key ends: at the end of a day, today at the soonest, and a year ahead at most. What stands already may stay, also where it
// is further ahead, over, or never: files may say so.
func (v *view) ending(k *models.APIKey, c APIKeyConfiguration) (*time.Time, error) {
	if k.ID != 0 && keepsEnd(k.ExpiresAt, c.Expires) {
		return k.ExpiresAt, nil
	}
	if c.Expires == nil {
		return nil, invalid("Expires", "Choose the last day on which the key works.")
	}
	end, latest := dayOf(*c.Expires), LatestKeyEnd(v.At)
	switch {
	case !end.After(v.At):
		return nil, invalid("Expires", "Choose today, "+words.Date(v.At)+", or a later day.")
	case end.After(latest):
		return nil, invalid("Expires", "Choose a day within a year: "+words.Date(words.LastDay(latest))+" at the latest.")
	}
	return &end, nil
}

// endAgain is an end that a key had before and is to have again: that moment itself, as files give it, and no day that it stands for.
// What has passed or is far ahead nobody chooses, and so it isn't given back either.
func (v *view) endAgain(stands, had *time.Time) (*time.Time, error) {
	switch {
	case had == nil && stands != nil:
		return nil, invalid("Expires", "It had no end. An API key that has an end keeps one.")
	case had == nil || stands != nil && had.Equal(*stands):
		return stands, nil
	case !had.After(v.At):
		return nil, invalid("Expires", "It would have expired by now.")
	case had.After(LatestKeyEnd(v.At)):
		return nil, invalid("Expires", "It would last for more than a year.")
	}
	return had, nil
}

// dayOf is the beginning of the day of a moment (UTC).
func dayOf(at time.Time) time.Time { return at.UTC().Truncate(24 * time.Hour) }

// EndOfDay is the end that a day means: the moment when the next one begins (UTC).
func EndOfDay(day time.Time) time.Time { return dayOf(day).AddDate(0, 0, 1) }

// keepsEnd tells whether an end that was chosen is the one that stands, or the end of the day on which that is: files may give any
// moment, of which forms show the day.
func keepsEnd(stands, chosen *time.Time) bool {
	if stands == nil || chosen == nil {
		return stands == chosen
	}
	return chosen.Equal(*stands) || chosen.Equal(EndOfDay(words.LastDay(*stands)))
}

// prolongs tells whether a key lasts longer than before: anyone who does that gives all that it holds anew (R7).
func prolongs(before, after *time.Time) bool {
	return before != nil && (after == nil || after.After(*before))
}

// storedNetworks is a list of addresses and networks as rows have it: in canonical form, in order and each once. A list that
// stands for the same as before stays as it is written, unless something in it can't be read: it is saved without that.
func storedNetworks(field string, stands []string, wanted []netip.Prefix) ([]string, error) {
	all := networkTexts(wanted)
	if len(all) > MaxAddresses {
		return nil, invalid(field, words.TooMany(words.Lines, MaxAddresses, len(all))+" Networks such as 10.0.0.0/8 stand for many addresses.")
	}
	if read := parsedNetworks(stands); len(read) == len(stands) && slices.Equal(all, networkTexts(read)) {
		return stands, nil
	}
	return all, nil
}

func networkTexts(networks []netip.Prefix) []string {
	var all []string
	for _, n := range networks {
		all = append(all, files.NetworkText(n))
	}
	slices.Sort(all)
	return slices.Compact(all)
}
