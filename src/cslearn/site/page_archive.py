"""Our own Python for an exercise page, as one archive: cases, methods, rules, and the exercises' published form.

No marker, no site, no explorers, no personas: a page needs none of them, and what is not
there need not be fetched. fastjsonschema, which the rules use and Pyodide does not have, comes
from the package installed here, each file compared with the hash in that package's own list.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import cslearn
from cslearn import syllabus
from cslearn.exercises import exercise, page
from cslearn.problem import Problem
from cslearn.site.explorer import write_if_changed

NAME = "cslearn-page.zip"
ROOMS = ("exercises", "methods", "northfold")
SOURCE = Path(cslearn.__file__).parent
# A zip notes no time before this, and the same contents must give the same bytes.
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(path: Path) -> None:
    """Writes the archive, unless the one that is there was made from the same files."""
    digest = made_from()
    if path.exists() and _comment(path) == digest:
        return
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted(_contents()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED, 9)
        archive.comment = digest
    write_if_changed(path, out.getvalue())


def _contents() -> Iterator[tuple[str, bytes]]:
    yield from own()
    yield from installed("fastjsonschema")


def own() -> Iterator[tuple[str, bytes]]:
    """Our own files in it, each under the name by which Python finds it."""
    for path in _modules():
        yield f"cslearn/{path.relative_to(SOURCE).as_posix()}", path.read_bytes()
    # The browser has no PyYAML: the syllabus goes as JSON.
    yield "cslearn/syllabus.json", json.dumps(syllabus.plan(), ensure_ascii=False).encode()
    yield "cslearn/northfold/columns.json", json.dumps(page.columns_of_tables(), ensure_ascii=False).encode()
    for name in exercise.available():
        text = exercise.to_json(exercise.published(name))
        yield f"cslearn/exercises/published/{name}.json", text.encode()


def _modules() -> list[Path]:
    found = [SOURCE / name for name in ("__init__.py", "problem.py", "strict_yaml.py", "syllabus.py")]
    for room in ROOMS:
        found += [
            path
            for path in (SOURCE / room).rglob("*.py")
            if "personas" not in path.parts and path.name != "standards.py"
        ]
    return sorted(found)


def installed(name: str) -> Iterator[tuple[str, bytes]]:
    """The modules and the licence of an installed package, as its list of files says they are."""
    for file in metadata.distribution(name).files or ():
        if file.suffix != ".py" and file.name != "LICENSE":
            continue
        data = Path(file.locate()).read_bytes()
        if file.hash:
            digest = base64.urlsafe_b64encode(hashlib.new(file.hash.mode, data).digest()).rstrip(b"=").decode()
            if digest != file.hash.value:
                raise Problem(f"{file} of the installed {name} has been changed; run `make setup` anew.")
        yield file.as_posix(), data


def made_from() -> bytes:
    """What the archive is made from, as a hash; cheaper than making it."""
    said = hashlib.sha256(metadata.version("fastjsonschema").encode())
    sources = [*_modules(), *sorted(SOURCE.glob("syllabus.*")), Path(__file__), *_exercise_files()]
    for path in sources:
        said.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    return said.hexdigest().encode()


def _exercise_files() -> list[Path]:
    return sorted(exercise.FOLDER.glob("*.md"))


def _comment(path: Path) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.comment
    except zipfile.BadZipFile:
        return b""
