package access_test

import (
	"flag"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"bailiwick/access"
)

var seed = flag.Uint64("seed", 1, "of the random cases")

// How many random cases a comparison with the oracle takes: decisions many, all else fewer.
const (
	manyCases = 100_000
	someCases = 5_000
)

// compareWithOracle runs a check on as many random worlds. What fails says how to see it again.
func compareWithOracle(t *testing.T, cases uint64, check func(t *testing.T, w *world)) {
	t.Parallel()
	var w *world
	for i := range cases {
		if i%100 == 0 {
			w = newWorld(rand.New(rand.NewPCG(*seed, i)), func(s access.CatalogSpec) *access.Catalog { return catalogOf(t, s) })
		}
		w.renew()
		if check(t, w); t.Failed() {
			t.Fatalf("case %d of -seed=%d\ndomains %+v\ngrants %+v\nentries %+v", i, *seed, w.spec.Services[0].Domains, w.grants, w.entries)
		}
	}
}

var names = map[access.Ability]string{
	access.View: "view", access.Edit: "edit", access.Create: "create", access.Allowed: "allowed", access.Push: "push",
	0: "", 3: "view and edit", 32: "unknown",
}

// question is a random one, also of what does not exist.
func (w *world) question() (access.Need, access.ResourceID, question) {
	need := access.Need{Domain: w.domain(), Ability: pick(w.random, append(everyAbility, everyAbility...)...)}
	if w.random.IntN(10) == 0 {
		need.Ability = pick[access.Ability](w.random, 0, 3, 32)
	}
	resource := pick(w.random, append([]access.ResourceID{0, 0}, universe...)...)
	return need, resource, question{need.Domain, names[need.Ability], resource}
}

func TestMayAndDecideAgreeWithTheOracle(t *testing.T) {
	compareWithOracle(t, manyCases, func(t *testing.T, w *world) {
		all := w.all()
		for range 8 {
			need, resource, q := w.question()
			d := w.rights.Decide(need, resource)
			if may := w.rights.May(need, resource); may != all[q] || d.Allowed != may {
				t.Errorf("%+v: May %v, Decide %v, oracle %v", q, may, d.Allowed, all[q])
			}
			checkReasons(t, w, d, q)
		}
	})
}

// checkReasons compares Via with the grants that answer alone: then dropping one of several leaves the answer as it was,
// and dropping the only one denies.
func checkReasons(t *testing.T, w *world, d access.Decision, q question) {
	t.Helper()
	var want []access.Grantee
	for _, g := range w.grants {
		if w.oracle.grant(g, w.entries, noon)[q] {
			want = append(want, g.Via)
		}
	}
	var got []access.Grantee
	for _, reason := range d.Via {
		got = append(got, reason.Grant.Via)
		if alone := access.Resolve(w.catalog, []access.Grant{reason.Grant}, w.entries, noon); !untilIs(alone, d, reason.Until) {
			t.Errorf("%+v: until %v", q, reason.Until)
		}
		if reason.Listed != (q.ability == "edit" && reason.Grant.Level == access.LevelCustom) {
			t.Errorf("%+v: reason %+v", q, reason)
		}
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v: given by %v, oracle %v", q, got, want)
	}
}

func TestDroppingAReasonDeniesExactlyWhenItIsTheLast(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		need, resource, q := w.question()
		before := w.rights.Decide(need, resource)
		for i, g := range w.grants {
			rest := append(append([]access.Grant{}, w.grants[:i]...), w.grants[i+1:]...)
			after := access.Resolve(w.catalog, rest, w.entries, noon).Decide(need, resource)
			dropped := len(before.Via) - len(after.Via)
			if answers := w.oracle.grant(g, w.entries, noon)[q]; answers != (dropped == 1) || after.Allowed != (len(before.Via) > dropped) {
				t.Errorf("%+v without %+v: %d reasons, then %d", q, g, len(before.Via), len(after.Via))
			}
		}
	})
}

func TestLevelsAgreeWithTheOracle(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		all := w.all()
		for _, key := range w.domains {
			if got, want := w.rights.Level(key).String(), shownLevel(w, all, key); got != want {
				t.Errorf("%s: level %s, oracle %s", key, got, want)
			}
			if got, want := w.rights.CanCreate(key), all[question{key, "create", 0}]; got != want {
				t.Errorf("%s: can create %v, oracle %v", key, got, want)
			}
		}
		if got, want := w.rights.Held(), all.held(); got != want {
			t.Errorf("%d domains held, oracle %d", got, want)
		}
	})
}

// shownLevel is R2: None < View < Custom < Edit, Push and View unite, Custom stays Custom whatever its list holds.
func shownLevel(w *world, all answers, key access.DomainKey) string {
	isCustom := false
	for _, g := range w.grants {
		isCustom = isCustom || g.Level == access.LevelCustom && g.Domain == key && !g.Via.Administrators && len(w.oracle.grant(g, nil, noon)) > 0
	}
	has := func(ability string) bool { return all[question{key, ability, 0}] }
	switch {
	case has("edit"):
		return "edit"
	case isCustom:
		return "custom"
	case has("view") && has("push"):
		return "push_and_view"
	case has("view"):
		return "view"
	case has("push"):
		return "push"
	case has("allowed"):
		return "allowed"
	}
	return "none"
}

// untilIs tells whether the rights of one grant have what was decided just so long.
func untilIs(alone access.Rights, d access.Decision, until time.Time) bool {
	end, held := alone.Until(d.Need, d.Resource)
	return held && end.Equal(until)
}
