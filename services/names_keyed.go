package services

import "context"

// KeyNames writes what names sort by and are found by where that is missing or was written by another version. It goes on
// where it was stopped, and others work meanwhile.
func (c *Console) KeyNames(ctx context.Context) error { return c.store.FillKeys(ctx) }

// FindsAnyPart tells whether lists find words by any part of them, and not by their beginnings alone.
func (c *Console) FindsAnyPart(ctx context.Context) (bool, error) { return c.store.FindsAnyPart(ctx) }
