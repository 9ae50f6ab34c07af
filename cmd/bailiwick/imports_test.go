package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is the table of ARCHITECTURE.md: what each package may import besides the standard library. Our own
// packages are named without the module, and exactly; others' by a prefix of their path. What only tests import is free.
var mayImport = map[string][]string{
	"access":                         {},
	"addresslist":                    {"services/files", "golang.org/x/text"},
	"models":                         {"access", "looks", "names", "gorm.io", "modernc.org/sqlite", "github.com/jackc/pgx", "github.com/pressly/goose"},
	"names":                          {"golang.org/x/text"},
	"looks":                          {"golang.org/x/text", "golang.org/x/net/idna"},
	"models/modelstest":              {"access", "models", "github.com/jackc/pgx"},
	"words":                          {"access"},
	"services":                       {"access", "looks", "models", "services/credential", "services/files", "services/mail", "services/outbox", "words", "golang.org/x/text"},
	"services/credential":            {"github.com/pquerna/otp", "golang.org/x/crypto", "golang.org/x/text"},
	"services/files":                 {"access", "looks", "github.com/goccy/go-yaml", "golang.org/x/text"},
	"services/outbox":                {},
	"services/mail":                  {"github.com/wneessen/go-mail"},
	"services/mail/mailtest":         {"github.com/emersion/go-smtp", "github.com/emersion/go-sasl"},
	"services/mail/mailtest/mailbox": {"services/mail/mailtest"},
	"views":                          {"views/parts", "github.com/a-h/templ"},
	"views/parts":                    {"github.com/a-h/templ"},
	"views/viewstest":                {"github.com/a-h/templ", "github.com/PuerkitoBio/goquery", "golang.org/x/net/html"},
	"sourcetest":                     {},
	"static":                         {},
	"handlers": {"access", "addresslist", "looks", "models", "names", "services", "services/credential", "views", "views/parts", "words", "github.com/a-h/templ", "github.com/labstack/echo",
		"golang.org/x/text"},
	"web": {"handlers", "services", "models", "views", "views/parts", "static", "github.com/a-h/templ", "github.com/labstack/echo",
		"github.com/gorilla"},
	"web/webtest": {"models", "services", "services/credential", "services/files", "services/mail", "services/mail/mailtest", "web",
		"github.com/PuerkitoBio/goquery"},
	"cmd/bailiwick": {"access", "models", "services", "services/credential", "services/files", "services/mail", "static", "views", "handlers", "web",
		"words", "github.com/alecthomas/kong"},
	"e2e":         {},
	"e2e/fault":   {},
	"e2e/planted": {},
}

func TestPackagesImportOnlyWhatTheirLayerMay(t *testing.T) {
	for name, imports := range packages(t) {
		allowed, known := mayImport[name]
		if !known {
			t.Errorf("package %s has no line in mayImport: add it there and to the table in ARCHITECTURE.md", name)
			continue
		}
		for _, imported := range imports {
			if !permits(allowed, imported) {
				t.Errorf("package %s imports %s, but may import only %v.\nMove the code to the layer it belongs to; "+
					"if the layering itself is to change, change ARCHITECTURE.md with it", name, imported, allowed)
			}
		}
	}
}

// permits reports whether one of the allowed entries covers an import. "bailiwick/" marks our own packages.
func permits(allowed []string, imported string) bool {
	own, isOwn := strings.CutPrefix(imported, "bailiwick/")
	standard := !strings.Contains(strings.Split(imported, "/")[0], ".")
	switch {
	case isOwn:
		return slices.Contains(allowed, own)
	case standard:
		return true
	}
	return slices.ContainsFunc(allowed, func(prefix string) bool {
		return imported == prefix || strings.HasPrefix(imported, prefix+"/")
	})
}

// packages lists the packages of the module, named without it, with what each imports outside its tests.
func packages(t *testing.T) map[string][]string {
	t.Helper()
	list := exec.Command("go", "list", "-e", "-json=ImportPath,Imports", "bailiwick/...")
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	found := map[string][]string{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var listed struct {
			ImportPath string
			Imports    []string
		}
		err := decoder.Decode(&listed)
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatalf("read what go list says: %v", err)
		}
		found[strings.TrimPrefix(listed.ImportPath, "bailiwick/")] = listed.Imports
	}
}
