package web

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/handlers"
	"bailiwick/services"
	"bailiwick/static"
	"bailiwick/views/parts"
)

// requestTimeout is how long a request may take; the server's WriteTimeout leaves room for the page that says so.
const requestTimeout = 20 * time.Second

// New is the whole console as a handler.
func New(c Config) (*Handler, error) {
	base, err := ParseBase(c.BaseURL)
	if err != nil {
		return nil, err
	}
	if !base.SignsIn() {
		c.Log.Warn(PlainHTTP, "base-url", base.String())
	}
	tellAssets()
	h := handlers.Pages{Console: c.Console, BaseURL: base.String()}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	peers := &forwarders{network: network{c.TrustedProxies, base.TLS()}, log: c.Log}
	e.IPExtractor = peers.address
	e.HTTPErrorHandler = fail(h, c.Log)
	use(e, c, base, peers)
	routes(e, c, base, h, peers)
	return &Handler{e}, nil
}

// use lists what every request passes, outermost first: those too that no route answers.
func use(e *echo.Echo, c Config, base Base, peers *forwarders) {
	theme, keptForms := handlers.Theme{TLS: base.TLS()}, handlers.KeptForms{Console: c.Console}
	e.Use(
		requestID,                                // first: all that follows names the request by it
		echo.WrapMiddleware(headers(base.TLS())), // before anything can answer
		echo.WrapMiddleware(compress),            // around the error path: pages of failure pass it too
		echo.WrapMiddleware(limitTime),           // likewise, since they ask the database as well
		echo.WrapMiddleware(withOutcome),         // likewise: they say what became of a change
		echo.WrapMiddleware(peers.watch),         // whatever becomes of the request
		accessLog(c.Log, c.Now),                  // the error path; around recovery, so that a panic has its line too
		recovered(c.Log),                         // from here on a panic is an error like any other
		echo.WrapMiddleware(limitBody),           // before anything reads the body
		forPages(theme.Keep),                     // before a request can be refused: that page has a theme too
		sameOrigin(base),                         // before a session is looked up: a forged request costs no query
		forPages(keepSession(c.Console, c.Log)),  // who is signed in
		belowOrganizations(signedIn(keptForms)),  // before anything tells whether an organization exists
		belowOrganizations(inOrganization(c.Console, handlers.Organizations{Console: c.Console}, keptForms)), // what they may do
		finished(c.Console), // behind all that decides who may come here
		resumes(keptForms),  // likewise
	)
}

// limitTime ends the work on a request that takes too long, or whose reader has gone.
func limitTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// withOutcome remembers whether the request has changed something.
func withOutcome(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r.WithContext(services.WithOutcome(r.Context())))
	})
}

// NewServer is an HTTP server with the limits that keep slow or greedy clients from holding it up.
func NewServer(handler http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       60 * time.Second,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// tellAssets tells the pages where the static files are, once: the names are those of the program.
var tellAssets = sync.OnceFunc(func() {
	parts.SetAssets(parts.Assets{
		Style: static.Href("console.css"), Script: static.Href("console.js"), HTMX: static.Href("htmx.min.js"),
		Icons: static.Href("icons.svg"), Mark: static.Href("mark.svg"), Font: static.Href("inter-latin.woff2"),
	})
})

// ready tells whether the database answers, within a moment.
func ready(console *services.Console) echo.HandlerFunc {
	return func(c echo.Context) error {
		ctx, cancel := context.WithTimeout(c.Request().Context(), 2*time.Second)
		defer cancel()
		if err := console.Ready(ctx); err != nil {
			return c.String(http.StatusServiceUnavailable, "the database does not answer\n")
		}
		return c.String(http.StatusOK, "ready\n")
	}
}
