package mailtest

import (
	"bytes"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
)

// Mail is one that arrived, read as a mail program would.
type Mail struct {
	From          string   // of the envelope
	Recipients    []string // of the envelope
	Encrypted     bool     // came over TLS
	Authenticated bool
	Header        mail.Header
	Subject       string // decoded
	Text, HTML    string // the parts, decoded
	Raw           string
}

var linkPattern = regexp.MustCompile(`https?://\S+`)

// Link is the first link of the text part; "" where there is none.
func (m Mail) Link() string { return linkPattern.FindString(m.Text) }

func parse(raw []byte) (Mail, error) {
	read, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return Mail{}, fmt.Errorf("read the mail: %w", err)
	}
	m := Mail{Header: read.Header, Raw: string(raw)}
	if m.Subject, err = new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject")); err != nil {
		return Mail{}, fmt.Errorf("read the subject: %w", err)
	}
	_, parameters, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil {
		return Mail{}, fmt.Errorf("read the content type: %w", err)
	}
	return m, m.readParts(multipart.NewReader(read.Body, parameters["boundary"]))
}

func (m *Mail) readParts(parts *multipart.Reader) error {
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the parts: %w", err)
		}
		var body io.Reader = part
		if part.Header.Get("Content-Transfer-Encoding") == "quoted-printable" {
			body = quotedprintable.NewReader(part)
		}
		text, err := io.ReadAll(body)
		if err != nil {
			return fmt.Errorf("read a part: %w", err)
		}
		switch kind, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")); kind {
		case "text/plain":
			m.Text = string(text)
		case "text/html":
			m.HTML = string(text)
		}
	}
}
