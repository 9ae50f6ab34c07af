package views_test

import (
	"testing"

	"bailiwick/views"
	"bailiwick/views/parts"
)

func TestMailsNameWhatFailedAndEscapeWhatTheServerSaid(t *testing.T) {
	doc := tabDocument(t, views.Mails{
		Page: views.Page{Title: "Mail"},
		Rows: []views.MailRow{
			{Row: parts.Row{Key: "1", Name: "a@example.com", Sub: "Invitation · Not sent"}, Kind: "Invitation", Failed: true, State: "Not sent",
				Why: "<b>No</b> such user", Attempts: "2 attempts", Next: "Only with Retry now"},
			{Row: parts.Row{Key: "2", Name: "b@example.com"}, Kind: "Invitation", State: "Waiting", Next: "In 5 min"},
		},
	}.Component())
	rows := doc.Find("tbody tr")
	if rows.Length() != 2 || doc.Find("tbody b").Length() != 0 {
		t.Fatalf("%d rows, and %d bold words from the server", rows.Length(), doc.Find("tbody b").Length())
	}
	if tone := rows.Eq(0).Find(".chip").AttrOr("data-tone", ""); tone != "danger" || phrases(rows.Eq(0).Find("td").Eq(2)) != "Not sent 2 attempts <b>No</b> such user" {
		t.Errorf("the one that failed says %q in the tone %q", phrases(rows.Eq(0).Find("td").Eq(2)), tone)
	}
	if _, toned := rows.Eq(1).Find(".chip").Attr("data-tone"); toned || words(rows.Eq(1).Find("td").Eq(2)) != "Waiting" {
		t.Errorf("the one that waits says %q", words(rows.Eq(1).Find("td").Eq(2)))
	}
	if label := rows.Eq(0).Find("label[for=pick-1]"); words(label) != "a@example.com" {
		t.Errorf("the row is labelled %q", words(label))
	}
}

func TestMailPageSaysThatNoMailCanBeSent(t *testing.T) {
	page := views.Mails{Page: views.Page{Title: "Mail"}}
	if doc := tabDocument(t, page.Component()); doc.Find("[role=note]").Length() != 0 {
		t.Error("there is a remark where mails are sent")
	}
	page.Remark = &parts.Flash{Title: "No mail server is configured.", Text: "Copy the links."}
	if got := words(tabDocument(t, page.Component()).Find("[role=note]")); got != "No mail server is configured. Copy the links." {
		t.Errorf("the remark is %q", got)
	}
}
