package web

import "net/http"

// policy is the content security policy of every page. There is no trusted-types directive: it stops htmx.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// permissions allows pages no feature of the device.
const permissions = "accelerometer=(), autoplay=(), camera=(), clipboard-read=(), display-capture=(), encrypted-media=(), " +
	"fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), " +
	"payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), " +
	"xr-spatial-tracking=()"

var securityHeaders = map[string]string{
	"Content-Security-Policy":      policy,
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin", // with no-referrer Chromium sends Origin: null, which reads as cross-site
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           permissions,
	"Cache-Control":                "no-store", // static files, which hold nothing private, say otherwise
}

// hsts tells browsers to come over TLS only, for a year.
const hsts = "max-age=31536000"

func headers(tls bool) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			for name, value := range securityHeaders {
				w.Header().Set(name, value)
			}
			if tls {
				w.Header().Set("Strict-Transport-Security", hsts)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// bodyLimit is how much a request may send. Reading on fails, which becomes 413.
const bodyLimit = 256 << 10

func limitBody(next http.Handler) http.Handler { return http.MaxBytesHandler(next, bodyLimit) }
