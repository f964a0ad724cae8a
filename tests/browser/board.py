"""A page without JupyterLab: the box of a question over a model that records what it is told, with real questions."""

import html
import re
import sys
import tomllib
from pathlib import Path

from project import ROOT

from helpers.lab.box import PARTS
from helpers.lab.guard import PARTS as GUARDING

FRONT = ROOT / "helpers" / "data" / "front"
GUARD = "\n".join((FRONT / name).read_text("utf-8") for name in GUARDING)
THEMES = Path(sys.prefix) / "share" / "jupyter" / "lab" / "themes" / "@jupyterlab"
PAGE = """<!doctype html><html lang="en"><title>Board</title><meta name="viewport" content="width=device-width">
<style>%s</style><style>%s</style>
<style>body { margin: 0; background: var(--jp-layout-color0); font-size: 13px; overflow: auto !important; }
.jp-Notebook { position: relative; padding: 8px; }</style>
<body data-jp-theme-light="%s" data-jp-theme-name="JupyterLab">
<div class="jp-Notebook jp-mod-commandMode" tabindex="0"></div></body></html>"""
SCRIPT = """
window.boxes = []; window.said = []; window.wrong = [];
addEventListener("error", (event) => wrong.push(String(event.message)));
document.addEventListener("lima:say", ({ detail }) => said.push(detail));
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
window.Model = class {
  constructor(state) { Object.assign(this, { state, hears: {}, sent: [], saved: [], unsaved: false }); }
  get(name) { return this.state[name]; }
  set(name, value) {
    if (same(this.state[name], value)) return;
    this.state[name] = value;
    this.unsaved = true;
    for (const hear of this.hears[`change:${name}`] ?? []) hear();
  }
  save_changes() { if (this.unsaved) this.saved.push(structuredClone(this.state.value)); this.unsaved = false; }
  send({ n, ...message }) {
    this.sent.push(structuredClone(message));
    if (!this.deaf) this.set("heard", n);
  }
  on(name, hear) { (this.hears[name] ??= []).push(hear); }
  off(name, hear) { this.hears[name] = (this.hears[name] ?? []).filter((one) => one !== hear); }
};
const load = (words) => import(URL.createObjectURL(new Blob([words], { type: "text/javascript" })));
window.place = () => {
  const cell = document.createElement("div"), output = document.createElement("div");
  cell.className = "jp-Cell";
  output.className = "jp-OutputArea-output";
  cell.append(output);
  document.querySelector(".jp-Notebook").append(cell);
  return output;
};
window.draw = async (source, state) => {
  const model = new Model(state), el = place();
  const end = (await load(source)).default.render({ model, el });
  boxes.push({ model, el, end });
};
"""


class Board:
    """An empty page with the kit's look, on which boxes are put."""

    def __init__(self, browser, dark=False, width=1100, zoom=1, guard=True):
        self.context = browser.new_context(viewport={"width": width, "height": 900}, device_scale_factor=zoom)
        self.page = self.context.new_page()
        self.page.set_default_timeout(5_000)
        theme = THEMES / f"theme-{'dark' if dark else 'light'}-extension" / "index.css"
        look = (FRONT / "kit.css").read_text("utf-8")
        self.source = "\n".join((FRONT / name).read_text("utf-8") for name in PARTS)
        words = theme.read_text("utf-8") if theme.is_file() else ""
        self.page.set_content(PAGE % (words, look, str(not dark).lower()))
        self.page.add_script_tag(content=SCRIPT)
        self.guard = None
        if guard:
            self.guard = self.draw(GUARD, {"said": "", "go": {}})

    def draw(self, source: str, state: dict) -> "Drawn":
        self.page.evaluate("([source, state]) => draw(source, state)", [source, state])
        return Drawn(self, self.page.evaluate("boxes.length - 1"))

    def ask(self, description: dict, value: "dict | None" = None, told: "dict | None" = None, others=()) -> "Drawn":
        fill = {"n": 1, "value": value or {}}
        state = {"description": description, "value": {}, "fill": fill, "told": told or {}, "others": list(others)}
        return self.draw(self.source, state)

    def press(self, *keys: str):
        for key in keys:
            self.page.keyboard.press(key)

    def said(self) -> list[str]:
        return self.page.evaluate("said.splice(0)")

    def on_body(self) -> bool:
        """Whether the focus has fallen to the page; the browser takes it from what was disabled a moment later."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        return self.page.evaluate("document.activeElement === document.body")

    def focus(self) -> str:
        """The accessible name of what has the focus, as the browser computes it."""
        client = self.context.new_cdp_session(self.page)
        found = client.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
        nodes = client.send("Accessibility.getPartialAXTree", {"objectId": found, "fetchRelatives": False})["nodes"]
        client.detach()
        return nodes[0].get("name", {}).get("value", "")

    def stops(self) -> list[str]:
        """The names of all Tab stops from the top of the page to its end."""
        self.page.evaluate("document.activeElement.blur()")
        self.page.locator(".jp-Notebook").focus()
        found: list[str] = []
        while True:
            self.press("Tab")
            if self.page.evaluate("!document.activeElement.closest('.jp-Cell')"):
                return found
            found.append(self.focus() or self.page.evaluate("document.activeElement.textContent"))

    def wide(self) -> tuple[int, int]:
        return tuple(self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]"))

    def close(self):
        errors = self.page.evaluate("wrong")
        self.context.close()
        assert errors == []


class Drawn:
    """One box on the board, and the model behind it."""

    def __init__(self, board: Board, at: int):
        self.board, self.at, self.page = board, at, board.page
        self.box = board.page.locator(".jp-Cell").nth(at)

    def set(self, **traits):
        for name, value in traits.items():
            self.page.evaluate("([at, name, value]) => boxes[at].model.set(name, value)", [self.at, name, value])

    def sent(self) -> list[dict]:
        return self.page.evaluate("at => boxes[at].model.sent.splice(0)", self.at)

    def deaf(self, status: "str | None"):
        """From now on nothing is answered, by a kernel of that status; without one it can't be known."""
        manager = {"kernel": {"status": status}} if status else None
        state = "([at, manager]) => Object.assign(boxes[at].model, { deaf: true, widget_manager: manager })"
        self.page.evaluate(state, [self.at, manager])

    @property
    def value(self) -> dict:
        return self.page.evaluate("at => boxes[at].model.get('value')", self.at)

    def button(self, name: str):
        return self.box.get_by_role("button", name=name, exact=True)

    def key(self, name: str):
        self.button(name).focus()
        self.board.press("Enter")

    def html(self) -> str:
        return self.page.evaluate("at => boxes[at].el.innerHTML", self.at)


# ---- Descriptions, as Python makes them, of the questions that the kit asks ----


def rich(words: str) -> str:
    """Words as prepared HTML: a citation opens."""
    safe = re.sub(r"\*([^*]+)\*", r"<em>\1</em>", html.escape(words, quote=False))
    passage = r"<details><summary>\1</summary><div>\1 These words stand for a passage.</div></details>"
    opened = re.sub(r"((?:rw|l|ww)\w+ ¶\d+)", passage, safe)
    return f'<div class="p">{opened}</div>'


def question(id: str) -> dict:
    path = ROOT / "helpers" / "data" / "exercises" / f"{id[:2]}.toml"
    sheet = tomllib.loads(path.read_text("utf-8"))
    found = next(one for one in sheet["question"] if one["id"] == id)
    return found | {"shared": {one["key"]: one for one in sheet.get("excerpt", [])}}


def describe(id: str, inputs: list[dict], check: str = "Check", badge: str = "the computer checks") -> dict:
    asked = question(id)
    quotes = [asked["shared"][key] for key in asked.get("excerpts", [])]
    lines = [f"<blockquote><strong>{one['key']}</strong> {html.escape(one['quote'])}</blockquote>" for one in quotes]
    before = f'<details class="block" open><summary>The passages</summary><div>{"".join(lines)}</div></details>'
    return {
        **{key: asked[key] for key in ("id", "title", "minutes", "part", "type")},
        "badge": badge,
        "prompt": rich(asked["prompt"]),
        "before": before if lines else "",
        "check": check,
        "hints": len(asked["hints"]),
        "inputs": inputs,
    }


def options(id: str) -> list[dict]:
    return [{"key": one["key"], "html": html.escape(one["text"])} for one in question(id)["option"]]


def choice(id="01.2") -> dict:
    return describe(id, [{"kind": "radio", "name": "answer", "label": "Your choice", "options": options(id)}])


def judgement(id="01.3") -> dict:
    first = {"kind": "radio", "name": "answer", "label": "Your choice", "options": options(id)}
    reason = {"kind": "text", "name": "reason", "label": "Your reason, in one sentence", "rows": 2}
    return describe(id, [first, reason], "Done", "you judge")


def prediction(id="01.7") -> dict:
    sure = [{"value": "", "text": "not said"}] + [{"value": str(n), "text": str(n)} for n in range(1, 6)]
    label = "How sure, from 1 (a guess) to 5 (certain)"
    guess = {"kind": "text", "name": "answer", "label": "Your guess", "rows": 1, "note": "a month as 1985-03"}
    return describe(id, [guess, {"kind": "select", "name": "confidence", "label": label, "options": sure}], "Done")


def text(id="01.9") -> dict:
    label = "Your answer (about 30 to 80 words)"
    return describe(id, [{"kind": "text", "name": "answer", "label": label, "rows": 6}], "Done", "you judge")


def number(id="01.6") -> dict:
    return describe(id, [{"kind": "text", "name": "answer", "label": "Your number (hostages)", "rows": 1}])


def table(id="01.1", kind="select") -> dict:
    asked = question(id)
    given = {(one["row"], one["column"]): one["accepted"][0] for one in asked["cell"] if one.get("given")}
    columns = list(dict.fromkeys([*asked["columns"], *asked.get("free_columns", [])]))
    free = asked.get("free_columns", [])

    def cell(row: str, column: str) -> dict:
        if (row, column) in given:
            return {"kind": "given", "html": html.escape(given[row, column])}
        if column in free or kind != "select":
            return {"kind": "text"}
        return {"kind": "select", "options": ["before", "after"]}

    rows = [
        {"html": rich(row), "key": row, "cells": [cell(row, column) for column in columns]} for row in asked["rows"]
    ]
    corner = "passage" if kind == "select" else ""
    return describe(
        id, [{"kind": "table", "name": "answer", "label": "", "corner": corner, "columns": columns, "rows": rows}]
    )


def order(id="01.10") -> dict:
    items = [
        {"key": one["key"], "html": rich(f"{one['text']} “{one['quote']}” {one['cites'][0].replace(' ', ' ¶')}")}
        for one in question(id)["item"]
    ]
    return describe(
        id, [{"kind": "order", "name": "answer", "label": "Your order, the earliest first", "items": items}]
    )


def marks(id="03.4") -> dict:
    from helpers import load_corpus, read

    asked, corpus = question(id), load_corpus()
    passages = []
    for cite in asked["passages"]:
        spans = read(corpus, cite).spans
        words = spans[0].source.text[spans[0].start : spans[-1].end]
        passages.append({"cite": cite, "shown": cite.replace(" ", " ¶"), "text": words})
    labels = list(asked.get("labels", []))
    input = {"kind": "marks", "name": "answer", "label": "Your marks", "passages": passages, "labels": labels}
    input |= {"letters": [label[0].upper() for label in labels], "note": asked.get("note", "")}
    return describe(id, [input], badge="the computer checks part")


FIELDS = [
    {"name": "title", "label": "What happened, in your own words", "rows": 1},
    {"name": "from", "label": "From: the earliest day", "rows": 1, "note": "22 April 1997, or 1997-04-22"},
    {"name": "to", "label": "To: the latest day", "rows": 1, "note": "the same for a single day"},
    {
        "name": "source",
        "label": "Source",
        "options": [
            {"value": id, "text": id or "choose"} for id in ("", "rw888", "l5i", "rw898", "ww188", "rw909", "record")
        ],
    },
    {"name": "citation", "label": "Paragraph", "rows": 1},
    {"name": "quote", "label": "Quotation, letter by letter", "rows": 2},
    {"name": "rival of", "label": "Rival of", "rows": 1},
    {"name": "note", "label": "Note", "rows": 1},
]


def events(id="08.6") -> dict:
    input = {"kind": "events", "name": "answer", "label": "Your events", "fields": FIELDS}
    return describe(id, [input], badge="the computer checks part")


KINDS = {
    "choice": choice,
    "judgement": judgement,
    "prediction": prediction,
    "text": text,
    "number": number,
    "table": table,
    "order": order,
    "marks": marks,
    "events": events,
}


def told(state="open", heading="", **more) -> dict:
    blank = {"said": [], "cells": [], "samples": [], "after": "", "hints": [], "key": "", "status": ""}
    return {"state": state, "heading": heading, **blank, "unsaved": False, "offer": False, **more}
