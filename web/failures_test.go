package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// failing is a console with routes that fail, beside its own, on a database that the test opens and closes itself.
type failing struct {
	handler *Handler
	console *services.Console
	store   *models.Store
	log     bytes.Buffer
}

func newFailing(t *testing.T, database string) *failing {
	t.Helper()
	clock := modelstest.NewClock()
	store, err := models.Open(t.Context(), models.Config{URL: modelstest.URL(t, modelstest.Options{Database: database}), Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	console := services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: clock.Now})
	f := &failing{store: store, console: console}
	f.handler, err = New(Config{
		Console: console, BaseURL: "https://console.example.com", Now: clock.Now, Log: slog.New(slog.NewTextHandler(&f.log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *failing) fails(path string, err error) {
	f.handler.GET(path, func(echo.Context) error { return err })
}

// get is the answer of the real server to a request with this context.
func (f *failing) get(t *testing.T, ctx context.Context, path string) *httptest.ResponseRecorder {
	t.Helper()
	answer := httptest.NewRecorder()
	f.handler.ServeHTTP(answer, httptest.NewRequestWithContext(ctx, http.MethodGet, path, nil))
	return answer
}

func TestFaultsOfOursAreLoggedAndNotShown(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		f := newFailing(t, database)
		defer func() { _ = f.store.Close() }() // nothing is written
		f.fails("/fault", errors.New("the secret cause"))
		f.fails("/full", fmt.Errorf("the secret cause: %w", models.ErrFull))
		f.fails("/busy", fmt.Errorf("the secret cause: %w", models.ErrBusy))
		f.handler.GET("/panic", func(echo.Context) error { panic("the secret cause") })
		for path, status := range map[string]int{"/fault": 500, "/full": 507, "/busy": 503, "/panic": 500} {
			f.log.Reset()
			answer := f.get(t, t.Context(), path)
			id := answer.Header().Get("X-Request-Id")
			if answer.Code != status || strings.Contains(answer.Body.String(), "secret") {
				t.Errorf("%s: %d %s", path, answer.Code, answer.Body)
			}
			if status != http.StatusInsufficientStorage && !strings.Contains(answer.Body.String(), id) {
				t.Errorf("%s: the page does not name the request", path)
			}
			log := f.log.String()
			if !strings.Contains(log, "the secret cause") || strings.Count(log, "id="+id) < 2 {
				t.Errorf("%s: logged as %s", path, log)
			}
		}
	}
}

// Anyone who was saving must know whether to do it again.
func TestPagesOfAFailingDatabaseSayWhatBecameOfTheChange(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		f := newFailing(t, database)
		defer func() { _ = f.store.Close() }() // all of it is committed
		f.apply(t, "version: 1\norganization: {key: acme, name: Acme}\n")
		for path, cause := range map[string]error{"/busy": models.ErrBusy, "/down": models.ErrDown, "/doubt": models.ErrInDoubt} {
			f.fails(path, cause)
			f.handler.POST(path, func(echo.Context) error { return cause })
		}
		f.handler.POST("/stored", func(c echo.Context) error {
			f.applyWith(c.Request().Context(), t, "version: 1\norganization: {key: acme, name: Changed}\n")
			return models.ErrDown
		})
		for _, c := range []struct{ method, path, want, never string }{
			{http.MethodGet, "/busy", "Try again", "Nothing was changed"},
			{http.MethodGet, "/down", "Try again", "Nothing was changed"},
			{http.MethodPost, "/busy", "Nothing was changed", "Your change was saved"},
			{http.MethodPost, "/down", "Nothing was changed", "Your change was saved"},
			{http.MethodPost, "/doubt", "Check whether it was saved", "Nothing was changed"},
			{http.MethodPost, "/stored", "Your change was saved", "Nothing was changed"},
		} {
			answer := httptest.NewRecorder()
			f.handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), c.method, c.path, nil))
			page := answer.Body.String()
			if answer.Code != http.StatusServiceUnavailable || !strings.Contains(page, c.want) || strings.Contains(page, c.never) {
				t.Errorf("%s %s: %d, want %q and never %q in %s", c.method, c.path, answer.Code, c.want, c.never, page)
			}
		}
	}
}

func (f *failing) apply(t *testing.T, text string) {
	t.Helper()
	f.applyWith(t.Context(), t, text)
}

func (f *failing) applyWith(ctx context.Context, t *testing.T, text string) {
	t.Helper()
	organization, err := files.ReadOrganization("test.yaml", []byte(text), f.console.Catalog())
	if err == nil {
		_, err = f.console.Apply(ctx, organization, services.ApplyOptions{})
	}
	if err != nil {
		t.Error(err)
	}
}

func TestRequestsThatTakeTooLongSaySo(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		f := newFailing(t, database)
		defer func() { _ = f.store.Close() }() // nothing is written
		f.handler.GET("/slow", func(c echo.Context) error {
			<-c.Request().Context().Done()
			return fmt.Errorf("wait: %w", c.Request().Context().Err())
		})
		ctx, cancel := context.WithDeadline(t.Context(), modelstest.Start.AddDate(-10, 0, 0))
		defer cancel()
		if answer := f.get(t, ctx, "/slow"); answer.Code != http.StatusServiceUnavailable || !strings.Contains(answer.Body.String(), "<h1>") {
			t.Errorf("%d %s", answer.Code, answer.Body)
		}
	}
}

func TestReadersWhoLeaveAreNoFailure(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		f := newFailing(t, database)
		defer func() { _ = f.store.Close() }() // nothing is written
		f.handler.GET("/slow", func(c echo.Context) error { return c.Request().Context().Err() })
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if answer := f.get(t, ctx, "/slow"); answer.Body.Len() != 0 {
			t.Errorf("somebody is told %q", answer.Body)
		}
		if log := f.log.String(); strings.Contains(log, "ERROR") || !strings.Contains(log, "status=499") {
			t.Errorf("logged as %s", log)
		}
	}
}

func TestWithoutItsDatabaseTheConsoleIsNotReadyAndSignsNobodyOut(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		f := newFailing(t, database)
		if err := f.store.Close(); err != nil {
			t.Fatal(err)
		}
		if answer := f.get(t, t.Context(), "/readyz"); answer.Code != http.StatusServiceUnavailable {
			t.Errorf("ready: %d", answer.Code)
		}
		if answer := f.get(t, t.Context(), "/healthz"); answer.Code != http.StatusOK {
			t.Errorf("alive: %d", answer.Code)
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/organizations", nil)
		r.AddCookie(&http.Cookie{Name: sessionCookie, Value: "whoever"})
		answer := httptest.NewRecorder()
		f.handler.ServeHTTP(answer, r)
		if answer.Code != http.StatusInternalServerError || answer.Header().Get("Set-Cookie") != "" {
			t.Errorf("with a session: %d, %q", answer.Code, answer.Header().Get("Set-Cookie"))
		}
	}
}

// A file that can't be sent to its end must not look like a whole one: the connection breaks.
func TestAnswersThatFailHalfwayBreakOff(t *testing.T) {
	f := newFailing(t, "")
	f.handler.GET("/half", func(c echo.Context) error {
		if err := c.String(http.StatusOK, "the first half"); err != nil {
			return err
		}
		return errors.New("the rest is gone")
	})
	server := httptest.NewServer(f.handler)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/half", nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return // not even the head came
	}
	defer func() { _ = answer.Body.Close() }()
	if body, err := io.ReadAll(answer.Body); err == nil {
		t.Errorf("%d %q looks whole", answer.StatusCode, body)
	}
}
