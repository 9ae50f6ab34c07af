package services_test

import (
	"context"
	"reflect"
	"testing"

	"bailiwick/models"
	"bailiwick/services"
)

// R6: who chooses a member is told names and addresses alone, and what tells people of one name apart where they may view groups.
func TestNamesakesAreToldApartForWhoMayViewGroups(t *testing.T) {
	onPeople(t, func(t *testing.T, p people) {
		ctx := context.Background()
		apply(t, p.Console, "version: 1\norganization: {key: acme, name: Acme}\nmembers: [{email: namesake@example.com, name: Other, groups: [readers]}]\n", services.ApplyOptions{})
		other := p.member("other").PersonID
		for by, want := range map[string]string{"administrator": "Others", "other": ""} {
			found, err := p.FindMembers(ctx, p.by(by), "other")
			must(t, err)
			if len(found.Found) != 2 || found.Found[1].Namesakes != 2 || found.First[other].Name != want {
				t.Fatalf("%s is offered %+v, of %+v", by, found.Found, found.First)
			}
			if m := found.Found[0]; want == "" && !reflect.DeepEqual(m, models.Member{ID: m.ID, PersonID: m.PersonID, Name: m.Name, Email: m.Email, Marks: models.Marks{Namesakes: 2}}) {
				t.Errorf("who may not view groups is told %+v", m)
			}
		}
		for typed, want := range map[string]string{"Other@Example.com": "Other (other@example.com)", "nobody@example.com": "nobody@example.com", "no address": "no address"} {
			if got, err := p.SignatureOf(ctx, p.by("other"), typed); err != nil || got != want {
				t.Errorf("%s is called %q, %v", typed, got, err)
			}
		}
	})
}
