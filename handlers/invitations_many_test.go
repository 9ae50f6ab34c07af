package handlers

import (
	"testing"
	"time"

	"bailiwick/services"
)

func TestTheBarSaysWhyNoInvitationIsSentAgain(t *testing.T) {
	soon, later := services.Soon{Wait: 90 * time.Second}, services.Soon{Wait: time.Hour}
	for name, c := range map[string]struct {
		whys []error
		want string
	}{
		"mailed a short time ago": {[]error{later, soon}, "You can send them again in 2 minutes: a mail was sent a short time ago."},
		"no mail server":          {[]error{services.ErrNoMail}, "None can be sent again. This console has no mail server."},
		"some can":                {[]error{soon, nil}, ""},
		"a matter of rights":      {[]error{services.Forbidden{}}, ""},
	} {
		var judged services.Many[services.ChosenInvitation]
		for _, why := range c.whys {
			judged.Outcomes = append(judged.Outcomes, services.Outcome[services.ChosenInvitation]{Why: why})
		}
		if got := whyNoneIsMailed(judged); got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := leftOutOf([][]error{{soon, later}}); got != "Left out: 2 that were mailed a short time ago." {
		t.Errorf("some of them: %q", got)
	}
}
