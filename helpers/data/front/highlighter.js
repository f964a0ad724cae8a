// The highlighter: marks words in passages by mouse, by touch or by keyboard alone. It stands in front of `box.js` and
// uses its small parts. Offsets count code points of the passage's text, as Python does. Every word of a passage or a
// mark arrives as a text node, so nothing in it can run.
const WORD = /(?:\p{L}\.){2,}|[\p{L}\p{N}\p{M}_]+(?:['’.,][\p{L}\p{N}\p{M}_]+)*/gu;
const HELP = "Mouse: select words. Touch: select words, then Mark these words. Keys: arrows go from word to word, with "
  + "Shift they take in more words; Enter marks them; Delete removes the mark under the cursor.";
const points = (words) => [...words].length;

// The words of passage `n`, where the cursor stops, each with its paragraph.
function wordsOf(text, n) {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => {
    const before = text.slice(0, index), start = points(before);
    return { n, line: before.split("\n").length, start, end: start + points(word) };
  });
}

function highlighter(input, box) {
  const id = fresh(), kinds = input.labels, letters = input.letters;
  const words = input.passages.flatMap(({ text }, n) => wordsOf(text, n));
  const passages = input.passages.map(drawnPassage);
  const radios = kinds.map(() => make("input", { type: "radio", name: id }));
  const list = make("ul", { class: "lima-marks", "aria-label": "Your marks" });
  const legend = make("div", { class: "lima-legend" });
  const note = input.note ? field({ label: input.note }) : null;
  const marking = button("Mark these words", markChosen);
  let marks = [], others = [];
  let anchor = 0, at = 0; // the cursor stands on the word `at`; Enter marks the words from `anchor` to there
  let chosen = null; // the last selection made inside a passage: touching a button may take the selection away

  function drawnPassage({ cite, shown, text }, n) {
    const passage = make("div", { class: "lima-passage", tabindex: "0", role: "application", "aria-label": shown,
      "aria-roledescription": "passage to mark", "aria-describedby": id });
    passage.onkeydown = press;
    passage.onfocus = () => {
      if (words[at]?.n === n) return;
      anchor = at = words.findIndex((word) => word.n === n);
      point();
    };
    passage.onmousedown = () => document.addEventListener("mouseup", () => sweep(n), { once: true });
    const over = make("input", { type: "checkbox" });
    over.oninput = () => {
      if (over.checked && marked(n)) lift(n);
      else box.say(over.checked ? `${shown} is passed over.` : `${shown} is not passed over.`);
    };
    return { cite, shown, chars: [...text], parts: [], box: passage, over };
  }

  // ---- Marks ----

  const number = (mark) => passages.findIndex(({ cite }) => cite === mark.cite);
  const cut = (n, { start, end }) => passages[n].chars.slice(start, end).join("");
  const quoted = (mark) => (mark.start < 0 ? mark.quote : cut(number(mark), mark));
  const marked = (n) => marks.some((mark) => number(mark) === n);
  const within = (part, whole) => whole.start <= part.start && part.end <= whole.end;
  const told = (mark) => [mark.cite, mark.start, mark.end, quoted(mark)].join("\n");
  const same = (one, other) => told(one) === told(other);
  const kind = () => kinds[radios.findIndex(({ checked }) => checked)] ?? "";
  const span = ([from, to]) => ({ start: words[from].start, end: words[to].end });
  const taken = () => [Math.min(anchor, at), Math.max(anchor, at)];
  const covering = (all, n, part) => all.filter((mark) => number(mark) === n && within(part, mark))
    .sort((a, b) => b.end - b.start - a.end + a.start); // the shortest last

  function lift(n) {
    passages[n].over.checked = false;
    box.say(`${passages[n].shown} has marks, so it is not passed over.`);
  }

  function take(all, ...said) {
    marks = all;
    draw();
    box.changed();
    box.say(`${said.filter(Boolean).join(", ")}.`);
  }

  function mark([from, to]) { // the same words once more: their kind changes
    const { n } = words[from], made = { cite: passages[n].cite, ...span([from, to]), label: kind() };
    anchor = at = to;
    chosen = null;
    if (passages[n].over.checked) lift(n);
    const rest = marks.filter((one) => !same(one, made));
    rest.push(made);
    rest.sort((a, b) => number(a) - number(b) || a.start - b.start);
    take(rest, `Marked: ${cut(n, made)}`, made.label);
  }

  function drop(gone) {
    if (!gone) return box.say("No mark here.");
    take(marks.filter((one) => !same(one, gone)), `Removed: ${quoted(gone)}`);
  }

  function markChosen() {
    if (chosen) mark(chosen);
    else box.say("Select words in a passage first.");
  }

  // ---- Drawing ----

  function drawnPart(n, part) { // a piece of a passage that no mark and no word divides
    const mine = covering(marks, n, part), theirs = covering(others, n, part), closes = ({ end }) => end === part.end;
    const looks = [theirs.length ? "other" : "", theirs.some(closes) ? "last" : ""];
    if (mine.length) looks.push(`kind${kinds.indexOf(mine.at(-1).label) % 5}`);
    const shown = make(mine.length ? "mark" : "span", {
      class: looks.join(" "),
      "data-letter": mine.filter(closes).map(({ label }) => letters[kinds.indexOf(label)] ?? "").join(""),
      "data-name": theirs.filter(({ start }) => start === part.start).map(({ name }) => name).join(", "),
    }, cut(n, part));
    return { ...part, shown };
  }

  function draw() {
    passages.forEach((passage, n) => {
      const here = [...marks, ...others].filter((mark) => number(mark) === n && mark.start >= 0);
      const edges = [...here, ...words.filter((word) => word.n === n)].flatMap(({ start, end }) => [start, end]);
      const cuts = [...new Set([0, ...edges, passage.chars.length])].sort((a, b) => a - b);
      passage.parts = cuts.slice(1).map((end, i) => drawnPart(n, { start: cuts[i], end }));
      passage.box.replaceChildren(...passage.parts.map(({ shown }) => shown));
    });
    list.replaceChildren(...(marks.length ? marks.map(listed) : [make("li", {}, "No marks yet.")]));
    const names = [...new Set(others.map(({ name }) => name))].join(", ");
    legend.textContent = names && `Underlined: your marks. Dotted box: the marks of ${names}.`;
    point();
  }

  function listed(mark, i) {
    const told = [passages[number(mark)]?.shown ?? mark.cite, mark.label, mark.start < 0 && "does not stand there"];
    const remove = button("Remove", () => {
      drop(mark);
      ([...list.querySelectorAll("button")].slice(0, i + 1).at(-1) ?? passages[0].box).focus();
    }, { "aria-label": `Remove: ${quoted(mark)}` });
    const quote = make("q", {}, quoted(mark)), words = ` ${told.filter(Boolean).join(" · ")}`;
    return make("li", {}, make("span", { class: "lima-typed" }, quote, words), " ", remove);
  }

  function point() {
    passages[words[at]?.n]?.parts.forEach((part) => {
      part.shown.classList.toggle("at", within(part, words[at]));
      part.shown.classList.toggle("taken", within(part, span(taken())));
    });
  }

  // ---- Keys and mouse ----

  function move(to, further) { // more words are taken in up to the end of their paragraph
    const word = words[to], { n, line } = words[anchor] ?? {};
    if (!word || (further && (word.n !== n || word.line !== line))) return;
    [anchor, at] = [further ? anchor : to, to];
    chosen = taken();
    passages[word.n].box.focus();
    point();
    const mine = covering(marks, word.n, word).map(({ label }) => `marked ${label}`.trim());
    const theirs = covering(others, word.n, word).map(({ name }) => `boxed by ${name}`);
    box.say([cut(word.n, span(taken())), ...mine, ...theirs].join(", "));
  }

  function beyond(step) { // the nearest word of the nearest line above or below, in this passage or the next
    const place = ({ n, start }) =>
      passages[n].parts.find((part) => part.start === start).shown.getBoundingClientRect();
    const here = place(words[at]), far = words.map((word) => step * (place(word).top - here.top));
    const next = Math.min(...far.filter((f) => f > here.height / 2));
    const aside = (w) => Math.abs(place(words[w]).left - here.left);
    const line = [...words.keys()].filter((w) => Math.abs(far[w] - next) < here.height / 2);
    return line.sort((a, b) => aside(a) - aside(b))[0];
  }

  function press(event) {
    const here = [...words.keys()].filter((w) => words[w].n === words[at]?.n);
    const step = (to) => (here.includes(to) ? to : at), { key } = event;
    const to = { ArrowRight: () => step(at + 1), ArrowLeft: () => step(at - 1), Home: () => here[0],
      End: () => here.at(-1), ArrowDown: () => beyond(1), ArrowUp: () => beyond(-1) }[key];
    if (event.ctrlKey || event.metaKey || event.altKey || !here.length) return;
    if (to) move(to(), event.shiftKey);
    else if (key === "Escape" && anchor !== at) move(at); // lets the words go; the next Esc leaves the question
    else if (key === "Enter") mark(taken());
    else if (key === "Delete" || key === "Backspace") drop(covering(marks, words[at].n, words[at]).at(-1));
    else if (radios[key - 1]) {
      radios[key - 1].checked = true;
      box.say(`From now on: ${kind()}.`);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function before(n, node, k) { // how many code points of passage `n` stand before a place in it
    const range = new Range();
    range.setStart(passages[n].box, 0);
    range.setEnd(node, k);
    return points(range.toString());
  }

  function remember() { // the words that a selection inside a passage touches, as far as its first paragraph goes
    const selection = getSelection(), n = passages.findIndex((passage) => passage.box.contains(selection.anchorNode));
    if (n < 0 || selection.isCollapsed) return;
    const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
    const from = before(n, startContainer, startOffset), to = before(n, endContainer, endOffset);
    const met = [...words.keys()].filter((w) => words[w].n === n && words[w].start < to && words[w].end > from);
    chosen = met.length ? [met[0], met.findLast((w) => words[w].line === words[met[0]].line)] : null;
  }

  function sweep(n) { // by mouse: what was selected is marked; a click sets the cursor
    const selection = getSelection(), { anchorNode, anchorOffset, isCollapsed } = selection;
    if (!passages[n].box.contains(anchorNode)) return;
    if (isCollapsed) {
      const at = before(n, anchorNode, anchorOffset);
      return move(words.findIndex((word) => word.n === n && word.end >= at));
    }
    remember();
    if (chosen) mark(chosen);
    selection.removeAllRanges();
  }

  function fill(value) {
    marks = (value?.marks ?? []).map((mark) => ({ label: "", ...mark }));
    for (const { cite, over } of passages) over.checked = (value?.over ?? []).includes(cite);
    note?.fill(value?.note);
    draw();
  }

  document.addEventListener("selectionchange", remember);
  if (radios.length) radios[0].checked = true;
  const choice = make("fieldset", { class: "lima-kinds" }, make("legend", {}, "Kind of mark (keys 1, 2, …)"),
    ...kinds.map((name, k) => make("label", {}, radios[k], ` ${letters[k]} · ${name}`)));
  draw();
  return {
    element: make("div", { class: "lima-marking" }, ...(radios.length ? [choice] : []),
      ...passages.flatMap(({ shown, box, over }) => [make("div", { class: "lima-cite" }, shown), box,
        make("label", { class: "lima-option" }, over, `I pass over ${shown}`)]),
      make("div", { class: "lima-buttons" }, marking), make("div", { class: "lima-help", id }, HELP), legend, list,
      ...(note ? [note.element] : [])),
    read: () => ({ marks: marks.map((one) => ({ ...one, quote: quoted(one) })),
      over: passages.filter(({ over }) => over.checked).map(({ cite }) => cite), note: note?.read() ?? "" }),
    fill,
    others: (all) => { others = all; draw(); },
    close: () => document.removeEventListener("selectionchange", remember),
  };
}
