package models

import (
	"encoding/base64"
	"encoding/json"
	"time"
)

// position is where a page begins or ends: the column, its value, and the id.
type position struct {
	column string
	value  any
	id     int64
}

// position is where a row stands.
func (a asked[T]) position(row T) position {
	return position{a.by, a.columns[a.by].value(row), a.idOf(row)}
}

// cursor is the position as a text for addresses.
func (p position) cursor() string {
	text, _ := json.Marshal([]any{p.column, p.value, p.id}) // texts, numbers and times always can be
	return base64.RawURLEncoding.EncodeToString(text)
}

// read is the position that a cursor means. A cursor made for another column, or by somebody else, means none.
func (k keyset[T]) read(cursor, name string) *position {
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || cursor == "" {
		return nil
	}
	var parts []json.RawMessage
	if json.Unmarshal(text, &parts) != nil || len(parts) != 3 {
		return nil
	}
	var at position
	if json.Unmarshal(parts[0], &at.column) != nil || at.column != name || json.Unmarshal(parts[2], &at.id) != nil {
		return nil
	}
	var zero T
	at.value, err = valueLike(k.columns[name].value(zero), parts[1])
	if err != nil {
		return nil
	}
	return &at
}

// valueLike reads a value of the same kind as the example.
func valueLike(example any, text json.RawMessage) (any, error) {
	switch example.(type) {
	case time.Time:
		var t time.Time
		err := json.Unmarshal(text, &t)
		return moment(t), err
	case int64:
		var n int64
		err := json.Unmarshal(text, &n)
		return n, err
	}
	var s string
	err := json.Unmarshal(text, &s)
	if err == nil && !storable(s) {
		err = ErrNotFound
	}
	return s, err
}
