package handlers

import (
	"os"
	"regexp"
	"testing"
)

// keySigns are how the page writes the keys that the script hears.
var keySigns = map[string]string{"ArrowUp": "↑", "ArrowDown": "↓", "ArrowLeft": "←", "ArrowRight": "→", "Escape": "Esc", " ": "Space", "k": "K"}

// The page names each key that the script hears.
func TestEveryKeyOfTheScriptIsOnThePageOfKeys(t *testing.T) {
	script, err := os.ReadFile("../static/console.js")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, g := range shortcutGroups {
		for _, k := range g.Keys {
			for _, key := range k.Keys {
				named[key] = true
			}
		}
	}
	heard := regexp.MustCompile(`e\.key(?:\.toLowerCase\(\))? [=!]== "([^"]+)"|\b(Arrow[A-Z]\w+):`).FindAllSubmatch(script, -1)
	if len(heard) < 15 {
		t.Fatalf("%d keys found in the script", len(heard))
	}
	for _, found := range heard {
		key := string(found[1]) + string(found[2])
		if sign, other := keySigns[key]; other {
			key = sign
		}
		if !named[key] {
			t.Errorf("%s is heard by the script, and stands on no line of the page", key)
		}
	}
}
