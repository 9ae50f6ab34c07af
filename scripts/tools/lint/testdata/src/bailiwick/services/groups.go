package services

import "bailiwick/models"

func rename(store *models.Store) error {
	return open(store, models.OpGroupRenamed, func(*Tx) error { return nil })
}

func byHand(store *models.Store, typed string) error {
	if err := open(store, "group.renamed", nil); err != nil { // want `a text is no operation`
		return err
	}
	var operation = models.OpGroupRenamed
	if operation == "group.created" { // want `a text is no operation`
		operation = models.Operation(typed) // want `a text is no operation`
	}
	tx := Tx{}                                                       // want `a change made by hand`
	if err := tx.Append([]models.Operation{operation}); err != nil { // want `written into the record by hand`
		return err
	}
	return store.Change(func(s *models.Scope) error { // want `a change opened by hand`
		return s.Append(nil) // want `written into the record by hand`
	})
}

func askedByHand(c *Console) []any {
	v := &view{}                                               // want `a view made by hand`
	scope := c.scope()                                         // want `a question asked of the store by hand`
	tx := c.newTx(nil)                                         // want `a change made by hand`
	other := c.viewIn(scope)                                   // want `a view of somebody else`
	return []any{v, scope, tx, other, c.view(), c.store.In(1)} // want `what somebody asks takes a view`
}
