"""What one cell of a learner's code gives on an exercise page: text, tables, pictures, or an error in a sentence.

It runs in the learner's own browser and marks nothing.
"""

import ast
import base64
import builtins
import contextlib
import difflib
import io
import linecache
import re
import traceback
from html import unescape

from cslearn.problem import Problem

LONGEST_TEXT = 20_000
MOST_ROWS = 200
MOST_OUTPUTS = 100


class Notebook:
    """The cells of one page: names that one cell makes are there in the next."""

    def __init__(self):
        self._names = {"__name__": "__main__", "display": self._display, "input": _no_input}
        self._outputs: list[dict] = []
        self._text = io.StringIO()

    def run(self, source: str, name: str = "cell") -> list[dict]:
        """The outputs of a cell, in order. Never raises for what the learner wrote."""
        self._outputs, self._text = [], io.StringIO()
        file = f"<{name}>"
        # So that a traceback shows the learner's own line.
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        with contextlib.redirect_stdout(self._text), contextlib.redirect_stderr(self._text):
            try:
                body, last = _parted(source, file)
                exec(compile(body, file, "exec"), self._names)
                if last is not None:
                    self._display(eval(compile(last, file, "eval"), self._names))
            # A learner's exit() or Ctrl-C ends the cell, not the page.
            except BaseException as error:
                self._say()
                self._add(_told(error, source, file, self._names))
        self._say()
        return self._outputs

    def _display(self, *values) -> None:
        for value in values:
            self._say()
            if value is not None:
                self._add(_shown(value))

    def _say(self) -> None:
        """What was printed so far becomes an output, so that the order stays."""
        text = self._text.getvalue()
        self._text.seek(0)
        self._text.truncate()
        if text:
            self._add(_text(text))

    def _add(self, output: dict) -> None:
        if len(self._outputs) < MOST_OUTPUTS or output["type"] == "error":
            self._outputs.append(output)
        elif len(self._outputs) == MOST_OUTPUTS:
            self._outputs.append(_text(f"Only the first {MOST_OUTPUTS} outputs are shown."))


def _parted(source: str, file: str) -> tuple[ast.Module, ast.Expression | None]:
    """The cell's statements, and its last expression if it ends in one whose value is to be shown."""
    tree = ast.parse(source, file)
    if tree.body and isinstance(tree.body[-1], ast.Expr) and not source.rstrip().endswith(";"):
        return tree, ast.Expression(tree.body.pop().value)
    return tree, None


def _no_input(*_):
    raise Problem("input() cannot ask you anything on this page. Write the value into the cell.")


# ---- values -----------------------------------------------------------------------------------


def _shown(value) -> dict:
    kind = type(value)
    if kind.__module__.partition(".")[0] == "pandas" and kind.__name__ in ("DataFrame", "Series"):
        return _table(value.to_frame() if kind.__name__ == "Series" else value)
    if callable(getattr(value, "_repr_png_", None)) and isinstance(data := value._repr_png_(), bytes):
        return {"type": "image", "mime": "image/png", "data": base64.b64encode(data).decode()}
    if callable(getattr(value, "_repr_svg_", None)) and isinstance(data := value._repr_svg_(), str):
        # As data of an image a drawing can run no script.
        return {"type": "image", "mime": "image/svg+xml", "data": base64.b64encode(data.encode()).decode()}
    if isinstance(getattr(value, "html_text", None), str) and value.html_text:
        return _text(_words(value.html_text))
    return _text(repr(value) if not isinstance(value, str) else repr(str(value)))


def _table(frame) -> dict:
    head = frame.head(MOST_ROWS)
    columns = [
        {
            "name": " ".join(map(str, name)) if isinstance(name, tuple) else str(name),
            "type": "number" if kind.kind in "iuf" else "text",
        }
        for name, kind in zip(head.columns, head.dtypes, strict=True)
    ]
    index = [" ".join(map(str, label)) if isinstance(label, tuple) else str(label) for label in head.index]
    rows = [[_entry(value) for value in row] for row in head.itertuples(index=False, name=None)]
    return {"type": "table", "columns": columns, "index": index, "rows": rows, "total_rows": len(frame)}


def _entry(value):
    value = value.item() if hasattr(value, "item") else value
    if value is None or value != value:  # only a missing figure differs from itself
        return None
    return value if isinstance(value, (bool, int, float, str)) else str(value)


def _text(text: str) -> dict:
    if len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT]}\n… the rest, {len(text) - LONGEST_TEXT:,} characters, is not shown."
    return {"type": "text", "text": text}


def _words(html: str) -> str:
    """The text of the small tables that a check shows, a row a line."""
    text = re.sub(r"</(?:th|td)>\s*(?=<t)", ": ", html)
    text = re.sub(r"</(?:p|li|tr)>", "\n", text)
    return unescape(re.sub(r"<[^>]+>", "", text)).strip()


# ---- errors -----------------------------------------------------------------------------------


def _told(error: BaseException, source: str, file: str, names: dict) -> dict:
    """The error as a sentence with its line, and Python's own words as detail."""
    if isinstance(error, SyntaxError) and error.filename == file:
        line, detail = error.lineno, "".join(traceback.format_exception_only(error))
    else:
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == file), None)
        # From the learner's own line on; what is above it is ours.
        first = next((n for n, frame in enumerate(frames) if frame.filename == file), len(frames))
        detail = "".join(traceback.format_list(frames[first:]) + traceback.format_exception_only(error))
    return {"type": "error", "sentence": _sentence(error, source, line, names), "line": line, "detail": detail}


def _sentence(error: BaseException, source: str, line: int | None, names: dict) -> str:
    where = f"Line {line}: " if line else ""
    words = str(error)
    match error:
        case Problem():
            return words
        case SyntaxError():
            return where + _unreadable(error, source)
        case NameError():
            written = error.name or ""
            near = difflib.get_close_matches(written, names, n=1) or difflib.get_close_matches(
                written, dir(builtins), n=1
            )
            hint = f"Did you mean {near[0]}?" if near else "Check its spelling, or run the cell that makes it first."
            return f"{where}Python does not know the name {error.name}. {hint}"
        case ModuleNotFoundError():
            return f"{where}{error.name} is not on this page. pandas, numpy and cslearn are."
        case KeyError():
            return f"{where}there is no column or key {words}. Check its spelling, capitals too."
        case IndexError():
            return f"{where}a list or table has fewer entries than this asks for. Counting starts at 0."
        case AttributeError():
            hint = f" Did you mean {near}?" if (near := _near(error)) else ""
            return f"{where}{_kind_of(error)} has no {error.name}.{hint}"
        case ZeroDivisionError():
            return f"{where}this divides by zero."
        case RecursionError():
            return f"{where}a function calls itself without end."
        case MemoryError():
            return f"{where}this needs more memory than the page has. Try it on fewer rows."
        case SystemExit() | KeyboardInterrupt():
            return f"{where}the cell was told to stop here. A cell needs no exit()."
        case TypeError() if "NoneType" in words:
            return f"{where}one of the values is still None. Fill it in, then run the cell again."
        case TypeError():
            return f"{where}these values do not go together ({words})."
        case ValueError():
            return f"{where}a value is not what is needed here ({words})."
    return f"{where}{type(error).__name__}: {words}"


def _unreadable(error: SyntaxError, source: str) -> str:
    lines = source.splitlines()
    written = lines[error.lineno - 1].strip() if error.lineno and error.lineno <= len(lines) else ""
    if written[:1] in ("%", "!"):
        return "lines that begin with % or ! are for JupyterLab. Leave this one out."
    if isinstance(error, IndentationError):
        return "this line does not begin where Python expects it. Look at the spaces in front of it."
    if "never closed" in error.msg:
        return f"a bracket is opened and not closed ({error.msg})."
    if "unterminated string" in error.msg:
        return "a text is opened and not closed. Put the quotation mark at its end."
    return (
        f"Python cannot read this line ({error.msg}). Look for a missing comma, bracket or colon, here or just above."
    )


def _near(error: AttributeError) -> str:
    near = difflib.get_close_matches(error.name or "", dir(error.obj), n=1) if error.name else []
    return near[0] if near else ""


def _kind_of(error: AttributeError) -> str:
    kind = type(error.obj).__name__
    return {"DataFrame": "this table", "Series": "this column", "NoneType": "None"}.get(kind, f"a value of type {kind}")
