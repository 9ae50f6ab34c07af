package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
)

func TestEachErrorHasItsPage(t *testing.T) {
	beyond := []access.Excess{{Domain: sources, Abilities: access.Edit}}
	for _, c := range []struct {
		status  int
		cause   error
		heading string
		says    string
	}{
		{http.StatusNotFound, models.ErrNotFound, "There is nothing here", "Check the address"},
		{http.StatusConflict, models.ErrConflict, "Somebody changed this first", "Your change was not saved"},
		{http.StatusConflict, fmt.Errorf("remove: %w", services.ErrLastAdministrator), "This could not be done", lastAdministrator},
		{http.StatusUnauthorized, services.ErrSignedOut, "You are signed out", "Sign in again"},
		{http.StatusGone, services.ErrGone, "This link no longer works", "Ask for a new one"},
		{http.StatusInternalServerError, errors.New("a secret of the house"), "This did not work", "Something went wrong in the console"},
		{http.StatusTeapot, errors.New("a secret of the house"), "This did not work", "Something went wrong in the console"},
		{http.StatusBadRequest, errors.New("a secret of the house"), "This request could not be read", "Go back and try again."},
		{http.StatusBadRequest, echo.NewHTTPError(http.StatusBadRequest, "The form could not be read."), "This request could not be read", "The form could not be read."},
		{http.StatusMethodNotAllowed, echo.ErrMethodNotAllowed, "This address does not work that way", "use the buttons of the page"},
		{http.StatusTooManyRequests, services.Throttled{Wait: time.Minute}, "Too many attempts", "Too many attempts failed. Wait 1 minute, then try again."},
		{http.StatusUnprocessableEntity, services.Invalid{Fields: []services.FieldError{{Text: "Give it a name."}, {Text: "And a key."}}}, "This could not be saved", "Give it a name."},
		{http.StatusUnprocessableEntity, services.Invalid{}, "This could not be saved", "correct it and try again"},
		{http.StatusUnprocessableEntity, services.TooHigh{Excess: beyond}, "This could not be saved", "It goes beyond your own privileges on Content / Sources."},
		{http.StatusUnprocessableEntity, services.NotDuplicable{Refusal: access.Refusal{Equal: true}}, "This could not be saved", "it holds as many privileges as you do"},
		{http.StatusUnprocessableEntity, services.BringsNobodyIn{}, "This could not be saved", "You can edit this group only through temporary access"},
		{http.StatusUnprocessableEntity, services.ErrAdministrators, "This could not be saved", "The Administrators group can’t be deleted, renamed or given other privileges."},
		{http.StatusUnprocessableEntity, services.ErrTemplate, "This could not be saved", "The template decides what this key may do."},
		{http.StatusServiceUnavailable, errors.New("no route"), "The console can’t reach its database", "Nothing was changed."},
		{http.StatusServiceUnavailable, models.ErrBusy, "The database is busy", "Nothing was changed."},
		{http.StatusServiceUnavailable, models.ErrInDoubt, "It is not known whether this was saved", "Check whether it was saved"},
		{http.StatusServiceUnavailable, services.ErrNoSecretKey, "A second factor can’t be set up at the moment", "--secret-key-file"},
	} {
		page := Pages{Console: console("")}.refusal(asked(lead(), http.MethodPost, "/"), views.Page{}, c.status, c.cause, "r-1")
		text := strings.Join(page.Text, " ")
		if page.Heading != c.heading || !strings.Contains(text, c.says) || strings.Contains(text, "secret of the house") {
			t.Errorf("%d, %v: %q, %q", c.status, c.cause, page.Heading, text)
		}
	}
}

// The reference leads to the log; it stands only where the log has more to tell.
func TestAFaultOfTheHouseHasAReference(t *testing.T) {
	for status, want := range map[int]string{http.StatusInternalServerError: "r-1", http.StatusServiceUnavailable: "r-1", http.StatusNotFound: "", http.StatusConflict: "", http.StatusBadRequest: ""} {
		page := Pages{Console: console("")}.refusal(asked(services.Caller{}, http.MethodGet, "/"), views.Page{}, status, errors.New("broken"), "r-1")
		if page.Reference != want {
			t.Errorf("%d: the reference is %q", status, page.Reference)
		}
	}
}

func TestWhatBecameOfAChangeIsSaidOnlyWhereOneWasAskedFor(t *testing.T) {
	for method, want := range map[string]string{http.MethodGet: "Try again in a moment.", http.MethodPost: "Nothing was changed. Try again in a moment."} {
		if got := outcomeWords(asked(lead(), method, "/")); got != want {
			t.Errorf("%s: %q", method, got)
		}
	}
}

func TestAPageOfRefusalLeadsToTheOrganizationOrToTheStart(t *testing.T) {
	for want, by := range map[string]services.Caller{"/o/acme": lead(), "/": {Organization: lead().Organization}} {
		if got := ways(asked(by, http.MethodGet, "/")); len(got) != 1 || got[0].Href != want {
			t.Errorf("leads to %+v, want %s", got, want)
		}
	}
}

// The explanation names the thing only to those who may view what is there (R15).
func TestARefusalIsExplainedWithoutNamingTheThing(t *testing.T) {
	for name, c := range map[string]struct {
		by   services.Caller
		need access.Need
		want string
	}{
		"may view it": {lead(held(access.GroupsDomain, access.LevelView)), services.EditGroup, "/o/acme/explain?can=edit&resource=interns&what=organization%2Fgroups"},
		"may not":     {lead(), services.EditGroup, "/o/acme/explain?can=edit&what=organization%2Fgroups"},
		"to view":     {lead(), services.ViewGroups, "/o/acme/explain?can=view&what=organization%2Fgroups"},
		"to add":      {lead(held(access.GroupsDomain, access.LevelView)), services.CreateGroup, "/o/acme/explain?can=create&what=organization%2Fgroups"},
		"of another domain": {lead(held(access.APIKeysDomain, access.LevelView)), services.EditIn(access.APIKeysDomain),
			"/o/acme/explain?can=edit&what=organization%2Fapi-keys"},
		"from outside": {services.Caller{}, services.ViewGroups, ""},
	} {
		c0 := asked(c.by, http.MethodGet, "/")
		c0.SetParamNames("group")
		c0.SetParamValues("interns")
		var got []string
		for _, l := range whyForbidden(c0, c.need) {
			got = append(got, l.Href)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
