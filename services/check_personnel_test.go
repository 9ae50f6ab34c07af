package services_test

import (
	"context"
	"testing"
	"time"

	"bailiwick/services"
)

// One question and a batch answer alike about the vendor's personnel: by what runs, and by nothing else.
func TestCheckAnswersForPersonnel(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		edit := services.Question{Subject: "personnel:agent@vendor.example", Ability: "edit", Domain: "content/sources"}
		v.wantCheck(edit, false, false, "before any request")
		a := v.request(time.Hour)
		v.wantCheck(edit, true, true, "while the access runs")
		push := edit
		push.Domain = "content/fields"
		v.wantCheck(push, false, true, "for what was not asked for")
		stranger := edit
		stranger.Subject = "personnel:specialist@vendor.example"
		v.wantCheck(stranger, false, false, "for somebody who has never asked")
		asMember := edit
		asMember.Subject = "member:agent@vendor.example"
		v.wantCheck(asMember, false, false, "as a member, which the agent is not")
		_, err := v.Explain(ctx, v.by("reader"), edit)
		wantForbidden(t, err)
		v.clock.Set(a.ExpiresAt)
		v.wantCheck(edit, false, true, "once it has expired")
	})
}

// wantCheck asks as the operator, alone and in a batch: known tells whether the subject is somebody here.
func (v visit) wantCheck(q services.Question, allowed, known bool, when string) {
	v.t.Helper()
	ctx := context.Background()
	e, err := v.Check(ctx, "acme", q)
	must(v.t, err)
	if e.Allowed != allowed || (e.Unknown.Text == "") != known {
		v.t.Errorf("%s, check says allowed %t, %q", when, e.Allowed, e.Unknown.Text)
	}
	checker, err := v.Checker(ctx, "acme")
	must(v.t, err)
	answers, err := checker.Answers(ctx, []services.Question{q})
	must(v.t, err)
	if answers[0].Allowed != allowed || (answers[0].Unknown == "") != known {
		v.t.Errorf("%s, a batch says %+v", when, answers[0])
	}
}
