"""What a browser may keep of the site: the list of its files with their hashes, and the worker that keeps them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from sphinx.application import Sphinx

from cslearn.site.explorer import write_if_changed

WORKER = Path(__file__).with_name("sw.js")
MARK = "VERSION-OF-THE-SITE"
# What no page of the course asks for, and the notebook interface, which has a worker of its own.
_LEFT_OUT = ("_sources/", "lite/", "objects.inv", ".buildinfo", ".nojekyll")


def write_list(app: Sphinx, error: Exception | None) -> None:
    """Writes `sw.js` and `site-files.<version>.json`, when everything else has been written."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    files = hashes(out)
    said = json.dumps(files, sort_keys=True, ensure_ascii=False)
    version = hashlib.sha256(said.encode() + WORKER.read_bytes()).hexdigest()[:10]
    listed = out / f"site-files.{version}.json"
    for old in out.glob("site-files.*.json"):
        if old != listed:
            old.unlink()
    write_if_changed(listed, f'{{"version": "{version}", "files": {said}}}\n'.encode())
    write_if_changed(out / "sw.js", WORKER.read_text(encoding="utf-8").replace(MARK, version).encode())


def hashes(out: Path) -> dict[str, str]:
    """The sha256 of every file that a page may ask for, by its path in the site."""
    found = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and name != "sw.js" and not name.startswith(("site-files.", *_LEFT_OUT)):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
