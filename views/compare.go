package views

import (
	"strconv"

	"bailiwick/views/parts"
)

// What a comparison is made of.
var (
	CompareGroups      = parts.Filter{Name: "group", Label: "Groups"}
	CompareDifferences = parts.Filter{Name: "differences", Label: "Only differences"}
)

// Compare sets groups side by side, domain by domain.
type Compare struct {
	Page
	Action          string // GET: group=KEY once per column, differences=on, q=Find
	Find            string // what the names of the groups to choose from contain
	Picks           []ComparePick
	Limit           string // "Up to four groups."
	Error           string
	OnlyDifferences bool
	Columns         []CompareColumn
	Services        []CompareService
	Tally           string // "12 of 59 domains differ"
	Nothing         string // fewer than two columns, or no difference: said in words
}

// ComparePick is a group that can be compared.
type ComparePick struct {
	Key, Name, Note string // Note: "7 domains"
	Checked         bool
}

// CompareColumn is a group, or the privileges that the catalogue gives to a built-in one.
type CompareColumn struct {
	Name, Note string
}

// CompareService is a service's rows.
type CompareService struct {
	Name string
	Rows []CompareRow
}

// CompareRow is one domain; it has a cell for every column.
type CompareRow struct {
	Domain  string
	Differs bool
	Cells   []CompareCell
}

// CompareCell is what one column holds on the domain.
type CompareCell struct {
	Level, Word string
	Note        string // "Can create", "2 sources"; may be empty
}

// width is the number of columns of the table, the domain's included.
func (c Compare) width() string { return strconv.Itoa(len(c.Columns) + 1) }

func (c CompareColumn) label() string {
	if c.Note == "" {
		return c.Name
	}
	return c.Name + ", " + c.Note
}
