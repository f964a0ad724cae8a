"""One session a kernel: whatever happens in whatever order, each saved word lies in its owner's folder, and failures are said."""

import json
import os
import random
import shutil
from pathlib import Path

import pytest

from helpers.lessons import journal as journals
from helpers.lessons import session as sessions
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
    for id in ids or ("01.9", "01.6"):
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
    return session.commit(question(id), words, page=words)


# ---- Names ----


def test_what_was_typed_goes_to_whom_the_page_showed(work):
    here = kernel()
    here.sign("Ana")
    type_in(here, "01.9", "of Ana")
    here.sign("Ben")
    assert here.boxes["01.9"].value == ""
    type_in(here, "01.9", "of Ben")
    here.settle()
    assert kept(work, "Ana") == {"01.9/draft": "of Ana"}
    assert kept(work, "Ben") == {"01.9/draft": "of Ben"}
    here.sign("ana ")
    assert here.boxes["01.9"].value == "of Ana"


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
    assert one.desk.offered() == 1


def test_what_waits_in_another_notebook_is_saved_under_its_own_name_before_that_changes(work):
    one, two = kernel(), kernel()
    one.sign("Ana")
    two.look()
    type_in(two, "01.9", "of Ana")
    one.sign("Ben")
    two.look()
    assert kept(work, "Ana") == {"01.9/draft": "of Ana"} and kept(work, "Ben") == {}
    assert two.boxes["01.9"].value == ""


# ---- Deleting ----


def test_a_deletion_empties_every_page_and_nothing_comes_back(work):
    one, two = kernel(), kernel()
    check(one, "01.6", "74")
    two.look()
    type_in(two, "01.9", "typed elsewhere")
    assert one.delete() == ""
    two.settle()
    assert two.boxes["01.6"].value == two.boxes["01.9"].value == ""
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
        type_in(here, "01.9", "words")
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


# ---- What a fresh reader of the session found ----


def test_a_name_that_once_deleted_something_takes_a_first_answer(work):
    here = kernel()
    here.sign("Ana")
    check(here, "01.6", "70")
    here.delete()
    here.sign("")
    one, two = kernel(), kernel()
    one.sign("Ana")
    assert check(two, "01.6", "74").verdict.state == "accepted"
    assert kept(work, "Ana")["01.6"] == "74"


def test_what_could_not_be_written_survives_a_change_of_name(work, monkeypatch):
    here = kernel()
    here.sign("Ana")
    with monkeypatch.context() as patch:
        patch.setattr(journals.os, "write", full)
        check(here, "01.6", "74")
        assert "Not saved" in here.boxes["01.6"].status
    here.sign("Ben")
    assert kept(work, "Ana")["01.6"] == "74"


def test_what_could_not_be_written_is_tried_again_when_the_kernel_ends(work, monkeypatch):
    here = sessions.session()
    with monkeypatch.context() as patch:
        patch.setattr(journals.os, "write", full)
        here.commit(question("01.6"), "74")
    sessions._save_at_exit()
    sessions.leave()
    assert kept(work, "")["01.6"] == "74"


def test_a_page_that_shows_somebody_else_does_nothing_to_the_next_reader(work):
    one, two = kernel(), kernel()
    one.sign("Ben")
    check(one, "01.6", "400")
    for deed in (lambda: two.clear(1), lambda: two.tell_key(question("01.6")), lambda: two.show("01.6"), two.delete):
        two.sign("Ana")
        one.sign("Ben")
        deed()
        assert two.desk.name == "Ben" and kept(work, "Ben")["01.6"] == "400"
        assert not {"01.6/told", "01.6/shown"} & set(kept(work, "Ben"))


def test_deleted_words_do_not_come_back_by_a_change_of_name(work):
    one, two = kernel(), kernel()
    one.sign("Ana")
    two.look()
    check(two, "01.6", "74")
    type_in(two, "01.9", "typed before the deletion")
    one.look()
    one.delete()
    one.sign("Ben")
    two.look()
    assert kept(work, "Ana") == {} and kept(work, "Ben") == {}
    folder = Desk(work, "Ana").folder
    assert b"before the deletion" not in b"".join(path.read_bytes() for path in folder.iterdir())


def test_in_memory_only_a_name_loses_nothing(monkeypatch):
    monkeypatch.setattr(sessions, "work_folder", lambda: None)
    here = kernel()
    check(here, "01.6", "74")
    here.sign("Ana")
    here.look()
    assert here.desk.journal["01.6"] == "74" and here.desk.name == "Ana"


def test_starting_again_takes_the_key_away_too():
    here = kernel()
    check(here, "01.6", "3")
    here.tell_key(question("01.6"))
    assert here.boxes["01.6"].shown.key
    here.clear(1)
    assert not here.boxes["01.6"].shown.key and not here.boxes["01.6"].shown.after


def test_emptying_on_a_full_disk_says_so(monkeypatch):
    here = kernel()
    check(here, "01.6", "74")
    monkeypatch.setattr(journals.os, "write", full)
    assert "not on disk yet: No space left" in here.clear(1)


def test_the_typed_line_keeps_what_is_pending_in_the_box(work):
    here = kernel()
    type_in(here, "01.9", "words in the box")
    here.commit(question("01.9"), "")
    assert kept(work, "")["01.9/draft"] == "words in the box"


def test_all_that_waits_on_nobodys_page_goes_to_the_name_that_was_chosen(work):
    one, two = kernel(), kernel()
    one.sign("Ana")
    type_in(two, "01.9", "an essay")
    check(two, "01.6", "74")
    two.settle()
    assert kept(work, "Ana")["01.6"] == "74" and kept(work, "Ana")["01.9/draft"] == "an essay"


def test_nothing_is_written_where_nothing_was_typed(work):
    here = kernel("01.3")
    here.typed("01.3", {"answer": "", "reason": ""})
    assert kept(work, "") == {} and here.status("01.3") == ""


def test_a_blank_check_hides_nothing_that_was_opened():
    here = kernel()
    check(here, "01.6", "400")
    here.tell_key(question("01.6"))
    assert check(here, "01.6", "").key


def test_tries_are_counted_once(work, monkeypatch):
    here = kernel()
    with monkeypatch.context() as patch:
        patch.setattr(journals.os, "write", full)
        check(here, "01.6", "1")
        check(here, "01.6", "2")
    check(here, "01.6", "3")
    here.commit(question("01.6"), "pass")
    here.look()
    assert here.shown(question("01.6")).tries == 3


# ---- Ana and Ben ----


class Class:
    """Two kernels, two pupils, one shared login, and a model of what has to lie where."""

    def __init__(self, work: Path, seed: int, monkeypatch):
        self.work, self.make, self.patch = work, random.Random(seed), monkeypatch
        self.kernels = [kernel(), kernel()]
        self.full = False
        self.typed: dict[tuple[str, str], list[str]] = {}  # owner and key: all words, in the order of typing
        self.alive: dict[tuple[str, str], str] = {}  # the newest acknowledged, if not deleted since
        self.deleted: set[str] = set()  # words that must not be found again
        self.unsaved: set[str] = set()  # words that were said not to be on disk: where they come later they may win
        self.count = 0

    def words(self) -> str:
        self.count += 1
        return f"word{self.count:04}" + " and more words of mine" * 6

    def type(self, here: Session) -> None:
        """Type and wait a second; the words are whose the page showed, or on nobody's page whose name is chosen now."""
        shown = here.desk
        owner, words, before = shown.name or chosen_name(self.work), self.words(), shown.journal.deletion
        type_in(here, "01.9", words)
        here.settle()
        self.written(owner, "01.9/draft", words, shown.journal.deletion != before)

    def check(self, here: Session) -> None:
        """Press Check: the answer, or at least the draft, is the page's reader's."""
        shown = here.desk
        owner, words, before = shown.name or chosen_name(self.work), self.words(), shown.journal.deletion
        check(here, "01.9", words)
        self.typed.setdefault((owner, "01.9"), []).append(words)
        if kept(self.work, owner).get("01.9") == words:
            self.alive[owner, "01.9"] = words
        else:
            self.unsaved.add(words)
        self.written(owner, "01.9/draft", words, shown.journal.deletion != before)

    def twin(self, here: Session) -> None:
        """A typed line is whose name is chosen."""
        here.look()
        words, before = self.words(), here.desk.journal.deletion
        here.commit(question("01.9"), words)
        self.written(here.desk.name, "01.9", words, here.desk.journal.deletion != before)

    def written(self, owner: str, key: str, words: str, gone: bool) -> None:
        """Words lie on disk, or that they do not is said, or a deletion made elsewhere took them."""
        self.typed.setdefault((owner, key), []).append(words)
        if kept(self.work, owner).get(key) == words:
            self.alive[owner, key] = words
        else:
            self.unsaved.add(words)
            assert gone or any(one.desks[owner].journal.trouble for one in self.kernels if owner in one.desks), "lost"

    def sign(self, here: Session) -> None:
        here.sign(self.make.choice(["Ana", "Ben", ""]))

    def delete(self, here: Session) -> None:
        here.look()
        owner = here.desk.name
        said = here.delete()
        for at in [at for at in self.alive if at[0] == owner]:
            del self.alive[at]
        if said:
            return  # other kernels could not be told
        self.deleted |= {words for at, all_words in self.typed.items() if at[0] == owner for words in all_words}

    def kill(self, here: Session) -> None:
        """The kernel goes; what it had not been able to write goes with it."""
        self.kernels[self.kernels.index(here)] = kernel()

    def disk(self, here: Session) -> None:
        self.full = not self.full
        self.patch.setattr(journals.os, "write", full if self.full else WRITE)

    def folder(self, here: Session) -> None:
        """Somebody removes the work folder, and with it the marks of deletions; kernels write again what they hold."""
        if self.full:
            return
        shutil.rmtree(self.work, ignore_errors=True)
        for one in self.kernels:
            for desk in one.desks.values():
                desk.journal.flush()
        self.alive = {at: words for at, words in self.alive.items() if kept(self.work, at[0]).get(at[1]) == words}
        self.deleted = set()

    def step(self) -> None:
        here = self.make.choice(self.kernels)
        deeds = [self.type] * 4 + [self.check] * 3 + [self.twin] + [self.sign] * 3
        self.make.choice([*deeds, self.delete, self.kill, self.disk, self.folder])(here)
        for one in self.kernels:
            if one.desk.journal.unsaved & {"01.9", "01.9/draft"}:
                assert not one.boxes["01.9"].status.startswith("saved")


WRITE = os.write


@pytest.mark.parametrize("seed", range(200))
def test_ana_and_ben(work, seed, monkeypatch):
    room = Class(work, seed, monkeypatch)
    for _ in range(14):
        room.step()
    monkeypatch.setattr(journals.os, "write", WRITE)
    for (owner, key), words in room.alive.items():
        order, found = room.typed[owner, key], kept(work, owner)[key]
        assert found in room.unsaved or order.index(found) >= order.index(words)
    for owner in ("Ana", "Ben", ""):
        found = set(map(str, kept(work, owner).values()))
        others = {words for at, all_words in room.typed.items() if at[0] != owner for words in all_words}
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
    assert here.shown(question("01.9")).value == "a sentence that was never sent"
    assert here.shown(question("03.6")).verdict.state == "passed"
    assert here.shown(question("00.2")).verdict.state == "open"
