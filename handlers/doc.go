// Package handlers translates: a request into typed values, one call of a service, its result into a page struct, and the
// page into an answer. The functions in between are pure. It decides nothing: access.Rights answers whether a button stands
// on a page and whether its request is served, from the same need.
package handlers
