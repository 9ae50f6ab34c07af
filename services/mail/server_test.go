package mail_test

import (
	"strings"
	"testing"

	"bailiwick/services/mail"
)

func TestAddressesOfMailServersAreRead(t *testing.T) {
	for address, want := range map[string]mail.Server{
		"smtp://mail.example.com:25":                        {Host: "mail.example.com", Port: 25},
		"smtp://bailiwick:secret@mail.example.com:587":      {Host: "mail.example.com", Port: 587, User: "bailiwick", Password: "secret"},
		"smtps://a%40example.com:p%3A%2F@[2001:db8::1]:465": {Host: "2001:db8::1", Port: 465, User: "a@example.com", Password: "p:/", TLS: true},
		"smtp://mail.example.com:25?starttls=never":         {Host: "mail.example.com", Port: 25, Plain: true},
	} {
		if got, err := mail.ParseServer(address); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", address, got, err)
		}
	}
}

func TestAFaultyAddressOfAMailServerIsRefusedWithoutRepeatingItsPassword(t *testing.T) {
	for _, address := range []string{
		"mail", "mail.example.com:25", "http://mail.example.com:25", "smtp://", "smtp://:25", "smtp://mail.example.com",
		"smtp://mail.example.com:0", "smtp://mail.example.com:99999", "smtp://mail.example.com:mail",
		"smtp://bailiwick@mail.example.com:25", "smtp://:secret@mail.example.com:25", "smtp://a:secret%@mail.example.com:25",
		"smtp://a:secret@mail.example.com:25/x", "smtp://mail.example.com:25?tls=off", "smtps://mail.example.com:25?starttls=never",
		"smtp://a:secret@mail.example.com:25?starttls=never", "smtp://a:secret@mail.example.com:25#x",
	} {
		_, err := mail.ParseServer(address)
		if err == nil {
			t.Errorf("%s was taken", address)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error repeats the password: %v", address, err)
		}
	}
}

func TestWhoMailsComeFromHasANameAndAnAddress(t *testing.T) {
	for typed, want := range map[string]string{
		"console@example.com":        `"Bailiwick" <console@example.com>`,
		"Acme <console@example.com>": `"Acme" <console@example.com>`,
	} {
		if got, err := mail.ParseFrom(typed); err != nil || got.String() != want {
			t.Errorf("%s: got %v, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "console", "a@example.com, b@example.com", "a@example.com\r\nBcc: b@example.com"} {
		if got, err := mail.ParseFrom(typed); err == nil {
			t.Errorf("%q was taken as %v", typed, got)
		}
	}
}
