package handlers

import "testing"

func TestLinksOfAPageBecomeAFile(t *testing.T) {
	head := byteOrderMark + "\"Email\",\"Link\"\r\n"
	for text, want := range map[string]string{
		"":                                     head,
		"a@example.com\thttps://x/join/1":      head + "\"a@example.com\",\"https://x/join/1\"\r\n",
		"a@example.com\t1\r\nb@example.com\t2": head + "\"a@example.com\",\"1\"\r\n\"b@example.com\",\"2\"\r\n",
		"nothing in it\n\n":                    head,
		"=1+1\t\"x\"":                          head + "\"'=1+1\",\"\"\"x\"\"\"\r\n",
	} {
		if got := linksCSV(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
