package handlers

import (
	"bailiwick/models"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// partial says in a listing that its page looked at only some of the rows (models.Listing.Looked), and how to go on: resources in none
// of very long editor lists, and who holds nothing besides on a domain. All other lists find what they are asked for.
func partial[T any](q query, address string, of words.Noun, page models.Listing[T], listing *parts.Listing) {
	if page.Looked == 0 {
		return
	}
	among := of.Count(page.Looked)
	listing.Count = words.Number(len(page.Rows)) + " matching among the " + among + " looked at"
	if len(page.Rows) > 0 {
		return
	}
	listing.Empty = &parts.Empty{Icon: "search", Title: "No match among these " + among,
		Text: "There are too many to search all of them in one step. Search the next ones, in the order of the list."}
	if page.Next != "" {
		listing.Empty.Action = &parts.Link{Label: "Search the next ones", Href: with(address, append(q.pairs(), parts.AfterName, page.Next)...)}
	}
}
