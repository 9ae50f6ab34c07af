package access_test

import (
	"testing"

	"bailiwick/access"
)

func TestBeyondAgreesWithTheOracle(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		wanted, had := w.privileges(), w.privileges()
		ceiling := w.lasting()
		ceiling.add(w.oracle.set(had))
		got := answers{}
		for _, e := range w.rights.Beyond(w.catalog, wanted, had) {
			for _, a := range everyAbility {
				if e.Abilities&a != 0 {
					got[question{e.Domain, names[a], e.Resource}] = true
				}
			}
		}
		want := answers{}
		for q := range w.oracle.set(wanted).without(ceiling) {
			if q.resource == 0 || wanted[q.domain].Level == access.LevelCustom && q.ability == "edit" {
				want[q] = true
			}
		}
		if !got.within(want) || !want.within(got) {
			t.Errorf("wanted %v, had %v: beyond %v, oracle %v", wanted, had, got, want)
		}
		checkDuplicating(t, w, wanted)
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
		ceiling := w.lasting()
		ceiling.add(w.oracle.set(had))
		for _, key := range w.domains {
			checkClipped(t, w, key, access.PrivilegeSet{key: wanted[key]}, access.PrivilegeSet{key: within[key]}, ceiling, weaker[key])
		}
	})
}

// checkClipped judges one domain: what is within the ceiling came through whole, else nothing stronger would fit.
func checkClipped(t *testing.T, w *world, key access.DomainKey, wanted, within access.PrivilegeSet, ceiling answers, skipped bool) {
	t.Helper()
	want, got := w.oracle.set(wanted), w.oracle.set(within)
	fits := want.onDomain().within(ceiling) && (wanted[key].Level != access.LevelCustom || want.within(ceiling))
	if fits == skipped || fits && !within.Equal(wanted, w.catalog) {
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
