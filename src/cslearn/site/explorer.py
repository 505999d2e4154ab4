"""The directive {explorer}, and the explorers' files in the site.

An explorer is an anywidget front-end module. On a page static/host.js mounts it;
in JupyterLab the same file is a widget.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from cslearn.explorers import CHART_LIBRARY, registry
from cslearn.site.inline import BookDirective, attribute, html

FOLDER = "explorers"
TABLES = "data"


class ExplorerDirective(BookDirective):
    """`{explorer} decision-matrix`: the place where host.js mounts that explorer.

    The option `view` names the part that an explorer shows first; only some have one.
    `:table: complaints` names the table that it asks about first, if it reads tables.
    """

    required_arguments = 1
    option_spec: ClassVar = {"view": directives.unchanged_required, "table": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        slug = self.arguments[0]
        known = registry()
        if slug not in known:
            raise self.fault(f"there is no explorer {slug!r}; there are {', '.join(sorted(known)) or 'none'}.")
        if self.depth() < 2:
            # The explorers' own headings are of the third level.
            raise self.fault(f"put the explorer {slug} under a heading of its own (## …), not right under the title.")
        entry = known[slug]
        if entry.reads_tables and not (datasets(self.env.srcdir) / "datapackage.json").exists():
            raise self.fault(
                f"the explorer {slug} reads Northfold's tables, and there is no datasets/datapackage.json."
            )
        view = self.options.get("view")
        if view and view not in entry.views:
            raise self.fault(f"the explorer {slug} has no view {view!r}; it has {', '.join(entry.views) or 'none'}.")
        shown = f' data-view="{attribute(view)}"' if view else ""
        table = self.options.get("table", "").strip()
        if table and not (entry.reads_tables and (datasets(self.env.srcdir) / f"{table}.csv").exists()):
            raise self.fault(
                f"the explorer {slug} has no table {table!r} to begin with; name a file of datasets, "
                "or leave the line :table: out."
            )
        begins = f' data-table="{attribute(table)}"' if table else ""
        self.env.note_dependency(str(entry.module))
        # All that it may ask for, now or later, so that the page can be kept for use without a network.
        files = " ".join(Path(file).name for file in entry.assets if Path(file).suffix in (".js", ".css"))
        return [
            html(
                f'<section class="explorer" aria-label="Explorer: {attribute(entry.title)}"'
                f' data-explorer="{attribute(self.page)}:{attribute(slug)}"{shown}{begins}'
                f' data-module="{attribute(self.static(f"{FOLDER}/{entry.module.name}"))}"'
                f' data-files="{attribute(files)}">'
                # host.js puts "is loading" in its place; this stays when no script runs.
                f'<p class="explorer-wait">The explorer “{attribute(entry.title)}” needs JavaScript. '
                "The worked example on this page shows the same steps.</p></section>"
            )
        ]


def modules_on(body: str) -> list[str]:
    """The modules that the explorers in a page's HTML need at once, by their places in _static.

    Without a word from the page a browser finds them one after another, each in the one
    before. The chart library is not among them: it comes with the first chart; nor is what
    an explorer fetches only for a part of it.
    """
    known = registry()
    entries = [known[slug] for slug in re.findall(r'data-explorer="[^"]*:([^":]+)"', body)]
    files = [file for entry in entries for file in (entry.module, *entry.assets) if file not in entry.later]
    modules = [file.name for file in files if file.suffix == ".js" and file not in CHART_LIBRARY]
    return [f"{FOLDER}/{name}" for name in dict.fromkeys(modules)]


def copy_modules(app: Sphinx, error: Exception | None) -> None:
    """Puts every explorer's files into _static/explorers, each once."""
    if error or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / FOLDER
    for entry in registry().values():
        for file in (entry.module, *entry.assets):
            write_if_changed(target / Path(file).name, Path(file).read_bytes())


def datasets(srcdir: str | Path) -> Path:
    """The folder with Northfold's tables, beside the folder of the book's pages."""
    return Path(srcdir).parent / "datasets"


def copy_tables(app: Sphinx, error: Exception | None) -> None:
    """Puts Northfold's tables and their description into _static/data, for explorers and for readers."""
    if error or app.builder.format != "html":
        return
    publish_tables(datasets(app.srcdir), Path(app.outdir) / "_static" / TABLES)


def publish_tables(source: Path, target: Path) -> None:
    """Copies the tables: each as it is, for readers, and once more compressed, for explorers.

    No host takes the ending for a reason to unpack a file on the way, and without a time stamp the same
    table gives the same bytes. Compressing takes longer than the rest, so it is done when a table has changed.
    """
    for file in [*source.glob("*.csv"), *source.glob("*.json")]:
        content, whole, packed = file.read_bytes(), target / file.name, target / f"{file.name}.gzip"
        if file.suffix == ".csv" and not (packed.exists() and whole.exists() and whole.read_bytes() == content):
            # Before the table itself, so that a build that was stopped between the two makes it again.
            write_if_changed(packed, gzip.compress(content, 9, mtime=0))
        write_if_changed(whole, content)


def write_if_changed(path: Path, content: bytes) -> None:
    """Leaves a file alone that is already right, so that hosts and browsers keep their copy."""
    if not path.exists() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
