package services

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// ErrFormSent says that a form was sent before, or was open for longer than any session: what it asked for is not done again.
var ErrFormSent = errors.New("the form was sent already")

// NewFormToken is for what must count once: a form that makes a secret, or a question above a list, which going back leads to again. The
// token says when it was made, so that tokens need to be remembered only as long as they are taken.
func (c *Console) NewFormToken() string {
	return strconv.FormatInt(c.now().Unix(), 36) + "." + credential.NewToken()
}

// FormInTime tells whether a form with that token is taken, if it was not sent before. What is no token is never taken, nor is one that is
// older than any session.
func (c *Console) FormInTime(token string) bool { return formInTime(token, c.now()) }

func formInTime(token string, at time.Time) bool {
	made, ok := formMade(token)
	return ok && at.Sub(made) <= SessionLife
}

// FormSent tells whether the person who is signed in sent a form with that token.
func (c *Console) FormSent(ctx context.Context, token string) (bool, error) {
	return c.store.FormSent(ctx, formID(ctx, token))
}

// formID is what is remembered of a sent form: the token together with who sent it. The token of a question stands in its address, so
// anybody can put one into a link. Whoever uses it up does so for themselves only.
func formID(ctx context.Context, token string) string {
	person, _ := PersonFrom(ctx)
	return credential.Digest(fmt.Sprintf("%d %s", person.ID, token))
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
	if !formInTime(token, tx.At) {
		return ErrFormSent
	}
	err := tx.Store().SendForm(ctx, formID(ctx, token), tx.At)
	if errors.Is(err, models.ErrConflict) {
		return ErrFormSent
	}
	return err
}
