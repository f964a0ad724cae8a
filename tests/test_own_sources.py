"""Texts of one's own: a folder is looked at and written, never over; copied words are looked up; lists from answers."""

import json
import tomllib

import pytest

from helpers import (
    answer,
    chronology,
    cues,
    load_corpus,
    marked,
    naming_grid,
    own_file,
    own_texts,
    then_and_now,
    timeline,
)
from helpers.base.errors import CorpusError, KitError
from helpers.lab.exercises import ask
from helpers.lab.own import SAMPLE
from helpers.lessons.answers import Badge, State
from helpers.lessons.ledger import Ledger, places, where
from helpers.lessons.session import leave, session
from helpers.lessons.sheets import numbers, question, sheet
from helpers.texts.check import check
from helpers.texts.writing import Pasted, csv_of, files_of, proposed, write_new

LEDGERS = [asked for number in numbers() for asked in sheet(number).question if isinstance(asked, Ledger)]
FIRST, SECOND = "The team won at home on Sunday.\r\nA brilliant match.", "The visitors lost. A so-called match."
PASTED = {
    "about": {"text 1": {"short name": "Echo", "title": "Won", "day of print": "5 May 1999"}, "text 2": {}},
    "text 1": FIRST,
    "text 2": SECOND,
}


@pytest.fixture(autouse=True)
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMA_WORK", str(tmp_path / "work"))
    leave()
    yield tmp_path / "work"
    leave()


def press(box, do, value=None):
    box.hear({"do": do} | ({"value": value} if value is not None else {}))
    return box.told["heading"], " ".join(box.told["said"])


# ---- The kit's own two ----


def test_the_sample_is_ready_and_a_corpus_of_its_own():
    corpus = load_corpus(SAMPLE)
    assert check(SAMPLE).ready and len(corpus) == 2
    assert len(cues(corpus)) == len(tomllib_rows("cues.csv")) == 10
    assert (naming_grid(corpus)[list(corpus)] != "none").all(axis=None)
    assert set(chronology(corpus).source) == set(corpus)
    for source in corpus.values():
        assert "does not exist" in source.publisher and "kit" in source.creator


def tomllib_rows(name):
    return (SAMPLE / name).read_text(encoding="utf-8").splitlines()[1:]


def test_words_held_up_as_the_samples_stand_in_them():
    """In notebook 10 italics of a sample are words of the kit's two articles, as a ledger would find them."""
    corpus = load_corpus(SAMPLE)
    given = {"1": {"words, copied": "magnificent", "what they make easier to believe": "x"}}
    two = given | {"2": {"words, copied": "was left without traffic", "what they make easier to believe": "y"}}
    assert question("10.3").verdict(two, corpus).state == State.PART
    row = {"who does it": "none", "the verb": "was opened", "what the thing is called": "The toll road"}
    other = {"who does it": "Queen Margrethe II of Denmark", "the verb": "opened", "what the thing is called": "link"}
    said = question("10.2").verdict({"the first text": other, "the second text": row}, corpus)
    assert said.state == State.PART and len(said.remarks) == 5  # "none" is not looked up


# ---- Pasting ----


def test_nothing_is_written_before_one_asks_and_then_the_texts_are_the_notebooks(desk):
    box = own_texts()
    assert box.folder == SAMPLE and session().corpus.folder == SAMPLE
    heading, said = press(box, "check", PASTED)
    assert (heading, (desk / "own").exists()) == ("", False)
    assert "echo" in said and "1999-05-05" in said and "2 of 2 texts are ready" in said
    heading, said = press(box, "over")
    assert heading == "" and sorted(path.name for path in (desk / "own").iterdir()) == [
        "1_echo.txt", "2_text.txt", "catalogue.toml"]  # fmt: skip
    assert (desk / "own" / "1_echo.txt").read_bytes() == FIRST.replace("\r\n", "\n").encode()
    again = own_texts()
    assert again.folder == desk / "own" and list(session().corpus) == ["echo", "text"]
    assert check(again.folder).sentences[-1] == "2 of 2 texts are ready to use."
    assert len(cues(load_corpus(again.folder))) == 0, "nothing of Lima, nothing of the sample"


def test_what_is_there_stays(desk):
    box = own_texts()
    press(box, "check", PASTED)
    press(box, "over")
    before = {path: path.read_bytes() for path in (desk / "own").iterdir()}
    heading, said = press(box, "over")
    assert heading == "Not yet." and "is in own already" in said
    second = own_texts()
    press(second, "check", PASTED | {"text 1": "Another."})
    press(second, "over")
    assert {path: path.read_bytes() for path in (desk / "own").iterdir()} == before
    assert own_texts().folder == desk / "own-2"


@pytest.mark.parametrize(
    "changed, says",
    [
        ({"text 2": " "}, "The words of text 2 are missing"),
        ({"about": {"text 1": {"day of print": "soonish"}}}, "soonish"),
        ({"about": {"text 1": {"short name": "<b>x</b>"}}, "text 1": "<script>alert(1)</script>"}, "ready to use"),
        ({"text 1": "words with \0 inside"}, "plain text"),
    ],
)
def test_a_slip_is_one_sentence_and_typed_words_are_no_markup(desk, changed, says):
    said = press(own_texts(), "check", PASTED | changed)[1]
    assert says in said and "<script" not in said and "<b>x" not in said
    assert not (desk / "own").exists()


def test_what_can_not_be_loaded_is_not_written_and_a_folder_that_was_spoilt_leaves_the_kits_two(desk):
    box = own_texts()
    assert press(box, "over", PASTED | {"text 1": "a\0b"})[0] == "Not yet." and not (desk / "own").exists()
    press(box, "over", PASTED)
    (desk / "own" / "1_echo.txt").write_text("changed")
    again = own_texts()
    assert again.folder == SAMPLE and "SHA-256 differs" in again.description["prompt"]


def test_without_a_place_to_write_it_says_so(monkeypatch):
    box = own_texts()
    box.free = None
    assert "Nothing can be written" in press(box, "over", PASTED)[1]


def test_a_folder_of_a_teacher_can_be_named(folder):
    place = folder('[[source]]\nfile = "a.txt"\ntitle = "A"\npublished = "1999"\n', a="One word. Two words.")
    assert own_texts(str(place)).folder == place
    with pytest.raises(CorpusError, match="no folder"):
        own_texts(place / "none")


def test_names_become_ids_that_differ_and_titles_toml_can_hold():
    texts = [Pasted(name, 'A "quoted"\\ title\n', "1999", "w") for name in ("Éco!", "eco", "", "record")]
    files = files_of(texts)
    entries = tomllib.loads(files["catalogue.toml"])["source"]
    assert [entry["id"] for entry in entries] == ["eco", "eco1", "text", "record1"]
    assert entries[0]["title"] == 'A "quoted"\\ title'
    assert proposed(texts).sentences[-1] == "4 of 4 texts are ready to use."


def test_writing_is_all_or_nothing_where_a_file_is_there(tmp_path):
    (tmp_path / "b.txt").write_text("old")
    with pytest.raises(CorpusError, match="nothing is overwritten"):
        write_new(tmp_path, {"a.txt": "new", "b.txt": "new"})
    assert not (tmp_path / "a.txt").exists() and (tmp_path / "b.txt").read_text() == "old"


# ---- Copied words ----


@pytest.mark.parametrize(
    "words, found",
    [
        ("reluctant guests", "Found once: l5i ¶3."),
        ("“Reluctant Guests”.", "Found once: l5i ¶3."),
        ("Massacre in Lima", "Found once: ww188 ¶0."),
        ("the MRTA", "times: rw888 ¶"),
        ("reluctant ... guests", "No text here"),
        ("***", "No text here"),
        ("", "No text here"),
    ],
)
def test_copied_words_are_looked_up(corpus, words, found):
    said = where(places(corpus, words), once=True)
    assert found in said and ("One word more" in said) == ("times" in said)


@pytest.mark.parametrize("asked", LEDGERS, ids=lambda asked: asked.id)
def test_a_ledger_is_kept_and_only_copied_words_are_looked_at(asked, corpus):
    words = {column: (asked.options.get(column) or ["the"])[0] for column in asked.all_columns}
    table = {row: {column: words[column] for column in asked.open_columns(row)} for row in asked.rows}
    kept = asked.verdict(table, corpus)
    assert kept.state == (State.PART if asked.quoted else State.KEPT)
    assert asked.badge == (Badge.PART if asked.quoted else Badge.JUDGED)
    few = dict(list(table.items())[: asked.least - 1])
    assert asked.verdict(few, corpus).state == State.BLANK
    if asked.quoted:
        row = asked.rows[-1]
        astray = table | {row: table[row] | {asked.quoted[0]: "xyzzy plugh"}}
        verdict = asked.verdict(astray, corpus)
        assert verdict.state == (State.PART if asked.file else State.REFUSED)
        assert next(remark.message for remark in verdict.remarks if remark.row == row).startswith("No text here")
    assert len(asked.voices) == len(set(asked.voices)) >= 1


def test_words_are_looked_up_as_a_field_is_left_and_stay_said_while_drafts_are_saved():
    box = ask("09.2")
    table = {"evidence 1": {"words of a text, copied": "reluctant guests"}}
    box.hear({"do": "left", "value": {"answer": table}})
    assert [(cell["row"], "Found once" in cell["html"]) for cell in box.told["cells"]] == [("evidence 1", True)]
    assert "<summary>l5i ¶3</summary>" in box.told["cells"][0]["html"] and box.told["state"] == "open"
    box.hear({"do": "typed", "value": {"answer": table}})
    session().settle()
    assert len(box.told["cells"]) == 1
    box.hear({"do": "check", "value": {"answer": {}}})
    assert box.told["cells"] == []


def test_a_case_opens_with_its_candidates_its_places_and_its_quotations():
    answer("09.3", 'A brutal case: "reluctant guests" (l5i 3), "never said" and rw888 ¶999. ' + "word " * 140)
    page = marked("09.3")._repr_html_()
    assert "brutal" in page and "<summary>l5i ¶3</summary>" in page
    assert "Found once" in page and "No text here" in page and "rw888 has ¶0 to ¶" in page


# ---- Lists ----

CUES = {str(n): {"my cue": cue, "its kind": kind} for n, (cue, kind) in enumerate(
    [("brilliant", "charged"), ("so-called", "charged"), ("perhaps", "hedge"), ("won", "certainty"), ("match*", "vague source")], 1)}  # fmt: skip


def test_a_list_from_an_answer_is_seen_at_once_and_written_when_asked(desk):
    box = own_texts()
    press(box, "check", PASTED)
    press(box, "over")
    corpus = load_corpus(own_texts().folder)
    lists = own_file("10.4")
    assert "has no row" in press(lists, "over")[1]
    assert "No words of these texts are copied here yet." in marked("10.4")._repr_html_()
    answer("10.4", CUES)
    drawn = marked("10.4")._repr_html_()
    assert "brilliant" in drawn and "vague source" in drawn and "the machine" not in drawn
    assert "brilliant" in press(lists, "check")[1] and not (corpus.folder / "cues.csv").exists()
    press(lists, "over")
    assert list(cues(corpus).text) == ["won", "brilliant", "match", "so-called", "match"]
    assert "has these rows already" in press(lists, "over")[1]
    assert check(corpus.folder).sentences[-1] == "2 of 2 texts are ready to use."


def test_a_list_is_replaced_at_a_second_press_and_comes_back_and_nothing_is_lost(desk):
    press(own_texts(), "over", PASTED)
    corpus = load_corpus(own_texts().folder)
    place, lists = corpus.folder / "cues.csv", own_file("10.4")
    place.write_bytes("term,kind\ncafé,charged\n".encode("cp1252"))  # from a spreadsheet: kept byte for byte
    held = {"spreadsheet": place.read_bytes()}
    answer("10.4", CUES)
    assert "Press again, and your rows will take its place" in press(lists, "over")[1]
    assert place.read_bytes() == held["spreadsheet"] and not place.with_stem("cues-1").exists()
    answer("10.4", CUES | {"1": {"my cue": "splendid", "its kind": "charged"}})
    assert "Press again" in press(lists, "over")[1], "other rows are asked about anew"
    assert "kept as" in press(lists, "over")[1]
    held["splendid"] = place.read_bytes()
    assert place.with_stem("cues-1").read_bytes() == held["spreadsheet"] and b"splendid" in held["splendid"]
    assert "the older list, cues-1.csv, will take its place" in press(lists, "over")[1]
    press(lists, "over")  # undone
    assert place.read_bytes() == held["spreadsheet"] and place.with_stem("cues-2").read_bytes() == held["splendid"]
    press(lists, "over")
    press(lists, "over")  # and done again
    assert place.read_bytes() == held["splendid"]
    assert "the older list, cues-3.csv," in press(lists, "over")[1], "never the same rows again"
    assert check(corpus.folder).sentences[-1] == "2 of 2 texts are ready to use."


def test_a_warning_holds_for_one_press(desk):
    press(own_texts(), "over", PASTED)
    place, lists = own_texts().folder / "cues.csv", own_file("10.4")
    answer("10.4", CUES)
    for words in ("term,kind\na,charged\n", "term,kind\nb,charged\n"):  # changed by somebody else meanwhile
        place.write_text(words)
        assert "Press again" in press(lists, "over")[1] and place.read_text() == words
        assert "Done." in press(lists, "over")[1]


def test_a_list_that_can_not_be_replaced_says_so_and_stays(desk):
    press(own_texts(), "over", PASTED)
    folder, lists = own_texts().folder, own_file("10.4")
    answer("10.4", CUES)
    press(lists, "over")
    answer("10.4", CUES | {"1": {"my cue": "splendid", "its kind": "charged"}})
    press(lists, "over")
    before = (folder / "cues.csv").read_bytes()
    (folder / "cues-1.csv").symlink_to(folder / "nowhere" / "x")  # in the way, although there is no such file
    assert "be replaced: No such file" in press(lists, "over")[1]
    assert (folder / "cues.csv").read_bytes() == before


def test_names_and_events_of_ones_own(desk):
    box = own_texts()
    press(box, "check", PASTED)
    press(box, "over")
    corpus = load_corpus(own_texts().folder)
    assert "no events.toml" in chronology(corpus).note
    columns = ("what is meant", "a name for it, copied")
    names = [("those who won", "team"), ("those who lost", "visitors")]
    answer("10.7", {str(n): dict(zip(columns, row, strict=True)) for n, row in enumerate(names, 1)})
    told = ("what happened", "words that tell it, copied", "when")
    events = [("A match", "won at home on Sunday", "2 May 1999"), ("a match", "The visitors lost", "3 May 1999")]
    answer("10.8", {str(n): dict(zip(told, row, strict=True)) for n, row in enumerate(events, 1)})
    both = own_file("10.7", "10.8")
    said = press(both, "over")[1]
    assert said.count("is written beside") == 2
    assert naming_grid(corpus).to_dict("list")["echo"] == ["team 1", "none"]
    table = chronology(corpus)
    assert list(table.edtf) == ["1999-05-02", "1999-05-03"] and list(table.rival) == ["text", "echo"]
    assert set(table.event) == {"event1"}, "one event, told twice, and the two can't both be true"
    drawn, lima = json.dumps(timeline(table).bundles()), json.dumps(timeline(chronology(load_corpus())).bundles())
    assert "Grey bands" not in drawn and "Grey bands: the record." in lima


def test_nothing_is_put_beside_the_kits_own_two(desk):
    own_texts()
    answer("10.4", CUES)
    before = sorted(path.name for path in SAMPLE.iterdir())
    assert "the kit" in press(own_file("10.4"), "over")[1]
    assert sorted(path.name for path in SAMPLE.iterdir()) == before


def test_a_question_that_makes_no_list_says_so():
    with pytest.raises(KitError, match="makes no list"):
        own_file("10.3")


def test_a_spreadsheet_reckons_nothing_from_a_list():
    assert csv_of([{"referent": '=2+2 "x"', "name": "a,\nb"}]) == 'referent,name\n"2+2 ""x""","a, b"\n'


# ---- Then and now ----


def test_what_was_written_then_stands_beside_what_is_written_now():
    assert len(then_and_now("00.2", "09.5")) == 0
    then = "Then <b> I thought that five texts would tell me all that happened in those days."
    now = "Now I think that they tell me what five writers wanted their readers to believe."
    answer("00.2", {"answer": then, "confidence": "2"})
    answer("09.5", now)
    shown = then_and_now("00.2", "09.5")
    assert list(shown["your words"]) == [then, now] and list(shown["how sure"]) == ["2", ""]
    assert "<b>" not in shown._repr_html_()
