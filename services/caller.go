package services

import (
	"context"

	"bailiwick/models"
)

type contextKey int

const (
	callerKey contextKey = iota
	personKey
)

// WithCaller puts the caller of a request into its context.
func WithCaller(ctx context.Context, by Caller) context.Context {
	return context.WithValue(ctx, callerKey, by)
}

// CallerFrom is the caller of a request: the zero Caller, who may nothing, outside an organization.
func CallerFrom(ctx context.Context) Caller {
	by, _ := ctx.Value(callerKey).(Caller)
	return by
}

// WithPerson puts who is signed in into the context of a request.
func WithPerson(ctx context.Context, person models.Person) context.Context {
	return context.WithValue(ctx, personKey, person)
}

// PersonFrom is who is signed in; false for an anonymous visitor.
func PersonFrom(ctx context.Context) (models.Person, bool) {
	person, ok := ctx.Value(personKey).(models.Person)
	return person, ok
}
