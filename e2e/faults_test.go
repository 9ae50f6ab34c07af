package e2e

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/playwright-community/playwright-go"
)

// faults gathers what goes wrong in a page; the browser tells it from its own goroutine.
type faults struct {
	mu     sync.Mutex
	found  []string
	errors map[string][]string // console messages by the address they are about
	pages  map[string]bool     // addresses of pages that answered with a refusal
	known  []string            // parts of addresses that the test itself keeps from answering
}

// refusal is how Chromium reports an answer of status 400 to 499. For a page it is what the test came to see.
const refusal = "Failed to load resource: the server responded with a status of 4"

// watch begins to gather the faults of a page.
func watch(page playwright.Page) *faults {
	f := &faults{errors: map[string][]string{}, pages: map[string]bool{}}
	page.OnConsole(func(message playwright.ConsoleMessage) {
		if message.Type() == "error" {
			f.addConsoleError(message.Location().URL, message.Text())
		}
	})
	page.OnPageError(func(err error) { f.add(fmt.Sprintf("exception: %v", err)) })
	page.OnResponse(func(response playwright.Response) {
		if status := response.Status(); response.Request().IsNavigationRequest() && status >= 400 && status < 500 {
			f.addRefusedPage(response.URL())
		}
	})
	return f
}

func (f *faults) add(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.found = append(f.found, text)
}

func (f *faults) addConsoleError(url, text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.errors[url] = append(f.errors[url], text)
}

// expects forgives what the browser says about an address that the test keeps from answering.
func (f *faults) expects(part string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.known = append(f.known, part)
}

func (f *faults) addRefusedPage(url string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pages[url] = true
}

// list is everything that went wrong so far, refused pages left out: message and answer come in either order.
func (f *faults) list() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := append([]string(nil), f.found...)
	for url, messages := range f.errors {
		if slices.ContainsFunc(f.known, func(part string) bool { return strings.Contains(url, part) }) {
			continue
		}
		for _, message := range messages {
			if !f.pages[url] || !strings.HasPrefix(message, refusal) {
				all = append(all, fmt.Sprintf("%s: %s", url, message))
			}
		}
	}
	return all
}
