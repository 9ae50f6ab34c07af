// Package words says everywhere in the same way what the console says again and again: numbers with their nouns, lists, moments
// and lengths of time, levels and what they are on, and refusals. It is pure: no clock, no database, no HTTP.
//
// Names that a catalogue gives are printed as they are written there: nothing here changes their capitals. What stands inside
// a sentence is a noun of a domain's things, which the catalogue writes as a sentence does ("query pipeline", "API key").
package words
