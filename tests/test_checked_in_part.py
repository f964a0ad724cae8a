"""Marks, events of one's own and copied cells: what is checked in part, from their letters to what is said."""

import pytest

from helpers.base.errors import CorpusError
from helpers.lessons.answers import State
from helpers.lessons.events import EVENT
from helpers.lessons.passages import Passage
from helpers.lessons.sheets import Sheet, _checked, question, sheet
from helpers.texts.reading import read

# ---- Marks ----


def test_the_second_of_two_equal_places_stays_the_second(corpus):
    passage = Passage("l5i 3", read(corpus, "l5i 3").spans)
    first, second = [at for at in range(len(passage.text)) if passage.text.startswith("of", at)][:2]
    for start, saved in ((first, "of"), (second, {"quote": "of", "nth": 2})):
        assert passage.mark(start, start + 2) == saved
        assert passage.place(saved if isinstance(saved, dict) else {"quote": saved}) == (start, start + 2)


def test_marks_go_to_the_page_and_back(corpus):
    asked = question("03.4")
    answer = {"l5i 3": [{"quote": "of", "nth": 2}, "reluctant guests"], "rw898 20": "pass", "note": "mine"}
    fields = asked.fields(asked.read(answer), corpus)
    assert fields["answer"]["over"] == ["rw898 20"] and fields["answer"]["note"] == "mine"
    back = asked.from_fields(fields, corpus)
    assert back["l5i 3"][1] == "reluctant guests" and back["l5i 3"][0]["nth"] == 2
    assert back == asked.read(answer) | {"l5i 3": back["l5i 3"]}


def test_words_that_stand_nowhere_are_listed_and_not_lost(corpus):
    asked = question("03.4")
    fields = asked.fields({"l5i 3": ["words of my own"]}, corpus)
    assert fields["answer"]["marks"][0]["start"] == -1
    assert asked.from_fields(fields, corpus)["l5i 3"] == ["words of my own"]


# ---- Events ----

GOOD = {
    "title": "Peruvian forces raid the residence",
    "from": "22 April 1997",
    "to": "",
    "source": "ww188",
    "citation": "ww188 1",
    "quote": "On Tuesday April 22 at 3.17 pm",
    "rival of": "",
    "note": "",
}


def said(corpus, **changed) -> str:
    verdict = question("08.6").verdict([GOOD, GOOD | {"title": "Two"}, GOOD | changed], corpus)
    return " ".join(remark.message for remark in verdict.remarks)


@pytest.mark.parametrize(
    "day, citation, quote",
    [
        ("6 March 1997", "rw898 12", "Two days later, the MRTA called off the talks"),
        ("3 March 1997", "rw898 11", "In early March, Fujimori went to Cuba"),
        ("17 December 1996", "rw909 3", "last December"),
    ],
)
def test_a_day_that_the_passage_does_not_name_asks_for_a_note(corpus, day, citation, quote):
    event = {"from": day, "source": citation.split()[0], "citation": citation, "quote": quote}
    assert f"The words of {citation} name no such day." in said(corpus, **event)
    assert "name no such day" not in said(corpus, **event, note="from the record")
    assert "name no such day" not in said(corpus, **event | {"from": "3 March 1997", "to": "16 March 1997"})


def test_three_good_events_are_in_order(corpus):
    assert question("08.6").verdict([GOOD, GOOD, GOOD], corpus).state == State.PART


@pytest.mark.parametrize(
    "changed, says",
    [
        ({"title": ""}, "no title"),
        ({"from": "soon"}, "can't be read as a date"),
        ({"from": "23 April 1997", "to": "22 April 1997"}, "From is later than To"),
        ({"quote": "the"}, "Quote at least 4 words"),
        ({"citation": ""}, "no citation. Name the text"),
        ({"quote": "words that stand nowhere here"}, "do not stand in ww188 1"),
        ({"quote": ""}, "do not stand in"),
        ({"source": "rw888"}, "source is rw888, but the citation is ww188 1"),
        ({"citation": "ww188 99"}, "ww188"),
        ({"source": "record", "citation": "no such topic"}, "The record has no topic"),
        ({"rival of": "a title that I never gave"}, "No event of yours is called"),
    ],
)
def test_what_is_amiss_in_an_event_is_said(corpus, changed, says):
    assert says in said(corpus, **changed)


@pytest.mark.parametrize("short", ["1", "¶1", "¶ 1"])
def test_a_source_that_is_chosen_is_not_typed_a_second_time(corpus, short):
    assert question("08.6").verdict([GOOD, GOOD, GOOD | {"citation": short}], corpus).state == State.PART
    assert "Write a text and a paragraph" in said(corpus, citation="page one") and "read(" not in said(
        corpus, citation="x y"
    )


def test_all_faults_of_an_event_are_told_at_once(corpus):
    words = said(corpus, title="", quote="the", **{"from": "soon"})
    assert "no title" in words and "at least 4 words" in words and "date" in words


def test_an_event_may_leave_fields_out_and_a_typed_one_counts(corpus):
    asked = question("08.6")
    assert asked.read([{"title": "x"}]) == [dict.fromkeys(EVENT, "") | {"title": "x"}]
    typing = {"title": "typed and not added"}
    assert asked.from_fields({"answer": {"events": [GOOD], "typing": typing}}, corpus) == [GOOD, typing]
    assert asked.from_fields({"answer": {"events": [GOOD], "typing": typing, "at": 0}}, corpus) == [typing]


# ---- Cells and dates ----


def test_a_copied_cell_needs_a_word_that_answers_its_column(corpus):
    asked = question("03.2")
    cell = asked.asked["rw888", "who does it"]
    assert asked._said(cell, "a commando unit of the MRTA", corpus)[0]
    assert not asked._said(cell, "a party", corpus)[0]  # words of the paragraph all the same
    assert not asked._said(cell, "a commando unit that stands nowhere", corpus)[0]


def test_a_single_day_where_the_words_give_more_is_told_so(corpus):
    asked = question("07.3")
    verdict = asked.verdict("5 March 1997", corpus)
    assert verdict.state == State.REFUSED and "finer" in verdict.said[0]


def test_how_sure_one_is_goes_from_one_to_five(corpus):
    asked = question("01.7")
    for sure in ("1", 5, "3 "):
        assert asked.verdict({"answer": "January 1997", "confidence": sure}, corpus).state == State.KEPT
    for sure in ("0", 6, "12", "very"):
        assert asked.verdict({"answer": "January 1997", "confidence": sure}, corpus).state == State.UNREADABLE


# ---- Ids ----


def test_an_id_belongs_to_its_question_for_good():
    found = sheet(1)
    first = found.question[0]
    for broken in (
        Sheet(notebook=1, central_question="?", question=found.question, retired=(first.id,)),
        Sheet(notebook=1, central_question="?", question=(first, first)),
        Sheet(notebook=2, central_question="?", question=(first,)),
    ):
        with pytest.raises(CorpusError, match=r"01\.toml"):
            _checked(broken, "01.toml")
    turned = Sheet(notebook=1, central_question="?", excerpt=found.excerpt, question=found.question[::-1])
    assert _checked(turned, "01.toml") is turned  # the order of the page need not be that of the ids
