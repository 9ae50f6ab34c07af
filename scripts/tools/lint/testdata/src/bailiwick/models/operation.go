// Package models stands in for the one of the repository.
package models

// Operation is one.
type Operation string

// OpGroupRenamed has its name here.
const OpGroupRenamed Operation = "group.renamed"

var old = Operation("group.rename")

// Store opens changes.
type Store struct{}

// Change opens one.
func (*Store) Change(work func(*Scope) error) error { return work(&Scope{}) }

// In is the scope of an organization.
func (*Store) In(int) *Scope { return &Scope{} }

// Scope writes into the record.
type Scope struct{}

// Append does.
func (*Scope) Append(operations []Operation) error { return nil }
