// Two lists: things to be put in order, and a reader's own timeline. It stands in front of `box.js` and uses its small
// parts. Both are worked with buttons, so that mouse, touch and keyboard do the same.
const PLACES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

const SIDES = { ArrowLeft: -1, ArrowRight: 1 };

// A line of an order is one Tab stop; the arrow keys go to and fro between its citation and its buttons. What an opened
// passage holds is reached by Tab as everywhere.
const places = (item) => [...item.querySelectorAll("summary, button")]
  .filter((one) => !one.matches("details details > summary"));

function stop(item, here) {
  const all = places(item);
  if (all.includes(here)) for (const one of all) one.tabIndex = one === here ? 0 : -1;
}

function beside(item, here, side) {
  const all = places(item).filter((one) => one === here || !disabled(one));
  return all.includes(here) ? all[all.indexOf(here) + side] : null;
}

function order(input, box) {
  const keys = input.items.map(({ key }) => key);
  let shown = [...keys], set = false;
  const label = make("div", { class: "lima-label", id: fresh() }, input.label);
  const list = make("ol", { class: "lima-order", "aria-labelledby": label.id });
  const told = make("span", { class: "lima-note" });

  const items = new Map(input.items.map(({ key, html }) => {
    const up = button("Up", () => move(key, -1, up), { "aria-label": `Move ${key} up` });
    const down = button("Down", () => move(key, 1, down), { "aria-label": `Move ${key} down` });
    const item = make("li", {}, make("b", {}, key), rich("span", {}, html), make("span", { class: "moves" }, up, down));
    item.addEventListener("focusin", ({ target }) => stop(item, target));
    item.onkeydown = (event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.altKey && event.key], side = SIDES[event.key];
      if (step || side) event.preventDefault();
      if (step) move(key, step, step < 0 ? up : down);
      if (side) beside(item, event.target, side)?.focus();
    };
    return [key, { item, up, down }];
  }));

  function draw() {
    list.replaceChildren(...shown.map((key) => items.get(key).item));
    shown.forEach((key, at) => {
      const { item, up, down } = items.get(key);
      disable(up, at === 0);
      disable(down, at === shown.length - 1);
      stop(item, at === 0 ? down : up);
    });
    told.textContent = set ? `Your order: ${shown.join(" ")}` : "Nothing is moved yet.";
    told.classList.toggle("lima-typed", set);
  }

  function settle() { // an order that was only looked at is none, but Check judges what stands there
    set = true;
    draw();
  }

  function move(key, step, focused) {
    const at = shown.indexOf(key), to = at + step;
    if (to < 0 || to >= shown.length) return box.say(`${key} stands ${step < 0 ? "first" : "last"}.`);
    [shown[at], shown[to]] = [shown[to], shown[at]];
    settle();
    box.changed();
    focused.focus(); // a node that is moved loses the focus
    box.say(`${key} is now ${PLACES[to] ?? `number ${to + 1}`} of ${counted(shown.length)}.`);
  }

  function fill(value) {
    const given = String(value ?? "").split(/\s+/).filter((key) => keys.includes(key));
    set = given.length > 0;
    shown = [...new Set([...given, ...keys])];
    draw();
  }

  const help = "With the keyboard: Tab goes from line to line, ← and → go to the buttons of a line, Enter presses them.";
  draw();
  return {
    element: make("div", { class: "lima-ordering" }, label, list, make("div", { class: "lima-note" }, help),
      told),
    read: () => (set ? shown.join(" ") : ""),
    fill,
    settle,
  };
}

// ---- A timeline of one's own ----

// "rw898 ¶1", once, whether the citation repeats its source or not.
function placed({ source = "", citation = "" }) {
  const whole = citation.startsWith(source) ? citation : `${source} ${citation}`;
  return whole.trim().replace(/^(\w+)\s+¶?\s*(?=\d)/, "$1 ¶");
}

function dated({ from = "", to = "" }) {
  if (!to || from === to) return from;
  return from ? `from ${from} to ${to}` : `to ${to}`;
}

// What is typed and not yet in the list is never wiped: Change puts it into the list first, Remove and Undo leave it in
// its fields. Events are told apart by identity, so that a change finds its event after an Undo too.
function events(input, box) {
  const fields = new Map(input.fields.map((one) => [one.name, field(one)]));
  const [first] = fields.values();
  let list = [], changing = null, messages = [], wrong = false;
  const past = [];
  const legend = make("legend");
  const shown = make("ol", { class: "lima-events", "aria-label": input.label || "Your events" });
  const add = button("Add this event", put);
  const undo = button("Undo", back);
  const open = beneath(); // what is said to the event that stands in the fields and is not in the list
  const about = (at) => messages.filter(({ row }) => Number(row) === at).map(({ html }) => html).join(" ");
  const titled = (event) => event.title || "an event without a title";

  function typing() {
    const typed = [...fields].map(([name, one]) => [name, one.read().trim()]).filter(([, words]) => words);
    return Object.fromEntries(typed);
  }

  function type(event) {
    for (const [name, one] of fields) one.fill(event[name]);
  }

  function listed() { // the list with what is typed in its place; the same list if nothing is typed
    const event = typing();
    if (Object.keys(event).length === 0) return list;
    return list.includes(changing) ? list.map((one) => (one === changing ? event : one)) : [...list, event];
  }

  function take(events) {
    past.push(list);
    list = events;
    draw();
    box.changed();
  }

  function put() {
    const event = typing(), kept = list.includes(changing);
    if (Object.keys(event).length === 0) {
      box.say("Nothing is typed yet.");
      return first.focus();
    }
    const events = listed();
    changing = null;
    type({});
    take(events);
    box.say(kept ? `Changed: ${titled(event)}.` : `Added: ${titled(event)}. Your list has ${counted(list.length)}.`);
  }

  function change(event) {
    const typed = typing();
    if (event === changing) return first.focus();
    if (Object.keys(typed).length) put();
    changing = event;
    type(event);
    draw();
    box.changed();
    first.focus();
    box.say(`Now in the fields: ${titled(event)}.`);
  }

  function remove(event) {
    const at = list.indexOf(event);
    take(list.filter((one) => one !== event));
    const next = shown.querySelectorAll(".remove")[Math.min(at, list.length - 1)];
    (next ?? undo).focus();
    box.say(`Removed: ${titled(event)}. Undo brings it back.`);
  }

  function back() {
    const gone = list.filter((one) => !past.at(-1).includes(one)), empty = Object.keys(typing()).length === 0;
    if (gone.length && !empty) return under(open, null, "First add or keep what stands in these fields.", false);
    const replaced = past.at(-1).find((one) => !list.includes(one));
    list = past.pop();
    if (gone.length && empty) { // what Undo takes out of the list goes back into the fields
      type(gone[0]);
      changing = replaced ?? null;
    }
    draw();
    box.changed();
    box.say(`Undone. Your list has ${counted(list.length)}.`);
  }

  function row(event, at) {
    const { title, quote, note } = event, rival = event["rival of"];
    const words = [placed(event), titled(event), dated(event)];
    words.push(quote && `“${quote}”`, rival && `rival of ${rival}`, note);
    const place = beneath(), mine = about(at);
    under(place, null, mine, wrong);
    const buttons = [
      button("Change", () => change(event), { "aria-label": `Change: ${titled(event)}` }),
      button("Remove", () => remove(event), { "aria-label": `Remove: ${titled(event)}`, class: "lima-button remove" }),
    ];
    const told = words.filter(Boolean).join(" · ").split(/(\d+(?:-\d+)+)/); // a date is not broken at a line's end
    const parts = told.map((part, n) => (n % 2 ? make("span", { class: "when" }, part) : part));
    return make("li", { class: event === changing ? "changing" : "" },
      make("div", { class: "lima-typed" }, ...parts),
      make("div", { class: "lima-buttons" }, ...buttons), place);
  }

  function draw() {
    const kept = list.includes(changing);
    shown.replaceChildren(...list.map(row));
    shown.hidden = list.length === 0;
    legend.textContent = kept ? `Event ${list.indexOf(changing) + 1}, to be changed` : "A new event";
    add.textContent = kept ? "Keep the change" : "Add this event";
    disable(undo, past.length === 0);
    under(open, first.element.querySelector("input"), kept ? "" : about(list.length), wrong);
  }

  function fill(value) {
    list = (value?.events ?? []).map((event) => ({ ...event }));
    changing = list[value?.at] ?? null;
    past.length = 0;
    type(value?.typing ?? {});
    draw();
  }

  function read() {
    const value = { events: list, typing: typing() };
    return list.includes(changing) ? { ...value, at: list.indexOf(changing) } : value;
  }

  draw();
  return {
    element: make("div", {}, shown, make("fieldset", { class: "lima-event" }, legend,
      ...[...fields.values()].map(({ element }) => element), open, make("div", { class: "lima-buttons" }, add, undo))),
    read,
    fill,
    tell: (said, amiss) => { [messages, wrong] = [said, amiss]; draw(); },
  };
}
