package access_test

import (
	"slices"
	"testing"
	"time"

	"bailiwick/access"
)

func TestCompareIsEmptyExactlyWhenNothingChanges(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		before, after := w.privileges(), w.privileges()
		if w.random.IntN(3) == 0 {
			after = before.Clean(w.catalog)
		}
		differences := access.Compare(w.catalog, before, after)
		same := true
		for _, key := range w.domains {
			same = same && meansTheSame(w.oracle, key, before[key], after[key])
		}
		if same != (len(differences) == 0) || same != before.Equal(after, w.catalog) {
			t.Errorf("%v and %v: %+v", before, after, differences)
		}
	})
}

// meansTheSame compares what is stored: the level by its name, and everything it answers.
func meansTheSame(o oracle, key access.DomainKey, a, b access.Privilege) bool {
	for _, at := range probes {
		one, other := o.at(key, a, at), o.at(key, b, at)
		if !one.within(other) || !other.within(one) || shownAt(o, key, a, at) != shownAt(o, key, b, at) {
			return false
		}
	}
	return true
}

// shownAt is whether Custom stands at a moment: all else is told by the answers.
func shownAt(o oracle, key access.DomainKey, p access.Privilege, at time.Time) bool {
	custom := false
	for step := &p; step != nil; step = step.Then {
		custom = custom || step.Level == access.LevelCustom && contains(o[key].Levels, "custom") && (step.Until.IsZero() || step.Until.After(at))
	}
	return custom && !o.at(key, p, at)[question{key, "edit", 0}]
}

func TestCompareTellsWhatIsGainedAndLost(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		before, after := w.privileges(), w.privileges()
		was, is := w.oracle.set(before), w.oracle.set(after)
		gained, lost := is.without(was), was.without(is)
		differences := access.Compare(w.catalog, before, after)
		for q := range gained {
			checkTold(t, differences, q, true)
		}
		for q := range lost {
			checkTold(t, differences, q, false)
		}
		for _, d := range differences {
			checkTrue(t, d, gained, lost)
		}
	})
}

// checkTold looks for the difference that says it: about Can Create, the listed resource, or the level.
func checkTold(t *testing.T, differences []access.Difference, q question, gains bool) {
	t.Helper()
	for _, d := range differences {
		about := !d.Lasting && (d.Resource == q.resource && q.ability == "edit" || d.Resource == 0 && !d.Create)
		if q.ability == "create" {
			about = d.Create
		}
		if d.Domain == q.domain && d.Gains == gains && about {
			return
		}
	}
	t.Errorf("%+v, gained %v, is not told by %+v", q, gains, differences)
}

// checkTrue holds a difference against what changed. Of View and Custom only the lists differ.
func checkTrue(t *testing.T, d access.Difference, gained, lost answers) {
	t.Helper()
	if d.Lasting { // see TestCompareIsEmptyExactlyWhenNothingChanges
		return
	}
	changed := lost
	if d.Gains {
		changed = gained
	}
	viewAndCustom := d.Resource == 0 && !d.Create && d.Before+d.After == access.LevelView+access.LevelCustom && d.Before != d.After && d.Before != 0 && d.After != 0
	if viewAndCustom {
		return
	}
	for q := range changed {
		if q.domain == d.Domain && q.resource == d.Resource && (q.ability == "create") == d.Create {
			return
		}
	}
	t.Errorf("nothing changed as %+v tells", d)
}

func TestTheAccessTabChangesOneResourceOnly(t *testing.T) {
	compareWithOracle(t, someCases, func(t *testing.T, w *world) {
		d := pick(w.random, w.catalog.Domains()...)
		set := w.privileges().Clean(w.catalog)
		before, id, edit := set[d.Key].At(noon), pick(w.random, universe...), w.random.IntN(2) == 0
		was := w.oracle.privilege(d.Key, before)
		listed := slices.Contains(before.Editors, id) // perhaps in a list that stands from an earlier Custom
		choice := d.AccessChoice(before.Level, listed)
		checkChoice(t, w.oracle[d.Key], d.Key, choice, was, id)
		is := w.oracle.privilege(d.Key, before.WithAccess(d, id, edit))
		if !choice.Fixed {
			want := answers{}
			want.add(was)
			delete(want, question{d.Key, "edit", id})
			if edit {
				want[question{d.Key, "edit", id}] = true
			}
			was = want
		}
		if !is.within(was) || !was.within(is) {
			t.Errorf("%s %v, resource %d set to edit %v: %v, want %v", d.Key, before, id, edit, is, was)
		}
	})
}

// checkChoice is R10: nothing to decide with edit on all, without view, or where the domain has no Custom.
func checkChoice(t *testing.T, d access.DomainSpec, key access.DomainKey, choice access.Choice, has answers, id access.ResourceID) {
	t.Helper()
	want := access.Choice{Level: access.LevelView}
	switch {
	case has[question{key, "edit", 0}]:
		want = access.Choice{Fixed: true, Level: access.LevelEdit}
	case !has[question{key, "view", 0}]:
		want = access.Choice{Fixed: true, Level: access.LevelNone}
	case !contains(d.Levels, "custom"):
		want.Fixed = true
	case has[question{key, "edit", id}]:
		want.Level = access.LevelEdit
	}
	if choice != want {
		t.Errorf("%s: choice %+v, want %+v", key, choice, want)
	}
}
