package services_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// privilegesCase is one draft of a Privileges tab, of which preview and save are asked the same.
type privilegesCase struct {
	accessCase
	which services.Holder
}

// enters tells whether the caller may open the console at all.
func (p privilegesCase) enters() bool { return p.by().Rights.May(services.ViewOrganization, 0) }

func (p privilegesCase) tab(draft services.PrivilegesDraft) (services.PrivilegesTab, error) {
	return p.PrivilegesTab(context.Background(), p.by(), p.which, draft)
}

// agree asks the preview and then the save. It fails where they differ in what they change or refuse, and where what stands
// afterwards, row by row, is not what they said.
func (p privilegesCase) agree(draft services.PrivilegesDraft) (preview services.PrivilegesTab, refused error) {
	p.t.Helper()
	before, err := p.tab(services.PrivilegesDraft{})
	must(p.t, err)
	preview, hidden := p.tab(draft)
	draft.Revision = before.Holder().Revision
	saved, err := p.SavePrivileges(context.Background(), p.by(), p.which, draft)
	switch {
	case before.Fixed != services.NotFixed:
		if err == nil {
			p.t.Fatalf("%s: saved although nothing can be changed: %d", p.what(), before.Fixed)
		}
		return preview, err
	case hidden != nil:
		if !reflect.DeepEqual(err, hidden) {
			p.t.Fatalf("%s: the preview is refused with %v, the save with %v", p.what(), hidden, err)
		}
		return preview, err
	case !reflect.DeepEqual(preview.Refused, err):
		p.t.Fatalf("%s: by the preview saving is refused with %v, and it was with %v", p.what(), preview.Refused, err)
	case !reflect.DeepEqual(saved.Differences, preview.Differences) || saved.LocksOut != preview.LocksOut:
		p.t.Fatalf("%s: previewed %+v and %d, saved %+v and %d", p.what(), preview.Differences, preview.LocksOut, saved.Differences, saved.LocksOut)
	case err != nil:
		if !reflect.DeepEqual(saved.Domains, preview.Domains) || !reflect.DeepEqual(saved.Wrong, preview.Wrong) {
			p.t.Fatalf("%s: refused with\n%+v, previewed\n%+v", p.what(), saved.Domains, preview.Domains)
		}
		p.showsRefused(preview)
		if after, _ := p.tab(services.PrivilegesDraft{}); !reflect.DeepEqual(after.Domains, before.Domains) {
			p.t.Fatalf("%s: refused, and changed to %+v from %+v", p.what(), after.Domains, before.Domains)
		}
		return preview, err
	}
	p.stands(preview)
	return preview, nil
}

// showsRefused fails where a row that is refused does not stand in the list.
func (p privilegesCase) showsRefused(preview services.PrivilegesTab) {
	p.t.Helper()
	for _, x := range preview.Beyond {
		if x.Resource == 0 {
			continue
		}
		list := onDomain(preview, x.Domain).List
		if list == nil || !slices.ContainsFunc(list.Rows, func(r models.Resource) bool { return r.ID == x.Resource }) || !list.Beyond[x.Resource] {
			p.t.Fatalf("%s: %+v is refused, and its row is not seen", p.what(), x)
		}
	}
}

// stands fails where what the preview said is not what stands, and where the caller is locked out without having been warned.
func (p privilegesCase) stands(preview services.PrivilegesTab) {
	p.t.Helper()
	after, err := p.tab(services.PrivilegesDraft{})
	locked := err != nil || after.Fixed == services.FixedWithoutEdit || !p.enters()
	if locked && preview.LocksOut == services.LocksNothing || !locked && preview.LocksOut == services.LocksFromGroup {
		p.t.Fatalf("%s: the caller is locked out: %t, the warning is %d", p.what(), locked, preview.LocksOut)
	}
	if err != nil {
		return
	}
	for i, d := range after.Domains {
		said := preview.Domains[i]
		if want := said.IfSaved; d.Stored.Level != want.Level || d.Stored.CanCreate != want.CanCreate || !d.Stored.Until.Equal(want.Until) {
			p.t.Fatalf("%s: on %s %+v stands, previewed %+v", p.what(), d.Key, d.Stored, want)
		}
		if d.List == nil || said.List == nil {
			continue
		}
		for _, r := range said.List.Rows {
			edit := said.List.Listed[r.ID] && said.IfSaved.Lists()
			if choice, named := said.Chosen.Rows[r.Key]; named && said.Chosen.Level == access.LevelCustom {
				edit = choice
			}
			if d.List.Listed[r.ID] != edit && d.Stored.Lists() {
				p.t.Fatalf("%s: %s in %s can be edited: %t, previewed %t", p.what(), r.Key, d.Key, d.List.Listed[r.ID], edit)
			}
		}
	}
}

// Over random privileges, memberships and drafts the preview says what saving does.
func TestPreviewAndSaveOfRandomPrivilegesTabsSayTheSame(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		r := rand.New(rand.NewPCG(seed, 11))
		refused, changed, rows := 0, 0, 0
		for round := range 10 {
			text := randomAccessFile(r)
			apply(t, c, text, services.ApplyOptions{})
			for n := range 10 {
				p := privilegesCase{accessCase{Console: c, t: t, store: store, who: "maker@example.com", name: fmt.Sprintf("Draft %d of round %d", n, round),
					facts: fmt.Sprintf(", seed %d of\n%s", seed, text)}, ofGroup(pick(r, "base", "g0", "g1", "g2", "g3", "g4"))}
				if r.IntN(6) == 0 {
					p.which = ofKey("connector")
				}
				if _, hidden := p.tab(services.PrivilegesDraft{}); hidden != nil || !p.enters() {
					continue
				}
				tab, err := p.agree(randomPrivilegesDraft(r))
				if err != nil {
					refused++
					continue
				}
				changed += len(tab.Differences)
				rows += len(onDomain(tab, "content/sources").Chosen.Rows)
			}
		}
		if refused == 0 || changed == 0 || rows == 0 {
			t.Errorf("%d were refused, %d differences and %d rows saved: too few to tell", refused, changed, rows)
		}
	})
}

func randomPrivilegesDraft(r *rand.Rand) services.PrivilegesDraft {
	draft := services.PrivilegesDraft{Choices: services.PrivilegeChoices{}, Confirmed: r.IntN(2) == 0}
	for _, on := range []struct {
		domain access.DomainKey
		keys   []string
	}{{"content/sources", []string{"web", "wiki", "gone"}}, {access.GroupsDomain, []string{"g0", "g1", "g2"}}, {access.OrganizationDomain, nil}} {
		if r.IntN(3) == 0 {
			continue
		}
		choice := services.PrivilegeChoice{Level: []access.Level{access.LevelNone, access.LevelView, access.LevelView, access.LevelEdit}[r.IntN(4)], CanCreate: r.IntN(3) == 0, Rows: map[string]bool{}}
		if on.keys != nil && r.IntN(2) == 0 {
			choice.Level = access.LevelCustom
		}
		for _, key := range on.keys {
			if r.IntN(2) == 0 && (key != "gone" || r.IntN(4) == 0) {
				choice.Rows[key] = r.IntN(2) == 0
			}
		}
		draft.Choices[on.domain] = choice
	}
	return draft
}
