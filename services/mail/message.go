package mail

import (
	"bytes"
	_ "embed" // the HTML part
	"html/template"
	"strings"

	"github.com/wneessen/go-mail"
)

//go:embed letter.html
var htmlFile string

var htmlPart = template.Must(template.New("letter").Parse(htmlFile))

// written is the letter as it goes over the wire.
func (s *Sender) written(letter Letter) ([]byte, error) {
	var text bytes.Buffer
	m, err := s.message(letter)
	if err == nil {
		_, err = m.WriteTo(&text)
	}
	return text.Bytes(), err
}

// message is the letter as a mail with a text part and an HTML part that say the same. Every text of it goes through
// printable, so that a name can't begin another line, let alone another header.
func (s *Sender) message(letter Letter) (*mail.Msg, error) {
	letter.Subject, letter.LinkText = printable(letter.Subject), printable(letter.LinkText)
	letter.Paragraphs, letter.After = allPrintable(letter.Paragraphs), allPrintable(letter.After)
	m := mail.NewMsg(mail.WithNoDefaultUserAgent())
	m.FromMailAddress(s.config.From)
	if err := m.To(letter.To); err != nil {
		return nil, err
	}
	m.Subject(letter.Subject)
	m.SetMessageIDWithValue(printable(letter.MessageID))
	m.SetDateWithValue(letter.Date)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // RFC 3834: nobody on holiday answers
	m.SetBodyString(mail.TypeTextPlain, plainText(letter))
	return m, m.AddAlternativeHTMLTemplate(htmlPart, letter)
}

func allPrintable(texts []string) []string {
	all := make([]string, len(texts))
	for i, t := range texts {
		all[i] = printable(t)
	}
	return all
}

func plainText(letter Letter) string {
	parts := append([]string{}, letter.Paragraphs...)
	if letter.Link != "" {
		parts = append(parts, letter.LinkText+":\n"+letter.Link)
	}
	return strings.Join(append(parts, letter.After...), "\n\n") + "\n"
}
