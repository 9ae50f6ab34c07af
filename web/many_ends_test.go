package web_test

import (
	"net/url"
	"strings"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

// In the list of those whose access ends soon, the memberships that end are meant; the review says the new end, and where others get one.
func TestAnEndForManyIsAskedForWhatEndsSoon(t *testing.T) {
	modelstest.EachOf(t, middle, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		w := world{webtest.New(t, store, clock.Now, webtest.Options{}), clock}
		admin := w.as(t, middleAdmin)
		list := admin.Get("/o/middle/members?ends=14")
		picked := url.Values{"ends": {"14"}}
		for _, box := range list.Find("tbody .pick input").EachIter() {
			picked.Add("selected", box.AttrOr("value", ""))
		}
		if len(picked["selected"]) < 2 {
			t.Fatalf("%d members leave a group soon", len(picked["selected"]))
		}
		address := "/o/middle/members/-/many/end?" + picked.Encode()
		question := admin.Get(address)
		which := map[string]string{}
		for _, choice := range question.Find("input[name=which]").EachIter() {
			which[strings.TrimSpace(choice.Parent().Text())] = choice.AttrOr("value", "")
			if _, checked := choice.Attr("checked"); checked != strings.Contains(choice.Parent().Text(), "within 14 days") {
				t.Errorf("%q is chosen: %t", choice.Parent().Text(), checked)
			}
		}
		if len(which) != 3 {
			t.Fatalf("the question offers %v", which)
		}
		for label, warns := range map[string]bool{"All of their memberships": true, "Those that have an end date": false, "Those that end within 14 days": false} {
			review := admin.Get(address + "&" + url.Values{"step": {"review"}, "until": {"2027-03-31"}, "which": {which[label]}}.Encode())
			if title := review.Text("#dialog-title"); !strings.Contains(title, "31 March 2027") {
				t.Errorf("%s: the review is titled %q", label, title)
			}
			if text := review.Text("dialog"); strings.Contains(text, "without an end date now.") != warns {
				t.Errorf("%s: %s", label, text)
			}
		}
	})
}
