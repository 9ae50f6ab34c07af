package parts

import (
	"context"
	"net/url"
	"strings"
)

type questionKey struct{}

// WithQuestion is a context in which questions are drawn that carry a mark in the address of their answer. "": none.
func WithQuestion(ctx context.Context, mark string) context.Context {
	return context.WithValue(ctx, questionKey{}, mark)
}

func questionOf(ctx context.Context) string {
	mark, _ := ctx.Value(questionKey{}).(string)
	return mark
}

// answered is the address of the answer to a question, with the question's mark.
func answered(ctx context.Context, action string) string {
	mark := questionOf(ctx)
	if mark == "" {
		return action
	}
	joint := "?"
	if strings.Contains(action, "?") {
		joint = "&"
	}
	return action + joint + url.Values{QuestionName: {mark}}.Encode()
}

// QuestionMark carries the mark through the first step of a question, which is sent by GET.
func QuestionMark(ctx context.Context) []Hidden {
	if mark := questionOf(ctx); mark != "" {
		return []Hidden{{Name: QuestionName, Value: mark}}
	}
	return nil
}
