"""One ES module out of an explorer's files, for places that cannot serve files beside it.

A notebook gets an explorer's front end as text. The files use one convention only, and
anything else is refused rather than guessed at:

* ``import { a, b } from "./other.js";`` at the start of the file, on one line;
* ``const loadOther = () => import("./other.js");`` on one line, for what a page fetches only
  when it is asked for; in the bundle it is there at once;
* ``export const``, ``export function`` or ``export class`` at the start of a line;
* in the explorer's own module, ``export default`` at the start of a line, once.
"""

from __future__ import annotations

import re
from pathlib import Path

from cslearn.explorers import CHART_LIBRARY, Entry
from cslearn.problem import Problem

_IMPORT = re.compile(r'^import \{ ([\w, ]+) \} from "\./([\w.]+)";$')
_LATER = re.compile(r'^const (\w+) = \(\) => import\("\./([\w.]+)"\);$')
_EXPORT = re.compile(r"^export (const|function|class) (\w+)")
_DEFAULT = "export default "


def bundle(entry: Entry) -> str:
    """The explorer as the text of one ES module that imports nothing.

    The chart library is in it as a function that is called when the first chart is drawn.
    Raises Problem, naming file and line, where a file leaves the convention above.
    """
    files = {path.name: path for path in (*entry.assets, entry.module) if path.suffix == ".js"}
    vendored = {path.name for path in CHART_LIBRARY}
    parts = [_charts()]
    done: list[str] = []

    def add(name: str, asked_by: str) -> None:
        if name in done:
            return
        if name not in files or name in vendored:
            raise Problem(f"{asked_by} imports {name}, which is not among the explorer's assets. Add it there.")
        text, needs = _as_function(files[name], main=files[name] == entry.module)
        for need in needs:
            add(need, name)
        done.append(name)
        parts.append(text)

    add(entry.module.name, entry.slug)
    parts.append(f"export default {_variable(entry.module.name)}.default;\n")
    return "\n".join(parts)


def _variable(name: str) -> str:
    return f"module_{Path(name).stem}"


def _as_function(path: Path, main: bool) -> tuple[str, list[str]]:
    """The file as a function that gives its exports, and the names of the files it imports."""
    lines: list[str] = []
    needs: list[str] = []
    exports: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path.name}, line {number}"
        if line.startswith(("import ", "import{", "import(")):
            match = _IMPORT.match(line)
            if not match:
                raise Problem(f'{where}: write an import as import {{ a, b }} from "./other.js"; on one line.')
            needs.append(match[2])
            line = f"const {{ {match[1]} }} = {_variable(match[2])};"
        elif match := _LATER.match(line):
            needs.append(match[2])
            line = f"const {match[1]} = async () => {_variable(match[2])};"
        elif line.startswith(_DEFAULT):
            if not main or "default" in exports:
                raise Problem(f"{where}: only the explorer's own module has a default export, and only one.")
            exports.append("default")
            line = f"const default_ = {line.removeprefix(_DEFAULT)}"
        elif line.startswith("export"):
            match = _EXPORT.match(line)
            if not match:
                raise Problem(f"{where}: export with export const, export function or export class.")
            exports.append(match[2])
            line = line.removeprefix("export ")
        lines.append(line)
    if main and "default" not in exports:
        raise Problem(f"{path.name} has no default export. An explorer ends with export default frame(...).")
    given = ", ".join("default: default_" if name == "default" else name for name in exports)
    body = "\n".join(lines)
    return f"const {_variable(path.name)} = (() => {{\n{body}\nreturn {{ {given} }};\n}})();", needs


def _charts() -> str:
    # As parameters, exports, module and define are hidden, so that the files hand themselves
    # to the page and not to a module loader that happens to be around.
    files = "\n".join(path.read_text(encoding="utf-8") for path in CHART_LIBRARY)
    return f"globalThis.cslearnCharts ??= function (exports, module, define) {{\n{files}\n}};"
