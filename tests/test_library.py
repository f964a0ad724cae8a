"""Bad input gets one sentence that names the fact and the way out."""

import os

import pytest

from helpers import load_corpus, read
from helpers.__main__ import main
from helpers.base.errors import CorpusError
from helpers.texts.check import check
from helpers.texts.library import catalogue, read_source

ONE = '[[source]]\nfile = "a.txt"\ntitle = "A"\npublished = "1997-01-05"\n'
TEXT = "Title\n\nFirst words here.\n\nA heading\n\nLast words here.\nAddress\n"


def refused(folder, *words):
    with pytest.raises(CorpusError) as error:
        load_corpus(folder)
    said = str(error.value)
    assert said.endswith((".", "?")) or "python -m helpers check" in said
    assert "\n" not in said
    for word in words:
        assert word in said, said
    assert error.value._render_traceback_() == [said]


def test_a_folder_that_is_missing_or_empty_or_without_catalogue(folder, tmp_path):
    refused(tmp_path / "none", "no folder")
    refused(tmp_path, "empty")
    refused(folder(a=TEXT), "catalogue.toml", "python -m helpers check")


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_a_link_out_of_the_folder(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "a.txt"
    outside.write_text(TEXT)
    place = folder(ONE)
    (place / "a.txt").symlink_to(outside)
    refused(place, "leads out of the folder")


def test_line_ends_changed_by_a_checkout_are_named(folder):
    import hashlib

    place = folder(ONE + f'sha256 = "{hashlib.sha256(TEXT.encode()).hexdigest()}"\n', a=TEXT.replace("\n", "\r\n"))
    refused(place, "CRLF")


def test_byte_order_mark_and_crlf_are_accepted_and_offsets_true(folder):
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    source = load_corpus(folder(ONE, a=text))["a"]
    assert source.text == text
    assert [span.text for span in source.spans][:2] == ["Title", "First words here."]
    assert all(source.text[span.start : span.end] == span.text for span in source.spans)


def test_a_text_without_anchors_has_no_paragraph_zero(folder):
    source = load_corpus(folder(ONE, a=TEXT))["a"]
    assert [span.number for span in source.spans] == [1, 2, 3, 4, 5]


def test_anchors_and_headings(folder):
    place = folder(ONE + 'anchors = ["First", "Last words"]\nheadings = ["A heading"]\n', a=TEXT)
    spans = load_corpus(place)["a"].spans
    assert [(span.number, span.heading) for span in spans] == [(0, False), (1, False), (2, True), (2, False)]
    assert spans[-1].text == "Last words here."


def test_a_file_that_is_not_listed_is_ignored_and_named(folder):
    place = folder(ONE, a=TEXT, b=TEXT)
    assert list(load_corpus(place)) == ["a"]
    said = repr(check(place))
    assert "b.txt is in the folder but not in" in said
    assert 'file = "b.txt"' in said


def test_check_needs_no_catalogue_and_its_lines_work(folder):
    place = folder(a=TEXT, b=TEXT)
    lines = "\n".join(check(place).lines)
    (place / "catalogue.toml").write_text(lines.replace('title = ""', 'title = "T"'), encoding="utf-8")
    assert list(load_corpus(place)) == ["a", "b"]
    assert "2 of 2 texts are ready" in repr(check(place))


def test_check_reports_every_slip(folder):
    said = repr(check(folder(ONE + ONE.replace("a.txt", "gone.txt") + ONE.replace("1997-01-05", "x"), a=TEXT)))
    assert "gone.txt" in said
    assert "`published`" in said


def test_the_command_line_says_the_same(folder, capsys):
    place = folder(ONE, a=TEXT, b=TEXT)
    assert main(["check", str(place)]) == 1
    assert capsys.readouterr().out.strip() == repr(check(place)).strip()


def test_read_source_makes_a_text_of_ones_own():
    source = read_source("One.\n\nTwo.", id="mine", published="1997-01-05", title="Mine")
    assert repr(read(source, "mine 2").spans[0]) == "mine ¶2: Two."
    assert source.folder is None
    for bad in ({"published": "soon"}, {"published": "", "colour": "red"}, {"published": "", "language": 3}):
        with pytest.raises(CorpusError):
            read_source("x", id="a", **bad)
    with pytest.raises(CorpusError):
        read_source("x", id="No Way")


def test_catalogue_shows_what_is_printed_and_ours_only_on_demand(corpus):
    printed = catalogue(corpus).set_index("id")
    assert printed.index[-1] == "l5i"
    assert "1997" not in " ".join(map(str, printed.loc["l5i"]))
    assert "[1997-01-01/1997-01-17]" in catalogue(corpus, inferred=True).set_index("id").loc["l5i", "written"]


@pytest.mark.parametrize("place", [".", "notebooks", "/", "tmp"])
def test_the_five_are_found_from_any_folder(place, tmp_path, monkeypatch):
    from helpers.base.files import project_root

    monkeypatch.chdir(tmp_path if place == "tmp" else project_root() / place)
    assert list(load_corpus()) == ["rw888", "l5i", "rw898", "ww188", "rw909"]


# ---- Folders that somebody made by hand ----


@pytest.mark.parametrize("name", ["~nosuch/x", "a\0b", "x" * 300, "", " ", "none/none"])
def test_a_folder_that_has_no_such_name(name):
    refused(name, "folder")
    assert not check(name).ready


def test_a_file_in_place_of_a_folder(folder):
    refused(folder(ONE, a=TEXT) / "a.txt", "There is no folder")


def test_a_folder_that_may_not_be_opened(folder, monkeypatch):
    """Root may open anything, so the error is made here."""
    place = folder(ONE, a=TEXT)

    def denied(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", denied)
    refused(place, "can't be opened (Permission denied)")
    assert not check(place).ready


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need rights on Windows")
def test_a_link_to_itself(folder):
    place = folder(ONE)
    (place / "a.txt").symlink_to(place / "a.txt")
    refused(place, "a.txt")
    assert not check(place).ready
    (place / "loop").symlink_to(place / "loop")
    refused(place / "loop", "loop")


def test_a_hash_may_be_in_capitals(folder):
    import hashlib

    digest = hashlib.sha256(TEXT.encode()).hexdigest().upper()
    assert list(load_corpus(folder(ONE + f'sha256 = " {digest} "\n', a=TEXT))) == ["a"]


@pytest.mark.parametrize(
    "given",
    [{"text": "a\0b"}, {"text": "\ud800"}, {"text": None}, {"text": 3}, {"id": ""}, {"id": "record"}, {"id": "a\n"}],
)
def test_a_text_of_ones_own_that_is_none(given):
    given = {"text": "Words.", "id": "a"} | given
    with pytest.raises(CorpusError) as error:
        read_source(given.pop("text"), **given)
    assert "\n" not in str(error.value)


# ---- Checking goes the way that loading goes ----

SLIPS = {
    "no catalogue": ("", {"a": TEXT}, {}),
    "nothing listed": ("source = []\n", {"a": TEXT}, {}),
    "an id twice": (ONE + ONE.replace("a.txt", "b.txt") + 'id = "a"\n', {"a": TEXT, "b": TEXT}, {}),
    "a relation to nothing": (ONE + 'related = [{ id = "zz", reason = "r" }]\n', {"a": TEXT}, {}),
    "a date": (ONE.replace("1997-01-05", "soon"), {"a": TEXT}, {}),
    "an empty text": (ONE, {"a": " "}, {}),
    "labels": (ONE, {"a": TEXT}, {"labels.csv": "referent,name,source\nx,y,zz\n"}),
    "a place of a label": (ONE, {"a": TEXT}, {"labels.csv": "referent,name,source,cite,quote\nx,words,,a 99,words\n"}),
    "cues": (ONE, {"a": TEXT}, {"cues.csv": "term,kind\nx,sort\n"}),
    "headlines": (ONE, {"a": TEXT}, {"headlines.csv": 'date\n"x'}),
    "glossary": (ONE, {"a": TEXT}, {"glossary.toml": "term = [\n"}),
    "record": (ONE, {"a": TEXT}, {"record.toml": "[[record]\n"}),
    "events": (ONE, {"a": TEXT}, {"events.toml": '[[event]]\nid = "x"\n'}),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_what_is_not_ready_is_never_called_ready(slip, folder, capsys):
    catalogue, texts, files = SLIPS[slip]
    place = folder(catalogue, **texts)
    for name, words in files.items():
        (place / name).write_text(words, encoding="utf-8")
    assert main(["check", str(place)]) == 1
    said = capsys.readouterr().out
    loaded = len(files) > 0
    if not loaded:
        with pytest.raises(CorpusError) as error:
            load_corpus(place)
        assert str(error.value).split(" Run: ")[0] in said
    assert "1 of 1 texts are ready" not in said
    assert "python -m helpers" not in said
    assert next(iter(files), "catalogue.toml" if catalogue != ONE else "a.txt") in said


def test_a_folder_in_order_is_ready(folder, capsys):
    place = folder(ONE, a=TEXT)
    (place / "labels.csv").write_text("referent,name,source,cite,quote\nx,words,,a 2,First words\n", encoding="utf-8")
    assert main(["check", str(place)]) == 0
    assert "1 of 1 texts are ready to use." in capsys.readouterr().out
    assert main(["check", str(place / "none")]) == 1
    assert main(["check", str(load_corpus().folder)]) == 0


def test_texts_are_known_by_their_ending_and_the_rest_is_named(folder):
    place = folder(ONE, a=TEXT)
    for name in ("B.TXT", "notes.docx", ".hidden.txt", "c.txt~"):
        (place / name).write_text(TEXT, encoding="utf-8")
    (place / "x.txt").mkdir()
    said = repr(check(place))
    assert "B.TXT is in the folder but not in catalogue.toml." in said and 'file = "B.TXT"' in said
    assert "Left aside: c.txt~, x.txt (a folder). A text is a file" in said
    assert "Left aside: notes.docx. Open each in the program" in said and "Left aside: .hidden.txt. Names that" in said
    assert "1 of 2 texts are ready" in said


NAMES = ["it's.txt", 'it"s.txt', "a b.txt", "ab.txt", "ü.txt", "漢.txt", "字.txt", "back\\slash.txt", "tab\t.txt", "line\n.txt",
         "\x7f.txt", "#.txt", "record.txt", "a.txt", "text1.txt"]  # fmt: skip


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids these names")
def test_the_lines_to_paste_are_valid_whatever_the_files_are_called(tmp_path):
    for name in NAMES:
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    lines = "\n".join(check(tmp_path).lines)
    (tmp_path / "catalogue.toml").write_text(lines, encoding="utf-8")
    corpus = load_corpus(tmp_path)
    assert sorted(source.file for source in corpus.values()) == sorted(NAMES)
    assert check(tmp_path).ready


def test_a_console_of_few_characters_is_written_to(folder, monkeypatch):
    import io

    place = folder(ONE, a=TEXT)
    (place / "漢字¶.txt").write_text(TEXT, encoding="utf-8")
    for encoding in ("cp1252", "ascii"):
        console = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        monkeypatch.setattr("sys.stdout", console)
        assert main(["check", str(place)]) == 1
        console.flush()
        assert b"\\u6f22" in console.buffer.getvalue()


def test_loading_names_the_command_and_the_command_does_not(folder):
    place = folder(a=TEXT)
    refused(place, f'Run: python -m helpers check "{place}"')
    assert "python -m" not in repr(check(place))
    assert "Paste into catalogue.toml in that folder" in repr(check(place))
