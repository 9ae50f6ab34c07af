package files

import (
	"bytes"
	"testing"

	"bailiwick/access"
)

// Whatever a file holds, reading it does not panic; what is accepted is written, read and written again the same.
func FuzzReadOrganization(f *testing.F) {
	for _, text := range []string{exampleFile, canonicalFile, "", "---\na: [b, {c: d}]\n", "version: 1\norganization: {key: a, name: \"\\u00e9: #\"}\n"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c := DefaultCatalog()
		o, err := ReadOrganization("a.yaml", data, c)
		if err != nil {
			return
		}
		if err := o.Check(store{}); err != nil && err.Error() == "" {
			t.Error("a problem without words")
		}
		var first, second bytes.Buffer
		if err := WriteOrganization(&first, o); err != nil {
			t.Fatal(err)
		}
		again, err := ReadOrganization("b.yaml", first.Bytes(), c)
		if err != nil {
			t.Fatalf("%v\n%s", err, first.String())
		}
		if err := WriteOrganization(&second, again); err != nil || first.String() != second.String() {
			t.Fatalf("%v: first\n%s\nthen\n%s", err, first.String(), second.String())
		}
	})
}

// Whatever a catalogue file holds, reading it does not panic; what is accepted keeps its promises.
func FuzzReadCatalog(f *testing.F) {
	f.Add(access.DefaultCatalog)
	f.Add(readTestdata(f, "clinic.yaml"))
	f.Add([]byte("version: 1\nname: x\nservices: [{key: a, name: A, domains: [{key: b, name: B, levels: [view]}]}]\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ReadCatalog("c.yaml", data)
		if err != nil {
			return
		}
		if !c.Administrators().Max || len(c.Max()) != len(c.Domains()) {
			t.Error("administrators do not hold everything")
		}
		for _, g := range append(c.BuiltIn, c.Presets...) {
			if !g.Privileges.Equal(g.Privileges.Clean(c), c) {
				t.Errorf("%s holds what the catalogue does not offer: %v", g.Key, g.Privileges)
			}
		}
	})
}
