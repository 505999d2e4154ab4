"""Explorers in JupyterLab, VS Code and JupyterLite: the page's files as a Jupyter widget.

``explorer = DecisionMatrix()`` as the last line of a cell shows it; ``explorer.value`` then
holds the learner's choices as plain data.
"""

from __future__ import annotations

import pprint

import anywidget
import ipywidgets
import traitlets

from cslearn.explorers import STYLES, Entry, registry
from cslearn.explorers.bundle import bundle
from cslearn.problem import Problem


class Front(anywidget.AnyWidget):
    """The explorer itself; ``value`` is what the page keeps too: choices, predictions, progress."""

    # As traits of their own, because each explorer has another front end.
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    value = traitlets.Dict().tag(sync=True)

    def __init__(self, entry: Entry, **traits):
        super().__init__(_esm=bundle(entry), _css=STYLES.read_text(encoding="utf-8"), **traits)


class PortfolioFront(Front):
    """An explorer with a map of the learner's own in it, as plain data: ``change``, ``part`` and ``pieces``."""

    portfolio = traitlets.Dict().tag(sync=True)


class RoomFront(Front):
    """An explorer that gets Northfold's tables from Python, because nothing is served beside it.

    ``wanted`` names the table that the learner opens, and ``csv`` then brings it: only the
    tables that are looked at leave the kernel.
    """

    package = traitlets.Dict().tag(sync=True)
    room = traitlets.Dict().tag(sync=True)
    wanted = traitlets.Unicode().tag(sync=True)
    csv = traitlets.Dict().tag(sync=True)
    table = traitlets.Unicode().tag(sync=True)

    def __init__(self, entry: Entry, table: str = ""):
        from cslearn.northfold.case import DATA_VERSION
        from cslearn.northfold.schema import data_package

        super().__init__(entry, package=data_package(DATA_VERSION), table=table)

    @traitlets.observe("wanted")
    def _bring(self, change) -> None:
        try:
            self.csv = {"name": change["new"], "text": table_text(change["new"])}
        except Problem as problem:
            self.csv = {"name": change["new"], "problem": str(problem)}


def table_text(name: str) -> str:
    """The table that ``cslearn.load`` gives, as CSV text with true as 1 and false as 0."""
    import cslearn

    frame = cslearn.load(name)
    for column in frame:
        kind = str(frame[column].dtype)
        if kind in ("bool", "boolean"):
            frame[column] = frame[column].astype("Int64")
        elif kind.startswith("datetime"):
            frame[column] = frame[column].dt.strftime("%Y-%m-%d %H:%M")
    return frame.to_csv(index=False, lineterminator="\n")


class Explorer(ipywidgets.VBox):
    """An explorer under its heading, with the learner's choices ready to copy into an answer.

    ``value`` is a dictionary: ``seed`` (which problem), ``step``, ``prediction``, ``done``
    (what was done at the step "run"), ``choices`` (free play), ``rounds`` and ``learned``.
    Empty until the learner starts.
    """

    def __init__(self, slug: str, table: str = ""):
        entry = registry()[slug]
        if entry.reads_tables:
            self.front = RoomFront(entry, table)
        else:
            self.front = (PortfolioFront if entry.keeps_portfolio else Front)(entry)
        self._literal = ipywidgets.Textarea(
            description="My choices",
            rows=8,
            layout=ipywidgets.Layout(width="100%", display="none"),
        )
        self._button = ipywidgets.Button(
            description="Copy my choices",
            tooltip="Shows your choices as text that you can copy into a cell",
        )
        self._button.on_click(self._show_choices)
        self.front.observe(self._refresh, names="value")
        heading = ipywidgets.HTML(f"<h3>{entry.title}</h3>")
        super().__init__([heading, self.front, self._button, self._literal])

    @property
    def value(self) -> dict:
        """The learner's choices and predictions, as plain data."""
        return self.front.value

    def _refresh(self, _change=None) -> None:
        self._literal.value = "choices = " + pprint.pformat(self.value, sort_dicts=False, width=80)

    def _show_choices(self, _button) -> None:
        self._refresh()
        self._literal.layout.display = ""


def ChangeLab() -> Explorer:
    """W1: a year of change at a complaints desk, planned, piloted and adjusted; ``value["done"]`` holds plan and decisions."""
    return Explorer("change-lab")


def StaffingBoard() -> Explorer:
    """W2: agents, calls and waits, with and without callers who lose patience."""
    return Explorer("staffing-board")


def ServqualExplorer() -> Explorer:
    """W3: gaps, weights and alpha of a survey, and which dimension to put right first."""
    return Explorer("servqual-explorer")


def ProcessDetective() -> Explorer:
    """W4: where cases wait, and your own map with a log run over it.

    ``explorer.front.room`` holds the map that was drawn, as ``nodes`` and ``edges``.
    """
    return Explorer("process-detective")


def SignalOrNoise() -> Explorer:
    """W5: six control charts, by eye and by the rules, and what tampering does."""
    return Explorer("signal-or-noise")


def StakeholderPlanner() -> Explorer:
    """W6: what holds up three teams, who stands where, and who hears what when."""
    return Explorer("stakeholder-planner")


def ModelMatcher() -> Explorer:
    """W6b: four models of change, their steps in order, and what each step is for."""
    return Explorer("model-matcher")


def DecisionMatrix() -> Explorer:
    """W7: weights, scores, knock-outs, and the weight at which the winner changes."""
    return Explorer("decision-matrix")


def NpvBoard() -> Explorer:
    """W8: which cash lines belong, and what the plan is worth today."""
    return Explorer("npv-board")


def HeatSimulator() -> Explorer:
    """W9: a call to play, reply by reply, to a calm end and a lawful remedy."""
    return Explorer("heat-simulator")


def KpiWorkbench() -> Explorer:
    """W10: how a figure moves when only its definition, or its making, changes."""
    return Explorer("kpi-workbench")


def RightsClock() -> Explorer:
    """W11: which right covers a customer, and what is the last day."""
    return Explorer("rights-clock")


def DataRoom(table: str = "") -> Explorer:
    """W12: rows of any table, what does not belong, and the evidence row to cite.

    ``table`` names the one that it asks about first and opens on, such as "complaints".
    ``explorer.front.room["row"]`` is the row that was worked out last in the open room.
    """
    return Explorer("data-room", table)


def EscalationDesk() -> Explorer:
    """W16: who owns a complaint, by when it is answered, and who may agree the money."""
    return Explorer("escalation-desk")


def EffectFinder() -> Explorer:
    """W13: what a change did, by three comparisons, with the interval of each."""
    return Explorer("effect-finder")


def EvidenceMap() -> Explorer:
    """W14: a model portfolio with a gap to find, and the learner's own map; ``explorer.front.portfolio`` holds that."""
    return Explorer("evidence-map")


def MonitorOrEvaluate() -> Explorer:
    """W6c: twelve documents to sort, into those that steer a change and those that judge it."""
    return Explorer("monitor-or-evaluate")
