package services

import (
	"context"
	"encoding/json"
	"fmt"

	"bailiwick/models"
	"bailiwick/services/credential"
)

// DrawnFormLife is how long a form that was drawn again is found at its address.
const DrawnFormLife = KeptFormLife

// drawnForms bounds what is kept: a form is as large as a request may be, and a person may sign in often.
var drawnForms = models.DrawnFormLimits{All: 1000, OfAccount: 40}

// drawnFormsKey names the key that such forms are encrypted with, together with the secret of the session.
const drawnFormsKey = "drawn-forms"

// KeepDrawnForm keeps a form that was sent to be drawn again, and returns the mark of the address that draws it: going back there sends
// nothing. The secret of the session is what opens it, and no row has that. The caller has left out what must not be kept.
// models.ErrNoRoom where too much is kept.
func (c *Console) KeepDrawnForm(ctx context.Context, session string, form KeptForm) (mark string, _ error) {
	key, err := c.keys.get(ctx, c.store, drawnFormsKey)
	if err != nil {
		return "", err
	}
	form.At = c.now()
	text, err := json.Marshal(form)
	if err != nil {
		return "", fmt.Errorf("write a drawn form: %w", err)
	}
	mark = credential.NewToken()
	return mark, c.store.KeepDrawnForm(ctx, &models.DrawnForm{SessionID: credential.Digest(session), Mark: mark, MadeAt: form.At,
		Sealed: credential.SealFor(key, session, drawnFormAt(mark, form.Path), text)}, drawnForms)
}

// drawnFormAt is what such a form is encrypted together with.
func drawnFormAt(mark, path string) string { return "drawn form " + mark + " at " + path }

// DrawnForm is the session's form with the mark, which was sent to that path. One that is not there, was sent elsewhere or is too old is
// models.ErrNotFound.
func (c *Console) DrawnForm(ctx context.Context, session, mark, path string) (KeptForm, error) {
	row, err := c.store.DrawnForm(ctx, credential.Digest(session), mark)
	if err != nil {
		return KeptForm{}, err
	}
	if c.now().Sub(row.MadeAt) >= DrawnFormLife {
		return KeptForm{}, models.ErrNotFound
	}
	key, err := c.keys.get(ctx, c.store, drawnFormsKey)
	if err != nil {
		return KeptForm{}, err
	}
	text, err := credential.OpenFor(key, session, drawnFormAt(mark, path), row.Sealed)
	if err != nil {
		return KeptForm{}, models.ErrNotFound // it was sent to another path
	}
	var form KeptForm
	if err := json.Unmarshal(text, &form); err != nil {
		return KeptForm{}, fmt.Errorf("read a drawn form: %w", err)
	}
	return form, nil
}
