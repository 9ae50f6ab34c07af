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

// sendForm uses a form's token up, in the transaction of what the form asks for: one that fails can be sent again.
func (tx *Tx) sendForm(ctx context.Context, token string) error {
	made, _, _ := strings.Cut(token, ".")
	seconds, err := strconv.ParseInt(made, 36, 64)
	if err != nil || tx.At.Sub(time.Unix(seconds, 0)) > SessionLife {
		return ErrFormSent
	}
	err = tx.Store().SendForm(ctx, credential.Digest(token), tx.At)
	if errors.Is(err, models.ErrConflict) {
		return ErrFormSent
	}
	return err
}
