package views

import "bailiwick/views/parts"

// Names of the controls of a Privileges tab. Those of every form are in parts. The domain is its key in the catalogue,
// SERVICE/DOMAIN.
const (
	PrivilegesShow   = "show"   // granted, changed, or all
	PrivilegesPreset = "preset" // button: replaces every level by those of the preset of this key
	PrivilegesUndo   = "undo"   // button: forgets the choices on this domain
	PrivilegesList   = "list"   // button: opens this domain's editor list, and shows all of it
	PrivilegesAll    = "all"    // buttons of a list: set all that it shows on any page, see AllControl

	PrivilegesConfirm = "confirm_lockout" // box: the viewer knows that they lock themselves out
)

// Names of the filters of an editor list, see parts.InList, with the values of the first. Everything is shown where it has none.
const (
	ListShow     = "show"
	EditsShown   = "can-edit"
	ChangedShown = "changed"
	ListType     = "type"
)

// ListOrder is the order of an editor list: EditsFirst, or by name where it has no value.
const (
	ListOrder  = "order"
	EditsFirst = "edit-first"
)

// LevelControl names the choice of a domain's level.
func LevelControl(domain string) string { return "level." + domain }

// CreateControl names a domain's box Can create: yes where it is ticked.
func CreateControl(domain string) string { return "create." + domain }

// RowControl names the choice on one resource of a domain's editor list: view or edit.
func RowControl(domain, key string) string { return "edit." + domain + "." + key }

// RowsControl names the list of the keys on the page of a domain's editor list that can be chosen about, with blanks between.
func RowsControl(domain string) string { return "rows." + domain }

// RefusedControl names the list of the keys whose Edit was refused.
func RefusedControl(domain string) string { return "refused." + domain }

// CarriedControl names the unsaved choices on other pages of the list: KEY=view or KEY=edit, with blanks between.
func CarriedControl(domain string) string { return "carry." + domain }

// PrivilegesWas names what the form was made with: SERVICE/DOMAIN=LEVEL for each domain with a level, with +create behind it where
// Can create was ticked, and blanks between. The rows of a list stand under parts.Was of RowsControl, as KEY=view or KEY=edit.
const PrivilegesWas = "was.levels"

// AllControl names the buttons that set all that a list shows: view or edit.
func AllControl(domain string) string { return parts.InList(PrivilegesAll, domain) }

// PrivilegesTab is what one grantee, a group or an API key, may do, service by service. One form holds every choice. A button
// without a name saves; all others draw the tab again with the choices kept.
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

	Query     string // the domain filter, as typed
	Show      []ShowChoice
	Addressed bool // its address can say what of the domains it shows
	Reach     parts.Reach
	Tally     string // "7 of 59 domains"
	Preset    PresetMenu

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
	People    parts.Link // everybody who can reach the domain; without an address: the viewer may not see that
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
	return d.Custom != nil && d.Custom.Changed
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
