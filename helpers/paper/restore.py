"""Reading a file that was handed in, as hostile input: nothing in it is run, followed or believed.

The page itself is not looked at; what counts is the one JSON block in it. Whatever is amiss is one sentence.
"""

import html
import io
import json
import zipfile
from pathlib import Path

import msgspec

from helpers.base.errors import KitError, bare
from helpers.base.files import meant, read_bytes
from helpers.lessons.handed import FORM, KIT, Handed, HandIn
from helpers.lessons.values import plain_data

MOST = 5_000_000  # bytes of a file, and of the page in a zip
UNPACKED, PARTS, RATIO = 20_000_000, 100, 200  # of a zip: bytes in all, files, and how much smaller it may make them
# The block as a browser writes it too, so that a page saved anew from a browser is still found.
OPEN, CLOSE = '<pre id="lima-hand-in" hidden="">', "</pre>"
AGAIN = "Make the file again with hand_in() and bring that one."


class _Head(msgspec.Struct):
    """What is looked at before all else."""

    kit: str = ""
    form: int = 0


def read_hand_in(file: Path | str | bytes, name: str = "") -> HandIn:
    """What a hand-in holds: a page, or a zip with one, given by its path or as its bytes; else a `KitError`."""
    if not isinstance(file, bytes):
        name, file = name or Path(file).name, read_bytes(meant(file), MOST + 1)  # of a larger one no more is read
    name = bare(name or "The file")
    _check_size(len(file), name)
    if not file.strip():
        raise KitError(f"{name} is empty. {AGAIN}")
    if file.startswith(b"%PDF"):
        raise KitError(f"{name} is a PDF, which can be read and printed, but not brought back. Bring the page (.html).")
    if file.startswith(b"PK"):
        file = _unpacked(file, name)
    return _decoded(_block(file.decode("utf-8", "replace"), name), name)


def _check_size(size: int, name: str) -> None:
    if size > MOST:
        raise KitError(f"{name} has more than {MOST // 1_000_000} MB; no file of this kit is that large. {AGAIN}")


def _unpacked(file: bytes, name: str) -> bytes:
    """The page in a zip."""
    try:
        found = _only_page(file, name)
    except KitError:
        raise
    except Exception:  # whatever a damaged or hostile zip makes of its reader
        raise KitError(f"{name} is a zip that can't be opened: it is damaged or locked. {AGAIN}") from None
    _check_size(len(found), name)
    return found


def _only_page(file: bytes, name: str) -> bytes:
    """The one page in a zip; what its head says of sizes is not believed."""
    with zipfile.ZipFile(io.BytesIO(file)) as zipped:
        parts = zipped.infolist()
        size = sum(part.file_size for part in parts)
        if len(parts) > PARTS or size > UNPACKED or size > RATIO * len(file):
            raise KitError(f"{name} unpacks to far more than a hand-in holds, so it was left closed. {AGAIN}")
        pages = [part for part in parts if _is_page(part.filename)]
        if len(pages) != 1:
            raise KitError(f"{name} holds {len(pages) or 'no'} pages (.html), not one. Take the one out and bring it.")
        if pages[0].compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others swell as they are read
            raise KitError(
                f"{name} is packed in a way that this kit does not open. Unpack it and bring the page in it."
            )
        with zipped.open(pages[0]) as page:
            return page.read(MOST + 1)


def _is_page(name: str) -> bool:
    return name.lower().endswith((".html", ".htm")) and not name.startswith("__MACOSX/")


def _block(page: str, name: str) -> str:
    """The JSON in a page."""
    _, *blocks = page.split(OPEN)
    if not blocks:
        raise KitError(f"{name} holds no answers of this kit. Bring the page that hand_in() made, as it was made.")
    if len(blocks) > 1:
        raise KitError(f"{name} holds {len(blocks)} blocks of answers, so somebody has changed it. {AGAIN}")
    data, end, _ = blocks[0].partition(CLOSE)
    if not end:
        raise KitError(f"{name} ends in the middle of the answers: it was not copied whole. {AGAIN}")
    return html.unescape(data)


def _decoded(data: str, name: str) -> HandIn:
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.kit != KIT:
            raise KitError(f"{name} was made by something else than this kit. Bring the page that hand_in() made.")
        if head.form > FORM:
            raise KitError(f"{name} was made by a newer version of this kit. Update the kit here, or open it there.")
        found = msgspec.json.decode(data, type=HandIn)
    except msgspec.ValidationError as error:
        raise KitError(f"{name} holds answers in another shape than this kit's: {bare(error)}. {AGAIN}") from None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise KitError(f"{name} holds answers that can't be read: it was damaged or changed. {AGAIN}") from None
    for one in found.answers:
        _check_depth(one, name)
    return found


def _check_depth(one: Handed, name: str) -> None:
    try:
        plain_data(one.answer)
        plain_data(one.unsent)
    except KitError:
        raise KitError(
            f"{name} holds an answer to {one.id} that no question can take: it was changed. {AGAIN}"
        ) from None


def block_of(made: HandIn) -> str:
    """The JSON of a hand-in, in letters that no platform on its way can spoil."""
    return json.dumps(msgspec.to_builtins(made), ensure_ascii=True)
