package parts_test

import (
	"slices"
	"testing"

	"bailiwick/views/parts"

	"github.com/PuerkitoBio/goquery"
)

// has tells which of the attributes an input has.
func has(s *goquery.Selection, names ...string) (there []string) {
	for _, name := range names {
		if _, ok := s.Attr(name); ok {
			there = append(there, name)
		}
	}
	return there
}

func TestAFieldHasItsStates(t *testing.T) {
	name := parts.Control{Name: "name", Label: "Name"}.Field()
	for state, c := range map[string]struct {
		change func(*parts.Field)
		has    []string
		by     string
	}{
		"plain":         {func(*parts.Field) {}, nil, ""},
		"required":      {func(f *parts.Field) { f.Required = true }, []string{"required"}, ""},
		"read-only":     {func(f *parts.Field) { f.ReadOnly = true }, []string{"readonly"}, ""},
		"focused":       {func(f *parts.Field) { f.Autofocus = true }, []string{"autofocus"}, ""},
		"limited":       {func(f *parts.Field) { f.MaxLength = 125 }, []string{"maxlength"}, ""},
		"between days":  {func(f *parts.Field) { f.Type, f.Min, f.Max = "date", "2027-01-04", "2028-01-04" }, []string{"min", "max"}, ""},
		"helped":        {func(f *parts.Field) { f.Help = "Name the role." }, nil, "name-help"},
		"wrong":         {func(f *parts.Field) { f.Error = "Enter a name." }, []string{"aria-invalid"}, "name-error"},
		"wrong, helped": {func(f *parts.Field) { f.Help, f.Error = "Name the role.", "Enter a name." }, []string{"aria-invalid"}, "name-error name-help"},
	} {
		f := name
		c.change(&f)
		doc := draw(t, parts.FieldText(f))
		input := one(t, doc, "input#name[name=name]")
		if got := has(input, "required", "readonly", "autofocus", "maxlength", "min", "max", "aria-invalid"); !slices.Equal(got, c.has) {
			t.Errorf("%s: it has %q, want %q", state, got, c.has)
		}
		wantAttr(t, input, "aria-describedby", c.by)
		wantWords(t, one(t, doc, "label[for=name]"), "Name")
	}
}

func TestATextOfSeveralLinesKeepsThemAndChecksNoSpellingInCode(t *testing.T) {
	for code, want := range map[bool]struct{ class, spellcheck string }{true: {"textarea mono", "false"}, false: {"textarea", "true"}} {
		area := one(t, draw(t, parts.FieldTextArea(parts.TextArea{ID: "allow", Name: "allow", Label: "Allowed", Value: "10.0.0.0/8\n<b>", Lines: 3, Code: code})), "textarea")
		wantAttr(t, area, "class", want.class)
		wantAttr(t, area, "spellcheck", want.spellcheck)
		wantAttr(t, area, "rows", "3")
		if got := area.Text(); got != "10.0.0.0/8\n<b>" {
			t.Errorf("it holds %q", got)
		}
	}
}
