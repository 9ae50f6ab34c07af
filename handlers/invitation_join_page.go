package handlers

import (
	"fmt"
	"net/url"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/services/credential"
	"bailiwick/views"
	"bailiwick/views/parts"
	"bailiwick/words"
)

// joinPage draws an invitation for anyone who has its link.
type joinPage struct {
	page     views.Page
	joining  services.Joining
	who      services.Session
	signedIn bool
	now      time.Time
	catalog  *access.Catalog
	mails    bool // can be sent
	typed    url.Values
	wrong    []services.FieldError
	unheard  string // why what was typed was not heard; "" where it was
}

func (j joinPage) ended() bool {
	return j.joining.State != "" || j.joining.Standing != (services.Standing{})
}

// unknown is the page of a link that leads nowhere. It says the same of every such link.
func (j joinPage) unknown() views.Join {
	j.page.Heading = "There is no invitation for this link"
	return views.Join{Page: j.page, Links: j.nextLinks(), Text: []string{
		"Open the whole link of the invitation again. Some mail programs break long lines.",
		"If that does not help, ask the person who invited you for another link.",
	}}
}

// endings say what became of an invitation. In them %[1]s is the organization, %[2]s who invited.
var endings = map[string]struct{ heading, text string }{
	models.InvitationAccepted: {"You accepted this invitation", "You became a member of %[1]s."},
	models.InvitationDeclined: {"This invitation was declined", "If that was a mistake, ask %[2]s to invite you again."},
	models.InvitationExpired:  {"This invitation has expired", "Ask %[2]s to invite you to %[1]s again."},
	models.InvitationRevoked:  {"This invitation was revoked", "An administrator of %[1]s took it back. If you did not expect that, ask %[2]s."},
	models.InvitationVoid:     {"This invitation is no longer valid", ""},
}

// end is the page of an invitation that can't be accepted any more.
func (j joinPage) end() views.Join {
	state := j.joining.State
	if state == "" {
		state = models.InvitationVoid
	}
	ending := endings[state]
	j.page.Heading = ending.heading
	text := fmt.Sprintf(ending.text, j.joining.Organization.Name, j.joining.InviterName)
	if state == models.InvitationVoid {
		text = j.voidWords()
	}
	return views.Join{Page: j.page, Text: []string{text}, Links: j.nextLinks()}
}

// voidWords say why an invitation is void.
func (j joinPage) voidWords() string {
	reason, group := j.joining.Reason, ""
	if j.joining.Standing.Reason != "" {
		reason, group = j.joining.Standing.Reason, j.joining.Standing.Group
	}
	inviter, organization := j.joining.InviterName, j.joining.Organization.Name
	switch reason {
	case models.ReasonGroupDeleted:
		return "The group of this invitation was deleted. Ask " + inviter + " to invite you to " + organization + " again."
	case services.ReasonInviterLeft:
		return inviter + " no longer has access to " + organization + ". Ask an administrator there to invite you again."
	case services.ReasonInviterRights:
		if group == "" {
			group = "its groups"
		}
		return inviter + " may no longer invite into " + group + ". Ask an administrator of " + organization + " to invite you again."
	case services.ReasonInviterLent:
		return inviter + " has temporary access to " + organization + " only, and can’t add people. Ask an administrator there to invite you again."
	}
	return "Ask an administrator of " + organization + " to invite you again."
}

// nextLinks is where to go from a page without a form.
func (j joinPage) nextLinks() []parts.Link {
	if j.signedIn {
		return []parts.Link{{Label: "Continue to your organizations", Href: organizationsPath}}
	}
	return []parts.Link{{Label: "Sign in", Href: SignInPath}}
}

// open is the page of an invitation that can be answered.
func (j joinPage) open() views.Join {
	organization := j.joining.Organization.Name
	j.page.Title = "Join " + organization
	if j.signedIn && j.who.Person.Email != j.joining.Email {
		return j.forSomebodyElse()
	}
	j.page.Lead = j.joining.InviterName + " invited you as " + j.joining.Email + "."
	view := views.Join{
		Page: j.page, Decline: JoinPath + "/decline", Passport: j.passport(), Unheard: j.unheard, Foot: expiryWords(j.joining.ExpiresAt, j.now),
	}
	if j.signedIn {
		j.answer(&view)
	} else {
		j.begin(&view)
	}
	return view
}

// expiryWords is until when an invitation holds.
func expiryWords(at, now time.Time) string {
	return "Expires " + words.Moment(at) + ", in " + words.Remaining(max(time.Minute, at.Sub(now)))
}

// forSomebodyElse is the page for a visitor who is signed in with another address. It says whom the invitation is for, not
// what it gives.
func (j joinPage) forSomebodyElse() views.Join {
	j.page.Heading = "This invitation is for somebody else"
	return views.Join{Page: j.page, Switch: JoinPath + "/switch", Links: j.nextLinks(), Text: []string{
		"You are signed in as " + j.who.Person.Email + ". The invitation is for " + services.MaskEmail(j.joining.Email) + ".",
		"If both addresses are yours, sign out and continue with the other one.",
	}}
}

// answer is for who is signed in with the invited address.
func (j joinPage) answer(view *views.Join) {
	provider := j.joining.Wanted
	if provider.Admits(j.who.Provider) {
		view.Accept = JoinPath + "/accept"
		return
	}
	view.Text = []string{"You are signed in with " + j.who.Provider.Name() + ". This invitation is for " + provider.Name() +
		": sign out and sign in that way."}
	view.Switch = JoinPath + "/switch"
}

// begin is for who is not signed in: the ways in that the invitation allows.
func (j joinPage) begin(view *views.Join) {
	provider, account := j.joining.Wanted, j.joining.Account
	ways := waysOf(provider, j.mails)
	if ways.Link {
		view.MailLink = JoinPath + "/link"
	}
	switch {
	case ways == joinWays{}:
		view.Text = []string{"This invitation is for " + provider.Name() + ", and this console can send no mail at the moment. Ask " +
			j.joining.InviterName + " to invite you in another way."}
	case !ways.Password:
		view.Text = []string{"You join with " + provider.Name() + ". We send it to " + j.joining.Email + ". It works once."}
	case account == services.AccountReady:
		view.SignIn = SignInFor(JoinPath)
		view.Text = []string{"There is an account for " + j.joining.Email + "."}
	case account == services.AccountNone:
		j.accountForm(view)
	case account == services.AccountBeside:
		view.SignIn = SignInFor(JoinPath)
		view.Text = []string{"Sign in if you have an account for " + j.joining.Email + ". If not, choose a name and a password here."}
		j.accountForm(view)
	case account == services.AccountMember:
		view.SignIn = SignInFor(JoinPath)
		view.Text = []string{j.joining.Email + " is a member of " + j.joining.Organization.Name + " already. Sign in to accept. " + j.withoutPassword()}
	case view.MailLink == "":
		wayOn := "Open the link that was mailed to you, or set a password with “Forgot your password?” on the sign-in page."
		if j.joining.Mailed { // which is that link: the account has a second factor
			wayOn = "Set one with “Forgot your password?” on the sign-in page."
		}
		view.Text = []string{"There is an account for " + j.joining.Email + " without a password, and this link can’t set one. " + wayOn}
		view.SignIn = SignInFor(JoinPath)
	}
}

// withoutPassword is what a member does who has none: this link can't set one.
func (j joinPage) withoutPassword() string {
	if j.mails {
		return "Without a password, use “Forgot your password?” on the sign-in page."
	}
	return "Without a password, ask your operator to set one."
}

// tooManyAccounts is the page of an address for which no more accounts can be made without proof of it.
func (j joinPage) tooManyAccounts() views.Join {
	return views.Join{Page: j.page, Text: []string{
		"Too many accounts were made for this address, and nobody has proven that it is theirs.",
		"Sign in to one of them and open the link again. Or ask your operator to set a password for the address.",
	}, Links: []parts.Link{{Label: "Back to the invitation", Href: JoinPath}}}
}

// joinControls are where the page shows the fields of a new account.
var joinControls = controls{"Name": views.JoinName, "Password": views.JoinPassword}

// accountForm asks for name and password. Passwords are never sent back.
func (j joinPage) accountForm(view *views.Join) {
	view.Account = JoinPath + "/account"
	view.Name, view.Password = views.JoinName.Field(), passwordField(views.JoinPassword, "new-password")
	view.Name.Autocomplete, view.Name.Required, view.Name.MaxLength = "name", true, services.MaxName
	view.Name.Value = j.typed.Get(views.JoinName.Name)
	view.Password.Help = words.Characters.Count(credential.PasswordMinimum) + " or more. A few unrelated words are a good password."
	view.Errors = fieldErrors(j.wrong, joinControls.find)
	mark(view.Errors, &view.Name, &view.Password)
}

// passport is what joining gives.
func (j joinPage) passport() *views.Passport {
	var names []string
	for _, g := range j.joining.Groups {
		names = append(names, g.Name)
	}
	gives, set := j.joining.Gives, access.PrivilegeSet{}
	p := &views.Passport{Groups: words.List(names, 5), Ends: j.joining.Ends()}
	for _, d := range j.catalog.Domains() {
		level := gives.Level(d.Key)
		set[d.Key] = access.Privilege{Level: level}
		if level != access.LevelNone {
			word := d.Label(level)
			if end := lastsUntil(gives.Grants(d.Key), level); !end.IsZero() {
				word += " until " + words.EndMinute(end)
			}
			p.Domains = append(p.Domains, views.PassportDomain{Service: d.Service, Name: d.Name, Level: levelClass(level), Word: word})
		}
	}
	p.Reach = reach(j.catalog, set)
	p.Tally = words.Number(len(p.Domains)) + " of " + words.Domains.Count(len(j.catalog.Domains()))
	if len(p.Domains) > passportDomains {
		p.Domains = p.Domains[:passportDomains]
	}
	return p
}

// lastsUntil is when the last of the groups no longer gives the level; zero: never.
func lastsUntil(grants []access.Grant, level access.Level) (end time.Time) {
	for _, g := range grants {
		switch {
		case g.Level != level:
		case g.Until.IsZero():
			return time.Time{}
		case g.Until.After(end):
			end = g.Until
		}
	}
	return end
}

// passportDomains is how many domains are named; the strip shows all.
const passportDomains = 12

// mailed is the answer to asking for a link by mail.
func (j joinPage) mailed() views.Join {
	return views.Join{Page: j.page, Text: []string{
		"A link to sign in with is on its way to the invited address. It works once, for " + words.Remaining(services.LinkLife) + ".",
		"It leads back to the invitation. If you get no mail, check your spam folder, or ask for another link.",
	}, Links: []parts.Link{{Label: "Back to the invitation", Href: JoinPath}}}
}

func (j joinPage) throttled(wait time.Duration) views.Join {
	j.page.Heading = "Too many links"
	return views.Join{Page: j.page, Text: []string{tooManyLinks(wait)},
		Links: []parts.Link{{Label: "Back to the invitation", Href: JoinPath}}}
}
