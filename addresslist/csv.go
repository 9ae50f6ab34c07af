package addresslist

import (
	"bytes"
	"encoding/binary"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// What a file says at the head of a column.
var (
	addressHeads = []string{"email", "e-mail", "mail", "email address", "e-mail address", "email_address", "emailaddress"}
	nameHeads    = []string{"name", "full name", "full_name", "display name", "displayname", "display_name"}
)

// FileError says in a sentence why a file can't be read.
type FileError struct{ Text string }

func (e FileError) Error() string { return e.Text }

// ReadCSV reads a CSV file, whichever way its program separates the columns. The addresses are in the column email or mail, or
// else in the first that has one; the column name is optional. The lines are the file's.
func ReadCSV(data []byte) (List, error) {
	text, err := decode(data)
	if err != nil {
		return List{}, err
	}
	rows, err := readRows(text)
	if err != nil {
		return List{}, err
	}
	addresses, names, head := columns(rows)
	if addresses < 0 {
		return List{}, FileError{"No column of this file has an address. Give the column the name “email”."}
	}
	b := builder{}
	for i, row := range rows {
		if i > 0 || !head {
			readRow(&b, row, addresses, names)
		}
	}
	return b.list(), nil
}

// row is one of a file, with the line at which it begins.
type row struct {
	line  int
	cells []string
}

func (r row) cell(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[column])
}

func readRow(b *builder, r row, addresses, names int) {
	text := r.cell(addresses)
	if text != "" {
		readParts(b, r.line, text, r.cell(names))
		return
	}
	if rest := strings.TrimSpace(strings.Join(r.cells, " ")); rest != "" {
		b.unusable = append(b.unusable, Unusable{Line: r.line, Text: shown(rest), Why: "No address in this line"})
	}
}

// decode is the text of a file: UTF-8, or UTF-16 where it begins with the mark of that.
func decode(data []byte) (string, error) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	}
	if order != nil {
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = order.Uint16(data[2*i:])
		}
		return strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff"), nil
	}
	switch {
	case bytes.IndexByte(data, 0) >= 0:
		return "", FileError{"This is not a CSV file. In a spreadsheet program, save it as “CSV UTF-8”."}
	case !utf8.Valid(data):
		return "", FileError{"The letters of this file can’t be read. Save it as “CSV UTF-8”."}
	}
	return strings.TrimPrefix(string(data), "\ufeff"), nil
}

func readRows(text string) ([]row, error) {
	skipped := 0
	if first, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(strings.ToLower(first), "sep=") {
		text, skipped = rest, 1
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.LazyQuotes, reader.FieldsPerRecord = comma(text), true, -1
	var rows []row
	for {
		cells, err := reader.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case errors.As(err, &wrong):
			return nil, FileError{fmt.Sprintf("Line %d of this file can’t be read. Look for a quote that nothing closes.", wrong.StartLine+skipped)}
		case err != nil:
			return nil, err
		}
		line, _ := reader.FieldPos(0)
		rows = append(rows, row{line + skipped, cells})
	}
}

// comma is what separates the columns: of the signs that programs use, the one that the first line has most of.
func comma(text string) rune {
	first, _, _ := strings.Cut(text, "\n")
	best := ','
	for _, sign := range []rune{';', '\t'} {
		if strings.Count(first, string(sign)) > strings.Count(first, string(best)) {
			best = sign
		}
	}
	return best
}

// columns finds the addresses, the names, and whether the first row names the columns; -1 = there is none.
func columns(rows []row) (addresses, names int, head bool) {
	if len(rows) == 0 {
		return -1, -1, false
	}
	first := rows[0].cells
	head = !slices.ContainsFunc(first, func(cell string) bool { return strings.Contains(cell, "@") })
	names = -1
	if head {
		names, _ = column(first, nameHeads)
		if addresses, found := column(first, addressHeads); found {
			return addresses, names, true
		}
	}
	for _, r := range rows {
		if at := slices.IndexFunc(r.cells, func(cell string) bool { return strings.Contains(cell, "@") }); at >= 0 {
			return at, names, head
		}
	}
	return -1, names, head
}

// column is the first one whose head is one of these words, in their order; -1 = none.
func column(cells, words []string) (int, bool) {
	for _, word := range words {
		at := slices.IndexFunc(cells, func(cell string) bool { return strings.EqualFold(strings.TrimSpace(cell), word) })
		if at >= 0 {
			return at, true
		}
	}
	return -1, false
}
