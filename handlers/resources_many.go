package handlers

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// resourcesChosen is the selection of the list.
func resourcesChosen(q query) services.ResourcesChosen {
	return services.ResourcesChosen{Keys: q.picks.keys, All: q.picks.all, Filter: resourceQuery(q, models.Page{Query: q.Query, Sort: q.Sort})}
}

func (s site) manyResources(d access.DomainKey, action services.ResourcesAction) string {
	return s.domain(d) + "/-/many/" + string(action)
}

// manyResourcesBar is the Action bar for several selected resources. It tells the selection which they are where all are.
func (h Pages) manyResourcesBar(c echo.Context, q *query) (parts.ActionBar, error) {
	by, key := caller(c), domainOf(c)
	many, err := h.Console.ManyResources(c.Request().Context(), by, key, resourcesChosen(*q))
	if err != nil {
		return parts.ActionBar{}, err
	}
	if q.among(resourceKeys(many.Resources)); len(many.Resources) == 0 || q.Selected != "" {
		return parts.ActionBar{}, nil
	}
	s := siteOf(by.Organization.Key)
	actions := []manyAction{
		manyOf(manyAction{Label: "Give access", Icon: "users", Href: s.manyResources(key, services.GiveResources)}, many.Gives),
		manyOf(manyAction{Label: "Change owner", Icon: "user", Href: s.manyResources(key, services.ChangeOwners), Yields: parts.YieldsFirst}, many.Edits),
	}
	for i, name := range many.Domain.Actions {
		actions = append(actions, manyOf(manyAction{Label: name, Icon: runIcon(i), Href: s.manyResources(key, services.RunOnResources),
			Name: views.ResourceAction, Value: name, Yields: parts.Yields}, many.Edits))
	}
	actions = append(actions, manyOf(manyAction{Label: "Delete", Icon: "trash-2", Href: s.manyResources(key, services.DeleteMany), Danger: true, Yields: parts.YieldsLast}, many.Edits))
	return manyBar(selected{Rows: len(many.Resources), All: q.picks.all, Matching: many.Matching, Of: words.Things(many.Domain), Address: q.here(s.domain(key)), File: s.resourcesCSV(key)}, actions), nil
}

// manyResourcesForm is what is asked before an action on many resources.
type manyResourcesForm struct {
	services.ResourcesChange
	who       memberChoice // for the owner
	groupName string       // for words about what was done
	ownerName string       // the same
	Find      string       // groups to choose from
	Wrong     []services.FieldError
}

func readManyResources(form url.Values) manyResourcesForm {
	who := readMember(form, views.ResourceOwner, views.ResourceOwnerFound)
	return manyResourcesForm{who: who, Find: cutRunes(form.Get(views.ManyFind.Name), 200), ResourcesChange: services.ResourcesChange{
		Owner: who.email(), Action: form.Get(views.ResourceAction), Group: form.Get(views.ManyGroups.Name), Edit: form.Get(views.ManyLevel.Name) == editWord(true)}}
}

// hidden carries the choice through the review.
func (f manyResourcesForm) hidden(action services.ResourcesAction) []parts.Hidden {
	switch action {
	case services.ChangeOwners:
		return []parts.Hidden{views.ResourceOwner.Hidden(f.Owner)}
	case services.RunOnResources:
		return []parts.Hidden{{Name: views.ResourceAction, Value: f.Action}}
	case services.GiveResources:
		return []parts.Hidden{views.ManyGroups.Hidden(f.Group), views.ManyLevel.Hidden(editWord(f.Edit))}
	}
	return nil
}

var manyResourcesControls = controls{"Owner": views.ResourceOwner, "Group": views.ManyGroups}

// resourcesAct is how an action on many resources of a domain is put.
type resourcesAct struct {
	verb   manyVerb
	asks   func(h Pages, c echo.Context, things string, f manyResourcesForm) (*views.ManyQuestion, error) // first; nil where nothing is to be chosen
	title  func(things string, r services.ResourcesReview) string
	lead   func(r services.ResourcesReview) string
	will   string // after the number of those to which it is done
	effect func(r services.ResourcesReview, row services.ChosenResource) string
	done   func(things string, f manyResourcesForm) (title, text string)
	danger bool
	takes  bool // they are gone afterwards, for good
}

var resourcesActs = map[services.ResourcesAction]resourcesAct{
	services.GiveResources: {
		verb: manyVerb{Done: "changed", Doing: "Changing", Does: "Give access to"}, asks: Pages.whichGroupGets, will: "will be changed", effect: whatIsGiven,
		title: func(things string, r services.ResourcesReview) string {
			return "Give " + r.Group.Name + " " + words.Upper(editWord(r.Change.Edit)) + " on " + things + "?"
		},
		lead: func(r services.ResourcesReview) string {
			if r.Change.Edit {
				return "All members of the group can edit them immediately."
			}
			return "The group can no longer edit them. Members who have Edit through another group keep it."
		},
		done: func(things string, f manyResourcesForm) (string, string) {
			if f.Edit {
				return things + " changed.", f.groupName + " has Edit on them now."
			}
			return things + " changed.", f.groupName + " has View on them now, not Edit."
		},
	},
	services.ChangeOwners: {
		verb: manyVerb{Done: "changed", Doing: "Changing", Does: "Change"}, asks: Pages.whoOwns, will: "will be changed", effect: whoOwnedIt,
		title: func(things string, _ services.ResourcesReview) string { return "Change the owner of " + things + "?" },
		lead: func(r services.ResourcesReview) string {
			if r.Change.Owner == "" {
				return "They will have no owner."
			}
			return "Their owner will be " + r.Owner + ". Being the owner gives no access."
		},
		done: func(things string, f manyResourcesForm) (string, string) {
			if f.Owner == "" {
				return things + " changed.", "They have no owner now."
			}
			return things + " changed.", "Their owner is " + f.ownerName + " now."
		},
	},
	services.RunOnResources: {
		verb: manyVerb{Done: "started", Doing: "Starting", Does: "Start"}, will: "will be started", effect: lastRunOf,
		title: func(things string, r services.ResourcesReview) string { return r.Change.Action + " " + things + "?" },
		lead:  func(services.ResourcesReview) string { return "The page then shows it as their last operation." },
		done: func(things string, f manyResourcesForm) (string, string) {
			return f.Action + " started for " + things + ".", ""
		},
	},
	services.DeleteMany: {
		verb: manyVerb{Done: "deleted", Doing: "Deleting", Does: "Delete"}, will: "will be deleted, and with them", effect: whatGoesWithIt, danger: true, takes: true,
		title: func(things string, _ services.ResourcesReview) string { return "Delete " + things + "?" },
		lead: func(services.ResourcesReview) string {
			return "They are deleted for everybody."
		},
		done: func(things string, _ manyResourcesForm) (string, string) { return things + " deleted.", "" },
	},
}

func whatIsGiven(r services.ResourcesReview, row services.ChosenResource) string {
	switch {
	case !r.Change.Edit:
		return "View instead of Edit."
	case row.EndsAt != nil:
		return "Edit instead of View, " + givesUntil(*row.EndsAt)
	}
	return "Edit instead of View."
}

func whoOwnedIt(r services.ResourcesReview, row services.ChosenResource) string {
	if row.OwnerEmail == "" || row.OwnerID == nil {
		return "No owner now."
	}
	return "Owner now: " + services.Signature(r.Owners[*row.OwnerID], row.OwnerEmail) + "."
}

func lastRunOf(_ services.ResourcesReview, row services.ChosenResource) string {
	if row.LastOperation == "" || row.LastOperationAt == nil {
		return "No operation yet."
	}
	return "Last: " + row.LastOperation + ", " + words.Date(*row.LastOperationAt) + "."
}

// listsNamed is how many groups and API keys are named that have a resource in their editor list.
const listsNamed = 3

// whatGoesWithIt names the groups and API keys that have it in their editor list, and counts those that the viewer may not see.
func whatGoesWithIt(r services.ResourcesReview, row services.ChosenResource) string {
	if len(row.Lists) == 0 {
		return "Its configuration. It is on no editor list."
	}
	var seen []string
	for _, list := range row.Lists {
		if list.Kind == access.Group && r.SeesGroups || list.Kind == access.APIKey && r.SeesKeys {
			seen = append(seen, list.Name)
		}
	}
	lists := words.Noun{One: "editor list", Many: "editor lists"}
	if len(seen) == 0 {
		return "Its configuration, and its place on " + lists.Count(len(row.Lists)) + "."
	}
	return "Its configuration, and its place on the " + lists.Of(len(row.Lists)) + " of " + words.ListOf(seen, len(row.Lists), listsNamed) + "."
}

// ResourcesAsk asks before an action is done to a selection of resources, above the list: what is to be chosen for it, then whether.
func (h Pages) ResourcesAsk(action services.ResourcesAction) echo.HandlerFunc {
	return func(c echo.Context) error {
		f := readManyResources(c.QueryParams())
		if resourcesActs[action].asks != nil && c.QueryParam(parts.StepName) != parts.ReviewStep {
			return h.askAboutResources(c, action, f, http.StatusOK)
		}
		return h.reviewResources(c, action, f, http.StatusOK, "")
	}
}

func (h Pages) askAboutResources(c echo.Context, action services.ResourcesAction, f manyResourcesForm, status int) error {
	by, q, key := caller(c), readResourceQuery(c), domainOf(c)
	many, err := h.Console.ManyResources(c.Request().Context(), by, key, resourcesChosen(q))
	if err != nil {
		return err
	}
	question, err := resourcesActs[action].asks(h, c, words.Things(many.Domain).Count(len(many.Resources)), f)
	if err != nil {
		return err
	}
	s := siteOf(by.Organization.Key)
	question.Action, question.Cancel = s.manyResources(key, action), q.picks.onto(q.here(s.domain(key)))
	question.Hidden = q.hiddenWithPicks()
	question.Errors = fieldErrors(f.Wrong, manyResourcesControls.find)
	if question.Person != nil {
		mark(question.Errors, &question.Person.Field)
	}
	if question.Groups != nil {
		question.Groups.Error = take(question.Errors, views.ManyGroups.Name)
	}
	return h.resourceListWith(c, status, q, func(page *views.Resources) { page.Question = question })
}

func (h Pages) whoOwns(c echo.Context, things string, f manyResourcesForm) (*views.ManyQuestion, error) {
	owner := &parts.MemberField{Field: views.ResourceOwner.Field(), Chosen: views.ResourceOwnerFound}
	if err := h.findMembers(c, owner, f.who); err != nil {
		return nil, err
	}
	owner.Autofocus = true
	owner.Help = "Who answers questions about them: the address of a member, or a name to find them by. Leave it empty for nobody. An owner gets no access through that."
	return &views.ManyQuestion{Title: "Change the owner of " + things, Lead: "Before anything changes, you see which of them change.", Person: owner}, nil
}

// nameOfGiven is what the group is called that was given access.
func (h Pages) nameOfGiven(c echo.Context, group string) (string, error) {
	groups, _, err := h.Console.GroupsToGive(c.Request().Context(), caller(c), domainOf(c), group, group)
	for _, g := range groups {
		if g.Key == group {
			return g.Name, err
		}
	}
	return "The group", err
}

func (h Pages) whichGroupGets(c echo.Context, things string, f manyResourcesForm) (*views.ManyQuestion, error) {
	d := h.Console.PageDomain(domainOf(c))
	groups, more, err := h.Console.GroupsToGive(c.Request().Context(), caller(c), d.Key, f.Find, f.Group)
	if err != nil {
		return nil, err
	}
	field := &views.ManyGroupsField{Find: &f.Find, One: true}
	for _, g := range groups {
		line := parts.FoundLine{Value: g.Key, Name: marked(g.Name, ""), Locked: g.Fixed, Checked: g.Key == f.Group}
		sub := d.Label(g.Level) + " on " + words.Domain(d) + "."
		if g.Fixed {
			sub += " Only its Privileges tab changes that."
		}
		line.Sub = marked(sub, "")
		field.Found = append(field.Found, line)
	}
	switch {
	case more:
		field.More = words.Groups.Count(len(groups)) + " shown. Type a name to find others."
	case len(groups) == 0:
		field.More = "No group matches “" + f.Find + "”."
	}
	levels := []views.ManyOption{{Value: editWord(true), Label: "Edit", Text: "The group can edit these " + words.Things(d).Many + "."},
		{Value: editWord(false), Label: "View", Text: "The group can view them. It can no longer edit them."}}
	levels[0].Checked, levels[1].Checked = f.Edit, !f.Edit
	return &views.ManyQuestion{Title: "Give a group Edit or View on " + things, Lead: "Before anything changes, you see which of them change.", Groups: field, Levels: levels}, nil
}

func (h Pages) reviewResources(c echo.Context, action services.ResourcesAction, f manyResourcesForm, status int, changed string) error {
	by, q, key := caller(c), readResourceQuery(c), domainOf(c)
	found, err := h.Console.ReviewResources(c.Request().Context(), by, key, action, resourcesChosen(q), f.ResourcesChange)
	if f.Wrong = wrongIn(err); manyResourcesControls.showAny(f.Wrong) {
		return h.askAboutResources(c, action, f, http.StatusUnprocessableEntity)
	}
	if err != nil {
		return err
	}
	review := h.resourcesReview(by, q, action, f, found)
	review.Changed = changed
	return h.resourceListWith(c, status, q, func(page *views.Resources) { page.Review = review })
}

// resourcesReview says which are left out and why, and what changes about each of the others.
func (h Pages) resourcesReview(by services.Caller, q query, action services.ResourcesAction, f manyResourcesForm, found services.ResourcesReview) *parts.Review {
	s, act, key := siteOf(by.Organization.Key), resourcesActs[action], found.Domain.Key
	verb := act.verb
	verb.Of = words.Things(found.Domain)
	if action == services.RunOnResources {
		verb.Does = found.Change.Action
	}
	review := &parts.Review{
		Title: act.title(verb.Of.Count(found.Total()), found), Lead: act.lead(found), Hidden: f.hidden(action), Danger: act.danger,
		Action: q.picks.onto(q.here(s.manyResources(key, action))), Cancel: q.picks.onto(q.here(s.domain(key))),
	}
	if act.takes {
		review.Final = words.Final("")
	}
	reviewed[services.ChosenResource]{
		verb: verb, will: act.will, why: h.whyLeftOut,
		key:    func(r services.ChosenResource) string { return r.Key },
		name:   func(r services.ChosenResource) parts.OutcomeRow { return parts.OutcomeRow{Name: r.Name, Sub: r.Type} },
		effect: func(r services.ChosenResource) string { return act.effect(found, r) },
	}.fill(review, found.Many)
	return review
}

// ResourcesDo does an action to those resources that were confirmed: all of them, or none.
func (h Pages) ResourcesDo(action services.ResourcesAction) echo.HandlerFunc {
	act := resourcesActs[action]
	return func(c echo.Context) error {
		form, err := postForm(c)
		if err != nil {
			return err
		}
		by, q, key, f, rows := caller(c), readResourceQuery(c), domainOf(c), readManyResources(form), form[parts.RowName]
		err = h.Console.DoWithResources(c.Request().Context(), by, key, action, rows, f.ResourcesChange)
		if changed, again := act.verb.sinceReviewed(err); again {
			return h.reviewResources(c, action, f, againStatus(err), changed)
		}
		if wrong := wrongIn(err); manyResourcesControls.showAny(wrong) {
			f.Wrong = wrong
			return h.askAboutResources(c, action, f, http.StatusUnprocessableEntity)
		}
		if err != nil {
			return err
		}
		if action == services.GiveResources {
			if f.groupName, err = h.nameOfGiven(c, f.Group); err != nil {
				return err
			}
		}
		if action == services.ChangeOwners {
			if f.ownerName, err = h.Console.SignatureOf(c.Request().Context(), by, f.Owner); err != nil {
				return err
			}
		}
		title, text := act.done(words.Things(h.Console.PageDomain(key)).Count(len(rows)), f)
		flash(c, "success", title, text)
		if act.takes {
			q.picks = q.picks.without(rows)
		}
		return seeOther(c, q.picks.onto(q.here(siteOf(by.Organization.Key).domain(key))))
	}
}
