package outbox_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"bailiwick/services/outbox"
)

// pile is a queue in memory: what is behind a real one is tested with it.
type pile struct {
	waiting  []string
	broken   int // how many times writing down fails before it works
	deliver  func(ctx context.Context, item string) error
	recorded []string
}

func (p *pile) Claim(context.Context, time.Time, time.Time) (string, error) {
	if len(p.waiting) == 0 {
		return "", outbox.ErrEmpty
	}
	item := p.waiting[0]
	p.waiting = p.waiting[1:]
	return item, nil
}

func (p *pile) Deliver(ctx context.Context, item string) error { return p.deliver(ctx, item) }

func (p *pile) Record(_ context.Context, item string, _ time.Time, failure error) error {
	if p.broken > 0 {
		p.broken--
		return errors.New("the database is away")
	}
	outcome := "delivered"
	if failure != nil {
		outcome = failure.Error()
	}
	p.recorded = append(p.recorded, item+": "+outcome)
	return nil
}

func (p *pile) Name(item string) string { return item }

func TestEachItemIsTriedOnceAndWrittenDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := errors.New("refused")
		p := &pile{waiting: []string{"a", "b", "c"}, broken: 2, deliver: func(_ context.Context, item string) error {
			return map[string]error{"b": refused, "c": outbox.ErrObsolete}[item]
		}}
		if err := outbox.Run(t.Context(), p, time.Now); !errors.Is(err, refused) {
			t.Errorf("ended with %v", err)
		}
		if want := []string{"a: delivered", "b: refused", "c: nothing to send any more"}; !slices.Equal(p.recorded, want) {
			t.Errorf("written down is %q, want %q", p.recorded, want)
		}
	})
}

// What is being delivered is finished at the end, and nothing else is begun.
func TestTheItemInHandIsFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		p := &pile{waiting: []string{"a", "b"}, deliver: func(ctx context.Context, _ string) error {
			stop()
			select {
			case <-time.After(5 * time.Second):
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}}
		if err := outbox.Run(ctx, p, time.Now); err != nil || !slices.Equal(p.recorded, []string{"a: delivered"}) || len(p.waiting) != 1 {
			t.Errorf("%v, %q, %d are left", err, p.recorded, len(p.waiting))
		}
	})
}

func TestPausesGrowAndEnd(t *testing.T) {
	before, whole := time.Duration(0), time.Duration(0)
	for tries := 1; ; tries++ {
		pause, again := outbox.Pause(tries)
		if !again {
			if tries != 9 || whole < 40*time.Hour || whole > 50*time.Hour {
				t.Errorf("given up after %d attempts in %s", tries, whole)
			}
			return
		}
		if pause <= before {
			t.Errorf("after %d attempts %s, after %s", tries, pause, before)
		}
		before, whole = pause, whole+pause
	}
}
