// Progressive enhancement for every page. No page needs it to work: each part below replaces a round trip that the same
// markup makes without the script.
{
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const on = (type, listener) => document.addEventListener(type, listener);

// Assistive technology reads what is written into the page's one announcement line.
const say = (text) => { const line = $("[data-announce]"); if (line && text) line.textContent = text; };

// ---- Dialogs. The server renders them open; modal, they keep the focus inside and close with Escape. Closing goes where
// the Cancel link leads, so that the address no longer asks the question.
const leave = (dialog) => {
  const away = $("a[data-close]", dialog);
  if (away) location.assign(away.href); else dialog.close();
};
for (const dialog of $$("dialog[data-modal][open]")) {
  dialog.close();
  dialog.showModal();
  dialog.addEventListener("cancel", (e) => { e.preventDefault(); leave(dialog); });
}
on("click", (e) => {
  const close = e.target.closest("[data-close]");
  if (close && !close.hasAttribute("href")) { e.preventDefault(); leave(close.closest("dialog")); }
  if (e.target.matches("dialog[data-modal]")) leave(e.target); // the scrim counts as part of the dialog
});

// ---- Menus close on Escape and on a click elsewhere.
const openMenus = () => $$("details.menu[open]");
on("click", (e) => { for (const menu of openMenus()) if (!menu.contains(e.target)) menu.open = false; });
on("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const menu of openMenus()) { menu.open = false; $("summary", menu).focus(); }
});

// ---- The Action bar. htmx replaces it, so it is looked up each time. Left and Right walk its buttons.
const actionBar = () => $("#actionbar");
on("keydown", (e) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
  const bar = e.target.closest("[role=toolbar]");
  if (!step || !bar || e.target.closest(".menu-list")) return;
  const stops = $$("a, button, summary", bar).filter((stop) => stop.checkVisibility() && !stop.closest(".menu-list"));
  const next = stops[stops.indexOf(e.target) + step];
  if (next) { e.preventDefault(); next.focus(); }
});

// A click anywhere in a row selects it, unless it was meant for something in the row or for marking text.
const pickIn = (target) => { const row = target.closest("tr"); return row && $(".pick input", row); };
on("click", (e) => {
  const pick = pickIn(e.target);
  if (!pick || e.target.closest("a, button, input, label, select, summary") || String(getSelection())) return;
  pick.click();
  pick.focus({ preventScroll: true });
});

// A double click runs the first action, once the bar shows the row that was clicked.
let wanted = null;
const runFirst = () => {
  const bar = actionBar();
  if (!wanted || bar?.dataset.selected !== wanted) return;
  wanted = null;
  $(".actionbar-actions a.btn, .actionbar-actions button.btn", bar)?.click();
};
on("dblclick", (e) => {
  const pick = pickIn(e.target);
  if (!pick?.checked || e.target.closest("a, button, select, summary")) return;
  getSelection().removeAllRanges();
  wanted = pick.value;
  runFirst();
});

// Clearing the selection asks the server for the empty bar, like any other choice.
on("click", (e) => {
  if (!e.target.closest("[data-clear]")) return;
  const picked = $(".pick input:checked");
  if (!picked || !window.htmx) return;
  e.preventDefault();
  picked.checked = false;
  picked.focus();
  picked.dispatchEvent(new Event("change", { bubbles: true }));
});

// ---- Answers to htmx. A page in place of a fragment (signed out, refused, failed) is never put into a part of this one:
// a listing then loads the whole answer, as it would without the script; a half-filled form keeps what was typed.
on("htmx:before:response", (e) => {
  const { response, sourceElement } = e.detail.ctx;
  if (response.raw.ok && !response.raw.redirected) return;
  e.preventDefault();
  if (sourceElement.matches("form.listing")) sourceElement.submit();
});
on("htmx:after:swap", () => {
  say((actionBar() ?? $("#savebar"))?.dataset.say);
  runFirst();
});

// ---- Filters above a listing send themselves: a choice at once, a text after a pause in typing. Empty values stay out of
// the address, and typing leaves one entry in the history, not one a pause.
const filtered = (form) => {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  return `${form.action}${query.size ? "?" : ""}${query}`;
};
on("change", (e) => { if (e.target.matches("form.filters[method=get] select")) location.assign(filtered(e.target.form)); });

// What is typed while the next page is on its way is carried into it: the text that was sent, and the text as it stood
// when this page went. Only the page that answers the text sent takes it up; any other was asked for by another way.
const carried = "bailiwick.filter";
const filterBox = $("form.filters[method=get] input[type=search]:not([data-filter])");
if (filterBox) {
  let pause, sent = null;
  filterBox.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => {
      sent = filterBox.value;
      location.replace(filtered(filterBox.form));
    }, 300);
  });
  addEventListener("pagehide", () => {
    if (sent !== null) sessionStorage.setItem(carried, JSON.stringify([location.pathname, sent.trim(), filterBox.value]));
  });
  const [path, asked, typed] = JSON.parse(sessionStorage.getItem(carried) ?? "[]");
  if (path === location.pathname && asked === filterBox.value.trim()) {
    filterBox.focus({ preventScroll: true });
    filterBox.value = typed;
    filterBox.setSelectionRange(typed.length, typed.length);
    if (typed.trim() !== asked) filterBox.dispatchEvent(new Event("input"));
  }
}
sessionStorage.removeItem(carried);

// A filter over rows that are all in the page hides those that do not match.
on("input", (e) => {
  if (!e.target.dataset.filter) return;
  const words = e.target.value.toLowerCase();
  let shown = 0;
  for (const row of $$(e.target.dataset.filter)) {
    row.hidden = !row.textContent.toLowerCase().includes(words);
    shown += !row.hidden;
  }
  say(`${shown} shown`);
});

// ---- Copy a value, and say so.
on("click", async (e) => {
  const button = e.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
  say("Copied");
});

// ---- Leaving a form with unsaved changes asks first; sending it does not.
const guarded = $("form[data-dirty-guard]");
if (guarded) {
  let dirty = guarded.hasAttribute("data-dirty");
  guarded.addEventListener("input", () => { dirty = true; });
  guarded.addEventListener("submit", () => { dirty = false; });
  on("click", (e) => { if (e.target.closest("[data-discard]")) dirty = false; });
  addEventListener("beforeunload", (e) => { if (dirty) e.preventDefault(); });
}

// A page that is being left asks for nothing more: the answer would find nobody, and its loss would be reported as a
// failure. Whoever stays after all and chooses again is answered again.
let leaving = false;
addEventListener("beforeunload", (e) => {
  if (e.defaultPrevented) return;
  leaving = true;
  for (const form of $$("form[hx-get], form[hx-post]")) form.dispatchEvent(new Event("htmx:abort"));
});
document.addEventListener("change", () => { leaving = false; }, { capture: true });
on("htmx:before:request", (e) => { if (leaving) e.preventDefault(); });

// "Partly chosen" cannot be written in HTML.
for (const box of $$("input[data-mixed]")) box.indeterminate = true;
}
