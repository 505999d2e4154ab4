"""A task's form in JupyterLab, VS Code and JupyterLite: made from its schema, read as the text for its answer cell.

``answer_form("choose-an-improvement", "matrix")`` as the last line of a cell shows it. "Copy my
answer" then gives the text to paste into the answer cell, which is what is marked.
"""

from __future__ import annotations

import html
from collections.abc import Callable

import ipywidgets

from cslearn.exercises import answers
from cslearn.exercises.exercise import Task, published

_WIDE = {"style": {"description_width": "initial"}, "layout": {"width": "99%"}}


def answer_form(exercise: str, task: str, answer=None) -> AnswerForm:
    """The form of one task, blank, or filled in with ``answer``.

    Raises :class:`~cslearn.problem.Problem` for an exercise or a task that there is not.
    """
    return AnswerForm(published(exercise).task(task), answer)


class AnswerForm(ipywidgets.VBox):
    """``value`` is what is entered, as plain data; ``literal`` the same as the answer cell has it."""

    def __init__(self, task: Task, answer=None):
        self._task = task
        self._entry = _entry(task.schema, task.title, self._refresh)
        self._faults = ipywidgets.HTML()
        self._text = ipywidgets.Textarea(description="My answer", rows=12, layout={"width": "99%", "display": "none"})
        copy = ipywidgets.Button(
            description="Copy my answer",
            tooltip="Shows your answer as text that you can copy into the answer cell",
            layout={"width": "auto"},
        )
        copy.on_click(self._show)
        heading = ipywidgets.HTML(f"<h3>{html.escape(f'{task.id} {task.title}')}</h3>")
        super().__init__([heading, self._entry.box, self._faults, copy, self._text])
        if answer is not None:
            self.fill(answer)
        self._refresh()

    @property
    def value(self):
        """What is entered: every entry of the schema, ``None`` where nothing is filled in."""
        return self._entry.read()

    @property
    def literal(self) -> str:
        """The answer cell's text."""
        return f"{self._task.variable} = {answers.literal(self.value)}"

    @property
    def faults(self) -> list[str]:
        """One sentence for each entry that does not fit, the marker's own."""
        return answers.shape_errors(self.value, self._task.schema)

    def fill(self, answer) -> None:
        """Enters an answer, for example one that was begun in the cell."""
        self._entry.write(answer)

    def _refresh(self, _change=None) -> None:
        items = "".join(f"<li>{html.escape(fault)}</li>" for fault in self.faults)
        said = f"<p>Look at these entries again:</p><ul>{items}</ul>" if items else ""
        self._faults.value = f'<div role="status">{said}</div>'
        self._text.value = self.literal

    def _show(self, _button) -> None:
        self._refresh()
        self._text.layout.display = ""


class _Entry:
    """One place of the form: its widgets, and how they are read and written."""

    def __init__(self, box: ipywidgets.Widget, read: Callable[[], object], write: Callable[[object], None]):
        self.box, self.read, self.write = box, read, write


def _entry(schema: dict, label: str, changed: Callable) -> _Entry:
    kind = schema.get("type")
    if kind == "object":
        return _group(schema, label, changed)
    if kind == "array":
        item = schema["items"]
        plain = item.get("type") in ("number", "integer") and "enum" not in item
        if schema.get("minItems") is not None and schema["minItems"] == schema.get("maxItems"):
            return _named(schema, label, changed)
        return _numbers(schema, label, changed) if plain else _rows(schema, label, changed)
    if "enum" in schema:
        names = schema.get("x-choices", {})
        return _choice([(names.get(v, str(v)), v) for v in schema["enum"]], label, changed)
    if kind == "boolean":
        return _choice([("yes", True), ("no", False)], label, changed)
    if kind in ("number", "integer"):
        return _number(schema, label, changed)
    return _words(label, changed)


def _group(schema: dict, label: str, changed: Callable) -> _Entry:
    entries = {name: _entry(field, _label(field, name), changed) for name, field in answers.asked(schema).items()}
    # What no form asks for, such as what the data room adds to a row, stays as it was given.
    kept: dict = {}

    def write(value) -> None:
        given = value if isinstance(value, dict) else {}
        kept.clear()
        kept.update({name: given[name] for name in schema["properties"] if name not in entries and name in given})
        for name, entry in entries.items():
            entry.write(given.get(name))

    box = _framed(label, schema, [entry.box for entry in entries.values()])
    return _Entry(box, lambda: {**kept, **{name: entry.read() for name, entry in entries.items()}}, write)


def _named(schema: dict, label: str, changed: Callable) -> _Entry:
    """A list of so many entries, each with its own name."""
    names = schema.get("x-names") or [f"{label}, {number}" for number in range(1, schema["maxItems"] + 1)]
    entries = [_entry(schema["items"], name, changed) for name in names]

    def write(value) -> None:
        given = list(value) if isinstance(value, (list, tuple)) else []
        for place, entry in enumerate(entries):
            entry.write(given[place] if place < len(given) else None)

    def read() -> list:
        found = [entry.read() for entry in entries]
        return answers.blank(schema) if answers.is_blank(found) else found

    return _Entry(_framed(label, schema, [entry.box for entry in entries]), read, write)


def _rows(schema: dict, label: str, changed: Callable) -> _Entry:
    """A list that grows and shrinks at its end."""
    entries: list[_Entry] = []
    place = ipywidgets.VBox()
    more = ipywidgets.Button(description="Add a row", tooltip=f"{label}: add a row")
    less = ipywidgets.Button(description="Take away the last row", tooltip=f"{label}: take away the last row")
    less.layout.width = more.layout.width = "auto"

    def to(count: int) -> None:
        while len(entries) > count:
            entries.pop().box.close()
        while len(entries) < count:
            entries.append(_entry(schema["items"], f"{label}, row {len(entries) + 1}", changed))
        place.children = [entry.box for entry in entries]
        more.disabled = count >= schema.get("maxItems", 100)
        less.disabled = not entries

    def step(by: int) -> None:
        to(len(entries) + by)
        changed()

    def write(value) -> None:
        # What an answer leaves out is the starter, with its blank rows.
        given = value if isinstance(value, (list, tuple)) else answers.blank(schema)
        to(len(given))
        for entry, one in zip(entries, given, strict=True):
            entry.write(one)
        changed()

    more.on_click(lambda _: step(1))
    less.on_click(lambda _: step(-1))
    to(schema.get("x-rows", 0))
    box = _framed(label, schema, [place, ipywidgets.HBox([more, less])])
    return _Entry(box, lambda: [entry.read() for entry in entries], write)


def _numbers(schema: dict, label: str, changed: Callable) -> _Entry:
    """Several numbers in one field, with commas; what is no number stays as it is typed, and is said."""
    help = "numbers with commas between them"
    field = ipywidgets.Text(description=f"{label} ({help})", continuous_update=False, **_WIDE)
    field.observe(changed, "value")

    # A blank field is the starter, so that nothing entered is nothing entered.
    def read() -> list:
        return [_figure(part) for part in field.value.split(",")] if field.value.strip() else answers.blank(schema)

    def write(value) -> None:
        given = value if isinstance(value, (list, tuple)) else []
        field.value = "" if answers.is_blank(given) else ", ".join(_typed(one) for one in given)

    return _Entry(field, read, write)


def _number(schema: dict, label: str, changed: Callable) -> _Entry:
    unit = f" ({schema['x-unit']})" if "x-unit" in schema else ""
    field = ipywidgets.Text(description=f"{label}{unit}", continuous_update=False, **_WIDE)
    field.observe(changed, "value")
    parts = [field]
    if "minimum" in schema and "maximum" in schema:
        # The slider only writes into the field: a field can be blank, which a slider cannot.
        whole = schema["type"] == "integer"
        slider = (ipywidgets.IntSlider if whole else ipywidgets.FloatSlider)(
            min=schema["minimum"],
            max=schema["maximum"],
            step=1 if whole else 0.1,
            description=f"{label}, with a slider",
            readout=False,
            **_WIDE,
        )

        def slid(change) -> None:
            if _figure(field.value) != change["new"]:
                figure = round(change["new"], 1)
                field.value = str(int(figure) if figure == int(figure) else figure)

        def typed(change) -> None:
            figure = _figure(change["new"])
            if isinstance(figure, (int, float)) and schema["minimum"] <= figure <= schema["maximum"]:
                with slider.hold_trait_notifications():
                    slider.unobserve(slid, "value")
                    slider.value = figure
                slider.observe(slid, "value")

        slider.observe(slid, "value")
        field.observe(typed, "value")
        parts.append(slider)

    def write(value) -> None:
        field.value = _typed(value)

    return _Entry(ipywidgets.VBox(parts), lambda: _figure(field.value), write)


def _choice(options: list[tuple[str, object]], label: str, changed: Callable) -> _Entry:
    field = ipywidgets.Dropdown(options=[("", None), *options], value=None, description=label, **_WIDE)
    field.observe(changed, "value")

    def write(value) -> None:
        # What is not among the choices is kept, and the marker's sentence says so.
        if value is not None and value not in [known for _, known in field.options]:
            field.options = [*field.options, (str(value), value)]
        field.value = value

    return _Entry(field, lambda: field.value, write)


def _words(label: str, changed: Callable) -> _Entry:
    field = ipywidgets.Textarea(description=label, continuous_update=False, **_WIDE)
    field.observe(changed, "value")

    def write(value) -> None:
        field.value = "" if value is None else str(value)

    return _Entry(field, lambda: field.value or None, write)


def _framed(label: str, schema: dict, inside: list) -> ipywidgets.VBox:
    help = f" {html.escape(schema['description'])}." if schema.get("description") else ""
    legend = ipywidgets.HTML(f"<strong>{html.escape(label)}</strong>{help}")
    return ipywidgets.VBox([legend, *inside], layout={"margin": "0.3em 0 0.6em 0.8em"})


def _label(field: dict, name: str) -> str:
    return field.get("title", name)


def _typed(value) -> str:
    return "" if value is None else str(value)


def _figure(text: str):
    """The number that was typed, a whole one without a point; other text as it is, a blank as None."""
    text = text.strip()
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text or None
