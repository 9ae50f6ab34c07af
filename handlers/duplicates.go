package handlers

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// readCopy reads the question that asks what a copy is to be called.
func readCopy(form url.Values) services.Copy {
	return services.Copy{Name: form.Get(views.CopyName.Name), Confirmed: form.Get(views.AccessConfirm) == "yes"}
}

// asksAgain tells whether the question about a copy is drawn again, with what was typed.
func asksAgain(c echo.Context, cause error) bool {
	return resuming(c) || len(wrongIn(cause)) > 0 || errors.As(cause, &services.LockOut{})
}

func copyStatus(c echo.Context, cause error) int {
	if cause == nil {
		return http.StatusOK
	}
	return drawnStatus(c, http.StatusUnprocessableEntity)
}

// copyControls are where the question shows the fields of a copy.
var copyControls = controls{"Name": views.CopyName, "Expires": views.APIKeyExpires}

// copyQuestion asks what the copy is to be called, and warns as adding does (R10).
func copyQuestion(d *access.Domain, copied services.Duplication, typed url.Values, cause error, q parts.Confirm) *parts.Confirm {
	name := views.CopyName.Field()
	name.Value, name.Required, name.Autocomplete, name.Autofocus, name.MaxLength = copied.Name, true, "off", true, services.MaxName
	if typed != nil {
		name.Value = typed.Get(views.CopyName.Name)
	}
	problems := fieldErrors(wrongIn(cause), copyControls.find)
	mark(problems, &name)
	if q.End != nil {
		mark(problems, q.End)
	}
	q.Title, q.Button, q.Name = "Duplicate "+copied.Original.Name+"?", "Duplicate "+d.Resource, &name
	if copied.LockOut == nil {
		return &q
	}
	text := "None of your groups will be able to edit the copy."
	if len(copied.LockOut.Editors) > 0 {
		text += " Members of " + words.List(copied.LockOut.Editors, 4) + " can."
	}
	q.Warning = &parts.Notice{ID: "lockout", Tone: "warning", Title: "You will not be able to edit it.", Text: text}
	q.Boxes = []parts.Confirmation{{Name: views.AccessConfirm, Label: "I will not be able to edit it", DescribedBy: "lockout",
		Checked: typed.Get(views.AccessConfirm) == "yes"}}
	return &q
}
