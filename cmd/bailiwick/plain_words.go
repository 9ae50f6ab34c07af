package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"bailiwick/models"
	"bailiwick/services"
)

// refusal is an answer of the rules, in words.
type refusal string

func (r refusal) Error() string { return string(r) }

// inPlainWords is what the person who typed the command reads of an error: what is wrong and what to do, without the steps of the
// program that it came through.
func inPlainWords(err error) string {
	var gone services.NotThere
	var invalid services.Invalid
	var file *fs.PathError
	var link *os.LinkError
	switch {
	case errors.Is(err, context.Canceled):
		return "ended by a signal before it was done"
	case errors.As(err, &gone):
		return gone.Text
	case errors.As(err, &invalid):
		return fieldsInWords(invalid, strings.ToLower)
	case errors.As(err, &file):
		return fileInWords(file)
	case errors.As(err, &link):
		return fileInWords(&fs.PathError{Op: link.Op, Path: link.New, Err: link.Err})
	case errors.Is(err, models.ErrDown):
		return "the database does not answer: check that it runs, and that --db is right\n  " + err.Error()
	}
	return err.Error()
}

// fieldsInWords names each field as it was typed, but for an e-mail, which its text names itself.
func fieldsInWords(invalid services.Invalid, typed func(field string) string) string {
	var all []string
	for _, f := range invalid.Fields {
		if f.Field != "Email" {
			f.Text = typed(f.Field) + ": " + f.Text
		}
		all = append(all, f.Text)
	}
	return strings.Join(all, "; ")
}

// listeningInWords says why nobody can listen there.
func listeningInWords(address string, err error) error {
	var op *net.OpError
	why := err.Error()
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		why = "another program uses this port: stop it, or choose another port"
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		why = "this machine does not have this address"
	case errors.Is(err, fs.ErrPermission):
		why = "this user may not use it: choose a port above 1023"
	case errors.As(err, &op):
		why = op.Err.Error() + "; use a form such as 127.0.0.1:8080"
	}
	return fmt.Errorf("--addr: can’t listen on %s: %s", address, why)
}

// typedValues reads lengths of time and numbers, so that what is none is refused in plain words.
func typedValues() []kong.Option {
	return []kong.Option{
		kong.TypeMapper(reflect.TypeFor[time.Duration](), kong.MapperFunc(func(c *kong.DecodeContext, target reflect.Value) error {
			typed, err := typedText(c)
			if err != nil {
				return err
			}
			length, err := time.ParseDuration(typed)
			if err != nil {
				return fmt.Errorf("%q is no length of time: use a form such as 72h or 90m", typed)
			}
			target.SetInt(int64(length))
			return nil
		})),
		kong.TypeMapper(reflect.TypeFor[int](), kong.MapperFunc(func(c *kong.DecodeContext, target reflect.Value) error {
			typed, err := typedText(c)
			if err != nil {
				return err
			}
			number, err := strconv.Atoi(typed)
			if err != nil {
				return fmt.Errorf("%q is no whole number", typed)
			}
			target.SetInt(int64(number))
			return nil
		})),
	}
}

// typedText is the value that stands behind a flag.
func typedText(c *kong.DecodeContext) (string, error) {
	var typed string
	err := c.Scan.PopValueInto("value", &typed)
	return typed, err
}
