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
from axe_playwright_python.base import AXE_FILE_PATH
from project import NOTEBOOKS, ROOT, pristine

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-quic", "--no-first-run"]  # fmt: skip
PANEL = "window.jupyterapp.shell.currentWidget"
# Counts the starts of the lesson, by whichever button: nothing else tells that one has begun and none is left to end.
COUNT = """() => { if (window.runs) return;
  window.runs = { begun: 0, ended: 0 };
  const end = () => { runs.ended += 1; };
  jupyterapp.commands.commandExecuted.connect((_, { id, result }) => {
    if (id === 'notebook:run-all-cells') { runs.begun += 1; result.then(end, end); }
  }); }"""
# All cells have run, and the box of each question stands on the page: a box is drawn a moment after its cell has run.
SETTLED = r"""() => {
  const panel = jupyterapp.shell.currentWidget, cells = [...panel.content.model.sharedModel.cells];
  const asked = cells.filter((cell) => cell.cell_type === 'code' && cell.source.startsWith('ask('));
  const boxes = [...panel.node.querySelectorAll('[data-question]')];
  const ids = new Set(boxes.map((box) => box.dataset.question));
  return runs.begun > 0 && runs.begun === runs.ended
    && panel.sessionContext.session?.kernel?.status === 'idle'
    && ![...panel.node.querySelectorAll('.jp-InputPrompt')].some((prompt) => prompt.textContent.includes('*'))
    && asked.every((cell) => ids.has(cell.source.match(/[\d.]+/)[0]))
    && !panel.node.textContent.includes('Loading widget');
}"""
KERNEL = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
AXE = """([where, rules]) => axe.run(where ?? document,
  { resultTypes: ['violations'], ...(rules ? { runOnly: { type: 'rule', values: rules } } : {}) },
).then(({ violations }) => violations.filter(({ impact }) => ['serious', 'critical'].includes(impact))
  .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target} ${html.slice(0, 160)}`)))"""
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


def serious(page, where: "dict | None" = None, rules: "list | None" = None) -> list[str]:
    """What axe finds on a page, or on parts of it, that is serious or critical."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text("utf-8"))
    return page.evaluate(AXE, [where, rules])


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
        self.page.evaluate(COUNT)

    def done(self, promise: str):
        """Wait for what JupyterLab promises; a dialog that it puts up meanwhile holds nobody for ever."""
        self.page.evaluate(f"Promise.race([{promise}, new Promise((done) => setTimeout(done, 30000))])")

    def save(self):
        self.done(f"{PANEL}.context.save()")

    def reload(self):
        self.save()
        self.page.reload()
        self.ready()

    def restart(self):
        self.done(f"{KERNEL}.restart()")
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
        """Wait until every cell has run and the boxes are drawn."""
        self.page.wait_for_function(SETTLED, timeout=120_000, polling=100)

    def same(self, script: str, wanted):
        """Wait until a script gives what is wanted; else what differs is told."""
        for _ in range(200):
            found = self.page.evaluate(script)
            if found == wanted:
                return
            self.page.wait_for_timeout(100)
        assert found == wanted

    def written(self, words: str):
        """Wait until the words stand in a journal."""
        for _ in range(300):
            if any(words in path.read_text("utf-8") for path in self.lab.work.rglob("*.jsonl")):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{words} was not written")

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

    def heard(self, words: str = "") -> list[str]:
        """What was said since; once `words` were, or a moment later."""
        if words:
            self.until("words => heard.join(' ').includes(words)", words)
        else:
            self.page.wait_for_timeout(200)
        return self.page.evaluate("heard.splice(0)")

    def until(self, true: str, about=None):
        """Wait for a state of the page, however long a busy machine takes."""
        self.page.wait_for_function(true, arg=about)

    def close(self):
        self.context.close()


def clean(lab):
    """Notebooks that nobody has run, and nothing written."""
    lab.end_sessions()  # a kernel of an earlier test holds its answers
    for left in (lab.work, lab.folder / ".workspaces"):
        shutil.rmtree(left, ignore_errors=True)
    for path in NOTEBOOKS:
        (lab.folder / path.relative_to(ROOT)).write_text(
            json.dumps(pristine(path), ensure_ascii=False), encoding="utf-8"
        )


@pytest.fixture
def pages(lab, browser):
    """As many pages as a test needs, each a browser of its own, on notebooks that nobody has run."""
    clean(lab)
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


@pytest.fixture(scope="class")
def shared(lab, browser):
    """One page for all tests of a class, in their order: opening and running a notebook is most of a test's time."""
    clean(lab)
    one = Page(lab, browser)
    yield one
    one.close()
