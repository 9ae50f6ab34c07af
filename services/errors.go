package services

import (
	"errors"
	"strings"

	"bailiwick/access"
	"bailiwick/words"
)

// Forbidden says that the caller lacks a need. It names the need, never the thing (R15).
type Forbidden struct {
	Need access.Need
}

// ErrForbidden is what every Forbidden is, for tables of reasons: a need alone, not all that lacksPrivilege tells.
var ErrForbidden = errors.New("the caller lacks a need")

// Is tells errors.Is so.
func (e Forbidden) Is(target error) bool { return target == ErrForbidden }

func (e Forbidden) Error() string {
	return "the caller needs " + e.Need.Ability.String() + " on " + string(e.Need.Domain)
}

// TooHigh says that a change would give more than the caller holds (R7).
type TooHigh struct {
	Excess []access.Excess
}

// ErrBeyond is what every TooHigh is, for tables of reasons.
var ErrBeyond = errors.New("it goes beyond the caller’s own privileges")

// Is tells errors.Is so.
func (e TooHigh) Is(target error) bool { return target == ErrBeyond }

func (e TooHigh) Error() string {
	var domains []string
	for _, x := range e.Excess {
		domains = append(domains, string(x.Domain))
	}
	return "it goes beyond the caller’s own privileges on " + words.And(domains)
}

// BringsNobodyIn says that the caller may edit a group through temporary access alone, and so brings nobody into it (R20).
type BringsNobodyIn struct{}

func (e BringsNobodyIn) Error() string { return "temporary access brings nobody into a group" }

// NotDuplicable says why a group may not be duplicated (R9).
type NotDuplicable struct {
	Refusal access.Refusal
}

func (e NotDuplicable) Error() string {
	if len(e.Refusal.Beyond) > 0 {
		return TooHigh{e.Refusal.Beyond}.Error()
	}
	return "the group holds as many privileges as the caller"
}

// Invalid lists what is wrong with the fields of a command.
type Invalid struct {
	Fields []FieldError
}

// FieldError is one field of a command and what to do about it.
type FieldError struct {
	Field  string           // name of the field in the command's struct, such as "Expires": never that of a page's control
	Domain access.DomainKey // the domain that is meant, where the field is one of a privilege set; else ""
	Key    string           // the row that is meant, where the field is one of a list: the key of a resource or a group; else ""
	Text   string           // what to do about it
}

// place names the field as exactly as it is known: "Privileges content/sources".
func (f FieldError) place() string {
	place := f.Field
	for _, part := range []string{string(f.Domain), f.Key} {
		if part != "" {
			place += " " + part
		}
	}
	return place
}

func (e Invalid) Error() string {
	var all []string
	for _, f := range e.Fields {
		all = append(all, f.place()+": "+f.Text)
	}
	return strings.Join(all, "; ")
}

// Text is what is wrong with a field as a whole, "" where it is right.
func (e Invalid) Text(field string) string {
	for _, f := range e.Fields {
		if f.Field == field && f.Domain == "" && f.Key == "" {
			return f.Text
		}
	}
	return ""
}

// invalid says what is wrong with one field of a command.
func invalid(field, text string) error {
	return Invalid{[]FieldError{{Field: field, Text: text}}}
}

// What the rules refuse, no matter who asks.
var (
	ErrLastAdministrator = errors.New(words.LastAdministrator)
	ErrAdministrators    = errors.New(words.AdministratorsStay)
)

// LockOut says that after the change the caller could no longer edit the resource (R10). It is asked, not refused: the
// caller confirms.
type LockOut struct {
	Editors []string       // members of these could and give it back: names of some groups, where the caller may view groups
	Keep    access.Grantee // one of the caller's groups that loses Edit by the change; zero where none does
}

func (e LockOut) Error() string { return "the caller would lose Edit on the resource" }

// lacksPrivilege tells whether an error is a lack of privilege, which is recorded (R14).
func lacksPrivilege(err error) bool {
	var forbidden Forbidden
	var high TooHigh
	var duplicate NotDuplicable
	var nobody BringsNobodyIn
	return errors.As(err, &forbidden) || errors.As(err, &high) || errors.As(err, &duplicate) || errors.As(err, &nobody)
}

// say collects what is wrong with a field.
func (e *Invalid) say(field, text string) {
	e.Fields = append(e.Fields, FieldError{Field: field, Text: text})
}

// add collects what is wrong with fields and hands back every other error.
func (e *Invalid) add(err error) error {
	var more Invalid
	if errors.As(err, &more) {
		e.Fields = append(e.Fields, more.Fields...)
		return nil
	}
	return err
}
