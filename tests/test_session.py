"""One session a kernel: whatever happens in whatever order, each saved word lies in its owner's folder, and failures are said."""

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from helpers.lessons import journal as journals
from helpers.lessons.answers import DRAFT
from helpers.lessons.desk import Desk, chosen_name
from helpers.lessons.journal import Journal
from helpers.lessons.session import Session
from helpers.lessons.sheets import numbers, question, sheet

ROOT = Path(__file__).parent
ALL = [asked for number in numbers() for asked in sheet(number).question]


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    return tmp_path / "work"


class Paper:
    """A box that remembers what it was told, and what stands in its inputs."""

    def __init__(self):
        self.shown, self.status, self.value = None, "", ""

    def tell(self, shown, status, *, fill):
        self.shown, self.status = shown, status
        if fill:
            self.value = shown.value


def kernel(*ids: str) -> Session:
    """A new kernel with boxes for these questions."""
    made = Session()
    for id in ids or ("01.4", "01.6"):
        made.boxes[id] = Paper()
        made.boxes[id].tell(made.shown(question(id)), made.status(id), fill=True)
    return made


def kept(work: Path, name: str) -> dict:
    """What lies on disk for a name."""
    journal = Journal(Desk(work, name).folder)
    journal.refresh()
    return {key: line.value for key, line in journal.newest.items() if line.value is not None}


def full(*_, **__):
    raise OSError(28, "No space left on device")


def type_in(session: Session, id: str, words: str) -> None:
    """Words in a box whose second is not over yet."""
    session._drafts.hold(id, words)
    session.boxes[id].value = words


def check(session: Session, id: str, words: str):
    session.boxes[id].value = words
    return session.commit(question(id), words, from_box=True)


# ---- Names ----


def test_what_was_typed_goes_to_whom_the_page_showed(work):
    here = kernel()
    here.sign("Ana")
    type_in(here, "01.4", "of Ana")
    here.sign("Ben")
    assert here.boxes["01.4"].value == ""
    type_in(here, "01.4", "of Ben")
    here.settle()
    assert kept(work, "Ana") == {"01.4/draft": "of Ana"}
    assert kept(work, "Ben") == {"01.4/draft": "of Ben"}
    here.sign("ana ")
    assert here.boxes["01.4"].value == "of Ana"


def test_a_name_chosen_in_one_notebook_reaches_the_other_at_its_next_event(work):
    one, two = kernel(), kernel()
    one.sign("Ana")
    check(two, "01.6", "74")  # typed on nobody's page, after the name was chosen
    assert kept(work, "Ana")["01.6"] == "74" and two.desk.name == "Ana"
    assert kept(work, "") == {}
    one.sign("Ben")
    check(two, "01.6", "75")  # the page still showed Ana
    assert kept(work, "Ana")["01.6/draft"] == "75" and kept(work, "Ben") == {}
    assert two.desk.name == "Ben" and two.boxes["01.6"].value == ""


def test_a_name_does_not_reach_the_words_that_were_there_before_it(work):
    one, two = kernel(), kernel()
    check(two, "01.6", "74")
    one.sign("Ana")
    assert kept(work, "")["01.6"] == "74" and kept(work, "Ana") == {}
    assert one.desk.offered() == 2  # the answer, and the draft beside it


def test_what_waits_in_another_notebook_is_saved_under_its_own_name_before_that_changes(work):
    one, two = kernel(), kernel()
    one.sign("Ana")
    two.look()
    type_in(two, "01.4", "of Ana")
    one.sign("Ben")
    two.look()
    assert kept(work, "Ana") == {"01.4/draft": "of Ana"} and kept(work, "Ben") == {}
    assert two.boxes["01.4"].value == ""


# ---- Deleting ----


def test_a_deletion_empties_every_page_and_nothing_comes_back(work):
    one, two = kernel(), kernel()
    check(one, "01.6", "74")
    two.look()
    type_in(two, "01.4", "typed elsewhere")
    assert one.delete() == ""
    two.settle()
    assert two.boxes["01.6"].value == two.boxes["01.4"].value == ""
    assert kept(work, "") == {}
    check(two, "01.6", "75")
    one.look()
    assert kept(work, "")["01.6"] == "75"


def test_a_deletion_that_fails_is_said(work, monkeypatch):
    one = kernel()
    check(one, "01.6", "74")
    monkeypatch.setattr(journals.Path, "unlink", full)
    assert "could not be deleted: No space left" in one.delete()


# ---- Saving ----


def test_every_box_with_something_unsaved_says_so_until_it_is_saved(monkeypatch):
    here = kernel()
    with monkeypatch.context() as patch:
        patch.setattr(journals.os, "write", full)
        check(here, "01.6", "74")
        type_in(here, "01.4", "words")
        here.settle()
        assert all("Not saved: No space left" in box.status for box in here.boxes.values())
    check(here, "01.6", "75")
    assert all(box.status.startswith("saved") for box in here.boxes.values())


@pytest.mark.parametrize("count", [1, 50, 200])
def test_an_answer_looks_into_the_folder_at_most_twice(work, count):
    folder = Desk(work, "").folder
    folder.mkdir(parents=True)
    line = json.dumps({"key": "03.1", "value": "x", "counter": 1, "at": "2026-01-01T00:00:00+00:00", "kernel": "k"})
    for n in range(count):
        (folder / f"{n:03}.jsonl").write_text(line + "\n")
    here = kernel()
    for commit in (lambda: check(here, "01.6", "74"), lambda: here.commit(question("01.6"), 400)):
        before = here.desk.journal.looks
        commit()
        assert here.desk.journal.looks - before <= 2


def test_one_kernels_words_are_seen_by_the_other():
    one, two = kernel(), kernel()
    check(one, "01.6", "74")
    two.look()
    assert two.desk.journal["01.6"] == "74"


# ---- Ana and Ben ----


class Class:
    """Two kernels, two pupils, one shared login, and a model of what has to lie where."""

    def __init__(self, work: Path, seed: int, monkeypatch):
        self.work, self.make, self.patch = work, random.Random(seed), monkeypatch
        self.kernels = [kernel(), kernel()]
        self.full = False
        self.said: dict[tuple[str, str], list[str]] = {}  # owner and key: all words that were acknowledged as saved
        self.alive: dict[tuple[str, str], str] = {}  # the newest acknowledged, if not deleted since
        self.deleted: set[str] = set()  # words that must not be found again
        self.count = 0

    def words(self) -> str:
        self.count += 1
        return f"word{self.count:04}" + " and more words of mine" * 5

    def acknowledge(self, owner: str, key: str, words: str, status: str) -> None:
        if status.startswith("saved"):
            self.said.setdefault((owner, key), []).append(words)
            self.alive[owner, key] = words

    def type(self, here: Session) -> None:
        """Type and wait a second; the words are whose the page showed, or on nobody's page whose name is chosen now."""
        shown, elsewhere = here.desk.name, chosen_name(self.work)
        owner = shown or elsewhere
        words, before = self.words(), here.desk.journal.deletion
        type_in(here, "01.4", words)
        desk = here.desk if owner == shown else None
        here.settle()
        journal = (desk or here.desk).journal
        if journal.newest.get("01.4" + DRAFT) and journal["01.4" + DRAFT] == words and not journal.trouble:
            self.acknowledge(owner, "01.4/draft", words, "saved")
        else:
            assert journal.trouble or journal.deletion != before, "lost silently"

    def sign(self, here: Session) -> None:
        here.sign(self.make.choice(["Ana", "Ben", ""]))

    def delete(self, here: Session) -> None:
        here.look()
        owner = here.desk.name
        here.delete()
        for at in [at for at in self.alive if at[0] == owner]:
            del self.alive[at]
        self.deleted |= {words for at, all_words in self.said.items() if at[0] == owner for words in all_words}

    def kill(self, here: Session) -> None:
        """The kernel goes; what it had not been able to write goes with it."""
        self.kernels[self.kernels.index(here)] = kernel()

    def disk(self, here: Session) -> None:
        self.full = not self.full
        self.patch.setattr(journals.os, "write", full if self.full else WRITE)

    def folder(self, here: Session) -> None:
        """Somebody removes the work folder; kernels write again what they hold."""
        if not self.full:
            shutil.rmtree(self.work, ignore_errors=True)
            self.alive = {}

    def step(self) -> None:
        here = self.make.choice(self.kernels)
        deeds = [self.type] * 6 + [self.sign] * 2 + [self.delete, self.kill, self.disk, self.folder]
        self.make.choice(deeds)(here)
        for one in self.kernels:
            for box in one.boxes.values():
                assert not (one.desk.journal.unsaved and box.status.startswith("saved") and "01.4" in str(box))


WRITE = os.write


@pytest.mark.parametrize("seed", range(200))
def test_ana_and_ben(work, seed, monkeypatch):
    room = Class(work, seed, monkeypatch)
    for _ in range(12):
        room.step()
    monkeypatch.setattr(journals.os, "write", WRITE)
    for (owner, key), words in room.alive.items():
        assert kept(work, owner).get(key) == words
    for owner in ("Ana", "Ben", ""):
        found = set(map(str, kept(work, owner).values()))
        others = {words for at, all_words in room.said.items() if at[0] != owner for words in all_words}
        assert not found & others, f"words of somebody else lie with {owner or 'nobody'}"
        assert not found & room.deleted - set(room.alive.values())


# ---- A journal of the first kit ----


def test_a_journal_of_the_first_kit_opens(work):
    folder = work / "journal"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "journals" / "first_kit.jsonl", folder)
    lines = [json.loads(line) for line in (ROOT / "journals" / "first_kit.jsonl").read_text().splitlines()]
    newest = {line["key"]: line["value"] for line in lines}
    here = kernel(*(asked.id for asked in ALL))
    assert here.desk.journal.skipped == 0
    for asked in ALL:
        answer, draft = newest.get(asked.id), newest.get(asked.id + DRAFT)
        shown = here.shown(asked)
        assert here.is_open(asked.id) is (answer is not None or bool(newest.get(asked.id + "/shown")))
        if answer not in (None, "pass"):
            assert shown.verdict.state not in ("open", "unreadable"), asked.id
        assert shown.value in (answer, draft, ""), asked.id
    assert here.shown(question("01.4")).value == "a sentence that was never sent"
    assert here.shown(question("03.6")).verdict.state == "passed"
    assert here.shown(question("00.2")).verdict.state == "open"
