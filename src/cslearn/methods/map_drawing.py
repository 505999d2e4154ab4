"""Where every symbol and arrow of a process map goes, as a flowchart or in swimlanes, worked out from the map alone.

A layered drawing: a step stands further along than all that lead to it, arrows run in the
gaps between rows and columns, and no two arrows to different places share a line.
The same steps in the same order stand in ``explorers/map_drawing.js``, so that a page, a
notebook and an exported file show the same map.

Source: Sugiyama, Tagawa and Toda (1981) for layers, in a plain form; ISO/IEC 19510:2013 and the
usual flowchart for the symbols.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cslearn.methods.process_map import END, GATEWAY, START, TASK, Edge, Node, ProcessMap, lanes

# What says nothing to a reader: "n1", "g12", "s".
_CODE = re.compile(r"[A-Za-z]{0,2}\d{0,3}")
_NO_LANE = "no lane"
# What lies behind a symbol: the page of the book, or of a notebook, light or dark.
_PAPER = "var(--paper, var(--jp-layout-color0, var(--vscode-editor-background, Canvas)))"
_LABEL = 24
# As many letters as fit into a line of a symbol.
_LETTERS = {START: 12, END: 12, TASK: 14, GATEWAY: 10}


class Shape(NamedTuple):
    """One symbol: its node, its box (left, top, width, height) and the lines of its text."""

    node: str
    type: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]


class Arrow(NamedTuple):
    """One arrow: its corners from source to target, its label, where that stands, and which end of it is there."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    label: str
    at: tuple[float, float]
    anchor: str


class Lane(NamedTuple):
    """One lane: its name and its box."""

    name: str
    x: float
    y: float
    width: float
    height: float


class Drawing(NamedTuple):
    """A whole map, in pixels from its upper left corner. ``head`` is the depth of the lanes' headings, 0 without lanes."""

    width: float
    height: float
    head: float
    lanes: tuple[Lane, ...]
    shapes: tuple[Shape, ...]
    arrows: tuple[Arrow, ...]


class _Sizes(NamedTuple):
    """What differs between a drawing that runs down the page and one that runs across it, as (along, across)."""

    boxes: Mapping[str, tuple[float, float]]
    head: float
    # Between rows: room before the first arrow, for each arrow, and for the point of it.
    before: float
    track: float
    after: float
    # Between columns: room without an arrow, and for each arrow.
    channel: float
    # How far beside the middle an arrow from the side comes in.
    aside: float


_DOWN = _Sizes({START: (40, 104), END: (40, 104), TASK: (48, 104), GATEWAY: (64, 104)}, 44, 16, 18, 14, 16, 6.5)
# The sizes that modelling tools give to new symbols.
_ACROSS = _Sizes({START: (36, 36), END: (36, 36), TASK: (100, 80), GATEWAY: (50, 50)}, 30, 30, 14, 30, 30, 5)


class _Run(NamedTuple):
    """A stretch of an arrow along a gap between two rows, from one column place to another."""

    gap: int
    first: int
    last: int


def title_of(node: Node) -> str:
    """What a symbol is called: its id, or its activity where the id is only a code such as n1."""
    plain = node.activity if node.type == TASK else "" if node.type == GATEWAY else node.type
    return plain if plain and _CODE.fullmatch(node.id) else node.id


def caption(node: Node) -> tuple[str, ...]:
    """What a symbol says, in up to three lines."""
    return wrapped(title_of(node), _LETTERS[node.type])


def wrapped(text: str, most: int, lines: int = 3) -> tuple[str, ...]:
    """A text in lines of at most ``most`` letters, as far as its words allow; what is too long ends in an ellipsis."""
    found: list[str] = []
    for word in text.split():
        if found and len(found[-1]) + 1 + len(word) <= most:
            found[-1] += f" {word}"
        else:
            found.append(word)
    if len(found) > lines:
        found = [*found[: lines - 1], f"{found[lines - 1]}…"]
    return tuple(line if len(line) <= most + 2 else f"{line[: most + 1]}…" for line in found)


# ---- the grid -----------------------------------------------------------------------------------


def _order(drawn: ProcessMap) -> tuple[list[str], list[str], set[tuple[str, str]]]:
    """The nodes as one meets them, following first exits first; again so that each stands after all that lead to it; and the arrows that lead back."""
    exits: dict[str, list[str]] = {node.id: [] for node in drawn.nodes}
    for edge in drawn.edges:
        exits[edge.source].append(edge.target)
    met: dict[str, bool] = {}
    back: set[tuple[str, str]] = set()
    finished: list[str] = []
    starts = [node.id for node in drawn.nodes if node.type == START]
    # Depth first, without recursion. met[name] is true as long as the way to it is still being followed.
    for root in [*starts, *(node.id for node in drawn.nodes)]:
        if root in met:
            continue
        met[root] = True
        waiting = [(root, 0)]
        while waiting:
            name, tried = waiting.pop()
            if tried == len(exits[name]):
                met[name] = False
                finished.append(name)
                continue
            waiting.append((name, tried + 1))
            target = exits[name][tried]
            if target not in met:
                met[target] = True
                waiting.append((target, 0))
            elif met[target]:
                back.add((name, target))
    return list(met), finished[::-1], back


def _places(drawn: ProcessMap, in_lanes: bool) -> tuple[dict[str, int], dict[str, int], int]:
    """Row and column of every node, and the number of columns."""
    met, order, back = _order(drawn)
    before: dict[str, list[str]] = {node.id: [] for node in drawn.nodes}
    for edge in drawn.edges:
        if (edge.source, edge.target) not in back:
            before[edge.target].append(edge.source)
    names = _lane_names(drawn)
    lane = {node.id: names.index(node.lane or _NO_LANE) for node in drawn.nodes}
    row: dict[str, int] = {}
    column: dict[str, int] = {}
    taken: set[tuple[int, int]] = set()
    for name in order:
        row[name] = max((row[other] + 1 for other in before[name]), default=0)
        if in_lanes:
            column[name] = lane[name]
            while (row[name], column[name]) in taken:
                row[name] += 1
            taken.add((row[name], column[name]))
    if in_lanes:
        return row, column, len(names)
    for name in sorted(met, key=row.__getitem__):
        column[name] = min((column[other] for other in before[name]), default=0)
        while (row[name], column[name]) in taken:
            column[name] += 1
        taken.add((row[name], column[name]))
    return row, column, max(column.values(), default=-1) + 1


def _lane_names(drawn: ProcessMap) -> list[str]:
    return lanes(drawn) + ([_NO_LANE] if any(not node.lane for node in drawn.nodes) else [])


# ---- the arrows ---------------------------------------------------------------------------------


class _Route(NamedTuple):
    """How one arrow goes: the runs along gaps, the channel between them or -1, whether it leaves at the side, and on which side it arrives."""

    edge: Edge
    runs: tuple[_Run, ...]
    channel: int
    leaves: int
    arrives: int


def _column_at(column: int) -> int:
    return 2 * column + 1


def _routes(drawn: ProcessMap, row: Mapping[str, int], column: Mapping[str, int]) -> list[_Route]:
    # Who uses the middle of a free cell: a node, or arrows to one target, or from one source.
    used: dict[tuple[int, int], tuple[str, str]] = {(row[name], column[name]): ("node", name) for name in row}

    def free(at: int, first: int, last: int, key: tuple[str, str]) -> bool:
        return all(used.get((place, at), key) == key for place in range(first, last))

    def take(at: int, first: int, last: int, key: tuple[str, str]) -> None:
        for place in range(first, last):
            used[place, at] = key

    found = []
    for edge in drawn.edges:
        (s, t) = edge.source, edge.target
        above, below, here, there = row[s], row[t], column[s], column[t]
        side = (there > here) - (there < here)
        to, start = ("to", t), ("from", s)
        if below <= above:
            # It leads back: out at the side, up in the channel beside it, and in from above.
            channel = here if side >= 0 else here - 1
            run = _Run(below - 1, 2 * channel + 2, _column_at(there))
            found.append(
                _Route(edge, (run,), channel, 1 if side >= 0 else -1, 1 if 2 * channel + 2 > _column_at(there) else -1)
            )
        elif here == there and free(here, above + 1, below, to):
            take(here, above + 1, below, to)
            found.append(_Route(edge, (), -2, 0, 0))
        elif here != there and free(there, above + 1, below, to):
            take(there, above + 1, below, to)
            found.append(_Route(edge, (_Run(above, _column_at(here), _column_at(there)),), -2, 0, -side))
        elif here != there and free(here, above + 1, below, start):
            take(here, above + 1, below, start)
            found.append(_Route(edge, (_Run(below - 1, _column_at(here), _column_at(there)),), -2, 0, -side))
        else:
            channel = there - 1 if side > 0 else there
            middle = 2 * channel + 2
            runs = (_Run(above, _column_at(here), middle), _Run(below - 1, middle, _column_at(there)))
            found.append(_Route(edge, runs, channel, 0, -1 if side > 0 else 1))
    return found


def _tracks(stretches: Sequence[tuple[int, int, int]]) -> tuple[list[int], dict[int, int]]:
    """A track for each stretch (gap, first, last), so that no two on one track touch; and how many each gap needs."""
    ends: dict[int, list[list[tuple[int, int]]]] = {}
    given = []
    for gap, first, last in stretches:
        low, high = min(first, last), max(first, last)
        tracks = ends.setdefault(gap, [])
        place = 0
        while place < len(tracks) and any(low <= b and a <= high for a, b in tracks[place]):
            place += 1
        if place == len(tracks):
            tracks.append([])
        tracks[place].append((low, high))
        given.append(place)
    return given, {gap: len(tracks) for gap, tracks in ends.items()}


def draw(
    drawn: ProcessMap,
    *,
    in_lanes: bool = True,
    across: bool = False,
    labels: Mapping[tuple[str, str], str] | None = None,
) -> Drawing:
    """The drawing of a map: a flowchart, or (``in_lanes``) swimlanes with a column for each lane.

    It runs down the page, so that it fits a phone; ``across=True`` makes it run from left to
    right with the sizes that modelling tools use. labels: other words for some arrows than
    those of the map, by (from, to). It draws whatever there is, sound or not.
    """
    sizes = _ACROSS if across else _DOWN
    row, column, columns = _places(drawn, in_lanes)
    routes = _routes(drawn, row, column)
    words = {
        (edge.source, edge.target): _shortened((labels or {}).get((edge.source, edge.target), edge.label))
        for edge in drawn.edges
    }
    rows = max(row.values(), default=-1) + 1
    runs = [(run.gap, run.first, run.last) for route in routes for run in route.runs]
    run_track, gaps = _tracks(runs)
    risers = [(route.channel, *_reach(route, row)) for route in routes if route.channel > -2]
    riser_track, channels = _tracks(risers)

    # A straight arrow's label stands above the first track.
    labelled = {row[r.edge.source] for r in routes if not r.runs and words[r.edge.source, r.edge.target]}
    depth = [
        max((sizes.boxes[n.type][0] for n in drawn.nodes if row[n.id] == place), default=0) for place in range(rows)
    ]
    along: list[float] = []
    tops: dict[int, float] = {}
    at = sizes.head + 6 if in_lanes else 0.0
    for place in range(-1, rows):
        if place >= 0:
            along.append(at)
            at += depth[place]
        tops[place] = at + (sizes.track if place in labelled else 0)
        tracks = gaps.get(place, 0)
        # The first gap is there only if an arrow leads back to the first row, the last one only as a margin.
        if tracks or -1 < place < rows - 1:
            at = tops[place] + sizes.before + sizes.track * max(0, tracks - 1) + sizes.after
        elif place == -1:
            at += 8
    length = at + 12
    width = max((size[1] for size in sizes.boxes.values()), default=0)
    middles: list[float] = []
    lefts: dict[int, float] = {}
    at = 0.0
    for place in range(-1, columns):
        if place >= 0:
            middles.append(at + width / 2)
            at += width
        lefts[place] = at
        at += sizes.channel + 10 * channels.get(place, 0)
    breadth = at

    def gap_at(gap: int, track: int) -> float:
        return tops[gap] + sizes.before + sizes.track * track

    def channel_at(channel: int, track: int) -> float:
        return lefts[channel] + sizes.channel / 2 + 10 * track + 5

    boxes = {}
    for node in drawn.nodes:
        deep, wide = sizes.boxes[node.type]
        top = along[row[node.id]] + (depth[row[node.id]] - deep) / 2
        boxes[node.id] = (top, middles[column[node.id]] - wide / 2, deep, wide)

    def point(a: float, c: float) -> tuple[float, float]:
        return (a, c) if across else (c, a)

    kinds = {node.id: node.type for node in drawn.nodes}
    arrows = []
    n = riser = 0
    for route in routes:
        s, t = route.edge.source, route.edge.target
        top, left, deep, wide = boxes[s]
        exit_at = left + wide / 2
        target_top, target_left, target_deep, target_wide = boxes[t]
        entry_at = target_left + target_wide / 2 + route.arrives * sizes.aside
        # A diamond begins lower beside its middle.
        lower = abs(route.arrives) * sizes.aside * target_deep / target_wide if kinds[t] == GATEWAY else 0
        tracks = run_track[n : n + len(route.runs)]
        n += len(route.runs)
        beside = 0.0
        if route.channel > -2:
            beside = channel_at(route.channel, riser_track[riser])
            riser += 1
        last = gap_at(route.runs[-1].gap, tracks[-1]) if route.runs else 0.0
        if route.leaves:
            out = left + (wide if route.leaves > 0 else 0)
            corners = [(top + deep / 2, out), (top + deep / 2, beside), (last, beside), (last, entry_at)]
            name_at, before = last, beside
        elif route.channel > -2:
            first = gap_at(route.runs[0].gap, tracks[0])
            corners = [(top + deep, exit_at), (first, exit_at), (first, beside), (last, beside), (last, entry_at)]
            name_at, before = first, exit_at
        elif route.runs:
            corners = [(top + deep, exit_at), (last, exit_at), (last, entry_at)]
            name_at, before = last, exit_at
        else:
            corners = [(top + deep, exit_at)]
            name_at, before = top + deep, exit_at
        corners.append((target_top + lower, entry_at))
        if not route.runs:
            where, onward = (name_at + sizes.track - 4, exit_at + 6), True
        elif route.channel > -2 and not route.leaves:
            # Over the first stretch, beside the symbol, where no other arrow crosses it.
            onward = beside > exit_at
            where = (name_at - 4, exit_at + (6 if onward else -6))
        else:
            onward = entry_at < before
            where = (name_at - 4, entry_at + (4 if onward else -4))
        anchor = "start" if onward else "end"
        arrows.append(Arrow(s, t, tuple(point(*corner) for corner in corners), words[s, t], point(*where), anchor))

    shapes = []
    for node in drawn.nodes:
        top, left, deep, wide = boxes[node.id]
        x, y = point(top, left)
        shapes.append(Shape(node.id, node.type, x, y, *((deep, wide) if across else (wide, deep)), caption(node)))
    drawn_lanes = []
    if in_lanes:
        for place, name in enumerate(_lane_names(drawn)):
            begin = 0.0 if place == 0 else (lefts[place - 1] + middles[place] - width / 2) / 2
            end = breadth if place == columns - 1 else (lefts[place] + middles[place + 1] - width / 2) / 2
            x, y = point(0.0, begin)
            drawn_lanes.append(Lane(name, x, y, *((length, end - begin) if across else (end - begin, length))))
    size = (length, breadth) if across else (breadth, length)
    return Drawing(*size, sizes.head if in_lanes else 0, tuple(drawn_lanes), tuple(shapes), tuple(arrows))


def _reach(route: _Route, row: Mapping[str, int]) -> tuple[int, int]:
    """From where to where an arrow runs beside a column, in half rows."""
    begin = 2 * row[route.edge.source] if route.leaves else 2 * route.runs[0].gap + 1
    return begin, 2 * route.runs[-1].gap + 1


def _shortened(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1].rstrip()}…"


# ---- the picture --------------------------------------------------------------------------------


def leads_to(drawn: ProcessMap, node: Node) -> str:
    """Where a node's arrows lead, in words: ``fix, if fault; reply, if question``."""
    exits = [edge for edge in drawn.edges if edge.source == node.id]
    return "; ".join(edge.target + (f", if {edge.label}" if edge.label else "") for edge in exits)


class Picture:
    """A map for a page or a notebook: an accessible drawing, and the same as a table. The last line of a cell shows it."""

    def __init__(self, drawn: ProcessMap, title: str, *, in_lanes: bool = True):
        self.drawn, self.title, self.in_lanes = drawn, title, in_lanes

    def __repr__(self) -> str:
        # Where only text is shown.
        ways = [f"{node.id} leads to {leads_to(self.drawn, node) or 'nothing more'}" for node in self.drawn.nodes]
        return "\n".join([self.title, *ways])

    def _repr_html_(self) -> str:
        return figure(self.drawn, self.title, in_lanes=self.in_lanes)


def figure(drawn: ProcessMap, title: str, *, in_lanes: bool = True) -> str:
    """A map as HTML: its title, the drawing with a text alternative, and all nodes and arrows as a table.

    The drawing takes the colours of the text around it, light or dark. It scrolls in its own
    frame where the page is narrower, and its letters stay as large as they are.
    """
    name = html.escape(title, quote=True)
    head = "".join(f'<th scope="col">{word}</th>' for word in ("Node", "Kind", "Lane", "Activity", "Leads to"))
    rows = "".join(
        f'<tr><th scope="row">{html.escape(node.id)}</th>'
        + "".join(
            f"<td>{html.escape(word) or '–'}</td>"
            for word in (node.type, node.lane, node.activity, leads_to(drawn, node))
        )
        + "</tr>"
        for node in drawn.nodes
    )
    frame = '<div class="scroll" style="overflow-x:auto" tabindex="0" role="group"'
    return (
        f'<figure class="process-map"><figcaption>{name}</figcaption>'
        f'{frame} aria-label="Drawing: {name}">{svg(draw(drawn, in_lanes=in_lanes), title)}</div>'
        f"<details><summary>The same as a table</summary>"
        f'{frame} aria-label="Table: {name}"><table class="table"><caption>{name}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details></figure>"
    )


def svg(drawing: Drawing, title: str) -> str:
    """A drawing as SVG in the colour of the text around it, with a text alternative that names its tasks and lanes."""
    tasks = sum(shape.type == TASK for shape in drawing.shapes)
    choices = sum(shape.type == GATEWAY for shape in drawing.shapes)
    says = f"{title}. {tasks} tasks, {choices} gateways and {len(drawing.arrows)} arrows"
    if drawing.lanes:
        says += f" in the lanes {', '.join(lane.name for lane in drawing.lanes)}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{html.escape(says)}. The table below says the same." '
        f'width="{_n(drawing.width + 2)}" height="{_n(drawing.height + 2)}" viewBox="-1 -1 {_n(drawing.width + 2)} {_n(drawing.height + 2)}" '
        'style="max-width:none;display:block" font-family="inherit" font-size="13" fill="none" stroke="currentColor" stroke-width="1.5">'
    ]
    for place, lane in enumerate(drawing.lanes):
        shade = ' fill="currentColor" fill-opacity="0.05"' if place % 2 == 0 else ""
        parts.append(
            f'<rect x="{_n(lane.x)}" y="{_n(lane.y)}" width="{_n(lane.width)}" height="{_n(lane.height)}" stroke-opacity="0.45" stroke-width="1"{shade}/>'
        )
        parts.append(
            f'<line x1="{_n(lane.x)}" x2="{_n(lane.x + lane.width)}" y1="{_n(drawing.head)}" y2="{_n(drawing.head)}" stroke-opacity="0.45" stroke-width="1"/>'
        )
        parts.append(_text(wrapped(lane.name, 15, 2), lane.x + lane.width / 2, drawing.head / 2, ' font-weight="600"'))
    for arrow in drawing.arrows:
        corners = " ".join(f"{_n(x)},{_n(y)}" for x, y in arrow.points)
        parts.append(f'<polyline points="{corners}"/>{_point(arrow)}')
    for shape in drawing.shapes:
        parts.append(_symbol(shape))
    for arrow in drawing.arrows:
        if arrow.label:
            x, y = arrow.at
            parts.append(
                f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{arrow.anchor}" font-size="12" fill="currentColor" '
                f'stroke="{_PAPER}" stroke-width="4" paint-order="stroke">{html.escape(arrow.label)}</text>'
            )
    return "".join(parts) + "</svg>"


def _n(value: float) -> str:
    return str(math.floor(value * 10 + 0.5) / 10).removesuffix(".0")


def _point(arrow: Arrow) -> str:
    (a, b), (x, y) = arrow.points[-2:]
    dx, dy = (x > a) - (x < a), (y > b) - (y < b)
    left, right = (x - 8 * dx - 4 * dy, y - 8 * dy - 4 * dx), (x - 8 * dx + 4 * dy, y - 8 * dy + 4 * dx)
    corners = " ".join(f"{_n(one)},{_n(two)}" for one, two in ((x, y), left, right))
    return f'<polygon points="{corners}" fill="currentColor" stroke="none"/>'


def _symbol(shape: Shape) -> str:
    x, y, w, h = shape.x, shape.y, shape.width, shape.height
    paper = f'fill="{_PAPER}"'
    if shape.type == GATEWAY:
        corners = (
            f"{_n(x + w / 2)},{_n(y)} {_n(x + w)},{_n(y + h / 2)} {_n(x + w / 2)},{_n(y + h)} {_n(x)},{_n(y + h / 2)}"
        )
        box = f'<polygon points="{corners}" {paper}/>'
    else:
        round_ = 8 if shape.type == TASK else h / 2
        thick = ' stroke-width="3.5"' if shape.type == END else ""
        box = f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}" rx="{_n(round_)}" {paper}{thick}/>'
    small = ' font-size="12"' if shape.type == GATEWAY else ""
    return box + _text(shape.lines, x + w / 2, y + h / 2, small)


def _text(lines: Sequence[str], x: float, y: float, more: str = "") -> str:
    first = y + 4.5 - 7.5 * (len(lines) - 1)
    spans = "".join(
        f'<tspan x="{_n(x)}" y="{_n(first + 15 * place)}">{html.escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return f'<text text-anchor="middle" fill="currentColor" stroke="none"{more}>{spans}</text>'
