package handlers

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
)

func TestAFormForARequestTakesOnlyLevelsThatDomainsOffer(t *testing.T) {
	f := readAskForm(catalog, url.Values{
		"categories": {"sources", "search"}, "justification": {"CASE-1"}, "for": {"3600"}, "q": {strings.Repeat("x", 300)},
		views.LevelControl("content/sources"): {"view"}, views.LevelControl("content/fields"): {"Edit"}, views.LevelControl("content/extensions"): {"view", "edit"},
		views.LevelControl("gone/things"): {"view"},
	})
	if len(f.Levels) != 1 || f.Levels[sources] != access.LevelView || !slices.Equal(f.Categories, []string{"sources", "search"}) || f.Justification != "CASE-1" || len(f.Query) != 200 {
		t.Errorf("read as %+v", f)
	}
	var wrong []access.DomainKey
	for _, w := range f.Wrong {
		wrong = append(wrong, w.Domain)
	}
	if !slices.Equal(wrong, []access.DomainKey{"content/extensions", "content/fields"}) || f.Wrong[1].Text != "Fields offers None, View and Edit." {
		t.Errorf("wrong are %+v", f.Wrong)
	}
	if _, err := f.request(noon, "192.0.2.1"); len(wrongIn(err)) == 0 {
		t.Errorf("what can’t be read is asked for: %v", err)
	}
}

func TestTheEndOfARequestIsAPresetFromNowOrAMoment(t *testing.T) {
	tomorrow := "2027-01-05T18:00"
	for _, c := range []struct{ preset, typed, want string }{
		{"3600", "", "2027-01-04T13:00:00Z"},
		{"3600", tomorrow, "2027-01-04T13:00:00Z"},
		{"until", tomorrow, "2027-01-05T18:00:00Z"},
		{"until", " " + tomorrow + " ", "2027-01-05T18:00:00Z"},
		{"-3600", tomorrow, "2027-01-05T18:00:00Z"},
		{"999999999999", "", ""},
		{"until", "", ""},
		{"until", "tomorrow", ""},
	} {
		r, err := askForm{For: c.preset, Until: c.typed}.request(noon, "192.0.2.1")
		if got := r.Until.Format(time.RFC3339); (err == nil) != (c.want != "") || err == nil && got != c.want {
			t.Errorf("%q, %q: until %s, %v", c.preset, c.typed, got, err)
		}
		if c.want == "" && textOf(wrongIn(err), "Until") == "" {
			t.Errorf("%q, %q: %v", c.preset, c.typed, err)
		}
	}
}

func TestPresetsEndWithTheLongestAndBeginWithAShortOne(t *testing.T) {
	const hour, day = time.Hour, 24 * time.Hour
	for _, c := range []struct {
		longest, usual time.Duration
		want           []time.Duration
	}{
		{30 * time.Minute, 30 * time.Minute, []time.Duration{30 * time.Minute}},
		{4 * hour, 4 * hour, []time.Duration{hour, 4 * hour}},
		{2 * day, 4 * hour, []time.Duration{hour, 4 * hour, 8 * hour, day, 2 * day}},
		{30 * day, 4 * hour, []time.Duration{hour, 4 * hour, 8 * hour, day, 3 * day, 7 * day, 30 * day}},
	} {
		if got := presets(c.longest); !slices.Equal(got, c.want) || usual(c.longest) != c.usual {
			t.Errorf("up to %s: %s, at first %s", c.longest, got, usual(c.longest))
		}
	}
}

func offer() services.AccessOffer {
	return services.AccessOffer{Organization: models.Organization{Key: "acme", Name: "Acme"}, Longest: 8 * time.Hour,
		Privileges: []services.OfferedPrivilege{
			{Domain: catalog.Domain("content/fields"), May: []access.Level{access.LevelView}},
			{Domain: catalog.Domain(sources), May: []access.Level{access.LevelView, access.LevelEdit}, Sensitive: true},
			{Domain: catalog.Domain(access.OrganizationDomain), May: []access.Level{access.LevelView}},
		}}
}

func TestPrivilegesToAskForAreThoseThatAreOffered(t *testing.T) {
	f := askForm{Levels: map[access.DomainKey]access.Level{sources: access.LevelEdit, "content/fields": access.LevelEdit}, Query: " SOURCE "}
	wrong := []parts.FieldError{{ID: "content-sources", Text: "Your category does not allow this level here."}, {ID: "content-fields", Text: "Nor this."}}
	all := askedServices(catalog, offer(), f, wrong)
	if len(all) != 1 || all[0].Name != "Content" || all[0].Hidden || len(all[0].Domains) != 2 {
		t.Fatalf("offered are %+v", all) // View on the organization comes by itself
	}
	fields, source := all[0].Domains[0], all[0].Domains[1]
	if !fields.Hidden || source.Hidden || !source.Sensitive || fields.Error != "" || source.Error == "" {
		t.Errorf("drawn as %+v and %+v", fields, source)
	}
	if wrong[0].Text != "" || wrong[1].Text != "Nor this." { // a hidden row says nothing, so the summary does
		t.Errorf("the summary has %+v", wrong)
	}
	for want, d := range map[string]views.AskedDomain{"None* View": fields, "None View all Edit all*": source} { // Edit on fields is not offered
		var got []string
		for _, l := range d.Levels {
			if l.Checked {
				l.Label += "*"
			}
			got = append(got, l.Label)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s offers %q", d.Name, got)
		}
	}
}

func TestTheOutlookSaysWhatTheChoicesGive(t *testing.T) {
	o := outlook(offer(), askForm{Levels: map[access.DomainKey]access.Level{sources: access.LevelEdit, "content/fields": access.LevelEdit}})
	want := []string{"Enter the console of Acme and view the organization", "Edit all on Content / Sources: " + catalog.Domain(sources).Allows[access.LevelEdit] + "."}
	if !slices.Equal(o.Will, want) || o.WillNot[0] != "Use what you do not ask for: 2 privileges" || len(o.WillNot) != 4 {
		t.Errorf("%q, not %q", o.Will, o.WillNot)
	}
}

func TestAJustificationHasToMeetTheStrictestCategory(t *testing.T) {
	const why = "Why you need this: the organization’s administrators read it."
	for _, c := range []struct {
		categories []models.Category
		want       string
	}{
		{nil, why},
		{[]models.Category{{MinLength: 10}, {MinLength: 20}}, why + " 20 characters or more."},
		{[]models.Category{{Pattern: "CASE-[0-9]+", Hint: "the number of the case"}, {Pattern: "CASE-[0-9]+", Hint: "the number of the case"},
			{MinLength: 5, Pattern: "INC-[0-9]+", Hint: "the incident."}},
			why + " 5 characters or more. Name the number of the case. Name the incident."},
	} {
		o := offer()
		o.Categories = c.categories
		if got := justificationField(o, askForm{Justification: "CASE-1"}); got.Help != c.want || got.Value != "CASE-1" || !got.Required {
			t.Errorf("drawn as %+v", got)
		}
	}
}

func TestHowLongIsChosenAsItWasOrAsIsUsual(t *testing.T) {
	for asked, want := range map[string]string{"3600": "For 1 hour", "28800": "For 8 hours, the most", "until": "Until a moment of your choice", "7": "For 4 hours", "": "For 4 hours"} {
		got := ""
		for _, o := range lasting(offer(), askForm{For: asked}, noon).Presets {
			if o.Selected {
				got += o.Label
			}
		}
		if got != want {
			t.Errorf("%q selects %q", asked, got)
		}
	}
	if got := lasting(offer(), askForm{}, noon).Most; got != "8 hours at most, which is until 4 January 2027, 20:00 UTC. You can end it at any time before." {
		t.Errorf("at most: %q", got)
	}
}

func TestACategoryIsChosenWhereThereAreSeveral(t *testing.T) {
	o := offer()
	o.Supporter.Categories = []models.Category{{Key: "sources", Name: "Sources"}}
	if got := categoryChoice(o, askForm{}); got != nil {
		t.Errorf("of one: %+v", got)
	}
	o.Supporter.Categories = append(o.Supporter.Categories, models.Category{Key: "search", Name: "Search"})
	want := []parts.Option{{Value: "sources", Label: "Sources"}, {Value: "search", Label: "Search", Selected: true}}
	if got := categoryChoice(o, askForm{Categories: []string{"search"}}); !slices.Equal(got.Options, want) {
		t.Errorf("of two: %+v", got)
	}
}
