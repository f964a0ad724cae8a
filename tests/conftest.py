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

# Scripts with dependencies of their own.
collect_ignore_glob = ["bench/[!_t]*.py", "classroom/class_*.py", "pin.py", "lab_settings.py"]


def pytest_configure(config):
    work = Path(tempfile.mkdtemp(prefix="lima-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(work, ignore_errors=True))
    os.environ["LIMA_WORK"] = str(work / "work")
    if config.args_source is not pytest.Config.ArgsSource.ARGS:  # a bare `pytest`: run the notebooks too
        for path in NOTEBOOKS:
            copy = work / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(json.dumps(pristine(path)), encoding="utf-8")
        config.args.append(str(work / "notebooks"))


settings.register_profile("kit", deadline=None)  # a busy machine is no fault
settings.load_profile("kit")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The browser's tests last: their driver keeps an event loop running in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


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
