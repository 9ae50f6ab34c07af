package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"unsafe"

	"bailiwick/models/modelstest"
)

// failingCall, in the environment, makes of the test program one that becomes another, for which a call of the kernel fails:
// the number of the call, and that of its error.
const failingCall = "FAILING_CALL"

func init() {
	var call, number uint32
	if _, err := fmt.Sscan(os.Getenv(failingCall), &call, &number); err != nil {
		return
	}
	runtime.LockOSThread() // the filter is this thread's, and that of what it becomes
	err := failCall(call, number)
	if err == nil {
		err = syscall.Exec(os.Args[1], os.Args[1:], os.Environ())
	}
	fmt.Fprintln(os.Stderr, "have a call fail:", err)
	os.Exit(exitFailed)
}

// failCall has the kernel answer one call with an error of this number, and all else as ever.
func failCall(call, number uint32) error {
	const noNewPrivileges, seccomp, byFilter, answerError, allow = 38, 22, 2, 0x50000, 0x7fff0000
	filter := []syscall.SockFilter{
		{Code: syscall.BPF_LD | syscall.BPF_W | syscall.BPF_ABS},
		{Code: syscall.BPF_JMP | syscall.BPF_JEQ | syscall.BPF_K, K: call, Jf: 1},
		{Code: syscall.BPF_RET | syscall.BPF_K, K: answerError | number},
		{Code: syscall.BPF_RET | syscall.BPF_K, K: allow},
	}
	program := syscall.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if _, _, e := syscall.RawSyscall6(syscall.SYS_PRCTL, noNewPrivileges, 1, 0, 0, 0, 0); e != 0 {
		return e
	}
	if _, _, e := syscall.RawSyscall(syscall.SYS_PRCTL, seccomp, byFilter, uintptr(unsafe.Pointer(&program))); e != 0 {
		return e
	}
	return nil
}

// failing runs a command for which a call of the kernel fails.
func (p place) failing(call int, number syscall.Errno, args ...string) result {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), testPatience)
	defer cancel()
	self, err := os.Executable()
	must(p.t, err)
	command := p.command(ctx, args...)
	command.Path, command.Args = self, append([]string{self, binary}, args...)
	command.Env = append(command.Env, fmt.Sprintf("%s=%d %d", failingCall, call, int(number)))
	return p.ran(command, "")
}

func TestFilesAreMadeWhereNothingCanBeLinked(t *testing.T) {
	for _, number := range []syscall.Errno{syscall.EPERM, syscall.ENOTSUP, syscall.ENOSYS, syscall.EXDEV} {
		p := newPlace(t)
		p.write("acme.yaml", modelstest.SmallFile)
		p.run("", "apply", "acme.yaml")
		p.expect(p.failing(syscall.SYS_LINKAT, number, "backup", "copy"), 0, "", "copy is a copy of the whole database")
		p.expect(p.failing(syscall.SYS_LINKAT, number, "backup", "copy"), exitRefused, "", "never replaces a file")
		p.expect(p.failing(syscall.SYS_LINKAT, number, "secrets", "new-key", "key"), 0, "", "made key")
		p.expect(p.failing(syscall.SYS_LINKAT, number, "restore", "copy", "--db", "sqlite:again.db"), 0, "", "restored")
		p.expect(p.run("", "export", "acme", "--db", "sqlite:again.db"), 0, "john.smith", "")
		p.expect(p.run("", "secrets", "rotate", "--secret-key-file", "key"), 0, "", "0 secrets")
		for _, name := range []string{"copy", "key", "again.db"} {
			info, err := os.Stat(filepath.Join(p.dir, name))
			must(t, err)
			if info.Mode().Perm() != 0o600 {
				t.Errorf("%s has the mode %o", name, info.Mode().Perm())
			}
		}
		if left, err := filepath.Glob(filepath.Join(p.dir, ".bailiwick-*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
}

func TestAFileThatCannotBeMadeIsSaidInPlainWords(t *testing.T) {
	for _, test := range []struct {
		call   int
		number syscall.Errno
		says   string
	}{
		{syscall.SYS_LINKAT, syscall.EIO, "keys/key can’t be made: input/output error"},
		{syscall.SYS_LINKAT, syscall.EROFS, "can’t write in keys: it is read-only"},
		{syscall.SYS_FSYNC, syscall.ENOSPC, "there is no space left in keys"},
		{syscall.SYS_FSYNC, syscall.EIO, "a file in keys can’t be written: input/output error"},
	} {
		p := newPlace(t)
		must(t, os.Mkdir(filepath.Join(p.dir, "keys"), 0o700))
		r := p.failing(test.call, test.number, "secrets", "new-key", "keys/key")
		if want := "bailiwick: " + test.says + "\n"; r.status != exitFailed || r.errors != want {
			t.Errorf("status %d, %q; want %q", r.status, r.errors, want)
		}
	}
}

func TestOutputThatCannotBeWrittenIsSaidInPlainWords(t *testing.T) {
	p := newPlace(t)
	p.write("acme.yaml", modelstest.SmallFile)
	p.run("", "apply", "acme.yaml")
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	must(t, err)
	defer full.Close()
	command := p.command(context.Background(), "export", "acme")
	command.Stdout = full
	var errs bytes.Buffer
	command.Stderr = &errs
	if err := command.Run(); err == nil || errs.String() != "bailiwick: standard output can’t be written: no space left on device\n" {
		t.Errorf("%v, %q", err, errs.String())
	}
}

func TestARotationThatCannotWriteTheKeyFileSaysHowToGoOn(t *testing.T) {
	p := newPlace(t)
	p.fromBefore("sqlite:bailiwick.db", john)
	p.serve().end(syscall.SIGTERM)
	path := filepath.Join(p.dir, "bailiwick.db.key")
	before, err := os.ReadFile(path)
	must(t, err)
	r := p.failing(syscall.SYS_FSYNC, syscall.ENOSPC, "secrets", "rotate")
	p.expect(r, exitRefused, "", "the new key can’t be added to the key file bailiwick.db.key, and nothing was encrypted again: there is no space left in .\n")
	p.expect(r, exitRefused, "", "\n  bailiwick secrets new-key next\n")
	p.expect(r, exitRefused, "", "\n  bailiwick secrets rotate --new-key-file next\n")
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Errorf("the key file was %q and is %q, %v", before, after, err)
	}
	p.expect(p.run("", "secrets", "new-key", "next"), 0, "", "made next")
	r = p.failing(syscall.SYS_FSYNC, syscall.ENOSPC, "secrets", "rotate", "--new-key-file", "next")
	p.expect(r, exitRefused, "", "Add the line of next to it yourself")
	next, err := os.ReadFile(filepath.Join(p.dir, "next"))
	must(t, err)
	p.write("bailiwick.db.key", string(before)+string(next))
	p.expect(p.run("", "secrets", "rotate", "--new-key-file", "next"), 0, "", ": 1 secret.")
}

func TestARotationThatCannotSucceedMakesNoKey(t *testing.T) {
	p := newPlace(t)
	p.fromBefore("sqlite:bailiwick.db", john)
	p.serve().end(syscall.SIGTERM)
	path := filepath.Join(p.dir, "bailiwick.db.key")
	must(t, os.Remove(path))
	p.run("", "secrets", "new-key", "bailiwick.db.key")
	before, err := os.ReadFile(path)
	must(t, err)
	for _, db := range []string{"sqlite:bailiwick.db", "postgres://127.0.0.1:1/bailiwick"} {
		if r := p.run("", "secrets", "rotate", "--db", db, "--secret-key-file", "bailiwick.db.key"); r.status == 0 {
			t.Errorf("%s: it rotated", db)
		}
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
		t.Errorf("a key was added: %v", err)
	}
}
