package models

// Page is which part of a list is asked for.
type Page struct {
	Query         string // what the name contains, in any case; "" = everything
	Sort          string // a column of the list, with "-" before it from the highest down; "" = name
	After, Before string // a cursor of a Listing; at most one is given; what can't be read is the first page
	Limit         int    // rows; 0 = 50
}

// Listing is one page of rows, with the cursors to its neighbours.
type Listing[T any] struct {
	Rows     []T
	Next     string // for Page.After; "" = this is the last page
	Previous string // for Page.Before; "" = this is the first page
}
