// Package parts draws what pages are made of: listings, forms and their fields, questions, remarks. Each part is a struct of
// strings ready to show, and a component that places them. Package views puts them together; a part knows no page.
package parts
