// Package names says how names are written, sorted and found: composed alike, as a dictionary sorts them, and by words in
// any order whatever their case and accents. It is pure, and the same on every database: lists keep what it gives beside
// each name, under a Version.
package names
