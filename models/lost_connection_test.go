package models_test

import (
	"bytes"
	"fmt"
	"net"
	"net/url"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bailiwick/models"
	"bailiwick/models/modelstest"
)

// line is a way to PostgreSQL that breaks at a word, on all connections. Either PostgreSQL never hears the word, or it
// does and its answer gets lost.
type line struct {
	server *pgconn.Config
	word   string
	heard  bool
}

// through is the address of a database by way of the line.
func (l *line) through(t *testing.T, address string) string {
	t.Helper()
	l.server = &get(pgx.ParseConfig(address))(t).Config
	listener := get(net.Listen("tcp", "127.0.0.1:0"))(t)
	t.Cleanup(func() { ok(t, listener.Close()) })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return // closed
			}
			go l.carry(client)
		}
	}()
	return fmt.Sprintf("postgres://%s@%s/%s?sslmode=disable", url.PathEscape(l.server.User), listener.Addr(), l.server.Database)
}

// carry brings the client what PostgreSQL says, up to the answer to the word.
func (l *line) carry(client net.Conn) {
	defer client.Close()
	network, address := pgconn.NetworkAddress(l.server.Host, l.server.Port)
	server, err := net.Dial(network, address)
	if err != nil {
		return // which the client sees as a connection that breaks at once
	}
	defer server.Close()
	said := make(chan struct{})
	go l.listen(client, server, said)
	for buffer := make([]byte, 1<<16); ; {
		n, err := server.Read(buffer)
		if err != nil {
			return
		}
		select {
		case <-said:
			return
		default:
		}
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// listen brings PostgreSQL what the client says, and tells when the word was said. The test fails on nothing here: a line
// that broke too early leaves a test without the outcome that it wants.
func (l *line) listen(client, server net.Conn, said chan<- struct{}) {
	for buffer := make([]byte, 1<<16); ; {
		n, err := client.Read(buffer)
		if err != nil {
			_ = server.Close()
			return
		}
		if bytes.Contains(buffer[:n], []byte(l.word)) {
			close(said)
			if !l.heard {
				_ = server.Close()
				return
			}
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// A connection breaks in the middle of a change. Whoever asked is told that nothing was changed only where that is sure.
func TestChangeOverABrokenConnectionIsUndoneOrInDoubt(t *testing.T) {
	if !slices.Contains(modelstest.Databases(t), modelstest.Postgres) {
		t.Skip("left out: PostgreSQL, the only database with a connection that can break")
	}
	for _, c := range []struct {
		name string
		line line
		want error
		left string // the name of the organization afterwards
	}{
		{"before it", line{word: "UPDATE organizations SET revision"}, models.ErrDown, "acme"},
		{"before its commit is heard", line{word: "commit"}, models.ErrInDoubt, "acme"},
		{"before its commit is answered", line{word: "commit", heard: true}, models.ErrInDoubt, "Changed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := modelstest.URL(t, modelstest.Options{Database: modelstest.Postgres})
			sure := modelstest.Open(t, address, nil)
			org := modelstest.Organization(t, sure, "acme")
			store := modelstest.Open(t, c.line.through(t, address), nil)
			err := store.Change(ctx, org.ID(), func(tx *models.Scope) error { return tx.SetOrganization(ctx, "Changed", 30) })
			wantError(t, err, c.want)
			if got := get(org.Organization(ctx))(t).Name; got != c.left {
				t.Errorf("the organization is named %s, want %s", got, c.left)
			}
		})
	}
}
