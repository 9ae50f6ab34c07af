package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestTheKeyOfASecondFactorIsReadInGroupsOfFour(t *testing.T) {
	for key, want := range map[string]string{"": "", "ABC": "ABC", "ABCD": "ABCD", "ABCDE": "ABCD E", "ABCDEFGHIJKL": "ABCD EFGH IJKL"} {
		if got := inGroups(key); got != want {
			t.Errorf("%q reads %q", key, got)
		}
	}
}

// They are what the form sends, so no more of it comes back than a page of codes has.
func TestNoMoreThanAPageOfRecoveryCodesComesBackAsAFile(t *testing.T) {
	for codes, want := range map[string]int{"aaaa-bbbb\r\ncccc-dddd": http.StatusOK, "": 0, strings.Repeat("x", maxCodesText+1): 0} {
		c := asked(visitorOf(withPassword), http.MethodPost, recoveryFilePath)
		c.Request().PostForm, c.Request().Form = url.Values{"codes": {codes}}, url.Values{}
		err := Profile{}.RecoveryCodesFile(c)
		if (err == nil) != (want == http.StatusOK) {
			t.Errorf("%.20q: %v", codes, err)
		}
	}
}
