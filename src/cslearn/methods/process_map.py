"""A process map as a table of nodes and edges: is it sound, and do real cases go the ways that it shows?

A node is ``{"id", "type", "lane", "activity"}`` with a type out of :data:`TYPES`; an edge
is ``{"from", "to", "label"}``. A task does one activity of the event log. A start, an end
and a gateway do none: a case passes them at once, and at a gateway it takes one of the
exits (an exclusive gateway of BPMN). The same steps in the same order stand in
``explorers/process_map.js``.

Source: ISO/IEC 19510:2013 (BPMN 2.0.1) for the symbols; van der Aalst, W. (2016) for
soundness, fitness and precision, of which this module uses plain forms that a manager can count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from cslearn.methods.eventlog import Case, directly_follows
from cslearn.problem import Problem

START, END, TASK, GATEWAY = TYPES = ("start", "end", "task", "gateway")
# An arrow is real if at least this share of cases goes its way.
SEEN_SHARE = 0.02
# A lane is right if its role does at least this share of the events.
LANE_SHARE = 0.70


class Node(NamedTuple):
    """One symbol of a map. ``activity`` is "" unless it is a task."""

    id: str
    type: str
    lane: str
    activity: str


class Edge(NamedTuple):
    """One arrow of a map, from one node to another, by their ids."""

    source: str
    target: str
    label: str


class Finding(NamedTuple):
    """One thing that is wrong with a map or a table: a short name, where, and a sentence that says what and where."""

    kind: str
    where: str
    says: str


class ProcessMap(NamedTuple):
    """Nodes and edges that have been read; ``faults`` are the rows that could not be used as they were."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    faults: tuple[Finding, ...]


class Replay(NamedTuple):
    """How one case went over a map.

    ``fits``: the case can go the whole way from the start to an end. ``path``: the ids of
    the nodes that it passes, as far as it gets. ``done``: how many of its steps the map
    allows. ``after`` and ``then``: the two activities between which the map has no way; ""
    stands for the start and the end.
    """

    fits: bool
    path: tuple[str, ...]
    done: int
    after: str
    then: str


class Replayed(NamedTuple):
    """How a whole log went over a map.

    ``cases``: how many; ``fitting``: how many of them fit. ``fitness``: the share that fits, from 0
    to 1. ``edges``: how many cases use each arrow, ``{(from, to): cases}``, of those that fit.
    ``stops``: where the others leave the map, ``{(after, then): cases}``; the most frequent first.
    """

    cases: int
    fitting: int
    fitness: float
    edges: dict[tuple[str, str], int]
    stops: dict[tuple[str, str], int]


class Precision(NamedTuple):
    """Which ways from task to task the map allows, and which of them cases go.

    ``share``: the share of the pairs that are seen, from 0 to 1; 0 for a map without any.
    ``seen`` and ``unseen``: the pairs of activities.
    """

    share: float
    seen: tuple[tuple[str, str], ...]
    unseen: tuple[tuple[str, str], ...]


class LaneFit(NamedTuple):
    """Who does the work of one task: the lane that was drawn, the share of the events its role does, and who does most."""

    node: str
    activity: str
    lane: str
    share: float
    main_role: str
    main_share: float
    fits: bool


# ---- reading ------------------------------------------------------------------------------------


def _word(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def read_map(nodes: Iterable[Mapping], edges: Iterable[Mapping]) -> ProcessMap:
    """The map in two tables. It never raises on what a learner entered: rows that cannot be used become ``faults``.

    A node without an id or a known type is left out, so is a second one of the same id, and
    so is an arrow whose ends are not nodes or that is there already. Empty rows are passed over.
    """
    faults: list[Finding] = []
    kept: dict[str, Node] = {}
    for place, row in enumerate(nodes, start=1):
        row = row if isinstance(row, Mapping) else {}
        name, kind = _word(row.get("id")), _word(row.get("type"))
        lane, activity = _word(row.get("lane")), _word(row.get("activity"))
        if not (name or kind or lane or activity):
            continue
        if not name:
            faults.append(
                Finding("no id", f"row {place}", f"Row {place} of the nodes has no id. Give it a short name.")
            )
        elif kind not in TYPES:
            says = f"Node {name} has no type. Choose start, end, task or gateway."
            faults.append(Finding("no type", name, says))
        elif name in kept:
            says = f"Two nodes are called {name}. Give each node an id of its own."
            faults.append(Finding("same id", name, says))
        else:
            kept[name] = Node(name, kind, lane, activity if kind == TASK else "")
    arrows: dict[tuple[str, str], Edge] = {}
    for place, row in enumerate(edges, start=1):
        row = row if isinstance(row, Mapping) else {}
        source, target, label = _word(row.get("from")), _word(row.get("to")), _word(row.get("label"))
        if not (source or target or label):
            continue
        where = f"{source or '?'} to {target or '?'}"
        lost = [end for end in (source, target) if end not in kept]
        if not (source and target):
            says = f"Row {place} of the arrows lacks {'its beginning' if not source else 'its end'}. Name two nodes."
            faults.append(Finding("loose arrow", where, says))
        elif lost:
            says = f"The arrow from {source} to {target} names {lost[0]}, and there is no such node. Add it or mend the arrow."
            faults.append(Finding("unknown node", where, says))
        elif (source, target) in arrows:
            says = f"The arrow from {source} to {target} is there twice. Take one away."
            faults.append(Finding("same arrow", where, says))
        else:
            arrows[source, target] = Edge(source, target, label)
    return ProcessMap(tuple(kept.values()), tuple(arrows.values()), tuple(faults))


# ---- soundness ----------------------------------------------------------------------------------


def soundness(drawn: ProcessMap, activities: Collection[str] | None = None) -> list[Finding]:
    """What keeps a map from being sound, one sentence each that says what and where; nothing if it is sound.

    Sound means: one start; an end; every node on a way from the start to an end; a choice
    only at a gateway; a gateway has two or more exits, each with its own label, or it brings two
    or more ways together into one; every task names an activity and none is done out of order.
    activities: the words of the log; a task with another word is found, unless it is None.
    Source: van der Aalst (2016) for soundness; plain form, without parallel branches.
    """
    found = list(drawn.faults)
    exits, entries = _exits(drawn), _entries(drawn)
    starts = [node.id for node in drawn.nodes if node.type == START]
    ends = [node.id for node in drawn.nodes if node.type == END]
    if not starts:
        found.append(Finding("no start", "", "The map has no start. Add one node of the type start."))
    if len(starts) > 1:
        says = f"The map has {len(starts)} starts: {_listed(starts)}. Keep the one at which every case begins."
        found.append(Finding("many starts", starts[1], says))
    if not ends:
        found.append(Finding("no end", "", "The map has no end. Add a node of the type end where a case is closed."))
    for node in drawn.nodes:
        out, into = exits[node.id], entries[node.id]
        if node.type == START and into:
            says = f"The start {node.id} has an arrow that leads back to it, from {into[0].source}. Lead it to the first task."
            found.append(Finding("into start", node.id, says))
        if node.type == END and out:
            says = (
                f"The end {node.id} has an arrow that leads on, to {out[0].target}. A case is over there; take it away."
            )
            found.append(Finding("out of end", node.id, says))
        if node.type == TASK and not node.activity:
            says = f"Task {node.id} does not say which activity it does. Choose one of the log's."
            found.append(Finding("no activity", node.id, says))
        if node.type == TASK and node.activity and activities is not None and node.activity not in activities:
            says = f"Task {node.id} does '{node.activity}', which is not in the log. The log has {_listed(activities)}."
            found.append(Finding("unknown activity", node.id, says))
        if node.type in (START, TASK) and len(out) > 1:
            says = f"{_called(node)} has {len(out)} exits, and nothing says which one a case takes. Put a gateway after it."
            found.append(Finding("choice without gateway", node.id, says))
        if node.type == GATEWAY:
            found += _gateway(node, out, into)
    return found + _off_the_way(drawn, starts, ends)


def is_sound(drawn: ProcessMap, activities: Collection[str] | None = None) -> bool:
    """Whether nothing keeps the map from being sound."""
    return not soundness(drawn, activities)


def _gateway(node: Node, out: Sequence[Edge], into: Sequence[Edge]) -> list[Finding]:
    if len(out) == 1 and len(into) > 1:
        # It brings ways together, and there is nothing to decide.
        return []
    if len(out) < 2:
        says = f"Gateway {node.id} has {_number(len(out), 'exit')}. A decision needs two or more."
        return [Finding("few exits", node.id, says)]
    bare = [edge for edge in out if not edge.label]
    if bare:
        says = f"The exit of gateway {node.id} to {bare[0].target} has no label. Say when a case goes that way."
        return [Finding("no label", node.id, says)]
    labels = [edge.label.casefold() for edge in out]
    twice = [edge.label for edge in out if labels.count(edge.label.casefold()) > 1]
    if twice:
        says = f"Two exits of gateway {node.id} have the label '{twice[0]}'. Say for each when a case goes that way."
        return [Finding("same label", node.id, says)]
    return []


def _off_the_way(drawn: ProcessMap, starts: Sequence[str], ends: Sequence[str]) -> list[Finding]:
    ahead: dict[str, list[str]] = {node.id: [] for node in drawn.nodes}
    back: dict[str, list[str]] = {node.id: [] for node in drawn.nodes}
    for edge in drawn.edges:
        ahead[edge.source].append(edge.target)
        back[edge.target].append(edge.source)
    reached, leads = _reach(starts, ahead), _reach(ends, back)
    found = []
    for node in drawn.nodes:
        if starts and node.id not in reached and node.type != START:
            says = f"No way leads from the start to {_called(node, small=True)}. Draw the arrow that leads there, or take it away."
            found.append(Finding("not reached", node.id, says))
        if ends and node.id not in leads and node.type != END:
            says = (
                f"From {_called(node, small=True)} no way leads to an end: a dead branch. Draw where a case goes next."
            )
            found.append(Finding("dead branch", node.id, says))
    return found


def _reach(begin: Iterable[str], links: Mapping[str, Sequence[str]]) -> set[str]:
    reached, waiting = set(begin), list(begin)
    while waiting:
        for other in links[waiting.pop()]:
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached


def _exits(drawn: ProcessMap) -> dict[str, list[Edge]]:
    links: dict[str, list[Edge]] = {node.id: [] for node in drawn.nodes}
    for edge in drawn.edges:
        links[edge.source].append(edge)
    return links


def _entries(drawn: ProcessMap) -> dict[str, list[Edge]]:
    links: dict[str, list[Edge]] = {node.id: [] for node in drawn.nodes}
    for edge in drawn.edges:
        links[edge.target].append(edge)
    return links


def _called(node: Node, small: bool = False) -> str:
    kind = node.type if small else node.type.capitalize()
    kind = f"the {kind}" if small and node.type in (START, END) else kind
    return f"{kind} {node.id}" + (f" ({node.activity})" if node.activity and node.activity != node.id else "")


def _number(count: int, thing: str) -> str:
    return f"no {thing}" if count == 0 else f"only one {thing}" if count == 1 else f"{count} {thing}s"


def _listed(words: Iterable[str]) -> str:
    words = list(words)
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


# ---- replay -------------------------------------------------------------------------------------


class _Ways(NamedTuple):
    """A map made ready for replay: from each task or start the tasks that come next, each with the gateways between."""

    starts: tuple[str, ...]
    activity: dict[str, str]
    # {node: {activity: ((task, gateways passed), ...)}}
    next: dict[str, dict[str, tuple[tuple[str, tuple[str, ...]], ...]]]
    # {node: (end, gateways passed)} for the nodes from which an end is next.
    out: dict[str, tuple[str, tuple[str, ...]]]


def _ways(drawn: ProcessMap) -> _Ways:
    nodes = {node.id: node for node in drawn.nodes}
    exits = _exits(drawn)
    follow: dict[str, dict[str, list]] = {}
    out: dict[str, tuple[str, tuple[str, ...]]] = {}
    for node in drawn.nodes:
        if node.type not in (START, TASK):
            continue
        follow[node.id] = {}
        # Breadth first, so that the shortest way through the gateways is the one that counts.
        waiting: list[tuple[str, tuple[str, ...]]] = [(node.id, ())]
        passed, met = {node.id}, set()
        for here, gateways in waiting:
            for edge in exits[here]:
                other = nodes[edge.target]
                if other.type == GATEWAY and other.id not in passed:
                    passed.add(other.id)
                    waiting.append((other.id, (*gateways, other.id)))
                elif other.type == END:
                    out.setdefault(node.id, (other.id, gateways))
                elif other.type == TASK and other.id not in met:
                    met.add(other.id)
                    follow[node.id].setdefault(other.activity, []).append((other.id, gateways))
    return _Ways(
        tuple(node.id for node in drawn.nodes if node.type == START),
        {node.id: node.activity for node in drawn.nodes},
        {name: {word: tuple(ways) for word, ways in each.items()} for name, each in follow.items()},
        out,
    )


def _replayed(ways: _Ways, trace: Sequence[str], ended: bool) -> Replay:
    # A map may have two tasks of one activity, so every place where the case may be is followed.
    layers: list[dict[str, tuple[str, tuple[str, ...]] | None]] = [dict.fromkeys(ways.starts)]
    for activity in trace:
        here: dict[str, tuple[str, tuple[str, ...]] | None] = {}
        for place in layers[-1]:
            for task, gateways in ways.next[place].get(activity, ()):
                here.setdefault(task, (place, gateways))
        if not here:
            break
        layers.append(here)
    done = len(layers) - 1
    last = trace[done - 1] if done else ""
    tail: tuple[str, ...] = ()
    place = next(iter(layers[-1]), None)
    fits = done == len(trace) and place is not None
    if fits and ended:
        stands = [name for name in layers[-1] if name in ways.out]
        fits = bool(stands)
        if stands:
            place = stands[0]
            end, gateways = ways.out[place]
            tail = (*gateways, end)
    path: list[str] = []
    for layer in reversed(layers):
        if place is None:
            break
        came = layer[place]
        path.append(place)
        if came is None:
            break
        place, gateways = came
        path.extend(reversed(gateways))
    then = "" if fits or done == len(trace) else trace[done]
    return Replay(fits, (*reversed(path), *tail), done, "" if fits else last, then)


def replay(drawn: ProcessMap, trace: Sequence[str], *, ended: bool = True) -> Replay:
    """How one case, given as its activities in order, goes over a map.

    In words: put a token on the start and move it, step by step, along the arrows; the case
    fits if the token can follow every step and stands on an end after the last one.
    ended: whether the case was closed. An open one need not have reached an end.
    """
    return _replayed(_ways(drawn), trace, ended)


def replay_log(drawn: ProcessMap, log: Iterable[Case], *, closing: str | None = None) -> Replayed:
    """How all cases of a log go over a map; its fitness is the share of cases that fit.

    closing: the activity by which a case is closed; a case without it is open and need not have
    reached an end. Without it every case must. Source: van der Aalst (2016), the share of
    traces that can be replayed.
    """
    ways = _ways(drawn)
    known: dict[tuple[tuple[str, ...], bool], Replay] = {}
    total = fitting = 0
    edges = {(edge.source, edge.target): 0 for edge in drawn.edges}
    stops: dict[tuple[str, str], int] = {}
    for case in log:
        trace = case.trace
        key = (trace, closing is None or closing in trace)
        each = known.get(key)
        if each is None:
            each = known[key] = _replayed(ways, *key)
        total += 1
        if each.fits:
            fitting += 1
            for pair in set(zip(each.path, each.path[1:], strict=False)):
                edges[pair] += 1
        else:
            stops[each.after, each.then] = stops.get((each.after, each.then), 0) + 1
    ordered = dict(sorted(stops.items(), key=lambda item: (-item[1], item[0])))
    return Replayed(total, fitting, fitting / total if total else 0.0, edges, ordered)


def fitness(drawn: ProcessMap, log: Iterable[Case], *, closing: str | None = None) -> float:
    """The share of cases that can be replayed on the map, from 0 to 1. A happy-path map scores low."""
    return replay_log(drawn, log, closing=closing).fitness


def task_pairs(drawn: ProcessMap) -> list[tuple[str, str]]:
    """Which activity may come next after which, by the map: along an arrow, or through gateways; each pair once."""
    ways = _ways(drawn)
    starts = set(ways.starts)
    pairs = {
        (ways.activity[name], word): None
        for name, each in ways.next.items()
        if name not in starts
        for word in each
        if ways.activity[name] and word
    }
    return list(pairs)


def precision(drawn: ProcessMap, log: Iterable[Case], least: float = SEEN_SHARE) -> Precision:
    """The share of the map's ways from task to task that real cases go. A spaghetti map, that allows everything, scores low.

    In words: of all pairs of tasks of which the map says that one may follow the other, how
    many follow each other in at least ``least`` of the cases? A plain form of the idea in
    van der Aalst (2016).
    """
    log = list(log)
    cases = directly_follows(log).cases
    pairs = task_pairs(drawn)
    seen = tuple(pair for pair in pairs if log and cases.get(pair, 0) / len(log) >= least)
    unseen = tuple(pair for pair in pairs if pair not in seen)
    return Precision(len(seen) / len(pairs) if pairs else 0.0, seen, unseen)


# ---- lanes --------------------------------------------------------------------------------------


def lane_fits(drawn: ProcessMap, log: Iterable[Case], least: float = LANE_SHARE) -> list[LaneFit]:
    """For each task of a map, whether its lane is the role that does the work, by the log.

    The events of a task are those that the replay of the cases leads to it, as far as each
    case gets, because one activity may be two tasks: the agent's reply that thanks for the letter
    and the handler's reply that answers it. A task that no case reaches is judged by all events of its
    activity. The lane fits if its role does ``least`` of the events or more; where no role does, if it does most.
    """
    log = list(log)
    ways = _ways(drawn)
    known: dict[tuple[str, ...], Replay] = {}
    at: dict[str, dict[str, int]] = {node.id: {} for node in drawn.nodes}
    everywhere: dict[str, dict[str, int]] = {}
    for case in log:
        trace = case.trace
        each = known.get(trace)
        if each is None:
            each = known[trace] = _replayed(ways, trace, True)
        tasks = [name for name in each.path if ways.activity.get(name)]
        for place, step in enumerate(case.steps):
            _add(everywhere.setdefault(step.activity, {}), step.role)
            if place < len(tasks):
                _add(at[tasks[place]], step.role)
    result = []
    for node in drawn.nodes:
        if node.type != TASK or not node.activity:
            continue
        counts = at[node.id] or everywhere.get(node.activity, {})
        total = sum(counts.values())
        main = max(counts, key=lambda role: (counts[role], role), default="")
        share = counts.get(node.lane, 0) / total if total else 0.0
        most = counts.get(main, 0) / total if total else 0.0
        fits = total > 0 and (share >= least or (most < least and node.lane == main))
        result.append(LaneFit(node.id, node.activity, node.lane, share, main, most, fits))
    return result


def _add(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1


def lanes(drawn: ProcessMap) -> list[str]:
    """The lanes of a map in the order in which they first appear; nodes without one are in no lane."""
    return list(dict.fromkeys(node.lane for node in drawn.nodes if node.lane))


def ready(drawn: ProcessMap) -> ProcessMap:
    """The map itself if it is sound, for use in a page or a drawing. Raises Problem with the first finding otherwise."""
    found = soundness(drawn)
    if found:
        more = f" There {'is' if len(found) == 2 else 'are'} {len(found) - 1} more." if len(found) > 1 else ""
        raise Problem(found[0].says + more)
    return drawn
