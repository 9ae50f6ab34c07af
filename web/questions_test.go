package web

import (
	"net/http"
	"regexp"
	"testing"

	"bailiwick/models/modelstest"
)

// questionHandler is what handlers are named that draw a question, those that are made for each action too.
var questionHandler = regexp.MustCompile(`Ask(-fm|(\.func)?[\d.]+)$`)

// askedAnew are the questions that have no mark, with the reason.
var askedAnew = map[string]string{
	"/support/:organization/requests/:access/end": "an access ends once: whoever comes back is told that it has ended",
}

func TestEveryQuestionIsAskedOnce(t *testing.T) {
	f := newFailing(t, modelstest.Databases(t)[0])
	defer func() { _ = f.store.Close() }() // nothing is written
	answers, asked := map[string]bool{}, 0
	for _, route := range f.handler.Routes() {
		answers[route.Path] = answers[route.Path] || route.Method == http.MethodPost
	}
	for _, route := range f.handler.Routes() {
		if route.Method != http.MethodGet {
			continue
		}
		question := questionHandler.MatchString(route.Name)
		if question {
			asked++
		}
		if why := askedAnew[route.Path]; why != "" {
			if !question || asks(route.Path) {
				t.Errorf("%s (%s) is no exception: %s", route.Path, route.Name, why)
			}
			continue
		}
		if question != asks(route.Path) {
			t.Errorf("%s is a question: %t, by its handler %s: %t", route.Path, asks(route.Path), route.Name, question)
		}
		if question && !answers[route.Path] {
			t.Errorf("nothing answers %s", route.Path)
		}
	}
	if asked < 20 {
		t.Errorf("only %d questions were found", asked)
	}
}
