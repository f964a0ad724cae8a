"""An answer acknowledged with "saved" is never lost."""

import json
import os
import random
import signal
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.base.errors import KitError
from helpers.lessons import desk as places
from helpers.lessons import journal as module
from helpers.lessons.desk import Desk, choose_name, chosen_name, slug, work_folder
from helpers.lessons.journal import Journal, Line


def values(journal: Journal) -> dict:
    journal.refresh()
    return {key: line.value for key, line in journal.newest.items()}


def write(journal: Journal, key: str, value) -> Line:
    """What a kernel does in one event: look, then write."""
    journal.refresh()
    return journal.write(key, value)


def write_until_killed(folder, told) -> None:
    """What a kernel does, in a process of its own: write, and only then say so."""
    writing = Journal(folder)
    for n in range(10**6):
        line = write(writing, f"q{n % 7}", n)
        os.write(told, f"{line.key} {n}\n".encode())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 needs POSIX processes")
def test_kill_loses_no_acknowledged_answer(tmp_path):
    acknowledged = 0
    for n in range(30):
        heard, told = os.pipe()
        child = os.fork()
        if child == 0:
            write_until_killed(tmp_path / str(n), told)
        os.close(told)
        said = os.read(heard, 1)
        time.sleep(random.uniform(0, 0.05))
        os.kill(child, signal.SIGKILL)
        while more := os.read(heard, 65536):
            said += more
        os.close(heard)
        os.waitpid(child, 0)
        complete = [words.split() for words in said.decode().split("\n")[:-1]]
        kept = values(Journal(tmp_path / str(n)))
        assert all(kept[key] >= int(value) for key, value in complete)
        acknowledged += len(complete)
    assert acknowledged > 100
    print(f"30 kills, {acknowledged} acknowledged, 0 lost")


def test_a_journal_cut_at_any_byte_loses_the_torn_line_only(tmp_path):
    whole = Journal(tmp_path / "whole")
    for n in range(6):
        write(whole, f"q{n}", f"answer {n} “ü”")
    data = next((tmp_path / "whole").iterdir()).read_bytes()
    for cut in range(len(data) + 1):
        folder = tmp_path / f"cut{cut}"
        folder.mkdir()
        (folder / "a.jsonl").write_bytes(data[:cut])
        after = Journal(folder)
        complete = data[:cut].count(b"\n")
        assert len(values(after)) == complete
        write(after, "new", cut)
        assert values(Journal(folder)) == {f"q{n}": f"answer {n} “ü”" for n in range(complete)} | {"new": cut}


def test_a_file_cut_while_the_kernel_runs_is_written_again(tmp_path):
    journal = Journal(tmp_path)
    write(journal, "a", 1)
    file = next(tmp_path.iterdir())
    file.write_bytes(file.read_bytes()[:-5])
    write(journal, "b", 2)
    assert len(list(tmp_path.iterdir())) == 2
    assert values(Journal(tmp_path)) == values(journal) == {"a": 1, "b": 2}


def test_saved_is_said_after_fsync_has_returned(tmp_path, monkeypatch):
    calls = []
    real_write, real_sync = os.write, os.fsync
    monkeypatch.setattr(module.os, "write", lambda d, data: (calls.append("write"), real_write(d, data))[1])
    monkeypatch.setattr(module.os, "fsync", lambda d: (real_sync(d), calls.append("fsync"))[0])
    write(Journal(tmp_path), "a", 1)
    calls.append("returned")
    assert calls == ["write", "fsync", "returned"]


def broken(monkeypatch, name, effect):
    monkeypatch.setattr(module.os, name, effect)


@pytest.mark.parametrize("number, words", [(28, "No space left"), (30, "Read-only"), (5, "Input/output")])
def test_a_disk_that_refuses_is_said_and_the_answer_tried_again(tmp_path, monkeypatch, number, words):
    """A full disk is injected (ENOSPC), since mounting one needs rights that a test should not ask for."""
    journal = Journal(tmp_path)
    write(journal, "a", 1)

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        broken(patch, "write", refuse)
        write(journal, "b", 2)
        assert words in journal.trouble and journal.unsaved == {"b"}
        assert values(journal) == {"a": 1, "b": 2}
    write(journal, "c", 3)
    assert not journal.trouble and not journal.unsaved
    assert values(Journal(tmp_path)) == {"a": 1, "b": 2, "c": 3}
    assert all(path.stat().st_size for path in tmp_path.iterdir())


def test_a_short_write_goes_on_in_a_new_file(tmp_path, monkeypatch):
    journal = Journal(tmp_path)
    real = os.write
    with monkeypatch.context() as patch:
        broken(patch, "write", lambda d, data: real(d, data[: len(data) // 2]))
        write(journal, "a", "half")
        assert journal.trouble
    write(journal, "b", "whole")
    fresh = Journal(tmp_path)
    assert values(fresh) == {"a": "half", "b": "whole"}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_deleted_while_the_kernel_runs_is_made_again_with_what_it_held(tmp_path):
    import shutil

    journal = Journal(tmp_path / "j")
    write(journal, "a", 1)
    shutil.rmtree(tmp_path / "j")
    write(journal, "b", 2)
    assert values(Journal(tmp_path / "j")) == {"a": 1, "b": 2}


def test_two_kernels_see_each_other_and_the_newest_wins(tmp_path):
    one, two = Journal(tmp_path), Journal(tmp_path)
    write(one, "q", "one")
    write(two, "q", "two")
    assert values(one) == values(two) == {"q": "two"}
    write(one, "q", "three")
    assert values(two) == values(Journal(tmp_path)) == {"q": "three"}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_clock_set_back_does_no_harm(tmp_path, monkeypatch):
    from datetime import UTC, datetime

    write(Journal(tmp_path), "q", "before")

    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(1997, 1, 1, tzinfo=tz or UTC)

    monkeypatch.setattr(module, "datetime", Earlier)
    write(Journal(tmp_path), "q", "after")
    assert values(Journal(tmp_path)) == {"q": "after"}


FOREIGN = b"[" * 100_000 + b'\n{"key": "c", "value": 1, "counter": 1, "at": "yesterday", "kernel": "k"}\n'


def test_torn_and_foreign_lines_are_counted(tmp_path):
    journal = Journal(tmp_path)
    write(journal, "a", 1)
    (tmp_path / "foreign.jsonl").write_bytes(b'{"x": 1}\nnot json\n\xff\xfe\n[]\n' + FOREIGN + b'{"key": "b"')
    fresh = Journal(tmp_path)
    assert values(fresh) == {"a": 1}
    assert fresh.skipped == 6


def test_fields_of_a_newer_kit_are_read_past(tmp_path):
    line = {"key": "a", "value": 1, "counter": 9, "at": "2030-01-01T00:00:00+00:00", "kernel": "f", "mood": "new"}
    (tmp_path / "n.jsonl").write_text(json.dumps(line) + "\n")
    assert values(Journal(tmp_path)) == {"a": 1}


@given(st.text(max_size=200))
def test_any_text_comes_back(text):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        write(Journal(Path(folder)), "q", text)
        assert values(Journal(Path(folder)))["q"] == text


@pytest.mark.parametrize("text", ["</script><b>", "a\0b", "\u202eabc\u202c", "x" * 500_000, "a\nb\r\n"])
def test_hostile_answers_come_back(tmp_path, text):
    write(Journal(tmp_path), "q", {"row": [text]})
    assert values(Journal(tmp_path))["q"]["row"][0] == text


@pytest.mark.parametrize("value", ["\ud83d alone", object(), {1, 2, object()}, {None: 1, (1, 2): 2}])
def test_what_json_cannot_hold_is_refused_before_it_is_queued(tmp_path, value):
    journal = Journal(tmp_path)
    with pytest.raises(KitError, match="can't be kept"):
        write(journal, "q", value)
    write(journal, "later", "saved")
    assert values(Journal(tmp_path)) == {"later": "saved"}


def lines(count: int) -> bytes:
    encoded = [
        msgspec.json.encode(Line(f"q{n % 90}", "word " * 12, n, "2026-01-01T00:00:00+00:00", "k")) for n in range(count)
    ]
    return b"\n".join(encoded) + b"\n"


def test_ten_thousand_answers_merge_in_half_a_second(tmp_path):
    took = {}
    for count in (1000, 10_000):
        folder = tmp_path / str(count)
        folder.mkdir()
        (folder / "a.jsonl").write_bytes(lines(count))
        start = time.process_time()
        assert len(values(Journal(folder))) == 90
        took[count] = time.process_time() - start
    assert took[10_000] < 0.5
    print(f"1,000: {took[1000]:.4f} s, 10,000: {took[10_000]:.4f} s, growth {took[10_000] / took[1000]:.1f}")


# ---- Names ----


@pytest.mark.parametrize("name", ["../../etc", "CON", "nul.txt", "<b>x", "x" * 300, "名前", ".hidden", "a/b\\c", "  "])
def test_a_name_makes_a_safe_folder(name):
    made = slug(name)
    assert made == slug(name.upper()) == slug(f" {name} ")
    assert all(char.isascii() and (char.isalnum() or char == "-") for char in made)
    assert len(made) <= 29


def test_different_names_have_different_folders():
    names = ["Ana", "Anna", "../../etc", "etc", "名前", "なまえ", "CON", "con1"]
    assert len({slug(name) for name in names}) == len(names)


def sit_down(work, name: str) -> Desk:
    """A desk as a kernel finds it."""
    desk = Desk(work, name)
    desk.journal.refresh()
    return desk


def test_what_was_written_without_a_name_is_offered_once_and_moved_whole(tmp_path):
    write(sit_down(tmp_path, "").journal, "q1", "mine")
    ana = sit_down(tmp_path, "Ana")
    write(ana.journal, "q2", "later")
    assert ana.offered() == 1
    ana.take_offered(mine=True)
    assert values(Journal(ana.folder)) == {"q1": "mine", "q2": "later"}
    assert values(sit_down(tmp_path, "").journal) == {}
    assert sit_down(tmp_path, "Ben").offered() == ana.offered() == 0


def test_an_answer_of_ones_own_is_never_overwritten_by_an_offered_one(tmp_path):
    write(sit_down(tmp_path, "").journal, "q", "of nobody")
    ana = sit_down(tmp_path, "Ana")
    write(ana.journal, "q", "of Ana")
    ana.take_offered(mine=True)
    assert values(ana.journal)["q"] == "of Ana"


def test_what_could_not_be_moved_stays_where_it_was(tmp_path, monkeypatch):
    write(sit_down(tmp_path, "").journal, "q", "mine")
    ana = sit_down(tmp_path, "Ana")
    with monkeypatch.context() as patch:
        broken(patch, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        ana.take_offered(mine=True)
        assert ana.journal.trouble
    assert values(sit_down(tmp_path, "").journal) == {"q": "mine"}


def test_a_name_is_kept_for_every_kernel_and_the_folder_made_again(tmp_path):
    assert choose_name(tmp_path / "gone", "  Ana  Maria ") == "Ana Maria"
    assert chosen_name(tmp_path / "gone") == "Ana Maria"


def test_a_name_that_cannot_be_written_is_a_sentence(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(KitError, match="can't be kept here: Permission denied"):
        choose_name(tmp_path, "Ana")


def test_without_a_folder_answers_stay_in_memory(tmp_path):
    memory = Desk(None, "Ana")
    write(memory.journal, "q1", "kept")
    assert memory.folder is None and values(memory.journal) == {"q1": "kept"}


@pytest.mark.parametrize("named", ["relative/work", "~/work"])
def test_the_work_folder_is_resolved_once(tmp_path, monkeypatch, named):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LIMA_WORK", named)
    found = work_folder()
    monkeypatch.chdir("/")
    assert found.is_absolute() and found.is_relative_to(tmp_path)


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="modes and users are those of POSIX")
def test_a_read_only_folder_is_noticed(tmp_path, monkeypatch):
    """Root writes into a folder of mode 555 all the same, so the refusal (EROFS) is injected."""
    monkeypatch.setenv("LIMA_WORK", str(tmp_path))

    def refuse(self, *_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(places.Path, "write_bytes", refuse)
    assert work_folder() is None


# ---- Deleting ----


def test_deleting_removes_this_persons_answers_only(tmp_path):
    ana, ben = sit_down(tmp_path, "Ana"), sit_down(tmp_path, "Ben")
    write(ana.journal, "q", 1)
    write(ben.journal, "q", 2)
    ben.journal.delete()
    assert values(Journal(ben.folder)) == {} and values(Journal(ana.folder)) == {"q": 1}


def test_a_deletion_is_obeyed_by_every_kernel_and_nothing_comes_back(tmp_path):
    one, two = Journal(tmp_path), Journal(tmp_path)
    write(one, "q", "one")
    for n in range(5):
        write(two, "q", f"two {n}")
    one.delete()
    assert values(two) == {}
    write(two, "new", 1)
    assert values(one) == values(two) == values(Journal(tmp_path)) == {"new": 1}
    assert b"two 4" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_what_waits_for_the_disk_is_deleted_too(tmp_path, monkeypatch):
    one, two = Journal(tmp_path), Journal(tmp_path)
    with monkeypatch.context() as patch:
        broken(patch, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        write(two, "q", "waiting")
    write(one, "q", "one")
    write(one, "q", "two")
    one.delete()
    write(two, "new", 1)
    assert values(Journal(tmp_path)) == {"new": 1}
    assert b"waiting" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_a_write_that_fails_leaves_no_empty_file(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        broken(patch, "write", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        write(Journal(tmp_path), "q", 1)
    assert list(tmp_path.iterdir()) == []


# ---- One look an event ----


@pytest.mark.parametrize("count", [1, 50, 200])
def test_an_event_reads_the_folder_once(tmp_path, count):
    for n in range(count):
        (tmp_path / f"{n:03}.jsonl").write_bytes(lines(20))
    journal = Journal(tmp_path)
    write(journal, "a", 1)
    before = journal.looks
    write(journal, "a", 2)
    assert journal.looks == before + 1
