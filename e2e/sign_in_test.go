package e2e

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestMemberSignsInOnEveryDatabaseWithAndWithoutJavaScript(t *testing.T) {
	sideBySide(t)
	for name, kind := range databases() {
		t.Run(name, func(t *testing.T) {
			c := newConsoleOn(t, kind, "atlassian.yaml")
			c.givePassword(atlassianAdministrator)
			for _, options := range []tabOptions{{}, {withoutJavaScript: true}} {
				member := newTab(c, options)
				member.signIn(atlassianAdministrator)
				must(t, member.expect.Page(member).ToHaveURL(regexp.MustCompile("^"+regexp.QuoteMeta(c.url+c.path("/")))))
				member.sees(member.link("Sources"))
				member.seesNot(member.link("Groups"))
			}
		})
	}
}

func TestConsoleThatIsStoppedLeavesNoWriteAheadFile(t *testing.T) {
	sideBySide(t)
	c := newConsole(t, "atlassian.yaml")
	c.stop()
	file := strings.TrimPrefix(c.db, "sqlite:")
	if _, err := os.Stat(file); err != nil {
		t.Errorf("the database itself: %v", err)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		if _, err := os.Stat(file + suffix); !os.IsNotExist(err) {
			t.Errorf("%s%s is left behind", file, suffix)
		}
	}
}
