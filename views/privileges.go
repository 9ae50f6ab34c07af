package views

import "bailiwick/views/parts"

// PrivilegesTab is what one grantee (a group now, an API key later) may do, service by service. One form holds every
// choice. DOMAIN being SERVICE/DOMAIN as in the catalogue, it sends level.DOMAIN, create.DOMAIN=yes, edit.DOMAIN.KEY=view
// or edit for each resource listed in rows.DOMAIN (blanks between), and carry.DOMAIN=KEY=edit for unsaved choices of other
// pages of that list. A button without a name saves. All others draw the tab again with the choices kept: step=review and
// step=filter (q, show, q.DOMAIN), undo=DOMAIN, preset=KEY, list=DOMAIN, all.DOMAIN=view or edit, page.DOMAIN=CURSOR (first
// for the first page), and tab=NAME while adding.
type PrivilegesTab struct {
	Page
	Action   string
	Preview  string         // POST address that answers Fragment for the choices as they stand; empty draws no live preview
	Hidden   []parts.Hidden // revision
	Name     *parts.Field   // adding: the grantee's name, so that nothing typed is lost between the tabs
	Conflict *parts.Conflict
	Errors   []parts.FieldError
	ReadOnly string // what is needed to change this, in words; empty when the viewer may change it
	Advice   string // grant the least that suffices
	Skipped  string // what a preset could not give, in words

	Query  string // the domain filter, as typed
	Show   []ShowChoice
	Reach  parts.Reach
	Tally  string // "7 of 59 domains"
	Preset PresetMenu

	Services []PrivilegeService
	Nothing  string // shown when the filter leaves no domain
	SaveBar  parts.SaveBar
}

// ShowChoice is one of All, Granted and Changed above the domains.
type ShowChoice struct {
	Value, Label string // "granted", "Granted 6"
	Checked      bool
}

// PresetMenu replaces every level at once; nothing is saved by it.
type PresetMenu struct {
	Label   string // name of the preset that matches the levels as they stand, else Custom
	Presets []Preset
}

// Preset is one entry of the menu.
type Preset struct {
	Key, Name, Note string // Note: "9 domains"
	Current         bool
}

// PrivilegeService is a section of the tab.
type PrivilegeService struct {
	ID      string // fit for an id attribute
	Name    string
	Granted string // "3 of 4 granted"
	Unsaved string // "2 unsaved", empty for none; its id is unsaved-ID
	Domains []PrivilegeDomain
	Hidden  bool // the filter leaves none of its domains
}

// PrivilegeDomain is one row: a domain and the choice of its level.
type PrivilegeDomain struct {
	Key       string // SERVICE/DOMAIN
	ID        string // d-SERVICE-DOMAIN
	Name      string
	Sensitive bool
	Choices   []LevelChoice // None first, the strongest last
	Level     string        // the level as it stands, for the read-only view: view, custom, push_and_view
	LevelWord string        // "View all"
	Allows    string        // read-only view: what that level allows
	Was       string        // the stored level in words: "View", "View all, Can create"
	Create    CreateChoice
	Note      string // why options are locked, in words
	Error     string
	Hidden    bool // the filter leaves it out; its choice is still submitted
	Custom    *EditorList
}

// LevelChoice is one level that a domain offers.
type LevelChoice struct {
	Value, Label string // "view", "View all"
	Allows       string // what it lets somebody do
	Checked      bool
	Stored       bool   // what is saved now
	Locked       string // why the viewer can't give it; empty when they can
}

// CreateChoice says how Can create stands beside the levels (R4).
type CreateChoice struct {
	Offered  bool // a box of its own beside View all and Custom
	Included bool // Edit brings it
	Checked  bool
	Stored   bool
	Locked   string
}

// carries reports that unsaved choices of this domain stand on other pages of its list, where no radio shows them.
func (d PrivilegeDomain) carries() bool {
	return d.Custom != nil && len(d.Custom.Carried) > 0
}

// anchored makes a button's answer scroll back to the row that it was pressed in.
func (d PrivilegeDomain) anchored(action string) string {
	return action + "#" + d.ID
}

// creates reports whether the level as it stands includes creation, for the read-only view.
func (d PrivilegeDomain) creates() bool {
	return d.Create.Checked || d.Create.Included && d.Level == "edit"
}

func (c CreateChoice) stored() string {
	if c.Stored {
		return "on"
	}
	return "off"
}
