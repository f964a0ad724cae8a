"""Real JupyterLab, started as the README starts it, in headless Chromium; on a copy, since Lab saves as people work."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from project import NOTEBOOKS, ROOT, pristine

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-quic", "--no-first-run"]  # fmt: skip
KERNEL = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
COPIED = ("helpers", "notebooks", "seeds", "README.md", "pyproject.toml")


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)


def chromium() -> "str | None":
    names = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser():
    if "browser" not in os.environ.get("LIMA_REQUIRE", ""):
        pytest.skip("the browser's tests run if LIMA_REQUIRE=browser asks for them")
    path = chromium()
    if path is None:
        pytest.fail("no Chromium found, and LIMA_REQUIRE=browser asks for one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        engine = play.chromium.launch(executable_path=path, args=QUIET)
        yield engine
        engine.close()


class Lab:
    """A running JupyterLab on 127.0.0.1 and the folder it serves."""

    def __init__(self, folder: Path):
        self.folder, self.work = folder, folder / "work"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.token = "lima"
        command = [sys.executable, "-m", "jupyter", "lab", "--no-browser", f"--port={self.port}", "--ServerApp.port_retries=0",
                   f"--IdentityProvider.token={self.token}", "--LabApp.expose_app_in_browser=True"]  # fmt: skip
        env = dict(
            os.environ,
            LIMA_WORK=str(self.work),
            JUPYTERLAB_SETTINGS_DIR=str(folder / ".settings"),
            JUPYTERLAB_WORKSPACES_DIR=str(folder / ".workspaces"),
            PYTHONPATH=str(folder),
        )
        self.process = subprocess.Popen(
            command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(1200):  # a busy machine takes its time
            try:
                urllib.request.urlopen(f"{self.url}/api?token={self.token}", timeout=1)
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("JupyterLab did not start")

    def end_sessions(self):
        """Shut every kernel down, so that the next notebook starts a new one."""
        for session in json.load(self._request("GET", "sessions")):
            self._request("DELETE", f"sessions/{session['id']}")

    def _request(self, method: str, path: str):
        headers = {"Authorization": f"token {self.token}"}
        return urllib.request.urlopen(urllib.request.Request(f"{self.url}/api/{path}", method=method, headers=headers))

    def stop(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


@pytest.fixture(scope="session")
def lab(browser, tmp_path_factory):
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    running = Lab(folder)
    yield running
    running.stop()


def box_of(id: str) -> str:
    return f'.lima-question[data-question="{id}"]'


class Page:
    """One JupyterLab page: opening notebooks, running them, what it asked of the network and what its scripts said."""

    def __init__(self, lab: Lab, browser, **options):
        self.lab = lab
        self.context = browser.new_context(viewport={"width": 1280, "height": 1000}, **options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.outside: list[str] = []
        self.errors: list[str] = []
        self.page.on("request", self._note)
        self.page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _note(self, request):
        if not request.url.startswith((self.lab.url, self.lab.url.replace("http", "ws"), "data:", "blob:", "about:")):
            self.outside.append(request.url)

    def start(self, path: str = ""):
        self.page.goto(f"{self.lab.url}{path}?token={self.lab.token}" if not path else f"{self.lab.url}{path}")
        self.ready()

    def open(self, notebook: str):
        self.page.goto(f"{self.lab.url}/lab/tree/notebooks/{notebook}?token={self.lab.token}&reset")
        self.ready()

    def ready(self):
        self.page.wait_for_function(f"{KERNEL}?.status === 'idle'", timeout=60_000)

    def reload(self):
        self.page.keyboard.press("Control+s")
        self.page.wait_for_timeout(500)
        self.page.reload()
        self.ready()

    def restart(self):
        self.page.evaluate(f"void {KERNEL}.restart()")
        self.page.wait_for_timeout(1500)
        self.ready()

    def command(self, name: str):
        self.page.evaluate(f"void window.jupyterapp.commands.execute('{name}')")

    def run_all(self, *, follow: bool = False):
        """Start the lesson. A key ends the guard's leading to a question, which else goes on for a moment."""
        self.command("notebook:run-all-cells")
        self.settle()
        if not follow:
            self.press("Shift")

    def settle(self):
        """Wait until every cell has run."""
        self.page.wait_for_timeout(500)
        self.page.wait_for_function(
            f"{KERNEL}?.status === 'idle' && "
            "![...document.querySelectorAll('.jp-InputPrompt')].some(e => e.textContent.includes('*'))",
            timeout=120_000,
        )
        self.page.wait_for_timeout(300)

    # ---- Answering, by keyboard alone ----

    def box(self, id: str):
        """The box of a question, by its id."""
        return self.page.locator(box_of(id))

    def press(self, *keys: str):
        for key in keys:
            self.page.keyboard.press(key)

    def type_in(self, field, words: str):
        field.focus()
        self.press("Control+a", "Delete")
        self.page.keyboard.type(words)

    def key(self, box, name: str):
        """Press a button of a box by Enter."""
        box.get_by_role("button", name=name, exact=True).focus()
        self.press("Enter")

    def choose(self, box, steps: int):
        """Space takes the first option, arrows go on from there."""
        box.locator("input[type=radio]").first.focus()
        self.press("Space", *["ArrowDown"] * steps)

    def cells(self) -> list[list[str]]:
        return self.page.evaluate(
            "window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells.map(c => [c.cell_type, c.source])"
        )

    def listen(self):
        """Keep all that the live region says, for `heard`."""
        self.page.evaluate(
            """() => { window.heard = []; new MutationObserver(() => {
              const words = document.querySelector('body > .lima-live').textContent;
              if (words) heard.push(words);
            }).observe(document.querySelector('body > .lima-live'), { childList: true, characterData: true, subtree: true }); }"""
        )

    def heard(self) -> list[str]:
        self.page.wait_for_timeout(200)
        return self.page.evaluate("heard.splice(0)")

    def close(self):
        self.context.close()


@pytest.fixture
def pages(lab, browser):
    """As many pages as a test needs, each a browser of its own, on notebooks that nobody has run."""
    lab.end_sessions()  # a kernel of an earlier test holds its answers
    for left in (lab.work, lab.folder / ".workspaces"):
        shutil.rmtree(left, ignore_errors=True)
    for path in NOTEBOOKS:
        (lab.folder / path.relative_to(ROOT)).write_text(
            json.dumps(pristine(path), ensure_ascii=False), encoding="utf-8"
        )
    opened: list[Page] = []

    def another(**options) -> Page:
        opened.append(Page(lab, browser, **options))
        return opened[-1]

    yield another
    for one in opened:
        one.close()


@pytest.fixture
def page(pages):
    return pages(permissions=["clipboard-read", "clipboard-write"])
