package e2e

import "testing"

// A member takes another mail address, with the link that goes to it; an administrator proposes one, and the member keeps theirs.
func TestAMailAddressChangesWithProofFromTheNewOne(t *testing.T) {
	eachSideBySide(t, map[string]tabOptions{"by pointer": {}, "without JavaScript": {withoutJavaScript: true}}, changeAddress)
}

func changeAddress(t *testing.T, options tabOptions) {
	const moved = "john.moved@example.com"
	c, mails := serveWithMail(t, sqliteDatabase)
	admin, john := c.enter(administrator, options), c.enter(johnSmith, options)

	admin.goTo("Members")
	admin.selectRow("John Smith")
	admin.press(admin.actionBar().GetByText("More"))
	admin.follow(admin.action("Change address"))
	admin.write(admin.field("New mail address"), "somebody.else@example.com")
	if !options.withoutJavaScript {
		admin.looksFine(t)
	}
	admin.follow(inside(admin.Locator("dialog"), "button", "Propose address"))
	admin.seesStatus("New address proposed.")
	keep := newTab(c, options)
	keep.open(mails.Wait(t, johnSmith, 1)[0].Link())
	keep.follow(keep.button("Keep my address"))
	keep.sees(keep.heading("Your address stays"))

	john.open("/profile")
	john.follow(john.link("Change address"))
	john.write(john.field("New mail address"), moved)
	john.write(john.field("Present password"), password)
	if !options.withoutJavaScript {
		john.looksFine(t)
	}
	john.follow(john.button("Email me a link"))
	john.seesStatus("A link is on its way to " + moved + ".")
	if !options.withoutJavaScript {
		john.looksFine(t)
	}
	john.open(mails.Wait(t, moved, 1)[0].Link())
	john.follow(john.button("Use this address"))
	john.seesStatus("The address has changed.")
	john.triesPassword(moved, password)
	john.open("/profile")
	john.seesText(moved)
	admin.open(c.path("/members"))
	admin.seesText(moved)
}
