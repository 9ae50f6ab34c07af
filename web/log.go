package web

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/services"
)

const requestIDKey = "request-id"

// requestID names the request in the log and on pages of failure. It is always ours: a client's own could forge lines.
func requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		var id [8]byte
		_, _ = rand.Read(id[:]) // never fails: it ends the program instead
		c.Set(requestIDKey, hex.EncodeToString(id[:]))
		c.Response().Header().Set(echo.HeaderXRequestID, idOf(c))
		return next(c)
	}
}

func idOf(c echo.Context) string {
	id, _ := c.Get(requestIDKey).(string)
	return id
}

// accessLog writes one line a request: the pattern of the route and never the address, which may hold a secret. It hands
// errors to the one error path first, so that it knows the status.
func accessLog(log *slog.Logger, now func() time.Time) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			began := now()
			if err := next(c); err != nil {
				c.Error(err)
			}
			person, _ := services.PersonFrom(c.Request().Context())
			log.LogAttrs(c.Request().Context(), slog.LevelInfo, "request",
				slog.String("id", idOf(c)), slog.String("method", methodOf(c.Request())), slog.String("route", c.Path()),
				slog.Int("status", c.Response().Status), slog.Int64("bytes", c.Response().Size),
				slog.Duration("took", now().Sub(began)), slog.Int64("person", int64(person.ID)), cameFrom(c))
			return nil
		}
	}
}

// cameFrom is the visitor's address, or else that of the peer under a name of its own.
func cameFrom(c echo.Context) slog.Attr {
	if address := c.RealIP(); address != "" {
		return slog.String("address", address)
	}
	return slog.String("peer", peerOf(c.Request()).String())
}

// recovered makes an error of a panic, so that it takes the way of every other failure.
func recovered(log *slog.Logger) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) (err error) {
			defer func() {
				cause := recover()
				if cause == nil {
					return
				}
				if cause == http.ErrAbortHandler {
					panic(cause) // the server's own way to end a connection
				}
				log.Error("panic", "id", idOf(c), "route", c.Path(), "stack", string(debug.Stack()))
				err = fmt.Errorf("panic: %v", cause)
			}()
			return next(c)
		}
	}
}
