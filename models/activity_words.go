package models

import (
	"encoding/json"
)

// mentioned is what of a state before or after stands in the line of an activity.
type mentioned struct {
	Name, Person, Member, Invited, Email string
	Operation                            string // that was run on a resource
	Access                               map[string]struct{ Name string }
}

// mentionedAccess is how many grantees of an Access tab a line may name.
const mentionedAccess = 3

// words is what an activity is found by: who did it, what, and about whom. What the line says besides is looked for by Said.
func (a Activity) words() string {
	texts := []string{string(a.Operation.Now()), a.ActorName, a.ActorEmail, a.ResourceName, a.ResourceKey}
	if a.Outcome == OutcomeRefused {
		texts = append(texts, OutcomeRefused)
	}
	for _, state := range []string{a.Before, a.After} {
		var m mentioned
		_ = json.Unmarshal([]byte(state), &m) // part by part: what does not fit stays empty
		texts = append(texts, m.Name, m.Person, m.Member, m.Invited, m.Email, m.Operation)
		if len(m.Access) <= mentionedAccess {
			for _, grantee := range m.Access {
				texts = append(texts, grantee.Name)
			}
		}
	}
	return wordsOfActivities.text(numberOr(a.OrganizationID), "", texts...)
}

// numberOr is the number of an organization, 0 of none.
func numberOr(organization *OrganizationID) OrganizationID {
	if organization == nil {
		return 0
	}
	return *organization
}
