package services

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// ErrFormSent says that a form was sent before, or is older than any session: what it asked for is not done again.
var ErrFormSent = errors.New("the form was sent already")

// NewFormToken is for a form that must count once, since its answer shows a secret: reloading that answer sends the form
// again. The token says when it was made, so that tokens need to be remembered only as long as they are taken.
func (c *Console) NewFormToken() string {
	return strconv.FormatInt(c.now().Unix(), 36) + "." + credential.NewToken()
}

// FormSent tells whether a form with that token was sent, or its token is no longer taken.
func (c *Console) FormSent(ctx context.Context, token string) (bool, error) {
	if made, ok := formMade(token); !ok || c.now().Sub(made) > SessionLife {
		return true, nil
	}
	return c.store.FormSent(ctx, credential.Digest(token))
}

type answeringKey struct{}

// answering is the token of a question whose answer the request is.
type answering struct {
	token string
	used  bool
}

// Answering marks a request that answers a question: the first change that it makes uses up the question's token, so that the question is
// answered once. "" is no token.
func Answering(ctx context.Context, token string) context.Context {
	if token == "" {
		return ctx
	}
	return context.WithValue(ctx, answeringKey{}, &answering{token: token})
}

// answers uses up the token of the question that the request answers, in the transaction of what it asks for.
func (tx *Tx) answers(ctx context.Context) error {
	if a, ok := ctx.Value(answeringKey{}).(*answering); ok && !a.used {
		return tx.sendForm(ctx, a.token)
	}
	return nil
}

// answered notes that a change was made, so that another one of the same request is none of a question sent twice.
func answered(ctx context.Context) {
	if a, ok := ctx.Value(answeringKey{}).(*answering); ok {
		a.used = true
	}
}

// formMade is when a token was made.
func formMade(token string) (time.Time, bool) {
	made, _, _ := strings.Cut(token, ".")
	seconds, err := strconv.ParseInt(made, 36, 64)
	return time.Unix(seconds, 0), err == nil
}

// sendForm uses a form's token up, in the transaction of what the form asks for: one that fails can be sent again.
func (tx *Tx) sendForm(ctx context.Context, token string) error {
	if made, ok := formMade(token); !ok || tx.At.Sub(made) > SessionLife {
		return ErrFormSent
	}
	err := tx.Store().SendForm(ctx, credential.Digest(token), tx.At)
	if errors.Is(err, models.ErrConflict) {
		return ErrFormSent
	}
	return err
}
