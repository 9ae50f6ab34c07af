package files

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// plainValue is the tree as Go values, to compare it with.
func plainValue(n *node) any {
	switch n.kind {
	case scalar:
		return n.text
	case list:
		items := []any{}
		for _, item := range n.items {
			items = append(items, plainValue(item))
		}
		return items
	case mapping:
		entries := map[string]any{}
		for _, e := range n.entries {
			entries[e.key] = plainValue(e.value)
		}
		return entries
	}
	return nil
}

type object = map[string]any

func TestThePlainPartOfYAMLIsUnderstood(t *testing.T) {
	cases := []struct {
		text string
		want any
	}{
		{"", nil},
		{"# only a comment\n", nil},
		{"---\na: b\n", object{"a": "b"}},
		{"\ufeffa: b\r\nc: d\r\n", object{"a": "b", "c": "d"}},
		{"a: b c\n  d # said\ne: f\n", object{"a": "b c d", "e": "f"}},
		{"a: 007\nb: true\nc: 0x1F\nd: 1.50\ne: ~\nf: null\ng:\n", object{"a": "007", "b": "true", "c": "0x1F", "d": "1.50", "e": nil, "f": nil, "g": nil}},
		{"a: 'it''s'\nb: \"x\\ty\\u00e9\"\n", object{"a": "it's", "b": "x\tyé"}},
		{"a: |\n  one\n  two\nb: >-\n  three\n  four\n", object{"a": "one\ntwo\n", "b": "three four"}},
		{"a: |\nb: c\n", object{"a": "", "b": "c"}},
		{"- a\n- b: c\n  d: e\n- - f\n  - g\n-\n- {h: i}\n", []any{"a", object{"b": "c", "d": "e"}, []any{"f", "g"}, nil, object{"h": "i"}}},
		{"a:\n- b\n- c\nd:\n  - e\n", object{"a": []any{"b", "c"}, "d": []any{"e"}}},
		{"a:\n  b:\n    c: d\n  e: f\ng: h\n", object{"a": object{"b": object{"c": "d"}, "e": "f"}, "g": "h"}},
		{"a: {b: [c, 'd, e', \"f\"], g: , h: {}}\ni: [\n  j,\n  k,\n]\n", object{"a": object{"b": []any{"c", "d, e", "f"}, "g": nil, "h": object{}}, "i": []any{"j", "k"}}},
		{"a: &x b\nc: *x\nd: [*x, &y {e: f}, *y]\n", object{"a": "b", "c": "b", "d": []any{"b", object{"e": "f"}, object{"e": "f"}}}},
		{"a: &x\n  b: c\nd: *x\ne: &y\n- f\ng: *y\n", object{"a": object{"b": "c"}, "d": object{"b": "c"}, "e": []any{"f"}, "g": []any{"f"}}},
		{"- &x\n  a: b\n- *x\n- &y c\n- *y\n- &z\n- *z\n", []any{object{"a": "b"}, object{"a": "b"}, "c", "c", nil, nil}},
		{"&x\na: b\n", object{"a": "b"}},
		{"a:\n  &x\n  b: c\nd: *x\ne:\n  &y f\ng: [*y]\nh:\n  &z\ni: *z\n", object{"a": object{"b": "c"}, "d": object{"b": "c"}, "e": "f", "g": []any{"f"}, "h": nil, "i": nil}},
		{"a: &x b\nc: &x d\ne: *x\n", object{"a": "b", "c": "d", "e": "d"}}, // the name's latest anchor counts
		{"a: [b:c, fe80::1, 2027-05-01T00:00:00Z]\n", object{"a": []any{"b:c", "fe80::1", "2027-05-01T00:00:00Z"}}},
	}
	for _, tc := range cases {
		root, err := parse([]byte(tc.text), 0)
		if err != nil {
			t.Errorf("%q is refused: %v", tc.text, err)
			continue
		}
		if got := plainValue(root); !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%q is read as %#v, want %#v", tc.text, got, tc.want)
		}
	}
}

// manyAliases is nine lines, of which the last stands for ten to the ninth values; the sixth is too much already.
var manyAliases = func() string {
	text := "a0: &a0 [b, b, b, b, b, b, b, b, b, b]\n"
	for n := 1; n < 9; n++ {
		text += fmt.Sprintf("a%d: &a%d [%s]\n", n, n, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", n-1), 10), ", "))
	}
	return text
}()

func TestWhatAFileMustNotHoldIsRefusedWithItsLine(t *testing.T) {
	cases := []struct {
		name, text string
		line       int
		want       string
	}{
		{"a tab", "a: b\nc:\td\n", 2, "a tab: use blanks"},
		{"a zero byte", "a: b\x00\n", 1, "U+0000"},
		{"another encoding", "a: \xff\n", 1, "U+FFFD"},
		{"a lone carriage return", "a: b\rc: d\n", 1, "U+000D"},
		{"a hidden line break", "a: b\u2028c: d\n", 1, "U+2028"},
		{"an alias of nothing", "a: b\nc: *x\n", 2, "there is no anchor &x before the alias *x"},
		{"an alias before its anchor", "a: *x\nb: &x c\n", 1, "there is no anchor &x"},
		{"an alias of what it stands in", "a: &x\n  b: *x\n", 2, "there is no anchor &x"},
		{"an anchor without a name", "a: &\nb: c\n", 1, "a name is missing behind &"},
		{"an alias without a name", "a: *\n", 1, "a name is missing behind *"},
		{"two anchors", "a: &x &y b\n", 1, "a second anchor for one value"},
		{"an anchor of a key", "- &x a: b\n", 1, "an anchor of a key"},
		{"an alias as a key", "a: &x b\n*x : c\n", 2, "does not fit here"},
		{"something behind an alias", "a: &x b\nc: *x d\n", 2, "does not fit here"},
		{"aliases of aliases", manyAliases, 6, "stand for too much"},
		{"a tag", "a: !!str b\n", 1, "tags are not understood"},
		{"a merge key", "a:\n  <<: {b: c}\n", 2, "merge keys are not understood"},
		{"an explicit key", "? a\n: b\n", 1, "are not understood: write KEY: VALUE"},
		{"a directive", "%YAML 1.2\n---\na: b\n", 1, "directives are not understood"},
		{"a second document", "a: b\n---\nc: d\n", 2, "a second document: a file holds one"},
		{"the end of a document", "a: b\n...\n", 2, "the end of a document"},
		{"a reserved sign", "a: @b\n", 1, "not YAML: '@' is a reserved character"},
		{"an open quote", "a: \"b\nc: d\n", 1, "not YAML: could not find end character"},
		{"an open list", "a: [b,\n", 2, "the file ends too early"},
		{"an open mapping", "a: {b: c\n", 2, "the file ends too early"},
		{"a list closed as a mapping", "a: [b}\n", 1, `"b}" does not fit here`},
		{"an empty place in a list", "a: [b,,c]\n", 1, `"," does not fit here`},
		{"a pair in a list", "a: [b: c]\n", 1, `":" does not fit here`},
		{"two colons in a mapping", "a: {b: c: d}\n", 1, `"c: d" does not fit here`},
		{"a quote as a key behind a colon", "a: {b: \"c\": d}\n", 1, `":" does not fit here`},
		{"a mapping cut off", "a: {b:\n", 2, "the file ends too early"},
		{"a key without a value", "a: {b}\n", 1, `"b" does not fit here`},
		{"two keys on a line", "a: b: c\n", 1, `"b" does not fit here`},
		{"a list behind a key", "a: - b\n", 1, `"-" does not fit here`},
		{"a text behind a quote", "a: \"b\" c\n", 1, `"c" does not fit here`},
		{"a key over two lines", "a: b\n  c: d\n", 2, `":" does not fit here`},
		{"a key behind the end of a text", "- - a: 'x\n y' b: c\n", 2, `"b" does not fit here`},
		{"a deeper key", "a: 'b'\n  c: d\n", 2, `"c" does not fit here`},
		{"a text among keys", "a: b\nc\n", 2, `"c" does not fit here`},
		{"an item among keys", "a: b\n- c\n", 2, `"-" does not fit here`},
		{"a key among items", "- a\nb: c\n", 2, `"b" does not fit here`},
		{"a value left of its parent", "a:\n    b:\n  c: d\n", 3, `"c" does not fit here`},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ReadOrganization("a.yaml", []byte(tc.text), DefaultCatalog())
			checkProblems(t, err, fmt.Sprintf("%d: %s", tc.line, tc.want))
		})
	}
}

// Files that are small to write and dear to read. They must be answered in time that grows with their size alone, so
// these are long enough that a square would not end.
func TestHostileFilesAreRefused(t *testing.T) {
	const n = 1 << 20
	cases := []struct{ name, text, want string }{
		{"lists inside each other", strings.Repeat("[", n), "1: too many lists and mappings inside each other"},
		{"mappings inside each other", strings.Repeat("{a: ", n/4), "1: too many lists and mappings inside each other"},
		{"items inside each other", strings.Repeat("- ", n/2), "1: too many lists and mappings inside each other"},
		{"keys inside each other", staircase(30), "21: too many lists and mappings inside each other"},
		{"quotes beside each other", strings.Repeat(`""`, n/8), `1: "" does not fit here`},
		{"empty lines in a text", "a: |\n" + strings.Repeat("\n", n), "1002: more than 1000 empty lines in a row"},
		{"aliases of aliases", manyAliases, "6: the aliases of the file stand for too much"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			_, err := ReadOrganization("a.yaml", []byte(tc.text), DefaultCatalog())
			checkProblems(t, err, tc.want)
		})
	}
}

func staircase(steps int) string {
	var b strings.Builder
	for i := range steps {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestAKeyRepeatedManyTimesIsListedEachTime(t *testing.T) {
	text := "version: 1\norganization: {key: a, name: A}\n" + strings.Repeat("groups: []\n", 10_001)
	_, err := ReadOrganization("a.yaml", []byte(text), DefaultCatalog())
	if got := strings.Count(err.Error(), "\n") + 1; got != 10_000 {
		t.Errorf("%d problems, want 10000", got)
	}
}

func TestAFileIsNotReadBeyondItsLimit(t *testing.T) {
	_, err := ReadOrganization("a.yaml", bytes.Repeat([]byte("#"), maxBytes+1), DefaultCatalog())
	checkProblems(t, err, "1: 67108864 are the most that is read")
}
