package handlers

import (
	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// lastAdministrator is what each way says on which the last administrator would go (R8).
var lastAdministrator = words.Sentence(words.LastAdministrator)

// keptAdministrator says above a list why the last administrator is still there: "Not deleted."
func keptAdministrator(title string) *parts.Flash {
	return &parts.Flash{Tone: "danger", Title: title, Text: lastAdministrator}
}

// keepSelected keeps a row selected in the list that answers a form.
func keepSelected(c echo.Context, row string) { c.QueryParams().Set(parts.SelectedName, row) }

// administratorsRemark warns who looks after the members while no more than one administrator could sign in; nil where
// there is nothing to warn of, or nobody to tell.
func (h Pages) administratorsRemark(c echo.Context) (*parts.Notice, error) {
	by := caller(c)
	administration, told, err := h.Console.AdministratorsEntering(c.Request().Context(), by)
	if err != nil || !told {
		return nil, err
	}
	few, warns := lastAdministratorWords(administration)
	if !warns {
		return nil, nil
	}
	return &parts.Notice{ID: "administrators", Tone: "warning", Title: few.title,
		Text: few.danger, More: few.remedy + passwordToo(by.Organization.Key, h.Console.Mails())}, nil
}

// fewWords say that few administrators could sign in, what follows from it, and what to do.
type fewWords struct{ title, danger, remedy string }

// lastAdministratorWords finds the words for how many administrators could sign in; false where there are enough.
func lastAdministratorWords(a models.Administration) (fewWords, bool) {
	const one, another = "Make a member an administrator with no end date", "Make a second member an administrator with no end date"
	switch {
	case a.EnterNow == 0:
		return fewWords{"No administrator can sign in.", "Nobody can do what only administrators can do.", one}, true
	case a.EnterNow == 1 && a.EnterForGood == 0:
		return fewWords{"Only one administrator can sign in.",
			"Their membership ends on a date. After that, nobody can administer the organization.", one}, true
	case a.EnterNow == 1:
		return fewWords{"Only one administrator can sign in.", "If they lose this account, nobody can administer the organization.", another}, true
	case a.EnterForGood == 0:
		return fewWords{"All administrators who can sign in have an end date.",
			"After the last of these dates, nobody can administer the organization.", one}, true
	case a.EnterForGood == 1:
		return fewWords{"Only one administrator who can sign in has no end date.",
			"If they lose this account, nobody can administer the organization after the end dates of the others.", another}, true
	}
	return fewWords{}, false
}

// passwordToo ends what to do: without a mail server an administrator needs a password.
func passwordToo(organization string, mails bool) string {
	if mails {
		return "."
	}
	return ". They need a password. New people set one with the link of their invitation. To set one for an existing member, your operator runs " +
		"bailiwick member set-password " + organization + " ADDRESS."
}
