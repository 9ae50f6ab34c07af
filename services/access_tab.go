package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// Shared says whose Access tab it is: that of a group, an API key or a resource.
type Shared struct {
	Domain access.DomainKey
	Key    string // in addresses; "" while it is being added
}

// AccessChoice is View or Edit for one grantee.
type AccessChoice struct {
	Kind     access.GranteeKind
	Key      string
	Edit     bool
	Revision int64 // of the grantee as the form was made; ignored while adding, where nobody else has a form
}

// Ref is the grantee as the command line writes it: "group:KEY".
func (c AccessChoice) Ref() string { return access.Grantee{Kind: c.Kind, Key: c.Key}.Ref() }

// AccessDraft is an Access tab as somebody wants it. Grantees that it does not name stay as they are.
type AccessDraft struct {
	Choices   []AccessChoice // on all its pages
	Confirmed bool           // they know that they will not be able to edit it any more (R10)
	Page      models.Page    // the rows to show
}

// AccessTab is a page of an Access tab with a draft applied: what stands, what was chosen, and what saving would make of it (R10).
type AccessTab struct {
	Domain   *access.Domain
	Resource models.Resource // zero while it is being added
	Rows     []AccessRow
	Next     string // cursors of the pages beside this one
	Previous string

	SeesGroups bool // else only the caller's own groups are there
	SeesKeys   bool
	Decides    bool // the caller may save: with edit on the resource (R10), or create while adding; not through temporary access alone (R7)
	Lent       bool // they may not, since they hold that through temporary access alone

	Changes []AccessChange
	Counts  *models.LevelCounts // of all grantees after saving; nil for who does not see all groups
	LockOut *AccessLockOut      // nil where the caller keeps Edit
	Changed int                 // by saving the draft: how many grantees
	Newer   Saved               // who overtook a draft that was refused as stale; zero where nobody is known
}

// AccessRow is one grantee on an Access tab.
type AccessRow struct {
	models.AccessRow
	Stands access.Choice // before anything is chosen: what is stored, or the default while adding
	Edit   bool          // what is chosen, or else what stands
	Member bool          // the caller is in this group
}

// AccessChange is one grantee whose access saving would change.
type AccessChange struct {
	AccessRow
	EndsAt *time.Time // Edit lasts until then, as the caller holds it no longer (R7); nil: for good

	seen int64 // revision of the grantee as the draft was made
}

// AccessLockOut warns the caller that they could not edit the resource any more after saving (R10).
type AccessLockOut struct {
	Editors []string       // these still could: names of some groups, where the caller may view groups
	Keep    access.Grantee // one of the caller's groups that loses Edit by the draft; zero where none does
}

// Saved is who saved something, and when.
type Saved struct {
	By string
	At time.Time
}

// AccessTab opens an Access tab and applies a draft to it, without changing anything. Who may not view Groups sees the groups they
// are a member of, who may not view API keys no keys (R10); a draft that names others is Forbidden, whether there are such or not.
func (c *Console) AccessTab(ctx context.Context, by Caller, which Shared, draft AccessDraft) (AccessTab, error) {
	v := c.view(by)
	tab, err := c.openAccess(ctx, v, which)
	if err != nil {
		return AccessTab{}, err
	}
	if err := tab.read(ctx, v, draft); err != nil {
		return AccessTab{}, err
	}
	if err := c.applyAccess(ctx, v, &tab, draft); err != nil {
		return AccessTab{}, err
	}
	if err := c.judgeAccess(ctx, v, &tab); err != nil {
		return AccessTab{}, err
	}
	return tab, nil
}

// granular is a domain with Access tabs.
func (c *Console) granular(key access.DomainKey) (*access.Domain, error) {
	d := c.catalog.Domain(key)
	if d == nil || !d.Granular() {
		return nil, models.ErrNotFound
	}
	return d, nil
}

// openAccess finds what the tab is about, and what the caller sees and may do there; their rights know it then.
func (c *Console) openAccess(ctx context.Context, v *view, which Shared) (AccessTab, error) {
	d, err := c.granular(which.Domain)
	if err != nil {
		return AccessTab{}, err
	}
	tab := AccessTab{Domain: d}
	need := ViewIn(d.Key)
	if which.Key == "" {
		need = CreateIn(d.Key)
	}
	if !v.By.Rights.May(need, 0) {
		return AccessTab{}, Forbidden{need}
	}
	if which.Key != "" {
		if tab.Resource, err = v.Resource(ctx, d.Key, which.Key); err != nil {
			return AccessTab{}, err
		}
		if err := v.learn(ctx, d.Key, tab.Resource.ID); err != nil {
			return AccessTab{}, err
		}
		need = EditIn(d.Key)
	}
	tab.Decides = v.By.Rights.Granting().May(need, tab.Resource.ID)
	tab.Lent = !tab.Decides && v.By.Rights.May(need, tab.Resource.ID)
	tab.SeesGroups = v.By.Rights.May(ViewGroups, 0)
	tab.SeesKeys = tab.SeesGroups && v.By.Rights.May(ViewAPIKeys, 0) && d.Key != access.APIKeysDomain
	return tab, nil
}

// read reads the page of rows that the draft asks for, and counts all of them for who sees all.
func (tab *AccessTab) read(ctx context.Context, v *view, draft AccessDraft) error {
	filter := models.AccessFilter{Page: draft.Page}
	if !tab.SeesKeys {
		filter.Kind = access.Group
	}
	if !tab.SeesGroups {
		filter.OnlyGrantees = append([]access.GranteeID{}, v.By.Grantees()...)
	}
	found, err := v.AccessRows(ctx, tab.Domain.Key, tab.Resource.ID, filter)
	if err != nil {
		return err
	}
	tab.Next, tab.Previous = found.Next, found.Previous
	for _, row := range found.Rows {
		tab.Rows = append(tab.Rows, tab.row(v.By, row))
	}
	if !tab.SeesGroups {
		return nil
	}
	counts, err := v.CountLevels(ctx, tab.Domain.Key, tab.Resource.ID)
	if err != nil {
		return err
	}
	if !tab.SeesKeys {
		delete(counts, access.APIKey)
	}
	tab.Counts = &models.LevelCounts{}
	for _, n := range counts {
		tab.Counts.Edit, tab.Counts.View, tab.Counts.None = tab.Counts.Edit+n.Edit, tab.Counts.View+n.View, tab.Counts.None+n.None
	}
	return nil
}

// row is a grantee before anything is chosen: as it is stored, or by the default while adding.
func (tab *AccessTab) row(by Caller, stored models.AccessRow) AccessRow {
	row := AccessRow{AccessRow: stored, Member: stored.Grantee.Kind == access.Group && by.In(stored.Grantee.ID)}
	level := levelOf(tab.Domain, stored)
	if tab.Resource.ID == 0 {
		row.Stands = tab.Domain.AccessDefault(level, row.Member)
	} else {
		row.Stands = tab.Domain.AccessChoice(level, stored.Listed)
	}
	row.Edit = row.Stands.Level == access.LevelEdit
	return row
}

// levelOf is what the grantee holds on the domain; Administrators the highest, whatever is stored (R8).
func levelOf(d *access.Domain, row models.AccessRow) access.Level {
	if row.Grantee.Administrators {
		return d.Highest()
	}
	return row.Level
}
