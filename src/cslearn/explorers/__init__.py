"""The explorers: small interactive models that a page or a notebook can show.

Each is a Python module and a JavaScript module of the same name. This package imports
nothing heavy, so that a page can be built from it; ``cslearn.explorers.widget`` makes the
same files into Jupyter widgets.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
# Fetched only when a chart is drawn; the order is the one in which they must start.
CHART_LIBRARY = (_HERE / "vendor" / "d3.min.js", _HERE / "vendor" / "plot.umd.min.js")
# Whoever passes the chart library on passes its licences on.
_LICENCES = tuple(_HERE / "vendor" / name for name in ("LICENSE-d3", "LICENSE-plot", "LICENSE-inside-plot"))
STYLES = _HERE / "kit.css"
# Modules that others import come first.
_SHARED = (_HERE / "randomness.js", _HERE / "kit.js")


@dataclass(frozen=True)
class Entry:
    """One explorer: its name in a page, its id in the syllabus, its title, and its files.

    ``module`` is the front end, ``export default { render({ model, el }) }``. ``assets``
    are the files that must lie beside it, in the same folder, under their own names.
    """

    slug: str
    id: str
    title: str
    module: Path
    assets: list[Path]
    reads_tables: bool = False
    """Whether it fetches Northfold's tables from the folder ``data`` beside its own."""
    views: tuple[str, ...] = ()
    """What a page may ask to be shown first, besides the five steps."""
    later: tuple[Path, ...] = ()
    """The assets that are fetched only when a learner opens the part that needs them."""
    keeps_portfolio: bool = False
    """Whether learners put together a portfolio of their own in it."""


def _entry(
    slug: str,
    number: str,
    title: str,
    *arithmetic: str,
    reads_tables: bool = False,
    views: tuple[str, ...] = (),
    later: tuple[str, ...] = (),
    keeps_portfolio: bool = False,
) -> Entry:
    """``arithmetic`` names the modules of calculations that the explorer needs besides ``randomness.js``, ``later`` those for a part."""
    name = slug.replace("-", "_")
    own = [_HERE / f"{module}.js" for module in (*arithmetic, *later)]
    assets = [*_SHARED, *own, _HERE / f"{name}_data.js", STYLES, *CHART_LIBRARY, *_LICENCES]
    parts = tuple(_HERE / f"{module}.js" for module in later)
    return Entry(slug, number, title, _HERE / f"{name}.js", assets, reads_tables, views, parts, keeps_portfolio)


def registry() -> dict[str, Entry]:
    """All explorers by slug, the name that a page uses for one."""
    entries = (
        _entry(
            "change-lab",
            "W1",
            "Change lab",
            *("queues", "change_lab_model", "change_lab_figures"),
            later=("control_chart", "change_lab_plan", "change_lab_words_data", "change_lab_year"),
        ),
        _entry("staffing-board", "W2", "Staffing board", "queues"),
        _entry("servqual-explorer", "W3", "SERVQUAL explorer", "evidence", "servqual"),
        _entry(
            "process-detective",
            "W4",
            "Process detective",
            *("rights", "event_log", "table_source", "door"),
            reads_tables=True,
            views=("map",),
            later=("process_map", "map_drawing", "bpmn", "map_room"),
        ),
        _entry("signal-or-noise", "W5", "Signal or noise?", "control_chart"),
        _entry("stakeholder-planner", "W6", "Stakeholder and readiness planner", "people"),
        _entry("model-matcher", "W6b", "Model matcher"),
        _entry("monitor-or-evaluate", "W6c", "Monitor or evaluate?", "sorting"),
        _entry("decision-matrix", "W7", "Decision matrix", "options"),
        _entry("npv-board", "W8", "NPV board", "options"),
        _entry("heat-simulator", "W9", "HEAT simulator", "heat", "rights"),
        _entry("kpi-workbench", "W10", "KPI workbench", "evidence", "kpis"),
        _entry("rights-clock", "W11", "Rights clock", "rights"),
        _entry(
            "data-room",
            "W12",
            "Data room",
            "door",
            reads_tables=True,
            later=("evidence", "table_source", "tables", "room", "data_room_steps"),
        ),
        _entry("effect-finder", "W13", "Effect finder", "control_chart", "student_t", "effects"),
        _entry(
            "evidence-map",
            "W14",
            "Evidence map",
            *("portfolio", "evidence_map_pieces", "own_map"),
            later=("evidence_map_judging", "evidence_map_document"),
            keeps_portfolio=True,
        ),
        _entry("escalation-desk", "W16", "Escalation desk", "rights", "escalation"),
    )
    return {entry.slug: entry for entry in entries}
