package services_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/mail/mailtest"
)

// Attack: ask for more than the category allows, by everything that a form, or somebody who writes one, can say.
func TestNobodyCanRequestMoreThanTheirCategoryAllows(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		for _, domain := range defaultCatalog.Domains() {
			for _, level := range []access.Level{access.LevelView, access.LevelCustom, access.LevelEdit, access.LevelAllowed, access.LevelPush, access.LevelPushAndView} {
				r := v.asks(time.Hour)
				r.Privileges = map[access.DomainKey]access.Level{domain.Key: level, "content/fields": access.LevelView}
				r.Privileges[domain.Key] = level
				allowed := map[access.DomainKey][]access.Level{
					"content/fields": {access.LevelView}, "content/sources": {access.LevelView, access.LevelEdit},
					"organization/activities": {access.LevelView}, "organization/groups": {access.LevelView, access.LevelEdit},
					"organization/organization": {access.LevelView}, "organization/temporary-access": {access.LevelView},
					"search/execute-queries": {access.LevelAllowed},
				}
				_, err := v.RequestAccess(context.Background(), v.agent(), "acme", r)
				var high services.TooHigh
				if want := slices.Contains(allowed[domain.Key], level); want != (err == nil) || err != nil && !errors.As(err, &high) {
					t.Errorf("%s on %s: %v", level, domain.Key, err)
				}
			}
		}
		newest := newest(t, v.store)
		if newest.Operation != "temporary-access.requested" || newest.Outcome != models.OutcomeRefused || newest.ActorKind != models.ActorSupport {
			t.Errorf("the refusal is recorded as %+v", newest)
		}
	})
}

func TestARequestKeepsTheRulesOfItsCategory(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		for _, test := range []struct {
			name   string
			change func(r *services.AccessRequest)
			field  string
		}{
			{"for as long as it may", func(r *services.AccessRequest) { r.Until = v.clock.Now().Add(72 * time.Hour) }, ""},
			{"for longer", func(r *services.AccessRequest) { r.Until = v.clock.Now().Add(72*time.Hour + time.Second) }, "Until"},
			{"until now", func(r *services.AccessRequest) { r.Until = v.clock.Now() }, "Until"},
			{"until never", func(r *services.AccessRequest) { r.Until = time.Time{} }, "Until"},
			{"without a case", func(r *services.AccessRequest) { r.Justification = "the Jira source does not rebuild" }, "Justification"},
			{"in few words", func(r *services.AccessRequest) { r.Justification = "CASE-1" }, "Justification"},
			{"in blanks", func(r *services.AccessRequest) { r.Justification = strings.Repeat(" ", 40) }, "Justification"},
			{"in very many words", func(r *services.AccessRequest) { r.Justification += strings.Repeat(" and so on", 100) }, "Justification"},
			{"with what nobody sees", func(r *services.AccessRequest) { r.Justification += "\u202e" }, "Justification"},
			{"of several lines", func(r *services.AccessRequest) { r.Justification += "\r\nSee the log." }, ""},
			{"with a long description", func(r *services.AccessRequest) { r.Description = strings.Repeat("a", 2001) }, "Description"},
			{"for nothing", func(r *services.AccessRequest) { r.Privileges = nil }, "Privileges"},
			{"for none", func(r *services.AccessRequest) {
				r.Privileges = map[access.DomainKey]access.Level{"content/sources": access.LevelNone}
			}, "Privileges"},
			{"as what they are not", func(r *services.AccessRequest) { r.Categories = []string{"specialist"} }, "Categories"},
			{"as what there is not", func(r *services.AccessRequest) { r.Categories = []string{"support-agent", "boss"} }, "Categories"},
		} {
			t.Run(test.name, func(t *testing.T) {
				r := v.asks(time.Hour)
				test.change(&r)
				_, err := v.RequestAccess(context.Background(), v.agent(), "acme", r)
				var wrong services.Invalid
				if test.field == "" && err != nil || test.field != "" && (!errors.As(err, &wrong) || wrong.Text(test.field) == "") {
					t.Errorf("got %v", err)
				}
			})
		}
	})
}

func TestSeveralCategoriesAddUp(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		who := v.session("specialist@vendor.example")
		both := v.asks(100 * time.Hour)
		both.Categories = []string{"specialist", "support-agent"}
		both.Privileges["search/query-pipelines"] = access.LevelEdit
		var wrong services.Invalid
		if _, err := v.RequestAccess(ctx, who, "acme", both); !errors.As(err, &wrong) || wrong.Text("Until") == "" {
			t.Errorf("for longer than one of them allows: %v", err)
		}
		both.Until = v.clock.Now().Add(70 * time.Hour)
		a, err := v.RequestAccess(ctx, who, "acme", both)
		must(t, err)
		if a.CategoryName != "Product specialist and Support agent" {
			t.Errorf("asked as %q", a.CategoryName)
		}
		alone := services.AccessRequest{Categories: []string{"specialist"}, Justification: "A look at the pipelines", Until: v.clock.Now().Add(300 * time.Hour),
			Privileges: map[access.DomainKey]access.Level{"search/query-pipelines": access.LevelEdit}}
		_, err = v.RequestAccess(ctx, who, "acme", alone) // its rules alone hold
		must(t, err)
		alone.Privileges["content/sources"] = access.LevelView
		var high services.TooHigh
		if _, err := v.RequestAccess(ctx, who, "acme", alone); !errors.As(err, &high) {
			t.Errorf("as a specialist alone, sources: %v", err)
		}
	})
}

// R20: who belongs to several categories asks as any of them or as all together, and says so; who belongs to one need not.
func TestWhoBelongsToSeveralCategoriesSaysAsWhichTheyAsk(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx, r := context.Background(), v.asks(time.Hour)
		for _, none := range [][]string{nil, {}} {
			r.Categories = none
			var wrong services.Invalid
			if _, err := v.RequestAccess(ctx, v.session("specialist@vendor.example"), "acme", r); !errors.As(err, &wrong) || wrong.Text("Categories") == "" {
				t.Errorf("with %#v a specialist and support agent gets %v", none, err)
			}
		}
		a, err := v.RequestAccess(ctx, v.agent(), "acme", r)
		if err != nil || a.CategoryName != "Support agent" {
			t.Errorf("who has one category asks as %q, %v", a.CategoryName, err)
		}
	})
}

func TestWhoMayNotAskFindsNothing(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		apply(t, v.Console, modelstest.OtherFile, services.ApplyOptions{})
		for name, test := range map[string]struct{ email, organization string }{
			"a member": {"administrator@example.com", "acme"},
			"an operator who is none of the personnel": {"operator@vendor.example", "acme"},
			"an organization they don’t support":       {"agent@vendor.example", "other"},
			"an organization that there is not":        {"agent@vendor.example", "gone"},
		} {
			who := v.session(test.email)
			if _, err := v.RequestAccess(ctx, who, test.organization, v.asks(time.Hour)); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s asks: %v", name, err)
			}
			if _, err := v.AccessOffer(ctx, who, test.organization); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("%s opens the form: %v", name, err)
			}
		}
		if _, err := v.OwnRequests(ctx, v.session("administrator@example.com"), models.Page{}); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a member’s own requests: %v", err)
		}
		found, err := v.SupportedOrganizations(ctx, v.agent(), models.Page{})
		if err != nil || len(found.Rows) != 1 || found.Rows[0].Key != "acme" {
			t.Errorf("the agent supports %+v, %v", found.Rows, err)
		}
		if found, err = v.SupportedOrganizations(ctx, v.session("specialist@vendor.example"), models.Page{Query: "OTH"}); err != nil || len(found.Rows) != 1 {
			t.Errorf("who supports all finds %+v, %v", found.Rows, err)
		}
	})
}

func TestAnOrganizationCanSwitchSupportAccessOff(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		a, who := v.request(time.Hour), v.agent()
		v.enters(v.Console, who)
		wantForbidden(t, v.SetSupportAccess(ctx, v.by("auditor"), false, true))
		var unsure services.NeedsConfirmation
		if err := v.SetSupportAccess(ctx, v.by("administrator"), false, false); !errors.As(err, &unsure) || unsure.Of != services.ConfirmSupportOff {
			t.Errorf("unconfirmed: %v", err)
		}
		must(t, v.SetSupportAccess(ctx, v.by("administrator"), false, true))
		v.wantShut(v.Console, who, "with support access off,")
		if d := v.detail("auditor", a.Key); d.Status != models.StatusRevoked || d.Reason != services.ReasonSwitchedOff {
			t.Errorf("%s for %q", d.Status, d.Reason)
		}
		if _, err := v.RequestAccess(ctx, v.agent(), "acme", v.asks(time.Hour)); !errors.Is(err, services.ErrSupportOff) {
			t.Errorf("asked with support access off: %v", err)
		}
		if offer, err := v.AccessOffer(ctx, v.agent(), "acme"); err != nil || !errors.Is(offer.Closed, services.ErrSupportOff) {
			t.Errorf("the form says %v, %v", offer.Closed, err)
		}
		must(t, v.SetSupportAccess(ctx, v.by("administrator"), true, false))
		v.request(time.Hour)
	})
}

// join makes somebody a member.
func (v visit) join(email, group string) {
	v.t.Helper()
	apply(v.t, v.Console, "version: 1\norganization: {key: acme, name: Acme}\nmembers: [{email: "+email+", groups: ["+group+"]}]\n", services.ApplyOptions{})
}

func TestAMemberDoesNotAskForTemporaryAccess(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		v.join("agent@vendor.example", "readers")
		if _, err := v.RequestAccess(ctx, v.agent(), "acme", v.asks(time.Hour)); !errors.Is(err, services.ErrMember) {
			t.Errorf("got %v", err)
		}
	})
}

// Attack: whoever may edit one group makes the agent a member by an account in the agent's name, so that the agent may not ask.
func TestAnAccountInTheAgentsNameKeepsNobodyFromAsking(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx, agent := context.Background(), v.agent()
		results, err := v.Invite(ctx, v.by("administrator"), services.NewInvitations{
			Provider: services.ProviderPassword, Emails: []string{agent.Person.Email}, Groups: []string{"readers"}})
		must(t, err)
		_, token, err := v.JoinWithAccount(ctx, results[0].Link[len("/join/"):], services.NewAccount{Name: "Agent", Password: passphrase, Address: "192.0.2.66"})
		must(t, err)
		attacker, err := v.Session(ctx, token)
		must(t, err)
		offer, err := v.AccessOffer(ctx, agent, "acme")
		if err != nil || offer.Closed != nil {
			t.Errorf("the offer is closed: %v, %v", offer.Closed, err)
		}
		_, err = v.RequestAccess(ctx, agent, "acme", v.asks(time.Hour))
		must(t, err)
		if by, err := v.Identify(ctx, attacker, "acme", ""); err != nil || len(by.Accesses) != 0 {
			t.Errorf("the account in the agent’s name has the access: %+v, %v", by.Accesses, err)
		}
		if by, err := v.Identify(ctx, agent, "acme", ""); err != nil || len(by.Accesses) != 1 {
			t.Errorf("the agent enters with %+v, %v", by.Accesses, err)
		}
	})
}

// Attack: what was lent for a visit is passed on, or made to last: by groups, by API keys, by what others have asked for.
func TestTemporaryAccessIsNeitherPassedOnNorProlonged(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		r := v.asks(time.Hour)
		r.Privileges = map[access.DomainKey]access.Level{"content/sources": access.LevelEdit, "organization/groups": access.LevelEdit,
			"organization/temporary-access": access.LevelView, "organization/activities": access.LevelView}
		own, err := v.RequestAccess(ctx, v.agent(), "acme", r)
		must(t, err)
		specialist := v.session("specialist@vendor.example")
		asked := v.asks(time.Hour)
		asked.Categories = []string{"specialist", "support-agent"}
		others, err := v.RequestAccess(ctx, specialist, "acme", asked)
		must(t, err)
		agent, entered := v.enters(v.Console, v.agent())
		if !entered {
			t.Fatal("the agent does not enter")
		}
		_, err = v.AddMember(ctx, agent, "readers", services.NewMembership{Email: "agent@vendor.example"})
		if !errors.As(err, &services.BringsNobodyIn{}) {
			t.Errorf("joining a group: %v", err)
		}
		_, err = v.AddGroup(ctx, agent, services.NewGroup{Name: "Ours", Privileges: services.NewPrivileges{Choices: services.PrivilegeChoices{"content/sources": {Level: access.LevelView}}}})
		wantTooHigh(t, "a group of their own", err)
		_, err = v.AddAPIKey(ctx, agent, services.NewAPIKey{Once: v.NewFormToken(), Template: "custom", APIKeyConfiguration: services.APIKeyConfiguration{Name: "Mine", Expires: onDay("2027-02-01")}})
		wantForbidden(t, err)
		_, err = v.RevokeTemporaryAccess(ctx, agent, others.Key)
		wantForbidden(t, err)
		if _, err = v.EndOwnRequest(ctx, v.agent(), "acme", others.Key, ""); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("giving back what is somebody else’s: %v", err)
		}
		wantForbidden(t, v.SubscribeToRequests(ctx, agent))
		if d, err := v.TemporaryAccess(ctx, agent, own.Key); err != nil || d.Revocable {
			t.Errorf("the agent sees %+v, %v", d, err)
		}
	})
}

func wantTooHigh(t *testing.T, what string, err error) {
	t.Helper()
	var high services.TooHigh
	if !errors.As(err, &high) {
		t.Errorf("%s: %v", what, err)
	}
}

// Attack: rows that no file and no request can make, written by hand or by an older version.
func TestWhatCannotBeLentIsWorthNothingEvenIfItIsStored(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		a := v.request(time.Hour)
		for _, d := range []access.DomainKey{access.APIKeysDomain, access.TemporaryAccessDomain} {
			must(t, v.scope().ReplacePrivileges(ctx, a.Grantee().ID, nil, access.PrivilegeSet{d: {Level: access.LevelEdit}}, v.clock.Now()))
		}
		agent, _ := v.enters(v.Console, v.agent())
		_, err := v.AddAPIKey(ctx, agent, services.NewAPIKey{Once: v.NewFormToken(), Template: "custom", APIKeyConfiguration: services.APIKeyConfiguration{Name: "Mine", Expires: onDay("2027-02-01")}})
		wantForbidden(t, err)
		_, err = v.RevokeTemporaryAccess(ctx, agent, a.Key)
		wantForbidden(t, err)
		if !agent.Rights.May(services.ViewAPIKeys, 0) {
			t.Error("view is not left")
		}
	})
}

func TestOneGivesBackWhatOneHas(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		must(t, v.SubscribeToRequests(ctx, v.by("administrator")))
		a, who := v.request(time.Hour), v.agent()
		v.enters(v.Console, who)
		ended, err := v.EndOwnRequest(ctx, who, "acme", a.Key, "192.0.2.7")
		must(t, err)
		v.wantShut(v.Console, who, "after it was given back")
		if _, err := v.store.SessionByID(ctx, who.ID); err != nil {
			t.Errorf("the session that gave it back: %v", err)
		}
		if d := v.detail("auditor", ended.Key); d.Status != models.StatusEnded || d.EndedBy != "Support Agent (agent@vendor.example)" {
			t.Errorf("details: %+v", d)
		}
		if _, err := v.EndOwnRequest(ctx, who, "acme", a.Key, ""); !errors.Is(err, services.ErrAccessEnded) {
			t.Errorf("given back twice: %v", err)
		}
		own, err := v.OwnRequests(ctx, who, models.Page{})
		if err != nil || len(own.Rows) != 1 || own.Rows[0].OrganizationKey != "acme" || own.Rows[0].Outcome != models.AccessEnded {
			t.Errorf("own requests: %+v, %v", own.Rows, err)
		}
	})
}

func TestTheListTakesViewAndRevokingTakesEditOnTemporaryAccess(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		a := v.request(time.Hour)
		_, err := v.TemporaryAccesses(ctx, v.by("reader"), services.TemporaryAccessQuery{})
		wantForbidden(t, err)
		for _, key := range []string{a.Key, "gone"} { // R15: the same answer
			_, err = v.TemporaryAccess(ctx, v.by("reader"), key)
			wantForbidden(t, err)
			_, err = v.RevokeTemporaryAccess(ctx, v.by("reader"), key)
			wantForbidden(t, err)
		}
		if _, err = v.TemporaryAccess(ctx, v.by("auditor"), "gone"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("one that there is not: %v", err)
		}
		_, err = v.RevokeTemporaryAccess(ctx, v.by("auditor"), a.Key)
		wantForbidden(t, err)
		wantForbidden(t, v.SubscribeToRequests(ctx, v.by("reader")))
		must(t, v.SubscribeToRequests(ctx, v.by("auditor")))
		must(t, v.SubscribeToRequests(ctx, v.by("auditor"))) // a click that comes twice
		list, err := v.TemporaryAccesses(ctx, v.by("auditor"), services.TemporaryAccessQuery{})
		if err != nil || len(list.Rows) != 1 || list.Revocable || !list.Subscribable || !list.Subscribed || list.Open != 1 {
			t.Errorf("the auditor sees %+v, %v", list, err)
		}
	})
}

func TestTheListIsFilteredByStatusAndPagedTheNewestFirst(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		var keys []string
		for n := range 6 {
			v.clock.Advance(time.Second)
			a := v.request(time.Duration(n+1) * time.Hour)
			keys = append(keys, a.Key)
		}
		_, err := v.RevokeTemporaryAccess(ctx, v.by("administrator"), keys[5])
		must(t, err)
		_, err = v.EndOwnRequest(ctx, v.agent(), "acme", keys[4], "")
		must(t, err)
		v.clock.Advance(2*time.Hour + time.Minute) // the first two have expired, and nobody has met that
		for status, want := range map[models.AccessStatus][]string{
			"": {keys[5], keys[4], keys[3], keys[2], keys[1], keys[0]}, models.StatusActive: {keys[3], keys[2]},
			models.StatusExpired: {keys[1], keys[0]}, models.StatusRevoked: {keys[5]}, models.StatusEnded: {keys[4]},
		} {
			var got []string
			query := services.TemporaryAccessQuery{Status: status, Page: models.Page{Limit: 2}}
			for {
				list, err := v.TemporaryAccesses(ctx, v.by("auditor"), query)
				must(t, err)
				for _, a := range list.Rows {
					got = append(got, a.Key)
					if is := a.Status(list.At); status != "" && is != status {
						t.Errorf("among %s is one that is %s", status, is)
					}
				}
				if query.After = list.Next; list.Next == "" {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%q: got %q, want %q", status, got, want)
			}
		}
	})
}

// deliver sends all that is queued to a mail server.
func (v visit) deliver(server *mailtest.Server) {
	v.t.Helper()
	p := post{v.Console, v.t, v.store, v.clock, server, services.Caller{}}
	must(v.t, p.patientWorker(v.Console, time.Minute).SendDue(context.Background()))
}

// Attack: learn of requests after one's own access is gone, from what was queued before.
func TestASubscriberWhoseAccessIsGoneIsSentNothing(t *testing.T) {
	for name, leave := range map[string]func(v visit) error{
		"left the organization": func(v visit) error {
			_, err := v.RemoveMember(context.Background(), v.by("administrator"), "auditors", "auditor@example.com")
			return err
		},
		"left and came back": func(v visit) error {
			_, err := v.RemoveMember(context.Background(), v.by("administrator"), "auditors", "auditor@example.com")
			v.join("auditor@example.com", "auditors")
			return err
		},
		"views no activities": func(v visit) error {
			g, err := v.Group(context.Background(), v.by("administrator"), "auditors")
			if err == nil {
				err = setPrivileges(context.Background(), v.Console, v.by("administrator"), "auditors", g.Revision, services.PrivilegeChoices{"organization/activities": {}})
			}
			return err
		},
		"unsubscribed": func(v visit) error { return v.UnsubscribeFromRequests(context.Background(), v.by("auditor")) },
	} {
		t.Run(name, func(t *testing.T) {
			onVisit(t, func(t *testing.T, v visit) {
				ctx := context.Background()
				must(t, v.SubscribeToRequests(ctx, v.by("auditor")))
				must(t, v.SubscribeToRequests(ctx, v.by("administrator")))
				v.request(time.Hour)
				must(t, leave(v))
				server := mailtest.Start(t, mailtest.Options{})
				v.deliver(server)
				if got := len(server.MailsTo("auditor@example.com")); got != 0 || len(server.MailsTo("administrator@example.com")) != 1 {
					t.Errorf("%d mails arrived, and others %d", got, len(server.Mails()))
				}
			})
		})
	}
}

func TestMailsSayWhoWhyWhatAndUntilWhen(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		must(t, v.SubscribeToRequests(ctx, v.by("administrator")))
		a := v.request(time.Hour)
		server := mailtest.Start(t, mailtest.Options{})
		v.deliver(server)
		_, err := v.RevokeTemporaryAccess(ctx, v.by("administrator"), a.Key)
		must(t, err)
		v.deliver(server)
		text := strings.Join(strings.Fields(fmt.Sprintf("%+v", server.Mails())), " ")
		for _, want := range []string{
			"Support Agent", "agent@vendor.example", "Support agent", because, "Edit all on Content / Sources", "View on Organization / Activities",
			"until 4 January 2027, 10:00 UTC", console + "/o/acme/temporary-access/" + a.Key,
			"Your temporary access to Acme was revoked", "The temporary access of Support Agent to Acme was revoked", "by Administrator",
		} {
			if !strings.Contains(text, want) {
				t.Errorf("no mail says %q: %s", want, text)
			}
		}
		if len(server.MailsTo("administrator@example.com")) != 2 || len(server.MailsTo("agent@vendor.example")) != 1 {
			t.Errorf("%d mails arrived", len(server.Mails()))
		}
	})
}

func TestOnesOwnTemporaryAccessIsExplained(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		v.request(time.Hour)
		agent, _ := v.enters(v.Console, v.agent())
		e, err := v.Explain(context.Background(), agent, services.Question{Ability: "edit", Domain: "content/sources", Resource: "jira"})
		must(t, err)
		own, err := v.OwnAccess(context.Background(), agent)
		must(t, err)
		if !own.Self || len(own.Groups) != 1 || own.Rights.Level("content/sources") != access.LevelEdit {
			t.Errorf("own access: %+v", own)
		}
		if !e.Allowed || e.Sentences().Summary != "Their temporary access gives it." {
			t.Errorf("explained as %+v", e.Sentences())
		}
		e, err = v.Explain(context.Background(), agent, services.Question{Ability: "edit", Domain: "content/extensions"})
		must(t, err)
		want := []string{"Another request for temporary access that includes it, if a category allows that."}
		if got := e.Sentences().Changes; e.Allowed || !slices.Equal(got, want) {
			t.Errorf("what would change a no: %q", got)
		}
	})
}
