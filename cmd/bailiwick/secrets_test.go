package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

func TestTheKeyIsMadeBesideANewSQLiteDatabaseOnce(t *testing.T) {
	p := newPlace(t)
	path := filepath.Join(p.dir, "bailiwick.db.key")
	p.expect(p.run("", "migrate"), 0, "", "up to date")
	if _, err := os.Stat(path); err == nil {
		t.Error("a command that serves nobody made the key")
	}
	all := make([]*served, 4)
	for i := range all {
		all[i] = p.serve() // each makes the key, or finds it
	}
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the key has the mode %o", info.Mode().Perm())
	}
	first, err := os.ReadFile(path)
	must(t, err)
	for _, s := range all[1:] {
		s.leave()
	}
	all[0].end(syscall.SIGTERM)
	p.serve().end(syscall.SIGTERM)
	if again, err := os.ReadFile(path); err != nil || !bytes.Equal(again, first) {
		t.Errorf("the key changed, %v", err)
	}
	must(t, os.Remove(path))
	s := p.serve()
	s.end(syscall.SIGTERM)
	if _, err := os.Stat(path); err == nil {
		t.Error("a key that was lost was replaced by another")
	}
	left, err := filepath.Glob(filepath.Join(p.dir, ".bailiwick-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestManyFirstStartsAtOnceMakeOneKey(t *testing.T) {
	p := newPlace(t)
	p.expect(p.run("", "migrate"), 0, "", "up to date")
	ctx, cancel := context.WithTimeout(context.Background(), testPatience)
	defer cancel()
	var said [6]bytes.Buffer
	var all sync.WaitGroup
	for i := range said {
		all.Go(func() {
			running, stop := context.WithCancel(ctx)
			defer stop()
			command := p.command(running, "serve", "--addr", "127.0.0.1:0")
			command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
			command.Stderr = watch{&said[i], "listens on", stop}
			_ = command.Run()
		})
	}
	all.Wait()
	made := 0
	for i := range said {
		made += strings.Count(said[i].String(), "made bailiwick.db.key")
		if strings.Contains(said[i].String(), "warning") {
			t.Errorf("a start warned: %s", said[i].String())
		}
	}
	if made != 1 {
		t.Errorf("%d starts made the key", made)
	}
}

// watch keeps what is written, and calls when a text appears. It does not embed the buffer: io.Copy would find
// the buffer's own ReadFrom, and never write here.
type watch struct {
	said *bytes.Buffer
	text string
	call func()
}

func (w watch) Write(p []byte) (int, error) {
	n, err := w.said.Write(p)
	if strings.Contains(w.said.String(), w.text) {
		w.call()
	}
	return n, err
}

func TestSecretsFromBeforeAreEncryptedAtTheFirstStartWithAKey(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p place, db string) {
		p.fromBefore(db, john)
		if p.stored(db, john) != plainSecret {
			t.Fatal("the secret does not stand there as an older version stored it")
		}
		p.expect(p.run("", "secrets", "new-key", "key"), 0, "", "made key")
		p.expect(p.run("", "backup", "before", "--db", db), 0, "", "warning: it may hold unencrypted secrets of second factors")
		s := p.serve("--db", db, "--secret-key-file", "key")
		if stored := p.stored(db, john); !strings.HasPrefix(stored, "v1:") {
			t.Errorf("stored as %q", stored)
		}
		v := s.between(john)
		if status := v.code(0); status != http.StatusSeeOther {
			t.Errorf("the code is answered with %d", status)
		}
		p.expect(p.beside("", "backup", "copy", "--db", db), 0, "", "does not hold the key of second factors")
		copied, err := os.ReadFile(filepath.Join(p.dir, "copy"))
		must(t, err)
		if bytes.Contains(copied, []byte(plainSecret)) || !bytes.Contains(copied, []byte(john)) {
			t.Error("the backup holds the secret, or not the person")
		}
		s.end(syscall.SIGTERM)
		if path, ok := strings.CutPrefix(db, "sqlite:"); ok {
			file, err := os.ReadFile(filepath.Join(p.dir, path))
			must(t, err)
			if bytes.Contains(file, []byte(plainSecret)) {
				t.Error("the database file still holds the secret")
			}
		}
	})
}

func TestWithAWrongKeyTheConsoleServesAndSaysSo(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p place, db string) {
		p.fromBefore(db, john)
		p.run("", "secrets", "new-key", "key")
		p.serve("--db", db, "--secret-key-file", "key").end(syscall.SIGTERM)
		p.run("", "secrets", "new-key", "other")
		must(t, os.WriteFile(filepath.Join(p.dir, "open"), []byte("anything"), 0o644))
		must(t, os.Chmod(filepath.Join(p.dir, "open"), 0o644))
		for file, says := range map[string]string{"other": "the database asks for the key", "gone": "no such file", "open": "chmod 600"} {
			ctx, cancel := context.WithTimeout(context.Background(), testPatience)
			command := p.command(ctx, "serve", "--addr", "127.0.0.1:0", "--db", db, "--secret-key-file", file)
			s := p.started(command)
			s.await(says)
			s.url = strings.TrimPrefix(s.await("Bailiwick listens on "), "Bailiwick listens on ")
			if status := s.between(john).code(0); status != http.StatusServiceUnavailable {
				t.Errorf("%s: a code is answered with %d", file, status)
			}
			s.end(syscall.SIGTERM)
			cancel()
		}
	})
}

func TestTheKeyIsChangedWhileConsolesRun(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p place, db string) {
		p.fromBefore(db, john)
		p.run("", "secrets", "new-key", "key")
		p.expect(p.run("", "secrets", "new-key", "key"), 2, "", "exists")
		one := p.serve("--db", db, "--secret-key-file", "key")
		two := p.serve("--db", db, "--secret-key-file", "key")
		v, before := two.between(john), p.stored(db, john)
		p.beside("", "secrets", "new-key", "next")
		rotate := func() result {
			return p.beside("", "secrets", "rotate", "--new-key-file", "next", "--db", db, "--secret-key-file", "key")
		}
		p.expect(rotate(), 0, "", ": 1 secret.")
		if after := p.stored(db, john); after == before || !strings.HasPrefix(after, "v1:") {
			t.Errorf("stored as %q", after)
		}
		if status := v.code(0); status != http.StatusSeeOther {
			t.Errorf("who was between the factors is answered with %d", status)
		}
		if status := one.between(john).code(1); status != http.StatusSeeOther {
			t.Errorf("the other console answers with %d", status)
		}
		p.expect(rotate(), 0, "", ": 0 secrets.")
		two.leave()
		one.end(syscall.SIGTERM)
	})
}

// A pipe in the place of the key file would keep the program waiting for somebody to write into it.
func TestAKeyFileThatIsNoFileIsRefusedAtOnce(t *testing.T) {
	p := newPlace(t)
	p.expect(p.run("", "migrate"), 0, "", "up to date")
	if err := syscall.Mkfifo(filepath.Join(p.dir, "pipe.key"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.expect(p.run("", "secrets", "rotate", "--secret-key-file", "pipe.key"), 2, "", "the key file pipe.key is not a regular file")
}
