package handlers

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"bailiwick/models"
	"bailiwick/services"
	"bailiwick/views/parts"
	"bailiwick/words"
)

const (
	csvPage = 500     // rows that are read at a time
	csvMost = 100_000 // rows of a file; its last line says so where there are more

	// byteOrderMark makes spreadsheets read the file as UTF-8. Without it Excel takes it for the letters of its own country.
	byteOrderMark = "\ufeff"
)

// csvRows is a page of a list as lines of a file.
type csvRows struct {
	Head  []string
	Lines [][]string
	Next  string // for Page.After; "" = this was the last page
	First bool   // nothing comes before it
	Name  string // what the file is called, where that is known only now
}

// csvOf is a page of rows as lines.
func csvOf[T any](page models.Listing[T], head []string, line func(T) []string) csvRows {
	rows := csvRows{Head: head, Next: page.Next, First: page.Previous == ""}
	for _, row := range page.Rows {
		rows.Lines = append(rows.Lines, line(row))
	}
	return rows
}

// sendCSV answers with a whole list as a file: read gives one page of it, as its reader may see it, and is asked for the next
// until there is none. The file is sent while it is read, so that a long list takes no more memory than a page. The first page
// is read before anything is sent: a refusal is a page like any other.
func (h Pages) sendCSV(c echo.Context, name string, first models.Page, read func(models.Page) (csvRows, error)) error {
	return sendRows(c, h.fileName(c, name), first, csvMost, h.namingFiles(c, read))
}

// fileName is what a file of the organization is called. What it holds comes in letters, digits and hyphens, and is not too long for any
// system.
func (h Pages) fileName(c echo.Context, holds string) string {
	return caller(c).Organization.Key + "-" + inFileName(holds) + "-" + words.DayInFigures(h.Console.Now())
}

// mostOfFileName is how many letters of what a file holds its name has.
const mostOfFileName = 80

func inFileName(holds string) string {
	safe := strings.FieldsFunc(strings.ToLower(holds), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	name := strings.Join(safe, "-")
	return strings.Trim(name[:min(len(name), mostOfFileName)], "-")
}

// namingFiles completes the names that rows give their file.
func (h Pages) namingFiles(c echo.Context, read func(models.Page) (csvRows, error)) func(models.Page) (csvRows, error) {
	return func(page models.Page) (csvRows, error) {
		rows, err := read(page)
		if err != nil {
			return csvRows{}, err
		}
		if rows.Name != "" {
			rows.Name = h.fileName(c, rows.Name)
		}
		return rows, nil
	}
}

// sendListCSV is sendCSV for a list of check boxes. Where rows are selected the file holds those alone: read asks for them by onlyOf.
func (h Pages) sendListCSV(c echo.Context, name string, q query, read func(models.Page) (csvRows, error)) error {
	most := csvMost
	switch {
	case q.picks.all:
		most = services.MaxMany // the first ones, as with all that is done to a selection
	case !q.picks.none():
		name = "selected-" + name
	}
	return sendRows(c, h.fileName(c, name), q.Page, most, read)
}

// onlyKeys are the keys of the rows that are selected; nil where none are, or all that the filter finds.
func onlyKeys(p picks) []string {
	if p.all || p.none() {
		return nil
	}
	return append([]string{}, p.keys...)
}

// onlyOf are the same, read as what the rows are known by elsewhere.
func onlyOf[K any](p picks, read func(keys []string) []K) []K {
	keys := onlyKeys(p)
	if keys == nil {
		return nil
	}
	return append([]K{}, read(keys)...)
}

// joinedLists reads several lists of one head into one file, each after the one before it.
func joinedLists(lists ...func(models.Page) (csvRows, error)) func(models.Page) (csvRows, error) {
	const onward = "the next list" // no cursor, which has no blanks
	return func(page models.Page) (csvRows, error) {
		begins := page.After == onward
		if begins {
			page.After, lists = "", lists[1:]
		}
		rows, err := lists[0](page)
		if err != nil {
			return csvRows{}, err
		}
		if rows.Next == "" && len(lists) > 1 {
			rows.Next = onward
		}
		rows.First = rows.First && !begins // the lists before it are in the file
		return rows, nil
	}
}

// sendRows is sendCSV for a file of a name, which may be no organization's, and of so many rows at most.
func sendRows(c echo.Context, name string, first models.Page, most int, read func(models.Page) (csvRows, error)) error {
	page := first
	page.After, page.Before, page.With, page.Limit = "", "", "", csvPage
	rows, err := read(page)
	if err != nil {
		return err
	}
	if rows.Name != "" {
		name = rows.Name
	}
	header := c.Response().Header()
	header.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	header.Set(echo.HeaderContentDisposition, fmt.Sprintf(`attachment; filename="%s.csv"`, name))
	c.Response().WriteHeader(http.StatusOK)
	if _, err := c.Response().Write([]byte(byteOrderMark + csvLine(rows.Head))); err != nil {
		return fmt.Errorf("send %s: %w", name, err)
	}
	for sent := 0; ; {
		lines, left := rows.Lines, most-sent
		cut := len(lines) > left || len(lines) == left && rows.Next != ""
		lines = lines[:min(len(lines), left)]
		if err := sendLines(c, lines, cut, most); err != nil {
			return fmt.Errorf("send %s: %w", name, err)
		}
		sent += len(lines)
		if page.After = rows.Next; cut || page.After == "" {
			return nil
		}
		if rows, err = read(page); err != nil {
			return fmt.Errorf("read on in %s: %w", name, err)
		}
		if rows.First { // all that was to follow has gone meanwhile, so the list began anew
			return nil
		}
	}
}

// sendLines sends some lines, and the last one where the list was cut short.
func sendLines(c echo.Context, lines [][]string, cut bool, most int) error {
	var text strings.Builder
	for _, line := range lines {
		text.WriteString(csvLine(line))
	}
	if cut {
		text.WriteString(csvLine([]string{"Only the first " + words.Rows.Count(most) + " are here. Filter the list to get the rest."}))
	}
	_, err := c.Response().Write([]byte(text.String()))
	return err
}

// csvLine is one line of a file (RFC 4180). Every cell stands in quotes: in countries where a semicolon separates, one inside of
// a name would begin another cell.
func csvLine(cells []string) string {
	quoted := make([]string, len(cells))
	for i, cell := range cells {
		quoted[i] = `"` + strings.ReplaceAll(plainCell(cell), `"`, `""`) + `"`
	}
	return strings.Join(quoted, ",") + "\r\n"
}

// plainCell keeps a spreadsheet from taking a text for a formula: names are anybody's to choose. An apostrophe in front makes it a
// text.
func plainCell(text string) string {
	if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r\n") || strings.HasPrefix(text, "＝") || strings.HasPrefix(text, "＋") ||
		strings.HasPrefix(text, "－") || strings.HasPrefix(text, "＠") {
		return "'" + text
	}
	return text
}

// csvTime is a moment in a file, to the minute, in the way that spreadsheets read; heads of its columns say UTC. The zero time never
// was.
func csvTime(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return at.UTC().Format("2006-01-02 15:04")
}

// csvEnd is a moment that there may be.
func csvEnd(at *time.Time) string {
	if at == nil {
		return ""
	}
	return csvTime(*at)
}

// csvNumber is a number that can be added up: without what divides its thousands.
func csvNumber(n int) string { return strconv.Itoa(n) }

// csvLink is the button in the head of a list; address is where the file is, which holds what the filter shows.
func csvLink(q query, address string) parts.Link {
	return parts.Link{Label: "Download CSV", Icon: "download", Href: with(address, q.pairs()...)}
}

// withCSV is the page of a list with that button before the others.
func (p place) withCSV(link parts.Link) place {
	p.Actions = append([]parts.Link{link}, p.Actions...)
	return p
}
