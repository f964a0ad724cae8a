"""Names, cues, quotation marks and headlines."""

import csv
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from project import ROOT

from helpers import cues, headlines, load_corpus, naming_grid, read
from helpers.base.errors import CorpusError
from helpers.texts.corpus import find, paragraphs
from helpers.texts.cues import KINDS, cue_list
from helpers.texts.headlines import headline_list
from helpers.texts.library import read_source
from helpers.texts.names import label_list, labels
from helpers.texts.quotes import is_quoted, quoted_runs
from helpers.texts.reading import concordance

SEEDS = ROOT / "seeds"
REFERENTS = ["MRTA and its members", "hostages", "Fujimori and government", "Peruvian forces", "PCP", "United States", "Japan",
             "the residence", "the seizure", "the raid", "the dead"]  # fmt: skip


def runs(text: str) -> list[str]:
    source = read_source(text, id="t")
    return [run.text for span in source.spans for run in quoted_runs(span)]


# ---- Quotation marks ----


@pytest.mark.parametrize(
    "text, found",
    [
        ('He said "yes" and "no."', ["yes", "no."]),
        ("“Curly” and ‘single’ and «angled»", ["Curly", "single", "angled"]),
        ("`So far,' he said", ["So far,"]),
        ('"He said `no,\' twice," they say', ["He said `no,' twice,", "no,"]),
        ("“outer ‘inner’ outer”", ["outer ‘inner’ outer", "inner"]),
        ("Fujimori’s and the workers’ party don't quote", []),
        ("the '90s and rock 'n' roll", []),
        ('"never closed', []),
        ('"never closed\nand the next line', []),
        ('"it goes on\n"and on"', ["it goes on", "and on"]),
        ("“a”“b”", ["a", "b"]),
        ('Left" he said, and "right" too.', ["right"]),
        ('""', []),
    ],
)
def test_quoted_runs(text, found):
    assert runs(text) == found


@given(st.text(alphabet="ab \"'“”‘’«»`.,\n", max_size=60))
def test_runs_stay_in_their_paragraph_and_have_true_offsets(text):
    source = read_source(text, id="t")
    for span in source.spans:
        for run in quoted_runs(span):
            assert span.start <= run.start < run.end <= span.end


# ---- What the texts do ----


def test_terroris_stands_five_times_always_inside_quotation_marks(corpus):
    found = [(span, quoted_runs(span), place) for _, span in paragraphs(corpus) for place in find_in(span, "terroris*")]
    assert [place.cite for _, _, place in found] == ["rw888 ¶6", "rw888 ¶15", "rw888 ¶17", "l5i ¶12", "ww188 ¶2"]
    assert all(any(run.start <= place.start and place.end <= run.end for run in quoted) for _, quoted, place in found)
    assert [place.text for _, _, place in found] == ["terrorist", "terrorism", "terrorist", "terrorism", "terrorist"]
    assert [row.cite for row in concordance(corpus, "terror").itertuples()] == ["l5i ¶12"]


def find_in(span, words):
    from helpers.texts.corpus import matches

    return list(matches(span, words))


def test_guerrilla_in_rw888_stands_only_inside_quotations(corpus):
    found = labels(corpus["rw888"], "MRTA and its members").query("text.str.contains('guerrilla')")
    assert list(found.cite) == ["rw888 ¶17", "rw888 ¶17"]
    assert found.quoted.all()
    assert len(list(find(corpus["rw888"], "guerrilla*"))) == 2
    assert not any(any(find(corpus[id], "guerrilla*")) for id in ("rw898", "rw909"))


def test_rebel_stands_in_no_text_and_in_34_headlines(corpus):
    assert len(concordance(corpus, "rebel*")) == 0
    table = headlines(corpus)
    assert len(table) == 115
    assert table.headline.str.contains(r"\brebels?\b", case=False).sum() == 34
    assert (table.country == "USA").sum() == 58
    own = table.group.str.split("[", regex=False).str[0].str.lower()
    assert own.str.contains("terroris|террорис").sum() == 5


# ---- Concordance ----


def test_concordance_has_the_words_on_both_sides(corpus):
    row = concordance(corpus, "reluctant guests", width=12).iloc[0]
    assert (row.cite, row.left, row.node, row.right) == ("l5i ¶3", "of their ", "reluctant guests", " during the ")
    assert corpus[row.source].text[row.start : row.end] == row.node
    row = concordance(corpus, "reluctant guests", width=9).iloc[0]  # whole words on both sides, so fewer letters
    assert (row.left, row.right) == ("of their ", " during")


def test_concordance_never_shows_the_next_paragraph():
    row = concordance(read_source("before\nto begin and to end\nafter", id="a"), "begin * to").iloc[0]
    assert (row.left, row.node, row.right) == ("to ", "begin and to", " end")
    row = concordance(read_source("before\nword\nafter", id="a"), "word", width=0).iloc[0]
    assert (row.left, row.right) == ("", "")


def test_quotation_marks_nest_eight_deep_and_no_deeper():
    marks = "“" * 12 + "x" + "”" * 12
    assert runs(marks)[-1].endswith("x")
    assert runs("“a «b «c «d d” e") == ["a «b «c «d d"]


def test_concordance_says_when_there_is_nothing(corpus):
    table = concordance(corpus, "embasy")
    assert len(table) == 0
    assert "stands nowhere here. Did you mean embassy" in table._repr_html_()
    with pytest.raises(CorpusError, match="at least one"):
        concordance(corpus, " ")


def test_concordance_takes_passages_and_a_single_source(corpus):
    assert set(concordance(read(corpus, "l5i 3"), "the").cite) == {"l5i ¶3"}
    assert set(concordance(corpus["ww188"], "commando*").node) == {"commando"}


# ---- Names ----


def test_the_grid_has_every_referent_and_says_none(corpus):
    grid = naming_grid(corpus)
    assert list(grid.columns) == ["referent", *corpus]
    assert list(grid.referent) == REFERENTS
    first = grid.iloc[0]
    assert all(first[id].startswith("MRTA ") for id in corpus)
    assert grid.set_index("referent").loc["United States", "l5i"] == "none"


def test_every_row_of_the_list_stands_somewhere(corpus):
    rows = label_list(corpus.folder)
    found = labels(corpus)
    assert {row.name for row in rows} == set(found.name)
    assert len(found) == 400
    assert {row.referent for row in rows} == set(REFERENTS)
    for row in rows:
        if row.cite:
            assert any(row.quote in span.text for span in read(corpus, row.cite).spans), row


@pytest.mark.parametrize(
    "cite, text, referent",
    [
        ("rw898 ¶11", "MRTA hostage-takers", "MRTA and its members"),
        ("rw888 ¶17", "advisers and military commandos", "United States"),
        ("ww188 ¶2", "special commando", "Peruvian forces"),
        ("ww188 ¶5", "MRTA commando", "MRTA and its members"),
        ("l5i ¶3", "reluctant guests", "hostages"),
    ],
)
def test_an_ambiguous_name_is_settled_place_by_place(corpus, cite, text, referent):
    found = labels(corpus).query("cite == @cite and text == @text")
    assert list(found.referent) == [referent]


def test_an_unknown_referent_names_the_known(corpus):
    with pytest.raises(CorpusError, match="There are: MRTA and its members"):
        labels(corpus, "rebels")


# ---- Cues ----


def test_the_list_is_about_two_hundred_rows_of_both_signs():
    rows = cue_list(SEEDS)
    assert 180 <= len(rows) <= 230
    assert len({row.term for row in rows}) == len(rows)
    assert {row.kind for row in rows} == set(KINDS)
    assert sum(row.shade == "praise" for row in rows) >= 20
    for row in rows:
        assert (row.kind == "charged") == bool(row.instead), row
        assert (row.kind == "charged") == (row.shade in ("praise", "blame")), row
    topics = {"prisoner", "prisoners", "assault", "crisis", "war", "hostage", "hostages", "police"}
    assert topics.isdisjoint(row.term for row in rows)


def test_what_each_side_calls_the_other_is_on_the_list():
    assert {"regime", "gangsters", "terroris*"} <= {row.term for row in cue_list(SEEDS)}


@pytest.mark.parametrize("cue", cue_list(SEEDS), ids=lambda cue: cue.term)
def test_each_row_was_met_in_a_real_sentence(cue, corpus):
    if cue.cite[:4].isdigit():
        date, _, outlet = cue.cite.partition(" ")
        places = [row.headline for row in headline_list(corpus.folder) if (row.date, row.outlet) == (date, outlet)]
    else:
        places = [span.text for span in read(corpus, cue.cite).spans]
    assert any(cue.example in place for place in places), cue.cite
    assert any(find(read_source(cue.example, id="x"), cue.term)), cue.term


def test_cues_say_where_and_whether_quoted(corpus):
    found = cues(read(corpus, "l5i 3", "rw898 20"))
    assert list(found.text) == ["bloody", "sense of justice", "oppressed"]
    assert set(cues(corpus, "hedge").kind) == {"hedge"}
    for row in cues(corpus).itertuples():
        assert corpus[row.source].text[row.start : row.end] == row.text
    with pytest.raises(CorpusError, match="Did you mean hedge"):
        cues(corpus, "hedges")


def test_irony_is_not_on_the_list(corpus):
    assert len(cues(read(corpus, "l5i 3"))) == 0


def test_the_share_that_a_reader_keeps_is_on_record(corpus):
    with (Path(__file__).parent / "cues_kept.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [row for row in rows if not row["cite"][:4].isdigit()]
    press = [row for row in rows if row["cite"][:4].isdigit()]
    assert (len(texts), len(press)) == (50, 30)
    found = {(row.cite, row.text) for row in cues(corpus).itertuples()}
    assert all((row["cite"], row["text"]) in found for row in texts)
    assert all(row["reason"] for row in rows)
    kept = [sum(row["kept"] == "yes" for row in part) / len(part) for part in (texts, press)]
    print(f"kept: {kept[0]:.0%} of 50 in the texts, {kept[1]:.0%} of 30 in headlines")
    assert kept[0] >= 0.6


# ---- Passages are honoured ----


def test_the_grid_has_only_the_texts_that_were_read(corpus):
    grid = naming_grid(read(corpus, "ww188 2", "l5i 3"))
    assert list(grid.columns) == ["referent", "l5i", "ww188"]
    assert list(grid.referent) == REFERENTS
    found = labels(read(corpus, "l5i 3"))
    assert set(found.cite) == {"l5i ¶3"}
    counted = sum(int(name.rsplit(" ", 1)[1]) for cell in grid.l5i if cell != "none" for name in cell.split(", "))
    assert counted == len(found)
    assert list(naming_grid(corpus["l5i"]).columns) == ["referent", "l5i"]


@pytest.mark.parametrize("look", [labels, cues, lambda texts: concordance(texts, "the")])
def test_what_is_found_in_passages_is_what_is_found_there_in_the_whole(look, corpus):
    cites = ["l5i ¶3", "rw898 ¶11", "rw888 ¶6"]
    part = look(read(corpus, *cites)).to_dict("records")
    assert part == [row for cite in cites for row in look(corpus).to_dict("records") if row["cite"] == cite]
    assert look(corpus["l5i"]).to_dict("records") == look(read(corpus, "l5i")).to_dict("records")
    assert len(look(read(corpus, "l5i 0"))) == 0


# ---- Accents that are characters of their own ----


def own(folder, text, labels="", cues=""):
    place = folder('[[source]]\nfile = "a.txt"\ntitle = "A"\npublished = "1997"\n', a=text)
    (place / "labels.csv").write_text(f"referent,name,source,cite,quote\n{labels}", encoding="utf-8")
    (place / "cues.csv").write_text(f"term,kind\n{cues}", encoding="utf-8")
    return load_corpus(place)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("listed", ["NFC", "NFD"])
def test_names_and_cues_are_found_with_loose_accents_too(folder, form, listed):
    text = unicodedata.normalize(form, "Túpac Amaru met Ávila, said Órgano. Éxito, éxitos! “Túpac”")
    rows = unicodedata.normalize(listed, "x,Túpac Amaru,,,\nx,Ávila,,a 1,met Ávila\nx,Túpac,,,\n")
    if form != listed:
        rows = rows.replace(unicodedata.normalize(listed, "met Ávila"), unicodedata.normalize(form, "met Ávila"))
    corpus = own(folder, text, rows, unicodedata.normalize(listed, "Éx*,charged\nÓrgano,hedge\n"))

    def words(table):
        return [unicodedata.normalize("NFC", word) for word in table.text]

    assert words(labels(corpus)) == ["Túpac Amaru", "Ávila", "Túpac"]
    assert list(labels(corpus).quoted) == [False, False, True]
    assert words(cues(corpus)) == ["Órgano", "Éxito", "éxitos"]
    for row in cues(corpus).itertuples():
        assert corpus["a"].text[row.start : row.end] == row.text


def test_the_five_are_searched_alike_in_either_form(folder, corpus):
    """Names and cues in the texts themselves with every accent taken apart."""
    for source in corpus.values():
        apart = read_source(unicodedata.normalize("NFD", source.text), id=source.id, anchors=source.anchors)
        for row in concordance(source, "T*pac").itertuples():
            assert row.node in {unicodedata.normalize("NFC", found.text) for found in find(apart, "T*pac")}


# ---- What it costs ----


def seconds(work, *given) -> float:
    best = []
    for _ in range(3):
        begun = time.process_time()
        work(*given)
        best.append(time.process_time() - begun)
    return min(best)


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    """30 and 300 short texts, each of which uses all of the names on the list."""
    names = [f"{chr(97 + n)}name" for n in range(20)]

    def made(count):
        place = tmp_path_factory.mktemp("generated")
        (place / "labels.csv").write_text("referent,name\n" + "".join(f"r{n},{name}\n" for n, name in enumerate(names)))
        (place / "cues.csv").write_text("term,kind\n" + "".join(f"{name},charged\n" for name in names))
        entries = []
        for number in range(count):
            (place / f"s{number}.txt").write_text(" and so on\n".join(names))
            entries.append(f'[[source]]\nfile = "s{number}.txt"\ntitle = "T"\npublished = "1997"\n')
        (place / "catalogue.toml").write_text("\n".join(entries))
        return load_corpus(place)

    return made(30), made(300)


@pytest.mark.parametrize("look", [labels, cues, naming_grid])
def test_ten_times_as_many_texts_cost_ten_times_as_much(look, generated):
    small, large = generated
    assert len(look(large)) > 0
    assert seconds(look, large) < 20 * seconds(look, small)


@pytest.mark.parametrize("look", [labels, cues])
def test_quotations_in_a_paragraph_cost_no_more_than_their_number(look, folder):
    def made(count):
        return own(folder, '"murderous" Rome, ' * count, "city,Rome,,,\n", "murderous,charged\n")

    times = {}
    for count in (500, 5_000):
        corpus = made(count)
        assert len(look(corpus)) == count
        times[count] = seconds(look, corpus)
    assert times[5_000] < 20 * times[500]


# ---- Quotation marks once more ----


@given(st.text(alphabet="ab \"'“”‘’«»`.,", max_size=60), st.integers(0, 59), st.integers(1, 9))
def test_is_quoted_is_inside_any_run(text, start, length):
    for span in read_source(text, id="t").spans:
        end = start + length
        inside = any(run.start <= start and end <= run.end for run in quoted_runs(span))
        assert is_quoted(span, start, end) is inside
