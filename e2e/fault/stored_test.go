package fault

import (
	"fmt"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
)

// stored is what the program exports of an organization, as far as writers change it.
type stored struct {
	Groups []struct {
		Key        string
		Privileges map[string]privilege
	}
	Members []struct {
		Email  string
		Groups []string
	}
	Resources map[string][]struct{ Key string }
}

// privilege is a level, and with Custom the editor list.
type privilege struct {
	Level string
	Edit  []string
}

// UnmarshalYAML reads a level alone as well as one with what belongs to it.
func (p *privilege) UnmarshalYAML(read func(any) error) error {
	if read(&p.Level) == nil {
		return nil
	}
	type whole privilege
	return read((*whole)(p))
}

// settleAll compares what is stored with what each writer knows. A save that was acknowledged is there; one that was
// under way is there as a whole or not at all.
func settleAll(t *testing.T, db database, all []*writer) {
	t.Helper()
	var now stored
	must(t, yaml.Unmarshal([]byte(db.mustRun(t, "", "export", "acme")), &now))
	for _, w := range all {
		if w.unwelcome != nil {
			t.Fatal(w.unwelcome)
		}
		found, err := now.factsOf(w)
		must(t, err)
		if fact := w.underWay; fact != facts {
			w.settle(found[fact] != w.held[fact])
		}
		if found != w.held {
			t.Fatalf("writer %d was told %v, but stored is %v", w.n, w.held, found)
		}
	}
}

// factsOf reads a writer's facts; an error is a change that was done by half.
func (s stored) factsOf(w *writer) (found [facts]bool, err error) {
	for _, g := range s.Groups {
		if g.Key != w.team() {
			continue
		}
		extensions, fields := g.Privileges["content/extensions"].Level, g.Privileges["content/fields"].Level
		if extensions == fields {
			return found, fmt.Errorf("%s has %s on Extensions and %s on Fields", g.Key, extensions, fields)
		}
		editors := g.Privileges["content/sources"].Edit
		found[levelsSwapped] = fields == "edit"
		found[sourceListed] = slices.Contains(editors, w.source())
		found[sourceMade] = slices.Contains(editors, w.made())
	}
	for _, m := range s.Members {
		found[memberAdded] = found[memberAdded] || m.Email == w.member() && slices.Contains(m.Groups, w.team())
	}
	exists := slices.ContainsFunc(s.Resources["content/sources"], func(r struct{ Key string }) bool { return r.Key == w.made() })
	if exists != found[sourceMade] {
		return found, fmt.Errorf("%s exists: %t, and %s may edit it: %t", w.made(), exists, w.team(), found[sourceMade])
	}
	return found, nil
}
