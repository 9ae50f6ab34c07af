package handlers

import (
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
)

func TestAPrivilegeThatIsNotOfferedIsToldAtTheChoiceAsAWhole(t *testing.T) {
	catalog := files.DefaultCatalog()
	offer := services.AccessOffer{Privileges: []services.OfferedPrivilege{{Domain: catalog.Domain("content/sources")}}}
	for f, want := range map[services.FieldError]string{
		{Field: "Privileges", Domain: "content/sources"}: "content-sources Sources",
		{Field: "Privileges", Domain: "content/fields"}:  "privileges Privileges",
		{Field: "Privileges"}:                            "privileges Privileges",
		{Field: "Until"}:                                 "until Until when",
		{Field: "Description"}:                           "description Description",
	} {
		if id, label := askedAt(offer, f); id+" "+label != want {
			t.Errorf("%+v is told at %s %s, want %s", f, id, label, want)
		}
	}
}

func TestARequestThatCannotBeMadeSaysWhy(t *testing.T) {
	for want, closed := range map[string]error{
		"Acme has switched support access off.": services.ErrSupportOff, "You are a member of Acme.": services.ErrMember, "You can’t get access now.": services.ErrClockBack, "": nil,
	} {
		o, got := offer(), ""
		o.Closed = closed
		if notice := closedNotice(o); notice != nil {
			got = notice.Title
		}
		if got != want {
			t.Errorf("%v: %q", closed, got)
		}
	}
}

func TestCasesAreLookedUpAtTheFirstPlaceThatThereIs(t *testing.T) {
	o := offer()
	if got := caseLink(o); got != nil {
		t.Errorf("without a place: %+v", got)
	}
	o.Categories = []models.Category{{Link: "cases"}, {Link: "https://cases.example.com/list"}, {Link: "https://other.example.com/"}}
	if got := caseLink(o); got == nil || got.Label != "Look it up at cases.example.com" || got.Href != "https://cases.example.com/list" {
		t.Errorf("leads to %+v", got)
	}
}

func TestMistakesOfARequestStandAtTheirControls(t *testing.T) {
	for want, f := range map[string]services.FieldError{
		"justification Justification": {Field: "Justification"},
		"description Description":     {Field: "Description"},
		"until Until when":            {Field: "Until"},
		"content-sources Sources":     {Field: "Privileges", Domain: sources},
		"privileges Privileges":       {Field: "Privileges", Domain: "content/extensions"},
		" ":                           {Field: "Address"},
	} {
		if id, label := askedAt(offer(), f); id+" "+label != want {
			t.Errorf("%+v stands at %s %s", f, id, label)
		}
	}
}
