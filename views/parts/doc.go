// Package parts draws what pages are made of: listings, forms, their fields, questions, remarks. Each part is a struct of
// strings ready to show and a component that places them, as in package views, which puts them together. A part knows no
// page.
package parts
