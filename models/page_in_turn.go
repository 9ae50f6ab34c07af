package models

import (
	"slices"
	"strconv"
	"strings"
)

// inTurn is one page of several lists, each behind the one before it and each by name. Its cursors are those of the lists with the
// number of the list before them; a number alone is where a list begins, or ends for who comes from behind.
func inTurn[T any](p Page, lists ...func(Page) (Listing[T], error)) (Listing[T], error) {
	if p.Limit <= 0 {
		p.Limit = PageRows
	}
	at, inner, moved := listAt(p.After, len(lists))
	if moved {
		p.After, p.Before = inner, ""
		return onward(p, at, lists)
	}
	if at, inner, moved = listAt(p.Before, len(lists)); moved {
		p.After, p.Before = "", inner
		l, err := backward(p, at, lists)
		if err != nil || len(l.Rows) > 0 || l.Looked > 0 {
			return l, err
		}
	}
	p.After, p.Before = "", ""
	return onward(p, 0, lists)
}

// listAt reads a cursor. One of another order, or made by somebody else, means none.
func listAt(cursor string, lists int) (at int, inner string, ok bool) {
	number, inner, ok := strings.Cut(cursor, ".")
	at, err := strconv.Atoi(number)
	return at, inner, ok && err == nil && at >= 0 && at < lists
}

func listCursor(at int, inner string) string { return strconv.Itoa(at) + "." + inner }

// onward fills the page from list at on.
func onward[T any](p Page, at int, lists []func(Page) (Listing[T], error)) (Listing[T], error) {
	var page Listing[T]
	limit := p.Limit
	for first := true; at < len(lists); at++ {
		p.Limit = max(limit-len(page.Rows), 1) // where the page is full already, to know whether there is more
		part, err := lists[at](p)
		if err != nil {
			return Listing[T]{}, err
		}
		if first && part.Previous != "" {
			page.Previous = listCursor(at, part.Previous)
		} else if first && at > 0 {
			page.Previous = listCursor(at-1, "")
		}
		if len(page.Rows) == limit && (len(part.Rows) > 0 || part.Looked > 0) {
			page.Next = listCursor(at, "")
			return page, nil
		}
		page.Rows = append(page.Rows, part.Rows...)
		if part.Next != "" {
			page.Next, page.Looked = listCursor(at, part.Next), part.Looked
			return page, nil
		}
		first, p.After = false, ""
	}
	return page, nil
}

// backward fills the page from list at towards the first.
func backward[T any](p Page, at int, lists []func(Page) (Listing[T], error)) (Listing[T], error) {
	var page Listing[T]
	limit := p.Limit
	for first := true; at >= 0; at-- {
		p.Limit = max(limit-len(page.Rows), 1)
		part, err := listBefore(p, lists[at])
		if err != nil {
			return Listing[T]{}, err
		}
		switch {
		case first && part.Next != "":
			page.Next = listCursor(at, part.Next)
		case first && at+1 < len(lists):
			page.Next = listCursor(at+1, "")
		}
		if len(page.Rows) == limit && (len(part.Rows) > 0 || part.Looked > 0) {
			page.Previous = listCursor(at, "")
			return page, nil
		}
		page.Rows = append(slices.Clip(part.Rows), page.Rows...)
		if part.Previous != "" {
			page.Previous, page.Looked = listCursor(at, part.Previous), part.Looked
			return page, nil
		}
		first, p.Before = false, ""
	}
	return page, nil
}

// listBefore is what stands before the cursor; without one, the end of the list, which is read from there.
func listBefore[T any](p Page, list func(Page) (Listing[T], error)) (Listing[T], error) {
	if p.Before != "" {
		return list(p)
	}
	p.Sort = "-name"
	l, err := list(p)
	if err != nil {
		return Listing[T]{}, err
	}
	slices.Reverse(l.Rows)
	l.Previous, l.Next = l.Next, ""
	return l, nil
}
