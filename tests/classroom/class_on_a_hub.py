# /// script
# requires-python = ">=3.11"
# dependencies = ["lima-sources", "jupyterhub>=5.3", "aiohttp", "psutil"]
#
# [tool.uv]
# exclude-newer = "2026-11-20T00:00:00Z"
#
# [tool.uv.sources]
# lima-sources = { path = "../..", editable = true }
# ///
"""A class on a real JupyterHub, with the configuration that the guide gives: `uv run tests/classroom/class_on_a_hub.py`.

Each student logs in, gets a server, opens lesson 03, runs it, answers its questions through the boxes on the page and
as lines of code, and hands in; all over the network of this machine, as a browser does it, but without a browser. In
the middle one kernel and one server are killed. An answer counts as acknowledged once the page says that it is saved.
What every student handed in must hold each acknowledged answer. JupyterHub's proxy comes from npm.
"""

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from statistics import median
from typing import NoReturn

import aiohttp
import msgspec
import psutil
from yarl import URL

from helpers import class_results, load_corpus
from helpers.lessons.answers import NO_ANSWER, PASS, Question, State
from helpers.lessons.handed import HandIn
from helpers.lessons.questions import Text
from helpers.lessons.sheets import question, sheet
from helpers.paper.restore import read_hand_in
from helpers.paper.results_people import _answer as possible

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "helpers" / "data" / "start" / "jupyterhub_config.py"
NOTEBOOK = "notebooks/03_words_and_names.ipynb"
PASSWORD = "words and names"
PROXY = "configurable-http-proxy@5"
NO_PROXY = 3  # the exit status where that can't be had
CORPUS = load_corpus()


class DeathError(Exception):
    """The kernel or the server is gone."""


# ---- The hub ----


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Hub:
    """A JupyterHub on 127.0.0.1, started in a folder of its own as the guide says."""

    def __init__(self, folder: Path, proxy: Path):
        port, self.folder, self.memory = free_port(), folder, 0.0
        self.handed_in = folder / "handed_in"
        self.handed_in.mkdir()
        self.url = f"http://127.0.0.1:{port}"
        env = os.environ | {"LIMA_CLASS_PASSWORD": PASSWORD, "PATH": f"{proxy}{os.pathsep}{os.environ['PATH']}"}
        command = [sys.executable, "-m", "jupyterhub", "-f", CONFIG, f"--JupyterHub.bind_url={self.url}",
                   f"--JupyterHub.hub_bind_url=http://127.0.0.1:{free_port()}",
                   f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{free_port()}"]  # fmt: skip
        self.log = folder / "hub.log"
        with self.log.open("wb") as log:
            self.process = psutil.Popen(command, cwd=folder, env=env, stdout=log, stderr=log, start_new_session=True)

    async def ready(self) -> None:
        async with aiohttp.ClientSession() as web:
            for _ in range(600):
                with suppress(aiohttp.ClientError):
                    async with web.get(f"{self.url}/hub/api/") as said:
                        if said.status == 200:
                            return
                await asyncio.sleep(0.1)
        raise RuntimeError("JupyterHub did not start:\n" + self.log.read_text(encoding="utf-8")[-2000:])

    def measure(self) -> None:
        """Memory of the hub itself and its proxy, in megabytes."""
        mine = [self.process, *(one for one in self.process.children() if "proxy" in " ".join(one.cmdline()))]
        self.memory = sum(one.memory_full_info().pss for one in mine) / 1e6

    def stop(self) -> None:
        """End the hub, which ends its servers, and whatever of these is left."""
        family = self.process.children(recursive=True) if self.process.is_running() else []
        self.process.terminate()
        _, left = psutil.wait_procs([self.process, *family], timeout=20)
        for one in left:
            one.kill()


def no_proxy(why: str) -> NoReturn:
    print(f"hub: {why}, so no JupyterHub can run here.", file=sys.stderr)
    sys.exit(NO_PROXY)


def proxy_folder(given: str) -> Path:
    """Where the proxy's command is: named, on the path, or fetched from npm into a folder that is kept."""
    found = given or shutil.which("configurable-http-proxy")
    if found:
        return Path(found).parent
    npm = shutil.which("npm")
    if npm is None:
        no_proxy("there is neither configurable-http-proxy nor npm")
    place = Path.home() / ".cache" / "lima-hub"
    command = place / "node_modules" / ".bin" / "configurable-http-proxy"
    if not command.exists():
        done = subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", place, PROXY])
        if done.returncode or not command.exists():
            no_proxy("npm could not fetch configurable-http-proxy")
    return command.parent


# ---- A kernel, spoken to as JupyterLab does ----


class Kernel:
    """One kernel over its websocket: requests, the widgets it made, and what they show."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse):
        self.socket = socket
        self.id = uuid.uuid4().hex
        self.widgets: dict[str, dict] = {}  # by the id of their comm: what they show
        self.replies: dict[str, str] = {}
        self.printed: dict[str, str] = {}
        self.idle: set[str] = set()  # requests and messages that the kernel has dealt with
        self.heard = asyncio.Condition()
        self.gone = False
        self.listening = asyncio.create_task(self._listen())

    async def _send(self, kind: str, content: dict, channel: str = "shell") -> str:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": self.id, "version": "5.4"}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
        try:
            await self.socket.send_json(message | {"channel": channel})
        except (ConnectionError, aiohttp.ClientError):
            raise DeathError from None
        return header["msg_id"]

    async def _listen(self) -> None:
        async for frame in self.socket:
            if frame.type != aiohttp.WSMsgType.TEXT:
                continue
            message = json.loads(frame.data)
            self._hear(message["msg_type"], message["content"], message["parent_header"].get("msg_id", ""))
            async with self.heard:
                self.heard.notify_all()
        await self._end()

    def _hear(self, kind: str, content: dict, parent: str) -> None:
        if kind.startswith("comm_"):
            self._draw(kind, content)
        elif kind == "stream":
            self.printed[parent] = self.printed.get(parent, "") + content["text"]
        elif kind == "execute_result":
            self.printed[parent] = content["data"].get("text/plain", "")
        elif kind == "error":
            self.printed[parent] = f"{content['ename']}: {content['evalue']}"
        elif kind == "execute_reply":
            self.replies[parent] = content["status"]
        elif kind == "status" and content["execution_state"] == "idle":
            self.idle.add(parent)
        elif kind == "status":
            self.gone = self.gone or content["execution_state"] in ("restarting", "dead")

    def _draw(self, kind: str, content: dict) -> None:
        """A widget was made, or shows something else."""
        if kind == "comm_open":
            self.widgets[content["comm_id"]] = content["data"].get("state", {})
        elif kind == "comm_msg" and content["data"].get("method") in ("update", "echo_update"):
            self.widgets.setdefault(content["comm_id"], {}).update(content["data"]["state"])

    async def _end(self) -> None:
        self.gone = True
        async with self.heard:
            self.heard.notify_all()

    async def until(self, true, seconds: float = 120):
        """What `true()` gives once it gives something; `DeathError` if the kernel ends before."""
        async with asyncio.timeout(seconds), self.heard:
            while not (found := true()):
                if self.gone:
                    raise DeathError
                await self.heard.wait()
            return found

    async def run(self, code: str) -> str:
        """Run a cell; what it printed or showed as text."""
        asked = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
        parent = await self._send("execute_request", asked | {"user_expressions": {}})
        await self.until(lambda: parent in self.replies and parent in self.idle)
        if self.replies[parent] != "ok":
            raise RuntimeError(f"{code[:60]}: {self.printed.get(parent)}")
        return self.printed.get(parent, "")

    def widget(self, **state) -> str:
        """The newest widget with that state."""
        return next(id for id, has in reversed(self.widgets.items()) if state.items() <= has.items())

    def box(self, question: str) -> str:
        """The newest box of a question."""
        for id, has in reversed(self.widgets.items()):
            described = has.get("description")
            if isinstance(described, dict) and described.get("id") == question:
                return id
        raise LookupError(question)

    def reads(self, words: str) -> bool:
        """Whether these words stand in any shown text."""
        return any(words in str(has["value"]) for has in self.widgets.values() if has.get("_model_name") == "HTMLModel")

    async def tell(self, id: str, **data) -> None:
        """Send a message to a widget, and wait until the kernel has dealt with it."""
        parent = await self._send("comm_msg", {"comm_id": id, "data": data})
        await self.until(lambda: parent in self.idle)

    async def press(self, words: str) -> None:
        await self.tell(self.widget(description=words), method="custom", content={"event": "click"})

    async def close(self) -> None:
        self.listening.cancel()
        await self.socket.close()


# ---- A student ----


class Student:
    """One login, from the front page to the file that is handed in."""

    def __init__(self, hub: Hub, name: str, chance: random.Random):
        self.hub, self.name, self.chance = hub, name, chance
        self.kernel: Kernel | None = None
        self.sent = self.saved = 0
        self.acknowledged: dict[str, object] = {}  # the newest answer to each question that the page called saved
        self.under_way: tuple[str, object] = ("", None)  # the last one that was sent: a death may come before its reply
        self.back: list[bool] = []  # of what was acknowledged before something died: whether it stood there again
        self.feedback: list[float] = []  # seconds from the press to what is said
        self.server_up = self.first_cell = self.at_work = self.away = 0.0  # seconds
        self.pids: tuple[int, int] = (0, 0)  # of the kernel and of the server
        self.memory: dict[str, float] = {}  # megabytes, shared pages shared out
        self.processor: list[float] = []  # seconds of both so far, at the beginning of the work and at its end

    @property
    def base(self) -> str:
        return f"{self.hub.url}/user/{self.name}/"

    async def __aenter__(self):
        jar = aiohttp.CookieJar(unsafe=True)  # also for a bare address
        self.web = aiohttp.ClientSession(cookie_jar=jar, timeout=aiohttp.ClientTimeout(total=300))
        return self

    async def __aexit__(self, *_):
        await self.web.close()

    # ---- Coming in ----

    def _xsrf(self, url: str) -> str:
        return self.web.cookie_jar.filter_cookies(URL(url))["_xsrf"].value

    async def come_in(self) -> None:
        """Log in, wait for the server, and open the page that the hub leads to."""
        login = f"{self.hub.url}/hub/login"
        async with self.web.get(login) as page:
            page.raise_for_status()
        form = {"username": self.name, "password": PASSWORD, "_xsrf": self._xsrf(login)}
        async with self.web.post(login, data=form) as page:
            page.raise_for_status()
        await self.arrive()

    async def arrive(self) -> None:
        """Wait where a browser waits, until the server is up, and load JupyterLab."""
        async with asyncio.timeout(400):
            while True:
                async with self.web.get(f"{self.hub.url}/hub/spawn/{self.name}") as page:
                    words = await page.text()
                    if page.status == 200 and page.url.path.startswith(f"/user/{self.name}/"):
                        break
                await asyncio.sleep(1)
        assert page.url.path.endswith("/lab/tree/notebooks/00_start_here.ipynb"), page.url
        for script in re.findall(r'src="([^"]+\.js[^"]*)"', words):
            async with self.web.get(self.hub.url + script) as file:
                await file.read()
        for place in ("lab/api/settings", "api/contents/notebooks", "api/kernelspecs"):
            await self._ask("GET", place)

    async def _ask(self, method: str, place: str, **data):
        headers = {"X-XSRFToken": self._xsrf(self.base)}
        async with self.web.request(method, self.base + place, headers=headers, **data) as said:
            said.raise_for_status()
            return await said.json()

    async def begin(self, at: float) -> None:
        """Everything from the login to a lesson that has run, at a moment of the clock."""
        await asyncio.sleep(at - time.monotonic())
        await self.come_in()
        self.server_up = time.monotonic() - at
        await self.open_lesson(at)
        self.at_work = time.monotonic() - at
        await self.sign()
        self.measure()

    async def open_lesson(self, since: float) -> None:
        """Open lesson 03 with a kernel and press *Start the lesson*."""
        book = await self._ask("GET", f"api/contents/{NOTEBOOK}?content=1")
        cells = ["".join(cell["source"]) for cell in book["content"]["cells"] if cell["cell_type"] == "code"]
        asked = {"path": NOTEBOOK, "name": "", "type": "notebook", "kernel": {"name": "python3"}}
        session = await self._ask("POST", "api/sessions", json=asked)
        await self.connect(session["kernel"]["id"])
        await self.kernel.run(cells[0])
        self.first_cell = self.first_cell or time.monotonic() - since
        for cell in cells[1:]:
            await self.kernel.run(cell)
        numbers = await self.kernel.run("import os; print(os.getpid(), os.getppid())")
        self.pids = tuple(map(int, numbers.split()))
        await self._ask("PUT", f"api/contents/{NOTEBOOK}", json={"type": "notebook", "content": book["content"]})

    async def connect(self, kernel: str) -> None:
        place = f"{self.base}api/kernels/{kernel}/channels?session_id={uuid.uuid4().hex}"
        self.kernel = Kernel(await self.web.ws_connect(place, origin=self.hub.url, max_msg_size=0))

    async def sign(self) -> None:
        """Type the name into the head of the lesson."""
        kernel = self.kernel
        field = kernel.widget(_model_name="TextModel", continuous_update=False)
        await kernel.tell(field, method="update", state={"value": self.name}, buffer_paths=[])
        await kernel.press("Use this name")
        assert kernel.reads(self.name)

    # ---- Working ----

    async def work(self, until: float) -> None:
        """Answer one question after the other, and go on after whatever dies."""
        while time.monotonic() < until:
            await asyncio.sleep(self.chance.uniform(2, 8))
            asked = self.chance.choice(sheet(3).question)
            value = possible(asked, self.chance)
            if isinstance(asked, Text) and value != PASS:
                value = f"{value} {self.name} {self.sent}"  # nobody else wrote this, nor this one before
            try:
                await self.answer(asked, value)
            except DeathError:
                await self.come_back()

    async def answer(self, asked: Question, value) -> None:
        """Send an answer and wait until the page says what becomes of it."""
        self.sent += 1
        self.under_way = asked.id, value
        begun = time.monotonic()
        way = self._typed if self.chance.random() < 0.25 else self._pressed
        saved = await way(asked, value)
        self.feedback.append(time.monotonic() - begun)
        if saved:
            self.saved += 1
            self.acknowledged[asked.id] = asked.read(value)

    async def _pressed(self, asked: Question, value) -> bool:
        """Through the box, as its buttons do it."""
        box = self.kernel.box(asked.id)
        content = {"do": "over"} if value == PASS else {"do": "check", "value": asked.fields(value, CORPUS)}
        await self.kernel.tell(box, method="custom", content=content)
        told = self.kernel.widgets[box]["told"]
        return told["status"].startswith("saved") and State(told["state"]) not in NO_ANSWER

    async def _typed(self, asked: Question, value) -> bool:
        """As a line of code."""
        said = await self.kernel.run(f"from helpers import answer\nanswer({asked.id!r}, {value!r})")
        return said.splitlines()[-1].startswith("saved") and asked.verdict(value, CORPUS).state not in NO_ANSWER

    async def come_back(self) -> None:
        """What a reader does after a kernel or a server has died: load the page again, and start the lesson."""
        begun = time.monotonic()
        await self.kernel.close()
        await self.arrive()
        await self.open_lesson(begun)
        self.away = time.monotonic() - begun
        for id, kept in self.acknowledged.items():
            there = self.kernel.widgets[self.kernel.box(id)]
            passed = there["told"]["state"] == State.PASSED
            shown = PASS if passed else question(id).from_fields(there["value"], CORPUS)
            if self.arrived(id, shown):
                self.acknowledged[id] = kept = shown
            self.back.append(same(id, shown, kept))

    def arrived(self, id: str, shown) -> bool:
        """Whether an answer stands there that was sent and not called saved: it was written, and its reply died."""
        sent, value = self.under_way
        return sent == id and same(id, shown, question(id).read(value))

    def measure(self) -> None:
        """What this student's kernel and server take of the machine."""
        used = 0.0
        for what, pid in zip(("kernel", "server"), self.pids, strict=True):
            process = psutil.Process(pid)
            self.memory[what] = process.memory_full_info().pss / 1e6
            used += process.cpu_times().user + process.cpu_times().system
        self.processor.append(used)

    async def finish(self) -> Path:
        """Make the file, as the button at the end of the lesson does it; where it lies."""
        await self.kernel.press("Make my file")
        assert self.kernel.reads("Your file is made")
        await self.kernel.close()
        [file] = (self.hub.folder / "students" / self.name).glob("lima/work/*/hand_in/*.html")
        return file

    def missing(self, made: HandIn) -> list[str]:
        """The questions whose acknowledged answer the file does not hold."""
        held = {one.id: one.answer for one in made.answers}
        return [id for id, value in self.acknowledged.items() if not same(id, held.get(id), value)]


def same(id: str, one, other) -> bool:
    """Whether two answers are the same, but for notes, which are handed in only if a student ticks them."""
    bare = [
        json.dumps(msgspec.to_builtins(question(id).without_notes(value)), sort_keys=True) for value in (one, other)
    ]
    return bare[0] == bare[1]


# ---- The lesson ----


async def teach(hub: Hub, count: int, within: float, minutes: float) -> list[Student]:
    """The class comes in, works, loses a kernel and a server in the middle, and hands in."""
    students = [Student(hub, f"s{number:02}", random.Random(number)) for number in range(1, count + 1)]
    async with AsyncExitStack() as stack:
        for one in students:
            await stack.enter_async_context(one)
        bell = time.monotonic()
        await asyncio.gather(*(one.begin(bell + within * at / count) for at, one in enumerate(students)))
        print(f"{count} students at work {time.monotonic() - bell:.0f} s after the bell", flush=True)
        end = time.monotonic() + 60 * minutes
        working = asyncio.gather(*(one.work(end) for one in students))
        await asyncio.sleep(30 * minutes)
        os.kill(students[0].pids[0], signal.SIGKILL)
        os.kill(students[1].pids[1], signal.SIGKILL)
        await working
        for one in students:
            one.measure()
        hub.measure()
        for one in students:
            shutil.copy(await one.finish(), hub.handed_in / f"{one.name}.html")
    return students


def told(hub: Hub, students: list[Student], minutes: float) -> list[str]:
    """Prints what was measured; what went wrong, in sentences."""
    feedback = sorted(seconds for one in students for seconds in one.feedback)
    sent, saved = sum(one.sent for one in students), sum(one.saved for one in students)
    back = [was for one in students for was in one.back]
    first = [one.first_cell for one in students]
    busy = [(one.processor[-1] - one.processor[0]) / (60 * minutes) for one in students[2:]]  # of whom nothing died
    print(f"seconds from the login page to the first cell: median {median(first):.1f}, most {max(first):.1f}; "
          f"to the server: most {max(one.server_up for one in students):.1f}; "
          f"to the whole lesson: most {max(one.at_work for one in students):.1f}")  # fmt: skip
    print(f"answers: {sent} sent, {saved} called saved (the others were no answer yet, or were cut off)")
    print(f"feedback, milliseconds: median {1000 * median(feedback):.0f}, "
          f"95 of 100 within {1000 * feedback[len(feedback) * 95 // 100]:.0f}, worst {1000 * feedback[-1]:.0f}")  # fmt: skip
    print(f"killed: a kernel, at work again after {students[0].away:.0f} s, and a server, after {students[1].away:.0f} s; "
          f"{sum(back)} of {len(back)} saved answers stood there again")  # fmt: skip
    for what in ("server", "kernel"):
        each = [one.memory[what] for one in students]
        print(f"memory of a student's {what}, MB: median {median(each):.0f}, most {max(each):.0f}")
    print(f"memory of hub and proxy: {hub.memory:.0f} MB")
    print(f"processor of a student, seconds: {median(one.processor[0] for one in students):.1f} to come in; "
          f"while working {100 * median(busy):.1f} of 100 of one core")  # fmt: skip
    return faults(hub, students, back)


def faults(hub: Hub, students: list[Student], back: list[bool]) -> list[str]:
    """What may not happen, in sentences."""
    found = [f"An answer called saved was not there after a death, {back.count(False)} times."] * (not all(back))
    for one in students:
        made = read_hand_in(hub.handed_in / f"{one.name}.html")
        if made.name != one.name:
            found.append(f"The file of {one.name} bears the name {made.name}.")
        if lacking := one.missing(made):
            found.append(f"The file of {one.name} lacks saved answers to {', '.join(lacking)}.")
        if not one.saved:
            found.append(f"Nothing of {one.name} was saved.")
    if not students[0].back or not students[1].back:
        found.append("Nothing died, or nobody noticed.")
    read = class_results(hub.handed_in)
    print(read)
    return found


async def run(arguments: argparse.Namespace, folder: Path) -> list[str]:
    hub = Hub(folder, proxy_folder(arguments.proxy))
    try:
        await hub.ready()
        students = await teach(hub, arguments.students, arguments.within, arguments.minutes)
    except BaseException:
        print(hub.log.read_text(encoding="utf-8")[-4000:], file=sys.stderr)
        raise
    finally:
        hub.stop()
    return told(hub, students, arguments.minutes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--students", type=int, default=30, choices=range(3, 31), metavar="N", help="from 3 to 30")
    parser.add_argument("--within", type=float, default=60, help="seconds in which they come in")
    parser.add_argument("--minutes", type=float, default=5, help="how long they work")
    parser.add_argument("--proxy", default="", help="the command configurable-http-proxy, if it is not on the path")
    given = parser.parse_args()
    print(f"load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="lima-hub-") as made:
        sys.exit("\n".join(asyncio.run(run(given, Path(made)))) or 0)
