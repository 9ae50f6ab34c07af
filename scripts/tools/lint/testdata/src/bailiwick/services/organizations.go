package services

func (c *Console) createOrganization() *Tx { return c.newTx(nil) }
