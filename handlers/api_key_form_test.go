package handlers

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
)

func TestALastDayIsReadAsFormsWriteIt(t *testing.T) {
	for _, c := range []struct{ typed, day, problem string }{
		{"", "", ""},
		{" \t", "", ""},
		{"2027-04-01", "2027-04-02T00:00:00Z", ""},
		{" 2028-02-29 ", "2028-03-01T00:00:00Z", ""},
		{"2027-02-30", "", "Enter the day as year, month and day, such as 2028-01-04."},
		{"1.4.2027", "", "Enter the day as year, month and day, such as 2028-01-04."},
		{"2027-04-01T10:00", "", "Enter the day as year, month and day, such as 2028-01-04."},
	} {
		day, problem := readLastDay(c.typed, services.LatestKeyEnd(noon))
		got := ""
		if day != nil {
			got = day.Format(time.RFC3339)
		}
		if got != c.day || problem != c.problem {
			t.Errorf("%q is %q, %q", c.typed, got, problem)
		}
	}
}

func TestAddressesAndNetworksAreReadOneALine(t *testing.T) {
	for _, c := range []struct {
		typed   string
		want    []string
		problem string
	}{
		{"", nil, ""},
		{"\r\n \n", nil, ""},
		{"192.0.2.1\r\n 10.0.0.0/8 \n\n2001:db8::/32", []string{"192.0.2.1/32", "10.0.0.0/8", "2001:db8::/32"}, ""},
		{"::ffff:192.0.2.7", []string{"::ffff:192.0.2.7/128"}, ""}, // the service knows that it is 192.0.2.7
		{"192.0.2.1\nexample.com", nil, "Line 2 (“example.com”) is neither"},
		{"192.0.2.1\nexample.com\n\nintranet", nil, "Line 2 (“example.com”) and line 4 (“intranet”) are neither"},
		{"10.0.0.0/33", nil, "Line 1 (“10.0.0.0/33”) is neither"},
		{"\nfe80::1%eth0", nil, "Line 2 (“fe80::1%eth0”) is neither"},
		{"fe80::%eth0/64", nil, "Line 1 ("},
		{"192.0.2.1, 192.0.2.2", nil, "Line 1 ("},
		{"\xff" + strings.Repeat("x", 100), nil, "Line 1 (“�" + strings.Repeat("x", 59) + "”) is neither"},
	} {
		networks, problem := readNetworks(c.typed)
		var got []string
		for _, n := range networks {
			got = append(got, n.String())
		}
		if !slices.Equal(got, c.want) || !strings.HasPrefix(problem, c.problem) || (problem == "") != (c.problem == "") {
			t.Errorf("%q is %v, %q", c.typed, got, problem)
		}
	}
}

func TestAllThatCannotBeReadOfAnAPIKeyIsTold(t *testing.T) {
	form := apiKeyForm{Name: "Importer", Description: "Nightly", Expires: "2027-04-01", Allow: "10.0.0.0/8"}
	c := form.configuration(noon)
	if len(c.Unread) > 0 || c.Name != "Importer" || c.Description != "Nightly" || c.Expires == nil || fmt.Sprint(c.Allow) != "[10.0.0.0/8]" {
		t.Errorf("what can be read is %+v", c)
	}
	for _, test := range []struct {
		typed apiKeyForm
		wrong []string
	}{
		{apiKeyForm{Name: "Importer", Expires: "tomorrow", Allow: "10.0.0.0/8", Deny: "intranet"}, []string{"Expires", "Deny"}},
		{apiKeyForm{Name: "Importer", Allow: "everywhere"}, []string{"Allow"}},
		{apiKeyForm{Name: " ", Description: "a\u202eb", Expires: "tomorrow"}, []string{"Expires"}}, // the service tells the others with it
	} {
		var fields []string
		for _, f := range test.typed.configuration(noon).Unread {
			fields = append(fields, f.Field)
		}
		if !slices.Equal(fields, test.wrong) {
			t.Errorf("%+v: wrong are %v, want %v", test.typed, fields, test.wrong)
		}
	}
}

func TestTheFormOfAKeySaysWhatStands(t *testing.T) {
	ends := time.Date(2027, 4, 1, 12, 30, 0, 0, time.UTC)
	k := models.APIKey{Resource: models.Resource{Name: "Importer"}, Description: "Nightly", ExpiresAt: &ends,
		Allow: []string{"10.0.0.0/8", "192.0.2.1"}, Deny: []string{"10.9.0.0/16"}}
	form := formOfKey(k)
	if form != (apiKeyForm{"Importer", "Nightly", "2027-04-01", "10.0.0.0/8\n192.0.2.1", "10.9.0.0/16"}) {
		t.Errorf("the form is %+v", form)
	}
	if c := form.configuration(noon); len(c.Unread) > 0 ||
		!slices.Equal(c.Allow, []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.0.2.1/32")}) {
		t.Errorf("read back it is %+v", c)
	}
	k.ExpiresAt = nil
	if form := formOfKey(k); form.Expires != "" {
		t.Errorf("a key without an end ends on %q", form.Expires)
	}
}
