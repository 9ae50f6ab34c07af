package fault

import (
	"bytes"
	"errors"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// smallDisk mounts a file system of so many megabytes in memory, until the test ends. Only root can.
func smallDisk(t *testing.T, megabytes string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+megabytes+"m", "tmpfs", dir).CombinedOutput(); err != nil {
		leaveOut(t, "a small disk can’t be mounted, which takes root on Linux: "+string(out))
	}
	t.Cleanup(func() {
		out, err := exec.Command("umount", dir).CombinedOutput()
		if err != nil {
			t.Errorf("unmount the small disk: %v %s", err, out)
		}
	})
	return dir
}

// fill takes all the space except so many bytes, until the returned function is called.
func fill(t *testing.T, dir string, but int) (free func()) {
	t.Helper()
	path := filepath.Join(dir, "ballast")
	file, err := os.Create(path)
	must(t, err)
	block := bytes.Repeat([]byte("x"), 4096)
	for err == nil {
		_, err = file.Write(block)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("fill the disk: %v", err)
	}
	size, err := file.Seek(0, 1)
	must(t, err)
	must(t, file.Truncate(max(0, size-int64(but))))
	must(t, file.Close())
	return func() { must(t, os.Remove(path)) }
}

// The disk of the database is full, again and again, with a little more or less room each time. Saves are refused with a
// page that says so and leave nothing behind; reading goes on; once there is room, saving does too, by itself.
func TestFullDiskRefusesSavesAndIsReadable(t *testing.T) {
	dir := smallDisk(t, "8")
	db := newSQLite(t, dir)
	db.temporary = dir
	db.apply(t, writersFile())
	s := db.serve(t)
	all := newWriters(t, db, s)
	v := db.enter(t, s, reader)
	base := db.revision(t)
	for round := range rounds(3, 30) {
		free := fill(t, dir, round*1500)
		whileReading(t, v, func() { saveUntilFull(t, s, all) })
		wantWords(t, signInUntilRefused(t, s), http.StatusInsufficientStorage, "no space left")
		free()
		for _, w := range all {
			w.mustSave(t, s)
		}
		settleAll(t, db, all)
		db.wantSound(t, base, applied(all))
		if t.Failed() {
			return
		}
	}
}

// signInUntilRefused signs somebody in until there is no room for it: what a refused save needed may be more than a session
// needs, and is free again.
func signInUntilRefused(t *testing.T, s *server) (last answer) {
	t.Helper()
	for range 100 {
		var err error
		last, err = newVisitor(s.url).post("/sign-in", url.Values{"email": {reader}, "password": {password}})
		if must(t, err); !last.saved() {
			break
		}
	}
	return last
}

// saveUntilFull lets the writers save until each of them was refused.
func saveUntilFull(t *testing.T, s *server, all []*writer) {
	var jobs []func()
	for _, w := range all {
		jobs = append(jobs, func() {
			answer, err := w.save(s)
			for n := 0; err == nil && answer.saved() && n < 1000; n++ {
				answer, err = w.save(s)
			}
			w.unwelcome = err
			wantWords(t, answer, http.StatusInsufficientStorage, "no space left", "Nothing was saved")
		})
	}
	atOnce(jobs...)
}

// The disk that a backup goes to is full: it says so, in words that are true, and leaves nothing there.
func TestABackupToAFullDiskSaysSoAndLeavesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, db database) {
		dir := smallDisk(t, "1")
		db.apply(t, writersFile())
		free := fill(t, dir, 20_000)
		_, refused, err := db.run("", "backup", filepath.Join(dir, "copy"))
		if want := "bailiwick: there is no space left in " + dir + "\n"; refused || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("it ended with %v, refused %v; want %q", err, refused, want)
		}
		free()
		if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
		db.mustRun(t, "", "backup", filepath.Join(dir, "copy"))
	})
}
