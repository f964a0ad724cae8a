// The box of a question: native HTML drawn from a description that Python sends. What a reader types goes back as the
// trait `value` and as messages, which keep their order: whatever stands in the box when Check is pressed is judged.
// Names, groups, focus and Tab stops come from the browser. Python puts `sending.js`, `highlighter.js` and `lists.js` in
// front of this file and sends the four as one module.
//
// Traits from Python (words are plain; whatever is called html was prepared and escaped there):
//   description  {id, title, badge, minutes, part, type, prompt: html, before: html, check, hints: a number, inputs};
//                without minutes it is no question: a form, with `over` for its second button, or without one
//   fill         {n, value}: the inputs are to hold `value`; n grows with each time
//   told         {state, heading, said: [html], cells: [{row, column, html, good}], samples: [html], after: html,
//                hints: [html], key: html, status, unsaved, offer, n: which try, so that the same words are said again}
//   others       [{cite, start, end, name}]: somebody else's marks
//   heard        n of the last message that was taken
// Back to Python: value {name of an input: its state}, and messages {n, do, value}, where do is "typed", "left" (a field,
// of a ledger), "check", "hint", "over" or "show". After a `fill` the value is written too, without a message.
const FOCUSABLE = "input, textarea, select, button, summary, a[href], [tabindex]";
const SIGNS = { accepted: "✓", refused: "↺", kept: "●", part: "◐", passed: "–", blank: "○", unreadable: "○" };
const OPEN = { state: "open", heading: "", said: [], cells: [], samples: [], after: "", hints: [], key: "",
  status: "" };
const COUNT = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const KINDS = { radio, text: field, select: field, table, order, events, marks: highlighter };

// ---- Small parts ----

const fresh = () => `lima-${Math.random().toString(36).slice(2)}`;
const counted = (n) => COUNT[n] ?? String(n);

// JupyterLab takes letter keys from every element that does not carry this itself; on a container it does nothing.
function quiet(element) {
  for (const one of [element, ...element.querySelectorAll(FOCUSABLE)]) {
    if (one.matches(FOCUSABLE)) one.dataset.lmSuppressShortcuts = "true";
  }
  return element;
}

function make(tag, attributes = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return quiet(made);
}

// An element with HTML that Python has prepared and escaped.
function rich(tag, attributes, html) {
  const made = make(tag, attributes);
  made.innerHTML = html;
  return quiet(made);
}

// The words of prepared HTML as they are said; of a citation only its place, not the passage that it opens.
function plain(html) {
  const all = document.createElement("template");
  all.innerHTML = html.replace(/<\/(p|div|li|td|blockquote)>/g, "$& ");
  for (const inside of all.content.querySelectorAll("details > :not(summary)")) inside.remove();
  return all.content.textContent.replace(/\s+/g, " ").trim();
}

const sentence = (words) => (/[.!?…]$/.test(words) ? words : `${words}.`);
const disabled = (button) => button.getAttribute("aria-disabled") === "true";

// A button is never `disabled`: it would drop the focus. With aria-disabled it keeps it and does nothing.
function button(words, act, attributes = {}) {
  const made = make("button", { type: "button", class: "lima-button", ...attributes }, words);
  made.onclick = () => !disabled(made) && act();
  return made;
}

function disable(button, off) {
  button.setAttribute("aria-disabled", String(off));
}

// New HTML only where it differs: a citation that stands open stays open. Focus is not lost with what is replaced.
function put(place, html, home) {
  if (place.prepared === html) return;
  const held = place.contains(document.activeElement);
  place.prepared = place.innerHTML = html;
  place.hidden = html === "";
  quiet(place);
  if (held) home.focus();
}

// What is said to one cell or one event: under it, and tied to its field.
function under(place, field, html, wrong) {
  place.innerHTML = html;
  place.hidden = html === "";
  quiet(place);
  if (!field) return;
  for (const name of ["aria-describedby", "aria-invalid"]) field.removeAttribute(name);
  if (html) field.setAttribute("aria-describedby", place.id);
  if (html && wrong) field.setAttribute("aria-invalid", "true");
}

const beneath = () => make("div", { class: "lima-under", id: fresh(), hidden: "" });

// ---- Inputs: each gives its element, `read`, `fill`, and where messages stand inside it `tell` ----

function radio(input) {
  const name = fresh();
  const radios = input.options.map(({ key }) => make("input", { type: "radio", name, value: key }));
  const choices = input.options.map(({ key, html }, n) =>
    make("label", { class: "lima-option" }, radios[n], make("b", {}, key), rich("span", {}, html)));
  return {
    element: make("fieldset", { class: "lima-radio" }, make("legend", {}, input.label), ...choices),
    read: () => radios.find((one) => one.checked)?.value ?? "",
    fill: (value) => radios.forEach((one) => { one.checked = one.value === String(value ?? ""); }),
  };
}

function selecting(options, attributes) {
  return make("select", attributes, ...options.map(({ value, text }) => make("option", { value }, text)));
}

// JupyterLab takes the line break from every field inside a cell that is not its own editor, unless it never hears Enter.
function lines(attributes) {
  const made = make("textarea", attributes);
  made.onkeydown = (event) => { if (event.key === "Enter") event.stopPropagation(); };
  return made;
}

// How many words stand in a field, beside how many are asked for.
function counting(field, { least, most }) {
  const place = make("div", { class: "lima-note" });
  const count = () => {
    const words = field.value.split(/\s+/).filter(Boolean).length;
    place.textContent = `${words} ${words === 1 ? "word" : "words"}; ${least} to ${most} are asked for`;
  };
  field.addEventListener("input", count);
  count();
  return [place, count];
}

// One line, several lines, or a choice among few, with its label above. Enter in one line sends nothing.
function field(input) {
  const id = fresh();
  let made;
  if (input.options) made = selecting(input.options, { id });
  else if ((input.rows ?? 1) > 1) made = lines({ id, rows: input.rows });
  else made = make("input", { id, type: "text", autocomplete: "off" });
  const parts = [make("label", { for: id }, input.label), made];
  if (input.note) {
    made.setAttribute("aria-describedby", `${id}-note`);
    parts.splice(1, 0, make("div", { class: "lima-note", id: `${id}-note` }, input.note));
  }
  const [place, count] = input.most ? counting(made, input) : [];
  if (place) parts.push(place);
  return {
    element: make("div", { class: "lima-field" }, ...parts),
    read: () => made.value,
    fill: (value) => { made.value = String(value ?? ""); count?.(); },
    focus: () => made.focus(),
  };
}

// Each field is named by its row and column in plain words: a citation that stands open is not read out with them.
function table(input, box) {
  const cells = [];

  function drawn(row, cell, column) {
    if (cell.kind === "given") return rich("td", { "data-column": column, class: "given" }, cell.html);
    const name = { "aria-label": `${plain(row.html)} ${column}` };
    let made;
    if (cell.kind === "select") {
      made = selecting(["", ...cell.options].map((value) => ({ value, text: value || "…" })), name);
    } else if (cell.kind === "area") made = lines({ rows: 2, ...name });
    else made = make("input", { type: "text", autocomplete: "off", ...name });
    const place = beneath();
    cells.push({ row: row.key, column, field: made, place });
    return make("td", { "data-column": column }, made, place);
  }

  function read() {
    const value = {};
    for (const { row, column, field } of cells) {
      if (field.value.trim()) value[row] = { ...value[row], [column]: field.value };
    }
    return value;
  }

  const heads = input.columns.map((words) => make("th", { scope: "col" }, words));
  heads.unshift(input.corner ? make("th", { scope: "col" }, input.corner) : make("td"));
  const rows = input.rows.map((row) => make("tr", {}, rich("th", { scope: "row" }, row.html),
    ...row.cells.map((cell, n) => drawn(row, cell, input.columns[n]))));
  const drawnTable = make("table", { class: "lima-grid" },
    make("caption", { class: "lima-sr" }, input.label || box.title),
    make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
  drawnTable.classList.toggle("wide", input.columns.length > 2);
  drawnTable.classList.toggle("long", input.rows.some(({ html }) => plain(html).length > 8));
  return {
    element: drawnTable,
    read,
    fill: (value) => cells.forEach((cell) => { cell.field.value = value?.[cell.row]?.[cell.column] ?? ""; }),
    tell: (said, wrong) => cells.forEach(({ row, column, field, place }) => {
      const mine = said.filter((one) => one.row === row && one.column === column);
      const good = mine.every((one) => one.good);
      place.classList.toggle("good", good);
      under(place, field, mine.map(({ html }) => html).join(" "), wrong && !good);
    }),
  };
}

// ---- The box ----

function drawn(box, description) {
  const { id, title, badge, minutes, part, prompt, before, type } = description;
  const further = part === "further" ? " · further" : "";
  const heading = make("h3", { class: "title", id: fresh(), tabindex: "-1" }, minutes ? `${id} · ${title}` : title);
  const inputs = description.inputs.map((input) => [input, KINDS[input.kind](input, box)]);
  const area = make("div", { class: "lima-inputs" }, ...inputs.map(([, { element }]) => element));
  area.addEventListener("input", box.changed);
  if (type === "ledger") area.addEventListener("change", box.left);
  const places = {};
  for (const name of ["hints", "said", "key", "samples", "after"]) {
    places[name] = make("div", { class: name, hidden: "" });
  }
  places.heading = make("div", { class: "verdict", hidden: "" });
  places.status = make("span", { class: "lima-status" });
  const { heading: verdict, status, hints, ...parts } = places;
  const answer = make("div", { class: "answer" }, verdict, ...Object.values(parts));
  const element = make("div", { class: "lima lima-question", role: "group", "aria-labelledby": heading.id },
    heading,
    make("div", { class: "badge" }, minutes ? `${badge} · about ${minutes} min${further}` : badge),
    rich("div", { class: "prompt" }, prompt), rich("div", { class: "before" }, before ?? ""), area,
    make("div", { class: "lima-buttons" }, ...Object.values(box.buttons), status), hints,
    answer);
  element.dataset.question = id;
  return { element, heading, places, answer, inputs: inputs.map(([input, made]) => ({ name: input.name, ...made })) };
}

const blocks = (list, tag) => list.map((html) => `<${tag}>${html}</${tag}>`).join("");

// What Python told, on the page: state by colour, sign and words; messages under their cells; hints; what was opened.
function show(box, told) {
  const { element, heading, places, inputs, buttons } = box;
  const open = told.state === "open" || told.state === "blank";
  const wrong = !["accepted", "kept", "part", "open"].includes(told.state);
  element.className = `lima lima-question ${open ? "unanswered" : told.state}`;
  places.heading.hidden = told.heading === "";
  places.heading.replaceChildren(make("span", { "aria-hidden": "true" }, SIGNS[told.state] ?? ""), ` ${told.heading}`);
  const hints = told.hints.map((html, n) => `<div><b>Hint ${n + 1}</b> ${html}</div>`).join("");
  const html = { hints, said: blocks(told.said, "div"), samples: blocks(told.samples, "blockquote"), after: told.after,
    key: told.key };
  for (const [name, words] of Object.entries(html)) put(places[name], words, heading);
  for (const input of inputs) input.tell?.(told.cells, wrong);
  saying(box, told);
  const { hint, over, key } = buttons, all = box.hints, opened = told.hints.length;
  hint.hidden = all === 0;
  hint.textContent = opened < all ? `Hint ${opened + 1} of ${all}` : "No more hints";
  disable(hint, opened >= all);
  disable(over, told.state === "passed");
  key.hidden = !told.offer && !told.key && document.activeElement !== key;
  disable(key, !told.offer || told.key !== "");
}

// Whether it was saved, or that no reply has come.
function saying({ places: { status }, waits }, told) {
  status.textContent = waits || told.status;
  status.classList.toggle("unsaved", Boolean(told.unsaved) || waits === LOST);
}

// What is new in it, as words to be said; that a draft was saved is not.
function news(told, before) {
  const differs = (...names) => names.some((name) => JSON.stringify(told[name]) !== JSON.stringify(before[name]));
  const known = before.hints.length;
  const said = told.hints.slice(known).map((html, n) => `Hint ${known + n + 1}: ${plain(html)}`);
  if (differs("n", "state", "heading", "said", "cells")) {
    said.push(told.heading && sentence(told.heading), ...told.said.map(plain));
    if (told.cells.length) said.push(`Messages below: ${counted(told.cells.length)}.`);
  }
  if (differs("key")) said.push(plain(told.key));
  if (differs("samples", "after") && (told.samples.length || told.after)) said.push("More is opened below.");
  if (differs("unsaved") && told.unsaved) said.push(told.status);
  return said.filter(Boolean).join(" ");
}

export default {
  render({ model, el }) {
    const description = model.get("description"), told = () => ({ ...OPEN, ...model.get("told") });
    const { id, title, hints } = description;
    const box = { id, title, hints, waits: "" };
    let before = told();
    const read = () => Object.fromEntries(box.inputs.map((input) => [input.name, input.read()]));
    const line = sending(model, box, read, (words) => {
      box.waits = words;
      saying(box, before);
    });
    const check = () => {
      for (const input of box.inputs) input.settle?.();
      line.send("check");
    };
    box.say = (words) => document.dispatchEvent(new CustomEvent("lima:say", { detail: words }));
    box.buttons = {
      check: button(description.check, check, { class: "lima-button main" }),
      hint: button("", () => line.send("hint")),
      over: button(description.over ?? "Pass over", () => line.send("over")),
      key: button("Show me", () => line.send("show")),
    };
    box.buttons.over.hidden = description.over === "";
    box.left = () => line.send("left");
    box.changed = line.changed;
    Object.assign(box, drawn(box, description));
    const fill = (value) => box.inputs.forEach((input) => input.fill(value?.[input.name]));
    const tell = () => {
      const now = told(), words = news(now, before);
      show(box, now);
      if (words && box.buttons.check === document.activeElement) box.answer.scrollIntoView({ block: "nearest" });
      before = now;
      if (words) box.say(words);
    };
    const changes = {
      "change:fill": () => { fill(model.get("fill").value); line.keep(); },
      "change:told": tell,
      "change:heard": line.answered,
      "change:others": () => box.inputs.forEach((input) => input.others?.(model.get("others") ?? [])),
    };
    for (const [event, act] of Object.entries(changes)) model.on(event, act);
    const typed = model.get("value") ?? {}; // a page that was loaded again still has what was typed since the last fill
    fill(Object.keys(typed).length ? typed : model.get("fill")?.value);
    line.note();
    changes["change:others"]();
    show(box, before);
    const left = line.left();
    if (left) {
      fill(left);
      line.changed();
    }
    el.append(box.element);
    return () => {
      line.end();
      for (const [event, act] of Object.entries(changes)) model.off(event, act);
      for (const input of box.inputs) input.close?.();
    };
  },
};
