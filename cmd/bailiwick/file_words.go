package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"bailiwick/models"
)

// fileInWords says what can't be done with a file, and why.
func fileInWords(e *fs.PathError) string {
	directory, name := filepath.Dir(e.Path), e.Path
	if models.Temporary(e.Path) { // the person who typed the command never named it
		name = "a file in " + directory
	}
	_, err := os.Stat(directory)
	switch {
	case e.Path == os.Stdout.Name():
		return fmt.Sprintf("standard output can’t be %s: %v", plainVerb(e.Op).done, e.Err)
	case errors.Is(e, fs.ErrNotExist) && errors.Is(err, fs.ErrNotExist):
		return "there is no directory " + directory
	case errors.Is(e, fs.ErrNotExist):
		return "there is no file " + name
	case errors.Is(e, fs.ErrExist):
		return name + " exists already: choose another name, or move the file away first"
	case errors.Is(e, fs.ErrPermission):
		return fmt.Sprintf("you may not %s %s: give this user the permission", plainVerb(e.Op).now, name)
	case errors.Is(e, syscall.EISDIR):
		return name + " is a directory: name a file"
	case errors.Is(e, syscall.ENOSPC), errors.Is(e, syscall.EDQUOT):
		return "there is no space left in " + directory
	case errors.Is(e, syscall.EROFS):
		return "can’t write in " + directory + ": it is read-only"
	}
	return fmt.Sprintf("%s can’t be %s: %v", name, plainVerb(e.Op).done, e.Err)
}

// verb is what is done with a file: may not open, can't be opened.
type verb struct{ now, done string }

// plainVerb says a call of the operating system as people would.
func plainVerb(call string) verb {
	switch strings.TrimSuffix(call, "at") {
	case "read", "seek":
		return verb{"read", "read"}
	case "write", "sync", "close", "truncate":
		return verb{"write", "written"}
	case "create", "createtemp", "link", "mkdir", "rename":
		return verb{"make", "made"}
	case "remove", "unlink":
		return verb{"remove", "removed"}
	}
	return verb{"open", "opened"}
}
