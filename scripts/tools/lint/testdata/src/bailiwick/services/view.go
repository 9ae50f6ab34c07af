package services

import "bailiwick/models"

// Console makes views and changes.
type Console struct{ store *models.Store }

type view struct{ *models.Scope }

func (c *Console) scope() *models.Scope { return nil }

func (c *Console) view() *view { return c.viewIn(c.scope()) }

func (c *Console) viewIn(s *models.Scope) *view { return &view{s} }
