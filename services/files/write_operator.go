package files

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// WriteOperator writes the operator's file in its one canonical order: categories by key, what they may request by domain,
// people by e-mail. The same content always gives the same bytes, and reading them gives the same content.
func WriteOperator(out io.Writer, f *Operator) error {
	w := &writer{out: bufio.NewWriter(out)}
	w.print("version: 1\nvendor: ", flow("name", f.Vendor.Name, "support_mail", f.Vendor.SupportMail), "\n")
	w.list("", "operators", slices.Sorted(slices.Values(f.Operators)))
	section(w, "categories", sorted(f.Categories, func(c Category) string { return c.Key }), w.category)
	section(w, "personnel", sorted(f.Personnel, func(p Personnel) string { return p.Email }), w.person)
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("write the operator’s file: %w", err)
	}
	return nil
}

func (w *writer) category(c Category) {
	w.print("  - key: ", scalarText(c.Key), "\n    name: ", scalarText(c.Name), "\n    longest: ", Duration(c.Longest), "\n")
	least := ""
	if c.MinLength > 0 {
		least = fmt.Sprint(c.MinLength)
	}
	if rule := flow("min_length", raw(least), "pattern", c.Pattern, "hint", c.Hint, "link", c.Link); rule != "{}" {
		w.print("    justification: ", rule, "\n")
	}
	if len(c.MayRequest) == 0 {
		w.print("    may_request: {}\n")
		return
	}
	w.print("    may_request:\n")
	for _, m := range sorted(c.MayRequest, func(m Requestable) string { return string(m.Domain) }) {
		level := m.Level.String()
		if m.Sensitive {
			level = flow("level", raw(level), "sensitive", raw("true"))
		}
		w.print("      ", scalarText(string(m.Domain)), ": ", level, "\n")
	}
}

func (w *writer) person(p Personnel) {
	organizations := ""
	if len(p.Organizations) > 0 {
		organizations = flowList(keys(p.Organizations))
	}
	w.print("  - ", flow("email", p.Email, "name", p.Name, "categories", raw(flowList(keys(p.Categories))), "organizations", raw(organizations)), "\n")
}

// Duration is a duration as files write it: 72h, 90m, 1h30m.
func Duration(d time.Duration) string {
	text := d.String()
	for _, none := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, none) {
			text = text[:len(text)-2]
		}
	}
	return text
}
