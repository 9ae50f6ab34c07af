package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/words"
)

type rotateCommand struct {
	NewKeyFile string `placeholder:"FILE" help:"File with the one new key (a new key is made)."`
}

// Run puts the new key into the key file before anything is encrypted with it, so that there is no moment at which what
// stands in the database can't be read. It makes no key before it knows that it can be kept and used.
func (r *rotateCommand) Run(ctx context.Context, s *settings) error {
	path, _ := s.keyFile()
	if path == "" {
		return usageError{"--secret-key-file is missing: the present key is needed too"}
	}
	if err := s.databaseThere(); err != nil {
		return err
	}
	return s.withConsole(ctx, func(console *services.Console) error {
		id, err := r.addKey(ctx, s, console, path)
		if err != nil {
			return err
		}
		sealed, err := console.RotateSecretKey(ctx, id)
		if err != nil {
			return fmt.Errorf("nothing was encrypted again: %w", err)
		}
		fmt.Fprintf(os.Stderr, "Encrypted again with the key %s from %s: %s.\n"+
			"Keep the earlier keys in that file for as long as you may need earlier backups.\n"+
			"Every other machine that serves this database needs the new line in its key file too.\n", id, path, words.Secrets.Count(sealed))
		return nil
	})
}

// addKey adds the new key to the key file, unless it stands there, and returns its ID.
func (r *rotateCommand) addKey(ctx context.Context, s *settings, console *services.Console, path string) (id string, err error) {
	keys, err := readKeys(path)
	if err != nil {
		return "", err
	}
	if err := console.CanReadSecrets(ctx); err != nil {
		return "", fmt.Errorf("nothing was encrypted again: %w", err)
	}
	file, cause := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if cause == nil {
		defer func() { err = errors.Join(err, file.Close()) }()
	}
	key, err := r.newKey()
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(keys, func(k credential.SecretKey) bool { return k.ID() == key.ID() }) {
		return key.ID(), nil
	}
	if cause == nil {
		cause = appendKey(file, key)
	}
	if cause != nil {
		return "", r.byHand(s, path, cause)
	}
	return key.ID(), nil
}

// byHand says how to rotate with a key file that this program can't write. The key that was made for it is not kept.
func (r *rotateCommand) byHand(s *settings, path string, cause error) error {
	why := fmt.Sprintf("the new key can’t be added to the key file %s, and nothing was encrypted again: %s\n", path, inPlainWords(cause))
	if r.NewKeyFile != "" {
		return refusal(why + "Add the line of " + r.NewKeyFile + " to it yourself, then type the same command again.")
	}
	again := "secrets rotate --new-key-file next"
	if s.SecretKeyFile != os.Getenv("BAILIWICK_SECRET_KEY_FILE") {
		again += " --secret-key-file " + s.SecretKeyFile
	}
	return refusal(why + "Make a key with\n  bailiwick secrets new-key next\nand add its line to the key file yourself. Then type\n  " + s.toType(again))
}

func (r *rotateCommand) newKey() (credential.SecretKey, error) {
	if r.NewKeyFile == "" {
		return credential.NewSecretKey(), nil
	}
	keys, err := readKeys(r.NewKeyFile)
	if err != nil {
		return credential.SecretKey{}, err
	}
	if len(keys) != 1 {
		return credential.SecretKey{}, usageError{fmt.Sprintf("%s has %s: give a file with the new key only", r.NewKeyFile, words.Regular("key").Count(len(keys)))}
	}
	return keys[0], nil
}

// appendKey adds a key to a file of keys, as a line of its own. The file stays the same one, with its owner and its mode. A
// line that can't be written whole is taken away again: nobody could read the file with it.
func appendKey(file *os.File, key credential.SecretKey) error {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	_, err = file.WriteString("\n" + key.Line() + "\n") // after whatever line the file ends with
	if err = errors.Join(err, file.Sync()); err != nil {
		return errors.Join(err, file.Truncate(size))
	}
	return nil
}
