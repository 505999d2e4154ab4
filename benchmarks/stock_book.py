"""The same book made the stock way: Jupyter Book's own theme and settings, explorers as Jupyter widgets.

What stock has no counterpart for (quizzes, predictions, the exercise's box) is left out of
its pages, which makes them lighter and quicker than ours would be there.
"""

from __future__ import annotations

import json
import re
import shutil
import tarfile
from pathlib import Path

import yaml

from benchmarks.measure import ROOT, copy_of, run
from cslearn.problem import Problem

DIRECTIVE = re.compile(
    r"^```\{(explorer|quiz|predict|exercise|workplace)\}[ \t]*([^\n]*)\n(.*?)^```[ \t]*$", re.M | re.S
)
# The addresses that a built page loads things from: …/npm/<package>@<version>/<file>.
NPM = re.compile(r"https://[\w.-]+/npm/")
REQUIRE = re.compile(r"https://[\w.-]+/ajax/libs/require\.js/([\d.]+)/require\.min\.js")
INTEGRITY = re.compile(r' integrity="[^"]*"')
SPEC = re.compile(r'(?:src|href)="/cdn/((?:@[\w.-]+/)?[\w.-]+@[^/"]+)/')
STATE = re.compile(r'<script type="application/vnd\.jupyter\.widget-state\+json">(.*?)</script>', re.S)


def write_stock_book(into: Path) -> Path:
    """The book's folder with its own _config.yml and _toc.yml, as `jupyter-book create` lays it out."""
    copy_of(["book"], into)
    book = into / "book"
    for page in book.rglob("*.md"):
        page.write_text(as_stock(page.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copy(ROOT / "_toc.yml", book / "_toc.yml")
    ours = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    # Notebooks from the cache, as with us: Jupyter Book's own setting would run them again and again.
    settings = {name: ours[name] for name in ("title", "author", "only_build_toc_files", "bibtex_bibfiles")}
    settings["execute"] = {"execute_notebooks": "cache", "timeout": ours["execute"].get("timeout", 120)}
    settings["parse"] = ours["parse"]
    settings["sphinx"] = {"config": {"myst_heading_anchors": 3}}
    (book / "_config.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    return book


def as_stock(text: str) -> str:
    """A page's text with our directives in stock's terms."""

    def changed(match: re.Match) -> str:
        name, argument, body = match.groups()
        if name == "explorer":
            shown = f"from cslearn.explorers.widget import Explorer\n\nExplorer({argument.strip()!r})"
            return f"```{{code-cell}} ipython3\n:tags: [hide-input]\n\n{shown}\n```"
        if name == "workplace":
            body = re.sub(r"^:points:[^\n]*\n", "", body)
            return f"```{{admonition}} In your workplace\n{body}```"
        return ""

    return DIRECTIVE.sub(changed, text)


def local_addresses(html: str) -> str:
    """A built page that loads from this machine what it would load from a content delivery network."""
    html = INTEGRITY.sub("", html)
    # The package has no minified file; the 14 KB that this adds are less than a hundredth of the page.
    html = REQUIRE.sub(r"/cdn/requirejs@\1/require.js", html)
    return NPM.sub("/cdn/", html)


def packages_of(html: str) -> set[str]:
    """The npm packages, each name@version, that a page with local addresses loads."""
    found = set(SPEC.findall(html))
    for model in widget_models(html):
        name, version = model.get("model_module"), model.get("model_module_version")
        # html-manager has these two in itself.
        if name and name not in ("@jupyter-widgets/base", "@jupyter-widgets/controls"):
            found.add(f"{name}@{version}")
    return found


def widget_models(html: str) -> list[dict]:
    return [model for state in STATE.findall(html) for model in json.loads(state)["state"].values()]


def fetch_packages(specs: set[str], into: Path) -> None:
    """Puts the packages into a folder as a content delivery network lays them out; what is there is kept.

    The npm client brings them from wherever it is set up to; this names no place.
    """
    for spec in sorted(specs):
        if (into / spec).is_dir():
            continue
        scratch = into / ".new"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir(parents=True)
        run(["npm", "pack", "--silent", "--pack-destination", scratch, spec], into)
        (archive,) = scratch.glob("*.tgz")
        unpack(archive, scratch / "files")
        (into / spec).parent.mkdir(parents=True, exist_ok=True)
        (scratch / "files").rename(into / spec)
        shutil.rmtree(scratch)


def unpack(archive: Path, into: Path) -> None:
    """The ordinary files of an npm package, without its outer folder."""
    with tarfile.open(archive) as tar:
        for member in tar:
            inside = Path(*Path(member.name).parts[1:])
            if not member.isfile():
                continue
            if ".." in inside.parts or inside.is_absolute():
                raise Problem(f"{archive.name} holds a file that leads out of it ({member.name}); it is not used.")
            (into / inside).parent.mkdir(parents=True, exist_ok=True)
            (into / inside).write_bytes(tar.extractfile(member).read())
