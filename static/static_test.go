package static_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"bailiwick/static"
)

var served = map[string]string{
	"console.css":       "text/css; charset=utf-8",
	"console.js":        "text/javascript; charset=utf-8",
	"htmx.min.js":       "text/javascript; charset=utf-8",
	"icons.svg":         "image/svg+xml",
	"mark.svg":          "image/svg+xml",
	"inter-latin.woff2": "font/woff2",
}

// fetch asks a real server. The transport's own decompression is off, so the test sees what goes over the wire.
func fetch(t *testing.T, method, path string, header http.Header) (*http.Response, []byte) {
	t.Helper()
	server := httptest.NewServer(static.Handler())
	t.Cleanup(server.Close)
	req, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, body
}

func TestFilesAreServedForGoodUnderTheHashOfTheirContent(t *testing.T) {
	for name, contentType := range served {
		t.Run(name, func(t *testing.T) {
			href := static.Href(name)
			res, body := fetch(t, http.MethodGet, href, http.Header{})
			if res.StatusCode != http.StatusOK {
				t.Fatalf("GET %s: status %d", href, res.StatusCode)
			}
			if got := res.Header.Get("Content-Type"); got != contentType {
				t.Errorf("Content-Type = %q, want %q", got, contentType)
			}
			if got := res.Header.Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
				t.Errorf("Cache-Control = %q", got)
			}
			if got := res.Header.Get("X-Content-Type-Options"); got != "nosniff" {
				t.Errorf("X-Content-Type-Options = %q", got)
			}
			sum := sha256.Sum256(body)
			if hash := hex.EncodeToString(sum[:6]); !strings.Contains(href, "-"+hash+".") {
				t.Errorf("address %s does not carry the content's hash %s", href, hash)
			}
		})
	}
}

func TestGzipIsSentOnlyToThoseWhoTakeIt(t *testing.T) {
	href := static.Href("console.css")
	_, plain := fetch(t, http.MethodGet, href, http.Header{})
	tests := []struct {
		name, accept string
		packed       bool
	}{
		{"browser", "gzip, deflate, br, zstd", true},
		{"weighted", "br;q=1, gzip;q=0.5", true},
		{"upper case", "GZIP", true},
		{"refused", "gzip;q=0, identity", false},
		{"refused with decimals", "gzip; q=0.000", false},
		{"another coding", "br", false},
		{"nothing said", "", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res, body := fetch(t, http.MethodGet, href, http.Header{"Accept-Encoding": {tt.accept}})
			if got := res.Header.Get("Content-Encoding") == "gzip"; got != tt.packed {
				t.Fatalf("packed = %v, want %v", got, tt.packed)
			}
			if res.Header.Get("Vary") != "Accept-Encoding" {
				t.Errorf("Vary = %q: a cache would mix the two", res.Header.Get("Vary"))
			}
			if tt.packed {
				body = unpack(t, body)
			}
			if !bytes.Equal(body, plain) {
				t.Error("the content differs from the plain file")
			}
		})
	}
}

func unpack(t *testing.T, packed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func TestKnownContentIsNotSentAgain(t *testing.T) {
	href := static.Href("console.js")
	first, _ := fetch(t, http.MethodGet, href, http.Header{})
	again, body := fetch(t, http.MethodGet, href, http.Header{"If-None-Match": {first.Header.Get("ETag")}})
	if again.StatusCode != http.StatusNotModified || len(body) != 0 {
		t.Errorf("status %d with %d bytes, want 304 with none", again.StatusCode, len(body))
	}
	packed, _ := fetch(t, http.MethodGet, href, http.Header{"Accept-Encoding": {"gzip"}})
	if packed.Header.Get("ETag") == first.Header.Get("ETag") {
		t.Error("packed and plain content share an entity tag")
	}
}

func TestOnlyTheCurrentNamesExist(t *testing.T) {
	tests := []struct {
		name, method, path string
		status             int
	}{
		{"without the hash", http.MethodGet, "/static/console.css", http.StatusNotFound},
		{"another hash", http.MethodGet, "/static/console-000000000000.css", http.StatusNotFound},
		{"the folder", http.MethodGet, "/static/", http.StatusNotFound},
		{"not for serving", http.MethodGet, "/static/VENDORED.md", http.StatusNotFound},
		{"outside", http.MethodGet, "/static/../static.go", http.StatusNotFound},
		{"a change", http.MethodPost, static.Href("console.css"), http.StatusMethodNotAllowed},
		{"head", http.MethodHead, static.Href("console.css"), http.StatusOK},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res, _ := fetch(t, tt.method, tt.path, http.Header{})
			if res.StatusCode != tt.status {
				t.Errorf("%s %s: status %d, want %d", tt.method, tt.path, res.StatusCode, tt.status)
			}
		})
	}
}

func TestUnknownNameIsAMistakeOfTheProgram(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("Href of an unknown file returned")
		}
	}()
	static.Href("nothing.css")
}

func TestStyleSheetFindsItsFont(t *testing.T) {
	_, css := fetch(t, http.MethodGet, static.Href("console.css"), http.Header{})
	urls := regexp.MustCompile(`url\(([^)]*)\)`).FindAllSubmatch(css, -1)
	if len(urls) != 1 || string(urls[0][1]) != `"`+static.Href("inter-latin.woff2")+`"` {
		t.Errorf("the style sheet refers to %q, want the font alone under its hashed name", urls)
	}
}

// The content security policy has no unsafe-inline and no unsafe-eval, and allows no host but our own.
func TestOwnFilesNeedNothingThatThePolicyForbids(t *testing.T) {
	forbidden := map[string][]string{
		"console.css": {"data:", "@import", "http:", "https:"},
		"console.js":  {"eval(", "new Function", "innerHTML", "http:", "https:", ".style."},
		"icons.svg":   {"<script", "<style", "style=", "onload", "href="},
		"mark.svg":    {"<script", "<style", "style=", "onload", "href="},
	}
	for name, words := range forbidden {
		_, body := fetch(t, http.MethodGet, static.Href(name), http.Header{})
		for _, word := range words {
			if bytes.Contains(body, []byte(word)) {
				t.Errorf("%s contains %s", name, word)
			}
		}
	}
}

func TestVendoredFilesAreTheRecordedOnes(t *testing.T) {
	record, err := os.ReadFile("VENDORED.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile("(?m)^\\| `([^`]+)` .* `([0-9a-f]{64})` \\|$").FindAllSubmatch(record, -1)
	if len(lines) != 2 {
		t.Fatalf("VENDORED.md records %d files, want htmx and the font", len(lines))
	}
	for _, line := range lines {
		body, err := os.ReadFile(string(line[1]))
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != string(line[2]) {
			t.Errorf("%s is not the recorded file: its sum is %x", line[1], sum)
		}
	}
}

// A page loads the style sheet and both scripts; PRODUCT's floor for them is 60 KB compressed.
func TestStyleAndScriptsOfAPageStayUnder60KB(t *testing.T) {
	total := 0
	for _, name := range []string{"console.css", "console.js", "htmx.min.js"} {
		_, body := fetch(t, http.MethodGet, static.Href(name), http.Header{"Accept-Encoding": {"gzip"}})
		t.Logf("%s: %d bytes", name, len(body))
		total += len(body)
	}
	if total >= 60*1000 {
		t.Errorf("style and scripts weigh %d bytes compressed, the floor is 60,000", total)
	}
}
