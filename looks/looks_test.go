package looks_test

import (
	"slices"
	"strings"
	"testing"

	"bailiwick/looks"
)

func TestNamesThatLookAlikeHaveOneSkeleton(t *testing.T) {
	for _, same := range [][]string{
		{"John Smith", "john smith", "JOHN  SMITH", "Jоhn Smith", "Јоhn Ѕmith", "Ｊｏｈｎ Ｓｍｉｔｈ", "John\u00a0Smith", "John\u200b Smith", "𝐉𝐨𝐡𝐧 Smith", " J0hn Smith"},
		{"Administrator", "Аdministrator", "Administrat\u03bfr", "adm1nistrator", "AdmInistrator", "Admınistrator", "admlnistrator"},
		{"José", "Jose\u0301"},
		{"O'Neil", "O’Neil"},
		{"Straße", "STRASSE"},
		{"Олег", "ОЛЕГ", "Oлeг"},
		{"", "\u200b", "  ", "\u034f", "\u3164", "\u115f", "\u2061", "\ufe0f", "\u200d", "\U000e0041", "\u2800", "\u2800 \u2800"},
		{"Administrators", "Admin\u034fistrators", "Administrators\u2800"},
	} {
		for _, other := range same[1:] {
			if a, b := looks.Skeleton(same[0]), looks.Skeleton(other); a != b {
				t.Errorf("%q and %q look alike, but have the skeletons %q and %q", same[0], other, a, b)
			}
		}
	}
}

func TestNamesThatCanBeToldApartHaveDifferentSkeletons(t *testing.T) {
	names := []string{"John Smith", "Joan Smith", "JohnSmith", "José", "Jose", "Олег", "Ольга", "administrator@example.com", "Administrator", "王芳", "王伟"}
	seen := map[string]string{}
	for _, name := range names {
		skeleton := looks.Skeleton(name)
		if other, taken := seen[skeleton]; taken {
			t.Errorf("%q and %q have one skeleton, %q", name, other, skeleton)
		}
		seen[skeleton] = name
	}
}

func TestATextIsBlankWhereNothingOfItCanBeSeen(t *testing.T) {
	for text, want := range map[string]bool{"": true, " ": true, "\u3164\u200d": true, "\u2800": true, "a\u2800": false, "-": false, "王": false, "\U0001f600\ufe0f": false} {
		if got := looks.Blank(text); got != want {
			t.Errorf("%q is blank: %t", text, got)
		}
	}
}

func TestAddressesThatPassForOthersAreDoubted(t *testing.T) {
	for address, want := range map[string]struct {
		why        string
		characters []string
	}{
		"user@xn--80ak6aa92e.com": {"its letters look like others", []string{"а U+0430 CYRILLIC SMALL LETTER A", "р U+0440 CYRILLIC SMALL LETTER ER",
			"ӏ U+04CF CYRILLIC SMALL LETTER PALOCHKA", "е U+0435 CYRILLIC SMALL LETTER IE"}},
		"chief@xn--exmple-4nf.com": {"it mixes Cyrillic and Latin letters", []string{"а U+0430 CYRILLIC SMALL LETTER A"}},
		"аdmin@example.com":        {"it mixes Cyrillic and Latin letters", []string{"а U+0430 CYRILLIC SMALL LETTER A"}},
		"admin@exаmple.com":        {"it mixes Cyrillic and Latin letters", []string{"а U+0430 CYRILLIC SMALL LETTER A"}},
		"αdmіn@example.com":        {"it mixes Cyrillic, Greek and Latin letters", []string{"α U+03B1 GREEK SMALL LETTER ALPHA", "і U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I"}},
		"ａdmin@example.com":        {"it has full-width or other special forms of letters", []string{"ａ U+FF41 FULLWIDTH LATIN SMALL LETTER A"}},
		"john１@example.com":        {"it has full-width or other special forms of letters", []string{"１ U+FF11 FULLWIDTH DIGIT ONE"}},
		"сосо@example.com":         {"its letters look like others", []string{"с U+0441 CYRILLIC SMALL LETTER ES", "о U+043E CYRILLIC SMALL LETTER O"}},
		"admın@example.com":        {"its letters look like others", []string{"ı U+0131 LATIN SMALL LETTER DOTLESS I"}},
		"john.smith@example.com":   {},
		"josé@example.com":         {},
		"bücher@münchen.example":   {},
		"иван@example.com":         {},
		"иван.петров2@пример.рф":   {},
		"たなか太郎@例え.jp":              {},
		"a_b+c@sub.example.com":    {},
		"نور@example.com":          {},
		"e\u0301ric@example.com":   {}, // composed before it comes here, but no look-alike either
		"user@xn--mnchen-3ya.de":   {},
		"l0ve@example.com":         {}, // plain letters and digits are what they are
	} {
		doubt, doubted := looks.DoubtAbout(address)
		if doubted != (want.why != "") || doubt.Why != want.why || !slices.Equal(doubt.Characters, want.characters) {
			t.Errorf("%s: got %t, %v", address, doubted, doubt)
		}
		if doubted && !strings.HasPrefix(doubt.String(), want.why+": "+want.characters[0]) {
			t.Errorf("%s: in one line it is %q", address, doubt)
		}
	}
}
