package handlers

import (
	"net/http"
	"strings"
	"testing"

	"bailiwick/services"
)

func TestARecoveryCodeIsAskedForOnceThereIsOne(t *testing.T) {
	for recovery, help := range map[bool]string{true: "a recovery code", false: "changes every half minute"} {
		if f := codeField(recovery); !strings.Contains(f.Help, help) || f.Autofocus != recovery || !f.Required {
			t.Errorf("drawn as %+v", f)
		}
	}
	page := codePage(asked(services.Caller{}, http.MethodGet, signInCodePath), "/o/acme", "This code is wrong.")
	if page.Error != "This code is wrong." || len(page.Hidden) != 1 || page.Hidden[0].Value != "/o/acme" {
		t.Errorf("the page is %+v", page)
	}
}
