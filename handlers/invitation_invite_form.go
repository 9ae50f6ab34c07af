package handlers

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"bailiwick/addresslist"
	"bailiwick/services"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// inviteForm is what the panel that invites people sends.
type inviteForm struct {
	services.NewInvitations
	List  addresslist.List // what was read of the addresses
	Typed string           // the addresses
	Query string           // groups to choose from
	Finds bool             // they asked for these groups just now
}

// newInvite is the panel as it opens.
func newInvite() inviteForm {
	return inviteForm{NewInvitations: services.NewInvitations{Provider: services.ProviderPassword, Notify: true}}
}

func readInvite(form url.Values) inviteForm {
	typed := form.Get(views.InviteEmails.Name)
	list := addresslist.Read(typed, 0)
	return inviteForm{List: list, Typed: typed, Query: cutRunes(form.Get(parts.QueryName), 200), Finds: form.Get(parts.StepName) == parts.FilterStep, NewInvitations: services.NewInvitations{
		Provider: services.Provider(form.Get(views.InviteProvider.Name)), Emails: list.Emails(), Notify: form.Get(views.InviteNotify.Name) == "yes",
		Groups: form[views.InviteGroup.Name], Confirmed: form.Get(parts.ConfirmAdministrators) == "yes", Sure: form[views.InviteSure.Name],
	}}
}

// unusable are the results of what could not be read as addresses.
func (f inviteForm) unusable() []services.InviteResult {
	var all []services.InviteResult
	for _, u := range f.List.Unusable {
		all = append(all, services.InviteResult{Typed: u.Text, Outcome: services.NoAddress})
	}
	return all
}

// whyUnusable says what is wrong with a text that could not be read, and where it stands.
func (f inviteForm) whyUnusable(typed string) string {
	for _, u := range f.List.Unusable {
		if u.Text == typed {
			return fmt.Sprintf("Line %d: %s.", u.Line, words.Lower(u.Why))
		}
	}
	return "This is not a complete address. Example: name@example.com"
}

// unsureWords ask about addresses that look like others.
func unsureWords(doubtful []services.DoubtfulAddress) string {
	if len(doubtful) == 1 {
		return "Look at " + doubtful[0].Email + " closely: " + doubtful[0].Why + ". Confirm below that it is right, or correct it."
	}
	return "Look at " + words.Addresses.Count(len(doubtful)) + " closely: they may look like others. Confirm below that they are right, or correct them."
}

// unsure are the addresses that look like others and that nobody has confirmed.
func (f inviteForm) unsure() []services.DoubtfulAddress {
	return slices.DeleteFunc(f.Doubtful(), func(d services.DoubtfulAddress) bool { return d.Sure })
}

// doubts are the boxes below the addresses.
func doubts(form inviteForm) []views.DoubtfulAddress {
	var all []views.DoubtfulAddress
	for n, d := range form.Doubtful() {
		all = append(all, views.DoubtfulAddress{ID: views.InviteSureID(n + 1), Email: d.Email, Characters: d.Characters,
			Why: words.Upper(d.Why) + ".", Checked: d.Sure})
	}
	return all
}

// providerField offers the providers to join with. The one of mailed links is offered only where mail can be sent.
func providerField(chosen services.Provider, mails bool) parts.SelectField {
	f := views.InviteProvider.Select()
	f.Required, f.Help = true, "How they have to sign in. Any listed lets them choose the first time."
	for _, p := range services.Providers() {
		if p != services.ProviderEmailLink || mails {
			f.Options = append(f.Options, parts.Option{Value: string(p), Label: p.Name()})
		}
	}
	choose(&f, string(chosen))
	return f
}

// panel draws the form over a page. groups are the chosen ones. The tab of a group has that group alone, and offers no
// choice.
func (h Pages) panel(form inviteForm, groups []services.InvitableGroup) *views.InvitePanel {
	mails := h.Console.Mails()
	p := &views.InvitePanel{
		Title: "Invite member", Lead: "They appear in Members once they accept.", Provider: providerField(form.Provider, mails),
		Emails: views.InviteEmails.Area(), Doubtful: doubts(form), Expires: "Expires after " + words.Duration(h.Console.InvitationTerm()),
	}
	p.Emails.Value, p.Emails.Lines, p.Emails.Required, p.Emails.Autofocus = form.Typed, 3, true, !form.Finds
	p.Emails.Help = "Type addresses or paste a list. Commas, semicolons, blanks, tabs, new lines and “Name <address>” all work."
	if mails {
		p.Notify = &views.Check{Name: views.InviteNotify.Name, Label: views.InviteNotify.Label, Checked: form.Notify,
			Help: "Otherwise they learn of the invitation when they next sign in, or from the link that you copy."}
	} else {
		p.Gives = append(p.Gives, parts.Notice{Title: "No mail is sent.", Text: noMailServer + " You get a link for each address, to hand on."})
	}
	for _, g := range groups {
		gives, confirm := joiningGives(g)
		p.Gives, p.Confirm = append(p.Gives, gives...), append(p.Confirm, confirm...)
	}
	return p
}

// noMailServer is what the console says where mails can't be sent.
const noMailServer = "This console has no mail server."

// joiningGives is what to know before somebody is invited into a group.
func joiningGives(g services.InvitableGroup) (gives []parts.Notice, confirm []parts.Confirmation) {
	switch {
	case g.Administrators:
		gives = []parts.Notice{{ID: "gives", Tone: "warning", Title: "Administrators may do everything.",
			Text: "They hold the highest level of every domain, also of those that come later, and can add other administrators."}}
		confirm = []parts.Confirmation{{Name: parts.ConfirmAdministrators, Label: "Make whoever accepts an administrator", DescribedBy: "gives"}}
	case g.BuiltIn != "" && g.Members == 0:
		gives = []parts.Notice{{Title: "First member of " + g.Name + ".", Text: "Review the privileges of this built-in group first."}}
	}
	if g.Until != nil {
		gives = append(gives, parts.Notice{Title: "Membership of " + g.Name + " ends.",
			Text: "Who accepts is in this group " + givesUntil(*g.Until)})
	}
	return gives, confirm
}

// groupPicker is the choice of groups, chosen ones first.
func (h Pages) groupPicker(form inviteForm, choice services.InvitableGroups) *views.GroupPicker {
	p := &views.GroupPicker{Query: form.Query, Autofocus: form.Finds, Search: choice.More || form.Query != ""}
	for _, g := range slices.Concat(choice.Chosen, choice.Rows) {
		line := views.GroupChoice{Key: g.Key, Name: g.Name, Note: words.Domains.Count(g.Held), Checked: slices.Contains(form.Groups, g.Key)}
		switch {
		case g.Lent:
			line.Checked, line.Why = false, words.Sentence(words.BringsNobodyIn)
		case len(g.Beyond) > 0:
			line.Checked, line.Why = false, words.Sentence(words.Beyond(h.Console.Catalog(), g.Beyond))
		}
		p.Groups = append(p.Groups, line)
	}
	if choice.More {
		p.More = "There are more groups. Find them by name; what you have chosen stays."
	}
	if len(choice.Rows) == 0 && form.Query != "" {
		p.Nothing = fmt.Sprintf("No further group that you can edit matches “%s”.", form.Query)
	}
	return p
}

// inviteControls are where a panel shows the fields of an invitation.
var inviteControls = controls{"Provider": views.InviteProvider, "Emails": views.InviteEmails}

// putWrong puts what is wrong into a panel.
func putWrong(p *views.InvitePanel, wrong []services.FieldError) {
	p.Errors = fieldErrors(wrong, func(f services.FieldError) (id, label string) {
		switch {
		case f.Field == "Confirmed":
			return parts.ConfirmID(parts.ConfirmAdministrators), views.InviteSure.Label
		case f.Field == "Sure":
			return firstUnsure(p.Doubtful), views.InviteSure.Label
		case f.Field == "Groups" && p.Groups != nil:
			return views.InviteGroupsID, views.InviteGroup.Label
		case f.Field == "Groups": // the panel of one group has no choice
			return views.InviteEmails.Name, views.InviteGroup.Label
		}
		return inviteControls.find(f)
	})
	p.Provider.Error = textOf(wrong, "Provider")
	p.Emails.Error = orElse(textOf(wrong, "Sure"), textOf(wrong, "Emails"))
	if p.Groups != nil {
		p.Groups.Error = textOf(wrong, "Groups")
	}
}

// firstUnsure is the box of the first address that nobody says is right.
func firstUnsure(all []views.DoubtfulAddress) (id string) {
	n := max(0, slices.IndexFunc(all, func(d views.DoubtfulAddress) bool { return !d.Checked }))
	return views.InviteSureID(n + 1)
}

// noAddressText says what was typed that is no address, where nothing else was.
func noAddressText(results []services.InviteResult) string {
	var typed []string
	for _, r := range results {
		typed = append(typed, r.Typed)
	}
	return "Not a complete address: " + strings.TrimSuffix(words.List(typed, 3), ".") + ". Example: name@example.com"
}
