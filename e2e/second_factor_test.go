package e2e

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// An authenticator computes codes as an app on a phone does.
type authenticator struct {
	t   *testing.T
	key string
}

// code is what the app shows, at the moment or, for apps whose clock is fast, ahead.
func (a authenticator) code(ahead time.Duration) string {
	a.t.Helper()
	code, err := totp.GenerateCode(a.key, time.Now().Add(ahead))
	must(a.t, err)
	return code
}

// nextCode is one that no code used before rules out.
func (a authenticator) nextCode() string { return a.code(30 * time.Second) }

func TestSecondFactorIsSetUpUsedAndTurnedOff(t *testing.T) {
	inEveryWay(t, useSecondFactor)
}

func useSecondFactor(t *testing.T, kind database, options tabOptions) {
	c := serveFile(t, kind, invitingFile)
	john, elsewhere := c.enter(johnSmith, options), newTab(c, options)
	elsewhere.signIn(johnSmith)
	john.open("/profile")
	john.follow(john.link("Set up"))
	app, codes := john.setsUpSecondFactor()
	john.keepsAsFile(codes)
	john.follow(john.link("I have saved them"))
	john.seesText("10 recovery codes are left")
	for _, code := range codes {
		john.seesNot(john.GetByText(code))
	}
	elsewhere.open(c.path("/resources/content/sources")) // a session without the second factor has ended
	elsewhere.triesPassword(johnSmith, password)
	elsewhere.sees(elsewhere.heading("Second factor"))
	elsewhere.open(c.path("/resources/content/sources")) // the password alone opens nothing
	elsewhere.triesPassword(johnSmith, password)
	elsewhere.givesCode("000000")
	elsewhere.seesText(wrongCode)
	elsewhere.givesCode(app.nextCode())
	elsewhere.sees(elsewhere.row("Web")) // where they were going

	other, twice := newTab(c, options), newTab(c, options)
	for _, one := range []*tab{other, twice} {
		one.open("/sign-in")
		one.triesPassword(johnSmith, password)
		one.givesCode(strings.ToUpper(codes[3])) // as somebody types it from paper
	}
	other.goTo("Sources")
	twice.seesText(wrongCode)
	other.open("/profile")
	other.seesText("9 recovery codes are left")

	other.follow(other.link("New recovery codes"))
	other.write(other.field(codeLabel), codes[4])
	other.follow(other.button("Make new codes"))
	renewed := other.recoveryCodes()
	other.open("/profile/second-factor/remove")
	other.write(other.field(codeLabel), codes[5])
	other.follow(other.button("Turn off"))
	other.seesText(wrongCode) // others have taken its place
	other.write(other.field(codeLabel), renewed[0])
	other.follow(other.button("Turn off"))
	other.seesStatus("The second factor is off.")
	twice.open("/sign-in")
	twice.triesPassword(johnSmith, password)
	twice.goTo("Sources")
}

const (
	codeLabel = "Code from your app"
	wrongCode = "This code is wrong, used or too old."
)

// givesCode ends a sign-in.
func (p *tab) givesCode(code string) {
	p.t.Helper()
	p.write(p.field(codeLabel), code)
	p.follow(p.button("Sign in"))
}

// setsUpSecondFactor sets an app up with the key that the page shows as text, with a slip on the way.
func (p *tab) setsUpSecondFactor() (app authenticator, recovery []string) {
	p.t.Helper()
	key, err := p.field("Or type this key").InputValue()
	must(p.t, err)
	app = authenticator{t: p.t, key: strings.ReplaceAll(key, " ", "")}
	p.write(p.field(codeLabel), "000000")
	p.write(p.field("Your password"), password)
	p.follow(p.button("Turn on"))
	p.seesText(wrongCode)
	p.write(p.field("Your password"), password)
	p.write(p.field(codeLabel), app.code(0)) // the same key still
	p.follow(p.button("Turn on"))
	p.sees(p.heading("The second factor is on"))
	return app, p.recoveryCodes()
}

// recoveryCodes are those that a page shows.
func (p *tab) recoveryCodes() []string {
	p.t.Helper()
	text, err := p.field("Recovery codes").InputValue()
	must(p.t, err)
	codes := strings.Fields(text)
	if len(codes) != 10 {
		p.t.Fatalf("the recovery codes are %q, not ten", codes)
	}
	return codes
}

// keepsAsFile holds that the file of the page has the codes, one a line.
func (p *tab) keepsAsFile(codes []string) {
	p.t.Helper()
	download, err := p.ExpectDownload(func() error { return p.pressing(p.button("Download")) })
	must(p.t, err)
	if name := download.SuggestedFilename(); name != "bailiwick-recovery-codes.txt" {
		p.t.Errorf("the file is called %q", name)
	}
	path, err := download.Path()
	must(p.t, err)
	text, err := os.ReadFile(path)
	must(p.t, err)
	if !strings.Contains(string(text), "\n\n"+strings.Join(codes, "\n")+"\n") {
		p.t.Errorf("the file of the recovery codes is\n%s", text)
	}
}

// The organization asks everybody for a second factor: nothing opens without one, and the set-up leads on.
func TestOrganizationThatRequiresASecondFactorOpensWithOneOnly(t *testing.T) {
	inEveryWay(t, requireSecondFactor)
}

func requireSecondFactor(t *testing.T, kind database, options tabOptions) {
	c := serveFile(t, kind, invitingFile)
	john, admin := c.enter(johnSmith, options), c.enter(administrator, options)
	admin.follow(inside(admin.navigation(), "link", "Organization"))
	admin.follow(admin.button("Require a second factor"))
	asking := admin.named("dialog", "Require a second factor in Acme?")
	admin.sees(asking.GetByText("You have none. The next page asks"))
	admin.follow(inside(asking, "button", "Require it"))
	admin.seesFactorAsked()

	sources := c.path("/resources/content/sources")
	for _, path := range []string{c.path(""), c.path("/members"), c.path("/activity"), c.path("/nothing/there"), sources} {
		john.open(path)
		john.seesFactorAsked()
		john.seesNot(john.navigation())
	}
	john.follow(john.link("Set up the second factor"))
	app, _ := john.setsUpSecondFactor()
	john.follow(john.link("I have saved them"))
	john.sees(john.row("Web")) // where they were going
	john.goTo("Members")

	next := newTab(c, options)
	next.open(sources)
	next.triesPassword(johnSmith, password)
	next.givesCode(app.nextCode())
	next.sees(next.row("Web"))
	next.open("/profile")
	next.seesText("Acme asks for it.")
	admin.open(c.path("/members"))
	admin.seesFactorAsked() // the person who requires it is no exception
}

func (p *tab) seesFactorAsked() {
	p.t.Helper()
	p.sees(p.heading("Acme asks for a second factor"))
}
