"""Build the book: Markdown pages and notebooks in, a static site out.

`jb build book --config _config.yml --toc _toc.yml` gives the same site. This
module skips Jupyter Book's command line, which costs more than a second at each
start, but uses its own conversion of `_config.yml`, so that there is one
configuration.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable
from pathlib import Path

from cslearn.exercises.lean_imports import import_jsonschema
from cslearn.problem import Problem
from cslearn.site import lite

ANSI = re.compile(r"\x1b\[[0-9;]*m")
# "…/book/options/decision-matrix.md:12: WARNING: what is wrong"
FAULT = re.compile(r"^(?:(?P<where>.+?): )?(?:WARNING|ERROR|CRITICAL|SEVERE): (?P<what>.+)$", re.DOTALL)


class Lines(io.TextIOBase):
    """A stream that hands each finished line to a function."""

    def __init__(self, on_line: Callable[[str], object]):
        self.on_line = on_line
        self.rest = ""

    def write(self, text: str) -> int:
        # Sphinx draws progress with carriage returns; only the last state of such a line matters.
        *lines, self.rest = (self.rest + ANSI.sub("", text)).split("\n")
        for line in lines:
            shown = line.rsplit("\r", 1)[-1].rstrip()
            if shown:
                self.on_line(shown)
        return len(text)

    def isatty(self) -> bool:
        return False


def build(
    root: str | Path,
    output: str | Path,
    *,
    pyodide: str | Path | None = None,
    full_notebooks: bool = False,
    on_line: Callable[[str], object] = print,
) -> Path:
    """The folder with the finished site.

    `root` holds `_config.yml`, `_toc.yml` and the folder `book`; the site is
    written to `output/html`, beside the caches that make the next build fast.
    `pyodide` names where Python for the exercise pages comes from (site/pyodide.py).
    With `full_notebooks` the exercises can be opened in JupyterLite too (site/lite.py).
    Every warning counts as an error. Raises Problem with the first fault and its
    file; all faults go to `on_line`.
    """
    root, output = Path(root).resolve(), Path(output).resolve()
    source, config, toc = root / "book", root / "_config.yml", root / "_toc.yml"
    for needed in (source, config, toc):
        if not needed.exists():
            raise Problem(f"{needed} is missing: run this in the folder that holds _config.yml, _toc.yml and book.")
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as why:
        raise Problem(f"The site cannot be written to {output} ({why.strerror}); name another folder.") from why
    faults: list[str] = []
    if full_notebooks and (reason := lite.why_not(pyodide)):
        on_line(f"The exercises cannot be opened as full notebooks: {reason}.")
        full_notebooks = False

    def on_fault(line: str) -> None:
        on_line(line)
        faults.append(line)

    # Deprecations inside Sphinx and its extensions are for their makers to settle,
    # whatever our own tests make of warnings.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fault = _sphinx(root, source, config, toc, output, pyodide, full_notebooks, Lines(on_line), Lines(on_fault))
    if fault is None:
        if lite.build(output / "html", pyodide, wanted=full_notebooks):
            on_line("The exercises can be opened as full notebooks too.")
        return output / "html"
    # Sphinx would not look again at a page that it has read, faulty or not, and the
    # next build would pass.
    (output / ".doctrees" / "environment.pickle").unlink(missing_ok=True)
    if isinstance(fault, Exception) and fault.__cause__:
        on_line(ANSI.sub("", str(fault.__cause__)))
    raise Problem(_sentence(fault, faults, root)) from None


def _sphinx(
    root: Path,
    source: Path,
    config: Path,
    toc: Path,
    output: Path,
    pyodide: str | Path | None,
    full_notebooks: bool,
    status: Lines,
    warning: Lines,
) -> Exception | str | None:
    """None after a clean build, the exception that stopped it, or "warnings"."""
    import yaml

    import_jsonschema()
    from jsonschema import ValidationError
    from jupyter_book.config import get_final_config
    from myst_nb.core.execute import ExecutionError
    from sphinx.application import Sphinx
    from sphinx.errors import ExtensionError, SphinxError
    from sphinx.util.docutils import docutils_namespace, patch_docutils
    from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml

    try:
        parse_toc_yaml(toc)
        settings, _ = get_final_config(
            user_yaml=config,
            cli_config={
                "external_toc_path": toc.as_posix(),
                "latex_individualpages": False,
                "cslearn_full_notebooks": full_notebooks,
                **({"cslearn_pyodide": str(Path(pyodide).resolve())} if pyodide else {}),
            },
            sourcedir=source,
            raise_on_invalid=True,
        )
    except (MalformedError, ValidationError, yaml.YAMLError, ValueError) as error:
        return error
    try:
        with patch_docutils(str(source)), docutils_namespace():
            app = Sphinx(
                srcdir=source,
                confdir=None,
                outdir=output / "html",
                doctreedir=output / ".doctrees",
                buildername="html",
                confoverrides=settings,
                status=status,
                warning=warning,
                warningiserror=True,
                keep_going=True,
            )
            app.build()
            return "warnings" if app.statuscode else None
    except ExtensionError as error:
        # Sphinx wraps what an extension raises; a fault of ours keeps its traceback.
        if error.orig_exc and not isinstance(error.orig_exc, Problem):
            raise error.orig_exc from None
        return error.orig_exc or error
    except (SphinxError, ExecutionError) as error:
        return error


def _sentence(fault: Exception | str, faults: list[str], root: Path) -> str:
    """One sentence that names the file, what is wrong and where to read more."""
    if isinstance(fault, Exception):
        what = str(fault).strip() or type(fault).__name__
        # MyST-NB names the page only; what the cell raised is the cause.
        if cause := fault.__cause__:
            name, value = getattr(cause, "ename", type(cause).__name__), getattr(cause, "evalue", cause)
            what = f"{what}: a cell fails with {name}: {ANSI.sub('', str(value)).strip()}."
        return f"The book was not built. {what}".replace(f"{root}/", "")
    found = FAULT.match(faults[0]) if faults else None
    if not found:
        return "The book was not built; the lines above say why."
    where, what = found["where"] or "the book's settings", found["what"]
    more = len([line for line in faults if FAULT.match(line)]) - 1
    others = f" ({more} more above.)" if more > 0 else ""
    return f"The book was not built. {where}: {what}{others}".replace(f"{root}/", "")
