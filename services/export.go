package services

import (
	"context"
	"io"
	"slices"

	"bailiwick/services/files"
)

// ExportOptions say what of an organization is written.
type ExportOptions struct {
	ChangedOnly bool // no built-in group that is as the catalogue has it
}

// Export writes the organization as a file in the one canonical order. Applying it changes nothing, and exporting again
// writes the same bytes. What the catalogue no longer has is left out (R17), and so are secrets. models.ErrNotFound
// where there is no such organization. Only the operator exports: the file shows everything.
func (c *Console) Export(ctx context.Context, organization string, options ExportOptions, w io.Writer) error {
	o, err := c.namedOrganization(ctx, organization)
	if err != nil {
		return err
	}
	inv, err := c.takeInventory(ctx, c.store.In(o.ID))
	if err != nil {
		return err
	}
	file := inv.file()
	if options.ChangedOnly {
		file.Groups = slices.DeleteFunc(file.Groups, inv.untouched)
	}
	return files.WriteOrganization(w, file)
}

// untouched tells of a built-in group that is as the catalogue has it: applying a file makes it so, and leaves it so.
func (inv *inventory) untouched(g files.Group) bool {
	for _, template := range inv.catalog.BuiltIn {
		if template.Key == inv.groups[g.Key].BuiltIn {
			return g.Key == template.Key && g.Name == template.Name && g.Description == "" &&
				(template.Administrators || len(privilegeDetails(inv.catalog, g.Privileges, filedSet(builtInSet(inv.catalog, template), inv.keys))) == 0)
		}
	}
	return false
}
