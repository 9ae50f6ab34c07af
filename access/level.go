package access

import "fmt"

// Level is an access level: a named set of abilities on one domain (R1).
type Level uint8

// The levels. The order None < View < Custom < Edit is that of R2; the others stand on domains of their own.
const (
	LevelNone Level = iota
	LevelView
	LevelCustom
	LevelEdit
	LevelAllowed
	LevelPush
	LevelPushAndView
)

var levels = []struct {
	name      string
	abilities Ability // without what the editor list and Can Create add
}{
	LevelNone:        {"none", 0},
	LevelView:        {"view", View},
	LevelCustom:      {"custom", View},
	LevelEdit:        {"edit", View | Edit},
	LevelAllowed:     {"allowed", Allowed},
	LevelPush:        {"push", Push},
	LevelPushAndView: {"push_and_view", View | Push},
}

// ParseLevel reads a level as files and forms write it. Anything else, also in other letters or with blanks, is an
// error: a level is never guessed.
func ParseLevel(name string) (Level, error) {
	for l, info := range levels {
		if info.name == name {
			return Level(l), nil
		}
	}
	return LevelNone, fmt.Errorf("%q is not an access level", name)
}

// String is the level as files and forms write it.
func (l Level) String() string {
	if int(l) < len(levels) {
		return levels[l].name
	}
	return fmt.Sprintf("level(%d)", uint8(l))
}

func (l Level) abilities() Ability {
	if int(l) < len(levels) {
		return levels[l].abilities
	}
	return 0
}
