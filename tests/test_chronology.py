"""The chronology: tellings verbatim, rivals computed, what could be read by a day, and every mark of the drawing in its table."""

import copy
import json
import random
import re
from itertools import pairwise

import pytest

from helpers import chronology, known_by, load_corpus, timeline
from helpers.base.edtf import interval
from helpers.base.errors import CorpusError, KitError
from helpers.history.chronology import jump
from helpers.history.record import records
from helpers.history.rivals import amount
from helpers.history.tellings import events
from helpers.texts.corpus import find

RIVALS = {
    ("first-armed-action", "l5i", "record"),
    ("juanjui", "l5i", "record"),
    ("congress-closed", "rw909", "l5i"),
    ("congress-closed", "rw909", "record"),
    ("us-aid-1992", "rw909", "record"),
    ("prisoners-killed", "rw909", "record"),
}


@pytest.fixture(scope="module")
def table(corpus):
    return chronology(corpus)


def test_there_is_enough_and_every_quotation_is_verbatim(corpus):
    told = [(event, telling) for event in events(corpus.folder) for telling in event.told]
    assert len(told) >= 45
    assert len({event.id for event, _ in told}) >= 25
    for event, telling in told:
        assert corpus[telling.source].text.count(telling.quote) == 1, event.id
        assert len(list(find(corpus[telling.source], telling.quote, literal=True))) == 1
        assert telling.value in telling.quote
        assert interval(telling.edtf).earliest.year >= 1960
        assert telling.how_dated == "stated" or telling.reason
        assert len(event.title) <= 60


def test_the_records_events_are_known_and_sourced(corpus):
    known = {event.id for event in events(corpus.folder)}
    joined = [entry for entry in records(corpus.folder) if entry.event]
    assert {entry.event for entry in joined} <= known
    assert all(entry.citations for entry in joined)


def test_ids_choose_the_texts(corpus):
    own = chronology(corpus, "l5i")
    assert set(own.source) == {"l5i", "record"}
    assert set(own.event) == set(own.query("source == 'l5i'").event)  # no event that the record alone tells
    with pytest.raises(CorpusError, match="no source"):
        chronology(corpus, "zz")
    with pytest.raises(KitError, match=r"can't use .* as `ids`"):
        chronology(corpus, ["rw888", "l5i"])


def test_a_difference_inside_the_range_is_said_in_the_drawing(table):
    lines = " ".join(" ".join(line["text"].split()) for line in timeline(table).spec["datasets"]["lines"])
    assert "this lies within its range, 15:13 to 15:39" in lines


def test_rivals_are_those_and_no_others(table):
    found = {(row.event, row.source, other) for row in table.itertuples() for other in row.rival.split(", ") if other}
    both = {(event, *sorted(pair)) for event, *pair in found}
    assert both == {(event, *sorted(pair)) for event, *pair in RIVALS}
    assert all((event, other, source) in found for event, source, other in found)


def test_a_calendar_is_no_conflict(table):
    held = table.query("event == 'hostages-held'")
    assert {"about 80", "74", "72"} <= set(held.value)
    assert set(held.rival) == {""}


def test_a_difference_inside_the_records_range_is_shown_as_that(table):
    minute = table.query("value == '3.17 pm'").iloc[0]
    assert minute.rival == ""
    assert "15:23" in minute.within and "15:13 to 15:39" in minute.within


@pytest.mark.parametrize(
    "words, low, high",
    [("15:13 to 15:39", 913, 939), ("3.17 pm", 917, 917), ("more than 50", 50, float("inf")), ("72", 72, 72),
     ("More than 50", 50, float("inf")), ("AT LEAST 1,500", 1500, float("inf")), ("no fewer than 7", 7, float("inf")),
     ("At most 90", 0, 90), ("Fewer than 30", 0, 30), ("not more than 30", 0, 30), ("About 80", 72, 88), ("3 p.m.", 900, 900),
     ("12.05 am", 5, 5), ("25 to 45", 25, 45)],
)  # fmt: skip
def test_amounts(words, low, high):
    assert amount(words) == (low, high)


DAYS = {
    "1997-01-04": [], "1997-01-05": ["rw888"],
    "1997-01-16": ["rw888"], "1997-01-17": ["rw888", "l5i"],
    "1997-03-15": ["rw888", "l5i"], "1997-03-16": ["rw888", "l5i", "rw898"],
    "1997-04-23": ["rw888", "l5i", "rw898"], "1997-04-24": ["rw888", "l5i", "rw898", "ww188"],
    "1997-05-31": ["rw888", "l5i", "rw898", "ww188"], "1997-06-01": ["rw888", "l5i", "rw898", "ww188", "rw909"],
}  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_what_could_be_read_by_a_day(corpus, day):
    known = known_by(corpus, day)
    assert list(known.source) == list(corpus)
    assert list(known[known.known == "yes"].source) == DAYS[day]
    assert all(known.reason)
    assert "infer" in known.set_index("source").reason["l5i"]


def test_a_text_printed_in_a_month_is_out_by_its_end(folder):
    place = folder(CATALOGUE.format("1886-05"), t="It began in May.")
    assert known_by(load_corpus(place), "1886-05-30").reason[0] == "Printed by 31 May 1886, 1 day later."
    assert known_by(load_corpus(place), "1886-05-31").known[0] == "yes"


def test_a_day_may_be_typed(corpus):
    assert list(known_by(corpus, "20 February 1997").reason) == list(known_by(corpus, "1997-02-20").reason)


@pytest.mark.parametrize("day", ["soon", "1997-02-30", "", 1997, None])
def test_a_day_that_is_none_is_refused_in_a_sentence(corpus, day):
    with pytest.raises(KitError):
        known_by(corpus, day)


# ---- The drawing ----


def marks(chart) -> list[dict]:
    return [mark for name, rows in chart.spec["datasets"].items() if name.startswith("marks") for mark in rows]


def test_every_mark_is_in_the_table_and_the_reverse(table):
    chart = timeline(table, start="1980")
    drawn = {(mark["title"], mark["source"], mark["edtf"]) for mark in marks(chart)}
    assert drawn == {(row.title, row.source, row.edtf) for row in chart.table.itertuples()}


def test_it_is_two_outputs_with_words_and_without_a_menu(table):
    drawing, below = timeline(table).bundles()
    assert set(drawing) == {"application/vnd.vegalite.v5+json", "text/plain"}
    assert "<details" in below["text/html"]
    assert "<table" in below["text/html"] and "&lt;table" not in below["text/html"]
    spec = drawing["application/vnd.vegalite.v5+json"]
    assert spec["usermeta"]["embedOptions"]["actions"] is False
    assert "can't all be true" in drawing["text/plain"]
    json.dumps(spec)
    assert "vega-lite/v5" in spec["$schema"]


def test_a_month_is_a_month_wide_and_both_rival_quotations_are_words_in_it(table):
    chart = timeline(table)
    wide = [mark for mark in marks(chart) if mark["edtf"] == "1996-12"]
    assert wide and all((mark["start"], mark["end"]) == ("1996-12-01", "1997-01-01") for mark in wide)
    lines = " ".join(" ".join(line["text"].split()) for line in chart.spec["datasets"]["lines"])
    assert "The MRTA’s first armed actions were in 1987" in lines
    assert "31 May 1982" in lines


def test_a_bar_is_cut_at_the_edges_of_its_panel(corpus):
    table = chronology(corpus, "l5i", "rw888").query("edtf in ['198X', '1980/1997', '1984']")
    chart = timeline(table, start="1985", end="1987")
    assert {(mark["start"], mark["end"]) for mark in marks(chart)} == {("1985-01-01", "1988-01-01")}


def test_the_slider_says_what_known_by_says(corpus, table):
    chart = timeline(table)
    from datetime import date

    base = date(1996, 12, 31)
    for day, sources in DAYS.items():
        at = (date.fromisoformat(day) - base).days
        seen = {lane["source"] for lane in chart.spec["datasets"]["lanes"] if lane["known"] <= at}
        assert seen == set(sources), day


def test_windows_and_orders(corpus, table):
    assert len(timeline(table, start="1996-12").table) < len(table)
    assert set(timeline(chronology(corpus, "l5i"), end="1990").table.source) == {"l5i", "record"}
    told = timeline(chronology(corpus, "ww188"), order="told")
    assert list(told.columns) == ["told", "cite", "event", "edtf", "jump", "words"]
    assert any(leap.startswith("back") for leap in told.jump)
    with pytest.raises(CorpusError, match="happened or told"):
        timeline(table, order="backwards")
    with pytest.raises(CorpusError, match="Nothing in this table"):
        timeline(table, start="2050")
    with pytest.raises(CorpusError, match="one text"):
        timeline(table, order="told")


@pytest.mark.parametrize(
    "a, b, words",
    [
        ("1997-04-22", "1997-04-22", "same day"),
        ("1997-04-22", "1996-12-17", "back 4 months"),
        ("1997-04-22", "1997-04-23", "forward 1 day"),
        ("1997-04-23", "1997-04-10", "back 13 days"),
        ("1997-04-01", "1997-04-15", "forward 2 weeks"),
        ("1997-01-01", "1997-03-02", "forward 9 weeks"),
        ("1997-01-01", "1997-03-03", "forward 2 months"),
        ("1984", "1987", "forward 2 years or more"),
        ("1997-04", "1997-04-22", "no jump: they share days"),
    ],
)
def test_jumps_in_words(a, b, words):
    assert jump(a, b) == words


def slider(chart) -> dict | None:
    (day,) = chart.spec["params"]
    return day.get("bind")


def test_the_slider_stands_where_it_can_change_something_and_names_no_number(corpus, table):
    assert slider(timeline(table, start="1996-12"))["input"] == "range"
    assert not re.search(r"\d", slider(timeline(table))["name"])
    still = [
        timeline(chronology(corpus, "l5i"), end="1990"),
        timeline(table.query("source == 'record'"), start="1996-12"),
        timeline(table.query("source == 'rw909'").assign(printed="1997-01-01"), start="1996-12"),
    ]
    assert [slider(chart) for chart in still] == [None, None, None]
    assert "utcFormat" in timeline(table).spec["title"]["text"]["expr"]


def test_no_words_leave_their_room_and_none_is_small(corpus, table):
    for chart in (timeline(table), timeline(table, start="1996-12"), timeline(chronology(corpus, "l5i"), end="1990")):
        spec = chart.spec
        assert sum(view["width"] for view in spec["concat"][: spec["columns"]]) + 14 * (spec["columns"] - 1) <= 620
        lines = [line for row in spec["datasets"]["lines"] for line in row["text"].split("\n")]
        titles = [line for row in spec["datasets"]["titles"] for line in row["text"].split("\n")]
        assert max(map(len, lines), default=0) <= 46 and max(map(len, titles)) <= 92
        assert min(int(size) for size in re.findall(r'[fF]ontSize": (\d+)', json.dumps(spec))) >= 11


def test_a_tall_chart_has_its_axis_below_as_well(table):
    assert len(timeline(table, start="1996-12").spec["concat"]) == 6
    assert len(timeline(table.query("event == 'raid'")).spec["concat"]) == 4


def test_the_sentence_of_a_timeline_agrees_with_its_table(corpus, table):
    mine = [mine_of("A"), mine_of("B", source="record", citation="x", **{"from": "1996-12-18", "to": "1996-12-18"})]
    for chart in (timeline(table), timeline(chronology(corpus, mine=mine)), timeline(table.query("event == 'raid'"))):
        titles, rows = chart.spec["datasets"]["titles"], chart.table
        assert len(titles) == rows.event.nunique()
        assert chart.words.startswith("1 event," if len(titles) == 1 else f"{len(titles)} events,")
        own = rows[rows.how == "mine"].event.nunique()
        assert (f"{own} of them on your line" in chart.words) is bool(own)
        rivals = rows[rows.event.isin(rows[rows.rival != ""].event)].drop_duplicates("event").title
        said = f"all be true: {'; '.join(rivals)}." if len(rivals) else "no two versions exclude each other."
        assert chart.words.endswith(said)


# ---- A student's own events ----


def own(count: int) -> list[dict]:
    make = random.Random(count)
    rows = []
    for n in range(count):
        month, day = make.randint(1, 4), make.randint(1, 28)
        rows.append({"title": f"Event {n} of mine", "from": f"1997-{month:02d}-{day:02d}", "to": f"1997-{month:02d}-28", "source": "rw898",
                     "citation": "rw898 ¶2", "quote": "The digging had been going on since January.",
                     "rival of": f"Event {n - 1} of mine" if n % 5 in (1, 3) else "", "note": ""})  # fmt: skip
    return rows


def test_twenty_five_events_with_ten_rivals_do_not_overlap(corpus):
    chart = timeline(chronology(corpus, mine=own(25)), start="1996-12")
    assert sum("yours" in line["text"] for line in chart.spec["datasets"]["lines"]) >= 10
    lanes = sorted((lane["y0"], lane["y2"]) for lane in chart.spec["datasets"]["lanes"])
    assert all(below >= above for (_, above), (below, _) in pairwise(lanes))


def mine_of(title="", source="l5i", **more):
    event = {"title": title, "from": "1984", "to": "1984", "source": source, "quote": "The MRTA was formed in 1984."}
    return event | more


def test_a_note_may_hold_the_words_of_a_remark_of_ours(corpus):
    note = "I think this lies within its range"
    drawn = timeline(chronology(corpus, mine=[mine_of("Founded", note=note)]), end="1990")
    assert note in set(drawn.table.remark) and set(drawn.table.within) == {""}


def test_an_event_without_a_title_is_nobodys_rival(corpus):
    events = [mine_of(), mine_of("A", source="record", citation="x"), mine_of("B", source="record", citation="y")]
    own = chronology(corpus, mine=events).query("how == 'mine'")
    assert len(own) == 3 and set(own.rival) == {""}
    named = [mine_of("A"), mine_of("B", source="record", **{"rival of": "a"})]
    own = chronology(corpus, mine=named).query("how == 'mine'")
    assert set(own.rival) == {"record (yours)", "l5i (yours)"} and len(set(own.event)) == 1


def test_an_event_of_ones_own_joins_the_row_that_tells_of_the_same_words_or_finding(corpus):
    record = {"source": "record", "citation": "What happened"}
    events = [
        mine_of("a"),
        mine_of("b", quote="The MRTA’s first armed actions were in 1987"),
        mine_of("c", **record, **{"from": "1996-12-17", "to": "1996-12-17"}),
        mine_of("d", **record, **{"from": "1960", "to": "1960"}),
    ]
    own = chronology(corpus, mine=events).query("how == 'mine'").set_index("title").event
    assert own.to_dict() == {"a": "mrta-formed", "b": "first-armed-action", "c": "takeover", "d": "yours 4"}


@pytest.mark.parametrize(
    "quote, first, event",
    [
        (
            "Peruvian president, ordered the assault",
            "1997-04-22",
            "raid",
        ),  # the sentence of the raid, other words of it
        ("Peruvian president, ordered the assault", "1997-03-01", "yours 1"),  # not on that day
        ("The MRTA occupation of the Japanese residence", "1997-04-22", "yours 1"),  # another paragraph
    ],
)
def test_an_event_of_ones_own_is_the_kits_by_sentence_and_day(corpus, quote, first, event):
    event_of_mine = mine_of("Mine", source="ww188", quote=quote, **{"from": first, "to": first})
    assert list(chronology(corpus, mine=[event_of_mine]).query("how == 'mine'").event) == [event]


def test_ones_own_events_come_first_and_of_the_others_only_what_falls_within_their_days(corpus):
    mine = [
        mine_of("A raid", source="ww188", quote="On Tuesday April 22 at 3.17 pm", **{"from": "1997-04-22", "to": ""}),
        mine_of("Something", source="record", citation="x", **{"from": "1997-03-03", "to": "1997-03-06"}),
    ]
    chart = timeline(chronology(corpus, mine=mine), start="1996-12")
    titles = [row["text"] for row in chart.spec["datasets"]["titles"]]
    assert titles[:2] == ["Yours: Something", "Yours: A raid · here: Peruvian forces raid the residence"]
    assert not any(title.startswith("Yours") for title in titles[2:])
    days = [interval("1997-04-22"), interval("1997-03-03/1997-03-06")]
    rest = chart.table[~chart.table.event.isin(["raid", "yours 2"])]
    assert len(rest) and all(any(day.holds(interval(edtf)) for day in days) for edtf in rest.edtf)
    assert len(titles) < 20
    assert chart.table.query("event == 'raid'").how.iloc[0] == "mine"
    first = chart.spec["datasets"]["lanes"][0]
    assert first["text"].startswith("yours") and first["band"]


def test_events_of_ones_own_may_come_from_a_generator_and_dates_as_they_are_typed(corpus):
    given = (mine_of(str(n), **{"from": "17 December 1996", "to": "April 1997"}) for n in range(2))
    assert list(chronology(corpus, mine=given).query("how == 'mine'").edtf) == ["1996-12-17/1997-04"] * 2


@pytest.mark.parametrize(
    "mine, says",
    [
        ("a story", "can't use 'a story' as `mine`"),
        (1997, "can't use 1997 as `mine`"),
        ({"title": "A"}, "Your event 1 is 'title', not a record"),
        (["a"], "Your event 1 is 'a', not a record"),
        ([{"title": "A", "from": "soon"}], "Your event 1, A: “soon”"),
        ([{"from": ""}], "Your event 1, without a title: There is no date yet"),
        ([{"title": "A", "from": "1997", "to": "1996"}], "Your event 1, A: .*ends before"),
    ],
)
def test_what_are_no_events_is_a_sentence(corpus, mine, says):
    with pytest.raises(KitError, match=says):
        chronology(corpus, mine=mine)


@pytest.mark.parametrize("mine", [None, [], "pass"])
def test_no_events_of_ones_own_are_no_fault(corpus, table, mine):
    assert len(chronology(corpus, mine=mine)) == len(table)


# ---- Slips in the file ----

GOOD = '[[event]]\nid = "a"\ntitle = "A"\n[[event.told]]\nsource = "t"\nquote = "It began"\nedtf = "1997"\nhow_dated = "stated"\n'


@pytest.mark.parametrize(
    "text, says",
    [
        (GOOD + GOOD, "given twice"),
        (GOOD.replace("1997", "1997-02-30"), "no calendar"),
        (GOOD.replace("It began", "It ended"), "never says"),
        (GOOD.replace('"stated"', '"inferred"'), "no reason"),
        (GOOD.replace('"stated"', '"guessed"'), "how_dated"),
        (GOOD + 'value = "3"\n', "belong together"),
        (GOOD + 'value = "3"\nas_of = "1997-02-30"\n', r"events\.toml, a, t: .*no calendar"),
        (GOOD.replace('"1997"', '""'), r"events\.toml, event a, .*`edtf`"),
        (GOOD + 'as_of = ""\n', r"events\.toml, event a, .*`as_of`"),
        (GOOD.replace('"t"', '"zz"'), "no source"),
    ],
)
def test_a_slip_in_the_events_is_a_sentence(folder, text, says):
    place = folder('[[source]]\nfile = "t.txt"\ntitle = "T"\npublished = "1997"\n', t="It began in May.")
    (place / "events.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=says):
        chronology(load_corpus(place))


def test_the_spec_is_not_changed_by_showing_it(table):
    chart = timeline(table)
    before = copy.deepcopy(chart.spec)
    chart.bundles()
    assert chart.spec == before


CATALOGUE = '[[source]]\nfile = "t.txt"\ntitle = "T"\npublished = "{}"\n'


def test_a_folder_of_ones_own_sees_nothing_of_lima(folder):
    place = folder(CATALOGUE.format("1886-05-05"), t="It began in May. It ended.")
    mine = load_corpus(place)
    table = chronology(mine)
    assert len(table) == 0 and "events.toml" in table.note and table.note in table.html(5)
    assert list(known_by(mine, "1886-05-06").events) == [0]
    for year in ("1886", "1887"):
        (place / "events.toml").write_text(GOOD.replace("1997", year), encoding="utf-8")
        assert list(chronology(mine).edtf) == [year]  # the edited file counts
    assert list(known_by(mine, "1886-05-06").events) == [1]


@pytest.mark.parametrize("day", ["0001-01-01", "0001", "9999-12-31", "9999", "[1997-01-01..1997-01-17]"])
def test_at_the_limits_of_the_calendar_all_is_drawn(folder, day):
    place = folder(CATALOGUE.format(day), t="It began in May. It ended.")
    second = GOOD.replace('"a"', '"b"').replace("It began", "It ended")
    (place / "events.toml").write_text(GOOD.replace("1997", day) + second, encoding="utf-8")
    corpus = load_corpus(place)
    assert set(known_by(corpus, "0001-01-01").known) | set(known_by(corpus, "9999-12-31").known) <= {"yes", "no"}
    for table in (chronology(corpus), chronology(corpus).query("event == 'a'")):
        assert len(marks(timeline(table))) >= len(table)
    assert len(timeline(chronology(corpus), order="told")) == 2


@pytest.mark.parametrize("value, rival, within", [("40", "", "The record has 30; this lies within its range, 25 to 45."),
                                                  ("50", "record", ""), ("30", "", ""), ("At least 20", "", "")])  # fmt: skip
def test_a_value_is_compared_with_the_range_of_the_record(folder, value, rival, within):
    place = folder(CATALOGUE.format("1997-05-05"), t=f"It killed {value} people.")
    telling = GOOD.replace("It began", f"It killed {value} people.") + f'value = "{value}"\nas_of = "1997"\n'
    (place / "events.toml").write_text(telling, encoding="utf-8")
    cited = '[{ author = "A", title = "T", date = "1999", address = "https://x.org" }]'
    entry = f'[[record]]\nid = "a"\ntopic = "t"\nfinding = "F"\nevent = "a"\nedtf = "1997"\ncitations = {cited}\n'
    (place / "record.toml").write_text(f'{entry}value = "30"\nrange = "25 to 45"\n', encoding="utf-8")
    row = chronology(load_corpus(place)).query("source == 't'").iloc[0]
    assert (row.rival, row.within) == (rival, within)
