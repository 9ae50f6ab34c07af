package services_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// lastActivity is the last thing that was done by an operation.
func (p people) lastActivity(operation models.Operation) models.Activity {
	p.t.Helper()
	found, err := p.scope().Activities(context.Background(), models.ActivityFilter{Page: models.Page{Limit: 1000}})
	must(p.t, err)
	for _, a := range found.Rows {
		if a.Operation == operation && a.Outcome == models.OutcomeDone {
			return a
		}
	}
	p.t.Fatalf("nobody did %s", operation)
	return models.Activity{}
}

// set changes a group's privileges.
func (p people) set(by, group string, choices services.PrivilegeChoices) models.Activity {
	p.t.Helper()
	tab := p.tab(by, ofGroup(group), services.PrivilegesDraft{})
	must(p.t, setPrivileges(context.Background(), p.Console, p.by(by), group, tab.Holder().Revision, choices))
	return p.lastActivity(models.OpGroupPrivilegesChanged)
}

// reversal is what somebody is shown who wants to revert an activity.
func (p people) reversal(by string, a models.Activity) services.Reversal {
	p.t.Helper()
	r, err := p.Reversal(context.Background(), p.by(by), a.ID)
	must(p.t, err)
	return r
}

// revert reverts what is shown.
func (p people) revert(by string, a models.Activity) services.Reversal {
	p.t.Helper()
	r, err := p.Revert(context.Background(), p.by(by), a.ID, p.reversal(by, a).Shown)
	must(p.t, err)
	return r
}

var stayWords = map[services.Stays]string{services.Reverts: "", services.StaysAlready: " already", services.StaysChanged: " changed again",
	services.StaysGone: " gone", services.StaysBeyond: " beyond", services.StaysNeed: " need", services.StaysRefused: " refused"}

// toldLines are the lines of a reversal, each as "what today>reverted why".
func toldLines(r services.Reversal) string {
	var all []string
	for _, line := range r.Lines {
		what := strings.TrimSpace(string(line.Domain) + " " + line.Key + line.Name + line.Field)
		all = append(all, fmt.Sprintf("%s %s>%s%s", what, line.Before, line.After, stayWords[line.Stays]))
	}
	return strings.Join(all, "; ")
}

func TestRevertedPrivilegesAreAsBefore(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		custom := func(rows map[string]bool) services.PrivilegeChoice {
			return services.PrivilegeChoice{Level: access.LevelCustom, Rows: rows}
		}
		view, edit, none := services.PrivilegeChoice{Level: access.LevelView}, services.PrivilegeChoice{Level: access.LevelEdit}, services.PrivilegeChoice{}
		for _, test := range []struct {
			what   string
			change services.PrivilegeChoices
			since  []services.PrivilegeChoices
			want   string
			held   string // afterwards: fields, sources
		}{
			{"all of it", services.PrivilegeChoices{"content/fields": none, "content/sources": custom(map[string]bool{"web": false, "wiki": true})}, nil,
				"content/fields >edit; content/sources web view>edit; content/sources wiki edit>view", "edit, custom web"},
			{"a whole editor list", services.PrivilegeChoices{"content/sources": none}, nil,
				"content/sources >custom; content/sources web >edit", "edit, custom web"},
			{"a list beneath Edit all", services.PrivilegeChoices{"content/sources": edit}, nil,
				"content/sources edit>custom", "edit, custom web"},
			{"what is as before already", services.PrivilegeChoices{"content/fields": view, "content/sources": custom(map[string]bool{"wiki": true})},
				[]services.PrivilegeChoices{{"content/fields": edit}},
				"content/fields edit>edit already; content/sources wiki edit>view", "edit, custom web"},
			{"what was changed again", services.PrivilegeChoices{"content/fields": view, "content/sources": custom(map[string]bool{"wiki": true})},
				[]services.PrivilegeChoices{{"content/fields": none}},
				"content/fields > changed again; content/sources wiki edit>view", "none, custom web"},
			{"what was changed again, to the same", services.PrivilegeChoices{"content/fields": view, "content/sources": custom(map[string]bool{"wiki": true})},
				[]services.PrivilegeChoices{{"content/fields": none}, {"content/fields": view}},
				"content/fields view>view changed again; content/sources wiki edit>view", "view, custom web"},
			{"a row beside one that somebody added", services.PrivilegeChoices{"content/sources": custom(map[string]bool{"wiki": true})},
				[]services.PrivilegeChoices{{"content/sources": custom(map[string]bool{"jira": true})}},
				"content/sources wiki edit>view", "edit, custom jira web"},
		} {
			apply(t, p.Console, keptFile, services.ApplyOptions{Prune: true})
			a := p.set("administrator", "readers", test.change)
			for _, since := range test.since {
				p.set("administrator", "readers", since)
			}
			if got := toldLines(p.reversal("administrator", a)); got != test.want {
				t.Errorf("%s: shown %q, want %q", test.what, got, test.want)
			}
			p.revert("administrator", a)
			if got := p.holds("readers"); got != test.held {
				t.Errorf("%s: afterwards %q, want %q", test.what, got, test.held)
			}
			done := p.lastActivity(models.OpGroupPrivilegesChanged)
			if again := p.reversal("administrator", done); again.Event.Reverts != a.ID {
				t.Errorf("%s: the record says that %d was reverted, want %d", test.what, again.Event.Reverts, a.ID)
			}
		}
		must(t, modelstest.VerifyActivities(context.Background(), p.scope()))
	})
}

// holds are a group's levels on fields and sources, with what it may edit.
func (p people) holds(group string) string {
	p.t.Helper()
	fields, sources := p.held(group, "content/fields"), p.held(group, "content/sources")
	text := fields.Level.String() + ", " + sources.Level.String()
	for _, key := range []string{"jira", "web", "wiki"} {
		r, err := p.scope().Resource(context.Background(), "content/sources", key)
		must(p.t, err)
		if slices.Contains(sources.Editors, r.ID) {
			text += " " + key
		}
	}
	return text
}

// A level that was reverted would end an editor list in which somebody has put something since: it stays.
func TestRevertingALevelTakesNothingThatOthersListed(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		a := p.set("administrator", "outdoors", services.PrivilegeChoices{"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"wiki": true}}})
		p.set("twice", "outdoors", services.PrivilegeChoices{"content/sources": {Level: access.LevelCustom, Rows: map[string]bool{"jira": true}}})
		shown := p.reversal("administrator", a)
		if got, want := toldLines(shown), "content/sources custom>custom changed again; content/sources wiki edit>view"; got != want {
			t.Fatalf("shown %q, want %q", got, want)
		}
		if since := shown.Lines[0].Since; since == nil || since.ActorEmail != "twice@example.com" {
			t.Errorf("changed again by %+v", since)
		}
		p.revert("administrator", a)
		if got := p.holds("outdoors"); got != "none, custom jira" {
			t.Errorf("afterwards %q", got)
		}
	})
}

// Attack: somebody reverts a change that took what they don't hold themselves (R7).
func TestRevertingGivesNoMoreThanItsCallerHolds(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		apply(t, p.Console, `version: 1
organization: {key: acme, name: Acme}
groups:
  - {key: keepers, name: Keepers, privileges: {content/sources: {level: custom, edit: [jira]}, organization/activities: view, organization/groups: edit, organization/organization: view}}
`, services.ApplyOptions{})
		a := p.set("administrator", "readers", services.PrivilegeChoices{"content/fields": {}, access.OrganizationDomain: {}, "content/sources": {Level: access.LevelNone}})
		shown := p.reversal("alone", a)
		if got, want := toldLines(shown), "content/fields >edit beyond; content/sources >custom; content/sources web >edit beyond; organization/organization >view"; got != want &&
			got != "content/fields > beyond; content/sources >custom; content/sources web >view beyond; organization/organization >view" {
			t.Errorf("shown %q, want %q", got, want)
		}
		p.revert("alone", a)
		if got := p.holds("readers"); got != "none, custom" {
			t.Errorf("afterwards %q", got)
		}
		if _, err := p.Reversal(context.Background(), p.by("reader"), a.ID); !errors.As(err, &services.Forbidden{}) {
			t.Errorf("without view on Activities: %v", err)
		}
	})
}

// What changed between looking and pressing the button is told, and nothing is done.
func TestRevertingDoesWhatWasShownOrNothing(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		a := p.set("administrator", "readers", services.PrivilegeChoices{"content/fields": {}, "content/sources": {Level: access.LevelView}})
		shown := p.reversal("administrator", a).Shown
		p.set("administrator", "readers", services.PrivilegeChoices{"content/fields": {Level: access.LevelView}})
		if _, err := p.Revert(context.Background(), p.by("administrator"), a.ID, shown); !errors.Is(err, services.ErrShownOtherwise) {
			t.Errorf("reverted what nobody was shown: %v", err)
		}
		if got := p.holds("readers"); got != "view, view" {
			t.Errorf("afterwards %q", got)
		}
	})
}

func TestNobodyRevertsWhatIsGoneOrNotTheirs(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		ctx, administrator := context.Background(), p.by("administrator")
		a := p.set("administrator", "readers", services.PrivilegeChoices{"content/fields": {}})
		if _, err := p.Reversal(ctx, administrator, p.lastActivity(models.OpGroupCreated).ID); !errors.Is(err, services.ErrNotRevertible) {
			t.Errorf("a group that was added: %v", err)
		}
		if _, err := p.Reversal(ctx, administrator, 99999); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("what never happened: %v", err)
		}
		_, err := p.DeleteGroup(ctx, administrator, "readers")
		must(t, err)
		shown := p.reversal("administrator", a)
		if gone := (services.Gone{}); !errors.As(shown.Refused, &gone) || gone.Name != "Readers" {
			t.Errorf("a group that is gone: %v", shown.Refused)
		}
		if _, err := p.Revert(ctx, administrator, a.ID, shown.Shown); !errors.Is(err, services.ErrNothingReverts) {
			t.Errorf("reverted: %v", err)
		}
	})
}

// Over random changes, and changes after them: what a change changed and nobody changed since is as before, all else as it was.
func TestRevertOfRandomPrivileges(t *testing.T) {
	onKept(t, func(t *testing.T, p people) {
		r := rand.New(rand.NewPCG(seed, 26))
		reverted, stayed := 0, 0
		for round := range 60 {
			before := p.places("readers")
			a, changed := p.setRandom(r)
			if !changed {
				continue
			}
			after := p.places("readers")
			touched := map[string]bool{}
			for range r.IntN(3) {
				was := p.places("readers")
				p.setRandom(r)
				for place, value := range p.places("readers") {
					touched[place] = touched[place] || was[place] != value
				}
			}
			today := p.places("readers")
			if shown := p.reversal("administrator", a); shown.Reverted() > 0 {
				p.revert("administrator", a)
			}
			got := p.places("readers")
			want := revertedPlaces(before, after, today, touched)
			if !maps.Equal(got, want) {
				t.Fatalf("round %d of seed %d: before %v\nafter %v\ntoday %v, since %v\ngot %v\nwant %v", round, seed, before, after, today, touched, got, want)
			}
			for place := range got {
				if before[place] != after[place] && got[place] == before[place] {
					reverted++
				} else if before[place] != after[place] {
					stayed++
				}
			}
		}
		if reverted < 10 || stayed < 5 {
			t.Errorf("%d things were reverted and %d stayed: too few to tell", reverted, stayed)
		}
		must(t, modelstest.VerifyActivities(context.Background(), p.scope()))
	})
}

var revertSources = []string{"jira", "web", "wiki"}

// revertedPlaces is the rule, slow and plain. Places are the level on fields and on sources, and what each source may be.
func revertedPlaces(before, after, today map[string]string, touched map[string]bool) map[string]string {
	want := maps.Clone(today)
	listed := func(at map[string]string, key string) bool { return at["sources"] == "custom" && at[key] == "edit" }
	free := func(place string) bool {
		ofLevel := slices.Contains(revertSources, place) && !listed(before, place) && !listed(after, place) // by Edit all, which has no rows
		return !ofLevel && before[place] != after[place] && !touched[place] && today[place] == after[place]
	}
	if free("fields") {
		want["fields"] = before["fields"]
	}
	if free("sources") {
		foreign := false
		for _, key := range revertSources {
			foreign = foreign || today[key] == "edit" && !free(key)
		}
		if today["sources"] != "custom" || before["sources"] == "custom" || before["sources"] == "edit" || !foreign {
			want["sources"] = before["sources"]
		}
	}
	for _, key := range revertSources {
		switch level := want["sources"]; {
		case level == "edit":
			want[key] = "edit"
		case level == "custom" && today["sources"] != "custom":
			if want[key] = before[key]; before["sources"] == "edit" || before["sources"] != "custom" {
				want[key] = "view"
			}
		case level == "custom" && free(key):
			if want[key] = before[key]; before[key] == "none" {
				want[key] = "view"
			}
		case level == "custom":
		default:
			want[key] = level // view or none
		}
	}
	return want
}

func (p people) places(group string) map[string]string {
	p.t.Helper()
	sources := p.held(group, "content/sources")
	all := map[string]string{"fields": p.held(group, "content/fields").Level.String(), "sources": sources.Level.String()}
	for _, key := range revertSources {
		r, err := p.scope().Resource(context.Background(), "content/sources", key)
		must(p.t, err)
		switch {
		case sources.Level == access.LevelEdit, sources.Level == access.LevelCustom && slices.Contains(sources.Editors, r.ID):
			all[key] = "edit"
		case sources.Level == access.LevelNone:
			all[key] = "none"
		default:
			all[key] = "view"
		}
	}
	return all
}

// setRandom saves a random draft of the readers' privileges, and tells whether it changed anything.
func (p people) setRandom(r *rand.Rand) (models.Activity, bool) {
	choices := services.PrivilegeChoices{}
	if r.IntN(2) == 0 {
		choices["content/fields"] = services.PrivilegeChoice{Level: []access.Level{access.LevelNone, access.LevelView, access.LevelEdit}[r.IntN(3)]}
	}
	if r.IntN(4) > 0 {
		choice := services.PrivilegeChoice{Level: []access.Level{access.LevelNone, access.LevelView, access.LevelCustom, access.LevelCustom, access.LevelCustom, access.LevelEdit}[r.IntN(6)], Rows: map[string]bool{}}
		for _, key := range revertSources {
			if choice.Level == access.LevelCustom && r.IntN(2) == 0 {
				choice.Rows[key] = r.IntN(2) == 0
			}
		}
		choices["content/sources"] = choice
	}
	last := p.lastActivity(models.OpGroupPrivilegesChanged).ID
	a := p.set("administrator", "readers", choices)
	return a, a.ID != last
}
