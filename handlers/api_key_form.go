package handlers

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// apiKeyForm is what somebody typed about an API key: the day of its end, and addresses or networks, one a line.
type apiKeyForm struct {
	Name, Description, Expires, Allow, Deny string
}

func readAPIKey(form url.Values) apiKeyForm {
	return apiKeyForm{Name: form.Get(views.APIKeyName.Name), Description: form.Get(views.APIKeyDescription.Name),
		Expires: form.Get(views.APIKeyExpires.Name), Allow: form.Get(views.APIKeyAllow.Name), Deny: form.Get(views.APIKeyDeny.Name)}
}

// formOfKey is the form of a key as it stands.
func formOfKey(k models.APIKey) apiKeyForm {
	form := apiKeyForm{Name: k.Name, Description: k.Description, Allow: strings.Join(k.Allow, "\n"), Deny: strings.Join(k.Deny, "\n")}
	if k.ExpiresAt != nil {
		form.Expires = words.DayInFigures(words.LastDay(*k.ExpiresAt))
	}
	return form
}

// hidden carries what was typed through a tab that does not show it.
func (f apiKeyForm) hidden() []parts.Hidden {
	return []parts.Hidden{views.APIKeyName.Hidden(f.Name), views.APIKeyDescription.Hidden(f.Description), views.APIKeyExpires.Hidden(f.Expires),
		views.APIKeyAllow.Hidden(f.Allow), views.APIKeyDeny.Hidden(f.Deny)}
}

// configuration is what the form says, and what of it can't be read.
func (f apiKeyForm) configuration(now time.Time) services.APIKeyConfiguration {
	c := services.APIKeyConfiguration{Name: f.Name, Description: f.Description}
	note := func(field, problem string) {
		c.Unread = wrongOnce(c.Unread, services.FieldError{Field: field, Text: problem})
	}
	var problem string
	c.Expires, problem = readLastDay(f.Expires, services.LatestKeyEnd(now))
	note("Expires", problem)
	c.Allow, problem = readNetworks(f.Allow)
	note("Allow", problem)
	c.Deny, problem = readNetworks(f.Deny)
	note("Deny", problem)
	return c
}

// readLastDay reads the last day of something and answers with its end, nil where nothing was typed. The sample is a day to write
// another one like.
func readLastDay(typed string, sample time.Time) (end *time.Time, problem string) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return nil, ""
	}
	at, err := time.Parse(time.DateOnly, typed)
	if err != nil {
		return nil, "Enter the day as year, month and day, such as " + words.DayInFigures(sample) + "."
	}
	at = services.EndOfDay(at)
	return &at, ""
}

// namedLines is how many lines that can't be read are named.
const namedLines = 10

// readNetworks reads an address or a network on each line, and names the lines that are neither. Empty lines are none.
func readNetworks(typed string) (all []netip.Prefix, problem string) {
	var wrong []string
	for i, line := range strings.Split(typed, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		network, err := readNetwork(line)
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("line %d (“%s”)", i+1, cutRunes(strings.ToValidUTF8(line, "�"), 60)))
			continue
		}
		all = append(all, network)
	}
	if len(wrong) == 0 {
		return all, ""
	}
	return nil, words.Upper(words.List(wrong, namedLines)) + words.Noun{One: " is", Many: " are"}.Of(len(wrong)) +
		" neither an address nor a network. Enter one per line, such as 192.0.2.1, 10.0.0.0/8 or 2001:db8::/32."
}

// errZone says that an address holds on one machine alone, such as fe80::1%eth0.
var errZone = errors.New("an address with a zone")

// readNetwork reads a network, or an address as the network of that address alone.
func readNetwork(text string) (netip.Prefix, error) {
	if strings.Contains(text, "/") {
		return netip.ParsePrefix(text)
	}
	addr, err := netip.ParseAddr(text)
	if err != nil || addr.Zone() != "" {
		return netip.Prefix{}, errors.Join(err, errZone)
	}
	return addr.Prefix(addr.BitLen())
}
