package services

import (
	"context"
	"io"

	"bailiwick/services/files"
)

// Export writes the organization as a file in the one canonical order. Applying it changes nothing, and exporting again
// writes the same bytes. What the catalogue no longer has is left out (R17), and so are secrets. models.ErrNotFound
// where there is no such organization. Only the operator exports: the file shows everything.
func (c *Console) Export(ctx context.Context, organization string, w io.Writer) error {
	o, err := c.namedOrganization(ctx, organization)
	if err != nil {
		return err
	}
	inv, err := c.takeInventory(ctx, c.store.In(o.ID))
	if err != nil {
		return err
	}
	return files.WriteOrganization(w, inv.file())
}
