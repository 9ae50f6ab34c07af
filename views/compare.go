package views

import (
	"strconv"

	"bailiwick/views/parts"
)

// What a comparison's address says.
var (
	CompareGroups      = parts.Filter{Name: "group", Label: "Groups"}   // once for each, in the order of the columns
	CompareMembers     = parts.Filter{Name: "member", Label: "Members"} // their numbers, likewise
	CompareShow        = parts.Filter{Name: "show", Label: "Show domains"}
	CompareSame        = parts.Filter{Name: "same", Label: "Open"}   // a service whose equal rows are open; once for each
	CompareRows        = parts.Filter{Name: "rows", Label: "Things"} // the domain of which the things are open that lists set apart
	CompareFindGroups  = parts.Control{Name: "find", Label: "Find groups"}
	CompareFindMembers = parts.Control{Name: CompareFindGroups.Name, Label: "Find members"}
)

// CompareAdd opens the choice of more, CompareDrop takes one out of it.
const (
	CompareAdd  = "add"
	CompareDrop = "drop"
)

// What a comparison shows: without a word the differences.
const (
	CompareGranted = "granted"
	CompareAll     = "all"
)

// Compare sets groups or members side by side, domain by domain.
type Compare struct {
	Page
	Filters  parts.Filters
	Show     []parts.Segment
	Tally    parts.Words // "4 of at most 8 groups"
	Error    string      // what of the address was left out
	Named    string      // "Groups compared"
	Caption  string
	Columns  []CompareColumn
	Services []CompareService
	Empty    *parts.Empty // in place of the table
	Choice   *CompareChoice
}

// CompareColumn is a group, the privileges that the catalogue gives to a built-in one, or a member.
type CompareColumn struct {
	Letter  string // "A": what stands for its name on small screens
	Name    string
	Sub     string     // the address of a member: it tells those of one name apart
	Href    string     // "" for the catalogue's
	Count   parts.Link // "31 members", "3 groups"; without a label for the catalogue's
	Note    string     // "5 domains"
	Without string     // address of the comparison without it; "" where it is no choice
}

// CompareService is a service's rows: those shown, then those that are the same.
type CompareService struct {
	Name string
	Rows []CompareRow
	Fold *Fold
	Same []CompareRow // those behind the fold, where it is open
}

// Fold is a row, or a button, in place of rows that it opens and closes.
type Fold struct {
	Text string // "15 domains are the same: None in all four"
	Href string // opens or closes it
	Open bool
}

// CompareRow is one domain, or a thing of it; it has a cell for every column.
type CompareRow struct {
	Name, Icon string // Icon: of a thing
	ID         string // that Open controls
	Differs    bool
	Cells      []CompareCell
	More       *Fold        // "31 sources differ"
	Rows       []CompareRow // the things, where they are open
	Pager      parts.Pager  // of these
	Count      string       // "1–20 of 31 sources that differ"
}

// CompareCell is what one column holds.
type CompareCell struct {
	Level, Word string
	Notes       []string   // "Can create"
	Through     parts.Link // "Interns and Leads": what gives it to a member
	List        parts.Link // "Edit on 14 of 400", to that list
}

// CompareChoice is the choice of who is compared. It is a GET form.
type CompareChoice struct {
	Title          string
	Action, Cancel string
	Of             parts.Filter  // has those who are chosen
	Search         parts.Control // finds others
	Lead           string
	Hidden         []parts.Hidden
	Chosen         []parts.Token
	Find           string
	Found          []parts.FoundLine
	More           string
	Count          string // "4 groups"
}

// width is the number of columns of the table, the domain's included.
func (c Compare) width() string { return strconv.Itoa(len(c.Columns) + 1) }

// tight tells whether there are so many columns that each has little room.
func (c Compare) tight() bool { return len(c.Columns) > 5 }

func (f Fold) expanded() string { return strconv.FormatBool(f.Open) }

// whole is the name with the address.
func (c CompareColumn) whole() string {
	if c.Sub == "" {
		return c.Name
	}
	return c.Name + " (" + c.Sub + ")"
}
