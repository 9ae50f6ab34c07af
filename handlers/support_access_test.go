package handlers

import (
	"testing"

	"bailiwick/views/parts"
)

func TestTheSwitchOfSupportAccessTurnsItRound(t *testing.T) {
	for on, turn := range map[bool]parts.Option{true: {Value: "no", Label: "Switch support access off"}, false: {Value: "yes", Label: "Switch support access on"}} {
		if panel := supportPanel(on, siteOf("acme")); panel.On != on || panel.Turn != turn || panel.Action != "/o/acme/organization/support" {
			t.Errorf("on %t: %+v", on, panel)
		}
	}
}
