"""A folder of one's own: nothing of Lima is counted in it, and a file that is added or edited counts at once."""

import os

import pytest

from helpers import concordance, cues, headlines, load_corpus, naming_grid, read
from helpers.base.errors import KitError
from helpers.base.files import beside, is_kit, load_csv, load_toml
from helpers.texts.cues import Cue
from helpers.texts.glossary import Term, glossary
from helpers.texts.headlines import headline_list
from helpers.texts.library import read_source
from helpers.texts.names import Label, labels

ONE = '[[source]]\nfile = "a.txt"\ntitle = "A"\npublished = "1886-05-05"\n'
TEXT = "The police and the MRTA held hostages. A murderous regime.\nRome met Carthage."


@pytest.fixture
def mine(folder):
    return folder(ONE, a=TEXT)


def write(place, name, words):
    (place / name).write_text(words, encoding="utf-8")


# ---- Nothing of Lima ----


def test_a_folder_without_lists_has_none_and_says_which_file_would_fill_the_table(mine):
    corpus = load_corpus(mine)
    for make, file in (
        (naming_grid, "labels.csv"),
        (labels, "labels.csv"),
        (cues, "cues.csv"),
        (headlines, "headlines.csv"),
    ):
        table = make(corpus)
        assert len(table) == 0
        assert table.note == f"There is no {file} beside these texts. It would fill this table."
        assert table.note in table._repr_html_()
    assert list(naming_grid(corpus).columns) == ["referent", "a"]
    assert read(corpus, "a").terms == []
    assert len(labels(corpus, "Peruvian forces")) == 0


def test_a_text_without_a_folder_has_no_lists(corpus):
    source = read_source(TEXT, id="mine")
    for make in (naming_grid, labels, cues):
        assert len(make(source)) == 0
        assert "have no folder" in make(source).note
    assert read(source).terms == []


def test_each_text_finds_its_own_lists(mine, corpus):
    """Texts of two folders in one corpus: each is searched with what stands beside it."""
    write(mine, "labels.csv", "referent,name\ncity,Rome\n")
    both = type(corpus)([load_corpus(mine)["a"], corpus["l5i"]])
    found = labels(both)
    assert set(found[found.source == "a"].text) == {"Rome"}
    assert "MRTA" in set(found[found.source == "l5i"].text)


def test_beside_says_whether_a_file_is_there(mine):
    assert beside(None, "labels.csv") is None
    assert beside(mine, "labels.csv") is None
    assert beside(mine, "a.txt") == mine / "a.txt"
    assert glossary(None) == glossary(mine) == ()


# ---- Edited files ----


def test_a_file_that_is_added_or_edited_counts_at_the_next_call(mine):
    corpus = load_corpus(mine)
    assert len(labels(corpus)) == len(cues(corpus)) == len(headlines(corpus)) == 0
    write(mine, "labels.csv", "referent,name\ncity,Rome\n")
    write(mine, "cues.csv", "term,kind\nmurderous,charged\n")
    write(mine, "glossary.toml", '[[term]]\nterm = "MRTA"\nmeaning = "A group."\ncite = "a 1"\n')
    write(mine, "headlines.csv", "date,outlet,country,language,headline,address\n1997,X,Peru,es,Lima,http\n")
    assert list(labels(corpus).text) == ["Rome"]
    assert list(cues(corpus).text) == ["murderous"]
    assert [term.term for term in read(corpus, "a").terms] == ["MRTA"]
    assert len(headlines(corpus)) == 1
    write(mine, "labels.csv", "referent,name\ncity,Rome\ncity,Carthage\n")
    write(mine, "cues.csv", "term,kind\nregime,charged\n")
    assert list(naming_grid(corpus).a) == ["Rome 1, Carthage 1"]
    assert list(cues(corpus).text) == ["regime"]
    os.remove(mine / "cues.csv")
    assert len(cues(corpus)) == 0


def test_a_file_is_read_once_until_it_changes(mine, monkeypatch):
    write(mine, "cues.csv", "term,kind\nmurderous,charged\n")
    first = load_csv(mine / "cues.csv", Cue)
    assert load_csv(mine / "cues.csv", Cue) is first
    monkeypatch.chdir(mine)
    assert load_csv(type(mine)("cues.csv"), Cue) is first
    os.utime(mine / "cues.csv", ns=(1, 1))
    assert load_csv(mine / "cues.csv", Cue) is not first


# ---- Tables that people write ----


@pytest.mark.parametrize(
    "written",
    [
        "referent;name\ncity;Rome\n",
        "referent\tname\ncity\tRome\n",
        "\ufeffreferent,name\r\ncity,Rome\r\n",
        "referent, name,,\n city , Rome ,,\n",
        'referent,name\n"city","Rome"\n',
    ],
)
def test_a_table_may_be_written_as_spreadsheets_write_it(mine, written):
    (mine / "labels.csv").write_bytes(written.encode())
    assert list(labels(load_corpus(mine)).text) == ["Rome"]


@pytest.mark.parametrize("cite", ["a 2", "a ¶2", "A 1-2", "a ¶1–2", "a"])
def test_the_place_of_a_name_is_written_like_any_citation(mine, cite):
    write(mine, "labels.csv", f"referent,name,source,cite,quote\ncity,Rome,,{cite},Rome met\n")
    assert list(labels(load_corpus(mine)).cite) == ["a ¶2"]


def test_a_column_named_twice_is_a_slip(mine):
    write(mine, "cues.csv", "term,kind,term\nx,charged,y\n")
    with pytest.raises(KitError, match="names the column term twice"):
        cues(load_corpus(mine))


def test_names_and_cues_are_found_by_their_first_letter_alone(mine):
    write(mine, "cues.csv", "term,kind\nC*,charged\nm*,hedge\n")
    assert list(cues(load_corpus(mine)).text) == ["MRTA", "murderous", "met", "Carthage"]


# ---- TOML beside the texts ----


def test_an_unreadable_name_is_said(tmp_path):
    for name in ("none", "a\0b", "x" * 300):
        with pytest.raises(KitError):
            load_toml(tmp_path / name, Term)


# ---- An installed copy ----


def test_the_kit_knows_its_own_root_by_name(tmp_path):
    from helpers.base.files import project_root

    assert is_kit(project_root())
    write(tmp_path, "pyproject.toml", '[project]\nname = "another"\n')
    assert not is_kit(tmp_path)
    assert not is_kit(tmp_path / "none")


def test_a_folder_needs_nothing_of_the_kits_root(mine, monkeypatch):
    """As in an installed wheel, which has no `seeds/`."""
    import helpers.base.files as files

    monkeypatch.setattr(files, "is_kit", lambda folder: False)
    files.project_root.cache_clear()
    try:
        with pytest.raises(KitError, match="Name a folder"):
            load_corpus()
        corpus = load_corpus(mine)
        assert "police" in read(corpus, "a 1")._repr_html_()
        assert len(concordance(corpus, "police")) == 1
        assert len(labels(corpus)) == len(cues(corpus)) == 0
    finally:
        files.project_root.cache_clear()


def test_the_forms_are_what_the_kits_own_files_have(corpus):
    assert len(load_csv(corpus.folder / "labels.csv", Label)) > 100
    assert len(headline_list(corpus.folder)) == 115
