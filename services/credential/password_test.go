package credential

import (
	"context"
	"strings"
	"testing"
)

const email = "john.smith@example.com"

// verify tells whether a password opens the one account that has the hash.
func (h *Hasher) verify(encoded, password string) (bool, error) {
	_, right, err := h.Match([]string{encoded}, password)
	return right, err
}

func TestPasswordHashCarriesTheParametersOfProduction(t *testing.T) {
	h := NewHasher(Cost{})
	encoded, err := h.Hash(context.Background(), Turn{}, "", "a sentence to remember")
	if err != nil || !strings.HasPrefix(encoded, "$argon2id$v=19$m=65536,t=3,p=1$") {
		t.Fatalf("%s, %v", encoded, err)
	}
	for password, want := range map[string]bool{"a sentence to remember": true, "a sentence to remembeR": false, "": false} {
		if got, err := h.verify(encoded, password); err != nil || got != want {
			t.Errorf("%q: %t, %v", password, got, err)
		}
	}
	cheap := NewHasher(Cost{Memory: 64, Time: 1})
	if right, err := cheap.verify(encoded, "a sentence to remember"); err != nil || !right {
		t.Errorf("a hasher of other parameters does not read the hash: %t, %v", right, err)
	}
	again, err := h.Hash(context.Background(), Turn{}, "", "a sentence to remember")
	if err != nil || again == encoded {
		t.Errorf("two hashes of one password are equal, or %v", err)
	}
}

func TestPasswordIsTheSameFromEveryKeyboard(t *testing.T) {
	h := NewHasher(Cost{Memory: 64, Time: 1})
	encoded, err := h.Hash(context.Background(), Turn{}, "", "cr\u00e8me and caf\u00e9")
	if err != nil {
		t.Fatal(err)
	}
	if right, err := h.verify(encoded, "cre\u0300me and cafe\u0301"); err != nil || !right {
		t.Errorf("decomposed characters: %t, %v", right, err)
	}
}

// Attack: sign in as somebody who has no password, with an empty one or with whatever the stand-in might be made of.
func TestNobodyMatchesAMissingHash(t *testing.T) {
	h := NewHasher(Cost{Memory: 64, Time: 1})
	for _, password := range []string{"", "a sentence to remember", h.dummy} {
		if right, err := h.verify("", password); err != nil || right {
			t.Errorf("%q: %t, %v", password, right, err)
		}
	}
}

func TestDamagedHashesAreErrors(t *testing.T) {
	h := NewHasher(Cost{Memory: 64, Time: 1})
	for _, encoded := range []string{
		"x", "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=64,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=64,t=1,p=1$!$AAAA",
		"$argon2id$v=19$m=64,t=1,p=1$AAAA$!", strings.Replace(h.dummy, "t=1", "t=0", 1),
	} {
		if right, err := h.verify(encoded, "x"); err == nil || right {
			t.Errorf("%s: %t, %v", encoded, right, err)
		}
	}
}

func TestPasswordRules(t *testing.T) {
	for password, want := range map[string]string{
		"fourteen chars":              "15 characters",
		"éééééééééééééé":              "15 characters", // fourteen, whatever their bytes
		strings.Repeat("xyzzyq", 171): "1024 bytes",
		"with a\nline end inside":     "characters that you can type",
		"broken \xff encoding here":   "characters that you can type",
		"with a tab\tinside it":       "characters that you can type",

		"passwordpassword":          "too easy",
		"Password1234567890":        "too easy",
		"P@ssw0rd-P@ssw0rd!":        "too easy",
		"aaaaaaaaaaaaaaaaaaaa":      "too easy",
		"123456789012345":           "too easy",
		"987654321098765":           "too easy",
		"qwertyuiopasdfghjkl":       "too easy",
		"abcdefghijklmnopqrst":      "too easy",
		"abcabcabcabcabcabc":        "too easy",
		"iloveyou iloveyou 2026":    "too easy",
		"letmeinletmein123":         "too easy",
		"correcthorsebatterystaple": "too easy",
		"Bailiwick-admin-123":       "too easy",
		"john.smith@example.com":    "too easy",
		"John.Smith@Example.com1!":  "too easy",
		"john.smith john.smith":     "too easy",

		"nobody guesses this":           "",
		"my password is about herons":   "",
		"тридцать три богатыря":         "",
		"七転び八起き、猿も木から落ちる":               "",
		"fifteen chars!!":               "",
		strings.Repeat("ab1-cd2_", 128): "",
	} {
		got := PasswordProblem(PasswordMinimum, password, email)
		if want == "" && got != "" || want != "" && !strings.Contains(got, want) {
			t.Errorf("%.40q: %q, want %q", password, got, want)
		}
	}
}
