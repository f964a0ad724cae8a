// Shown to a class: one section of the notebook at a time, in large type, over the whole window. Nothing is moved or
// drawn anew: what is not shown is hidden, so all that stands in the boxes stays, and leaving only takes classes away.
// A section goes from one `##` heading to the next, and a text cell may hold the end of one and the start of another.
// Python puts this file in front of `guard.js` and sends the two as one module.
const KEYS = { ArrowLeft: -1, PageUp: -1, ArrowRight: 1, PageDown: 1 };
const SCROLLS = { ArrowUp: -1, ArrowDown: 1 };
const OWN = "input, textarea, select, .lima-passage, [contenteditable=true]"; // what has arrow keys and Esc of its own
const PRESSED = "button, summary, a[href]";
const PRIVATE = /^(Hand in|Further · For coders)/; // whose answers these are, and typed lines, are not for a class
let shown = null; // what is shown now: {place, at, bar}; one a page
const left = new WeakMap(); // the section at which a notebook was left, to go on there

function sections(place) {
  const found = [[]];
  const take = (part) => {
    const heads = part.matches("h2") && found.at(-1).some((one) => one.matches("h2"));
    if (heads) found.push([]);
    found.at(-1).push(part);
  };
  for (const cell of place.querySelectorAll(".jp-Cell")) {
    const words = cell.querySelector(".jp-MarkdownOutput");
    if (words) [...words.children].forEach(take);
    else take(cell);
  }
  return found;
}

const heading = (section) => section.find((part) => part.matches("h2"));
const titled = (section) => (heading(section)?.textContent ?? "").replace(/¶$/, "").trim();
const forAll = (whole) => whole.filter((section) => !PRIVATE.test(titled(section))); // `at` counts these
const scroller = (place) => place.querySelector(".jp-WindowedPanel-outer") ?? place;

function clear(...names) {
  for (const name of names) {
    for (const one of document.querySelectorAll(`.${name}`)) one.classList.remove(name);
  }
}

function showSection(to) {
  const { place, bar } = shown, whole = sections(place), all = forAll(whole);
  shown.at = Math.max(0, Math.min(all.length - 1, to));
  const section = all[shown.at];
  clear("lima-off");
  for (const part of whole.flat()) part.classList.toggle("lima-off", !section.includes(part));
  for (const cell of place.querySelectorAll(".jp-MarkdownCell")) {
    cell.classList.toggle("lima-off", !section.some((part) => cell.contains(part)));
  }
  bar.where.textContent = `Section ${shown.at + 1} of ${all.length}: ${titled(section)}`;
  for (const [button, end] of [[bar.back, 0], [bar.next, all.length - 1]]) {
    button.setAttribute("aria-disabled", String(shown.at === end));
  }
  scroller(place).scrollTop = 0;
  const first = heading(section);
  if (first) first.tabIndex = -1;
  first?.focus({ preventScroll: true });
  say(bar.where.textContent);
}

// All beside the notebook is hidden, up to the page itself: it can be neither seen nor reached by Tab.
function alone(place) {
  for (let here = place; here !== document.body; here = here.parentElement) {
    here.classList.add(here === place ? "lima-stage" : "lima-way");
    for (const other of here.parentElement.children) {
      if (other !== here && !other.matches(".lima-live, .lima-classbar")) other.classList.add("lima-aside");
    }
  }
}

function enter(place) {
  if (shown) leaveClass();
  const pressed = (words, act) => {
    const made = make("button", words, { type: "button", class: "lima-button" });
    made.onclick = act;
    return made;
  };
  const bar = make("div", "", { class: "lima lima-classbar", role: "group", "aria-label": "Shown to the class" });
  bar.where = make("span", "", { class: "where" });
  bar.back = pressed("← Back", () => showSection(shown.at - 1));
  bar.next = pressed("Next →", () => showSection(shown.at + 1));
  bar.append(bar.where, make("span", "Page Up and Page Down turn, Esc leaves", { class: "lima-note" }), bar.back, bar.next,
    pressed("Leave", leaveClass));
  shown = { place, at: 0, bar };
  alone(place);
  document.body.append(bar);
  document.body.classList.add("lima-class");
  addEventListener("keydown", turn, { capture: true }); // before JupyterLab, which has other uses for most keys
  showSection(left.get(place) ?? 0);
}

function leaveClass() {
  if (!shown) return;
  const { place, at, bar } = shown, first = heading(forAll(sections(place))[at] ?? []);
  left.set(place, at);
  removeEventListener("keydown", turn, { capture: true });
  shown = null;
  bar.remove();
  document.body.classList.remove("lima-class");
  clear("lima-off", "lima-stage", "lima-way", "lima-aside");
  first?.scrollIntoView({ block: "start" });
  first?.focus({ preventScroll: true });
  say("Back in the notebook.");
}

// Page Up and Page Down turn also while somebody types in a field; all other keys are the field's own.
function turn(event) {
  const { key, target, ctrlKey, altKey, metaKey, shiftKey } = event;
  if (ctrlKey || altKey || metaKey || key === "Tab" || !shown) return;
  if (!shown.place.isConnected) return leaveClass();
  const own = target.closest?.(OWN);
  if (own && !key.startsWith("Page")) return;
  if (KEYS[key]) showSection(shown.at + KEYS[key]);
  else if (SCROLLS[key]) scroller(shown.place).scrollBy({ top: SCROLLS[key] * 90 });
  else if (key === "Escape") leaveClass();
  else if (shiftKey || !target.closest?.(PRESSED)) return event.stopImmediatePropagation(); // Enter opens no editor here
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// The button that the guard draws in the lesson's head.
function classroom(el) {
  const button = make("button", "Show to the class", { type: "button", class: "lima-button" });
  button.onclick = () => enter(home(el));
  el.classList.add("lima");
  el.append(button);
}
