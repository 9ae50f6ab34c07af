package viewstest_test

import (
	"testing"

	"bailiwick/views/viewstest"
)

func TestFaultsAreFound(t *testing.T) {
	for text, faulty := range map[string]bool{
		`<p>Fine <b>words</b>, <a href="/">a link</a></p>`:                     false,
		`<label for="a">Name</label><input id="a"/>`:                           false,
		`<ul><li><ul><li>One</li></ul></li></ul>`:                              false,
		`<details><summary>More</summary><p>Text</p></details>`:                false,
		`<svg aria-hidden="true"><use href="#x"></use></svg>`:                  false,
		`<p><b>crossed</p></b>`:                                                true,
		`<div>`:                                                                true,
		`<span><ul><li>A list among words</li></ul></span>`:                    true,
		`<p><span>A paragraph <div>inside</div></span></p>`:                    true,
		`<a href="/">A <button>button</button></a>`:                            true,
		`<form><div><form></form></div></form>`:                                true,
		`<ul><p>No item</p></ul>`:                                              true,
		`<input id="a" aria-label="Name"/><p id="a">Twice</p>`:                 true,
		`<input id="a" aria-label="Name" aria-describedby="gone"/>`:            true,
		`<input id="a"/>`:                                                      true,
		`<button type="submit"><svg aria-hidden="true"></svg></button>`:        true,
		`<table><tr><td>No caption</td></tr></table>`:                          true,
		`<dialog aria-labelledby="title"><h2 id="title">Delete?</h2></dialog>`: false,
		`<dialog><h2>Delete?</h2></dialog>`:                                    true,
		`<p>An <input type="hidden" name="x"/></p>`:                            false,
	} {
		if got := viewstest.Faults(text); (len(got) > 0) != faulty {
			t.Errorf("%s: %q", text, got)
		}
	}
}
