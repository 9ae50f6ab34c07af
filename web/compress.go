package web

import (
	"compress/gzip"
	"net/http"
	"strings"
	"sync"
)

// gzipLevel is where packing pages harder stops paying.
const gzipLevel = 5

var packers = sync.Pool{New: func() any {
	w, err := gzip.NewWriterLevel(nil, gzipLevel)
	if err != nil {
		panic("web: the compression level is a constant: " + err.Error())
	}
	return w
}}

// compress packs pages for clients that take them packed. Static files were packed when the program started.
func compress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			next.ServeHTTP(w, r)
			return
		}
		packed := &packedWriter{ResponseWriter: w}
		defer packed.close()
		next.ServeHTTP(packed, r)
	})
}

// packedWriter packs what is written if it turns out to be a page.
type packedWriter struct {
	http.ResponseWriter
	packer *gzip.Writer // nil until a page begins
	begun  bool
}

func (w *packedWriter) WriteHeader(status int) {
	if !w.begun {
		w.begun = true
		w.begin()
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *packedWriter) begin() {
	h := w.Header()
	if !strings.HasPrefix(h.Get("Content-Type"), "text/html") || h.Get("Content-Encoding") != "" {
		return
	}
	h.Add("Vary", "Accept-Encoding")
	h.Set("Content-Encoding", "gzip")
	h.Del("Content-Length")
	w.packer = packers.Get().(*gzip.Writer)
	w.packer.Reset(w.ResponseWriter)
}

func (w *packedWriter) Write(b []byte) (int, error) {
	if !w.begun {
		w.WriteHeader(http.StatusOK)
	}
	if w.packer != nil {
		return w.packer.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

func (w *packedWriter) close() {
	if w.packer == nil {
		return
	}
	_ = w.packer.Close() // fails only when the reader has gone
	packers.Put(w.packer)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *packedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
