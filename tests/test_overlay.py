"""Marks over a paragraph: words whole, each layer's line below its own words, and a sentence that agrees with the table."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import answer, load_corpus, marked
from helpers.base.errors import KitError
from helpers.base.files import DATA
from helpers.lab.marked import _machine
from helpers.lessons import session as sessions
from helpers.lessons.passages import Layer, Passage, Place, overlay

TEXT = "They whittled down their <b>collection</b> of worthies & guests to 74."
NAMES = ["you", "reading A", "the class", "the machine", "a fifth"]


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("LIMA_WORK", str(tmp_path))
    sessions.leave()
    yield
    sessions.leave()


@st.composite
def drawn(draw):
    """Layers whose marks overlap in any way."""
    ends = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=2, unique=True).map(sorted)
    marks = st.lists(st.tuples(ends, st.integers(0, 30)), max_size=4, unique_by=lambda mark: tuple(mark[0]))
    layers = []
    for number in range(draw(st.integers(0, 5))):
        places = tuple(Place(*ends, count) for ends, count in draw(marks))
        layers.append(Layer(NAMES[number], "YACMF"[number], places))
    return layers


def tree(made: str) -> ElementTree.Element:
    return ElementTree.fromstring(made.replace("<br>", "<br/>"))


def whole(page, path: str) -> list[str]:
    return ["".join(one.itertext()) for one in page.findall(path)]


def rows(page) -> dict[str, list[str]]:
    """The table: the cells of each row by its words."""
    return {
        "".join(row.find("th").itertext()): whole(row, "td") for row in page.iter("tr") if row.find("td") is not None
    }


def under(page, number: int) -> set[int]:
    """The letters of the paragraph that stand on one layer's line."""
    found, at = set(), 0

    def take(words: str | None, lines: set[str]) -> None:
        nonlocal at
        if f"line{number}" in lines:
            found.update(range(at, at + len(words or "")))
        at += len(words or "")

    def walk(one, lines: set[str]) -> None:
        if "sign" in one.get("class").split():
            return
        here = lines | set(one.get("class").split())
        take(one.text, here)
        for child in one:
            walk(child, here)
            take(child.tail, here)

    walk(page.find(".//div[@class='laid']"), set())
    assert at == len(TEXT)
    return found


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_each_layer_has_its_line_below_its_own_words_and_no_others(layers):
    page = tree(overlay(TEXT, layers))
    for number, layer in enumerate(layers):
        marked_letters = {at for place in layer.places for at in range(place.start, place.end)}
        assert under(page, number) == marked_letters
        signs = whole(page, f".//div[@class='laid']/span[@class='sign sign{number}']")
        told = [f"{layer.letter} {place.count}" if place.count else layer.letter for place in layer.places]
        assert sorted(signs) == sorted(told)


@settings(deadline=None, max_examples=60)
@given(drawn())
def test_legend_and_sentence_agree_with_the_table(layers):
    page = tree(overlay(TEXT, layers))
    sentence, legend = whole(page, ".//div[@class='p']")[-1], whole(page, ".//ul[@class='layers']/li")
    places = [whole(row, "td") for row in page.iter("tr") if row.find("td") is not None]
    for number, layer in enumerate(layers):
        assert legend[number].endswith(f"{layer.name}: {sum(bool(cells[number]) for cells in places)}")
    assert all(words in TEXT for words in rows(page))
    shared = {at for at in range(len(TEXT)) if sum(at in under(page, n) for n in range(len(layers))) > 1}
    assert ("No words are marked in more than one" in sentence) is not any(TEXT[at].strip() for at in shared)


SIGNED = [
    ([Place(3, 5)], "ab Ycd ef", ["marked"]),
    ([Place(3, 5, 2)], "ab Y 2cd ef", ["2"]),
    ([Place(0, 5), Place(3, 8, 7)], "Yab Y 7cd ef", ["marked", "7"]),
]


@pytest.mark.parametrize("places, words, cells", SIGNED)
def test_a_sign_stands_where_its_mark_begins_and_the_table_has_its_count(places, words, cells):
    page = tree(overlay("ab cd ef", [Layer("you", "Y", tuple(places))], "l5i ¶3"))
    assert whole(page, ".//div[@class='laid']") == [words]
    assert [cell for row in rows(page).values() for cell in row] == cells
    assert whole(page, ".//div[@class='p']")[0] == "l5i ¶3"


def test_the_legend_names_each_layer_with_its_letter_and_line():
    layers = [Layer(name, letter, ()) for name, letter in zip(NAMES, "YACMF", strict=True)]
    legend = whole(tree(overlay(TEXT, layers)), ".//ul[@class='layers']/li")
    assert legend == [f"{letter}{name}: 0" for name, letter in zip(NAMES, "YACMF", strict=True)]
    style = (DATA / "front" / "kit.css").read_text(encoding="utf-8")
    looks = re.findall(r"line\d \{ text-decoration-style: (\w+)", style)
    assert len(set(looks)) == len(looks) == 5


@pytest.mark.parametrize("place", [(5, 5), (6, 5), (-1, 3), (3, len(TEXT) + 1)])
def test_a_mark_outside_the_paragraph_is_a_sentence(place):
    with pytest.raises(KitError, match=r"A mark of you goes from letter"):
        overlay(TEXT, [Layer("you", "Y", (Place(*place),))])


def test_more_layers_than_lines_are_a_sentence():
    with pytest.raises(KitError, match="at most 5"):
        overlay(TEXT, [Layer("you", "Y", ())] * 6)


def test_what_is_typed_never_runs():
    made = overlay("<script>x</script>", [Layer("<img src=x>", "<i>", (Place(0, 4),))], "<script>y</script>")
    assert "<script" not in made and "<img" not in made and "<i>" not in made


def test_ones_own_marks_lie_beside_the_readings_and_the_machines():
    answer("03.4", {"l5i 3": ["hearts and minds"], "rw898 20": ["bloody crime", "not in the paragraph"]})
    first, second = (tree(page) for page in marked("03.4").pages)
    assert whole(first, ".//thead/tr/th") == ["words", "you", "reading A", "reading B", "the machine"]
    assert rows(first)["hearts and minds"] == ["marked", "", "marked", ""]
    assert rows(second)["bloody"] == ["", "", "", "marked"] and rows(second)["bloody crime"][0] == "marked"
    assert whole(second, ".//ul[@class='layers']/li")[0] == "Yyou: 1"


def test_without_an_answer_the_others_marks_are_there_and_of_other_questions_there_are_none():
    assert ">you</span>: 0" in marked("03.4")._repr_html_()
    with pytest.raises(KitError, match="nothing is marked"):
        marked("03.5")


def test_in_a_sentence_of_ones_own_the_kinds_have_signs_of_their_own_and_a_neighbours_words_are_no_citation():
    answer("04.5", 'My aunt clearly calls it "so much fun", not "brutal".')
    first, *more = marked("04.5").pages
    assert whole(tree(first), ".//ul[@class='layers']/li") == ["Cecertainty: 1", "Chcharged: 1"]
    assert first.count("finds in your words: clearly (certainty), brutal (charged).") == 1
    assert "in more than one" not in first and not "".join(more).strip()


def test_a_listed_word_at_the_very_end_of_a_passage_is_drawn(folder):
    place = folder('[[source]]\nfile = "a.txt"\ntitle = "A"\npublished = "1999"\n', a="All was brutal")
    (place / "cues.csv").write_text("term,kind\nbrutal,charged\n", encoding="utf-8")
    corpus = load_corpus(place)
    assert _machine(corpus, Passage("a 1", corpus["a"].spans)).places == (Place(8, 14),)
