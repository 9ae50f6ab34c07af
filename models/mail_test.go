package models_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

const lease = 5 * time.Minute

// queued is a mail of the organization, or of none where org is nil.
func queued(t *testing.T, store *models.Store, org *models.Scope, recipient string) models.Mail {
	t.Helper()
	m := models.Mail{Kind: "test", Recipient: recipient, MessageID: recipient, CreatedAt: store.Now()}
	if org != nil {
		id := org.ID()
		m.OrganizationID = &id
	}
	ok(t, store.QueueMail(ctx, &m))
	return m
}

func claim(t *testing.T, store *models.Store) models.Mail {
	t.Helper()
	return get(store.ClaimMail(ctx, store.Now(), store.Now().Add(lease)))(t)
}

func wantNoneDue(t *testing.T, store *models.Store) {
	t.Helper()
	_, err := store.ClaimMail(ctx, store.Now(), store.Now().Add(lease))
	wantError(t, err, models.ErrNotFound)
}

func TestMailsAreClaimedInTheOrderInWhichTheyFellDue(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		wantNoneDue(t, store)
		queued(t, store, nil, "first@example.com")
		queued(t, store, nil, "second@example.com")
		clock.Advance(-time.Second)
		queued(t, store, nil, "before@example.com")
		var order []string
		clock.Advance(time.Second)
		for range 3 {
			m := claim(t, store)
			order = append(order, m.Recipient)
			if m.Attempts != 1 || m.Tries != 1 || m.LeasedUntil == nil || !m.LeasedUntil.Equal(store.Now().Add(lease)) {
				t.Errorf("claimed %+v", m)
			}
		}
		wantNoneDue(t, store)
		if want := []string{"before@example.com", "first@example.com", "second@example.com"}; !slices.Equal(order, want) {
			t.Errorf("claimed %v, want %v", order, want)
		}
	})
}

func TestAMailIsKeptOnlyWithTheTransactionThatQueuedIt(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		err := store.Tx(ctx, func(tx *models.Store) error {
			queued(t, tx, nil, "one@example.com")
			return models.ErrConflict
		})
		wantError(t, err, models.ErrConflict)
		wantNoneDue(t, store)
	})
}

func TestManyClaimEachMailOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		const mails, workers = 40, 8
		for n := range mails {
			queued(t, store, nil, fmt.Sprintf("p%02d@example.com", n))
		}
		claims := make(chan models.MailID, 2*mails)
		var working sync.WaitGroup
		for range workers {
			working.Go(func() {
				for range mails {
					m, err := store.ClaimMail(ctx, store.Now(), store.Now().Add(lease))
					if err != nil {
						continue // none was left, or all that were left were in other hands
					}
					claims <- m.ID
				}
			})
		}
		working.Wait()
		close(claims)
		var got []models.MailID
		for id := range claims {
			got = append(got, id)
		}
		slices.Sort(got)
		if distinct := len(slices.Compact(slices.Clone(got))); len(got) != mails || distinct != mails {
			t.Errorf("%d claims of %d mails, want each of %d once", len(got), distinct, mails)
		}
	})
}

func TestOnlyWhoHoldsTheLeaseWritesAnOutcomeDown(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		queued(t, store, nil, "one@example.com")
		slow := claim(t, store)
		clock.Advance(lease)
		quick := claim(t, store)
		slow.State, quick.State = models.MailFailed, models.MailSent
		wantError(t, store.MailTried(ctx, slow), models.ErrConflict)
		ok(t, store.MailTried(ctx, quick))
		wantError(t, store.MailTried(ctx, quick), models.ErrConflict)
		clock.Advance(100 * lease)
		wantNoneDue(t, store)
	})
}

func TestAPersonDecidesAboutMailsThatNobodyIsSending(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		mine, theirs := modelstest.Organization(t, store, "mine"), modelstest.Organization(t, store, "theirs")
		id := queued(t, store, mine, "one@example.com").ID
		wantError(t, theirs.RetryMail(ctx, id, store.Now()), models.ErrConflict)
		wantError(t, theirs.DropMail(ctx, id, store.Now()), models.ErrConflict)
		taken := claim(t, store)
		wantError(t, mine.RetryMail(ctx, id, store.Now()), models.ErrConflict)
		wantError(t, mine.DropMail(ctx, id, store.Now()), models.ErrConflict)

		taken.State, taken.NextAt = models.MailWaiting, store.Now().Add(time.Hour)
		ok(t, store.MailTried(ctx, taken))
		wantNoneDue(t, store)
		ok(t, mine.RetryMail(ctx, id, store.Now()))
		taken = claim(t, store)
		if taken.Attempts != 2 || taken.Tries != 1 {
			t.Errorf("claimed %+v, want the second attempt, which is the first try since somebody asked", taken)
		}
		clock.Advance(lease) // the worker that sent it is gone
		ok(t, mine.DropMail(ctx, id, store.Now()))
		wantError(t, store.MailTried(ctx, taken), models.ErrConflict)
		wantNoneDue(t, store)
		_, err := mine.OpenMail(ctx, id)
		wantError(t, err, models.ErrNotFound)
	})
}

func TestAllFailedMailsOfAnOrganizationAreRetriedAtOnce(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		mine, theirs := modelstest.Organization(t, store, "mine"), modelstest.Organization(t, store, "theirs")
		for _, org := range []*models.Scope{mine, mine, theirs} {
			queued(t, store, org, fmt.Sprint(org.ID(), len(get(org.OpenMails(ctx, models.MailFilter{}))(t).Rows), "@example.com"))
			failed := claim(t, store)
			failed.State = models.MailFailed
			ok(t, store.MailTried(ctx, failed))
		}
		queued(t, store, mine, "waits@example.com")
		if got, most := get(mine.CountFailedMails(ctx, 9))(t), get(mine.CountFailedMails(ctx, 1))(t); got != 2 || most != 1 {
			t.Errorf("%d failed, %d of at most one; want 2 and 1", got, most)
		}
		if got := get(mine.RetryFailedMails(ctx, store.Now(), ""))(t); got != 2 {
			t.Errorf("retried %d, want 2", got)
		}
		states := func(org *models.Scope, f models.MailFilter) (all []string) {
			for _, m := range get(org.OpenMails(ctx, f))(t).Rows {
				all = append(all, m.State)
			}
			return all
		}
		if got := states(mine, models.MailFilter{State: models.MailWaiting}); len(got) != 3 {
			t.Errorf("waiting are %v, want 3", got)
		}
		if got := states(theirs, models.MailFilter{}); !slices.Equal(got, []string{models.MailFailed}) {
			t.Errorf("the other organization's are %v", got)
		}
	})
}

func TestOpenMailsComeNewestFirstInPagesAndByRecipient(t *testing.T) {
	modelstest.Each(t, func(t *testing.T, store *models.Store) {
		org := modelstest.Organization(t, store, "acme")
		for n := range 5 {
			queued(t, store, org, fmt.Sprintf("p%d@example.com", n))
		}
		var seen []string
		for page := (models.Page{Limit: 2}); ; {
			l := get(org.OpenMails(ctx, models.MailFilter{Page: page}))(t)
			for _, m := range l.Rows {
				seen = append(seen, m.Recipient[:2])
			}
			if page.After = l.Next; l.Next == "" {
				break
			}
		}
		if want := []string{"p4", "p3", "p2", "p1", "p0"}; !slices.Equal(seen, want) {
			t.Errorf("listed %v, want %v", seen, want)
		}
		found := get(org.OpenMails(ctx, models.MailFilter{Page: models.Page{Query: "P3@EXAMPLE"}}))(t).Rows
		if len(found) != 1 || found[0].Recipient != "p3@example.com" {
			t.Errorf("found %+v", found)
		}
	})
}

func TestMailsThatEndedAreTidiedUp(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		org := modelstest.Organization(t, store, "acme")
		queued(t, store, org, "sent@example.com")
		sent, at := claim(t, store), store.Now()
		sent.State, sent.EndedAt = models.MailSent, &at
		ok(t, store.MailTried(ctx, sent))
		queued(t, store, org, "waits@example.com")
		count := func() int { return read[int](t, store, "SELECT count(*) FROM mails")[0] }
		ok(t, store.DeleteMails(ctx, at))
		if got := count(); got != 2 {
			t.Errorf("%d are left, want 2: that moment does not count", got)
		}
		clock.Advance(time.Hour)
		ok(t, store.DeleteMails(ctx, store.Now()))
		if got := count(); got != 1 {
			t.Errorf("%d are left, want the one that waits", got)
		}
	})
}
