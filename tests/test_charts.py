"""Charts: any drawing with a sentence and a table; a timeline's windows; colours from one place."""

import json
import re
from html import unescape

import pytest
from project import ROOT

from helpers import chronology, known_by, record, steps, timeline
from helpers.base.edtf import interval
from helpers.base.errors import CorpusError, KitError
from helpers.base.table import Table
from helpers.history.tellings import in_words
from helpers.lab.charts import MIME, SOURCE_COLOURS, Chart, chart, styles


@pytest.fixture(scope="module")
def table(corpus):
    return chronology(corpus)


def test_any_drawing_has_a_sentence_and_a_table_of_its_own_columns(corpus):
    rows = Table(
        [["rw888 ¶5", "a", "", None], ["l5i ¶1", "b", "", 2]], columns=["cite", "word", "empty", "n"], corpus=corpus
    )
    drawn = chart({"mark": "bar", "data": {"values": [{"word": "a"}]}}, "Two words.", rows)
    assert isinstance(drawn, Chart) and repr(drawn) == "Two words."
    drawing, below = drawn.bundles()
    assert drawing[MIME]["mark"] == "bar" and drawing[MIME]["description"] == drawing["text/plain"] == "Two words."
    assert "vega-lite/v5" in drawing[MIME]["$schema"]
    assert drawing[MIME]["usermeta"]["embedOptions"]["actions"] is False
    assert "<th" in below["text/html"] and "word" in below["text/html"] and "empty" not in below["text/html"]
    assert "¶5</summary>" in below["text/html"]
    assert "cite" not in chart({}, "x", rows, ["word"]).bundles()[1]["text/plain"]


def test_a_source_has_one_colour_and_one_shape_wherever_it_is_drawn(corpus):
    ours = styles(corpus)
    assert {id: ours[id][0] for id in corpus} == SOURCE_COLOURS
    assert len({shape for _, shape in ours.values()}) == len(ours)
    assert styles(["mine", *corpus])["rw888"] == ours["rw888"] and "mine" in styles(["mine"])
    for path in (ROOT / "helpers").rglob("*.py"):
        assert path.stem == "charts" or not re.search("#[0-9a-f]{6}", path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    "window, says",
    [
        ({"start": "1998", "end": "1996"}, "start, 1998, is later than end, 1996"),
        ({"start": "soon"}, "start: “soon” can't be read"),
        ({"end": ""}, "end: There is no date yet"),
        ({"start": "2050"}, "Nothing in this table lies between 2050"),
        ({"order": "backwards"}, "happened or told"),
    ],
)
def test_a_window_or_order_that_is_none_is_a_sentence(table, window, says):
    with pytest.raises(CorpusError, match=says):
        timeline(table, **window)


def test_any_window_that_holds_an_event_is_drawn(table):
    for start in ("2000", "1 July 1997", "1996", "1960", None):
        drawn = timeline(table, start=start)
        assert " event" in drawn.words and drawn.spec["datasets"]["lanes"]
    assert timeline(table, end="22 April 1997").words == timeline(table, end="1997-04-22").words


def test_the_order_of_the_telling_honours_the_window_too(corpus):
    own = chronology(corpus, "ww188")
    told = timeline(own, order="told", start="1997-04-22", end="1997-04-22")
    assert 0 < len(told) < len(timeline(own, order="told"))
    assert all(interval(edtf).touches(interval("1997-04-22")) for edtf in told.edtf)


@pytest.mark.parametrize(
    "make", [lambda corpus: corpus, lambda corpus: None, lambda corpus: "rw888", lambda corpus: corpus["l5i"]]
)
def test_what_is_no_chronology_is_a_sentence(corpus, make):
    with pytest.raises(KitError, match=r"a table, such as chronology\(corpus\)"):
        timeline(make(corpus))


def test_a_table_without_its_columns_or_rows_is_a_sentence(corpus, table):
    with pytest.raises(CorpusError, match="no column printed"):
        timeline(table.drop(columns="printed"))
    with pytest.raises(CorpusError, match="no column event"):
        timeline(known_by(corpus, "1997-02-20").drop(columns="events"))
    with pytest.raises(CorpusError, match="nothing to draw"):
        timeline(table.query("source == 'nobody'"))


@pytest.mark.parametrize(
    "edtf, words",
    [
        ("[1997-03-03..1997-03-06]", "between 3 and 6 Mar 1997"),
        ("1997-03-03/1997-03-06", "3 to 6 Mar 1997"),
        ("1997-04-22?", "22 Apr 1997 (unsure)"),
        ("198X~", "about 1980s"),
        ("1984/1997", "1984 to 1997"),
    ],
)
def test_a_date_as_a_label_says_it(edtf, words):
    assert in_words(edtf) == words


# ---- Steps ----


@pytest.fixture(scope="module")
def held(corpus):
    return record(corpus, "hostages held")


def values(panel: dict, layer: int) -> list[dict]:
    return panel["layer"][layer]["data"]["values"]


def test_each_row_is_a_step_from_its_first_to_its_last_day(held):
    whole, larger = steps(held).spec["vconcat"]
    for panel in (whole, larger):
        drawn = {(one["start"][:10], one["end"][:10]): one["value"] for one in values(panel, 3)}
        rows = {(str(interval(row.when)[0]), str(interval(row.when)[1])): row.value for row in held.itertuples()}
        assert drawn == {days: value for days, value in rows.items() if value != "480 to 700"}
        wide = {one["value"]: (one["low"], one["high"]) for one in values(panel, 1)}
        assert wide["74"] == (72, 74) and wide["480 to 700"] == (480, 700) and "105" not in wide
    assert [one["value"] for one in values(larger, 8)] == ["83", "81", "74", "73", "72"]


def test_ranges_drops_and_heights_are_those_of_the_numbers():
    rows = [("1997-01-01", "100", "90 to 120"), ("1997-01-03", "80", ""), ("1997-01-04", "20", "")]
    made = steps(
        Table(rows, columns=["when", "value", "range"]).assign(unit="hostages"),
        80,
        source="l5i",
        days="1997-01-02/1997-01-03",
    )
    (panel,) = made.spec["vconcat"]
    assert [(one["low"], one["high"]) for one in values(panel, 1)] == [(90, 120)]
    assert [(one["from"], one["number"]) for one in values(panel, 2)] == [(100, 80), (80, 20)]
    assert [one["text"] for one in values(panel, 4)] == ["l5i 80"]
    assert (values(panel, 0)[0]["start"], values(panel, 0)[0]["end"]) == ("1997-01-02T00:00Z", "1997-01-03T23:59Z")
    assert panel["encoding"]["y"]["scale"]["type"] == "log"
    assert SOURCE_COLOURS["l5i"] in json.dumps(panel)


def test_a_number_is_named_only_where_it_finds_room():
    rows = [(f"1997-01-{day:02d}", f"{value:,}", "") for day, value in enumerate(range(1020, 1000, -1), 1)]
    panel = steps(Table(rows, columns=["when", "value", "range"]).assign(unit="hostages")).spec["vconcat"][0]
    named = [one["value"] for one in values(panel, 8)]
    assert named == [row[1] for row in rows[::2]]


def test_nothing_of_the_answer_is_in_the_plain_steps(held):
    plain = steps(held)
    for panel in plain.spec["vconcat"]:
        assert not any(values(panel, layer) for layer in (0, 4, 5, 6, 7, 9, 10))
    assert "line" not in plain.words and "Your" not in plain.words


@pytest.mark.parametrize("number", [74, 83, 72, 104, 400])
@pytest.mark.parametrize("mine", ["1996-12-30/1997-01-22", "1997-01", "1985", "1997-04-22", "1996-12/1997-05"])
def test_the_sentence_of_steps_agrees_with_the_table(held, number, mine):
    drawn = steps(held, number, source="l5i", days=mine)
    rows = list(drawn.table.itertuples())
    met = [in_words(row.when) for row in rows if row.value == str(number)]
    said = f"The line at {number} meets " + (f"the step of {met[0]}." if met else "no step.")
    assert said in drawn.words
    inside = [row.value for row in rows if interval(row.when).touches(interval(mine))]
    assert (", ".join(inside) if inside else "holds none of them") in drawn.words.split("Your interval")[1]
    assert f"{rows[0].value} hostages" in drawn.words and f"{rows[-1].value} on 22 April 1997" in drawn.words
    larger = drawn.spec["vconcat"][-1]
    assert [one["value"] for one in values(larger, 5)] == [row.value for row in rows if row.value == str(number)]
    assert values(larger, 0)[0]["start"][:10] == str(interval(mine).earliest)
    assert len(values(larger, 6)) == 2 * len(met)


def test_what_has_no_steps_is_a_sentence(corpus, held):
    for table in (held.head(0), held.drop(columns="when"), known_by(corpus, "1997-02-20"), held.assign(value="many")):
        with pytest.raises(CorpusError, match="has days and a number"):
            steps(table)
    with pytest.raises(CorpusError, match="days: "):
        steps(held, 74, days="soon")


def test_few_steps_need_no_larger_panel_and_lie_in_any_order(held):
    assert len(steps(held.head(3)).spec["vconcat"]) == 1
    assert steps(held.iloc[::-1]).words == steps(held).words


def test_a_drawing_higher_than_a_page_brings_its_table_to_paper(table, held):
    whole, part = timeline(table), timeline(table, start="2000")
    rows = Table([["a"]], columns=["word"])
    spellings = [{"height": 1001}, {"height": 1000}, {"height": "container"}, {"height": {"step": 2000}}, {}]
    drawn = [whole, part, steps(held), *(chart(spec, "One word.", rows) for spec in spellings)]
    pages = [one.bundles()[1]["text/html"] for one in drawn]
    tall = [place for place, html in enumerate(pages) if 'class="lima tall' in html]
    assert tall == [0, 3] and f'<p class="on-paper">{whole.words}</p>' in unescape(pages[0])
