// Package models stores: the rows, every query, and the migrations. It is the only importer of gorm, and no gorm type
// leaves it. What somebody may do is decided in package access, from the facts that this package reads.
//
// A Store is the whole installation, a Scope is one organization of it: every statement of a Scope names that
// organization, so that the rows of another never appear. Inside Tx and Change the same methods work on the transaction.
//
// Rows of memberships, privileges, editor lists, members and resources end, they are not deleted or edited: ended_at is
// set and a new row is added. The present is `ended_at IS NULL`, the past stays readable, and an ended row never counts.
// Expiry is not swept: reads that decide compare it with the moment that the caller passes in (R12).
//
// All times are UTC and have microseconds, which is what both databases keep.
package models
