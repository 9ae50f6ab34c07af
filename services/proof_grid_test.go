package services_test

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
)

// grid is an address that nobody knows yet, two organizations and the vendor's file, and what each password that
// somebody sets for the address may open.
type grid struct {
	post
	email  string
	peer   int
	bosses map[string]services.Caller // by organization
	listed *[]string                  // by the vendor's file
	proven map[string]bool            // passwords of the person who has proven the address
	links  map[string]map[string]bool // passwords, and the organizations whose administrators gave their holder a link
}

func (g *grid) file(organization, members string) string {
	return fmt.Sprintf(`version: 1
organization: {key: %[1]s, name: %[1]s, seats: 5000}
members: [{email: boss@%[1]s.example.com, name: Boss, groups: [administrators]}%[2]s]
`, organization, members)
}

// lists has an organization's file make the address an administrator.
func (g *grid) lists(organization string) {
	apply(g.t, g.Console, g.file(organization, ", {email: "+g.email+", name: Chief, groups: [administrators]}"), services.ApplyOptions{})
}

// drops has an organization remove the address, as far as it is a member.
func (g *grid) drops(organization string) {
	member, err := g.store.In(g.boss(organization).Organization.ID).MemberByEmail(context.Background(), g.email)
	if errors.Is(err, models.ErrNotFound) {
		return
	}
	must(g.t, err)
	_, err = g.RemoveFromOrganization(context.Background(), g.boss(organization), member.ID)
	must(g.t, err)
}

func (g *grid) boss(organization string) services.Caller {
	if by, known := g.bosses[organization]; known {
		return by
	}
	person := modelstest.Proven(g.t, g.store, "boss@"+organization+".example.com")
	by, err := g.Identify(context.Background(), services.Session{Person: person, Provider: services.ProviderPassword}, organization, "")
	must(g.t, err)
	g.bosses[organization] = by
	return by
}

func (g *grid) invitedTo(organization string, notify bool) (link string) {
	results, err := g.Invite(context.Background(), g.boss(organization), services.NewInvitations{
		Provider: services.ProviderAny, Emails: []string{g.email}, Notify: notify, Groups: []string{"users"}, Confirmed: true,
	})
	must(g.t, err)
	if len(results) != 1 || results[0].Outcome != services.Invited {
		return "" // in the group already
	}
	if notify {
		return g.mailed(g.email, "/join/")
	}
	return path.Base(results[0].Link)
}

func (g *grid) address() string { g.peer++; return fmt.Sprintf("10.%d.%d.1", g.peer/200, g.peer%200) }

// in is the session that a password begins; false where it opens nothing.
func (g *grid) in(password string) (services.Session, bool) {
	with := services.Credentials{Email: g.email, Password: password, Address: g.address()}
	token, _, err := g.SignIn(context.Background(), with)
	for throttled := (services.Throttled{}); errors.As(err, &throttled); token, _, err = g.SignIn(context.Background(), with) {
		g.clock.Advance(throttled.Wait)
	}
	if errors.Is(err, services.ErrWrongCredentials) {
		return services.Session{}, false
	}
	must(g.t, err)
	session, err := g.Session(context.Background(), token)
	must(g.t, err)
	return session, true
}

// hands makes an account with a copied link of the organization, or accepts with one that its holder has already.
func (g *grid) hands(organization string) {
	link, password := g.invitedTo(organization, false), passphrase+" of "+organization
	if link == "" {
		return
	}
	_, _, err := g.JoinWithAccount(context.Background(), link, services.NewAccount{Name: "Somebody", Password: password, Address: g.address()})
	if err == nil {
		g.mayOpen(password, organization)
		return
	}
	if !errors.Is(err, services.ErrHasAccount) {
		g.t.Fatal(err)
	}
	g.accepts(password, link, organization)
}

// accepted is a copied link that is accepted while signed in to an account that the other organization's link made.
func (g *grid) accepted(organization, other string) {
	if link := g.invitedTo(organization, false); link != "" {
		g.accepts(passphrase+" of "+other, link, organization)
	}
}

func (g *grid) accepts(password, link, organization string) {
	session, in := g.in(password)
	if !in {
		return
	}
	_, err := g.AcceptByLink(context.Background(), session, link, "")
	if errors.Is(err, services.ErrUnproven) {
		return // it is somebody else's to answer
	}
	must(g.t, err)
	g.mayOpen(password, organization)
}

func (g *grid) mayOpen(password, organization string) {
	if g.links[password] == nil {
		g.links[password] = map[string]bool{}
	}
	g.links[password][organization] = true
}

// mailed to the address, and answered by its owner.
func (g *grid) mails(organization string) {
	ctx, password := context.Background(), passphrase+" of the owner"
	link := g.invitedTo(organization, true)
	if link == "" {
		return
	}
	_, _, err := g.JoinWithAccount(ctx, link, services.NewAccount{Name: "Owner", Password: password, Address: g.address()})
	if err != nil && !errors.Is(err, services.ErrHasAccount) {
		g.t.Fatal(err)
	}
	if err == nil {
		g.proven[password] = true
	}
}

func (g *grid) resets() {
	password := passphrase + " of the owner, reset"
	must(g.t, g.SendPasswordLink(context.Background(), g.email, g.address()))
	if _, err := g.store.PersonByEmail(context.Background(), g.email); errors.Is(err, models.ErrNotFound) {
		return
	}
	must(g.t, g.ResetPassword(context.Background(), g.linkTo(g.email), services.NewPassword{Password: password, Again: password}, ""))
	g.proven[password] = true
}

func (g *grid) signsInByMail() {
	must(g.t, g.SendSignInLink(context.Background(), g.email, g.address(), ""))
	if _, err := g.store.PersonByEmail(context.Background(), g.email); errors.Is(err, models.ErrNotFound) {
		return
	}
	token, _, err := g.SignInByLink(context.Background(), g.linkTo(g.email), "", "")
	must(g.t, err)
	session, err := g.Session(context.Background(), token)
	must(g.t, err)
	for _, organization := range []string{"alpha", "beta"} {
		_, err := g.store.In(g.boss(organization).Organization.ID).MemberByEmail(context.Background(), g.email)
		if errors.Is(err, models.ErrNotFound) {
			continue
		}
		must(g.t, err)
		if _, err := g.Identify(context.Background(), session, organization, ""); errors.Is(err, models.ErrNotFound) {
			g.t.Errorf("%s keeps out whoever has proven the address", organization)
		}
	}
}

// operates lists the address in the vendor's file, as an operator and as personnel.
func (g *grid) operates() {
	if !slices.Contains(*g.listed, g.email) {
		*g.listed = append(*g.listed, g.email)
	}
	var personnel strings.Builder
	for _, email := range *g.listed {
		fmt.Fprintf(&personnel, "  - {email: %s, name: Chief, categories: [agent]}\n", email)
	}
	applyOperator(g.t, g.Console, `version: 1
vendor: {name: Example Vendor, support_mail: support@vendor.example}
operators: [`+strings.Join(*g.listed, ", ")+`]
categories: [{key: agent, name: Agent, longest: 1h, may_request: {content/fields: view}}]
personnel:
`+personnel.String())
}

// atTheShell sets a password by one of the commands, for whom it can.
func (g *grid) atTheShell(set func(password string) error) {
	password := passphrase + " of the shell"
	err := set(password)
	if err == nil {
		g.proven[password] = true
	} else if !errors.Is(err, models.ErrNotFound) {
		g.t.Fatal(err)
	}
}

// enters are the passwords and organizations that let somebody in, judged by the invariant.
func (g *grid) enters(after string) map[string]bool {
	ctx, all := context.Background(), map[string]bool{}
	for _, who := range []string{" of alpha", " of beta", " of the owner", " of the owner, reset", " of the shell"} {
		password := passphrase + who
		if !g.proven[password] && g.links[password] == nil {
			continue // nobody has set it
		}
		session, in := g.in(password)
		if !in {
			continue
		}
		for _, organization := range []string{"alpha", "beta"} {
			if _, err := g.Identify(ctx, session, organization, ""); err != nil {
				continue
			}
			all[password+" in "+organization] = true
			if !g.proven[password] && !g.links[password][organization] {
				g.t.Errorf("%s: the password%s enters %s", after, who, organization)
			}
		}
		operates, err := g.IsOperator(ctx, session)
		must(g.t, err)
		supports, err := g.IsSupporter(ctx, session)
		must(g.t, err)
		if (operates || supports) && !g.proven[password] {
			g.t.Errorf("%s: the password%s operates (%t) or supports (%t)", after, who, operates, supports)
		}
		invitations, err := g.OwnInvitations(ctx, session)
		if err != nil || len(invitations) > 0 && !g.proven[password] {
			g.t.Errorf("%s: the password%s sees %d invitations, %v", after, who, len(invitations), err)
		}
	}
	return all
}

// step is a way that an address gains or loses a password, a proof, an invitation, a membership or an entry of the vendor's.
type step struct {
	name string
	of   string // whose it is: an organization, "vendor", or "" for the owner and the shell
	take func(g *grid)
}

func gridSteps() []step {
	var all []step
	for _, o := range []string{"alpha", "beta"} {
		other := map[string]string{"alpha": "beta", "beta": "alpha"}[o]
		all = append(all,
			step{o + "'s file lists", o, func(g *grid) { g.lists(o) }},
			step{o + " lists and drops", o, func(g *grid) { g.lists(o); g.drops(o) }},
			step{o + "'s copied link makes an account", o, func(g *grid) { g.hands(o) }},
			step{o + " drops", o, func(g *grid) { g.drops(o) }},
			step{o + "'s copied link is accepted by the account of " + other, o, func(g *grid) { g.accepted(o, other) }},
			step{o + " invites by mail", "", func(g *grid) { g.mails(o) }},
			step{"set-password in " + o, "", func(g *grid) {
				g.atTheShell(func(password string) error { return g.SetPassword(context.Background(), o, g.email, password) })
			}},
		)
	}
	return append(all,
		step{"the owner resets", "", (*grid).resets},
		step{"the owner signs in by mail", "", (*grid).signsInByMail},
		step{"the vendor’s file lists", "vendor", (*grid).operates},
		step{"set-password of the vendor", "", func(g *grid) {
			g.atTheShell(func(password string) error { return g.SetVendorPassword(context.Background(), g.email, password) })
		}},
	)
}

// Every two of the steps after one another, and then the file of each organization: who enters has
// proven the address or was given a link by that organization, who operates has proven it, and nothing that one
// organization does keeps somebody out of the other.
func TestNobodyEntersByWhatProvesNothingInAnyOrderOfSteps(t *testing.T) {
	modelstest.EachAt(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		p := post{mailing(store, clock), t, store, clock, mailtest.Start(t, mailtest.Options{}), services.Caller{}}
		var listed []string
		bosses := map[string]services.Caller{}
		steps := gridSteps()
		for i, first := range steps {
			for j, second := range steps {
				g := &grid{post: p, email: fmt.Sprintf("chief-%d-%d@example.com", i, j), listed: &listed, bosses: bosses,
					proven: map[string]bool{}, links: map[string]map[string]bool{}}
				if i+j == 0 {
					apply(t, g.Console, g.file("alpha", ""), services.ApplyOptions{})
					apply(t, g.Console, g.file("beta", ""), services.ApplyOptions{})
				}
				first.take(g)
				before := g.enters(first.name)
				second.take(g)
				after := g.enters(first.name + ", " + second.name)
				g.keeps(before, after, second)
				for _, third := range []step{steps[0], steps[7]} { // the files, for anyone who waited for them
					before = after
					third.take(g)
					after = g.enters(first.name + ", " + second.name + ", " + third.name)
					g.keeps(before, after, third)
				}
				clock.Advance(2 * time.Hour)
			}
		}
	})
}

// keeps holds that a step of one organization, or of the vendor, takes from nobody what they enter elsewhere.
func (g *grid) keeps(before, after map[string]bool, last step) {
	for way := range before {
		if last.of != "" && !strings.HasSuffix(way, " in "+last.of) && !after[way] {
			g.t.Errorf("%s: %q is taken by the step %q", g.email, way, last.name)
		}
	}
}
