"""The directive {datadictionary}: every table of the data package, column by column.

It is made from `datasets/datapackage.json`, and the known traps from the datasheet beside
it, so that no page says it a second time.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from docutils import nodes

from cslearn import syllabus
from cslearn.explorers import data_room
from cslearn.site import explorer
from cslearn.site.inline import BookDirective, attribute, html

TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "yes or no (1 or 0 in the file)",
    "date": "date",
    "datetime": "date and time",
}
TRAPS = re.compile(r"^## Known traps.*?\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


def kind(field: dict) -> str:
    """What a column may hold, in one line: ``whole number, in s, from 0; may be blank``."""
    limits = field.get("constraints", {})
    parts = [TYPES[field["type"]]]
    if field.get("unit"):
        parts.append(f"in {field['unit']}")
    least, most = limits.get("minimum"), limits.get("maximum")
    if least is not None and most is not None:
        parts.append(f"{least} to {most}")
    elif least is not None:
        parts.append(f"from {least}")
    return ", ".join(parts) + ("" if limits.get("required") else "; may be blank")


def traps(datasheet: str) -> str:
    """What the datasheet says under "Known traps", as Markdown; empty where it says nothing."""
    found = TRAPS.search(datasheet)
    return found[1].strip() if found else ""


class DataDictionary(BookDirective):
    """`{datadictionary}`: a section for each table, and one for the known traps."""

    def run(self) -> list[nodes.Node]:
        folder = explorer.datasets(self.env.srcdir)
        package, datasheet = folder / "datapackage.json", folder / "README.md"
        for path in (package, datasheet):
            if not path.exists():
                raise self.fault(f"the data dictionary is made from {path.name} in datasets, and there is none.")
            self.env.note_dependency(str(path))
        resources = json.loads(package.read_text(encoding="utf-8"))["resources"]
        made = [
            self.table(folder, resource) if "schema" in resource else self.texts(folder, resource)
            for resource in resources
        ]
        says = traps(datasheet.read_text(encoding="utf-8"))
        if says:
            made.append(self.section("known-traps", "Known traps", self.blocks(says, datasheet.name)))
        return made

    def texts(self, folder: Path, resource: dict) -> nodes.section:
        """Documents that are no table, each folded up under its first line, to be read on the page."""
        body: list[nodes.Node] = [html(f"<p>{attribute(resource['title'])}.</p>")]
        for file in resource["path"]:
            path = folder / file
            self.env.note_dependency(str(path))
            heading, _, text = path.read_text(encoding="utf-8").partition("\n")
            body.append(html(f"<details><summary>{attribute(heading.lstrip('# '))}</summary>"))
            body += self.blocks(text, file)
            body.append(html("</details>"))
        return self.section(resource["name"], resource["name"].capitalize(), body)

    def section(self, id: str, title: str, body: list[nodes.Node]) -> nodes.section:
        section = nodes.section(ids=[id], names=[id])
        section += nodes.title("", title)
        self.state.document.note_implicit_target(section)
        section += body
        return section

    def table(self, folder: Path, resource: dict) -> nodes.section:
        file = resource["path"]
        name = file.removesuffix(".csv")
        path = folder / file
        self.env.note_dependency(str(path))
        with path.open(encoding="utf-8", newline="") as lines:
            rows = sum(1 for _ in csv.reader(lines)) - 1
        source = next((table.id for table in syllabus.tables() if file in table.files), None)
        key = resource["schema"].get("primaryKey")
        facts = [f"{rows:,} rows"]
        if source:
            facts.insert(0, f"Source {source}")
        if key:
            facts.append(f"a row is known by {' and '.join(key)}")
        address = attribute(self.static(f"{explorer.TABLES}/{file}"))
        body: list[nodes.Node] = [
            html(
                f"<p>{attribute(resource['title'])}. {attribute('; '.join(facts))}. "
                f'<a href="{address}" download>Download {attribute(file)}</a></p>'
            ),
            html(columns(f"Columns of {file}", [row(field) for field in resource["schema"]["fields"]])),
        ]
        derived = data_room.derived(name)
        if derived:
            body.append(html("<p>The data room works these out as well:</p>"))
            added = [
                (one["name"], one["says"], f"number, in {one['unit']}" if one.get("unit") else "text", "")
                for one in derived
            ]
            body.append(html(columns(f"Worked out from {file}", added)))
        return self.section(f"table-{name.replace('_', '-')}", file, body)


def row(field: dict) -> tuple[str, str, str, str]:
    allowed = ", ".join(map(str, field.get("constraints", {}).get("enum", ())))
    return field["name"], field["description"], kind(field), allowed


def columns(caption: str, rows: list[tuple[str, str, str, str]]) -> str:
    """The columns as a table of two, which a telephone can show: the name, and all that is known of it."""

    def broken(name: str) -> str:
        # A long name would leave no room beside it; it may break where its words meet.
        return attribute(name).replace("_", "_<wbr>")

    body = "".join(
        f'<tr><th scope="row"><code>{broken(name)}</code></th>'
        f"<td>{attribute(says[:1].upper() + says[1:])}.<br><small>{attribute(kind[:1].upper() + kind[1:])}."
        + (f" One of: {attribute(allowed)}." if allowed else "")
        + "</small></td></tr>"
        for name, says, kind, allowed in rows
    )
    return (
        f'<table class="dictionary"><caption>{attribute(caption)}</caption><thead><tr><th scope="col">Column</th>'
        f'<th scope="col">What it holds</th></tr></thead><tbody>{body}</tbody></table>'
    )
