package web

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"
)

// Handler is the whole console.
type Handler struct {
	*echo.Echo
}

type contextKey int

const methodKey contextKey = iota

// ServeHTTP routes HEAD like GET, so that every page answers it; the server leaves the body away. The request that the
// server itself keeps must not change, or it would send the body.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		r = r.WithContext(context.WithValue(r.Context(), methodKey, r.Method))
		r.Method = http.MethodGet
	}
	h.Echo.ServeHTTP(w, r)
}

// methodOf is the method as it came.
func methodOf(r *http.Request) string {
	if method, ok := r.Context().Value(methodKey).(string); ok {
		return method
	}
	return r.Method
}
