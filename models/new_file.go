package models

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// temporary is how the names of files begin that are not whole yet.
const temporary = ".bailiwick-"

// Temporary tells whether a path is that of a file that NewFile has not finished.
func Temporary(path string) bool { return strings.HasPrefix(filepath.Base(path), temporary) }

// NewFile makes a file that only its owner can read, whole or not at all, and never in the place of another: fs.ErrExist.
// write fills the empty file whose path it gets.
func NewFile(path string, write func(path string) error) (err error) {
	if _, err := os.Lstat(path); err == nil { // said before the work, which may take long
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	dir := filepath.Dir(path)
	file, err := os.CreateTemp(dir, temporary+"*") // with mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(file.Name())) }()
	if err := errors.Join(file.Close(), write(file.Name()), synced(file.Name())); err != nil {
		return err
	}
	if err := linked(file.Name(), path); err != nil {
		return err
	}
	if err := synced(dir); !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) { // not every file system can
		return err
	}
	return nil
}

// linked gives a file a second name. Unlike a renaming, that replaces nothing. Where the file system has no links, the file
// is copied: then it is there in part for a moment, and stays so if the machine dies in it.
func linked(from, to string) error {
	err := os.Link(from, to)
	for _, without := range []error{syscall.EPERM, syscall.EXDEV, errors.ErrUnsupported} {
		if errors.Is(err, without) {
			return copied(from, to)
		}
	}
	return err
}

// copied makes a file like another one, and leaves none behind where that fails.
func copied(from, to string) error {
	data, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = data.Close() }() // only read
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.ReadFrom(data)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(to))
	}
	return nil
}

// synced waits until a file or directory is on the disk.
func synced(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
