package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"bailiwick/services"
)

// How often the chores beside the requests are done. No decision waits for one (R12).
const (
	tidyEvery   = time.Hour
	stampEvery  = time.Second
	expireEvery = time.Second

	addressesEvery = time.Minute
	sealEvery      = time.Minute
)

// keepDoing does a chore in the background until the function that it returns is called, which waits for the end. A
// failure is logged when it begins, since it may last.
func keepDoing(ctx context.Context, log *slog.Logger, name string, every time.Duration, do func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ticker := time.NewTicker(every)
	var running sync.WaitGroup
	running.Go(func() {
		for failing := false; ; {
			err := do(ctx)
			if err != nil && ctx.Err() == nil && !failing {
				log.Error(name, "error", err)
			}
			failing = err != nil
			select {
			case <-ticker.C:
			case <-ctx.Done():
				return
			}
		}
	})
	return func() {
		cancel()
		ticker.Stop()
		running.Wait()
	}
}

// keepStamping writes when things were last used, and at the end what the last requests used.
func keepStamping(ctx context.Context, log *slog.Logger, console *services.Console) (stop func()) {
	end := keepDoing(ctx, log, "write last uses", stampEvery, console.WriteLastUsed)
	return func() {
		end()
		if err := console.WriteLastUsed(context.WithoutCancel(ctx)); err != nil {
			log.Error("write last uses", "error", err)
		}
	}
}
