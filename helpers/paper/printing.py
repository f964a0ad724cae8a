"""Pages on paper: where they are written, and printed as PDF by a browser that is on the machine."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.base.errors import KitError, bare
from helpers.lessons.desk import work_folder

SECONDS = 60
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_QUIET = "--headless --disable-gpu --disable-background-networking --no-first-run --no-pdf-header-footer"
_MAC = ("Google Chrome", "Microsoft Edge", "Chromium")


def folder_for(out: str) -> Path:
    """The folder for pages to print: `out`, else `print` beside the answers; it is made."""
    work = work_folder()
    if not out and work is None:
        raise KitError("No folder here can be written. Name one: --out FOLDER.")
    folder = Path(out).expanduser() if out else work / "print"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KitError(f"{bare(folder)} can't be made ({error.strerror}). Name another: --out FOLDER.") from None
    return folder


def browser() -> str | None:
    """A Chromium, Chrome or Edge of this machine; None if there is none where one is looked for."""
    folders = [os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")]
    places = [Path(folder, name) for folder in folders if folder for name in _WINDOWS]
    places += [Path("/Applications", f"{name}.app", "Contents", "MacOS", name) for name in _MAC]
    found = [shutil.which(name) for name in _NAMES] + [str(path) for path in places if path.is_file()]
    return next(filter(None, found), None)


def pdf(path: Path) -> Path:
    """Print a page as PDF beside it through the browser; a `KitError` says how to do it by hand."""
    made = path.with_suffix(".pdf")
    made.unlink(missing_ok=True)
    engine = browser()
    if engine is None:
        raise KitError(f"No Chromium, Chrome or Edge was found. Open {bare(path)} in any browser and print it.")
    with TemporaryDirectory(prefix="lima-", ignore_cleanup_errors=True) as profile:
        try:
            subprocess.run(_command(engine, profile, path, made), capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            made.unlink(missing_ok=True)
    if not made.is_file():
        raise KitError(f"The browser did not print {bare(path)}. Open it in any browser and print it there.")
    return made


def _command(engine: str, profile: str, path: Path, made: Path) -> list[str]:
    quiet = _QUIET.split()
    if getattr(os, "geteuid", lambda: 1)() == 0:  # as root, in a container, there is no sandbox
        quiet.append("--no-sandbox")
    return [engine, *quiet, f"--user-data-dir={profile}", f"--print-to-pdf={made.resolve()}", path.resolve().as_uri()]
