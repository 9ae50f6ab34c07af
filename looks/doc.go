// Package looks tells which names and addresses look alike to a reader although they are written with different characters.
// It is pure, and decides nothing: pages and commands warn by what it says.
package looks
