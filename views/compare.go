package views

import (
	"strconv"

	"bailiwick/views/parts"
)

// What a comparison's address says.
var (
	CompareGroups = parts.Filter{Name: "group", Label: "Groups"} // once for each, in the order of the columns
	CompareShow   = parts.Filter{Name: "show", Label: "Show domains"}
	CompareSame   = parts.Filter{Name: "same", Label: "Open"}   // a service whose equal rows are open; once for each
	CompareRows   = parts.Filter{Name: "rows", Label: "Things"} // the domain of which the things are open that lists set apart
	CompareFind   = parts.Control{Name: "find", Label: "Find groups"}
)

// CompareAdd opens the choice of groups, CompareDrop takes one out of it.
const (
	CompareAdd  = "add"
	CompareDrop = "drop"
)

// What a comparison shows: without a word the differences.
const (
	CompareGranted = "granted"
	CompareAll     = "all"
)

// Compare sets groups side by side, domain by domain.
type Compare struct {
	Page
	Filters  parts.Filters
	Show     []parts.Segment
	Tally    parts.Words // "4 of at most 8 groups"
	Error    string      // what of the address was left out
	Caption  string
	Columns  []CompareColumn
	Services []CompareService
	Empty    *parts.Empty // in place of the table
	Choice   *CompareChoice
}

// CompareColumn is a group, or the privileges that the catalogue gives to a built-in one.
type CompareColumn struct {
	Letter  string // "A": what stands for its name on small screens
	Name    string
	Href    string     // "" for the catalogue's
	Members parts.Link // "31 members"; without a label for the catalogue's
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
	List        parts.Link // "Edit on 14 of 400", to that list
}

// CompareChoice is the choice of groups to compare. It is a GET form.
type CompareChoice struct {
	Action, Cancel string
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
