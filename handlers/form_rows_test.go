package handlers

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

// Each form with lists that span pages says when it holds too many choices, and keeps all of them.
func TestFormsSayWhenTheyHoldTooManyChoices(t *testing.T) {
	for name, read := range map[string]func(n int) (held int, wrong []services.FieldError){
		"privileges": func(n int) (int, []services.FieldError) {
			form := url.Values{views.LevelControl("content/sources"): {"custom"}}
			for i := range n {
				form.Add(views.CarriedControl("content/sources"), fmt.Sprintf("r-%d=edit", i))
			}
			f := readPrivileges(catalog, form)
			return len(f.Draft.Choices["content/sources"].Rows), f.Wrong
		},
		"access": func(n int) (int, []services.FieldError) {
			form := url.Values{}
			for i := range n {
				form.Set(views.AccessControl(fmt.Sprintf("group:g-%d", i)), "edit")
			}
			for i := range 50 { // as the form was made with them
				form.Set(views.AccessControl(fmt.Sprintf("group:h-%d", i)), "view")
				form.Set(parts.Was(views.AccessControl(fmt.Sprintf("group:h-%d", i))), "view")
			}
			f := readAccess(form)
			return len(f.Choices) - 50, f.wrong()
		},
		"a member’s groups": func(n int) (int, []services.FieldError) {
			form := url.Values{}
			for i := range n {
				form.Add(views.MemberGroupsRows, fmt.Sprintf("g-%d", i))
			}
			f := readMemberGroups(form)
			return len(f.Choices), f.Wrong
		},
	} {
		if held, wrong := read(maxRows); held != maxRows || len(wrong) > 0 {
			t.Errorf("%s: %d are held of as many as a form takes, and %v is wrong", name, held, wrong)
		}
		held, wrong := read(maxRows + 1)
		said := slices.ContainsFunc(wrong, func(w services.FieldError) bool { return w.Text == tooManyRows })
		if held != maxRows+1 || len(wrong) != 1 || !said {
			t.Errorf("%s: %d are held of one more, and %v is wrong", name, held, wrong)
		}
	}
}

// A forged form can be wrong thousands of times; the page says it once.
func TestAnAccessTabSaysOnceWhatIsWrong(t *testing.T) {
	p := accessOn()
	p.form.Wrong = map[string]bool{}
	for i := range 2000 {
		p.form.Wrong[strings.Repeat("x", i)] = true
	}
	if errors := p.stored(views.Page{}, "/here").Errors; len(errors) != 1 || errors[0].ID != "" || errors[0].Text != noAccessChoice {
		t.Errorf("it says %d things: %v", len(errors), errors[:min(3, len(errors))])
	}
}
