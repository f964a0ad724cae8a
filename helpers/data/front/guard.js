// The guard of a page: keeps JupyterLab's single-letter shortcuts away from the kit's outputs, speaks for the kit
// through one live region, says once that a stopped kernel saves nothing, and goes to the first open question.
const FOCUSABLE = "input, textarea, select, button, summary, a[href], [tabindex]";
const OUTPUT = ".jp-OutputArea-output";
const DEAD = ".jupyter-widgets-disconnected", LIVE = `.jupyter-widgets:not(${DEAD}), .lima-question`;
const STOPPED = "Not saved: the kernel has stopped. Press Start the lesson.";

const home = (element) => element.closest(".jp-Notebook") ?? document.body; // where a notice stands

function say(words) {
  document.dispatchEvent(new CustomEvent("lima:say", { detail: words }));
}

// ---- Shortcuts ----

function shield(root) {
  const outputs = root.closest(OUTPUT) ? [root] : root.querySelectorAll(OUTPUT);
  for (const output of outputs) {
    for (const element of [output, ...output.querySelectorAll(FOCUSABLE)]) {
      if (element.matches(FOCUSABLE)) element.dataset.lmSuppressShortcuts = "true";
    }
  }
}

// ---- One live region a page, however many guards stand on it ----

function voice() {
  if (document.querySelector("body > .lima-live")) return;
  const region = document.createElement("div");
  region.className = "lima-live";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  document.body.append(region);
  let waiting = [], timer;
  document.addEventListener("lima:say", ({ detail }) => { // emptied first, so that the same words are said twice
    waiting.push(detail);
    region.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(() => {
      region.textContent = waiting.join(" ");
      waiting = [];
    }, 50);
  });
}

// ---- A stopped kernel ----

// What stands in the boxes of a notebook, a line each under its question's heading.
function typed(place) {
  const lines = [];
  for (const box of place.querySelectorAll(".lima-question, .lima-lesson")) {
    const found = box.querySelectorAll("textarea, input[type=text], input:checked, select, .lima-typed");
    const words = [...found].map((field) => {
      if (field.matches("input:checked")) return field.closest("label")?.textContent ?? field.value;
      const name = field.getAttribute("aria-label") ?? field.labels?.[0]?.textContent ?? "";
      const value = (field.value ?? field.textContent).trim();
      return value && (name ? `${name}: ${value}` : value);
    });
    const kept = words.filter(Boolean);
    if (kept.length) lines.push(box.querySelector("h3")?.textContent ?? "", ...kept, "");
  }
  return lines.join("\n").trim();
}

function copy(words, shown) { // the clipboard is closed to pages without https, so the words stand there as well
  shown.hidden = false;
  shown.value = words;
  shown.select();
  const done = document.execCommand("copy");
  say(done ? "Copied." : "Selected. Copy it with Ctrl and C.");
}

function make(tag, words, attributes = {}) {
  const made = document.createElement(tag);
  made.textContent = words;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.dataset.lmSuppressShortcuts = "true";
  return made;
}

function warn(place) {
  if (place.querySelector(":scope > .lima-stopped")) return;
  const before = document.activeElement;
  const notice = make("div", "", { class: "lima lima-stopped", role: "group", "aria-label": "The kernel has stopped" });
  const words = make("textarea", "", { readonly: "", hidden: "", rows: 4, "aria-label": "What you typed" });
  const copying = make("button", "Copy what I typed", { class: "lima-button" });
  const closing = make("button", "Close", { class: "lima-button" });
  copying.onclick = () => copy(typed(place), words);
  closing.onclick = () => {
    notice.hidden = true;
    const back = before?.isConnected && before !== document.body ? before : place.querySelector("h3[tabindex]");
    back?.focus();
  };
  notice.append(make("strong", STOPPED), copying, closing, words);
  const mine = (event) => event.stopPropagation(); // outside of its cells the notebook takes the focus away
  for (const event of ["focusin", "mousedown", "keydown"]) notice.addEventListener(event, mine);
  place.append(notice);
  say(STOPPED);
}

function look() { // each dead widget is told of once: what is closed stays closed, and a start is not warned of again
  for (const dead of document.querySelectorAll(`${DEAD}:not([data-lima-told])`)) {
    dead.dataset.limaTold = "true";
    if (home(dead).querySelector(".lima-question")) warn(home(dead));
  }
}

function started(node) { // a new live widget: the kernel runs again
  if (node.matches(LIVE) || node.querySelector(LIVE)) home(node).querySelector(":scope > .lima-stopped")?.remove();
}

// ---- To a question, or without an id to the lesson's head, once all has run; not if the reader has gone elsewhere ----

function go(id, el) {
  const end = Date.now() + 60_000;
  let idle = 0, gone = false;
  const leave = () => { gone = true; };
  const events = ["keydown", "pointerdown", "wheel"];
  for (const event of events) addEventListener(event, leave, { capture: true, once: true });
  const timer = setInterval(() => {
    const place = home(el), prompts = [...place.querySelectorAll(".jp-InputPrompt")];
    const running = prompts.some(({ textContent }) => textContent.includes("*"));
    const heading = place.querySelector(PLACES[id] ?? `.lima-question[data-question="${CSS.escape(id)}"] h3`);
    idle = running ? 0 : idle + 1;
    if (heading && idle && !gone && document.activeElement !== heading) {
      heading.tabIndex = heading.tabIndex; // a heading can be focused from now on, a field as before
      heading.scrollIntoView({ block: "start" });
      heading.focus({ preventScroll: true });
    }
    if (!gone && idle < 20 && Date.now() < end) return; // JupyterLab scrolls to its last cell a moment after a run
    clearInterval(timer);
    for (const event of events) removeEventListener(event, leave, { capture: true });
  }, 200);
  return () => clearInterval(timer);
}

export default {
  render({ model, el }) {
    voice();
    classroom(el);
    let stop = () => {};
    const goOn = () => {
      stop();
      const { n, id } = model.get("go") ?? {};
      if (n) stop = go(id, el);
    };
    model.on("change:said", () => say(model.get("said").replace(/\u200b/g, "")));
    model.on("change:go", goOn);
    const observer = new MutationObserver((changes) => {
      for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes])) {
        if (node.nodeType !== 1) continue;
        shield(node);
        started(node);
      }
      if (changes.some(({ type }) => type === "attributes")) look();
    });
    shield(document.body);
    observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
    goOn();
    return () => {
      stop();
      observer.disconnect();
    };
  },
};
