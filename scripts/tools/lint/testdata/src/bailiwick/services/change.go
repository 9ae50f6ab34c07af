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
