package handlers

import (
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// memberChoice is what a field for one member was sent with: what was typed, and who was chosen of those that were found by
// what stood there before.
type memberChoice struct {
	typed, chosen string
	found         bool // the choice is among those found by what is typed now
}

func readMember(form url.Values, typed, found parts.Control) memberChoice {
	return memberChoice{form.Get(typed.Name), form.Get(found.Name), form.Get(parts.Was(typed.Name)) == form.Get(typed.Name)}
}

// email is who is meant: who was chosen, unless something else was typed since.
func (m memberChoice) email() string {
	if m.chosen != "" && m.found {
		return m.chosen
	}
	return m.typed
}

// findMembers shows in the field whom the words find. Who was chosen stays, found or not.
func (h Pages) findMembers(c echo.Context, field *parts.MemberField, choice memberChoice) error {
	field.Value = choice.typed
	if choice.typed == "" {
		return nil
	}
	found, err := h.Console.FindMembers(c.Request().Context(), caller(c), choice.typed)
	if err != nil {
		return err
	}
	field.Found, field.More = foundMembers(found, choice), shownOf(len(found.Found), found.Total, words.Members, choice.typed)
	return nil
}

// toldApart is what tells people of one name apart besides their addresses: "Writers and 2 more, last used 3 Nov 2026".
func toldApart(m models.Member, first models.FirstGroup) string {
	used := "never used"
	if at := m.LastUsed(); !at.IsZero() {
		used = "last used " + words.Day(at)
	}
	groups := first.Name
	if more := words.More(first.Total - 1); more != "" {
		groups += " " + more
	}
	return groups + ", " + used
}

func foundMembers(found services.MemberChoices, choice memberChoice) []parts.FoundLine {
	var all []parts.FoundLine
	checked := false
	for _, m := range found.Found {
		line := parts.FoundLine{Value: m.Email, Name: marked(memberName(m), choice.typed), Sub: marked(m.Email, choice.typed), Note: sameName(m.Namesakes),
			Checked: m.Email == choice.chosen}
		if first, in := found.First[m.PersonID]; in {
			line.Sub = append(line.Sub, parts.Word{Text: " · " + toldApart(m, first)})
		}
		checked = checked || line.Checked
		all = append(all, line)
	}
	if choice.chosen != "" && !checked {
		chosen := parts.FoundLine{Value: choice.chosen, Name: parts.Words{{Text: choice.chosen}}, Sub: parts.Words{{Text: "Chosen before"}}, Checked: true}
		all = append([]parts.FoundLine{chosen}, all...)
	}
	return all
}
