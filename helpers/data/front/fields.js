// What the page owes to stock fields and cannot be set from Python: a slider that says its day, Enter in the line for a
// name, the browser's own menu over the kit's boxes, and a focus that is not lost when widgets are drawn anew.
// Python puts this file in front of `classroom.js` and `guard.js` and sends the three as one module.
const OURS = ".lima-question, .lima-lesson, .lima-desk, .lima-closed";
const STOPS = ":is(button, input, select, textarea, summary, a[href]):not(:disabled)";
const PLACES = { "": ".lima-lesson", name: ".lima-name :is(input, button)" }; // where the guard leads, beside questions
let heldBy = []; // what had the focus, and all that it stood in

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

// JupyterLab's own menu offers to delete the cell, and opens at a second tap on a field.
function ownMenu(event) {
  if (event.target.closest?.(OURS)) event.stopPropagation();
}

function hold({ target }) {
  heldBy = target.closest?.(OURS) ? [target] : [];
  for (let here = target; heldBy.length && !here.matches(".jp-Cell, body"); here = here.parentElement) heldBy.push(here);
}

// Widgets that took the place of the one with the focus are drawn in steps, so it is looked for a moment later.
function regain() {
  if (!heldBy.length || heldBy[0].isConnected || document.activeElement !== document.body) return;
  const home = heldBy.find((one) => one.isConnected);
  const next = [...(home?.querySelectorAll(STOPS) ?? [])].find((one) => one.checkVisibility({ visibilityProperty: true }));
  next?.focus({ preventScroll: true });
}

// A drawing tells screen readers of groups of marks that have no name; their words stand in the table below it.
function dropNameless() {
  const nameless = ".vega-embed :is([role=graphics-symbol], [role=graphics-object]):not([aria-label])";
  for (const mark of document.querySelectorAll(nameless)) mark.removeAttribute("role");
}

if (!document.documentElement.dataset.limaFields) { // once a page, however many guards stand on it
  document.documentElement.dataset.limaFields = "true";
  document.addEventListener("input", sayDay);
  document.addEventListener("focusin", sayDay);
  document.addEventListener("focusin", hold);
  document.addEventListener("keydown", enterName, { capture: true });
  window.addEventListener("contextmenu", ownMenu, { capture: true });
  new MutationObserver((changes) => {
    setTimeout(regain, 150);
    if (changes.some(({ target }) => target.closest?.(".vega-embed, svg"))) setTimeout(dropNameless, 150);
  }).observe(document.body, { childList: true, subtree: true });
}
