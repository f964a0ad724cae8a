"""Quotations: which marks make a run, who says it, through whom; and what is said of marks without a partner."""

import csv
import gc
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import ROOT

from helpers.history.finder import time_expressions
from helpers.texts.library import read_source
from helpers.texts.quotes import NO_END, NO_PARTNER, runs
from helpers.texts.reading import read
from helpers.texts.voices import _classes, quotations, voices

READ = list(csv.DictReader((ROOT / "tests" / "quoted.csv").open(encoding="utf-8")))
# By a person's reading of all 69 runs: how many the rule gets as that person did, and which it does not.
OTHER_KIND = ["war tax.", "grave prisons", "living tombs"]
OTHER_SPEAKER = ["war tax.", "autocratic methods", "Group of Seven", "anti-terrorist", "one, two, many Vietnams", "revisionists",
                 "neutralizing", "fully respected the life and h", "Respect for Life", "respect for life and health.",
                 "formal", "asset,"]  # fmt: skip


def agreed() -> list[int]:
    """How many runs a person read, and in how many the rule has the same kind, and the same speaker."""
    return [len(READ), len(READ) - len(OTHER_KIND), len(READ) - len(OTHER_SPEAKER)]


def table(text: str):
    return quotations(read_source(text, id="t"))


# ---- The five texts ----


def test_every_run_of_the_five_texts_is_read_by_a_person(corpus):
    found = quotations(corpus)
    assert [(cite.replace(" ¶", " "), text[:30]) for cite, text in zip(found.cite, found.text, strict=True)] == [
        (row["cite"], row["begins"]) for row in READ
    ]
    assert not any(found.doubt) and not any(found.continues)
    kinds = [row["begins"] for row, kind in zip(READ, found.kind, strict=True) if row["kind"] != kind]
    speakers = [row["begins"] for row, name in zip(READ, found.speaker, strict=True) if row["speaker"] != name]
    assert kinds == OTHER_KIND
    assert speakers == OTHER_SPEAKER
    for row, chain, name in zip(READ, found.chain, found.speaker, strict=True):
        if name and name == row["speaker"]:
            assert chain == " → ".join(filter(None, [name, row["through"], row["cite"].split()[0]]))


def test_a_passage_has_its_own_quotations_and_true_offsets(corpus):
    found = quotations(read(corpus, "rw898 2-3"))
    assert list(found.cite) == ["rw898 ¶3"]
    row = found.iloc[0]
    assert corpus["rw898"].text[row.start : row.end] == row.text
    assert (row.speaker, row.verb, row["class"], row.chain) == ("The Times", "wrote", "neutral", "The Times → rw898")


def test_what_is_counted_is_counted_out_of_all_runs_and_words(corpus):
    known = {row["cite"].split()[0]: [0, 0] for row in READ}
    for row in READ:
        known[row["cite"].split()[0]][0] += 1
        known[row["cite"].split()[0]][1] += row["kind"] == "speech" and row["begins"] not in OTHER_KIND
    found = voices(corpus).set_index("source")
    assert {id: [found["runs in marks"][id], found["of these speech"][id]] for id in found.index} == known
    assert voices(read_source('He said "one two three" to us.', id="t")).values.tolist() == [["t", 1, 1, 7]]


def test_a_text_without_marks_says_so():
    found = table("Nobody speaks here.")
    assert found.empty and "no quotation marks" in found._repr_html_()


def test_each_verb_has_one_class():
    from tomllib import loads

    listed = loads((ROOT / "helpers" / "data" / "verbs.toml").read_text(encoding="utf-8"))
    verbs = [" ".join(verb.split()) for words in listed.values() for verb in words.split(",")]
    assert len(verbs) == len(set(verbs)) == len(_classes())
    assert all(verb for verb in verbs)


# ---- Marks ----


@pytest.mark.parametrize(
    "text, found",
    [
        ("``It takes a long time,″ said the porter. They left.", [("It takes a long time,", "")]),
        ("“It ends on Friday\" she said. They met on Monday.", [("It ends on Friday", "")]),
        ("```{note} Letters of April 1797", []),
        ('The plank was 5" wide, the 12" record too.', []),
        ('She saw "Sandown on the map. "Old Fort," "Old Inn" and a barn stood there.',
         [("Sandown on the map.", NO_END), ("Old Fort,", NO_PARTNER), ("Old Inn", NO_PARTNER)]),
        ("‘The workers’ party is ours,’ he said.", [("The workers’ party is ours,", "")]),
        ("'Don't you see?' she said. 'It's theirs.'", [("Don't you see?", ""), ("It's theirs.", "")]),
        ("'Twas late. 'Come in,' he said.", [("Come in,", "")]),
        ("« Bonjour », dit-il. „So“, sagte er.", [("Bonjour", ""), ("So", "")]),
        ('"neutralizing"--murdering--"the men"', [("neutralizing", ""), ("the men", "")]),
        ('He called it a "plan, and left.', [("plan, and left.", NO_END)]),
        ('Left" he said, and "right" too.', [("right", NO_PARTNER)]),
        ("‘The workers’ and then ‘theirs’ too.", [("The workers", ""), ("theirs", "")]),
        ("`He said 'rock and left` she wrote.", [("He said 'rock and left", "")]),
        ('The plank was 5" wide and “new”.', [("new", "")]),
        ('"I was--", she said.', [("I was--", "")]),
        ("“He said “no” again” is enough.", [("He said “no” again", ""), ("no", "")]),
        ("``He left.`` She wrote.", [("He left.", "")]),
        ("“the 'ouse” of the boys’ den", [("the 'ouse", "")]),
        ('"It is late,″ he said.', [("It is late,", "")]),
        ('"He said “no” twice," she wrote.', [("He said “no” twice,", ""), ("no", "")]),
    ],
)  # fmt: skip
def test_which_marks_make_a_run(text, found):
    assert [(run.span.text, run.doubt) for run in runs(read_source(text, id="t").spans[0])] == found


def test_a_speech_of_two_paragraphs_is_two_rows_that_know_each_other():
    found = table('"We came at dawn.\n"We left at noon," he said.\n"Never," she said.')
    assert list(found.continues) == ["", "t ¶1", ""]
    assert not any(found.doubt)
    assert list(table('"We came.\n"We left," he said. "So there."').continues) == ["", "t ¶1", ""]
    left_open = table('"We came at dawn.\nNobody answered her.')
    assert [*left_open.continues, *left_open.doubt] == ["", NO_END]


def test_a_date_never_hangs_on_a_mark_that_is_missing(folder):
    for text in ('The plank was 5" wide. She came on Friday.', 'It was "wide. She came on Friday.'):
        source = read_source(text, id="t", published="2019-03-14")
        assert list(time_expressions(source).value) == ["2019-03-08"]


# ---- Ten paragraphs of other styles, written for these tests ----

STYLES = {
    "British singles": (
        "‘The bridge is safe,’ said Mr Hale. ‘It’s the engineers’ report that worries me,’ he added.",
        [("speech", "Mr Hale"), ("speech", "he")],
    ),
    "a dialogue": (
        '"Where is the key?" asked Ann.\n"Under the stone," he answered.',
        [("speech", "Ann"), ("speech", "he")],
    ),
    "agency copy": (
        "``The strike is over,″ the union said in a statement. ``Nobody has won.″",
        [("speech", "the union"), ("distance", "")],
    ),
    "through two papers": (
        'The Herald reported that, according to dock workers, "the ship was empty when it came into port on Sunday."',
        [("speech", "dock workers")],
    ),
    "a transcript": ('Q: "Did you sign?" A: "I did."', [("distance", ""), ("distance", "")]),
    "print of the 1890s": (
        'The Mayor, who was loudly cheered, said: "Gentlemen, the water is come at last, and it is good."',
        [("speech", "The Mayor")],
    ),
    "a split sentence": (
        '"We shall stay," the captain said, "until the tide turns."',
        [("speech", "the captain"), ("speech", "the captain")],
    ),
    "words at arm's length": ('The so-called "reform" cost the "lucky" town its school.', [("distance", ""), ("distance", "")]),
    "a mark left open": ('She said: "The river will rise again, and we shall be on the roof.', [("speech", "She")]),
    "a report of a report": (
        "“The minister told me ‘nothing is decided’,” the editor wrote.",
        [("speech", "the editor"), ("speech", "The minister")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("style", STYLES)
def test_other_styles_give_readable_rows(style):
    text, known = STYLES[style]
    found = table(text)
    assert list(zip(found.kind, found.speaker, strict=True)) == known
    assert all(found.chain.str.endswith("t"))
    assert [bool(doubt) for doubt in found.doubt] == [style == "a mark left open"] * len(found)


BOAT = '"we wait for the boat".'
SAID = {  # who says it, through whom, and whether it is taken for speech
    "“The minister told me ‘nothing is decided’,” the editor wrote.": ["the editor", "The minister → the editor"],
    'The Herald reported that, according to dock workers, "the ship was quite empty."': ["dock workers → The Herald"],
    "The mayor said, “We heard ‘nothing at all’ there.”": ["The mayor", "(The mayor)"],
    "“He shouted ‘no,’” Ann said.": ["Ann", "(He → Ann)"],
    '"Come in", she said.': ["she"],
    f"Ann said that Ann said {BOAT}": ["Ann"],
    '"The road is closed and nobody knows for how long."': [""],
    'The minister was told "to wait outside".': ["()"],
    f"The paper was claiming {BOAT}": ["The paper"],
    'It was a road known as "the ladder" by the drivers.': ["(the drivers)"],
    'A song, "The Ladder" by Ann Hale.': ["()"],
    f"Ann Hale, the mayor, said {BOAT}": ["Ann Hale"],
    f"He left because the mayor said {BOAT}": ["the mayor"],
    f"The mayor has later openly said {BOAT}": ["The mayor"],
    f"It rained. Gen. Hale said {BOAT}": ["Gen. Hale"],
    f"The U.S. envoy said {BOAT}": ["The U.S. envoy"],
    'The mayor said so; the road is "closed for a year".': ["()"],
    f"The men of the old town and Ann Hale said {BOAT}": ["Ann Hale"],
    f"That night, it said {BOAT}": ["()"],
    f"Ann said that Bo said that Cy said that Di said that Ed said that Flo said {BOAT}": ["Flo → Ed → Di → Cy → Bo"],
}


@pytest.mark.parametrize("text", SAID)
def test_who_says_it_and_through_whom(text):
    found = table(text)
    told = [chain.removesuffix("t").removesuffix(" → ") for chain in found.chain]
    pairs = zip(told, found.kind, strict=True)
    assert [name if kind == "speech" else f"({name})" for name, kind in pairs] == SAID[text]


# ---- What must not break it ----


@given(st.text(alphabet="ab A.,-\"'“”‘’«»„`″\n5", max_size=80))
def test_runs_have_true_offsets_whatever_the_marks(text):
    source = read_source(text, id="t")
    for row in quotations(source).itertuples():
        assert source.text[row.start : row.end] == row.text.strip() == row.text != ""


UNITS = ["“", '"a ', "‘a ", "``", 'He said "yes," and ', "the workers’ ‘own’ party ", "'a' ", "“a” ", "`a ", 'said "a" ',
         ', the said "a"', 'and said "x" and aaaa bbbb, ', '‘a “b ‘c’ d” e’ ']  # fmt: skip


def seconds(unit: str, size: int) -> float:
    source = read_source(unit * (size // len(unit)), id="t")
    gc.disable()
    start = time.process_time()
    quotations(source)
    took = time.process_time() - start
    gc.enable()
    return took


@pytest.mark.parametrize("unit", UNITS)
def test_a_line_ten_times_as_long_takes_ten_times_as_long(unit):
    ratios = []
    for _ in range(6):  # a busy machine may spoil a round, never make a quadratic function look linear
        small = max(0.001, min(seconds(unit, 3_000) for _ in range(5)))
        ratios.append(min(seconds(unit, 30_000) for _ in range(2)) / small)
        if ratios[-1] < 1.25 * 10:
            return
    pytest.fail(f"ten times the text took {min(ratios):.1f} times as long")


@pytest.mark.parametrize("text", ["He " + "only " * 21 + 'x said "a".', '"a," x ' + "only " * 14 + "b told."])
def test_a_word_that_is_passed_over_is_read_in_one_way(text):
    assert seconds(text, len(text)) < 0.5
