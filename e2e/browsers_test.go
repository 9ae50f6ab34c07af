package e2e

import (
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Tests run side by side, each with a browser of its own while it runs: whatever one does to its browser and to the driver
// behind it, the others don't feel it. Browsers are used again.
var (
	idleBrowsers chan playwright.Browser
	usedBrowsers sync.Map // by the name of the test
)

// sideBySide lets a test run beside others. Every test of a journey begins with it.
func sideBySide(t *testing.T) {
	t.Helper()
	t.Parallel()
	mine := <-idleBrowsers
	usedBrowsers.Store(t.Name(), mine)
	t.Cleanup(func() {
		usedBrowsers.Delete(t.Name())
		idleBrowsers <- mine
	})
}

// browserOf is the browser of the test, or of the one that it is a part of.
func browserOf(t *testing.T) playwright.Browser {
	t.Helper()
	test, _, _ := strings.Cut(t.Name(), "/")
	mine, found := usedBrowsers.Load(test)
	if !found {
		t.Fatal("a test that needs a browser begins with sideBySide")
	}
	return mine.(playwright.Browser)
}

// mostBrowsers is how many there are at most, on a machine with many processors. Tests beyond it wait for their turn.
const mostBrowsers = 4

// startBrowsers starts as many as tests may run side by side.
func startBrowsers() (stop func(), err error) {
	count, err := strconv.Atoi(flag.Lookup("test.parallel").Value.String())
	if err != nil {
		return nil, err
	}
	count = min(count, mostBrowsers)
	idleBrowsers = make(chan playwright.Browser, count)
	var stops []func()
	stop = func() {
		for _, end := range stops {
			end()
		}
	}
	for range count {
		started, end, err := startBrowser()
		if err != nil {
			stop()
			return nil, err
		}
		stops = append(stops, end)
		idleBrowsers <- started
	}
	return stop, nil
}

func startBrowser() (started playwright.Browser, stop func(), err error) {
	driver, err := playwright.Run(&playwright.RunOptions{SkipInstallBrowsers: true})
	if err != nil {
		return nil, nil, fmt.Errorf("start the browser's driver: %w", err)
	}
	started, err = driver.Chromium.Launch(playwright.BrowserTypeLaunchOptions{
		ExecutablePath: playwright.String(os.Getenv("CHROMIUM")),
		Args: []string{"--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
			"--disable-component-update", "--disable-sync"},
	})
	if err != nil {
		_ = driver.Stop() // the other failure is told
		return nil, nil, fmt.Errorf("start %s: %w", os.Getenv("CHROMIUM"), err)
	}
	return started, func() {
		_ = started.Close() // nothing is lost with it
		_ = driver.Stop()
	}, nil
}
