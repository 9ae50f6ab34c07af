// Package access decides who may do what. It is pure: no clock, no database, no HTTP, no error to forget. Facts are
// complete before deciding starts, the moment is a parameter, and the zero value of everything denies.
//
// A Catalog says what there is to grant. A Grant is one access level on one domain, held through a group, an API key
// or a temporary access; an Entry is one row of an editor list. Resolve turns the facts about one subject into Rights,
// which answer every question. There are no deny rules, the highest wins:
//
//	level            abilities                            on a listed resource   Can Create
//	None             –                                    –                      never
//	View             view                                 view                   a box, where independent
//	Custom           view                                 view, edit             a box, where independent
//	Edit             view, edit                           view, edit             included, where the domain creates
//	Allowed          allowed                              –                      –
//	Push             push                                 –                      –
//	Push and view    push, view                           –                      –
//
//	one holds        another holds     together
//	Custom           View              Custom, with the one editor list
//	Custom           Custom            Custom, with both editor lists
//	anything         Edit              Edit
//	View             Push              Push and view
//	View             Can Create        both
//
// What is not here: who is a member of what (models), whether a resource exists (services), and how a refusal reads
// (handlers). The rules named R1 to R17 in comments are those of docs/rules.md.
package access
