"""A class on a real JupyterHub, six students for a minute. By hand: `uv run tests/classroom/class_on_a_hub.py` is thirty."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("class_on_a_hub.py")
NO_PROXY = 3  # the script's status where the proxy can't be had


def done(*command) -> subprocess.CompletedProcess:
    uv = os.environ.get("UV") or shutil.which("uv")
    assert uv, "uv is needed to install JupyterHub, and LIMA_REQUIRE=hub asks for it"
    return subprocess.run([uv, *command], capture_output=True, text=True)


@pytest.mark.hub
def test_a_class_on_a_hub_loses_no_answer_that_was_called_saved():
    if "hub" not in os.environ.get("LIMA_REQUIRE", ""):
        pytest.skip("the class on a hub runs if LIMA_REQUIRE=hub asks for it")
    installed = done("sync", "--quiet", "--script", SCRIPT)
    if installed.returncode:
        pytest.skip(f"hub: JupyterHub can't be installed here: {' '.join(installed.stderr.split())[-200:]}")
    lesson = done("run", "--quiet", "--script", SCRIPT, "--students=6", "--minutes=1", "--within=6")
    if lesson.returncode == NO_PROXY:
        pytest.skip(lesson.stderr.strip())
    print(lesson.stdout)
    assert lesson.returncode == 0, lesson.stdout + lesson.stderr
