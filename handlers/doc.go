// Package handlers translates: a request into typed values, one call of a service, the result into a page struct by a
// pure function, and the page into an answer. It decides nothing: whether a button stands on a page and whether its
// request is served are both answered by access.Rights, from the same need.
package handlers
