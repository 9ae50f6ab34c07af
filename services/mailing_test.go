package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/services/files"
	"bailiwick/services/mail"
	"bailiwick/services/mail/mailtest"
)

const console = "https://console.example.com"

// post is an organization that invites people, and the mail server that it sends with.
type post struct {
	*services.Console
	t      *testing.T
	store  *models.Store
	clock  *modelstest.Clock
	server *mailtest.Server
	admin  services.Caller
}

// onPost runs the body on each database with a mail server of its own.
func onPost(t *testing.T, body func(t *testing.T, p post)) {
	t.Helper()
	modelstest.EachOf(t, founded, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		c := mailing(store, clock)
		body(t, post{c, t, store, clock, mailtest.Start(t, mailtest.Options{}), callerOf(t, c, store, administrator)})
	})
}

// mailing is a console of one process that can send mail.
func mailing(store *models.Store, clock *modelstest.Clock) *services.Console {
	return services.New(services.Config{
		Store: store, Catalog: files.DefaultCatalog(), Now: clock.Finer, PasswordCost: credential.Cost{Memory: 64, Time: 1},
		SecretKeys: oneKey(),
		MailFrom:   "console@example.com",
	})
}

// worker is one that loses patience with the mail server soon.
func (p post) worker(c *services.Console) *services.MailWorker {
	return p.patientWorker(c, 500*time.Millisecond)
}

func (p post) patientWorker(c *services.Console, patience time.Duration) *services.MailWorker {
	p.t.Helper()
	server, err := mail.ParseServer(p.server.URL())
	must(p.t, err)
	from, err := mail.ParseFrom("console@example.com")
	must(p.t, err)
	return c.NewMailWorker(mail.New(mail.Config{Server: server, From: from, Timeout: patience}), console)
}

// invite invites people into the group of administrators, with a mail for each.
func (p post) invite(emails ...string) {
	p.t.Helper()
	results, err := p.Invite(context.Background(), p.admin, services.NewInvitations{
		Provider: services.ProviderPassword, Emails: emails, Notify: true, Groups: []string{"administrators"}, Confirmed: true,
	})
	must(p.t, err)
	for _, r := range results {
		if r.Outcome != services.Invited {
			p.t.Fatalf("invited %v, got %+v", emails, results)
		}
	}
}

// open are the mails that wait or have failed, the oldest first.
func (p post) open() []models.Mail {
	p.t.Helper()
	list, err := p.OpenMails(context.Background(), p.admin, models.MailFilter{Page: models.Page{Limit: 1000}})
	must(p.t, err)
	slices.Reverse(list.Rows)
	return list.Rows
}

// wantOpen says of each mail that waits or has failed: state, attempts, time to the next one, what went wrong.
func (p post) wantOpen(want ...string) {
	p.t.Helper()
	var got []string
	for _, m := range p.open() {
		line := fmt.Sprintf("%s after %d", m.State, m.Attempts)
		if m.State == models.MailWaiting {
			line += fmt.Sprintf(", next in %v", m.NextAt.Sub(p.clock.Now()))
		}
		if m.Error != "" {
			line += ": " + m.Error
		}
		got = append(got, line)
	}
	if !slices.Equal(got, want) {
		p.t.Errorf("open mails are\n%q, want\n%q", got, want)
	}
}

func (p post) wantArrived(want int, to string) {
	p.t.Helper()
	if got := len(p.server.MailsTo(to)); got != want {
		p.t.Errorf("%d mails arrived for %s, want %d", got, to, want)
	}
}

// sendDue sends what is due, and gives what went wrong last.
func (p post) sendDue(w *services.MailWorker) error { return w.SendDue(context.Background()) }

func TestAMailIsSentOnceWithALinkToTheConsole(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		p.invite("one@example.com")
		p.wantArrived(0, "one@example.com")
		for range 2 {
			must(t, p.sendDue(p.worker(p.Console)))
		}
		p.wantArrived(1, "one@example.com")
		p.wantOpen()
		got := p.server.Mails()[0]
		if !strings.HasPrefix(got.Link(), console+"/join/") || !strings.HasSuffix(got.Header.Get("Message-ID"), "@example.com>") {
			t.Errorf("the mail links to %q with the Message-ID %q", got.Link(), got.Header.Get("Message-ID"))
		}
	})
}

func TestAChangeThatFailsSendsNoMail(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		_, err := p.Invite(context.Background(), p.admin, services.NewInvitations{
			Provider: services.ProviderPassword, Emails: []string{"one@example.com"}, Notify: true, Groups: []string{"users", "no-such-group"},
		})
		if err == nil {
			t.Fatal("an invitation into an unknown group was made")
		}
		p.wantOpen()
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(0, "one@example.com")
	})
}

func TestWithoutAMailServerNoMailIsQueued(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		p.Console = services.New(services.Config{Store: p.store, Catalog: files.DefaultCatalog(), Now: p.clock.Now})
		p.invite("one@example.com")
		if p.Mails() || len(p.open()) > 0 {
			t.Errorf("mails: %v, queued: %+v", p.Mails(), p.open())
		}
	})
}

func TestARefusedRecipientFailsAtOnceAndKeepsNobodyElseWaiting(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		p.server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Only: "gone@example.com", Code: 550, Message: "No such user"})
		p.invite("gone@example.com", "here@example.com")
		err := p.sendDue(p.worker(p.Console))
		if err == nil || strings.Contains(err.Error(), "@") {
			t.Errorf("the log would say %v, want what failed and nobody’s address", err)
		}
		p.wantArrived(1, "here@example.com")
		p.wantOpen("failed after 1: the mail server refused the recipient: 550 No such user")
		p.clock.Advance(100 * time.Hour)
		must(t, p.sendDue(p.worker(p.Console)))

		p.server.Misbehave(mailtest.Trouble{})
		if retried, _, err := p.RetryFailedMails(context.Background(), p.admin); err != nil || retried != 1 {
			t.Fatalf("retried %d, %v", retried, err)
		}
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(1, "gone@example.com")
		p.wantOpen()
	})
}

func TestAMailIsTriedAgainAfterGrowingDelaysUntilAPersonHasToDecide(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		p.server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Code: 451, Message: "Come back later"})
		p.invite("one@example.com")
		w, said := p.worker(p.Console), ": the mail server refused the recipient for now: 451 Come back later"
		var waited []time.Duration
		for m := p.open()[0]; m.State == models.MailWaiting; m = p.open()[0] {
			waited = append(waited, m.NextAt.Sub(p.clock.Now()))
			p.clock.Set(m.NextAt.Add(-time.Microsecond))
			must(t, p.sendDue(w)) // too early
			p.clock.Set(m.NextAt)
			if p.sendDue(w) == nil {
				t.Fatal("the attempt did not fail")
			}
		}
		want := []time.Duration{0, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour, 24 * time.Hour}
		if !slices.Equal(waited, want) {
			t.Errorf("waited %v, want %v", waited, want)
		}
		p.wantOpen("failed after 9" + said)
		_, err := p.RetryMail(context.Background(), p.admin, p.open()[0].ID)
		must(t, err)
		if p.sendDue(w) == nil {
			t.Error("the attempt did not fail")
		}
		p.wantOpen("waiting after 10, next in 1m0s" + said)
	})
}

// Only a connection that dies after the whole mail leaves a doubt, and then the mail comes twice rather than never.
func TestAServerThatBreaksOffLosesNothingAndDoublesNothing(t *testing.T) {
	for stage, copies := range map[mailtest.Stage]int{
		mailtest.AtSender: 1, mailtest.AtRecipient: 1, mailtest.BeforeData: 1, mailtest.AfterData: 1, mailtest.AfterKeeping: 2,
	} {
		for _, trouble := range []mailtest.Trouble{{At: stage, Drop: true}, {At: stage, Hang: true}} {
			t.Run(fmt.Sprintf("%s, hangs %t", stage, trouble.Hang), func(t *testing.T) {
				onPost(t, func(t *testing.T, p post) {
					p.server.Misbehave(trouble)
					p.invite("one@example.com")
					if p.sendDue(p.worker(p.Console)) == nil {
						t.Fatal("the attempt did not fail")
					}
					p.server.Misbehave(mailtest.Trouble{})
					for range 3 {
						p.clock.Advance(time.Hour)
						must(t, p.sendDue(p.worker(p.Console)))
					}
					p.wantArrived(copies, "one@example.com")
					p.wantOpen()
					for _, m := range p.server.Mails() {
						if m.Header.Get("Message-ID") != p.server.Mails()[0].Header.Get("Message-ID") {
							t.Error("the copies have different Message-IDs")
						}
					}
				})
			})
		}
	}
}

func TestAServerThatHangsKeepsOtherWorkersFromNothing(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		p.server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Only: "slow@example.com", Hang: true})
		p.invite("slow@example.com")
		stuck := make(chan error)
		go func() { stuck <- p.sendDue(p.patientWorker(p.Console, time.Hour)) }()
		p.untilHanging(1)
		p.invite("quick@example.com")
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(1, "quick@example.com")
		p.wantArrived(0, "slow@example.com")
		p.server.Release()
		must(t, <-stuck)
		p.wantArrived(1, "slow@example.com")
	})
}

// untilHanging waits until so many conversations hang.
func (p post) untilHanging(n int) {
	p.t.Helper()
	for range 3000 {
		if p.server.Hanging() == n {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	p.t.Fatalf("%d conversations hang, want %d", p.server.Hanging(), n)
}

func TestAWorkerThatIsToStopFinishesTheMailInHandAndBeginsNoOther(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		p.server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Hang: true})
		p.invite("one@example.com", "two@example.com")
		ctx, stop := context.WithCancel(context.Background())
		ended := make(chan error)
		go func() { ended <- p.patientWorker(p.Console, time.Hour).SendDue(ctx) }()
		p.untilHanging(1)
		stop()
		p.server.Misbehave(mailtest.Trouble{})
		p.server.Release()
		must(t, <-ended)
		if got := len(p.server.Mails()); got != 1 {
			t.Errorf("%d mails arrived, want the one in hand", got)
		}
		p.wantOpen("waiting after 0, next in 0s")
		must(t, p.sendDue(p.worker(p.Console))) // the next start
		p.wantArrived(1, "one@example.com")
		p.wantArrived(1, "two@example.com")
	})
}

// A process that is killed has leased a mail and can't give it back.
func TestAMailWhoseProcessIsGoneIsSentWhenItsLeaseRunsOut(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		p.invite("one@example.com")
		at := p.clock.Now()
		taken, err := p.store.ClaimMail(ctx, at, at.Add(5*time.Minute))
		must(t, err)
		p.clock.Advance(5*time.Minute - time.Microsecond)
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(0, "one@example.com")
		p.clock.Advance(time.Microsecond)
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(1, "one@example.com")
		p.wantOpen()
		taken.State = models.MailFailed
		if err := p.store.MailTried(ctx, taken); err == nil { // it was only asleep
			t.Error("who lost the lease could write down an outcome")
		}
		p.wantOpen()
	})
}

// Four workers of two processes, each with connections of its own to the same database.
func TestSeveralWorkersSendEachMailOnce(t *testing.T) {
	for _, database := range modelstest.Databases(t) {
		t.Run(database, func(t *testing.T) {
			clock := modelstest.NewClock()
			url := modelstest.URL(t, modelstest.Options{Database: database})
			stores := []*models.Store{modelstest.Open(t, url, clock), modelstest.Open(t, url, clock)}
			first := mailing(stores[0], clock)
			setUp(t, first)
			p := post{first, t, stores[0], clock, mailtest.Start(t, mailtest.Options{}), callerOf(t, first, stores[0], administrator)}
			const mails = 20
			for n := range mails {
				p.invite(fmt.Sprintf("p%02d@example.com", n))
			}
			var working sync.WaitGroup
			for n := range 4 {
				w := p.patientWorker(mailing(stores[n%2], clock), time.Minute)
				working.Go(func() {
					if err := p.sendDue(w); err != nil {
						t.Error(err)
					}
				})
			}
			working.Wait()
			for n := range mails {
				p.wantArrived(1, fmt.Sprintf("p%02d@example.com", n))
			}
			p.wantOpen()
		})
	}
}

func TestAnInvitationThatWasRevokedMeanwhileIsNotMailed(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		p.invite("one@example.com")
		all, err := p.Invitations(context.Background(), p.admin, services.InvitationQuery{})
		must(t, err)
		_, err = p.RevokeInvitations(context.Background(), p.admin, all.Rows[0].ID)
		must(t, err)
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(0, "one@example.com")
		p.wantOpen()
	})
}

func TestWhoMayEditTheOrganizationLooksAfterItsMailsAndNobodyElse(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		apply(t, p.Console, modelstest.LeadsFile, services.ApplyOptions{})
		apply(t, p.Console, strings.Replace(modelstest.EditorsFile, "key: acme", "key: globex", 1), services.ApplyOptions{})
		p.invite("one@example.com")
		id := p.open()[0].ID
		globex, err := p.store.OrganizationByKey(ctx, "globex")
		must(t, err)
		for _, c := range []struct {
			by   services.Caller
			want error
		}{
			{callerOf(t, p.Console, p.store, "coordinator@example.com"), services.Forbidden{Need: services.EditOrganization}},
			{p.Operator(globex), models.ErrNotFound},
		} {
			if list, err := p.OpenMails(ctx, c.by, models.MailFilter{}); len(list.Rows) > 0 || err != nil && !errors.Is(err, c.want) {
				t.Errorf("%s sees %+v, %v", c.by.Name(), list.Rows, err)
			}
			_, opened := p.OpenMail(ctx, c.by, id)
			_, retried := p.RetryMail(ctx, c.by, id)
			_, given := p.GiveUpMail(ctx, c.by, id)
			for _, err := range []error{opened, retried, given} {
				if !errors.Is(err, c.want) {
					t.Errorf("%s: got %v, want %v", c.by.Name(), err, c.want)
				}
			}
		}
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(1, "one@example.com")
	})
}

func TestAMailThatIsGivenUpIsNeverSent(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		p.invite("one@example.com")
		_, err := p.GiveUpMail(context.Background(), p.admin, p.open()[0].ID)
		must(t, err)
		p.wantOpen()
		must(t, p.sendDue(p.worker(p.Console)))
		p.wantArrived(0, "one@example.com")
	})
}

func TestAMailThatIsBeingSentCanNeitherBeRetriedNorGivenUp(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		ctx := context.Background()
		p.invite("one@example.com")
		at, recorded := p.clock.Now(), len(activities(t, p.store))
		taken, err := p.store.ClaimMail(ctx, at, at.Add(time.Minute))
		must(t, err)
		_, retried := p.RetryMail(ctx, p.admin, taken.ID)
		_, given := p.GiveUpMail(ctx, p.admin, taken.ID)
		if !errors.Is(retried, models.ErrConflict) || !errors.Is(given, models.ErrConflict) {
			t.Errorf("retried: %v, given up: %v", retried, given)
		}
		if now := len(activities(t, p.store)); now != recorded {
			t.Errorf("%d activities were recorded of what did not happen", now-recorded)
		}
	})
}

// Nobody could look after a mail that belongs to no organization, so it does not wait for somebody who would.
func TestAMailAboutAnAccountThatFailsIsOver(t *testing.T) {
	onPost(t, func(t *testing.T, p post) {
		p.server.Misbehave(mailtest.Trouble{At: mailtest.AtRecipient, Code: 550})
		must(t, p.SendSignInLink(context.Background(), administrator, "192.0.2.1", ""))
		if p.sendDue(p.worker(p.Console)) == nil {
			t.Error("the attempt did not fail")
		}
		p.wantOpen()
		p.clock.Advance(31 * 24 * time.Hour)
		must(t, p.Tidy(context.Background()))
		_, err := p.store.ClaimMail(context.Background(), p.clock.Now(), p.clock.Now().Add(time.Minute))
		if !errors.Is(err, models.ErrNotFound) {
			t.Errorf("got %v, want no mail", err)
		}
	})
}
