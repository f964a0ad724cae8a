"""Notebooks are tested as copies without any output but the pinned ones, so a folder in use passes too."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from project import NOTEBOOKS, ROOT, pristine

from helpers import load_corpus
from helpers.lessons.session import leave

# Scripts with dependencies of their own.
collect_ignore_glob = ["bench/[!_t]*.py", "classroom/class_*.py", "pin.py", "lab_settings.py"]


def pytest_configure(config):
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    work = Path(os.environ["LIMA_TESTS"] if worker else tempfile.mkdtemp(prefix="lima-tests-"))
    os.environ |= {"LIMA_TESTS": str(work), "LIMA_WORK": str(work / f"work{worker}")}
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):  # or every kernel compiles pandas and all else anew
        os.environ["PYTHONPYCACHEPREFIX"] = str(work / "compiled")
    if bare(config):
        config.args.append(str(work / "notebooks"))
    if not worker:
        config.add_cleanup(lambda: shutil.rmtree(work, ignore_errors=True))
        for path in NOTEBOOKS:
            copy = work / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(json.dumps(pristine(path)), encoding="utf-8")


def bare(config) -> bool:
    """Whether it is `pytest` alone, which runs the notebooks too."""
    return config.args_source is not pytest.Config.ArgsSource.ARGS


def pytest_xdist_auto_num_workers(config) -> int:
    """Two halves side by side; in one piece what somebody names, and a browser, which needs the machine for itself."""
    return 2 if bare(config) and not os.environ.get("LIMA_REQUIRE") else 0


settings.register_profile("kit", deadline=None)  # a busy machine is no fault
settings.load_profile("kit")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The browser's tests last: their driver keeps an event loop running in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="module", autouse=True)
def a_desk_of_its_own():
    """No file of tests begins with the answers, or the texts, that another left."""
    leave()
    yield
    leave()


@pytest.fixture(scope="session")
def corpus():
    return load_corpus()


@pytest.fixture
def folder(tmp_path):
    """A small folder of texts, made by `folder(catalogue, name=text, ...)`."""

    def make(catalogue: str = "", **texts: "str | bytes") -> Path:
        for name, text in texts.items():
            data = text if isinstance(text, bytes) else text.encode()
            (tmp_path / f"{name}.txt").write_bytes(data)
        if catalogue:
            (tmp_path / "catalogue.toml").write_text(catalogue, encoding="utf-8")
        return tmp_path

    return make
