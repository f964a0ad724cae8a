// What the page owes to stock fields and cannot be set from Python: a slider that says its day, Enter in the line for a
// name, Esc as the way out, the browser's own menu over the kit's boxes, and a focus that is neither lost nor left below
// the screen when widgets are drawn anew.
// Python puts this file in front of `classroom.js` and `guard.js` and sends the three as one module.
const OURS = ".lima-question, .lima-lesson, .lima-desk, .lima-closed";
const STOPS = ":is(button, input, select, textarea, summary, a[href]):not(:disabled)";
const PLACES = { "": ".lima-lesson", name: ".lima-name :is(input, button)" }; // where the guard leads, beside questions
let heldBy = []; // what had the focus, and all that it stood in
let pressed = 0; // when something was last pressed

// The heading of a chart names the day of print; the slider alone has only a number. The heading is drawn a moment later.
function sayDay({ target }) {
  const chart = target.matches?.(".vega-bind input[type=range]") && target.closest(".vega-embed");
  if (!chart) return;
  const tell = () => target.setAttribute("aria-valuetext", chart.querySelector(".role-title-text").textContent);
  requestAnimationFrame(() => requestAnimationFrame(tell));
}

function enterName({ key, target }) { // the line sends its words first
  const line = key === "Enter" && target.matches?.("input") && target.closest(".lima-name");
  if (line) setTimeout(() => line.querySelector("button")?.click(), 50);
}

// JupyterLab resolves the links of text cells and not those of widgets, and its address is not always the notebook's.
// So the head's way to the next notebook takes that of the stop line, which opens a tab and loads no page anew.
function nextNotebook(event) {
  const link = event.target.closest?.(".lima-lesson a[href$='.ipynb']");
  const name = link?.getAttribute("href");
  const others = link ? link.closest(".jp-Notebook")?.querySelectorAll(".jp-MarkdownOutput a") ?? [] : [];
  const same = [...others].find((other) => other.href.includes(`/${name}`));
  if (!same) return;
  event.preventDefault();
  same.click();
}

// Esc goes from a field to its notebook cell, where JupyterLab's j and k work; unless what has the focus takes it for
// itself, as a marked passage does. A stock field tells nobody above it of its keys, so this listens on the way down.
function leave(event) {
  const cell = event.target.closest?.(OUTPUT)?.closest(".jp-Cell");
  if (event.key !== "Escape" || !cell) return;
  setTimeout(() => {
    if (event.defaultPrevented) return;
    if (!cell.hasAttribute("tabindex")) cell.tabIndex = -1;
    cell.focus();
  });
}

// JupyterLab's own menu offers to delete the cell, and opens at a second tap on a field.
function ownMenu(event) {
  if (event.target.closest?.(OURS)) event.stopPropagation();
}

function hold({ target }) {
  heldBy = target.closest?.(OURS) ? [target] : [];
  for (let here = target; heldBy.length && !here.matches(".jp-Cell, body"); here = here.parentElement) heldBy.push(here);
}

const stops = (place) => [...place.querySelectorAll(STOPS)];
const seen = (one) => one.checkVisibility({ visibilityProperty: true });

// Widgets that took the place of the one with the focus are drawn in steps, so this runs a moment later: the focus goes
// to the nearest that can have it, and what was pressed stays on the screen though a table has pushed it down.
function regain() {
  const [last, ...around] = heldBy, here = document.activeElement;
  if (!last) return;
  if (here === document.body && !last.isConnected) {
    around.filter((one) => one.isConnected).flatMap(stops).find(seen)?.focus({ preventScroll: true });
  }
  const lies = document.activeElement.closest(".lima-desk, .lima-lesson") && Date.now() - pressed < 2000;
  if (lies) document.activeElement.scrollIntoView({ block: "nearest" });
}

// A drawing tells screen readers of groups of marks that have no name; their words stand in the table below it.
function dropNameless() {
  const nameless = ".vega-embed :is([role=graphics-symbol], [role=graphics-object]):not([aria-label])";
  for (const mark of document.querySelectorAll(nameless)) mark.removeAttribute("role");
}

// On paper a line of a field can't run on, so what was typed there is printed as words.
function asWords() {
  for (const field of document.querySelectorAll(".lima-question input[type=text]")) {
    if (!field.value) continue;
    const words = document.createElement("span");
    words.className = "lima-aswords";
    words.textContent = field.value;
    field.after(words);
  }
}

function asFields() { // and the page as it was
  for (const words of document.querySelectorAll(".lima-aswords")) words.remove();
  window.dispatchEvent(new Event("resize")); // JupyterLab's toolbar has folded while it was not drawn
}

if (!document.documentElement.dataset.limaFields) { // once a page, however many guards stand on it
  document.documentElement.dataset.limaFields = "true";
  document.addEventListener("input", sayDay);
  document.addEventListener("focusin", sayDay);
  document.addEventListener("focusin", hold);
  document.addEventListener("keydown", enterName, { capture: true });
  document.addEventListener("keydown", leave, { capture: true });
  document.addEventListener("click", nextNotebook);
  document.addEventListener("click", () => { pressed = Date.now(); }, { capture: true });
  window.addEventListener("beforeprint", asWords);
  window.addEventListener("afterprint", asFields);
  window.addEventListener("contextmenu", ownMenu, { capture: true });
  new MutationObserver((changes) => {
    setTimeout(regain, 150);
    if (changes.some(({ target }) => target.closest?.(".vega-embed, svg"))) setTimeout(dropNameless, 150);
  }).observe(document.body, { childList: true, subtree: true });
}
