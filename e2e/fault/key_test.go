package fault

import (
	"context"
	"errors"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/files"
)

// applicationKey is an application that holds the secret of an API key and asks an instance of its own, since pages take
// no keys.
type applicationKey struct {
	console *services.Console
	secret  string
}

func newApplicationKey(t *testing.T, db database) applicationKey {
	t.Helper()
	ctx := context.Background()
	store, err := models.Open(ctx, models.Config{URL: db.url, Clock: now})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	console := services.New(services.Config{Store: store, Catalog: files.DefaultCatalog(), Now: now})
	o, err := store.OrganizationByKey(ctx, "acme")
	must(t, err)
	issued, err := console.RotateAPIKey(ctx, console.Operator(o), "connector", services.Rotation{Once: console.NewFormToken()})
	must(t, err)
	return applicationKey{console, issued.Secret}
}

func now() time.Time { return time.Now().UTC() }

// opens tells whether the key still lets the application in.
func (k applicationKey) opens() (bool, error) {
	_, err := k.console.AuthenticateKey(context.Background(), k.secret, "127.0.0.1")
	if errors.Is(err, services.ErrKeyDisabled) {
		return false, nil
	}
	return err == nil, err
}
