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

from helpers.lessons import journal as module
from helpers.lessons.journal import Journal, Line, NotSaved, desk, leave, slug


def values(journal: Journal) -> dict:
    return {key: line.value for key, line in journal.newest().items()}


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    leave()
    yield tmp_path / "work"
    leave()


def write_until_killed(folder, told) -> None:
    """What a kernel does, in a process of its own: write, and only then say so."""
    writing = Journal(folder)
    for n in range(10**6):
        line = writing.write(f"q{n % 7}", n)
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
        whole.write(f"q{n}", f"answer {n} “ü”")
    data = next((tmp_path / "whole").iterdir()).read_bytes()
    for cut in range(len(data) + 1):
        folder = tmp_path / f"cut{cut}"
        folder.mkdir()
        (folder / "a.jsonl").write_bytes(data[:cut])
        after = Journal(folder)
        complete = data[:cut].count(b"\n")
        assert len(after.newest()) == complete
        after.write("new", cut)
        assert values(Journal(folder)) == {f"q{n}": f"answer {n} “ü”" for n in range(complete)} | {"new": cut}


def test_a_file_cut_while_the_kernel_runs_is_left_alone(tmp_path):
    journal = Journal(tmp_path)
    journal.write("a", 1)
    file = next(tmp_path.iterdir())
    file.write_bytes(file.read_bytes()[:-5])
    journal.write("b", 2)
    assert len(list(tmp_path.iterdir())) == 2
    assert values(Journal(tmp_path)) == {"b": 2}
    assert values(journal) == {"a": 1, "b": 2}


def test_saved_is_said_after_fsync_has_returned(tmp_path, monkeypatch):
    calls = []
    real_write, real_sync = os.write, os.fsync
    monkeypatch.setattr(module.os, "write", lambda d, data: (calls.append("write"), real_write(d, data))[1])
    monkeypatch.setattr(module.os, "fsync", lambda d: (real_sync(d), calls.append("fsync"))[0])
    Journal(tmp_path).write("a", 1)
    calls.append("returned")
    assert calls == ["write", "fsync", "returned"]


def broken(monkeypatch, name, effect):
    monkeypatch.setattr(module.os, name, effect)


@pytest.mark.parametrize("number, words", [(28, "No space left"), (30, "Read-only"), (5, "Input/output")])
def test_a_disk_that_refuses_is_said_and_the_answer_tried_again(tmp_path, monkeypatch, number, words):
    """A full disk is injected (ENOSPC), since mounting one needs rights that a test should not ask for."""
    journal = Journal(tmp_path)
    journal.write("a", 1)

    def refuse(*_):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        broken(patch, "write", refuse)
        with pytest.raises(NotSaved, match="not on disk"):
            journal.write("b", 2)
        assert values(journal) == {"a": 1, "b": 2}
    journal.write("c", 3)
    assert values(Journal(tmp_path)) == {"a": 1, "b": 2, "c": 3}


def test_a_short_write_goes_on_in_a_new_file(tmp_path, monkeypatch):
    journal = Journal(tmp_path)
    real = os.write
    with monkeypatch.context() as patch:
        broken(patch, "write", lambda d, data: real(d, data[: len(data) // 2]))
        with pytest.raises(NotSaved):
            journal.write("a", "half")
    journal.write("b", "whole")
    fresh = Journal(tmp_path)
    assert values(fresh) == {"a": "half", "b": "whole"}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_deleted_while_the_kernel_runs_is_made_again_with_what_it_held(tmp_path):
    import shutil

    journal = Journal(tmp_path / "j")
    journal.write("a", 1)
    shutil.rmtree(tmp_path / "j")
    journal.write("b", 2)
    assert values(Journal(tmp_path / "j")) == {"a": 1, "b": 2}


def test_two_kernels_see_each_other_and_the_newest_wins(tmp_path):
    one, two = Journal(tmp_path), Journal(tmp_path)
    one.write("q", "one")
    two.write("q", "two")
    assert values(one) == values(two) == {"q": "two"}
    one.write("q", "three")
    assert values(two) == values(Journal(tmp_path)) == {"q": "three"}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_clock_set_back_does_no_harm(tmp_path, monkeypatch):
    from datetime import UTC, datetime

    Journal(tmp_path).write("q", "before")

    class Earlier(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(1997, 1, 1, tzinfo=tz or UTC)

    monkeypatch.setattr(module, "datetime", Earlier)
    Journal(tmp_path).write("q", "after")
    assert values(Journal(tmp_path)) == {"q": "after"}


def test_torn_and_foreign_lines_are_counted(tmp_path):
    journal = Journal(tmp_path)
    journal.write("a", 1)
    (tmp_path / "foreign.jsonl").write_bytes(b'{"x": 1}\nnot json\n\xff\xfe\n[]\n{"key": "b"')
    fresh = Journal(tmp_path)
    assert values(fresh) == {"a": 1}
    assert fresh.skipped == 4


def test_fields_of_a_newer_kit_are_read_past(tmp_path):
    line = {"key": "a", "value": 1, "counter": 9, "at": "2030-01-01T00:00:00+00:00", "kernel": "f", "mood": "new"}
    (tmp_path / "n.jsonl").write_text(json.dumps(line) + "\n")
    assert values(Journal(tmp_path)) == {"a": 1}


@given(st.text(max_size=200))
def test_any_text_comes_back(text):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        Journal(Path(folder)).write("q", text)
        assert values(Journal(Path(folder)))["q"] == text


@pytest.mark.parametrize(
    "text", ["</script><b>", "a\0b", "\u202eabc\u202c", "\ud83d lone \udc00", "x" * 500_000, "a\nb\r\n"]
)
def test_hostile_answers_come_back(tmp_path, text):
    Journal(tmp_path).write("q", {"row": [text]})
    kept = values(Journal(tmp_path))["q"]["row"][0]
    assert kept == text.replace("\ud83d", "\ufffd").replace("\udc00", "\ufffd")


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
        start = time.perf_counter()
        assert len(Journal(folder).newest()) == 90
        took[count] = time.perf_counter() - start
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


def test_a_name_takes_this_kernels_answers_along_and_nothing_else(work):
    earlier = desk()
    earlier.journal.write("q1", "of somebody else")
    leave()
    desk().journal.write("q2", "mine")
    desk().sign("Ana")
    assert values(desk().journal) == {"q2": "mine"}
    leave()
    assert desk().name == "Ana"
    assert values(desk().journal) == {"q2": "mine"}
    desk().sign("Ben")
    assert values(desk().journal) == {}
    desk().sign("ana ")
    assert values(desk().journal) == {"q2": "mine"}


def test_without_any_folder_answers_stay_in_memory_and_can_be_downloaded(work, monkeypatch, tmp_path):
    monkeypatch.setattr(module, "work_folder", lambda: None)
    memory = module.Desk()
    memory.journal.write("q1", "kept")
    assert memory.journal.folder is None
    (tmp_path / "restored").mkdir()
    (tmp_path / "restored" / "answers.jsonl").write_bytes(memory.download())
    assert values(Journal(tmp_path / "restored")) == {"q1": "kept"}


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="modes and users are those of POSIX")
def test_a_read_only_folder_is_noticed(tmp_path, monkeypatch):
    """Root writes into a folder of mode 555 all the same, so the refusal (EROFS) is injected."""
    monkeypatch.setenv("LIMA_WORK", str(tmp_path))

    def refuse(self, *_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(module.Path, "write_bytes", refuse)
    assert module.work_folder() is None


def test_deleting_removes_this_persons_answers_only(work):
    desk().sign("Ana")
    desk().journal.write("q", 1)
    desk().sign("Ben")
    desk().journal.write("q", 2)
    desk().clear()
    assert values(desk().journal) == {}
    desk().sign("Ana")
    assert values(desk().journal) == {"q": 1}
