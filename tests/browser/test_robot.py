"""A robot that types, clicks and reloads at random: the lesson is whole afterwards, and one button starts it again.

In CI one seed with few steps on three notebooks. By hand `LIMA_ROBOT=500x10` takes 500 steps with ten seeds on each.
"""

import json
import os
import random
import re

import pytest
from playwright.sync_api import Error
from project import LESSONS, ROOT, firm, pristine

from browser.test_walk import OURS
from helpers import load_corpus
from helpers.lessons.answers import State
from helpers.lessons.sheets import question, sheet

STEPS, SEEDS = map(int, os.environ.get("LIMA_ROBOT", "30x1").split("x"))
PATHS = [path for path in LESSONS if "LIMA_ROBOT" in os.environ or path.name[:2] in ("03", "08", "10")]
NAMED = "Tab Tab Tab Shift+Tab Enter Enter Space Escape ArrowDown ArrowUp ArrowLeft ArrowRight PageDown PageUp Home End"
KEYS = [*NAMED.split(), "Backspace", "Delete", "Shift+ArrowRight", "Shift+Enter", "Control+a", "Control+z"]
LETTERS = "ddabxcvmryz10 Maybe THREE, rw888 ¶5 and 74 hostages in April 1997, MKJABLR <b>&\"'"
PRESSED = ".jp-Notebook :is(button, summary, input, select, textarea, .lima-passage, .jp-MarkdownOutput p, h3.title)"
CLICK = """([pressed, quiet, which, how]) => {
  const all = [...document.querySelectorAll(pressed)].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const one = all[Math.floor(which * all.length)];
  const told = one && (one.textContent || one.ariaLabel || one.type || one.tagName).trim().slice(0, 40);
  if (!one || quiet.includes(told)) return 'nothing';
  if (how > 0.3) one.focus();
  one.click();
  return told;
}"""
WHERE = "window.jupyterapp.shell.currentWidget?.context?.path"
CELLS = "window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells.map(c => [c.id, c.cell_type, c.source])"
ASLEEP = re.compile("model not found|Error displaying widget")  # a page that was loaded again, until it is started
QUIET = {"A clean notebook"}  # it writes the file anew under the open page, and JupyterLab asks what to do: test_fresh


class Robot:
    """One seed on one notebook: what it did is in `done`, so that a failure can be read."""

    def __init__(self, page, notebook: str, seed: int):
        self.page, self.notebook, self.dice = page, notebook, random.Random(f"{notebook} {seed}")
        self.done: list[str] = []
        self.keys = 0

    def step(self):
        kind = self.dice.choices(("key", "word", "click", "start", "reload"), (45, 15, 35, 2, 1))[0]
        getattr(self, kind)()
        if self.where() != f"notebooks/{self.notebook}":  # a link was followed
            self.done.append("back")
            self.page.open(self.notebook)

    def where(self) -> "str | None":
        try:
            return self.page.page.evaluate(WHERE)
        except Error:  # the page is just being left: a second way before its end would end neither
            self.page.page.wait_for_load_state()
            return None

    def key(self):
        key = self.dice.choice(KEYS)
        self.done.append(key)
        self.keys += 1
        self.page.press(key)

    def word(self):
        start = self.dice.randrange(len(LETTERS))
        words = LETTERS[start : start + self.dice.randint(1, 12)]
        self.done.append(repr(words))
        self.keys += len(words)
        self.page.page.keyboard.type(words)

    def click(self):
        """Press or click what can be seen in the notebook, whichever it is."""
        told = self.page.page.evaluate(CLICK, [PRESSED, sorted(QUIET), self.dice.random(), self.dice.random()])
        self.done.append(f"click {told}")

    def start(self):
        self.done.append("start")
        self.page.command("notebook:run-all-cells")

    def reload(self):
        self.done.append("reload")
        self.page.page.reload()
        self.page.ready()


def ended(page):
    """A class view is left and a dialog is closed, as a reader would who has had enough."""
    for _ in range(3):
        page.press("Escape")
    page.page.evaluate("document.querySelectorAll('.jp-Dialog .jp-mod-reject').forEach((one) => one.click())")


def whole(page, notebook: str) -> list[str]:
    """What is wrong with the cells: those that are not meant to be changed have kept their words, all their order.

    Below the last one a reader may add cells, by JupyterLab's *Click to add a cell*: that is where twins are typed.
    """
    book = pristine(ROOT / "notebooks" / notebook)["cells"]
    now = page.page.evaluate(CELLS)[: len(book)]
    if [(one["id"], one["cell_type"]) for one in book] != [(id, kind) for id, kind, _ in now]:
        return [f"{len(book)} cells are {len(now)} now, or in another order"]
    fixed = [(one, source) for one, (_, _, source) in zip(book, now, strict=True) if "editable" in firm(one)]
    return [f"{one['id']} is {source!r}" for one, source in fixed if "".join(one["source"]) != source]


def misplaced(page, number: int) -> list[str]:
    """Lines of the journal that belong to no question of the notebook, or that their question can't read."""
    corpus, ids, found = load_corpus(), {asked.id for asked in sheet(number).question}, []
    for path in page.lab.work.rglob("*.jsonl"):
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            id, _, kept = line["key"].partition("/")
            if not id:  # a key that begins with / is no question's
                continue
            if id not in ids:
                found.append(f"{line['key']} is none of notebook {number}")
            elif not kept and question(id).verdict(line["value"], corpus).state in (State.UNREADABLE, State.OPEN):
                found.append(f"{line['key']} can't read {line['value']!r}")
    return found


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)  # the first seed on each, then the second
@pytest.mark.parametrize("seed", range(1, SEEDS + 1))
def test_a_robot_spoils_nothing(page, path, seed):
    number = int(re.match(r"\d+", path.name)[0])
    page.open(path.name)
    page.run_all()
    robot = Robot(page, path.name, seed)
    try:
        for _ in range(STEPS):
            robot.step()
        print(f"{robot.keys} keys, {sum(one.startswith('click') for one in robot.done)} clicks")
        ended(page)
        assert whole(page, path.name) == []
        page.page.wait_for_timeout(1500)
        assert misplaced(page, number) == []
        page.reload()
        assert [words for words in page.errors if OURS.search(words) and not ASLEEP.search(words)] == []
        page.page.locator(".jp-NotebookPanel-toolbar").get_by_text("Start the lesson").locator("visible=true").click()
        page.page.locator(".lima-lesson").wait_for(timeout=60_000)
        page.settle()
        assert whole(page, path.name) == []
        assert page.page.get_by_text(ASLEEP).count() == 0  # and none sleeps any more
        assert [words for words in page.errors if OURS.search(words) and not ASLEEP.search(words)] == []
        assert page.outside == []
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", " · ".join(robot.done), sep="\n")
        raise
