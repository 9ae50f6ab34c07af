package e2e

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/playwright-community/playwright-go"
)

// Journeys run side by side, each with a browser of its own while it runs: whatever one does to its browser and to the driver
// behind it, the others don't feel it. Browsers are used again.
var (
	idleBrowsers chan playwright.Browser
	usedBrowsers sync.Map // by the name of the test
)

// sideBySide lets a test run beside others. Every journey begins with it, be it a test or one of eachSideBySide.
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

// eachSideBySide is a test of several journeys, by name, none of which waits for another. The test itself has no browser.
func eachSideBySide[J any](t *testing.T, journeys map[string]J, walk func(t *testing.T, journey J)) {
	t.Helper()
	t.Parallel()
	for name, journey := range journeys {
		t.Run(name, func(t *testing.T) {
			sideBySide(t)
			walk(t, journey)
		})
	}
}

// browserOf is the browser of the journey that the test is, or is a part of.
func browserOf(t *testing.T) playwright.Browser {
	t.Helper()
	for name := t.Name(); name != ""; name = name[:max(0, strings.LastIndexByte(name, '/'))] {
		if mine, found := usedBrowsers.Load(name); found {
			return mine.(playwright.Browser)
		}
	}
	t.Fatal("a test that needs a browser begins with sideBySide")
	return nil
}

// A journey waits half of its time: the browser for the console, the test for the browser. So there are more of them at once
// than processors, but each with a browser takes some hundred megabytes.
const (
	perProcessor = 2
	mostBrowsers = 4
)

// setSideBySide sets how many tests run side by side, unless the command line says it.
func setSideBySide() error {
	said := false
	flag.Visit(func(f *flag.Flag) { said = said || f.Name == "test.parallel" })
	if said {
		return nil
	}
	return flag.Set("test.parallel", strconv.Itoa(min(perProcessor*runtime.GOMAXPROCS(0), mostBrowsers)))
}

// startBrowsers starts as many as tests may run side by side.
func startBrowsers() (stop func(), err error) {
	count, err := strconv.Atoi(flag.Lookup("test.parallel").Value.String())
	if err != nil {
		return nil, err
	}
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
		return nil, nil, fmt.Errorf("start the browser’s driver: %w", err)
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
