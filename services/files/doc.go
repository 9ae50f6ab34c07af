// Package files reads and writes the two files people hand to the console: the catalogue of what there is to grant, and
// the description of one organization. It turns text into plain structs and back; it knows no store, so whether a
// reference leads anywhere is asked of the caller (Organization.Check), and nothing here decides who may do what.
//
// A file is read to its end: everything that is wrong with it comes back as one error of type Problems, each with the
// line it stands on and what would be valid there. Syntax is the one exception, where the first error ends the reading.
//
// Files are YAML, of which only the plain part is understood: mappings, lists and text, in block or flow style.
// Tags, merge keys, directives, tabs and further documents are refused, so that a file means what it seems to mean; what
// all its aliases stand for is bounded, so that a small file can't become a large one.
package files
