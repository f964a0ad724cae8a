"""Claims side by side, voices, shared words, the afterlife of a claim, context cards: by the files, by days, by search."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prose import books, source
from test_voice import leaning

from helpers.base.errors import CorpusError
from helpers.history.cards import card, cards
from helpers.history.claims import before_it_happened, claims, compare_claims, stations
from helpers.history.independence import independence
from helpers.history.record import records
from helpers.history.rivals import amount
from helpers.history.tellings import printed
from helpers.lab.afterlife import LANES, afterlife
from helpers.texts.corpus import paragraphs
from helpers.texts.counting import words_of
from helpers.texts.library import load_corpus, read_source
from helpers.texts.reading import read
from helpers.texts.shared import LEAST, common_runs, shared_passages, sharing

TOPICS = ["hostages held", "the prisoners", "trainers", "tunnels", "the raid", "the dead", "beginnings",
          "the armed conflict"]  # fmt: skip
CORPUS = load_corpus()
PLACED = claims(CORPUS)
each_topic = pytest.mark.parametrize("topic", TOPICS)

# ---- The file ----


def test_the_topics_are_eight_and_the_record_speaks_to_each():
    assert list(dict.fromkeys(one.claim.topic for one in PLACED)) == TOPICS
    assert 30 <= len(PLACED) <= 40
    assert {entry.topic for entry in records(CORPUS.folder)} >= set(TOPICS)


@pytest.mark.parametrize("one", PLACED, ids=lambda one: f"{one.place.source.id}: {one.claim.value}"[:40])
def test_a_claim_stands_in_its_text_and_means_what_it_says(one):
    claim = one.claim
    assert one.place.source.text.count(claim.quote) == 1 and claim.value in claim.quote
    assert one.place.text in "\n".join(span.text for span in read(CORPUS, one.place.cite).spans)
    assert bool(amount(claim.number)) == bool(claim.number)
    foretold = before_it_happened(one.place.source, claim.as_of) is True
    assert (claim.kind != "claim") == foretold, "what is printed before it happened is a forecast, and nothing else is"


@each_topic
def test_the_record_has_a_verdict_on_each_topic_and_names_whom_it_rests_on(topic):
    found = [entry for entry in records(CORPUS.folder) if entry.topic == topic]
    assert any(entry.verdict for entry in found)
    assert any(entry.range or entry.not_found for entry in found)
    assert all(entry.citations for entry in found)


CATALOGUE = """
[[source]]
file = "a.txt"
title = "A"
published = "1886-05-05"
[[source]]
file = "b.txt"
title = "B"
published = "1886-05-01"
[[source]]
file = "c.txt"
title = "C"
published = "1886-05-01/1886-05-05"
[[source]]
file = "d.txt"
title = "D"
published = "not stated"
[[source]]
file = "e.txt"
title = "E"
published = "1886-05-04"
[[source]]
file = "f.txt"
title = "F"
published = "1886-05-05"
"""
CLAIM = """
[[claim]]
topic = "the crowd"
source = "a"
quote = "some 500 people"
value = "500"
number = "500"
unit = "people"
counted = "people"
attributed_to = "Herald, of May 4"
"""
RECORD = """
[[record]]
id = "meeting"
topic = "the crowd"
finding = "They met."
edtf = "1886-05-04"
citations = [{ author = "A", title = "T", date = "1", address = "https://x.org" }]
"""


@pytest.fixture
def place(folder):
    place = folder(
        CATALOGUE,
        a="There were some 500 people.",
        b="Nothing yet.",
        c="Nothing.",
        d="Nothing.",
        e="Nothing.",
        f="Nothing.",
    )
    (place / "record.toml").write_text(RECORD, encoding="utf-8")
    return place


def written(place, text, name="claims.toml"):
    (place / name).write_text(text, encoding="utf-8")
    return load_corpus(place)


@pytest.mark.parametrize(
    "old, new, says",
    [
        ("some 500 people", "same 500 people", "claims.toml, claim 1: a never says"),
        ("some 500", "Some 500", "claim 1: a has 'some 500 people'. Copy it letter by letter"),
        ('value = "500"', 'value = "600"', "claim 1: the value '600' is not in its quotation"),
        ('"a"', '"z"', "claim 1: There is no source 'z'"),
        ('number = "500"', 'number = "many"', "claim 1: 'many' holds no number"),
        ("counted", "countd", "no field `countd`. Did you mean counted"),
        ('counted = "people"', 'counted = "people"\nas_of = "1886-02-30"', "claim 1: .*no calendar"),
        ('counted = "people"', 'counted = "people"\nkind = "guess"', "field `kind`"),
        (CLAIM, '[[station]]\nedtf = "1886"\nwho = "A"\nrecord = "meting"', "station 1: .*no entry 'meting'.*meeting"),
    ],
)
def test_a_slip_in_the_claims_is_named(place, old, new, says):
    corpus = written(place, CLAIM.replace(old, new))
    with pytest.raises(CorpusError, match=says):
        stations(corpus) if "station" in says else compare_claims(corpus, "the crowd")


SAYS = {
    "who killed": "killed|shot",
    "who trained the Peruvian forces": "army|U.S.",
    "who dug": "police",
    "since when": "January|start",
    "how long it took": "minutes",
    "when the MRTA began": "1980s|1984",
    "first armed action": "1987",
}


def test_a_value_is_one_of_what_is_counted_and_words_about_others_are_theirs():
    for one in PLACED:
        claim = one.claim
        assert re.search(SAYS.get(claim.counted, ""), claim.value), claim.value
        assert not (claim.attributed_to and "in other words" in claim.value), (
            "the text's own words are not the source's"
        )


# ---- Side by side ----


def test_not_yet_and_silent_are_told_by_the_day_of_print(place):
    table = compare_claims(written(place, CLAIM), "the crowd").set_index("cite")
    assert dict(table["says"]) == {
        "a ¶1": "tells",
        "b": "not yet",
        "c": "not yet, or silent",
        "d": "not yet, or silent",
        "e": "not yet, or silent",  # on that very day
        "f": "silent",
    }
    assert table.loc["a ¶1", "number"] == "500 people"
    assert table.loc["b", "words"] == "Printed by 1 May 1886; by the record it came later: 4 May 1886."
    (place / "record.toml").unlink()
    assert set(compare_claims(load_corpus(place), "the crowd")["says"][1:]) == {"not yet, or silent"}
    with pytest.raises(CorpusError, match="There are: the crowd"):
        compare_claims(load_corpus(place), "the croud")


@each_topic
def test_each_text_has_a_row_for_each_thing_that_is_counted(topic):
    table = compare_claims(CORPUS, topic)
    assert table.columns[0] == "cite"
    for _, rows in table.groupby("counted"):
        assert [*dict.fromkeys(cite.split()[0] for cite in rows["cite"])] == list(CORPUS)
    for row in table.to_dict("records"):
        assert ("¶" in row["cite"]) == (row["says"] in ("tells", "foretells")) == bool(row["value"])


def test_nobody_is_silent_about_what_was_still_to_come():
    table = compare_claims(CORPUS, "the raid")
    assert dict(table.query("counted == 'the hour it was ordered'")[["cite", "says"]].values) == {
        "rw888": "not yet", "l5i": "not yet", "rw898": "not yet", "ww188 ¶1": "tells", "rw909": "silent",
    }  # fmt: skip
    assert [printed(CORPUS[id]) for id in ("rw898", "rw909")] == ["1997-03-16", "1997-06-01"]


def test_a_folder_without_the_files_says_which_would_help(place):
    corpus = load_corpus(place)
    for table in (compare_claims(corpus, "the crowd"), afterlife(corpus)):
        assert len(table) == 0 and "claims.toml" in table.note and table.note in table.html(5)
    assert "claims.toml" in independence(corpus)["reason"].iloc[-1]
    with pytest.raises(CorpusError, match=r"no cards\.toml beside"):
        card(corpus, "the crowd")
    alone = read_source("Some words.", id="mine").corpus
    assert "no folder" in compare_claims(alone, "the crowd").note


# ---- Voices ----


def test_five_texts_are_three_two_or_one_voice_by_the_ties_that_are_counted():
    table = independence(CORPUS)
    last = table.groupby("tie", sort=False)["voices"].last()
    assert dict(last) == {
        "none": 5, "same publisher": 3, "shared words": 3, "organisation": 2, "same source cited": 1,
    }  # fmt: skip
    assert all(table["reason"])


def test_whom_two_texts_cite_is_the_name_before_the_comma(place):
    other = CLAIM.replace('"a"', '"b"').replace("some 500 people", "Nothing yet").replace("500", "yet")
    other = other.replace('number = "yet"\nunit = "people"\n', "").replace("May 4", "April 30")
    table = independence(written(place, CLAIM + other))
    assert table.iloc[-1][["sources", "tie", "voices"]].tolist() == ["a, b", "same source cited", 5]
    assert table.iloc[-1].reason.startswith("Both cite ")
    assert set(independence(written(place, CLAIM + other.replace("Herald", "Times")))["tie"]) == {"none"}


# ---- Shared words ----


def naive(one: list[str], two: list[str], least: int) -> set[tuple[int, int, int]]:
    """Every pair of places compared word by word."""
    found = set()
    for at in range(len(one)):
        for other in range(len(two)):
            if at and other and one[at - 1] == two[other - 1]:
                continue
            length = 0
            while at + length < len(one) and other + length < len(two) and one[at + length] == two[other + length]:
                length += 1
            if length >= least:
                found.add((at, other, length))
    return found


def by_paragraph(id: str) -> list[tuple[str, list[str]]]:
    return [(place.cite, [word for word, _, _ in words_of(place)]) for _, place in paragraphs(CORPUS[id])]


@pytest.mark.parametrize("pair", list(combinations(CORPUS, 2)), ids="-".join)
def test_shared_passages_are_those_of_a_naive_search(pair):
    a, b = pair
    found = shared_passages(CORPUS[a], CORPUS[b], least=4)
    plainly = sorted(
        (-length, cite, also, " ".join(one[at : at + length]))
        for cite, one in by_paragraph(a)
        for also, two in by_paragraph(b)
        for at, _, length in naive(one, two, 4)
    )
    rows = found.to_dict("records")
    assert plainly == sorted((-row["length"], row["cite"], row["also"], folded(row["words"])) for row in rows)
    assert [row["length"] for row in rows] == sorted((row["length"] for row in rows), reverse=True)
    assert [CORPUS[a].text[row["start"] : row["end"]] for row in rows] == [row["words"] for row in rows]


def folded(words: str) -> str:
    return " ".join(word for _, place in paragraphs(read_source(words, id="x")) for word, _, _ in words_of(place))


@given(
    st.lists(st.sampled_from("abc"), max_size=40),
    st.lists(st.sampled_from("abd"), max_size=40),
    st.integers(2, 4),
)
def test_runs_are_those_of_a_naive_search(one, two, least):
    assert set(common_runs(one, two, least)) == naive(one, two, least)


def test_what_two_texts_share():
    assert [row["length"] for row in shared_passages(CORPUS["rw888"], CORPUS["rw898"]).to_dict("records")][:2] == [
        39,
        31,
    ]
    assert sharing(CORPUS) == [("rw888", "rw898")]
    assert len(shared_passages(CORPUS["l5i"], CORPUS["ww188"])) == 0
    with pytest.raises(CorpusError, match="no passage"):
        shared_passages(CORPUS["l5i"], CORPUS["ww188"], least=1)
    assert LEAST == 8


# ---- The afterlife of a claim, and cards ----


def test_each_station_rests_on_a_text_or_on_the_record_and_leaves_something_open():
    found = stations(CORPUS)
    assert [station.edtf[:4] for station, _ in found] == sorted(station.edtf[:4] for station, _ in found)
    assert (found[0][0].edtf, found[-1][0].edtf) == ("1997-04-22", "2015-04-17")
    for station, shown in found:
        assert shown and station.open and bool(station.claimed) != bool(station.found)


def test_words_that_a_station_quotes_stand_in_its_text():
    for station, shown in stations(CORPUS):
        for lane in (station.claimed, station.open):
            for quote, cite in re.findall(r"“(.+?)”(?: \((.+?)\))?", lane):
                place = read(CORPUS, cite if "¶" in cite else shown)
                assert quote in " ".join(span.text for span in place.spans), quote


def test_stations_and_cards_speak_in_the_kits_own_voice():
    said = [f"{station.who}. {station.claimed} {station.found} {station.open}" for station, _ in stations(CORPUS)]
    assert [words for one in [*said, *(sheet.ask for sheet in cards(CORPUS.folder))] for words in leaning(one)] == []


def test_the_drawing_says_all_that_the_table_says():
    drawn = afterlife(CORPUS)
    words = " ".join(
        value["text"] for layer in drawn.spec["layer"] for value in layer["data"]["values"] if "text" in value
    )
    for row in drawn.table.to_dict("records"):
        for lane in ("who", *LANES):
            assert row[lane] in words.replace("\n", " "), row[lane]
    assert f"{len(drawn.table)} stations" in drawn.words
    for layer in drawn.spec["layer"]:  # what has no words is not spoken as "x: 120; y: 30"
        assert ("description" in layer["encoding"]) != (layer["mark"].get("aria") is False)


@pytest.mark.parametrize("sheet", cards(CORPUS.folder), ids=lambda sheet: sheet.name)
def test_a_card_is_half_a_page_with_sources_and_its_sentence(sheet):
    shown = card(CORPUS, sheet.name)
    facts = " ".join([*(entry.finding for entry in shown.entries), shown.ask])
    assert 80 <= len(facts.split()) <= 260
    assert "<details" in shown._repr_html_() and sheet.quote in repr(shown)


def test_each_card_is_opened_in_the_notebooks_that_it_names():
    for sheet in cards(CORPUS.folder):
        for number in sheet.notebooks:
            code = "".join(source(cell) for cell in books()[number]["cells"] if cell["cell_type"] == "code")
            assert f'card(corpus, "{sheet.name}")' in code


def test_a_slip_in_a_card_is_named(place):
    sheet = '[[card]]\nname = "n"\nnotebooks = []\nsource = "a"\nquote = "some 500"\nrecord = ["meeting"]\nask = "?"\n'
    assert "They met." in repr(card(written(place, sheet, "cards.toml"), "n"))
    for old, new, says in (("meeting", "meting", "no entry"), ("some 500", "some 600", "never says")):
        with pytest.raises(CorpusError, match=says):
            card(written(place, sheet.replace(old, new), "cards.toml"), "n")
    with pytest.raises(CorpusError, match="There are: n"):
        card(load_corpus(place), "m")
