// The highlighter: marks words in passages, by mouse or by keyboard alone. Offsets count code points of the passage's
// text, as Python does. Every word arrives as a text node, so nothing in a text or a mark can run.
const WORD = /(?:\p{L}\.){2,}|[\p{L}\p{N}\p{M}_]+(?:['’.,][\p{L}\p{N}\p{M}_]+)*/gu;
const QUIET = { "data-lm-suppress-shortcuts": "true" };
const HELP = "Mouse: select words. Keys: arrows go from word to word, with Shift they take in more words; Enter marks them; "
  + "Delete removes the mark under the cursor.";
const count = (words) => [...words].length;
const place = (cite) => cite.replace(/\s+(?=\d)/, " ¶");

function make(tag, attributes, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}

// The words of passage `n`, where the cursor stops, each with its paragraph.
const stops = (text, n) => [...text.matchAll(WORD)].map(({ 0: word, index }) => {
  const before = text.slice(0, index), start = count(before);
  return { n, line: before.split("\n").length, start, end: start + count(word) };
});

export default {
  render({ model, el }) {
    const id = `lima-${Math.random().toString(36).slice(2)}`, kinds = model.get("labels"), letters = model.get("letters");
    const passages = model.get("passages").map(({ cite, text }) => ({ cite, chars: [...text], parts: [], box: make("div", {
      ...QUIET, class: "lima-passage", tabindex: "0", role: "application", "aria-roledescription": "passage to mark",
      "aria-label": place(cite), "aria-describedby": id }) }));
    const words = model.get("passages").flatMap(({ text }, n) => stops(text, n));
    const radios = kinds.map(() => make("input", { ...QUIET, type: "radio", name: id }));
    const live = make("div", { class: "lima-live", role: "status", "aria-live": "polite" });
    const list = make("ul", { class: "lima-marks", "aria-label": "Your marks" }), legend = make("div", { class: "lima-legend" });
    let anchor = 0, at = 0; // the cursor stands on the word `at`; Enter marks the words from `anchor` to there

    const say = (...said) => { live.textContent = said.join(", ") + (live.textContent.endsWith("\u200b") ? "" : "\u200b"); };
    const own = () => model.get("marks"), others = () => model.get("others");
    const keep = (marks, ...said) => { model.set("marks", marks); model.save_changes(); say(...said); };
    const without = (gone) => own().filter((mark) => ["cite", "start", "end", "quote"].some((key) => mark[key] !== gone[key]));
    const drop = (gone) => (gone ? keep(without(gone), `Removed: ${quoted(gone)}`) : say("No mark here"));
    const kind = () => kinds[radios.findIndex(({ checked }) => checked)] ?? "";
    const number = (mark) => passages.findIndex(({ cite }) => cite === mark.cite);
    const cut = (n, { start, end }) => passages[n].chars.slice(start, end).join("");
    const quoted = (mark) => mark.quote ?? cut(number(mark), mark);
    const within = (part, whole) => whole.start <= part.start && part.end <= whole.end;
    const over = (marks, n, part) => marks.filter((mark) => number(mark) === n && within(part, mark))
      .sort((a, b) => b.end - b.start - a.end + a.start); // the shortest last
    const taken = () => [Math.min(anchor, at), Math.max(anchor, at)];
    const span = ([from, to]) => ({ start: words[from].start, end: words[to].end });

    const point = () => passages[words[at]?.n]?.parts.forEach((part) => {
      part.shown.classList.toggle("at", within(part, words[at]));
      part.shown.classList.toggle("taken", within(part, span(taken())));
    });

    function drawn(n, part) { // a piece of a passage that no mark and no word divides
      const mine = over(own(), n, part), theirs = over(others(), n, part), closes = ({ end }) => end === part.end;
      const looks = [mine.length ? `kind${kinds.indexOf(mine.at(-1).label) % 5}` : "", theirs.length ? "other" : "",
        theirs.some(closes) ? "last" : ""];
      const shown = make(mine.length ? "mark" : "span", { class: looks.join(" "),
        "data-letter": mine.filter(closes).map(({ label }) => letters[kinds.indexOf(label)] ?? "").join(""),
        "data-name": theirs.filter(({ start }) => start === part.start).map(({ name }) => name).join(", ") }, cut(n, part));
      return { ...part, shown };
    }

    function draw() {
      passages.forEach((passage, n) => {
        const here = [...own(), ...others()].filter((mark) => number(mark) === n && mark.start >= 0);
        const edges = [...here, ...words.filter((word) => word.n === n)].flatMap(({ start, end }) => [start, end]);
        const cuts = [...new Set([0, ...edges, passage.chars.length])].sort((a, b) => a - b);
        passage.parts = cuts.slice(1).map((end, i) => drawn(n, { start: cuts[i], end }));
        passage.box.replaceChildren(...passage.parts.map(({ shown }) => shown));
      });
      list.replaceChildren(...(own().length ? own().map(listed) : [make("li", {}, "No marks yet.")]));
      const names = [...new Set(others().map(({ name }) => name))].join(", ");
      legend.textContent = names && `Underlined: your marks. Dotted box: the marks of ${names}.`;
      point();
    }

    function listed(mark, i) {
      const told = [place(mark.cite), ...(mark.label ? [mark.label] : []), ...(mark.start < 0 ? ["does not stand there"] : [])];
      const remove = make("button", { ...QUIET, class: "jupyter-button", "aria-label": `Remove: ${quoted(mark)}` }, "Remove");
      remove.onclick = () => {
        drop(mark);
        ([...list.querySelectorAll("button")].slice(0, i + 1).at(-1) ?? passages[0].box).focus();
      };
      return make("li", {}, make("q", {}, quoted(mark)), ` ${told.join(" · ")} `, remove);
    }

    function mark([from, to]) { // the same words once more: their kind changes
      const { n } = words[from], made = { cite: passages[n].cite, ...span([from, to]), label: kind() };
      anchor = at = to;
      keep([...without(made), made].sort((a, b) => number(a) - number(b) || a.start - b.start), `Marked: ${cut(n, made)}`, made.label);
    }

    function move(to, further) { // more words are taken in up to the end of their paragraph
      const word = words[to], { n, line } = words[anchor] ?? {};
      if (!word || (further && (word.n !== n || word.line !== line))) return;
      [anchor, at] = [further ? anchor : to, to];
      passages[word.n].box.focus();
      point();
      say(cut(word.n, span(taken())), ...over(own(), word.n, word).map(({ label }) => `marked ${label}`),
        ...over(others(), word.n, word).map(({ name }) => `boxed by ${name}`));
    }

    function beyond(step) { // the nearest word of the nearest line above or below, in this passage or the next
      const box = ({ n, start }) => passages[n].parts.find((part) => part.start === start).shown.getBoundingClientRect();
      const here = box(words[at]), far = words.map((word) => step * (box(word).top - here.top));
      const next = Math.min(...far.filter((f) => f > here.height / 2)), aside = (w) => Math.abs(box(words[w]).left - here.left);
      return [...words.keys()].filter((w) => Math.abs(far[w] - next) < here.height / 2).sort((a, b) => aside(a) - aside(b))[0];
    }

    function press(event) {
      const here = [...words.keys()].filter((w) => words[w].n === words[at]?.n), step = (to) => (here.includes(to) ? to : at);
      const to = { ArrowRight: () => step(at + 1), ArrowLeft: () => step(at - 1), Home: () => here[0], End: () => here.at(-1),
        ArrowDown: () => beyond(1), ArrowUp: () => beyond(-1), Escape: () => at }[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey || !here.length) return;
      if (to) move(to(), event.shiftKey);
      else if (event.key === "Enter") mark(taken());
      else if (event.key === "Delete" || event.key === "Backspace") drop(over(own(), words[at].n, words[at]).at(-1));
      else if (radios[event.key - 1]) { radios[event.key - 1].checked = true; say(`From now on: ${kind()}`); }
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    function sweep(n) { // marks the words that the selection touches; a click sets the cursor
      const { box } = passages[n], chosen = getSelection(), range = chosen.rangeCount ? chosen.getRangeAt(0) : new Range();
      const before = (node, k) => { const r = new Range(); r.setStart(box, 0); r.setEnd(node, k); return count(r.toString()); };
      const from = before(range.startContainer, range.startOffset), to = before(range.endContainer, range.endOffset);
      const met = [...words.keys()].filter((w) => words[w].n === n && words[w].start < to && words[w].end > from);
      if (from === to) return move(words.findIndex((word) => word.n === n && word.end >= from));
      if (met.length) mark([met[0], met.findLast((w) => words[w].line === words[met[0]].line)]);
      chosen.removeAllRanges();
    }

    passages.forEach(({ box }, n) => {
      box.onkeydown = press;
      box.onfocus = () => { if (words[at]?.n !== n) { anchor = at = words.findIndex((word) => word.n === n); point(); } };
      box.onmousedown = () => document.addEventListener("mouseup", () => sweep(n), { once: true });
    });
    if (radios.length) radios[0].checked = true;
    model.on("change:marks change:others", draw);
    const choice = make("fieldset", { class: "lima-kinds" }, make("legend", {}, "Kind of mark (keys 1, 2, …)"),
      ...kinds.map((name, k) => make("label", {}, radios[k], ` ${letters[k]} · ${name}`)));
    el.append(make("div", { class: "lima lima-marking" }, ...(radios.length ? [choice] : []),
      ...passages.flatMap(({ cite, box }) => [make("div", { class: "lima-cite" }, place(cite)), box]),
      make("div", { class: "lima-help", id }, HELP), legend, list, live));
    draw();
  },
};
