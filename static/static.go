// Package static holds the files that every page refers to: style sheet, scripts, icons, font. They are part of the
// binary, and each is served under a name that contains a hash of its content, so that browsers may keep it for good and
// still get the new one after an upgrade. The package knows no page and no request but its own.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed css console.js htmx.min.js icons.svg mark.svg inter-latin.woff2
var embedded embed.FS

// Prefix is the path below which Handler serves.
const Prefix = "/static/"

// names lists what is served. A file may refer to those before it by name, as the style sheet does to the font.
var names = []string{"inter-latin.woff2", "icons.svg", "mark.svg", "htmx.min.js", "console.js", StyleSheet}

// StyleSheet is the name of the style sheet: one file for browsers, put together of those in css/.
const StyleSheet = "console.css"

// styles are the files of the style sheet, without their ending. Within a layer the later rule wins.
var styles = []string{
	"base", "tokens", "frame",
	"buttons", "marks", "controls", "listing", "panels", "people", "save_bar",
	"gate", "privileges", "editor_list", "activity", "temporary_access", "explain", "forms", "choices", "members", "people_tab", "compare", "overview", "finder", "support",
	"many", "helpers", "screens", "phone",
}

var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

// file is one static file, ready to send. gzip is nil where compression gains nothing.
type file struct {
	href, contentType, hash string
	body, gzip              []byte
}

// library prepares all files once, when the first of them is asked for: commands that serve no page don't pay for it.
var library = sync.OnceValue(func() map[string]file {
	files := make(map[string]file, len(names))
	for _, name := range names {
		body := Source(name)
		if name == StyleSheet {
			body = resolveURLs(body, files)
		}
		files[name] = prepare(name, body)
	}
	return files
})

// Source is a file as it was written, the style sheet put together. It panics for a name that is not served.
func Source(name string) []byte {
	if name != StyleSheet {
		return read(name)
	}
	var sheet []byte
	for _, part := range styles {
		sheet = append(sheet, read("css/"+part+".css")...)
	}
	return sheet
}

func read(name string) []byte {
	body, err := embedded.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("static: %s is listed but not embedded: %v", name, err))
	}
	return body
}

// resolveURLs puts hashed addresses in place of url("NAME").
func resolveURLs(css []byte, files map[string]file) []byte {
	for name, f := range files {
		css = bytes.ReplaceAll(css, []byte(`url("`+name+`")`), []byte(`url("`+f.href+`")`))
	}
	return css
}

func prepare(name string, body []byte) file {
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:6])
	ext := path.Ext(name)
	f := file{
		href:        Prefix + strings.TrimSuffix(name, ext) + "-" + hash + ext,
		contentType: contentTypes[ext],
		hash:        hash,
		body:        body,
	}
	if packed := compress(body); len(packed) < len(body)*9/10 {
		f.gzip = packed
	}
	return f
}

func compress(body []byte) []byte {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(fmt.Sprintf("static: the compression level is a constant: %v", err))
	}
	_, _ = w.Write(body) // a bytes.Buffer never refuses
	_ = w.Close()
	return out.Bytes()
}

// Href is the address of a file, such as "/static/console-0a1b2c3d4e5f.css" for "console.css". It panics for a name that
// is not served: the names are constants of the program.
func Href(name string) string {
	f, ok := library()[name]
	if !ok {
		panic("static: no file named " + name)
	}
	return f.href
}

// Handler answers GET and HEAD below Prefix. Only the current hashed names exist; everything else is 404.
func Handler() http.Handler {
	byHref := make(map[string]file)
	for _, f := range library() {
		byHref[f.href] = f
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		f, ok := byHref[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		f.serve(w, r)
	})
}

// serve sends the file. The entity tag differs with the encoding, since the bytes do.
func (f file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	body, tag := f.body, f.hash
	if f.gzip != nil {
		h.Set("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			h.Set("Content-Encoding", "gzip")
			body, tag = f.gzip, f.hash+"-gzip"
		}
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// acceptsGzip reads Accept-Encoding as far as needed: gzip named, and not with a weight of zero.
func acceptsGzip(r *http.Request) bool {
	for _, line := range r.Header.Values("Accept-Encoding") {
		for entry := range strings.SplitSeq(line, ",") {
			coding, weight, _ := strings.Cut(entry, ";")
			if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
				continue
			}
			q, weighted := strings.CutPrefix(strings.TrimSpace(weight), "q=")
			return !weighted || strings.Trim(q, "0.") != ""
		}
	}
	return false
}
