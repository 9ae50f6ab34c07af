package handlers

import (
	"slices"
	"testing"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

const interns access.ResourceID = 7

func TestActionBarOffersWhatTheViewerMayDoWithTheRowAndSaysWhatIsMissing(t *testing.T) {
	const (
		viewOnly = "Your groups let you view this group, not edit it."
		noBox    = "To duplicate it, you need Can create on Organization / Groups."
		groups   = access.GroupsDomain
	)
	for name, c := range map[string]struct {
		rights         access.Rights
		administrators bool
		refusal        access.Refusal
		word           string
		actions        []string
		why            string
	}{
		"view": {rights: rightsOf(held(groups, access.LevelView)), word: "View only", actions: []string{"View"}, why: viewOnly},
		"view and the box": {rights: rightsOf(boxed(groups, access.LevelView)), word: "View only",
			actions: []string{"View", "Duplicate"}, why: viewOnly},
		"in the editor list": {rights: listing(interns, held(groups, access.LevelCustom)), word: "Can edit",
			actions: []string{"Edit", "Delete", "Explain access"}, why: noBox},
		"another in the editor list": {rights: listing(interns+1, held(groups, access.LevelCustom)), word: "View only",
			actions: []string{"View"}, why: viewOnly},
		"edit": {rights: rightsOf(held(groups, access.LevelEdit)), word: "Can edit",
			actions: []string{"Edit", "Duplicate", "Delete", "Explain access"}},
		"edit and activities": {rights: rightsOf(held(groups, access.LevelEdit), held(access.ActivitiesDomain, access.LevelView)), word: "Can edit",
			actions: []string{"Edit", "Duplicate", "Delete", "Activity", "Explain access"}},
		"view and activities": {rights: rightsOf(held(groups, access.LevelView), held(access.ActivitiesDomain, access.LevelView)), word: "View only",
			actions: []string{"View"}, why: viewOnly},
		"of Administrators": {rights: rightsOf(held(groups, access.LevelEdit)), administrators: true, word: "Can edit",
			actions: []string{"Edit", "Duplicate", "Explain access"}, why: "This group can’t be deleted."},
		"two things missing": {rights: listing(interns, held(groups, access.LevelCustom)), administrators: true, word: "Can edit",
			actions: []string{"Edit", "Explain access"}, why: noBox + " This group can’t be deleted."},
		"as strong as the viewer": {rights: rightsOf(held(groups, access.LevelEdit)), refusal: access.Refusal{Equal: true}, word: "Can edit",
			actions: []string{"Edit", "Delete", "Explain access"}, why: "You can’t duplicate it: it holds as many privileges as you do."},
	} {
		g := services.GroupDetail{Group: models.Group{Resource: models.Resource{ID: interns, Key: "interns", Name: "Interns"},
			Administrators: c.administrators}, Rights: c.rights}
		sel := selection{Key: "interns", Name: "Interns", ID: interns, Clear: "/clear", Why: "/why"}
		bar := actionBar(g.Rights, catalog.Domain(groups), sel, groupActions(catalog, siteOf("acme"), g, c.refusal))
		if bar.Word != c.word || bar.Why != c.why || !slices.Equal(labelsOf(bar.Actions), c.actions) {
			t.Errorf("%s: %q, %q, %q", name, bar.Word, labelsOf(bar.Actions), bar.Why)
		}
		if bar.Selected != "interns" || bar.Clear != "/clear" || bar.WhyHref != "/why" {
			t.Errorf("%s: the bar is of %+v", name, bar)
		}
	}
}

func TestASelectionIsAnnouncedInOneSentence(t *testing.T) {
	sel := selection{Key: "interns", Name: "Interns", ID: interns}
	for want, level := range map[string]access.Level{
		"Interns selected, can edit: 1 action": access.LevelEdit, "Interns selected, view only: 1 action": access.LevelView,
	} {
		r, d := rightsOf(held(access.GroupsDomain, level)), catalog.Domain(access.GroupsDomain)
		if bar := actionBar(r, d, sel, []action{openAction(r, d, interns, "/open")}); bar.Announce != want {
			t.Errorf("announced %q, want %q", bar.Announce, want)
		}
	}
}

func TestAnActionKeepsHowItIsSent(t *testing.T) {
	a := action{Label: "Rebuild", Icon: "refresh-cw", Href: "/run", Need: services.EditIn(sources), Post: true, Danger: true, More: true, Name: "action", Value: "rebuild"}
	bar := actionBar(rightsOf(held(sources, access.LevelEdit)), catalog.Domain(sources), selection{ID: 7}, []action{a})
	want := parts.Action{Label: "Rebuild", Icon: "refresh-cw", Href: "/run", Post: true, Danger: true, More: true, Name: "action", Value: "rebuild"}
	if len(bar.Actions) != 1 || bar.Actions[0] != want {
		t.Errorf("drawn as %+v", bar.Actions)
	}
}

func TestWithoutASelectionTheBarSaysWhatToSelect(t *testing.T) {
	for want, d := range map[string]access.DomainKey{
		"Select a group to see what you can do.":    access.GroupsDomain,
		"Select an API key to see what you can do.": access.APIKeysDomain,
	} {
		if bar := emptyBar(catalog.Domain(d)); bar.State != "none" || bar.Hint != want || len(bar.Actions) > 0 {
			t.Errorf("%s: %+v", d, bar)
		}
	}
}

// Who may edit a row finds its activity in the Action bar, who may only view it in the panel; nobody finds it twice.
func TestActivityOfARowIsOfferedOnce(t *testing.T) {
	activities := held(access.ActivitiesDomain, access.LevelView)
	for name, c := range map[string]struct {
		by        services.Caller
		bar, link bool
	}{
		"edits":             {lead(held(sources, access.LevelEdit), activities), true, false},
		"views":             {lead(held(sources, access.LevelView), activities), false, true},
		"no activities":     {lead(held(sources, access.LevelEdit)), true, false}, // the bar itself asks for the need
		"views, no records": {lead(held(sources, access.LevelView)), false, false},
	} {
		bar, link := activityActions(siteOf("acme"), c.by.Rights, sources, 7), activityLink(c.by, c.by.Rights, sources, 7)
		if (len(bar) == 1) != c.bar || (link != nil) != c.link {
			t.Errorf("%s: in the bar %+v, in the panel %+v", name, bar, link)
		}
		if link != nil && link.Href != "/o/acme/activity?domain=content%2Fsources&resource=7" {
			t.Errorf("%s: leads to %s", name, link.Href)
		}
	}
}
