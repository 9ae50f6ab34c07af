package services

func (tx *Tx) write() error { return tx.Append(nil) }
