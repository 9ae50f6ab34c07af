package web_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

// The two sizes that pages are compared at.
var (
	small = modelstest.Large{Key: "small", Members: 10, Groups: 10, Resources: 100}
	large = modelstest.Large{Key: "large", Members: 1000, Groups: 1000, Resources: 2000}
)

// inLarge makes organizations of these sizes in one console, with a password for the administrator and the viewer of each.
func inLarge(t testing.TB, store *models.Store, clock *modelstest.Clock, sizes ...modelstest.Large) world {
	t.Helper()
	w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
	for _, size := range sizes {
		w.apply(t, size.File())
		w.setPassword(t, size.Key, "admin@"+size.Key+".example.com")
		w.setPassword(t, size.Key, "viewer@"+size.Key+".example.com")
	}
	return w
}

// asker sends requests of one person straight to the console's handler, so that a test can count and time what the
// console alone does.
type asker struct {
	handler http.Handler
	cookie  *http.Cookie
}

func (w world) asker(t testing.TB, email string) asker {
	t.Helper()
	const name = "__Host-sid"
	return asker{w.Handler, &http.Cookie{Name: name, Value: w.as(t, email).Cookie(name)}}
}

// ask is the answer to a GET, or to a POST where there is a form; packed as browsers want it.
func (a asker) ask(ctx context.Context, path string, form url.Values) *httptest.ResponseRecorder {
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Accept-Encoding", "gzip")
	r.AddCookie(a.cookie)
	answer := httptest.NewRecorder()
	a.handler.ServeHTTP(answer, r)
	return answer
}
