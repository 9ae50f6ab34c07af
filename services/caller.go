package services

import (
	"context"

	"bailiwick/models"
)

type contextKey int

const (
	callerKey contextKey = iota
	sessionKey
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

// WithSession puts who is signed in, and how, into the context of a request.
func WithSession(ctx context.Context, session Session) context.Context {
	return context.WithValue(ctx, sessionKey, session)
}

// SessionFrom is the session of a request; false for an anonymous visitor.
func SessionFrom(ctx context.Context) (Session, bool) {
	session, ok := ctx.Value(sessionKey).(Session)
	return session, ok
}

// PersonFrom is who is signed in; false for an anonymous visitor.
func PersonFrom(ctx context.Context) (models.Person, bool) {
	session, ok := SessionFrom(ctx)
	return session.Person, ok
}
