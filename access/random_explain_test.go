package access_test

import (
	"slices"
	"testing"

	"bailiwick/access"
)

// explain asks about everything that is known of the subject of a random world.
func (w *world) explain(need access.Need, resource access.ResourceID) access.Explanation {
	return access.Explain(w.catalog, w.grants, w.entries, noon, need, resource)
}

// Every grant of the subject on the domain is behind the answer or among the considered ones, exactly once; every other
// grantee of the subject is among the considered ones, exactly once.
func TestEveryGrantIsEitherBehindTheAnswerOrConsidered(t *testing.T) {
	compareWithOracle(t, manyCases, func(t *testing.T, w *world) {
		need, resource, q := w.question()
		e := w.explain(need, resource)
		if e.Allowed != w.all()[q] || e.Need != need || e.Resource != resource || e.Allowed && e.Fault != "" {
			t.Errorf("%+v: explained %v with fault %q, oracle %v", q, e.Allowed, e.Fault, w.all()[q])
		}
		checkReasons(t, w, e.Decision, q)
		var told []access.Grantee
		for _, reason := range e.Via {
			told = append(told, reason.Grant.Via)
		}
		for _, considered := range e.Considered {
			told = append(told, considered.Grant.Via)
			if considered.Grant.Domain != need.Domain || considered.Why == "" {
				t.Errorf("%+v: considered %+v", q, considered)
			}
		}
		if want := w.toBeTold(q); !sameGrantees(told, want) {
			t.Errorf("%+v: told of %v, want %v", q, told, want)
		}
	})
}

// toBeTold are the grantees of the subject, each as often as it has grants on the domain, and once without any.
func (w *world) toBeTold(q question) []access.Grantee {
	_, exists := w.oracle[q.domain]
	var there, elsewhere []access.Grantee
	for _, g := range w.grants {
		if g.Domain == q.domain || g.Via.Administrators && exists {
			there = append(there, g.Via)
		} else {
			elsewhere = append(elsewhere, g.Via)
		}
	}
	for _, via := range elsewhere {
		if !slices.Contains(there, via) {
			there = append(there, via)
		}
	}
	return there
}

func sameGrantees(a, b []access.Grantee) bool {
	if len(a) != len(b) {
		return false
	}
	rest := slices.Clone(b)
	for _, via := range a {
		i := slices.Index(rest, via)
		if i < 0 {
			return false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return true
}

// What a grant is told to lack, it lacks: putting that right gives what was asked, and nothing less does.
func TestTheLeastThatWouldDoIsLeast(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		need, resource, q := w.question()
		e := w.explain(need, resource)
		checkLeast(t, w, q, access.Privilege{}, e.Least)
		for _, considered := range e.Considered {
			g := considered.Grant
			held := access.Privilege{Level: g.Level, CanCreate: g.CanCreate}
			switch {
			case g.Via.Kind == access.APIKey && w.oracle[q.domain].NoAPIKeys:
				if considered.Least.Level != access.LevelNone {
					t.Errorf("%+v: %+v would do for a key", q, considered.Least)
				}
			case g.InForce(noon):
				checkLeast(t, w, q, held, considered.Least)
			default:
				checkRevival(t, w, q, g, considered)
			}
		}
	})
}

// checkLeast compares with all privileges there can be on the domain, by how many questions they answer. A Custom grantee
// keeps its editor list, for which some other resource stands.
func checkLeast(t *testing.T, w *world, q question, held, got access.Privilege) {
	t.Helper()
	var kept []access.ResourceID
	if held.Level == access.LevelCustom {
		kept = []access.ResourceID{otherThan(q.resource)}
	}
	held.Editors, got.Editors = kept, append(slices.Clone(got.Editors), kept...)
	has, is := w.oracle.privilege(q.domain, held), w.oracle.privilege(q.domain, got)
	least := -1
	for l := access.LevelNone; l <= access.LevelPushAndView; l++ {
		for _, box := range []bool{false, true} {
			for _, p := range []access.Privilege{{Level: l, CanCreate: box, Editors: kept}, {Level: l, CanCreate: box, Editors: listing(kept, q.resource)}} {
				all := w.oracle.privilege(q.domain, p)
				if all[q] && has.within(all) && (least < 0 || len(all) < least) {
					least = len(all)
				}
			}
		}
	}
	switch {
	case least < 0 && got.Level == access.LevelNone:
	case least < 0 || !is[q] || !has.within(is) || len(is) != least:
		t.Errorf("%+v beside %+v: %+v would do with %d answers, the least has %d", q, held, got, len(is), least)
	}
}

func otherThan(id access.ResourceID) access.ResourceID {
	if id == universe[0] {
		return universe[1]
	}
	return universe[0]
}

// listing is a list with one resource more; 0 is none.
func listing(list []access.ResourceID, id access.ResourceID) []access.ResourceID {
	if id == 0 {
		return list
	}
	return append(slices.Clone(list), id)
}

// checkRevival: a grant that is not in force would do as it stands, or nothing is said of it.
func checkRevival(t *testing.T, w *world, q question, g access.Grant, considered access.Considered) {
	t.Helper()
	g.Since, g.Until = noon, noon.AddDate(0, 0, 1)
	g.Via.Disabled = false
	would := w.oracle.grant(g, w.entries, noon)[q]
	if would != (considered.Least.Level != access.LevelNone) {
		t.Errorf("%+v: %+v in force would give it: %v, told %+v", q, g, would, considered.Least)
	}
	if would && considered.Least.Level != g.Level {
		t.Errorf("%+v: %+v would do, not %+v", q, g.Level, considered.Least)
	}
}

// Without the grants behind the answer the level is what the others give.
func TestWhatRemainsIsWhatTheOtherGrantsGive(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		need, resource, q := w.question()
		e := w.explain(need, resource)
		var others []access.Grant
		for _, g := range w.grants {
			if !w.oracle.grant(g, w.entries, noon)[q] {
				others = append(others, g)
			}
		}
		if want := access.Resolve(w.catalog, others, nil, noon).Level(need.Domain); e.Remains != want {
			t.Errorf("%+v: %v remains, want %v", q, e.Remains, want)
		}
	})
}
