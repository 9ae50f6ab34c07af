package modelstest

import (
	"bytes"
	"fmt"
	"net"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Cut is what a Line does when the word is said.
type Cut int

// The line carries the word on, breaks before PostgreSQL hears it, or breaks before PostgreSQL's answer arrives.
const (
	CutNever Cut = iota
	CutUnheard
	CutUnanswered
)

// Line is a way to PostgreSQL that may break at a word, each connection by itself.
type Line struct {
	Word string
	Cut  func() Cut // asked whenever the word is said, by several connections at once

	server *pgconn.Config
}

// Through is the address of a database by way of the line, until the test ends.
func (l *Line) Through(t testing.TB, address string) string {
	t.Helper()
	config, err := pgx.ParseConfig(address)
	must(t, err)
	l.server = &config.Config
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { must(t, listener.Close()) })
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
func (l *Line) carry(client net.Conn) {
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

// listen brings PostgreSQL what the client says, and tells when the line breaks. The test fails on nothing here: a line
// that broke too early leaves a test without the outcome that it wants.
func (l *Line) listen(client, server net.Conn, said chan<- struct{}) {
	for buffer := make([]byte, 1<<16); ; {
		n, err := client.Read(buffer)
		if err != nil {
			_ = server.Close()
			return
		}
		cut := CutNever
		if bytes.Contains(buffer[:n], []byte(l.Word)) {
			cut = l.Cut()
		}
		if cut != CutNever {
			close(said)
		}
		if cut == CutUnheard {
			_ = server.Close()
			return
		}
		if _, err := server.Write(buffer[:n]); err != nil || cut == CutUnanswered {
			return
		}
	}
}
