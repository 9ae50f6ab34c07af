package access_test

import (
	"maps"
	"testing"

	"bailiwick/access"
)

// beyond are the questions about an excess: true where the subject has it, but not for as long.
func beyond(all []access.Excess) map[question]bool {
	got := map[question]bool{}
	for _, e := range all {
		for _, a := range everyAbility {
			if e.Abilities&a != 0 {
				got[question{e.Domain, names[a], e.Resource}] = !e.Until.IsZero()
			}
		}
	}
	return got
}

func TestBeyondAgreesWithTheOracle(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		wanted, had := w.privileges(), w.privileges()
		over := w.rights.Beyond(w.catalog, wanted, had)
		if len(over) > 0 && w.rights.GivesAll(w.catalog) {
			t.Errorf("%v is beyond somebody who gives all", over)
		}
		want := map[question]bool{}
		for i, at := range probes {
			for q := range w.oracle.setAt(wanted, at).without(w.ceiling(had, at)) {
				if q.resource != 0 && q.ability != "edit" {
					continue // what the domain's own questions say already
				}
				if _, told := want[q]; !told {
					want[q] = i > 0 && w.ceiling(had, noon)[q]
				}
			}
		}
		got := beyond(over)
		for _, all := range []map[question]bool{got, want} {
			maps.DeleteFunc(all, func(q question, _ bool) bool { // Edit on all says what of the list matters
				_, edit := want[question{q.domain, "edit", 0}]
				return q.resource != 0 && edit
			})
		}
		if !maps.Equal(got, want) {
			t.Errorf("wanted %v, had %v: beyond %v, oracle %v", wanted, had, got, want)
		}
		missing, until := access.Lacking(over)
		for _, e := range missing {
			if !e.Until.IsZero() {
				t.Errorf("%v is lacking altogether", e)
			}
		}
		for _, e := range over {
			if !e.Until.IsZero() && (until.IsZero() || e.Until.Before(until)) {
				t.Errorf("%v ends before %v", e, until)
			}
		}
		checkDuplicating(t, w, wanted)
	})
}

func TestWhatIsGivenLastsAsLongAsTheGiverHoldsItAndNoLonger(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		wanted, had := w.privileges(), w.privileges()
		given := w.rights.Bounded(w.catalog, wanted, had)
		missing, _ := access.Lacking(w.rights.Beyond(w.catalog, given, had))
		for _, e := range missing { // what may not be given at all is for Beyond to tell
			delete(wanted, e.Domain)
			delete(given, e.Domain)
		}
		if over := w.rights.Beyond(w.catalog, given, had); len(over) > 0 {
			t.Errorf("wanted %v, had %v: of %v goes beyond %v", wanted, had, given, over)
		}
		for _, at := range probes {
			want, got := answers{}, w.oracle.setAt(given, at)
			ceiling := w.ceiling(had, at)
			for q := range w.oracle.setAt(wanted, at) {
				if ceiling[q] {
					want[q] = true
				}
			}
			if !got.within(want) || !want.onDomain().within(got) {
				t.Errorf("wanted %v, had %v, at %v: given %v, want %v", wanted, had, at, got, want)
			}
			listed, stood := w.oracle.setAt(wanted, at), w.oracle.setAt(had, at)
			for q := range want.without(got) {
				if !listed[question{q.domain, "edit", 0}] || stood[q] {
					t.Errorf("wanted %v, had %v, at %v: %v is not given", wanted, had, at, q)
				}
			}
		}
	})
}

func TestUntilAgreesWithTheOracle(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		need, resource, q := w.question()
		end, held := w.rights.Until(need, resource)
		if want := w.all()[q]; held != want {
			t.Errorf("%+v: held %v, oracle %v", q, held, want)
		}
		for _, at := range probes[1:] {
			want := w.oracle.grants(w.grants, w.entries, at, func(g access.Grant) bool { return !g.Since.After(noon) })[q]
			if lasts := held && (end.IsZero() || end.After(at)); lasts != want {
				t.Errorf("%+v: until %v, at %v oracle %v", q, end, at, want)
			}
		}
	})
}

// checkDuplicating is R9: within one's own rights and fewer, or holding everything as a member or an operator.
func checkDuplicating(t *testing.T, w *world, original access.PrivilegeSet) {
	t.Helper()
	own, copied := w.lasting(), w.oracle.set(original)
	want := copied.within(own) && copied.held() < own.held()
	for _, g := range w.grants {
		everything := g.Via.Administrators && (g.Via.Kind == access.Group || g.Via.Kind == access.Operator)
		want = want || everything && len(w.oracle.grant(g, nil, noon)) > 0
	}
	if refusal := w.rights.Duplicating(w.catalog, original); refusal.Allowed() != want {
		t.Errorf("duplicating %v: %+v, oracle %v", original, refusal, want)
	}
}

// Every level and box, offered or not, that could be given on the domain.
func everyPrivilege(key access.DomainKey) []access.PrivilegeSet {
	var all []access.PrivilegeSet
	for l := access.LevelNone; l <= access.LevelPushAndView; l++ {
		for _, box := range []bool{false, true} {
			all = append(all, access.PrivilegeSet{key: {Level: l, CanCreate: box}})
		}
	}
	return all
}

func TestMayGiveAgreesWithTheOracle(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		d, had := pick(w.random, w.catalog.Domains()...), w.privileges()
		ceiling := w.lasting()
		ceiling.add(w.oracle.set(had))
		for _, set := range everyPrivilege(d.Key) {
			p := set[d.Key]
			offered := p.Level == access.LevelNone || contains(w.oracle[d.Key].Levels, p.Level.String())
			want := offered && w.oracle.set(set).onDomain().within(ceiling)
			if got := w.rights.MayGive(d, p, had[d.Key]); got != want {
				t.Errorf("%s %v to %v: %v, oracle %v", d.Key, p, had[d.Key], got, want)
			}
		}
	})
}

func TestClipGivesTheMostThatIsNotBeyond(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		wanted, had := w.privileges(), w.privileges()
		within, skipped := w.rights.Clip(w.catalog, wanted, had)
		if over := w.rights.Beyond(w.catalog, within, had); len(over) > 0 {
			t.Errorf("wanted %v, had %v: clipped to %v, of which %v is beyond", wanted, had, within, over)
		}
		weaker := map[access.DomainKey]bool{}
		for _, key := range skipped {
			weaker[key] = true
		}
		ceiling := w.ceiling(had, noon)
		for _, key := range w.domains {
			checkClipped(t, w, key, access.PrivilegeSet{key: wanted[key]}, access.PrivilegeSet{key: within[key]}, ceiling, weaker[key])
		}
	})
}

// checkClipped judges one domain: what is within the ceiling came through whole, else nothing stronger would fit.
func checkClipped(t *testing.T, w *world, key access.DomainKey, wanted, within access.PrivilegeSet, ceiling answers, skipped bool) {
	t.Helper()
	want, got := w.oracle.set(wanted), w.oracle.set(within)
	lists := wanted.Clean(w.catalog)[key].Level == access.LevelCustom
	fits := want.onDomain().within(ceiling) && (!lists || want.within(ceiling))
	same := got.within(want) && want.within(got) && wanted.Clean(w.catalog)[key].Level == within[key].Level
	if fits == skipped || fits && !same {
		t.Errorf("%v fits %v, clipped to %v, skipped %v", wanted, fits, within, skipped)
	}
	for _, candidate := range everyPrivilege(key) {
		can := w.oracle.set(candidate).onDomain()
		if can.within(want) && can.within(ceiling) && len(can) > len(got.onDomain()) {
			t.Errorf("%v was clipped to %v, although %v fits", wanted, within, candidate)
		}
	}
	if !got.within(want) {
		t.Errorf("%v was clipped to %v, which is more", wanted, within)
	}
}
