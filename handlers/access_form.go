package handlers

import (
	"net/url"
	"slices"
	"strings"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views/parts"
)

// accessForm is an Access tab as it was submitted: choices by grantee, those of other pages among them.
type accessForm struct {
	Choices   map[string]bool     // "group:KEY": true for Edit
	Revision  revision            // of the resource
	Revisions map[string]revision // of the grantees
	Place     formPlace
	Confirmed bool
	Wrong     []services.FieldError
}

const (
	accessField   = "access."
	revisionField = "revision."
)

// readAccess reads the choices. A level is View or Edit, written exactly so and once; all else is an error at its field.
func readAccess(form url.Values) accessForm {
	f := accessForm{Choices: map[string]bool{}, Revision: revision(form.Get(revisionName)), Revisions: map[string]revision{},
		Place: readPlace(form, ""), Confirmed: form.Get("confirm_lockout") == "yes"}
	for name, values := range form {
		if grantee, ok := strings.CutPrefix(name, accessField); ok {
			f.readChoice(grantee, values)
		}
		if grantee, ok := strings.CutPrefix(name, revisionField); ok {
			f.Revisions[grantee] = revision(values[0])
		}
	}
	if keep := form.Get("keep"); keep != "" {
		f.readChoice(keep, []string{"edit"})
	}
	return f
}

func (f *accessForm) readChoice(grantee string, values []string) {
	kind, key, ok := strings.Cut(grantee, ":")
	known := kind == string(access.Group) || kind == string(access.APIKey)
	if !ok || !known || !access.ValidKey(key) || len(values) != 1 || values[0] != "view" && values[0] != "edit" {
		f.Wrong = append(f.Wrong, services.FieldError{Field: accessField + grantee, Text: "Choose View or Edit."})
		return
	}
	f.Choices[grantee] = values[0] == "edit"
}

// choices are what the form asks for, in a stable order.
func (f accessForm) choices() []services.AccessChoice {
	var all []services.AccessChoice
	for grantee, edit := range f.Choices {
		kind, key, _ := strings.Cut(grantee, ":")
		all = append(all, services.AccessChoice{Kind: access.GranteeKind(kind), Key: key, Edit: edit, Revision: f.Revisions[grantee].number()})
	}
	slices.SortFunc(all, func(a, b services.AccessChoice) int {
		return strings.Compare(string(a.Kind)+":"+a.Key, string(b.Kind)+":"+b.Key)
	})
	return all
}

// hidden carries all choices through a tab that does not show them.
func (f accessForm) hidden() []parts.Hidden {
	var all []parts.Hidden
	for _, choice := range f.choices() {
		all = append(all, parts.Hidden{Name: accessField + string(choice.Kind) + ":" + choice.Key, Value: editWord(choice.Edit)})
	}
	return all
}
