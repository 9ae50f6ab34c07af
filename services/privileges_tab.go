package services

import (
	"context"
	"time"

	"bailiwick/access"
	"bailiwick/models"
)

// Holder says whose privileges a tab is about: those of a group or an API key, or of one that is being added.
type Holder struct {
	Kind     access.GranteeKind // access.Group or access.APIKey
	Key      string             // in addresses; "" while it is being added
	Template string             // of an API key that is being added: key of a template of the catalogue
}

// PrivilegesTab is a Privileges tab with a draft applied: what stands, what was chosen, what saving would make of it, and what
// keeps the caller from that.
type PrivilegesTab struct {
	Kind     access.GranteeKind  // access.Group or access.APIKey
	Group    GroupDetail         // zero for an API key, and while adding
	APIKey   APIKeyDetail        // zero for a group, and while adding
	Template *access.KeyTemplate // of an API key; nil where it has none
	Fixed    Fixed               // why nothing can be changed here

	Domains     []PrivilegeDomain                     // all of the catalogue, in its order
	Differences []access.Difference                   // what saving would give and take
	Named       map[access.ResourceID]models.Resource // those of editor lists that the draft names
	Wrong       []FieldError                          // choices that can't be saved, no matter who asks
	Beyond      []access.Excess                       // what the caller can't give at all (R7)
	Refused     error                                 // what saving answers, if nobody saves in between; nil where it is saved
	Presets     []string                              // of the Preset menu: those that the choices amount to
	Skipped     []access.DomainKey                    // what the draft's preset would give beyond the caller (R7)
	PrivilegeWarnings

	before, after access.PrivilegeSet // of editor lists only those rows that the draft names, which is all that differs
	until         time.Time           // first end among what they can give until some moment only; zero: there is none
}

// PrivilegeDomain is one domain of a Privileges tab.
type PrivilegeDomain struct {
	*access.Domain
	Stored  access.Privilege // what stands, without its editor list
	Chosen  PrivilegeChoice  // the draft's choice, or else what stands
	IfSaved access.Privilege // what saving makes of it, with the ends that come with what the caller holds until some moment (R7)

	Barred       string                // why the group or key can hold nothing here, no matter who gives it (R11); "" where it can
	Own          access.Level          // the caller's, as far as it counts for giving
	Beyond       map[access.Level]bool // the levels that the caller can't give (R7)
	BeyondCreate bool                  // nor Can Create beside another level
	LastsIfSaved bool                  // the level has an end, which goes if the caller saves it as it is (R7)
	Changes      int                   // differences about it
	List         *EditorList           // nil where there is no Custom to give, or the caller may not view what is in the domain (R15)
}

// Fixed says why nothing can be changed on a Privileges tab.
type Fixed int

// NotFixed is that of a tab that can be changed.
const (
	NotFixed            Fixed = iota
	FixedAdministrators       // Administrators always holds the highest of everything (R8)
	FixedTemplate             // the template of the API key decides
	FixedWithoutEdit          // the caller may not edit the group or key
)

// Holder is the group or API key; zero while it is being added.
func (tab PrivilegesTab) Holder() models.Resource {
	if tab.Kind == access.APIKey {
		return tab.APIKey.Resource
	}
	return tab.Group.Resource
}

func (tab PrivilegesTab) grantee() access.GranteeID { return access.GranteeID(tab.Holder().ID) }

// wrong notes a choice that can't be saved: that on the domain, or of a key in its editor list.
func (tab *PrivilegesTab) wrong(d access.DomainKey, key, text string) {
	tab.Wrong = append(tab.Wrong, FieldError{Field: "Privileges", Domain: d, Key: key, Text: text})
}

// PrivilegesTab opens a Privileges tab and applies a draft to it, without changing anything. Who may not view what it is about
// is refused before that is looked up (R15). The number of statements depends on how many domains have Custom, and on how many
// of them the draft names rows, never on how much there is in them.
func (c *Console) PrivilegesTab(ctx context.Context, by Caller, which Holder, draft PrivilegesDraft) (PrivilegesTab, error) {
	v := c.view(by)
	tab, err := c.privilegesOf(ctx, v, which)
	if err != nil {
		return PrivilegesTab{}, err
	}
	if err := c.applyDraft(ctx, v, &tab, draft); err != nil {
		return PrivilegesTab{}, err
	}
	if err := c.judgeDraft(ctx, v, &tab, draft); err != nil {
		return PrivilegesTab{}, err
	}
	return tab, nil
}

// judgeDraft reads the editor lists that are open into a tab with a draft applied, and says what each choice means.
func (c *Console) judgeDraft(ctx context.Context, v *view, tab *PrivilegesTab, draft PrivilegesDraft) error {
	if err := c.readLists(ctx, v, tab, draft.Lists); err != nil {
		return err
	}
	c.judgePrivileges(v.By, tab)
	return nil
}

// privilegesOf finds the group or API key, or asks whether the caller may add one.
func (c *Console) privilegesOf(ctx context.Context, v *view, which Holder) (PrivilegesTab, error) {
	switch {
	case which.Key == "" && which.Kind == access.APIKey:
		return PrivilegesTab{Kind: which.Kind, Template: c.catalog.Template(which.Template)}, v.must(ctx, CreateAPIKey, 0)
	case which.Key == "":
		return PrivilegesTab{Kind: which.Kind}, v.must(ctx, CreateGroup, 0)
	case which.Kind == access.APIKey:
		key, err := v.apiKeyDetail(ctx, which.Key)
		if err != nil {
			return PrivilegesTab{}, err
		}
		return privilegesOfKey(key), nil
	}
	group, err := v.groupDetail(ctx, which.Key)
	if err != nil {
		return PrivilegesTab{}, err
	}
	return privilegesOfGroup(group), nil
}

func privilegesOfGroup(group GroupDetail) PrivilegesTab {
	tab := PrivilegesTab{Kind: access.Group, Group: group}
	switch {
	case group.Administrators:
		tab.Fixed = FixedAdministrators
	case !group.Editable():
		tab.Fixed = FixedWithoutEdit
	}
	return tab
}

func privilegesOfKey(key APIKeyDetail) PrivilegesTab {
	tab := PrivilegesTab{Kind: access.APIKey, APIKey: key, Template: key.Template}
	switch {
	case !key.Editable():
		tab.Fixed = FixedWithoutEdit
	case !key.Template.Chosen():
		tab.Fixed = FixedTemplate
	}
	return tab
}

// readLevels reads the stored levels, without editor lists. What is being added has none.
func (c *Console) readLevels(ctx context.Context, v *view, tab *PrivilegesTab) error {
	tab.before, tab.after, tab.Named = access.PrivilegeSet{}, access.PrivilegeSet{}, map[access.ResourceID]models.Resource{}
	switch id := tab.grantee(); {
	case tab.Group.Administrators:
		tab.before = c.catalog.Max()
	case id != 0:
		sets, err := v.LevelsOf(ctx, []access.GranteeID{id})
		if err != nil {
			return err
		}
		tab.before = sets[id].Clean(c.catalog)
	}
	stored := tab.before
	if tab.Kind == access.APIKey {
		stored = tab.Template.Held(c.catalog, stored)
	}
	tab.Domains = make([]PrivilegeDomain, len(c.catalog.Domains()))
	for i, d := range c.catalog.Domains() {
		p := stored[d.Key]
		tab.Domains[i] = PrivilegeDomain{Domain: d, Stored: p, Chosen: PrivilegeChoice{Level: p.Level, CanCreate: p.CanCreate}, Barred: tab.bars(d)}
	}
	return nil
}

// bars says why the group or key can hold nothing on the domain, no matter who gives it (R11); "" where it can.
func (tab PrivilegesTab) bars(d *access.Domain) string {
	switch {
	case tab.Kind != access.APIKey || !tab.Template.Forbids(d):
		return ""
	case d.NoAPIKeys:
		return "No API key can hold a privilege here."
	}
	return "A key of the template " + tab.Template.Name + " can’t hold a privilege here."
}
