package handlers

import (
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
)

func TestAMailSaysWhereItStandsAndWhenItIsTriedNext(t *testing.T) {
	now := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	soon, past := now.Add(time.Minute), now.Add(-time.Minute)
	for _, c := range []struct {
		mail        models.Mail
		state, next string
		actions     []string
	}{
		{models.Mail{State: models.MailWaiting, NextAt: now}, "Waiting", "As soon as possible", []string{"Retry now", "Give up"}},
		{models.Mail{State: models.MailWaiting, NextAt: now.Add(59 * time.Second)}, "Waiting", "In 1 min", []string{"Retry now", "Give up"}},
		{models.Mail{State: models.MailWaiting, NextAt: now.Add(5 * time.Hour)}, "Waiting", "In 5 h", []string{"Retry now", "Give up"}},
		{models.Mail{State: models.MailWaiting, NextAt: soon, LeasedUntil: &soon}, "Being sent", "Now", nil},
		{models.Mail{State: models.MailWaiting, NextAt: past, LeasedUntil: &past}, "Waiting", "As soon as possible", []string{"Retry now", "Give up"}},
		{models.Mail{State: models.MailFailed, NextAt: past}, "Not sent", "Only with Retry now", []string{"Retry now", "Give up"}},
	} {
		if state, next := mailState(c.mail, now), nextAttempt(c.mail, now); state != c.state || next != c.next {
			t.Errorf("%+v: %q, %q; want %q, %q", c.mail, state, next, c.state, c.next)
		}
		var labels []string
		for _, a := range mailActionBar(siteOf("acme"), c.mail, true, query{}, now).Actions {
			labels = append(labels, a.Label)
		}
		if !slices.Equal(labels, c.actions) {
			t.Errorf("%+v: the Action bar offers %q, want %q", c.mail, labels, c.actions)
		}
	}
}

func TestARowSaysWhyAMailWasNotSentOnlyWhereItFailed(t *testing.T) {
	rows := mailRows(query{}, models.Listing[models.Mail]{Rows: []models.Mail{
		{ID: 1, Kind: "invitation", State: models.MailWaiting},
		{ID: 2, Kind: "invitation", State: models.MailFailed, Attempts: 1, Error: "the mail server refused the mail"},
	}}, time.Time{})
	if got := rows[0]; got.Why != "" || got.Attempts != "" || got.Sub != "Invitation · Waiting" {
		t.Errorf("the one that waits: %+v", got)
	}
	if got := rows[1]; got.Why != "The mail server refused the mail" || got.Attempts != "1 attempt" ||
		got.Sub != "Invitation · Not sent: the mail server refused the mail" {
		t.Errorf("the one that failed: %+v", got)
	}
}

func TestNothingIsRetriedWithoutAMailServer(t *testing.T) {
	bar := mailActionBar(siteOf("acme"), models.Mail{State: models.MailFailed}, false, query{}, time.Time{})
	if len(bar.Actions) != 1 || bar.Actions[0].Label != "Give up" || bar.Why == "" {
		t.Errorf("the Action bar is %+v", bar)
	}
}

func TestOnlyTheOneWayOfWritingANumberNamesAMail(t *testing.T) {
	for written, want := range map[string]models.MailID{
		"7": 7, "": 0, "0": 0, "07": 0, "+7": 0, "-7": 0, " 7": 0, "x": 0, "99999999999999999999": 0,
	} {
		if got := mailID(written); got != want {
			t.Errorf("%q is mail %d, want %d", written, got, want)
		}
	}
}

func TestMailsAreLedToByWhoLooksAfterThem(t *testing.T) {
	editor := lead(held(access.OrganizationDomain, access.LevelEdit))
	for _, c := range []struct {
		by     services.Caller
		failed int
		want   []string
	}{{lead(), 3, nil}, {editor, 0, []string{"Mail"}}, {editor, 3, []string{"Mail (3 not sent)"}}, {editor, 2000, []string{"Mail (1,000+ not sent)"}}} {
		if got := linkLabels(mailLinks(c.by, c.failed)); !slices.Equal(got, c.want) {
			t.Errorf("%d failed: %q", c.failed, got)
		}
	}
}

func TestAListOfMailsSaysWhatItsPageHas(t *testing.T) {
	two := models.Listing[models.Mail]{Rows: make([]models.Mail, 2)}
	more := two
	more.Next = "n"
	for name, c := range map[string]struct {
		query        query
		list         models.Listing[models.Mail]
		count, empty string
	}{
		"two":      {query{}, two, "2 mails", ""},
		"of many":  {query{}, more, "Mails 1–2", ""},
		"none":     {query{}, models.Listing[models.Mail]{}, "", "No mail waits"},
		"no match": {query{values: map[string]string{"state": models.MailFailed}}, models.Listing[models.Mail]{}, "", "No mail matches"},
	} {
		got, empty := mailListing(lead(), c.query, c.list, parts.ActionBar{}), ""
		if got.Empty != nil {
			empty = got.Empty.Title
		}
		if got.Count != c.count || empty != c.empty {
			t.Errorf("%s: %q, %q", name, got.Count, empty)
		}
	}
	for sends, retries := range map[bool][]string{true: {"Retry all not sent"}, false: nil} {
		if got := linkLabels(mailsPlace(lead(), sends).Actions); !slices.Equal(got, retries) || (mailRemark(sends) == nil) != sends {
			t.Errorf("a mail server %t: %q, %+v", sends, got, mailRemark(sends))
		}
	}
}
