package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"bailiwick/services"
	"bailiwick/words"
)

var errTooLong = fmt.Errorf("the line is longer than %s", words.Regular("byte").Count(longestQuestion))

// readLine is the next line without its end; io.EOF where there is none. Of a line that is too long nothing is kept.
func readLine(lines *bufio.Reader) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := lines.ReadSlice('\n')
		goesOn := errors.Is(err, bufio.ErrBufferFull)
		if tooLong = tooLong || len(line)+len(part) > longestQuestion; !tooLong {
			line = append(line, part...)
		}
		switch {
		case goesOn:
			continue
		case errors.Is(err, io.EOF) && len(line) == 0 && !tooLong:
			return nil, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case tooLong:
			return nil, errTooLong
		}
		return bytes.TrimSuffix(line, []byte("\n")), nil
	}
}

// parseQuestion reads one JSON object. It is strict where encoding/json is not, for two programs must not read two
// questions in one line: the names are exact, each stands once, and nothing follows the object.
func parseQuestion(line []byte) (services.Question, error) {
	var q services.Question
	fields := map[string]*string{"subject": &q.Subject, "ability": &q.Ability, "domain": &q.Domain, "resource": &q.Resource}
	if !utf8.Valid(line) {
		return q, errors.New("not valid UTF-8")
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	if start, err := decoder.Token(); err != nil || start != json.Delim('{') {
		return q, errors.New("not a JSON object")
	}
	for decoder.More() {
		name, value, err := readField(decoder)
		if err != nil {
			return q, err
		}
		field, known := fields[name]
		switch {
		case !known:
			return q, fmt.Errorf("unknown field %q: use subject, ability, domain and resource", name)
		case field == nil:
			return q, fmt.Errorf("the field %q stands twice", name)
		}
		*field, fields[name] = value, nil
	}
	return q, complete(decoder, fields)
}

// complete refuses an object that does not end where the line does, and one without a field that every question has.
// Of the fields those that are left have not been read.
func complete(decoder *json.Decoder, left map[string]*string) error {
	if _, err := decoder.Token(); err != nil {
		return errors.New("not a JSON object: its end is missing")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON object in the line")
	}
	for _, name := range []string{"subject", "ability", "domain"} {
		if left[name] != nil {
			return fmt.Errorf("the field %q is missing", name)
		}
	}
	return nil
}

// readField reads a name and its text.
func readField(decoder *json.Decoder) (name, value string, _ error) {
	token, err := decoder.Token()
	if err != nil {
		return "", "", errors.New("not a JSON object")
	}
	name, _ = token.(string) // the decoder lets nothing else stand before a colon
	token, err = decoder.Token()
	if err != nil {
		return "", "", errors.New("not a JSON object")
	}
	value, text := token.(string)
	if !text {
		return "", "", fmt.Errorf("the field %q is not a text", name)
	}
	return name, value, nil
}
