// Package services stands in for the one of the repository.
package services

import "bailiwick/models"

// Tx is a change.
type Tx struct{ *models.Scope }

func open(store *models.Store, operation models.Operation, work func(*Tx) error) error {
	return store.Change(func(s *models.Scope) error {
		if operation == "" {
			return nil
		}
		return work(&Tx{s})
	})
}

func (c *Console) newTx(s *models.Scope) *Tx { return &Tx{s} }

func (c *Console) change() *Tx { return c.newTx(c.view().Scope) }
