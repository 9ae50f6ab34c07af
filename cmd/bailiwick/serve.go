package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"bailiwick/services"
	"bailiwick/web"
	"bailiwick/words"
)

type serveCommand struct {
	Restored bool `help:"First do what restore-check does. Use it once, after a backup was restored."`
	Demo     bool `help:"If the database is empty, add the demo organization and print how to sign in."`
}

// patience is how long requests may take to finish after the signal to end. It is more than the server lets any take.
const patience = 35 * time.Second

// Run serves until a signal comes; requests that have begun are finished first.
func (c *serveCommand) Run(ctx context.Context, s *settings) error {
	return s.withConsole(ctx, func(console *services.Console) error {
		if err := warnOfOutdated(ctx, console); err != nil {
			return err
		}
		if err := c.restored(ctx, console); err != nil {
			return err
		}
		hint, err := c.firstSteps(ctx, s, console)
		if err != nil {
			return err
		}
		listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.Addr)
		if err != nil {
			return listeningInWords(s.Addr, err)
		}
		address := reachable(listener.Addr())
		if s.BaseURL == "" {
			s.BaseURL = address
		}
		log := slog.New(slog.NewTextHandler(os.Stderr, nil))
		slog.SetDefault(log) // of package models too
		server, advice, err := s.server(console, log)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		if err := s.ready(ctx, console); err != nil {
			return errors.Join(err, listener.Close())
		}
		fmt.Fprintf(os.Stderr, "Bailiwick listens on %s\n", address)
		if advice != "" {
			fmt.Fprintf(os.Stderr, "warning: %s\n", advice)
		}
		hint(os.Stderr, s.BaseURL)
		defer keepDoing(ctx, log, "tidy up", tidyEvery, console.Tidy)()
		defer keepDoing(ctx, log, "write sort keys of names", tidyEvery, console.KeyNames)()
		defer keepDoing(ctx, log, "end temporary access", expireEvery, console.EndExpiredAccesses)()
		defer keepDoing(ctx, log, "change addresses", addressesEvery, console.EndAddressChanges)()
		defer keepDoing(ctx, log, "encrypt secrets of second factors", sealEvery, func(ctx context.Context) error {
			return console.SealSecrets(ctx, false)
		})()
		defer keepStamping(ctx, log, console)()
		defer s.keepMailing(ctx, log, console, s.BaseURL)()
		return serveUntil(ctx, server, listener)
	})
}

// ready does what comes before the first request, once nothing of the settings is refused any more.
func (s *settings) ready(ctx context.Context, console *services.Console) error {
	if err := s.openSecrets(ctx, console); err != nil {
		return err
	}
	if err := s.warnOfUnentered(ctx, console); err != nil {
		return err
	}
	anyPart, err := console.FindsAnyPart(ctx)
	if err != nil || anyPart {
		return err
	}
	fmt.Fprintln(os.Stderr, "warning: lists are searched by the beginnings of words only: PostgreSQL has no pg_trgm. "+
		"As the owner of the database, run CREATE EXTENSION pg_trgm, then start again")
	return nil
}

// server is made by the settings; advice is what its operator should set, "" for nothing.
func (s *settings) server(console *services.Console, log *slog.Logger) (server *http.Server, advice string, _ error) {
	proxies, err := web.ParseProxies(s.TrustedProxies)
	if err != nil {
		return nil, "", usageError{err.Error()}
	}
	handler, err := web.New(web.Config{Console: console, BaseURL: s.BaseURL, TrustedProxies: proxies, Log: log, Now: clock})
	if err != nil {
		return nil, "", usageError{err.Error()}
	}
	return web.NewServer(handler, log), web.ProxyAdvice(s.BaseURL, proxies), nil
}

// reachable is the URL of an address that somebody listens on. Listening on every address includes this machine's own.
func reachable(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "http://" + addr.String()
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// serveUntil serves until the context ends, then lets the requests that have begun finish.
func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return fmt.Errorf("end requests: %w", err)
	}
	return nil
}

// warnOfOutdated names the stored privileges that the catalogue no longer has: they count for nothing (R17).
func warnOfOutdated(ctx context.Context, console *services.Console) error {
	outdated, err := console.Outdated(ctx)
	if err != nil {
		return err
	}
	for _, o := range outdated {
		holders := words.Noun{One: "group or key has", Many: "groups and keys have"}.Count(o.Grantees)
		fmt.Fprintf(os.Stderr, "warning: in %s, %s %s on %s, which the catalogue no longer has: it has no effect\n",
			o.Organization, holders, o.Level, o.Domain)
	}
	return nil
}
