package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// manyGroupsForm is what the questions about the groups of many members send.
type manyGroupsForm struct {
	services.ManyMemberships
	Find  string // groups to choose from
	In    string // what the group is called whose list it is; "" of the organization's
	Day   string // as it was typed
	Which string // of the memberships that get an end: what ManyWhich asks for
	Wrong []services.FieldError
}

func readManyGroups(form url.Values) manyGroupsForm {
	f := manyGroupsForm{Find: cutRunes(form.Get(views.ManyFind.Name), 200), Day: form.Get(views.ManyUntil.Name)}
	f.meant(form.Get(views.ManyWhich.Name))
	for _, key := range form[views.ManyGroups.Name] {
		if key != form.Get(views.ManyDrop) && !slices.Contains(f.Groups, key) {
			f.Groups = append(f.Groups, key)
		}
	}
	f.Confirmed = services.Confirmed{Administrators: form.Get(parts.ConfirmAdministrators) == "yes", Unproven: form.Get(parts.ConfirmUnproven) == "yes"}
	end, problem := readLastDay(f.Day, time.Now().AddDate(0, 1, 0))
	f.Until, f.Wrong = end, wrongOnce(nil, services.FieldError{Field: "Until", Text: problem})
	return f
}

// in is the form in a list: that of a group is about this group alone.
func (f manyGroupsForm) in(l chosenFrom) manyGroupsForm {
	if l.group != nil {
		f.Within, f.In = l.group.Key, l.group.Name
	}
	return f
}

// hidden carries the choice through the review.
func (f manyGroupsForm) hidden() []parts.Hidden {
	var all []parts.Hidden
	if f.In != "" { // the address says which group
		return []parts.Hidden{views.ManyUntil.Hidden(f.Day)}
	}
	for _, key := range f.Groups {
		all = append(all, views.ManyGroups.Hidden(key))
	}
	if f.Which != "" {
		all = append(all, views.ManyWhich.Hidden(f.Which))
	}
	return append(all, views.ManyUntil.Hidden(f.Day))
}

// manyGroupsAct is one of the three things that can be done to the memberships of many members: where it is asked, how it is put, and
// what reviews and does it.
type manyGroupsAct struct {
	path     func(s site, group string) string // group: key of the one whose list it is, "" of the organization's
	verb     manyVerb
	nothing  string // why those are left out to whom there is nothing to do
	danger   bool   // it takes something
	leaves   bool   // whom it was done to is in the list no more
	question func(h Pages, c echo.Context, l chosenFrom, f manyGroupsForm) (*views.ManyQuestion, error)
	lead     string // below the question, where nobody is left out and no end is chosen
	title    func(members string, f manyGroupsForm) string
	gives    bool   // the review says what each group gives
	will     string // after the number of those to whom it is done: "will be added, and gain"
	effect   func(h Pages, r services.MembershipsReview, row services.MemberChange) string
	done     func(members string, f manyGroupsForm) string
	review   func(*services.Console) reviewOfMemberships
	do       func(*services.Console) changeOfMemberships
}

// read reads what the questions of the act ask; one that asks nothing has no field that could be wrong.
func (a manyGroupsAct) read(form url.Values) manyGroupsForm {
	f := readManyGroups(form)
	if a.question == nil {
		f.Until, f.Day, f.Wrong = nil, "", nil
	}
	return f
}

// whyLeftOut is why a member is left out, as the review says of them.
func (a manyGroupsAct) whyLeftOut(catalog *access.Catalog, why error) string {
	if errors.Is(why, services.ErrNothingToDo) {
		return a.nothing
	}
	return whyLeftOut(catalog, why)
}

// againStatus is the status of a review that is drawn again: somebody sent what they may not, or was overtaken.
func againStatus(cause error) int {
	if errors.As(cause, &services.Forbidden{}) || errors.As(cause, &services.TooHigh{}) || errors.As(cause, &services.BringsNobodyIn{}) {
		return http.StatusForbidden
	}
	return manyAgain
}

var manyGroupsControls = controls{"Groups": views.ManyGroups, "Until": views.ManyUntil}

// ask draws the question, or with the review step what it would do.
func (h Pages) askManyGroups(c echo.Context, act manyGroupsAct) error {
	f := act.read(c.QueryParams())
	if c.QueryParam(parts.StepName) != parts.ReviewStep {
		return h.questionAboutGroups(c, act, f, http.StatusOK)
	}
	return h.reviewManyGroups(c, act, f, http.StatusOK, "")
}

func (h Pages) questionAboutGroups(c echo.Context, act manyGroupsAct, f manyGroupsForm, status int) error {
	l, err := h.chosenFrom(c)
	if err != nil {
		return err
	}
	by, q := caller(c), l.query
	if err := h.Console.ManyMembershipsQuestion(c.Request().Context(), by); err != nil {
		return err
	}
	question, err := act.question(h, c, l, f)
	if err != nil {
		return err
	}
	question.Action, question.Cancel = act.path(siteOf(by.Organization.Key), c.Param("group")), l.back()
	question.Hidden = q.hiddenWithPicks()
	question.Errors = fieldErrors(f.Wrong, manyGroupsControls.find)
	if question.Until != nil {
		question.Until.Type, question.Until.Value = "date", f.Day
		mark(question.Errors, question.Until)
	}
	if question.Groups != nil {
		question.Groups.Error = take(question.Errors, views.ManyGroups.Name)
		question.Chosen = words.Groups.Count(len(f.Groups))
	}
	return l.draw(status, question, nil)
}

// wrongWithGroups are the fields of the question that a refusal is about, none where it is about something else.
func wrongWithGroups(catalog *access.Catalog, cause error) []services.FieldError {
	var high services.TooHigh
	var at services.AtField
	switch {
	case errors.As(cause, &at) && errors.As(cause, &high):
		return []services.FieldError{{Field: "Groups", Text: notGivenWords(catalog, at.Name, high.Excess)}}
	case errors.As(cause, &at) && errors.As(cause, &services.BringsNobodyIn{}):
		return []services.FieldError{{Field: "Groups", Text: "You can’t choose " + at.Name + ": " + words.BringsNobodyIn + "."}}
	}
	return wrongIn(cause)
}

func (h Pages) reviewManyGroups(c echo.Context, act manyGroupsAct, f manyGroupsForm, status int, changed string) error {
	if len(f.Wrong) > 0 {
		return h.questionAboutGroups(c, act, f, http.StatusUnprocessableEntity)
	}
	l, err := h.chosenFrom(c)
	if err != nil {
		return err
	}
	f = f.in(l)
	found, err := act.review(h.Console)(c.Request().Context(), caller(c), l.members(), f.ManyMemberships)
	if f.Wrong = wrongWithGroups(h.Console.Catalog(), err); len(f.Wrong) > 0 && act.question != nil {
		return h.questionAboutGroups(c, act, f, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	review := h.membershipsReview(l, act, f, found)
	review.Action, review.Changed = l.query.picks.onto(l.query.here(act.path(siteOf(caller(c).Organization.Key), c.Param("group")))), changed
	return l.draw(status, nil, review)
}

// membershipsReview says who is left out, what each group gives, and what each member gains or loses.
func (h Pages) membershipsReview(l chosenFrom, act manyGroupsAct, f manyGroupsForm, found services.MembershipsReview) *parts.Review {
	review := &parts.Review{
		Title: act.title(words.Members.Count(found.Total()), f), Hidden: f.hidden(), Lead: orElse(untilWords(f), act.lead),
		Cancel: l.back(), Danger: act.danger, Parts: []parts.Outcome{outcome("What each group gives", h.givenBy(act, found))},
	}
	review.Notices, review.Fields = manyConfirmations(found.Confirm)
	if n := firstEnds(f, found); n > 0 {
		review.Warning = &parts.Notice{Tone: "warning", Title: words.Memberships.Count(n) + " without an end date now.", Text: "This change sets an end there too."}
		if f.In == "" {
			review.Warning.Text += " To leave that out, go back and choose those that have an end date."
		}
	}
	if slices.ContainsFunc(found.Can(), func(m services.MemberChange) bool { return m.Leaves }) {
		review.Final = leavingIsFinal
	}
	reviewed[services.MemberChange]{
		verb: act.verb, will: act.will,
		key:    func(m services.MemberChange) string { return memberKey(m.ID) },
		name:   func(m services.MemberChange) parts.OutcomeRow { return reviewedMember(m.Member) },
		why:    func(why error) string { return act.whyLeftOut(h.Console.Catalog(), why) },
		effect: func(m services.MemberChange) string { return act.effect(h, found, m) },
	}.fill(review, found.Many)
	return review
}

// firstEnds counts memberships that get an end and had none.
func firstEnds(f manyGroupsForm, found services.MembershipsReview) (n int) {
	for _, row := range found.Can() {
		for _, change := range row.Changes {
			if f.Until != nil && change.Group.Joined && change.Group.ExpiresAt == nil {
				n++
			}
		}
	}
	return n
}

// untilWords say until when it is.
func untilWords(f manyGroupsForm) string {
	if f.Until == nil {
		return ""
	}
	return words.Sentence(words.UntilEnd(*f.Until))
}

// givenBy says of each chosen group what it gives, and how many are in it afterwards.
func (h Pages) givenBy(act manyGroupsAct, found services.MembershipsReview) []parts.OutcomeRow {
	if !act.gives {
		return nil
	}
	joining := map[string]int{}
	for _, row := range found.Can() {
		for _, change := range row.Changes {
			joining[change.Key]++
		}
	}
	var rows []parts.OutcomeRow
	for _, g := range found.Groups {
		row := parts.OutcomeRow{Name: g.Name, Sub: words.Members.Count(g.Members) + ", " + words.Number(g.Members+joining[g.Key]) + " afterwards",
			Effect: holdsInShort(h.Console.Catalog(), found.Sets[g.Grantee().ID], found.Sees)}
		if g.Administrators {
			row.Effect = "The highest level on every domain."
		}
		if g.Until != nil {
			row.Effect += " They are in it " + givesUntil(*g.Until)
		}
		rows = append(rows, row)
	}
	return rows
}

// manyConfirmations are the boxes of a review, and what they are about.
func manyConfirmations(asked []services.Confirmation) (notices []parts.Notice, boxes []parts.Confirmation) {
	for _, c := range asked {
		switch c {
		case services.ConfirmAdministrators:
			notices = append(notices, parts.Notice{ID: "gives", Tone: "warning", Title: "Administrators may do everything.",
				Text: "They have the highest level on every domain, including new ones, and can add other administrators."})
			boxes = append(boxes, parts.Confirmation{Name: parts.ConfirmAdministrators, Label: "Make these members administrators", DescribedBy: "gives"})
		case services.ConfirmUnproven:
			notices = append(notices, parts.Notice{ID: "unproven", Tone: "warning", Title: "Addresses not proven.",
				Text: "Some of these members joined by a copied link. What you give here goes to the people who used the links. Ask the members whether it was them."})
			boxes = append(boxes, parts.Confirmation{Name: parts.ConfirmUnproven, Label: "I have asked these members, and it was them", DescribedBy: "unproven"})
		}
	}
	return notices, boxes
}

// confirmBelow is said where a review was sent without a box that it needs.
const confirmBelow = "Tick the box below to confirm."

// doManyGroups does what was reviewed to those who were confirmed.
func (h Pages) doManyGroups(c echo.Context, act manyGroupsAct) error {
	form, err := postForm(c)
	if err != nil {
		return err
	}
	f, rows := act.read(form), form[parts.RowName]
	if len(f.Wrong) > 0 {
		return h.questionAboutGroups(c, act, f, http.StatusUnprocessableEntity)
	}
	f.Within = c.Param("group") // the list is looked at afterwards: who may not view it is refused, and recorded, by the command
	err = act.do(h.Console)(c.Request().Context(), caller(c), memberIDs(rows), f.ManyMemberships)
	if changed, again := act.verb.sinceReviewed(err); again {
		return h.reviewManyGroups(c, act, f, againStatus(err), changed)
	}
	if errors.As(err, &services.NeedsConfirmation{}) {
		return h.reviewManyGroups(c, act, f, http.StatusUnprocessableEntity, confirmBelow)
	}
	if wrong := wrongWithGroups(h.Console.Catalog(), err); len(wrong) > 0 && act.question != nil && manyGroupsControls.showAny(wrong) {
		f.Wrong = wrong
		return h.questionAboutGroups(c, act, f, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	flash(c, "success", act.done(words.Members.Count(len(rows)), f), "")
	l, err := h.chosenFrom(c)
	if err != nil {
		return err
	}
	if act.leaves {
		l.query.picks = l.query.picks.without(rows)
	}
	return seeOther(c, l.back())
}
