package access

import (
	"fmt"
	"strings"
)

// Ability is what a decision is about. Values combine: a level is a set of abilities (R1).
type Ability uint8

// The abilities. The zero value is none of them.
const (
	View Ability = 1 << iota
	Edit
	Create
	Allowed
	Push
)

var abilityNames = []struct {
	ability Ability
	name    string
}{{View, "view"}, {Edit, "edit"}, {Create, "create"}, {Allowed, "allowed"}, {Push, "push"}}

// ParseAbility reads the name of one ability. Anything else, also in other letters or with blanks, is an error.
func ParseAbility(name string) (Ability, error) {
	for _, a := range abilityNames {
		if a.name == name {
			return a.ability, nil
		}
	}
	return 0, fmt.Errorf("%q is not an ability: use view, edit, create, allowed or push", name)
}

// String names the abilities, joined by commas; "none" for the empty set.
func (a Ability) String() string {
	var names []string
	for _, n := range abilityNames {
		if a&n.ability != 0 {
			names = append(names, n.name)
		}
	}
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// single tells whether exactly one known ability is meant: only such a question has an answer.
func (a Ability) single() bool {
	return a != 0 && a&(a-1) == 0 && a <= Push
}
