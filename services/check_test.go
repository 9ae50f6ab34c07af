package services_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"bailiwick/access"
	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/services"
	"bailiwick/services/files"
)

// seed makes the random organizations of these tests; it is in the name of each failure.
const seed = 20270104

// TestRandomOrganizationsAreDecidedAsTheRulesSay compares the whole way from file through database and engine with an
// oracle written from the rules.
func TestRandomOrganizationsAreDecidedAsTheRulesSay(t *testing.T) {
	onConsole(t, func(t *testing.T, c *services.Console, _ *models.Store, clock *modelstest.Clock) {
		r := rand.New(rand.NewPCG(seed, 1))
		for n := range 150 {
			key := fmt.Sprintf("org-%d", n)
			file := randomOrganization(r, c.Catalog(), key)
			apply(t, c, written(t, file), services.ApplyOptions{})
			questions := randomQuestions(r, c.Catalog(), file, 300)
			checker, err := c.Checker(context.Background(), key)
			must(t, err)
			answers, err := checker.Answers(context.Background(), questions)
			must(t, err)
			truth := oracle{file, c.Catalog(), clock.Now()}
			for i, q := range questions {
				want := truth.via(q)
				if got := refs(answers[i].Via); !slices.Equal(got, want) || answers[i].Allowed != (len(want) > 0) {
					t.Fatalf("seed %d, %s, %+v: answered %v through %v, want %v\n%s", seed, key, q, answers[i].Allowed, got, want, written(t, file))
				}
				if i < someExplained {
					checkExplained(t, c, truth, q)
				}
			}
		}
	})
}

// someExplained is how many questions of each random organization are explained besides.
const someExplained = 10

// checkExplained holds that an explanation is decided as the rules say, and that every grantee of the subject is either
// behind the answer or considered, once.
func checkExplained(t *testing.T, c *services.Console, truth oracle, q services.Question) {
	t.Helper()
	e, err := c.Check(context.Background(), truth.file.Key, q)
	must(t, err)
	behind := refs(e.Via)
	slices.Sort(behind)
	if want := truth.via(q); !slices.Equal(behind, want) || e.Allowed != (len(want) > 0) {
		t.Fatalf("seed %d, %+v: explained %v through %v, want %v\n%s", seed, q, e.Allowed, behind, want, written(t, truth.file))
	}
	if e.Unknown != (services.Unknown{}) {
		return
	}
	all := behind
	for _, considered := range e.Considered {
		all = append(all, considered.Grant.Via.Ref())
	}
	slices.Sort(all)
	want := truth.grantees(q.Subject)
	slices.Sort(want)
	if w := e.Sentences(); !slices.Equal(all, want) || w.Verdict == "" || len(w.Because)+len(w.Considered) != len(want) {
		t.Fatalf("seed %d, %+v: told of %v, want %v\n%s", seed, q, all, want, written(t, truth.file))
	}
}

func refs(via []access.Reason) []string {
	var refs []string
	for _, r := range via {
		refs = append(refs, r.Grant.Via.Ref())
	}
	return refs
}

func randomQuestions(r *rand.Rand, c *access.Catalog, o *files.Organization, n int) []services.Question {
	subjects := []string{"member:nobody@example.com", "group:administrators", "group:users", "group:gone", "api-key:gone", "stranger"}
	for _, m := range o.Members {
		subjects = append(subjects, "member:"+m.Email)
	}
	for _, g := range o.Groups {
		subjects = append(subjects, "group:"+g.Key)
	}
	for _, k := range o.APIKeys {
		subjects = append(subjects, "api-key:"+k.Key)
	}
	granular := []string{"content/gone", "nonsense"}
	for _, d := range c.Domains() {
		if d.Granular() {
			granular = append(granular, string(d.Key))
		}
	}
	var questions []services.Question
	for range n {
		q := services.Question{
			Subject: pick(r, subjects...), Ability: pick(r, "view", "edit", "edit", "edit", "create", "allowed", "push", "own"),
			Domain: pick(r, granular...), Resource: pick(r, "", "thing-0", "thing-1", "thing-2", "thing-9", "users", "group-1", "key-0"),
		}
		if r.IntN(3) == 0 {
			q.Domain = string(c.Domains()[r.IntN(len(c.Domains()))].Key)
		}
		questions = append(questions, q)
	}
	return questions
}

func TestAnAnswerNamesTheListAndTheEndOfAGrant(t *testing.T) {
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, clock *modelstest.Clock) {
		ask := services.Question{Subject: "api-key:connector", Ability: "edit", Domain: "content/sources", Resource: "jira"}
		answer, err := c.Check(context.Background(), "acme", ask)
		must(t, err)
		end := time.Date(2027, time.May, 1, 0, 0, 0, 0, time.UTC)
		if !answer.Allowed || len(answer.Via) != 1 || !answer.Via[0].Listed || !answer.Via[0].Grant.Until.Equal(end) {
			t.Fatalf("answered %+v, want one grant through the editor list until %s", answer, end)
		}
		clock.Set(end)
		if answer, err = c.Check(context.Background(), "acme", ask); err != nil || answer.Allowed {
			t.Fatalf("at the moment of expiry answered %+v, %v, want no", answer, err)
		}
	})
}

func TestWhatIsUnknownIsDeniedAndNamed(t *testing.T) {
	known := services.Question{Subject: "group:administrators", Ability: "edit", Domain: "content/sources", Resource: "jira"}
	cases := []struct {
		name   string
		change func(*services.Question)
	}{
		{"subject", func(q *services.Question) { q.Subject = "group:strangers" }},
		{"kind of subject", func(q *services.Question) { q.Subject = "operator:operator" }},
		{"ability", func(q *services.Question) { q.Ability = "Edit" }},
		{"domain", func(q *services.Question) { q.Domain = "content/secrets" }},
		{"resource", func(q *services.Question) { q.Resource = "JIRA" }},
	}
	onConsoleWith(t, applied(modelstest.CompleteFile), func(t *testing.T, c *services.Console, _ *models.Store, _ *modelstest.Clock) {
		if answer, err := c.Check(context.Background(), "acme", known); err != nil || !answer.Allowed || answer.Unknown.Text != "" {
			t.Fatalf("the question itself is answered %+v, %v, want yes", answer, err)
		}
		for _, test := range cases {
			q := known
			test.change(&q)
			answer, err := c.Check(context.Background(), "acme", q)
			if err != nil || answer.Allowed || answer.Unknown.Text == "" || len(answer.Via) > 0 {
				t.Errorf("unknown %s: answered %+v, %v, want no with a word on what is unknown", test.name, answer, err)
			}
		}
	})
}

// written is the file of an organization.
func written(t *testing.T, o *files.Organization) string {
	t.Helper()
	var text bytes.Buffer
	must(t, files.WriteOrganization(&text, o))
	return text.String()
}

// apply applies the text of a file.
func apply(t testing.TB, c *services.Console, text string, options services.ApplyOptions) services.Plan {
	t.Helper()
	plan, err := tryApply(t, c, text, options)
	if err != nil {
		t.Fatalf("apply: %v\n%s", err, text)
	}
	return plan
}

// anyNumber of things may be removed, where files come from chance.
var anyNumber = 1 << 30

func tryApply(t testing.TB, c *services.Console, text string, options services.ApplyOptions) (services.Plan, error) {
	t.Helper()
	file, err := files.ReadOrganization("acme.yaml", []byte(text), c.Catalog())
	if err != nil {
		t.Fatalf("read: %v\n%s", err, text)
	}
	return c.Apply(context.Background(), file, options)
}
