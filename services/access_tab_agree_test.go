package services_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
)

// accessCase is one draft of an Access tab, of which preview and save are asked the same.
type accessCase struct {
	*services.Console
	t     *testing.T
	store *models.Store
	who   string // e-mail
	name  string
	facts string // what it is about, for failures
}

func (a accessCase) what() string { return a.name + a.facts }

func (a accessCase) by() services.Caller { return callerOf(a.t, a.Console, a.store, a.who) }

func (a accessCase) tab(which services.ResourceRef, draft services.AccessDraft) services.AccessTab {
	a.t.Helper()
	tab, err := a.AccessTab(context.Background(), a.by(), which, draft)
	must(a.t, err)
	return tab
}

// drafted is a draft from what the tab shows now; of a key that is not there too.
func (a accessCase) drafted(which services.ResourceRef, confirmed bool, choices ...services.AccessChoice) services.AccessDraft {
	a.t.Helper()
	tab := a.tab(which, services.AccessDraft{})
	revisions := map[string]int64{}
	for _, row := range tab.Rows {
		revisions[row.Grantee.Ref()] = row.Revision
	}
	draft := services.AccessDraft{Revision: tab.Resource.Revision, Confirmed: confirmed}
	for _, choice := range choices {
		choice.Revision += revisions[choice.Ref()]
		draft.Choices = append(draft.Choices, choice)
	}
	return draft
}

// agree asks the preview and then the save, and answers with the preview, and how saving was refused. It fails where they differ
// in what they change, warn of, refuse or ask to confirm, and where what stands afterwards is not what they said.
func (a accessCase) agree(which services.ResourceRef, draft services.AccessDraft) (services.AccessTab, error) {
	a.t.Helper()
	before := a.tab(which, services.AccessDraft{})
	preview, previewErr := a.AccessTab(context.Background(), a.by(), which, draft)
	saved, err := a.SaveAccess(context.Background(), a.by(), which, draft)
	if previewErr != nil { // names what the caller may not see
		if !reflect.DeepEqual(err, previewErr) {
			a.t.Fatalf("%s: the preview is refused with %v, the save with %v", a.what(), previewErr, err)
		}
		return preview, err
	}
	if !reflect.DeepEqual(preview.Refused, err) {
		a.t.Fatalf("%s: by the preview saving is refused with %v, and it was with %v", a.what(), preview.Refused, err)
	}
	if !reflect.DeepEqual(saved.Changes, preview.Changes) || !reflect.DeepEqual(saved.LockOut, preview.LockOut) {
		a.t.Fatalf("%s: previewed %+v and %+v, saved %+v and %+v", a.what(), preview.Changes, preview.LockOut, saved.Changes, saved.LockOut)
	}
	after := a.tab(which, services.AccessDraft{})
	if err != nil {
		if !reflect.DeepEqual(after, before) {
			a.t.Fatalf("%s: refused, and changed to %+v from %+v", a.what(), after, before)
		}
		if preview.Decides && !reflect.DeepEqual(saved, preview) {
			a.t.Fatalf("%s: refused with\n%+v, previewed\n%+v", a.what(), saved, preview)
		}
		return preview, err
	}
	a.stands(preview, after)
	if loses := before.Decides && !after.Decides; loses != (preview.LockOut != nil) {
		a.t.Fatalf("%s: the caller loses Edit: %t, the warning is %+v", a.what(), loses, preview.LockOut)
	}
	return preview, nil
}

// agreeOnNew does the same for something that is being added.
func (a accessCase) agreeOnNew(d access.DomainKey, draft services.AccessDraft) (services.AccessTab, error) {
	a.t.Helper()
	preview, previewErr := a.AccessTab(context.Background(), a.by(), services.ResourceRef{Domain: d}, draft)
	made, err := a.AddResource(context.Background(), a.by(), d, services.NewResource{Access: services.NewAccess{Choices: draft.Choices, Confirmed: draft.Confirmed},
		ResourceConfiguration: services.ResourceConfiguration{Name: a.name, Visibility: models.VisibilityShared}})
	want := previewErr
	if want == nil {
		want = preview.Refused
	}
	if !reflect.DeepEqual(err, want) {
		a.t.Fatalf("%s: by the preview adding is refused with %v, and it was with %v", a.what(), want, err)
	}
	if err != nil {
		return preview, err
	}
	after := a.tab(services.ResourceRef{Domain: d, Key: made.Key}, services.AccessDraft{})
	a.stands(preview, after)
	if after.Decides != (preview.LockOut == nil) {
		a.t.Fatalf("%s: the creator may edit it: %t, the warning is %+v", a.what(), after.Decides, preview.LockOut)
	}
	return preview, nil
}

// stands fails where what the preview said is not what stands.
func (a accessCase) stands(preview, after services.AccessTab) {
	a.t.Helper()
	ends := map[string]*time.Time{}
	for _, row := range preview.Rows {
		if preview.Resource.ID != 0 { // what a new one begins with ends with its creator
			ends[row.Grantee.Ref()] = row.ListedTo
		}
	}
	for _, change := range preview.Changes {
		ends[change.Grantee.Ref()] = change.EndsAt
	}
	for i, row := range after.Rows {
		said := preview.Rows[i]
		if row.Grantee.Ref() != said.Grantee.Ref() || row.Edit != said.Edit || row.Stands.Fixed != said.Stands.Fixed {
			a.t.Fatalf("%s: %+v stands, previewed %+v", a.what(), row, said)
		}
		end, known := ends[row.Grantee.Ref()]
		if known && !sameEnd(row.ListedTo, end) {
			a.t.Fatalf("%s: %s stands until %v, previewed until %v", a.what(), row.Grantee.Ref(), row.ListedTo, end)
		}
	}
	if len(after.Rows) != len(preview.Rows) || !reflect.DeepEqual(after.Counts, preview.Counts) {
		a.t.Fatalf("%s: %d rows and %+v stand, previewed %d and %+v", a.what(), len(after.Rows), after.Counts, len(preview.Rows), preview.Counts)
	}
}

func sameEnd(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}

// lastingFile is accessFile with groups that hold something until some moment.
var lastingFile = strings.Replace(modelstest.MakersFile, "members:", `  - key: lapsing
    name: Lapsing
    privileges:
      content/sources: {level: custom, edit: [{key: web, until: 2027-01-05T09:00:00Z}]}
  - key: raised
    name: Raised
    privileges:
      content/sources: {level: edit, until: 2027-01-06T09:00:00Z, then: {level: custom, can_create: true}}
      organization/groups: view
      organization/organization: view
  - key: passing
    name: Passing
    privileges:
      content/sources: {level: custom, until: 2027-01-07T09:00:00Z, then: view}
members:
  - {email: wiki@example.com, name: Wiki, groups: [wiki]}
  - {email: raised@example.com, name: Raised, groups: [raised]}`, 1)

// The preview of an Access tab answers with what saving it does, whatever the draft.
func TestPreviewAndSaveOfAnAccessTabSayTheSame(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		for _, draft := range accessDrafts() {
			t.Run(draft.name, func(t *testing.T) { draft.agrees(t, c, store) })
		}
	})
}

// accessDraft is a draft of an Access tab of accessFile, and what has to come of it.
type accessDraft struct {
	name      string
	who, key  string // "" is maker@example.com, and web; "new" is a source being added
	choices   []services.AccessChoice
	confirmed bool
	older     int64 // the form is made from an earlier revision
	changes   string
	refused   error // of this kind
}

func accessDrafts() []accessDraft {
	group := func(key string, edit bool) services.AccessChoice {
		return services.AccessChoice{Kind: access.Group, Key: key, Edit: edit}
	}
	longer := func(key string) services.AccessChoice {
		choice := group(key, true)
		choice.Longer = true
		return choice
	}
	made := func(key string, was, edit bool) services.AccessChoice {
		choice := group(key, edit)
		choice.Was = &was
		return choice
	}
	shown := func(key string, edit bool) services.AccessChoice { return made(key, edit, edit) }
	changed := func(key string, edit bool) services.AccessChoice { return made(key, !edit, edit) }
	stale := group("wiki", true)
	stale.Revision = -1
	connector := services.AccessChoice{Kind: access.APIKey, Key: "connector"}
	return []accessDraft{
		{name: "nothing is chosen"},
		{name: "as it stands", choices: []services.AccessChoice{group("makers", true), group("readers", false)}},
		{name: "Edit is given", choices: []services.AccessChoice{group("wiki", true)}, changes: "wiki"},
		{name: "View on all becomes Custom", choices: []services.AccessChoice{group("readers", true)}, changes: "readers"},
		{name: "Edit is taken", choices: []services.AccessChoice{connector}, changes: "connector"},
		{name: "Edit lasts for longer", choices: []services.AccessChoice{longer("lapsing")}, changes: "lapsing for longer"},
		{name: "Edit with an end as it stands", choices: []services.AccessChoice{group("lapsing", true)}},
		{name: "Edit with an end that nobody chose", choices: []services.AccessChoice{shown("lapsing", true)}},
		{name: "Edit that was View in the form", choices: []services.AccessChoice{changed("lapsing", true)}, changes: "lapsing for longer"},
		{name: "for longer without an end", choices: []services.AccessChoice{longer("makers")}},
		{name: "nobody chose what the form shows", choices: []services.AccessChoice{shown("makers", false), shown("wiki", true), shown("gone", true), shown("editors", false)}},
		{name: "Edit that would have ended is taken", choices: []services.AccessChoice{group("lapsing", false)}, changes: "lapsing"},
		{name: "the list ends by itself", choices: []services.AccessChoice{group("passing", true)}, changes: "passing"},
		{name: "chosen twice", choices: []services.AccessChoice{group("wiki", true), group("wiki", false)}, changes: "wiki"},
		{name: "a group that is gone", choices: []services.AccessChoice{group("gone", true)}, refused: models.ErrConflict},
		{name: "nothing to choose", choices: []services.AccessChoice{group("editors", false)}, refused: models.ErrConflict},
		{name: "a group that somebody changed", choices: []services.AccessChoice{stale}, changes: "wiki", refused: models.ErrConflict},
		{name: "the source was changed", older: 1, choices: []services.AccessChoice{group("wiki", true)}, changes: "wiki", refused: models.ErrConflict},
		{name: "locked out", choices: []services.AccessChoice{group("makers", false)}, changes: "makers", refused: services.LockOut{}},
		{name: "locked out, confirmed", choices: []services.AccessChoice{group("makers", false)}, confirmed: true, changes: "makers"},
		{name: "edited through another group", choices: []services.AccessChoice{group("makers", false), group("readers", true)}, changes: "makers, readers"},
		{name: "without edit", key: "wiki", choices: []services.AccessChoice{group("makers", true)}, changes: "makers", refused: services.Forbidden{}},
		{name: "a group that is not seen", who: "wiki@example.com", key: "wiki", choices: []services.AccessChoice{group("readers", true)}, refused: services.Forbidden{}},
		{name: "a key that is not seen", who: "raised@example.com", choices: []services.AccessChoice{connector}, refused: services.Forbidden{}},
		{name: "given for a time", who: "raised@example.com", choices: []services.AccessChoice{group("readers", true)}, changes: "readers"},
		{name: "kept for a time", who: "raised@example.com", choices: []services.AccessChoice{longer("lapsing")}, changes: "lapsing for longer"},
		{name: "added", key: "new"},
		{name: "added, as it begins", key: "new", choices: []services.AccessChoice{group("makers", true), group("wiki", false)}},
		{name: "added, and given to others", key: "new", choices: []services.AccessChoice{group("makers", false), group("readers", true)}, changes: "makers, readers"},
		{name: "added, locked out", key: "new", choices: []services.AccessChoice{group("makers", false)}, changes: "makers", refused: services.LockOut{}},
		{name: "added, a group that is gone", key: "new", choices: []services.AccessChoice{group("gone", true)}, refused: services.Invalid{}},
		{name: "added, and nobody chose for a group that is gone", key: "new", choices: []services.AccessChoice{shown("gone", false), shown("makers", true)}},
		{name: "added by somebody raised", who: "raised@example.com", key: "new"},
		{name: "added by somebody raised, and given for a time", who: "raised@example.com", key: "new", choices: []services.AccessChoice{group("readers", true)}, changes: "readers"},
		{name: "added without creation", who: "wiki@example.com", key: "new", refused: services.Forbidden{}},
	}
}

func (d accessDraft) agrees(t *testing.T, c *services.Console, store *models.Store) {
	a := accessCase{Console: c, t: t, store: store, who: cmp.Or(d.who, "maker@example.com"), name: d.name}
	apply(t, c, lastingFile, services.ApplyOptions{})
	var preview services.AccessTab
	var err error
	if d.key == "new" {
		preview, err = a.agreeOnNew("content/sources", services.AccessDraft{Choices: d.choices, Confirmed: d.confirmed})
	} else {
		which := services.ResourceRef{Domain: "content/sources", Key: cmp.Or(d.key, "web")}
		draft := a.drafted(which, d.confirmed, d.choices...)
		draft.Revision -= d.older
		preview, err = a.agree(which, draft)
	}
	if reflect.TypeOf(err) != reflect.TypeOf(d.refused) || errors.Is(err, models.ErrConflict) != errors.Is(d.refused, models.ErrConflict) {
		t.Errorf("refused with %v, want %v", err, d.refused)
	}
	if got := changesOf(preview); got != d.changes {
		t.Errorf("it changes %q, want %q", got, d.changes)
	}
}

// changesOf are the keys of those whose access changes.
func changesOf(tab services.AccessTab) string {
	var keys []string
	for _, change := range tab.Changes {
		key := change.Grantee.Key
		if change.Lasting {
			key += " for longer"
		}
		keys = append(keys, key)
	}
	return strings.Join(keys, ", ")
}

// A caller who lost another way to edit after their page was drawn is asked before the last one goes, with the box to confirm:
// the tab is that of the refusal, and not read anew by what they had.
func TestRefusedAccessTabKnowsWhatItsCallerLostMeanwhile(t *testing.T) {
	onAccessFile(t, func(t *testing.T, c *services.Console, store *models.Store) {
		ctx := context.Background()
		a := accessCase{Console: c, t: t, store: store, who: "maker@example.com", name: "overtaken"}
		which := services.ResourceRef{Domain: "content/sources", Key: "web"}
		_, err := c.SaveAccess(ctx, a.by(), which, a.drafted(which, false, choose(true, "readers")...))
		must(t, err)
		by, draft := a.by(), a.drafted(which, false, choose(false, "makers")...)
		if tab := a.tab(which, draft); tab.LockOut != nil {
			t.Fatalf("readers edit it too, and the warning is %+v", tab.LockOut)
		}
		_, err = c.RemoveMember(ctx, callerOf(t, c, store, administrator), "readers", "maker@example.com")
		must(t, err)
		tab, err := c.SaveAccess(ctx, by, which, draft)
		if !errors.As(err, &services.LockOut{}) || tab.LockOut == nil || tab.LockOut.Keep.Key != "makers" {
			t.Errorf("refused with %v, the warning is %+v", err, tab.LockOut)
		}
	})
}

// Over random privileges, memberships and drafts the preview says what saving does.
func TestPreviewAndSaveOfRandomAccessTabsSayTheSame(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		r := rand.New(rand.NewPCG(seed, 7))
		refused, changed := 0, 0
		for round := range 12 {
			text := randomAccessFile(r)
			apply(t, c, text, services.ApplyOptions{})
			for n := range 8 {
				a := accessCase{Console: c, t: t, store: store, who: "maker@example.com", name: fmt.Sprintf("Draft %d of round %d", n, round),
					facts: fmt.Sprintf(", seed %d of\n%s", seed, text)}
				var tab services.AccessTab
				var err error
				if choices := randomChoices(r); r.IntN(3) == 0 {
					tab, err = a.agreeOnNew("content/sources", services.AccessDraft{Choices: choices, Confirmed: r.IntN(2) == 0})
				} else {
					which := services.ResourceRef{Domain: "content/sources", Key: pick(r, "web", "wiki")}
					if r.IntN(3) == 0 {
						which = services.ResourceRef{Domain: access.GroupsDomain, Key: pick(r, "g0", "g1")}
					}
					if _, hidden := c.AccessTab(context.Background(), a.by(), which, services.AccessDraft{}); hidden != nil {
						continue
					}
					tab, err = a.agree(which, a.drafted(which, r.IntN(2) == 0, choices...))
				}
				if err != nil {
					refused++
				} else {
					changed += len(tab.Changes)
				}
			}
		}
		if refused == 0 || changed == 0 {
			t.Errorf("%d were refused, and %d grantees changed: too few to tell", refused, changed)
		}
	})
}

// randomAccessFile has a maker in some of a few groups with whatever on sources and on groups, also for a time.
func randomAccessFile(r *rand.Rand) string {
	var text strings.Builder
	fmt.Fprintf(&text, "version: 1\norganization: {key: acme, name: Acme}\ngroups:\n  - {key: base, name: Base, privileges: {organization/organization: view")
	for _, sees := range []string{"organization/groups: view", "organization/api-keys: view", "content/sources: {level: view, can_create: true}"} {
		if r.IntN(3) > 0 {
			text.WriteString(", " + sees)
		}
	}
	text.WriteString("}}\n")
	in := []string{"base"}
	for i := range 5 {
		key := fmt.Sprintf("g%d", i)
		fmt.Fprintf(&text, "  - {key: %s, name: %s, privileges: {%s%s}}\n", key, strings.ToUpper(key),
			randomHeld(r, "content/sources", "web", "wiki"), randomHeld(r, "organization/groups", "g0", "g1"))
		if r.IntN(2) == 0 {
			in = append(in, key)
		}
	}
	fmt.Fprintf(&text, "members:\n  - {email: %s, name: Administrator, groups: [administrators]}\n  - {email: maker@example.com, name: Maker, groups: [%s]}\n",
		administrator, strings.Join(in, ", "))
	fmt.Fprintf(&text, "api_keys:\n  - {key: connector, name: Connector, privileges: {%s}}\n", randomHeld(r, "content/sources", "web", "wiki"))
	text.WriteString("resources:\n  content/sources:\n    - {key: web, name: Web}\n    - {key: wiki, name: Wiki}\n")
	return text.String()
}

// randomHeld is a privilege as a file writes it, perhaps one that ends and is followed by another.
func randomHeld(r *rand.Rand, d string, things ...string) string {
	level := pick(r, "none", "view", "custom", "custom", "edit")
	if level == "none" {
		return ""
	}
	text, lists := "level: "+level, level == "custom"
	if r.IntN(3) == 0 {
		text += ", until: " + pick(r, "2027-01-05T09:00:00Z", "2027-01-07T09:00:00Z")
		if then := pick(r, "none", "view", "custom"); then != "none" && then != level && !(level == "view" && then == "custom") {
			text, lists = text+", then: "+then, lists || then == "custom"
		}
	}
	var list []string
	for _, key := range things {
		switch r.IntN(4) {
		case 0:
			list = append(list, key)
		case 1:
			list = append(list, "{key: "+key+", until: 2027-01-05T08:00:00Z}")
		}
	}
	if lists {
		text += ", edit: [" + strings.Join(list, ", ") + "]"
	}
	if level != "edit" && r.IntN(2) == 0 {
		text += ", can_create: true"
	}
	return d + ": {" + text + "}, "
}

func randomChoices(r *rand.Rand) []services.AccessChoice {
	var choices []services.AccessChoice
	for _, key := range []string{"g0", "g1", "g2", "g3", "g4", "connector", "gone"} {
		if r.IntN(3) > 0 || key == "gone" && r.IntN(4) > 0 {
			continue
		}
		choice := services.AccessChoice{Kind: access.Group, Key: key, Edit: r.IntN(2) == 0, Longer: r.IntN(2) == 0}
		if r.IntN(2) == 0 {
			was := r.IntN(2) == 0
			choice.Was = &was
		}
		if key == "connector" {
			choice.Kind = access.APIKey
		}
		if r.IntN(12) == 0 {
			choice.Revision = -1 // from an earlier one
		}
		choices = append(choices, choice)
	}
	return choices
}
