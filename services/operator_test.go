package services_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

var defaultCatalog = files.DefaultCatalog()

func tryOperator(t testing.TB, c *services.Console, text string, options services.ApplyOptions) (services.Plan, error) {
	t.Helper()
	file, found := files.ReadOperator("operator.yaml", []byte(text), defaultCatalog)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return c.ApplyOperator(context.Background(), "operator.yaml", file, options)
}

func applyOperator(t testing.TB, c *services.Console, text string) services.Plan {
	t.Helper()
	plan, err := tryOperator(t, c, text, services.ApplyOptions{})
	must(t, err)
	return plan
}

func exportedOperator(t *testing.T, c *services.Console) string {
	t.Helper()
	var text bytes.Buffer
	must(t, c.ExportOperator(context.Background(), &text))
	return text.String()
}

func TestTheOperatorFileIsTheWholeTruth(t *testing.T) {
	onConsoleWith(t, applied(modelstest.VisitedFile), func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		ctx := context.Background()
		if err := c.ExportOperator(ctx, &bytes.Buffer{}); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("before there was a file: %v", err)
		}
		plan, err := tryOperator(t, c, operatorFile, services.ApplyOptions{DryRun: true})
		must(t, err)
		if err := c.ExportOperator(ctx, &bytes.Buffer{}); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a dry run stored: %v", err)
		}
		if _, err := store.PersonByEmail(ctx, "agent@vendor.example"); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("a dry run made people: %v", err)
		}
		if applied := applyOperator(t, c, operatorFile); applied.String() != plan.String() || len(plan.Steps) != 6 {
			t.Errorf("planned\n%s\nand did\n%s", plan, applied)
		}
		first := exportedOperator(t, c)
		if again := applyOperator(t, c, first); !again.Empty() {
			t.Errorf("applying an export does\n%s", again)
		}
		if got := exportedOperator(t, c); got != first {
			t.Errorf("exported\n%s\nthen\n%s", first, got)
		}
		less := applyOperator(t, c, "version: 1\nvendor: {name: Other Vendor}\noperators: [operator@vendor.example]\n")
		for _, want := range []string{"change vendor Other Vendor", "remove category specialist", "remove category support-agent",
			"remove person agent@vendor.example", "remove person specialist@vendor.example"} {
			if !strings.Contains(less.String(), want) {
				t.Errorf("without %q:\n%s", want, less)
			}
		}
		if got := exportedOperator(t, c); strings.Contains(got, "agent") {
			t.Errorf("what the file omits stays:\n%s", got)
		}
		must(t, modelstest.VerifyGlobalActivities(ctx, store))
	})
}

func TestAnOrganizationThatAnOperatorFileNamesHasToExist(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		_, err := tryOperator(t, c, operatorFile, services.ApplyOptions{})
		if err == nil || err.Error() != `operator.yaml:23: there is no organization "acme"` {
			t.Errorf("got %v", err)
		}
	})
}

// Each of these changes of the file takes away what the agent's access rests on.
func TestWhatTheOperatorNoLongerAllowsEnds(t *testing.T) {
	for name, change := range map[string][2]string{
		"the person is gone":         {"  - {email: agent@vendor.example, name: Support Agent, categories: [support-agent], organizations: [acme]}\n", ""},
		"the category is another":    {"categories: [support-agent], organizations", "categories: [specialist], organizations"},
		"it allows less":             {"content/sources: edit", "content/sources: view"},
		"another organization alone": {"organizations: [acme]", "organizations: [other]"},
	} {
		t.Run(name, func(t *testing.T) {
			onVisit(t, func(t *testing.T, v visit) {
				apply(t, v.Console, modelstest.OtherFile, services.ApplyOptions{})
				a := v.request(time.Hour)
				who := v.agent()
				file := strings.Replace(operatorFile, change[0], change[1], 1)
				planned, err := tryOperator(t, v.Console, file, services.ApplyOptions{DryRun: true})
				must(t, err)
				if _, entered := v.enters(v.Console, who); !entered || !strings.Contains(planned.String(), "end temporary access of agent@vendor.example to acme") {
					t.Errorf("a dry run: entered %t, planned\n%s", entered, planned)
				}
				if done := applyOperator(t, v.Console, file); done.String() != planned.String() {
					t.Errorf("planned\n%s\nand did\n%s", planned, done)
				}
				v.wantShut(v.Console, who, "when "+name+",")
				if d := v.detail("administrator", a.Key); d.Status != models.StatusRevoked || d.Reason != services.ReasonWithdrawn {
					t.Errorf("%s for %q", d.Status, d.Reason)
				}
			})
		})
	}
}

func TestWhatTheOperatorStillAllowsGoesOn(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		v.request(time.Hour)
		applyOperator(t, v.Console, strings.NewReplacer("content/fields: view", "content/fields: edit", "longest: 72h", "longest: 1h",
			"email: specialist@vendor.example, name: Product", "email: somebody@vendor.example, name: Another").Replace(operatorFile))
		if _, entered := v.enters(v.Console, v.agent()); !entered {
			t.Error("the agent is out")
		}
	})
}

// Attack: make an account in the name of an operator or of personnel before they have one, by an invitation whose link was
// handed over, and be them.
func TestNobodyBecomesAnOperatorByAnAccountInTheirName(t *testing.T) {
	onConsoleWith(t, applied(modelstest.VisitedFile), func(t *testing.T, c *services.Console, store *models.Store, _ *modelstest.Clock) {
		ctx := context.Background()
		for _, email := range []string{"operator@vendor.example", "agent@vendor.example"} {
			modelstest.Unproven(t, store, email, "a hash")
		}
		applyOperator(t, c, operatorFile)
		session := func(email string) services.Session {
			person, err := store.PersonByEmail(ctx, email)
			must(t, err)
			return services.Session{Person: person, Provider: services.ProviderPassword}
		}
		if is, err := c.IsOperator(ctx, session("operator@vendor.example")); err != nil || is {
			t.Errorf("an unproven account is an operator: %t, %v", is, err)
		}
		if _, err := c.Supporter(ctx, session("agent@vendor.example")); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("an unproven account is one of the personnel: %v", err)
		}
		must(t, c.SetVendorPassword(ctx, "Operator@vendor.example", passphrase))
		operator := session("operator@vendor.example")
		if is, err := c.IsOperator(ctx, operator); err != nil || !is {
			t.Errorf("with a password from the command line: %t, %v", is, err)
		}
		if all, err := c.Support(ctx, operator); err != nil || len(all.Categories) != 2 {
			t.Errorf("an operator sees %+v, %v", all, err)
		}
		if _, err := c.Support(ctx, session("agent@vendor.example")); !errors.Is(err, models.ErrNotFound) {
			t.Errorf("others see the operator’s level: %v", err)
		}
		if _, _, err := c.SignIn(ctx, services.Credentials{Email: "operator@vendor.example", Password: passphrase}); err != nil {
			t.Error(err)
		}
	})
}

func TestOnlyTheVendorsPeopleGetPasswordsFromTheOperatorsCommand(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		ctx := context.Background()
		var wrong services.Invalid
		for _, test := range []struct {
			email, password string
			want            func(error) bool
		}{
			{"agent@vendor.example", passphrase, func(err error) bool { return err == nil }},
			{"administrator@example.com", passphrase, func(err error) bool { return errors.Is(err, models.ErrNotFound) }},
			{"agent@vendor.example", "short", func(err error) bool { return errors.As(err, &wrong) && wrong.Text("Password") != "" }},
			{"agent", passphrase, func(err error) bool { return errors.As(err, &wrong) && wrong.Text("Email") != "" }},
		} {
			if err := v.SetVendorPassword(ctx, test.email, test.password); !test.want(err) {
				t.Errorf("%s: %v", test.email, err)
			}
		}
	})
}

// Attack: ask while the operator takes the right to ask away, and keep what was granted a moment too late.
func TestARequestWhileTheOperatorTakesItAwayLeavesNothing(t *testing.T) {
	onVisit(t, func(t *testing.T, v visit) {
		who := v.agent()
		other := mailing(v.store, v.clock)
		for round := range 10 {
			asked := make(chan error)
			go func() {
				_, err := other.RequestAccess(context.Background(), who, "acme", v.asks(time.Hour))
				asked <- err
			}()
			applyOperator(t, v.Console, strings.Replace(operatorFile, "content/sources: edit", "content/sources: view", 1))
			err := <-asked
			var high services.TooHigh
			if err != nil && !errors.As(err, &high) {
				t.Fatal(err)
			}
			if by, entered := v.enters(other, v.agent()); entered {
				t.Fatalf("in round %d, %v, the agent stays with %v", round, err, by.Rights.Level("content/sources"))
			}
			applyOperator(t, v.Console, operatorFile)
		}
	})
}
