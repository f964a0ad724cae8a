"""Every question three ways: accepted answers pass, listed wrong ones get their own message, a blank is not answered."""

import re

import pytest
from prose import citations, cited_words, quotations

from helpers import load_corpus
from helpers.base.edtf import interval
from helpers.base.errors import CorpusError
from helpers.base.files import load_toml
from helpers.lessons.answers import Checked, Judged, State
from helpers.lessons.events import Timeline
from helpers.lessons.exact import Date, Number, Order
from helpers.lessons.grids import Grid, listed
from helpers.lessons.ledger import Ledger
from helpers.lessons.marks import Mark
from helpers.lessons.questions import Choice, Judgement, Prediction, Quotation, Text
from helpers.lessons.sheets import Sheet, ids, numbers, question, sheet
from helpers.lessons.words import blank

CORPUS = load_corpus()
ALL = [asked for number in numbers() for asked in sheet(number).question]
each = pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked.id)
PRAISE = re.compile(r"\b(correct|incorrect|wrong|right|score|well done|good|excellent|mistake)\b", re.IGNORECASE)


def of(*kinds):
    found = [asked for asked in ALL if isinstance(asked, kinds) and not isinstance(asked, Ledger)]
    return pytest.mark.parametrize("asked", found, ids=lambda asked: asked.id)


# Cells that are kept and not checked: the words of passage D do not decide.
UNCHECKED = {"01.1": {("D", "before or after")}}


def filled(asked: Grid, only: tuple | None = None, words: str | None = None) -> dict:
    """Every cell with an accepted answer, one of them replaced by `words`."""
    cells = {at: cell.sample for at, cell in asked.asked.items()}
    if only:
        cells[only] = words
    table: dict[str, dict[str, str]] = {}
    for (row, column), value in cells.items():
        table.setdefault(row, {})[column] = value
    return table


@each
def test_a_blank_is_not_answered_yet(asked):
    for nothing in (None, "", "  ", "...", "\n", "\u00a0", ..., {}, [], {"row": {"column": ""}}, [[], [""]]):
        verdict = asked.verdict(nothing, CORPUS)
        assert (verdict.state, verdict.said) == (State.BLANK, ("Not answered yet.",)), nothing
    assert asked.verdict("pass", CORPUS).state == State.PASSED
    if isinstance(asked, Judgement) and asked.reason:
        assert asked.verdict({"answer": "", "reason": "why"}, CORPUS).state == State.BLANK


def accepted_by(asked) -> list[str]:
    """Answers that are accepted: those listed, and of a date the least, the most and what lies between."""
    if not isinstance(asked, Date):
        return list(asked.accepted)
    return [days for days in (asked.days.least, asked.days.most) if days]


@of(Checked, Choice)
def test_each_accepted_answer_passes(asked):
    for answer in accepted_by(asked):
        answer = answer.split("..")[0] if isinstance(asked, Number) else answer
        if isinstance(asked, Quotation) and len(answer.split()) < asked.least:
            continue  # a quotation contains an accepted string; the whole is tried below
        assert asked.verdict(answer, CORPUS).state == "accepted", answer


@of(Quotation)
def test_a_quotation_that_holds_an_accepted_string_passes(asked):
    from helpers import locate, read

    for answer in asked.accepted:
        place = locate(CORPUS[asked.source], answer)
        whole = read(CORPUS, place.cite).spans[-1].text
        assert asked.verdict(whole, CORPUS).state == "accepted"
    assert asked.verdict("words that stand nowhere at all", CORPUS).said == (asked.absent,)


@of(Checked)
def test_each_listed_wrong_answer_has_a_message_of_its_own(asked):
    messages = [refused.message for refused in asked.refused]
    assert len(set(messages)) == len(messages) >= 2
    for refused in asked.refused:
        verdict = asked.verdict(refused.answer.split("..")[0], CORPUS)
        assert (verdict.state, verdict.said) == ("refused", (refused.message,)), refused.answer


@of(Choice)
def test_each_option_has_a_message_of_its_own(asked):
    said = [asked.verdict(option.key, CORPUS).said for option in asked.option]
    assert len(set(said)) == len(asked.option)
    for option in asked.option:
        assert asked.verdict(option.key, CORPUS).state == ("accepted" if option.key in asked.accepted else "refused")


@of(Grid)
def test_a_table_cell_by_cell(asked):
    assert asked.verdict(filled(asked), CORPUS).state == "accepted"
    places = {(row, column) for row in asked.rows for column in asked.columns if column not in asked.free_columns}
    assert places - {(cell.row, cell.column) for cell in asked.cell} == UNCHECKED.get(asked.id, set())
    for cell in asked.cell:
        if cell.given:
            continue
        assert cell.refused
        at = (cell.row, cell.column)
        for answer in (*cell.accepted, *cell.holds):
            assert asked.verdict(filled(asked, at, answer), CORPUS).state == "accepted", (at, answer)
        for refused in cell.refused:
            for answer in listed(refused.answer):
                verdict = asked.verdict(filled(asked, at, answer), CORPUS)
                assert verdict.state == State.REFUSED, (at, answer)
                assert [(r.row, r.column, r.message) for r in verdict.remarks] == [(*at, refused.message)], answer
        for remarked in cell.remarked:
            verdict = asked.verdict(filled(asked, at, remarked.answer), CORPUS)
            assert verdict.state == State.ACCEPTED, (at, remarked.answer)
            assert [(remark.message, remark.good) for remark in verdict.remarks] == [(remarked.message, True)]
        wrong = {answer for one in cell.refused for answer in listed(one.answer)}
        for days in {cell.days.least, cell.days.most} - {"", *wrong} if cell.days else ():
            assert asked.verdict(filled(asked, at, days), CORPUS).state == State.ACCEPTED, (at, days)
    first = next(cell for cell in asked.cell if not cell.given)
    unforeseen = asked.verdict(filled(asked, (first.row, first.column), "zzz unforeseen"), CORPUS)
    assert unforeseen.state == State.REFUSED
    assert (
        unforeseen.remarks[0].message == asked.otherwise or "can't be read as a date" in unforeseen.remarks[0].message
    )


@of(Mark, Timeline)
def test_what_is_checked_in_part(asked):
    for answer in asked.accepted:
        assert asked.verdict(answer if isinstance(asked, Mark) else list(answer), CORPUS).state == State.PART
    messages = [refused.message for refused in asked.refused]
    assert len(set(messages)) == len(messages) >= 2
    for refused in asked.refused:
        verdict = asked.verdict(refused.answer, CORPUS)
        assert (verdict.state, verdict.said[0]) == ("refused", refused.message)


@of(Mark)
def test_two_readings_differ_and_lie_in_the_passages(asked):
    first, second = asked.reading[:2]
    assert first.marks != second.marks and first.reason != second.reason
    for reading in asked.reading:
        assert asked.verdict(reading.marks, CORPUS).state == State.PART
    astray = {place: ["words that stand nowhere"] for place in asked.passages}
    assert "Not every mark stands in" in " ".join(asked.verdict(astray, CORPUS).said)


@of(Date, Order, Number)
def test_answers_nobody_foresaw_get_one_sentence(asked):
    odd = {Date: "0701", Number: "987654", Order: " ".join(reversed([i.key for i in getattr(asked, "item", ())]))}
    answer = next(value for kind, value in odd.items() if isinstance(asked, kind))
    assert asked.verdict(answer, CORPUS).said


@of(Judged)
def test_what_nobody_can_mark_is_kept_without_praise_or_blame(asked):
    options = [option.key for option in getattr(asked, "option", ())] or [
        "1997-01" if getattr(asked, "interval", 0) else "three " * getattr(asked, "least", 1)
    ]
    for answer in options:
        assert asked.verdict(answer, CORPUS).state == "kept"
    if isinstance(asked, Judgement | Text):
        assert len(asked.samples) >= 2
        assert len({sample.says for sample in asked.samples}) == len(asked.samples)
    if isinstance(asked, Text) and asked.title.startswith("Exit"):
        assert {sample.level for sample in asked.samples} == {1, 2, 3}
        assert all(sample.why for sample in asked.samples)
    if isinstance(asked, Judgement):
        assert all(option.feedback for option in asked.option)
    shown = [sample.says for sample in asked.samples] + [option.feedback for option in getattr(asked, "option", ())]
    for words in [*shown, asked.after, getattr(asked, "look", "")]:
        assert not PRAISE.search(re.sub(r'"[^"]*"', "", words)), words


@of(Prediction)
def test_a_prediction_of_days_takes_every_date_and_nothing_else(asked):
    if asked.interval:
        for date in (
            "1997-01",
            "January 1997",
            "1-17 January 1997",
            "17.1.1997",
            "from 17 December 1996 to 5 Jan 1997",
        ):
            assert asked.verdict(date, CORPUS).state == State.KEPT, date
        for words in ("in January", "Martian 1997", "soon"):
            assert asked.verdict(words, CORPUS).state == State.BLANK, words


@each
def test_citations_resolve_and_quotations_stand_where_they_are_cited(asked, corpus):
    from helpers import read

    strings = list(all_strings(asked))
    named = [cite for words in strings for cite in citations(words)]
    for cite in (*asked.cites, *named):
        read(corpus, cite)
    passages = {excerpt.cite: excerpt.quote for excerpt in sheet(int(asked.id[:2])).excerpt}
    for cite, quote in passages.items():
        assert any(quote in words for words in cited_words(corpus, [cite])), cite
    lines = [headline.headline for headline in asked.headlines]
    words = cited_words(corpus, [*asked.cites, *named]) + lines
    for text in strings:
        for quote in quotations(text):
            assert any(quote in place for place in words), f"{quote!r} does not stand in a place cited in {asked.id}"
    for item in getattr(asked, "item", ()):
        assert not item.quote or any(item.quote in place for place in cited_words(corpus, item.cites)), item.key


def all_strings(asked):
    """Every sentence of a question that a reader can be shown."""
    yield from (asked.prompt, asked.after, *asked.hints, getattr(asked, "otherwise", ""), getattr(asked, "look", ""))
    yield from (getattr(asked, name, "") for name in ("elsewhere", "absent"))
    yield from (sample.says for sample in getattr(asked, "samples", ()))
    for option in getattr(asked, "option", ()):
        yield from (option.text, option.feedback)
    for holder in (asked, *getattr(asked, "cell", ())):
        said = (getattr(holder, name, ()) for name in ("refused", "remarked", "ranges"))
        yield from (one.message for entries in said for one in entries)


@pytest.mark.parametrize("number", numbers())
def test_minutes_fit_a_lesson(number):
    core = [asked.minutes for asked in sheet(number).question if asked.part == "core"]
    assert sum(core) <= 40  # reading comes on top


@of(Date)
def test_dates_in_keys_are_legal(asked):
    for key in (*accepted_by(asked), *(refused.answer for refused in asked.refused)):
        assert interval(key)
    least, most = (interval(days) for days in (asked.days.least or asked.days.most, asked.days.most))
    assert most.holds(least)


def test_each_question_is_asked_once_in_its_notebook_and_in_order():
    from prose import books, source

    for number, book in books().items():
        code = "\n".join(source(cell) for cell in book["cells"] if cell["cell_type"] == "code")
        assert re.findall(r'ask\("(.*?)"\)', code) == [asked.id for asked in sheet(int(number)).question]


QUESTION = """
notebook = 7
central_question = "?"
[[question]]
id = "07.1"
type = "number"
part = "core"
minutes = 1
title = "T"
prompt = "P"
hints = ["h"]
accepted = ["3"]
refused = [{ answer = "4", message = "m" }, { answer = "5", message = "n" }]
otherwise = "o"
unit = "u"
"""


@pytest.mark.parametrize(
    "old, new, says",
    [
        ('unit = "u"', "", "question 07.1: the field `unit` is missing"),
        ("hints", "hint", "there is no field `hint`. Did you mean hints"),
        ('type = "number"', 'type = "riddle"', "question 07.1, field `type`: invalid value 'riddle'"),
        ("minutes = 1", 'minutes = "one"', "field `minutes`: expected `int`, got `str`"),
        ('part = "core"', 'part = "cor"', "field `part`"),
        ('["h"]', "[]", "field `hints`"),
        ('id = "07.1"', 'id = "7.1"', "field `id`"),
        ('message = "m"', 'mesage = "m"', "Did you mean message"),
    ],
)
def test_a_slip_in_a_question_file_names_file_question_and_key(tmp_path, old, new, says):
    path = tmp_path / "07.toml"
    path.write_text(QUESTION.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CorpusError) as error:
        load_toml(path, Sheet)
    assert "07.toml" in str(error.value)
    assert says in str(error.value)


@pytest.mark.parametrize("number", [*range(12), 99])
def test_ids_are_found_without_reading_the_questions(number):
    assert ids(number) == [asked.id for asked in sheet(number).question]


def test_an_unknown_question_names_the_nearest():
    with pytest.raises(CorpusError, match="Did you mean 01"):
        question("01.99")


@pytest.mark.parametrize(
    "value, empty", [("x", False), (0, False), ({"a": {"b": "x"}}, False), ("…", True), ([""], True)]
)
def test_blank(value, empty):
    assert blank(value) is empty


@pytest.mark.parametrize(
    "cite, quote", [("l5i 3", "“hearts and minds”"), ("rw898 6", "`So far, Peru has not"), ("rw898 20", "U.S.-backed")]
)
def test_a_mark_goes_to_its_letters_and_back(corpus, cite, quote):
    from helpers.lessons.passages import Passage
    from helpers.texts.reading import read

    passage = Passage(cite, read(corpus, cite).spans)
    start, end = passage.place({"quote": quote})
    assert passage.text[start:end] == quote
    assert passage.mark(start, end) == quote


@pytest.mark.parametrize("value, kept", [(12345678.5, "12345678.5"), (74.0, "74"), (0.1, "0.1"), (7, "7")])
def test_a_number_keeps_its_digits(value, kept):
    assert question("01.6").read(value) == kept


def test_a_name_of_a_megabyte_is_not_said_back():
    for asked, value in ((question("03.2"), {"x" * 10**6: ["a"]}), (question("08.6"), [{"y" * 10**6: "a"}])):
        assert len(asked.verdict(value, CORPUS).said[0]) < 500


def test_a_row_that_is_asked_no_longer_is_kept_and_not_judged():
    asked = question("06.9")
    kept = {asked.former[0]: {"whose forecast": "relayed", "what came": "otherwise"}}
    assert asked.read(kept) == kept
    assert asked.verdict(kept, CORPUS).state == State.BLANK
