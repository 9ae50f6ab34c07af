package models

import (
	"context"
	"errors"
	"time"
)

// InstallationKey is a secret that all instances of the installation share.
type InstallationKey struct {
	Name      string // what it is for
	Secret    string
	CreatedAt time.Time
}

// InstallationKey is the secret of a name. Where there is none yet the fresh one becomes it; of many who come at the same
// time, all get the same.
func (s *Store) InstallationKey(ctx context.Context, name, fresh string) (string, error) {
	key, err := s.installationKey(ctx, name)
	if errors.Is(err, ErrNotFound) {
		_, err = s.exec(ctx, "INSERT INTO installation_keys (name, secret, created_at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
			name, fresh, s.Now())
		if err == nil {
			key, err = s.installationKey(ctx, name)
		}
	}
	return key.Secret, wrap("read an installation key", err)
}

func (s *Store) installationKey(ctx context.Context, name string) (InstallationKey, error) {
	return row[InstallationKey](ctx, s, "SELECT * FROM installation_keys WHERE name = ?", name)
}
