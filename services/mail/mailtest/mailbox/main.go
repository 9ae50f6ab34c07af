// Command mailbox is a mail server for trying the console: it takes every mail, delivers none, and prints them.
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"bailiwick/services/mail/mailtest"
)

const address = "127.0.0.1:1025"

func main() {
	server, err := mailtest.Listen(mailtest.Options{Address: address})
	if err != nil {
		fmt.Fprintln(os.Stderr, "mailbox:", err)
		os.Exit(2)
	}
	fmt.Fprintf(os.Stderr, "Mails are taken at smtp://%s and printed here. Control-C ends it.\n", address)
	for printed := 0; ; time.Sleep(200 * time.Millisecond) {
		mails := server.Mails()
		for _, m := range mails[printed:] {
			fmt.Printf("\nTo: %s\nSubject: %s\n\n%s\n", strings.Join(m.Recipients, ", "), m.Subject, strings.TrimSpace(m.Text))
		}
		printed = len(mails)
	}
}
