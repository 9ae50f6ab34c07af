package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
)

func TestEveryErrorHasItsStatus(t *testing.T) {
	cases := []struct {
		err  error
		want int
	}{
		{models.ErrNotFound, 404},
		{models.ErrConflict, 409},
		{models.ErrDuplicate, 409},
		{models.ErrBusy, 503},
		{models.ErrDown, 503},
		{models.ErrInDoubt, 503},
		{models.ErrFull, 507},
		{context.DeadlineExceeded, 503},
		{services.ErrNoSecretKey, 503},
		{services.Throttled{}, 429},
		{services.BringsNobodyIn{}, 403},
		{services.UnsureAddresses{}, 422},
		{services.ErrGone, 410},
		{services.ErrSignedOut, 401},
		{services.Forbidden{Need: services.ViewGroups}, 403},
		{services.TooHigh{}, 422},
		{services.Invalid{}, 422},
		{services.NotDuplicable{}, 422},
		{services.LockOut{}, 422},
		{services.NeedsConfirmation{}, 422},
		{services.ErrLastAdministrator, 409},
		{services.ErrAdministrators, 422},
		{&http.MaxBytesError{}, 413},
		{echo.ErrMethodNotAllowed, 405},
		{echo.NewHTTPError(http.StatusBadRequest, "why"), 400},
		{errors.New("nobody expected this"), 500},
	}
	for _, c := range cases {
		for _, err := range []error{c.err, fmt.Errorf("save: %w", fmt.Errorf("twice: %w", c.err))} {
			if got := statusOf(err); got != c.want {
				t.Errorf("%v: %d, want %d", err, got, c.want)
			}
		}
	}
}

func TestBaseURLDecidesWhetherPeopleMaySignIn(t *testing.T) {
	for text, want := range map[string]bool{
		"https://console.example.com": true, "http://localhost:8080": true, "http://127.0.0.1": true, "http://[::1]:8080/": true,
		"http://console.localhost": true, "http://console.example.com": false, "http://10.0.0.1": false, "http://0.0.0.0:8080": false,
		"http://localhost.example.com": false, "HTTPS://console.example.com": true,
	} {
		base, err := ParseBase(text)
		if err != nil || base.SignsIn() != want {
			t.Errorf("%s: %t, %v", text, base.SignsIn(), err)
		}
	}
	for _, text := range []string{"", "console.example.com", "ftp://example.com", "https://example.com/path", "https://a:b@example.com", "https://", "https://example.com?x"} {
		if base, err := ParseBase(text); err == nil {
			t.Errorf("%q is taken as %s", text, base)
		}
	}
}

func TestTrustedProxiesAreAddressesAndRanges(t *testing.T) {
	got, err := ParseProxies(" 10.0.0.7, 192.168.1.1/16,2001:db8::/32,")
	if want := "[10.0.0.7/32 192.168.0.0/16 2001:db8::/32]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("%v, %v; want %s", got, err, want)
	}
	for _, text := range []string{"proxy", "10.0.0.0/33", "10.0.0.1:80", "10.0.0.0/8 10.1.0.0/16"} {
		if got, err := ParseProxies(text); err == nil {
			t.Errorf("%q is taken as %v", text, got)
		}
	}
}
