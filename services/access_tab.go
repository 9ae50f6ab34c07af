package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// ResourceRef names something with an Access tab: a resource, a group or an API key.
type ResourceRef struct {
	Domain access.DomainKey
	Key    string // in addresses; "" while it is being added
}

// AccessChoice is View or Edit for one grantee.
type AccessChoice struct {
	Kind     access.GranteeKind
	Key      string
	Edit     bool
	Longer   bool  // with Edit that stands until some moment: for as long as the caller can give it (R7)
	Was      *bool // what the form was made with, true for Edit; nil where it does not say
	Revision int64 // of the grantee as the form was made; ignored while adding, where nobody else has a form

	byDefault bool // while adding: nobody chose it, but it stands so
}

// Ref is the grantee as the command line writes it: "group:KEY".
func (c AccessChoice) Ref() string { return access.Grantee{Kind: c.Kind, Key: c.Key}.Ref() }

// untouched tells whether nobody chose it: the form sends what it was made with.
func (c AccessChoice) untouched() bool { return c.Was != nil && *c.Was == c.Edit && !c.Longer }

// gives tells whether somebody wants Edit to be given now, also where it stands: for longer, or since the form knew of none.
func (c AccessChoice) gives() bool { return c.Edit && (c.Longer || c.Was != nil && !*c.Was) }

// AccessDraft is an Access tab as somebody wants it. Grantees that it does not name, and those that nobody chose for, stay as they
// are.
type AccessDraft struct {
	Revision  int64             // of the resource as the form was made; none while it is added
	Choices   []AccessChoice    // on all its pages
	Confirmed bool              // they know that they will not be able to edit it any more (R10)
	Page      models.Page       // the rows to show
	Show      models.AccessShow // which of them; "" = all
	ByLevel   bool              // those with the higher level first, and not all by name
}

// NewAccess is who is to edit something new. Where it does not name a grantee the defaults of R10 hold.
type NewAccess struct {
	Choices   []AccessChoice
	Confirmed bool // they know that they will not be able to edit it (R10)
}

func (n NewAccess) draft() AccessDraft {
	return AccessDraft{Choices: n.Choices, Confirmed: n.Confirmed}
}

// AccessTab is a page of an Access tab with a draft applied: what stands, what was chosen, and what saving makes of it (R10).
type AccessTab struct {
	Domain   *access.Domain
	Resource models.Resource // zero while it is being added
	Members  int             // of a group that the tab is about
	models.Listing[AccessRow]

	SeesGroups bool // else only the caller's own groups are there
	SeesKeys   bool
	Decides    bool // the caller may save: with edit on the resource (R10), or create while adding; not through temporary access alone (R7)
	Lent       bool // they may not, since they hold that through temporary access alone

	Changes []AccessChange      // that saving makes; while adding, of what it begins with
	Theirs  []AccessRow         // that somebody changed since the draft was made, and the draft does not
	Counts  *models.LevelCounts // of all grantees after saving; nil for who does not see all groups; without those with Custom
	Stored  *models.LevelCounts // the same before, with those
	LockOut *LockOut            // nil where the caller keeps Edit
	Newer   Modification        // who overtook the draft; zero where nobody did, or nobody is known
	Gone    []FieldError        // while adding: choices that can't be made any more, which saving refuses
	Refused error               // what saving the draft answers; nil where it is saved

	GivesUntil *time.Time // the caller can give Edit on it until then (R7); nil: for good

	adding    bool
	number    access.ResourceID                 // by which editor lists know the resource
	chosen    map[access.GranteeID]AccessChoice // by the draft, of those that leave a choice
	begin     int                               // while adding: how many groups edit it unless something else is chosen
	gives     []AccessChange                    // what saving writes: Changes, while adding with what is given by default
	overtaken bool                              // somebody changed what the draft was made from
}

// Adding tells whether what the tab is about is not there yet.
func (tab AccessTab) Adding() bool { return tab.Resource.ID == 0 }

// AccessRow is one grantee on an Access tab.
type AccessRow struct {
	models.AccessRow
	Stands access.Choice // before anything is chosen: what is stored, or the default while adding
	Edit   bool          // what is chosen, or else what stands
	Longer bool          // chosen: Edit that stands is to last for longer
	Lasts  bool          // the caller can choose that: Edit has an end, and they can give it beyond (R7)
	Member bool          // the caller is in this group
	Begins *time.Time    // while adding: Edit that it gets lasts until then; nil: for good
	Bound  string        // name of the template by which the API key views this, and can't edit it (R11); "" for all others
}

// AccessChange is one grantee whose access saving changes.
type AccessChange struct {
	AccessRow
	Lasting bool       // it stands as chosen already, and what changes is how long it lasts (R7)
	EndsAt  *time.Time // Edit lasts until then; nil: for good
	Bounded bool       // it ends then since the caller holds it no longer (R7)

	before, after access.PrivilegeSet // on the domain; of the editor list only the resource is known
	seen          int64               // revision of the grantee as the draft was made
}

// Modification is who changed something, and when.
type Modification struct {
	By string
	At time.Time
}

// AccessTab opens an Access tab and applies a draft to it, without changing anything. Who may not view Groups sees the groups they
// are a member of, who may not view API keys no keys (R10); a draft that names others is Forbidden, whether there are such or not.
func (c *Console) AccessTab(ctx context.Context, by Caller, which ResourceRef, draft AccessDraft) (AccessTab, error) {
	v := c.view(by)
	tab, err := c.judgedAccess(ctx, v, which, draft)
	if err != nil {
		return AccessTab{}, err
	}
	if err := tab.readPage(ctx, v, draft); err != nil {
		return AccessTab{}, err
	}
	return tab, nil
}

// judgedAccess is the tab with the draft applied and judged, without the page of rows: what AccessTab answers, and what SaveAccess
// saves.
func (c *Console) judgedAccess(ctx context.Context, v *view, which ResourceRef, draft AccessDraft) (AccessTab, error) {
	tab, err := c.openAccess(ctx, v, which)
	if err != nil {
		return AccessTab{}, err
	}
	if err := c.judgeAccess(ctx, v, &tab, draft); err != nil {
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
func (c *Console) openAccess(ctx context.Context, v *view, which ResourceRef) (AccessTab, error) {
	d, err := c.granular(which.Domain)
	if err != nil {
		return AccessTab{}, err
	}
	if which.Key == "" {
		tab := newAccess(v, d, toBeMade)
		if !tab.Decides && !tab.Lent {
			return AccessTab{}, Forbidden{tab.need()}
		}
		return tab, nil
	}
	if !v.By.Rights.May(ViewIn(d.Key), 0) {
		return AccessTab{}, Forbidden{ViewIn(d.Key)}
	}
	r, err := v.Resource(ctx, d.Key, which.Key)
	if err != nil {
		return AccessTab{}, err
	}
	if err := v.learn(ctx, d.Key, r.ID); err != nil {
		return AccessTab{}, err
	}
	tab := AccessTab{Domain: d, Resource: r, number: r.ID}
	tab.allow(v.By.Rights)
	tab.Members, err = v.membersOf(ctx, d, r)
	return tab, err
}

// membersOf counts the members of a group; of anything else there are none.
func (v *view) membersOf(ctx context.Context, d *access.Domain, r models.Resource) (int, error) {
	if d.Key != access.GroupsDomain {
		return 0, nil
	}
	g, err := v.GroupByID(ctx, access.GranteeID(r.ID))
	return g.Members, err
}

// toBeMade is the number of what is not stored yet. Nothing has it, and editor lists have no number 0.
const toBeMade access.ResourceID = -1

// newAccess is the tab of something that is being added under that number.
func newAccess(v *view, d *access.Domain, number access.ResourceID) AccessTab {
	tab := AccessTab{Domain: d, adding: true, number: number}
	tab.allow(v.By.Rights)
	return tab
}

// allow says what somebody with these rights sees, and whether they may save.
func (tab *AccessTab) allow(rights access.Rights) {
	tab.Decides = rights.Granting().May(tab.need(), tab.Resource.ID)
	tab.Lent = !tab.Decides && rights.May(tab.need(), tab.Resource.ID)
	tab.SeesGroups = rights.May(ViewGroups, 0)
	if end, held := rights.Granting().Until(tab.need(), tab.Resource.ID); held {
		tab.GivesUntil = endOrNil(end)
	}
	tab.SeesKeys = tab.SeesGroups && rights.May(ViewAPIKeys, 0) && tab.Domain.Key != access.APIKeysDomain
}

// need is what saving takes.
func (tab *AccessTab) need() access.Need {
	if tab.adding {
		return CreateIn(tab.Domain.Key)
	}
	return EditIn(tab.Domain.Key)
}
