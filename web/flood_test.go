package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"bailiwick/models"
	"bailiwick/models/modelstest"
	"bailiwick/web/webtest"
)

// flood is how many guesses are sent, so many at a time, to two instances in turn.
const (
	flood     = 1000
	guessers  = 64
	freeOfIt  = 10
	guessed   = "viewer@example.com"
	proxyIsUs = "127.0.0.0/8"
)

// instances are two consoles over one database, each with a store of its own, as two processes have.
func instances(t *testing.T, database string, o webtest.Options) []world {
	t.Helper()
	clock := modelstest.NewClock()
	address := modelstest.URL(t, modelstest.Options{Database: database})
	stores := []*models.Store{modelstest.Open(t, address, clock), modelstest.Open(t, address, clock)}
	var both []world
	for _, store := range stores {
		both = append(both, world{webtest.New(t, store, clock.Now, o), clock})
	}
	return both
}

// spellings are twenty ways to write one address.
func spellings(email string) []string {
	var all []string
	for i := range 10 {
		letters := []byte(email)
		letters[i%len(letters)] = strings.ToUpper(email[i : i+1])[0]
		all = append(all, string(letters), " "+string(letters)+"\t")
	}
	return all
}

// Attack: a thousand wrong passwords at once, spread over two instances and over twenty spellings of the address, each
// request with another forged address of its sender. No more than ten may reach the password, whichever way they are told
// apart: by account behind a proxy that vouches for different senders, and by sender when each guesses another account.
func TestAThousandGuessesAtOnceOverTwoInstances(t *testing.T) {
	attacks := map[string]struct {
		proxies string
		guess   func(i int) (email, forwarded string)
	}{
		"one account, many senders": {proxyIsUs, func(i int) (string, string) {
			names := spellings(guessed)
			return names[i%len(names)], fmt.Sprintf("198.51.100.1, 203.0.%d.%d", i/250, i%250+1)
		}},
		"one sender, many accounts": {"", func(i int) (string, string) {
			return fmt.Sprintf("guess%04d@example.com", i), fmt.Sprintf("203.0.%d.%d", i/250, i%250+1)
		}},
	}
	for _, database := range modelstest.Databases(t) {
		for name, attack := range attacks {
			t.Run(database+"/"+name, func(t *testing.T) {
				both := instances(t, database, webtest.Options{Proxies: attack.proxies})
				both[0].apply(t, modelstest.StoryFile)
				answers := guessAtOnce(t, both, attack.guess)
				reached, refused := answers[http.StatusUnprocessableEntity].Load(), answers[http.StatusTooManyRequests].Load()
				if reached > freeOfIt || reached == 0 {
					t.Errorf("%d guesses reached the password, want 1 to %d", reached, freeOfIt)
				}
				if reached+refused != flood {
					t.Errorf("%d reached the password and %d were refused, of %d", reached, refused, flood)
				}
			})
		}
	}
}

// guessAtOnce counts the answers by their status.
func guessAtOnce(t *testing.T, both []world, guess func(i int) (email, forwarded string)) map[int]*atomic.Int64 {
	t.Helper()
	answers := map[int]*atomic.Int64{http.StatusUnprocessableEntity: {}, http.StatusTooManyRequests: {}}
	turns := make(chan int, flood)
	for i := range flood {
		turns <- i
	}
	close(turns)
	var all sync.WaitGroup
	for n := range guessers {
		b := both[n%len(both)].Browser(t)
		all.Go(func() {
			for i := range turns {
				email, forwarded := guess(i)
				b.Header["X-Forwarded-For"] = []string{forwarded}
				b.Header["X-Real-Ip"], b.Header["Forwarded"] = []string{forwarded}, []string{"for=" + forwarded}
				page := b.Request(http.MethodPost, "/sign-in", url.Values{"email": {email}, "password": {"a wrong passphrase"}})
				if counter := answers[page.Status]; counter != nil {
					counter.Add(1)
				} else {
					t.Errorf("a guess is answered with %d", page.Status)
				}
			}
		})
	}
	all.Wait()
	return answers
}
