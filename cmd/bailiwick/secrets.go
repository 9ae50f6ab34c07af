package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/credential"
)

// keyFile is where the key of second factors' secrets is. usual says that nobody named it: it stands beside the database.
// "" where there is none.
func (s *settings) keyFile() (path string, usual bool) {
	if s.SecretKeyFile != "" {
		return s.SecretKeyFile, false
	}
	if database, ok := strings.CutPrefix(s.DB, "sqlite:"); ok {
		return database + ".key", true
	}
	return "", false
}

// secretKeys reads the keys that this process has.
func (s *settings) secretKeys() ([]credential.SecretKey, error) {
	path, _ := s.keyFile()
	if path == "" {
		return nil, errors.New("--secret-key-file names no file")
	}
	return readKeys(path)
}

// readKeys reads a file of keys, and refuses one that others can read.
func readKeys(path string) ([]credential.SecretKey, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // a pipe would wait for who writes into it
		return nil, fmt.Errorf("the key file %s is not a regular file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	defer func() { _ = file.Close() }() // only read
	info, err := file.Stat()
	if err != nil {
		return nil, fmt.Errorf("read the key file: %w", err)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return nil, fmt.Errorf("other users can read the key file %s (mode %04o): run chmod 600 on it", path, mode)
	}
	text := make([]byte, info.Size())
	if _, err := file.ReadAt(text, 0); err != nil {
		return nil, fmt.Errorf("read the key file %s: %w", path, err)
	}
	keys, err := credential.ParseSecretKeys(text)
	if err != nil {
		return nil, fmt.Errorf("the key file %s: %w", path, err)
	}
	return keys, nil
}

// writeKey makes a file with a key, which only its owner can read. It replaces nothing: fs.ErrExist.
func writeKey(path string, key credential.SecretKey) error {
	return models.NewFile(path, func(path string) error { return os.WriteFile(path, []byte(key.Line()+"\n"), 0o600) })
}

// openSecrets makes the key beside a database that has none yet, and encrypts what is not encrypted. A key that is missing
// or wrong is told, whether or not there are secrets yet, and keeps nothing else from working.
func (s *settings) openSecrets(ctx context.Context, console *services.Console) error {
	if err := s.firstKey(ctx, console); err != nil {
		return err
	}
	err := console.SealSecrets(ctx, true)
	if err == nil {
		err = console.CanKeepSecrets(ctx)
	}
	switch {
	case errors.Is(err, services.ErrNoSecretKey):
		fmt.Fprintf(os.Stderr, "warning: %v\n  Codes that need the key are refused. Recovery codes still work. Nobody can set up a second factor.\n"+
			"  Name the key file with --secret-key-file. If you never had one, make it with: bailiwick secrets new-key FILE\n", err)
	case err != nil: // tried again once a minute
		fmt.Fprintf(os.Stderr, "warning: secrets of second factors are not encrypted yet: %v\n", err)
	}
	return nil
}

// firstKey makes the key of a database that never had one, at its usual place. A lost key is not replaced: no other
// could read what it encrypted.
func (s *settings) firstKey(ctx context.Context, console *services.Console) error {
	path, usual := s.keyFile()
	has, err := console.HasSecretKey(ctx)
	if err != nil || has || !usual {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	err = writeKey(path, credential.NewSecretKey())
	switch {
	case errors.Is(err, fs.ErrExist): // another process was first
	case err != nil:
		fmt.Fprintf(os.Stderr, "warning: the key file can’t be made: %v\n", err)
	default:
		fmt.Fprintf(os.Stderr, "made %s, the key of second factors. Keep a copy of it, apart from backups.\n", path)
	}
	return nil
}

type secretCommands struct {
	NewKey newKeyCommand `cmd:"" help:"Make a new key in a new file."`
	Rotate rotateCommand `cmd:"" help:"Encrypt all secrets of second factors with another key."`
}

type newKeyCommand struct {
	File string `arg:"" help:"File to make. An existing file is never replaced."`
}

// Run asks the database nothing.
func (n *newKeyCommand) Run() error {
	key := credential.NewSecretKey()
	if err := writeKey(n.File, key); err != nil {
		return fmt.Errorf("make the key file: %w", err)
	}
	fmt.Fprintf(os.Stderr, "made %s with the key %s\n", n.File, key.ID())
	return nil
}
