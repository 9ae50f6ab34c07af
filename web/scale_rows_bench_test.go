package web_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"bailiwick/models"
	"bailiwick/names"
	"bailiwick/services"
)

// scaleRow is one thing that BenchmarkScale does in an organization of each size.
type scaleRow struct {
	name   string
	do     func(s *scaled) error
	within time.Duration // 0: compared only
	grows  bool          // it finds a hundred times as much at full size: its time is bounded, not how it compares
}

const (
	sourceList = "/resources/content/sources"
	firstOne   = sourceList + "/source-0000000"
)

// scaleWords are what lists are searched for. Names are made of two words of thirty, the kind of thing and its number.
var scaleWords = []struct {
	name, typed string
	within      time.Duration
	grows       bool
}{
	{"same", fewName, fewWithin, false},
	{"number", "777", fewWithin, true}, // of a million some thousand
	{"words", "source 7777", fewWithin, true},
	{"pair", "zephyr willow", fewWithin, true},
	{"common", "zephyr", anyWithin, true},
	{"all", "source", anyWithin, true},
	{"letter", "z", anyWithin, true},
	{"letters", "so", anyWithin, true},
	{"common-none", "zephyr willow canyon", fewWithin, true}, // each word is common, and nothing has all of them
	{"parts-none", "rcezep", fewWithin, true},                // parts of common words, and nothing has it
	{"none", "nowhere", fewWithin, false},
}

var scaleRows = slices.Concat(
	searching("everything", "/search/hits"),
	searching("sources", sourceList),
	searching("members", "/members"),
	searching("groups", "/groups"),
	searching("activities", "/activity"),
	searching("access-tab", firstOne+"/access"),
	searching("choose-group", "/choose/groups"),
	searching("people", firstOne+"/people"),
	searchingAs("editor-list", "/groups/group-00000/privileges", "q.content/sources"),
	searchingAs("group-members", "/groups/group-00000/members", "q"),
	[]scaleRow{
		asking("sources/first", sourceList),
		asking("sources/middle", sourceList+beside("after", "name", names.SortKey("m"))),
		asking("sources/last", sourceList+beside("before", "name", names.SortKey("zz"))),
		asking("sources/modified", sourceList+"?sort=-modified"),
		asking("sources/type", sourceList+"?sort=type"),
		asking("sources/of-type", sourceList+"?type=web"),
		asking("sources/edit", sourceList+"?access=edit"),
		asking("sources/with", sourceList+"?selected=source-0000077&added=1"),
		asking("members/first", "/members"),
		asking("members/middle", "/members"+beside("after", "name", names.SortKey("m"))),
		asking("members/last", "/members"+beside("before", "name", names.SortKey("zz"))),
		asking("members/used", "/members?sort=-used"),
		asking("members/never", "/members?unused=never"),
		asking("groups/first", "/groups"),
		asking("groups/members", "/groups?sort=-members"),
		asking("groups/unused", "/groups?unused=never"),
		asking("groups/empty", "/groups?attention=empty"),
		asking("group/members", "/groups/group-00000/members"),
		asking("group/privileges", "/groups/group-00000/privileges"),

		asking("keys/first", "/api-keys"),
		asking("activities/first", "/activity"),
		asking("access-tab/first", firstOne+"/access"),
		asking("access-tab/edit", firstOne+"/access?show=edit"),
		asking("overview", ""),
		asking("people/resource", firstOne+"/people"),
		asking("people/resource/edit", firstOne+"/people?level=edit"),
		asking("people/resource/view", firstOne+"/people?level=view"),
		asking("people/resource/name", firstOne+"/people?sort=-name"),
		asking("people/resource/group", firstOne+"/people?group=group-00000"),
		asking("people/resource/unused", firstOne+"/people?unused=never"),
		asking("people/resource/keys", firstOne+"/people?kind=keys"),
		asking("people/domain", sourceList+"/-/people"),
		asking("people/domain/other", "/resources/content/fields/-/people"),
		asking("people/group", "/groups/group-00000/people"),
		asking("people/group/name", "/groups/group-00000/people?sort=name"),
		asking("people/key", "/api-keys/key-00000/people"),
		{name: "bulk/review-add", do: reviewAdd},
		{name: "bulk/add-and-take", do: addAndTake},
		{name: "bulk/review-suspend", do: reviewSuspend},
		{name: "bulk/suspend-and-back", do: suspendAndBack},
		{name: "add-resource", do: addResource},
	},
)

// searching is a list, or the search for everything, for each of the words.
func searching(name, path string) []scaleRow { return searchingAs(name, path, "q") }

func searchingAs(name, path, control string) []scaleRow {
	var all []scaleRow
	for _, w := range scaleWords {
		row := asking(name+"/q/"+w.name, path+"?"+url.Values{control: {w.typed}}.Encode())
		row.within, row.grows = w.within, w.grows
		all = append(all, row)
	}
	return all
}

// asking is a page, for the administrator.
func asking(name, path string) scaleRow {
	return scaleRow{name: name, do: func(s *scaled) error {
		if answer := s.admin.ask(context.Background(), "/o/"+scaleKey+path, nil); answer.Code != http.StatusOK {
			return fmt.Errorf("%s: %d", path, answer.Code)
		}
		return nil
	}}
}

// beside is where in a list a page begins or ends: at the rows of that value.
func beside(side, column, value string) string {
	cursor, _ := json.Marshal([]any{column, value, 0}) // always can be
	return "?" + side + "=" + base64.RawURLEncoding.EncodeToString(cursor)
}

func intoTeam(s *scaled) (services.MembersChosen, services.ManyMemberships) {
	return services.MembersChosen{Keys: s.ids}, services.ManyMemberships{Groups: []string{"team"},
		Confirmed: services.Confirmed{Administrators: true, Unproven: true}}
}

func reviewAdd(s *scaled) error {
	chosen, wanted := intoTeam(s)
	review, err := s.Console.ReviewAddToGroups(context.Background(), s.by, chosen, wanted)
	if err == nil && len(review.Can()) != len(s.ids) {
		return fmt.Errorf("%d can be added", len(review.Can()))
	}
	return err
}

func addAndTake(s *scaled) error {
	_, wanted := intoTeam(s)
	if err := s.Console.AddToGroups(context.Background(), s.by, s.ids, wanted); err != nil {
		return err
	}
	return s.Console.RemoveFromGroups(context.Background(), s.by, s.ids, wanted)
}

func reviewSuspend(s *scaled) error {
	_, err := s.Console.ReviewMembers(context.Background(), s.by, services.SuspendMany, services.MembersChosen{Keys: s.ids})
	return err
}

func suspendAndBack(s *scaled) error {
	if err := s.Console.DoWithMembers(context.Background(), s.by, services.SuspendMany, s.ids); err != nil {
		return err
	}
	return s.Console.DoWithMembers(context.Background(), s.by, services.ReactivateMany, s.ids)
}

func addResource(s *scaled) error {
	s.made++
	_, err := s.Console.AddResource(context.Background(), s.by, "content/sources", services.NewResource{
		ResourceConfiguration: services.ResourceConfiguration{Name: fmt.Sprintf("Zephyr meadow made %d of %d", s.made, time.Now().UnixNano()), Visibility: models.VisibilityShared}})
	return err
}
