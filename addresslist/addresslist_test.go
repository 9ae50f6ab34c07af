package addresslist_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"bailiwick/addresslist"
	"bailiwick/services/files"
)

// told is a list in a short form.
func told(l addresslist.List) []string {
	var all []string
	for _, e := range l.Entries {
		line := e.Email
		if e.Name != "" {
			line = e.Name + " <" + e.Email + ">"
		}
		all = append(all, line)
	}
	for _, r := range l.Repeats {
		all = append(all, "twice "+r.Text)
	}
	for _, u := range l.Unusable {
		all = append(all, u.Text+": "+u.Why)
	}
	return all
}

func TestListsAreReadInEveryFormThatProgramsCopy(t *testing.T) {
	for text, want := range map[string][]string{
		"":                                       nil,
		"12 - 7":                                 {"12 - 7: No @ sign"},
		" ;\r\n, \t":                             nil,
		"a@example.com":                          {"a@example.com"},
		"A@Example.COM.":                         {"a@example.com"},
		"a@example.com,b@example.com,,\nc":       {"a@example.com", "b@example.com", "c: No @ sign"},
		"John Smith <john@example.com>":          {"John Smith <john@example.com>"},
		"<john@example.com>, <jane@example.com>": {"john@example.com", "jane@example.com"},
		"A <a@example.com> B <b@example.com>":    {"A <a@example.com>", "B <b@example.com>"},
		`"Smith, John" <john@example.com>; jane@example.com`:                {"Smith, John <john@example.com>", "jane@example.com"},
		`"Smith, John" john@example.com`:                                    {"Smith, John <john@example.com>"},
		`"A ""quoted\" name" <a@example.com>`:                               {`A ""quoted" name <a@example.com>`},
		`"john@example.com"`:                                                {"john@example.com"},
		"'john@example.com'; (jane@example.com)":                            {"john@example.com", "jane@example.com"},
		"John Smith john@example.com":                                       {"John Smith <john@example.com>"},
		"To: a@example.com":                                                 {"To <a@example.com>"},
		"mailto:a@example.com?subject=Hello":                                {"a@example.com"},
		"MAILTO:a%2Bb@example.com":                                          {"a+b@example.com"},
		"a@example.com b@example.com\tc@example.com":                        {"a@example.com", "b@example.com", "c@example.com"},
		"Name\tEmail\tCity\nJohn Smith\tjohn@example.com\tBern":             {"John Smith <john@example.com>"},
		"john@example.com\tJohn Smith":                                      {"John Smith <john@example.com>"},
		"John\tBern":                                                        {"John Bern: No @ sign"},
		"a@example.com no-at.example.com b@example.com":                     {"a@example.com", "b@example.com", "no-at.example.com: No @ sign"},
		"a@example.com，b@example.com；c@example.com、d@example.com":           {"a@example.com", "b@example.com", "c@example.com", "d@example.com"},
		"\ufeffa@example.com\u00a0b@example.com\u200b":                      {"a@example.com", "b@example.com"},
		"a@example.com\vb@example.com\u2028c@example.com\rd@example.com":    {"a@example.com", "b@example.com", "c@example.com", "d@example.com"},
		"• a@example.com\n- b@example.com\n1. c@example.com":                {"a@example.com", "b@example.com", "c@example.com"},
		"Name <a@example.com":                                               {"Name <a@example.com>"},
		"Name <nobody>":                                                     {"Name nobody: No @ sign"},
		"a@example":                                                         {"a@example: The domain has no dot"},
		"@example.com":                                                      {"@example.com: Nothing before the @ sign"},
		"a@":                                                                {"a@: Nothing after the @ sign"},
		"a@b@example.com, a@b@c@example.com":                                {"a@b@example.com: Two @ signs", "a@b@c@example.com: More than two @ signs"},
		"a＠example.com":                                                     {"a＠example.com: The @ sign is a special form of it"},
		"a..b@example.com":                                                  {"a..b@example.com: A dot is in the wrong place"},
		"a@exa_mple.com":                                                    {"a@exa_mple.com: Not a complete address"},
		"a\u200bb@example.com":                                              {"a\ufffdb@example.com: It has a character that can’t be seen"},
		"a(b@example.com":                                                   {"a(b@example.com: It has a character that no address has: ( (U+0028)"},
		strings.Repeat("a", 65) + "@example.com":                            {strings.Repeat("a", 65) + "@example.com: The address is too long"},
		"a@example.com\n b@example.com \nA@EXAMPLE.com":                     {"a@example.com", "b@example.com", "twice a@example.com"},
		"<a@example.com>, John <a@example.com>":                             {"John <a@example.com>", "twice a@example.com"},
		"аdmin@example.com":                                                 {"аdmin@example.com"}, // whom it looks like is asked elsewhere
		"a@example.com, \"open, b@example.com":                              {"a@example.com", "open: No @ sign", "b@example.com"},
		"e\u0301ric@example.com":                                            {"éric@example.com"},
		"\xff@example.com":                                                  {"\ufffd@example.com: It has a character that can’t be seen"},
		strings.Repeat("x", 500):                                            {strings.Repeat("x", 119) + "…: No @ sign"},
		"Access Coordinator <access.coordinator@example.com>; Deputy <b@c>": {"Access Coordinator <access.coordinator@example.com>", "b@c: The domain has no dot"},
	} {
		got := told(addresslist.Read(text, 0))
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q is\n\t%q, want\n\t%q", text, got, want)
		}
	}
}

func TestEachPartSaysInWhichLineItIs(t *testing.T) {
	l := addresslist.Read("a@example.com\n\nb@example.com, none\r\nA@example.com a@example.com", 10)
	want := addresslist.List{
		Entries:  []addresslist.Entry{{Line: 11, Text: "a@example.com", Email: "a@example.com"}, {Line: 13, Text: "b@example.com", Email: "b@example.com"}},
		Unusable: []addresslist.Unusable{{Line: 13, Text: "none", Why: "No @ sign"}},
		Repeats:  []addresslist.Repeat{{Text: "a@example.com", Email: "a@example.com", Lines: []int{11, 14, 14}}},
	}
	if !reflect.DeepEqual(l, want) || l.Size() != 5 || l.Lines() != 3 {
		t.Errorf("got %+v, of size %d, on %d lines", l, l.Size(), l.Lines())
	}
	if again := l.Join(addresslist.List{}); !reflect.DeepEqual(again, want) {
		t.Errorf("joined with nothing: %+v", again)
	}
	joined := l.Join(addresslist.Read("b@example.com\nc@example.com", 20))
	if got := told(joined); !slices.Equal(got, []string{"a@example.com", "b@example.com", "c@example.com", "twice a@example.com", "twice b@example.com", "none: No @ sign"}) || joined.Size() != 7 || joined.Lines() != 5 {
		t.Errorf("joined: %q of size %d, on %d lines", got, joined.Size(), joined.Lines())
	}
}

func inUTF16(text string, order binary.AppendByteOrder) []byte {
	var data []byte
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		data = order.AppendUint16(data, unit)
	}
	return data
}

func TestFilesAreReadByTheNamesOfTheirColumns(t *testing.T) {
	const want = "John Smith <john@example.com>"
	for name, data := range map[string][]byte{
		"comma":         []byte("name,email\nJohn Smith,john@example.com\n"),
		"semicolon":     []byte("Name;E-Mail;City\r\nJohn Smith;john@example.com;Bern\r\n"),
		"tab":           []byte("Mail\tName\njohn@example.com\tJohn Smith\n"),
		"mark":          []byte("\ufeffemail,name\njohn@example.com,John Smith\n"),
		"old lines":     []byte("email,name\rjohn@example.com,John Smith\r"),
		"said sign":     []byte("sep=;\r\nemail;name\r\njohn@example.com;John Smith\r\n"),
		"two addresses": []byte("manager,email,name\nboss@example.com,john@example.com,John Smith\n"),
		"other heads":   []byte("Name,Contact\nJohn Smith,john@example.com\n"),
		"with the name": []byte("email\nJohn Smith <john@example.com>\n"),
		"quoted":        []byte("email,name\n\"john@example.com\",\"John Smith\"\n"),
		"UTF-16 LE":     inUTF16("email;name\r\njohn@example.com;John Smith\r\n", binary.LittleEndian),
		"UTF-16 BE":     inUTF16("email;name\r\njohn@example.com;John Smith\r\n", binary.BigEndian),
	} {
		l, err := addresslist.ReadCSV(data)
		if got := told(l); err != nil || !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	bare, err := addresslist.ReadCSV([]byte("a@example.com\nb@example.com\n"))
	if got := told(bare); err != nil || !slices.Equal(got, []string{"a@example.com", "b@example.com"}) {
		t.Errorf("without heads: %q, %v", got, err)
	}
}

func TestLinesOfAFileAreItsOwn(t *testing.T) {
	l, err := addresslist.ReadCSV([]byte("sep=,\nname,email\n\"two\nlines\",a@example.com\nJohn,\n,\nJane,jane@example\nx,A@example.com\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []addresslist.Unusable{{Line: 5, Text: "John", Why: "No address in this line"}, {Line: 7, Text: "jane@example", Why: "The domain has no dot"}}
	if !slices.Equal(l.Unusable, want) || !slices.Equal(l.Repeats[0].Lines, []int{3, 8}) {
		t.Errorf("got %+v", l)
	}
}

func TestAFileThatCannotBeReadSaysWhy(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "No column of this file has an address. Give the column the name “email”.",
		"name,city\nJohn,Bern\n":       "No column of this file has an address. Give the column the name “email”.",
		"email,name\na@b.com,Andr\xe9": "The letters of this file can’t be read. Save it as “CSV UTF-8”.",
		"PK\x03\x04\x00\x00":           "This is not a CSV file. In a spreadsheet program, save it as “CSV UTF-8”.",
	} {
		if l, err := addresslist.ReadCSV([]byte(text)); err == nil || err.Error() != want || l.Size() > 0 {
			t.Errorf("%q: %v, %+v", text, err, l)
		}
	}
}

// The blocks of a file that somebody collected, each with what has to come out of it in its head.
func TestTheCollectedCasesAreRead(t *testing.T) {
	data, err := os.ReadFile("testdata/pasted-addresses.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		"1": {"Access Coordinator <access.coordinator@example.com>", "Deputy Coordinator <deputy.coordinator@example.com>"},
		"2": {"Coordinator, Marketing <marketing.coordinator@example.com>"},
		"3": {"one@example.com", "two@example.com", "three@example.com", "four@example.com"},
		"4": {"linked@example.com"},
		"5": {"capitals@example.com", "twice Capitals@Example.com"},
		"6": {"kept@example.com", "no-dot@example: The domain has no dot", "no-at.example.com: No @ sign", "two-ats@@example.com: Two @ signs"},
		"7": {"аdmin@example.com", "ｖi@example.com"}, // package looks warns of both
	}
	for _, block := range strings.Split(string(data), "# block ")[1:] {
		head, text, _ := strings.Cut(block, "\n")
		if got := told(addresslist.Read(text, 0)); !slices.Equal(got, want[head[:1]]) {
			t.Errorf("block %s: %q", head, got)
		}
	}
}

func TestAListIsCarriedThroughAForm(t *testing.T) {
	l := addresslist.Read("\"Coordinator, \\\"M\\\"\" <A@example.com>\nnone\na@example.com; two@@example.com", 3)
	if again := addresslist.Carried(l.Carry()); !reflect.DeepEqual(told(again), told(addresslist.Read("\"Coordinator, 'M'\" <A@example.com>\nnone\na@example.com; two@@example.com", 3))) ||
		again.Size() != 4 || again.Last() != 6 || !slices.Equal(again.Repeats[0].Lines, []int{4, 6}) {
		t.Errorf("%q is carried as %q: %+v", l.Carry(), told(again), again)
	}
	if left := l.Without("a@example.com").WithoutLine(5, "none"); left.Size() != 1 || left.Unusable[0].Line != 6 {
		t.Errorf("left are %+v", left)
	}
	if got := addresslist.Carried("x:a@example.com\n0:b@example.com\n\n7"); got.Size() != 0 {
		t.Errorf("what nobody wrote is read as %+v", got)
	}
}

func TestWordsToLookForAreNoList(t *testing.T) {
	for text, want := range map[string]bool{"editor content": false, "Smith, John": false, "jane@": false, "@example.com": false, "no-at.example.com": false,
		"jane@example.com": true, " jane@example.com ": true, "Jane <jane@example.com>": true, "a@example.com, b": true, "one\ntwo": true, "one; two": true, "": false} {
		if got := addresslist.Listed(text); got != want {
			t.Errorf("%q is a list: %t", text, got)
		}
	}
}

// Whatever is pasted: what is read is canonical, there once, and read again the same.
func FuzzReadKeepsItsPromises(f *testing.F) {
	for _, seed := range []string{"", "a@example.com", `"Smith, John" <john@example.com>; jane@example.com`, "a\tb@example.com\tc", "<", `"`, "<\"@", "a@b.c,a@b.c",
		"mailto:%zz@b.com", "\xff\xfe", "1.a@example.com <", "a@b.com>b@c.com<"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l := addresslist.Read(text, 0)
		seen := map[string]bool{}
		var again []string
		for _, e := range l.Entries {
			if canonical, err := files.CanonicalEmail(e.Email); err != nil || canonical != e.Email || seen[e.Email] {
				t.Fatalf("%q is %v, or there twice", e.Email, err)
			}
			seen[e.Email] = true
			again = append(again, e.Email)
		}
		for _, u := range l.Unusable {
			if u.Why == "" || u.Line < 1 || u.Line > strings.Count(text, "\n")+strings.Count(text, "\r")+len(text)+1 {
				t.Fatalf("unusable: %+v", u)
			}
		}
		if carried := addresslist.Carried(l.Carry()); !slices.Equal(carried.Emails(), l.Emails()) {
			t.Fatalf("%q is carried as %q", l.Emails(), carried.Emails())
		}
		if got := addresslist.Read(strings.Join(again, "\n"), 0).Emails(); !slices.Equal(got, l.Emails()) {
			t.Fatalf("%q is read again as %q", l.Emails(), got)
		}
	})
}

func FuzzReadCSVNeverFailsOtherwiseThanInWords(f *testing.F) {
	for _, seed := range []string{"", "email\na@example.com", "sep=;\nname;mail\n\"a\nb\";c@example.com", "\xff\xfea\x00", "\"", "a,b\n\"x"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		l, err := addresslist.ReadCSV(data)
		if err != nil {
			if _, ours := err.(addresslist.FileError); !ours || l.Size() > 0 {
				t.Fatalf("%v", err)
			}
			return
		}
		for _, e := range l.Entries {
			if e.Line < 1 || e.Line > bytes.Count(data, []byte("\n"))+bytes.Count(data, []byte("\r"))+len(data)+1 {
				t.Fatalf("line %d", e.Line)
			}
		}
	})
}
