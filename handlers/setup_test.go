package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"testing"

	"bailiwick/services"
)

func TestASetupKeepsWhatWasTypedButNoPassword(t *testing.T) {
	typed := url.Values{"organization": {"Acme"}, "key": {"acme"}, "email": {"lead@example.com"}, "password": {"secret"}, "again": {"secret"}}
	wrong := []services.FieldError{{Field: "Key", Text: "Take another one."}, {Field: "Again", Text: "The two differ."}}
	page := setupPage(asked(services.Caller{}, http.MethodPost, setupPath), typed, wrong, "Wait.")
	values := []string{page.Organization.Value, page.Key.Value, page.Name.Value, page.Email.Value, page.Password.Value, page.Again.Value}
	if !slices.Equal(values, []string{"Acme", "acme", "", "lead@example.com", "", ""}) || page.Unheard != "Wait." {
		t.Errorf("filled with %q, %q", values, page.Unheard)
	}
	if page.Key.Error != "Take another one." || page.Again.Error != "The two differ." || page.Password.Error != "" || len(page.Errors) != 2 {
		t.Errorf("wrong are %+v", page.Errors)
	}
}
