package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

func TestANewPasswordIsAskedForByTheRuleOfTheAccount(t *testing.T) {
	second := withPassword
	second.TOTPSecret = "s"
	for name, c := range map[string]struct {
		person models.Person
		least  int
	}{"alone": {withPassword, services.PasswordMinimumOf(withPassword)}, "beside a second factor": {second, services.PasswordMinimumOf(second)}} {
		password, again := passwordFields(c.person)
		if !strings.HasPrefix(password.Help, fmt.Sprintf("%d characters or more.", c.least)) || password.Type != "password" || again.Type != "password" || password.Autocomplete != "new-password" {
			t.Errorf("%s: %+v, %+v", name, password, again)
		}
	}
}

func TestMistakesInANewPasswordStandAtTheirFields(t *testing.T) {
	wrong := []services.FieldError{{Field: "Again", Text: "The two differ."}}
	page := resetPage(asked(services.Caller{}, http.MethodPost, resetPasswordPath), withPassword, wrong)
	if page.Fields[0].Error != "" || page.Fields[1].Error != "The two differ." || page.Errors[0] != (parts.FieldError{ID: "again", Label: "New password again"}) {
		t.Errorf("drawn as %+v, %+v", page.Fields, page.Errors)
	}
	if !strings.Contains(page.Lead, "john.smith@example.com") {
		t.Errorf("it is for %q", page.Lead)
	}
	forgot := forgotPage(asked(services.Caller{}, http.MethodPost, forgotPath), "john.smith@example.com", noMailText)
	if forgot.Error != noMailText || forgot.Fields[0].Value != "john.smith@example.com" {
		t.Errorf("the page before is %+v", forgot)
	}
}
