"""What a teacher and a newcomer read: the guide, its rubric and standards, the README, the starters."""

import os
import re
import shutil
import subprocess
from urllib.parse import unquote

import pytest
import test_notebooks
from pin import case_table
from project import LESSONS, ROOT
from prose import books, citations, cited_words, quotations, source, teacher_books

import helpers
from helpers.__main__ import main
from helpers.history.record import records
from helpers.lessons.guide import guide, rubric, standards
from helpers.lessons.sheets import numbers, sheet
from helpers.texts.headlines import headline_list

DATA = ROOT / "helpers" / "data"
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOPICS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((DATA / "guide").glob("*.md"))}
PAGES = dict(zip([*TOPICS, *(path.stem for path in sorted((DATA / "plans").glob("*.md")))], guide(), strict=True))
ASKED = {asked.id: asked for number in numbers() for asked in sheet(number).question}
each_page = pytest.mark.parametrize("name", PAGES)
each_topic = pytest.mark.parametrize("name", TOPICS)
ROWS = [row for row in rubric() if row.samples]
each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)


# ---- The pages ----


def test_the_notebook_holds_the_pages_word_for_word():
    cells = [source(cell) for cell in teacher_books()["guide"]["cells"]]
    assert cells == list(guide()), "Run: python tests/pin.py"


@each_topic
def test_a_topic_is_half_a_page_at_most(name):
    assert TOPICS[name].startswith("#") and len(TOPICS[name].split()) <= 300


@each_topic
def test_a_topic_keeps_the_rules_of_a_text_cell(name, corpus):
    page = PAGES[name].replace("C3", "")  # a name whose figure counts nothing
    test_notebooks.test_prose("guide", page, corpus)
    test_notebooks.test_figures_are_listed("guide", page)


@each_topic
def test_what_a_topic_says_of_the_crisis_names_its_entries_of_the_record(name, corpus):
    told = re.findall(r"\*Sources:\* record (.+)", TOPICS[name])
    known = {entry.id for entry in records(corpus.folder)}
    assert all(re.findall(r"`([\w-]+)`", line) for line in told)
    assert {id for line in told for id in re.findall(r"`([\w-]+)`", line)} <= known
    assert told or not re.search(r"\bdied\b|\bCourt\b|took .* hostage", TOPICS[name])


@each_page
def test_a_page_names_only_questions_that_are_asked(name):
    page = re.sub(r'`[^`]*`|"[^"]*"', "", PAGES[name])
    assert set(re.findall(r"\b\d\d\.\d+\b", page)) <= set(ASKED)


@pytest.mark.parametrize("number", [path.name[:2] for path in LESSONS])
def test_each_lesson_has_a_plan_and_a_route(number, corpus):
    plan = PAGES[number]
    everywhere = [text.text for text in corpus.values()] + [line.headline for line in headline_list(corpus.folder)]
    assert all(any(quote in text for text in everywhere) for quote in quotations(plan))
    assert cited_words(corpus, citations(plan)) or not citations(plan)
    assert f"otebook {number}" in TOPICS["02_routes"]


# ---- The rubric ----


def test_questions_and_rubric_name_each_other():
    named = {asked.rubric for asked in ASKED.values() if getattr(asked, "rubric", "")}
    assert named == {row.name for row in ROWS}


def test_the_rubric_of_a_case_is_one_for_notebook_paper_and_guide():
    """Its rows lack samples, because the question shows its own, one a level; the notebook's table is written by pin."""
    case = [row for row in rubric() if not row.samples]
    assert [row.question for row in case] == ["09.3"] * 4
    assert [sample.level for sample in ASKED["09.3"].samples] == [1, 2, 3]
    assert any(case_table() in source(cell) for cell in books()["09"]["cells"]), "Run: python tests/pin.py"
    assert all(level in PAGES["08_rubric"] for row in case for level in row.levels)


@each_row
def test_a_row_has_three_levels_with_a_sample_and_a_reason(row):
    asked = ASKED[row.question]
    assert asked.rubric == row.name
    assert [sample.level for sample in row.samples] == [1, 2, 3]
    assert all(row.levels) and all(sample.says and sample.why for sample in row.samples)
    assert not {sample.says for sample in row.samples} & {sample.says for sample in asked.samples}


@each_row
def test_quotations_in_a_sample_stand_where_it_cites_them(row, corpus):
    lines = [line.headline for line in ASKED[row.question].headlines]
    for sample in row.samples:
        assert set(citations(sample.says)) == set(sample.cites)
        words = cited_words(corpus, sample.cites) + lines
        for quote in quotations(sample.says):
            assert any(quote in place for place in words), quote


# ---- Standards ----


def test_a_standard_that_is_claimed_names_questions_and_one_that_is_not_a_reason():
    codes = [(framework.title, one.code) for framework in standards() for one in framework.standard]
    assert len(codes) == len(set(codes))
    for framework in standards():
        assert framework.cite and framework.read
        for one in framework.standard:
            assert set(one.questions) <= set(ASKED), one.code
            assert bool(one.questions) == (one.fit != "not claimed"), one.code
            assert one.why or one.fit == "fits", one.code


def test_standards_whose_wording_was_not_read_are_not_listed():
    listed = {one.code.removesuffix(".9-12") for framework in standards() for one in framework.standard}
    assert not listed & {*(f"D2.His.{n}" for n in (8, 10, 12, 15, 17)), "D3.3", "D3.4", "Standard 4", "Standard 5"}


# ---- What pages and the README name ----


each_text = pytest.mark.parametrize("name, text", [*PAGES.items(), ("README.md", README)], ids=lambda value: value[:12])


@each_text
def test_each_command_named_exists(name, text, capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    commands = re.search(r"\{(.+?)\}", capsys.readouterr().out)[1].split(",")
    assert set(re.findall(r"-m helpers (\w+)", text)) <= set(commands)


@each_text
def test_each_function_named_exists(name, text):
    assert set(re.findall(r"`(\w+)\(", text)) <= set(helpers.__all__)


@each_text
def test_each_file_named_exists(name, text):
    named = re.findall(r"\b(?:tests|seeds|helpers)/[\w/]+\.\w+", re.sub(r"<!--.*?-->|NN\.toml", "", text))
    assert all((ROOT / file).is_file() for file in named)


def test_the_readme_speaks_to_three_readers_after_the_two_commands():
    heads = re.findall(r"^## (.+)$", README, re.MULTILINE)
    assert heads[:4] == ["Start", "For a teacher", "For a student alone", "For a contributor"]


def test_links_and_pictures_of_the_readme_are_there():
    places = re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", README)
    badges = ("../../actions/", "https://mybinder.org/")
    ours = [place for pair in places if not (place := "".join(pair)).startswith(badges)]
    assert len(places) - len(ours) == 4  # two badges, each a picture and a link
    assert all((ROOT / place).is_file() for place in ours)


def test_the_guide_shows_the_files_of_a_hub_as_they_are():
    shown = "\n".join(guide())
    for name in ("jupyterhub_config.py", "zero_to_jupyterhub.yaml"):
        assert (DATA / "start" / name).read_text(encoding="utf-8").strip() in shown


def test_a_hub_opens_a_notebook_that_is_there():
    told = [
        (DATA / "start" / name).read_text(encoding="utf-8")
        for name in ("jupyterhub_config.py", "zero_to_jupyterhub.yaml")
    ]
    told += [unquote(README), unquote(TOPICS["03_on_your_hub"])]
    for words in told:
        opened = re.search(r"lab/tree/(?:FOLDER/)?(notebooks/[\w.]+)", words)[1]
        assert (ROOT / opened).is_file()


@pytest.mark.parametrize("picture", sorted((DATA / "guide").glob("*.png")), ids=lambda path: path.name)
def test_a_picture_is_small_and_told_in_words(picture):
    assert picture.stat().st_size <= 60_000
    assert re.search(rf'{picture.name}"[^>]* alt="[^"]{{80,}}"', README)


# ---- Starters ----


def test_starters_type_the_first_command_of_the_readme():
    posix, windows = (
        re.search(rf"^    ({start} -m pip .+?jupyter lab)", README, re.M)[1] for start in ("python3", "py")
    )
    script, batch = ((DATA / "start" / name).read_bytes().decode() for name in ("start.command", "start.bat"))
    assert f"\n{posix} " in script and "\r" not in script
    assert f"\n{windows.replace(';', ' &&')} " in batch and batch.count("\r\n") == batch.count("\n")


@pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell")
def test_a_starter_says_that_python_is_missing(tmp_path):
    script = DATA / "start" / "start.command"
    assert os.access(script, os.X_OK)
    (tmp_path / "dirname").symlink_to(shutil.which("dirname"))
    done = subprocess.run([shutil.which("sh"), script], env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == 1 and "Python 3.11 or newer is missing" in done.stdout
