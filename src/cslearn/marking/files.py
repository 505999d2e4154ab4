"""Writing files so that a reader never sees half of one."""

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file in one step: the old file stays until the new one is complete.

    The new file is written beside the old one and renamed over it, so a full
    disk, Ctrl-C or a lost connection leaves the old file untouched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        # mkstemp makes files that only their owner can read; a class folder is
        # often shared between two tutors.
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def write_changed(path: Path, content: bytes) -> None:
    """The same, but a file that is right already is left alone: writing over one waits for the disk, reading does not."""
    try:
        right = path.read_bytes() == content
    except OSError:
        right = False
    if not right:
        # Half a file that a killed run left behind; this one will be whole.
        for stale in path.parent.glob(".*.part"):
            stale.unlink(missing_ok=True)
        write_whole(path, content)


def _umask() -> int:
    # Reading the mask is only possible by setting it; asked once, at import, before any thread starts.
    return _MASK


_MASK = os.umask(0o022)
os.umask(_MASK)


def spreadsheet_safe(value: object) -> object:
    """A cell that a spreadsheet shows as text.

    Excel and LibreOffice run a cell that starts with = + - or @ as a formula,
    and a learner may be called anything in a roster (OWASP, CSV injection).
    """
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def printable(text: str) -> str:
    """Text from a submission or a zip without what could steer a terminal."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
