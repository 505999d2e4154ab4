"""Event logs, process maps, their drawings and their export in JavaScript give what Python gives."""

import csv
import json
import random
import sys
from pathlib import Path

import pytest
from test_parity import CALL, _same_words, furthest

from cslearn.methods import bpmn, eventlog, map_drawing, process_map
from cslearn.methods.office_hours import OfficeHours
from cslearn.problem import Problem

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "methods"))

from random_maps import ROLES, random_log, random_map  # noqa: E402

pytestmark = pytest.mark.browser

MAPS = 250
LOGS = 200


def rows_of(name):
    with (ROOT / "datasets" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def random_rows(rng):
    """Steps at any hour of any day, a few cases of two sites, in any order; some end before they start."""
    rows = []
    for _ in range(rng.randint(1, 60)):
        start = rng.randrange(120 * 1440)
        end = max(0, start + rng.choice([0, rng.randrange(500), rng.randrange(9000), -20]))
        stamp = [
            f"2024-{3 + at // 43200:02d}-{1 + at // 1440 % 30:02d} {at // 60 % 24:02d}:{at % 60:02d}"
            for at in (start, end)
        ]
        rows.append(
            {
                "case_id": str(rng.randrange(8)), "activity": rng.choice(["log", "reply", "investigate", "confirm", "approve"]),
                "start_ts": stamp[0], "end_ts": stamp[1], "role": rng.choice(ROLES), "resource": rng.choice(["A1", "A2", "T00", "M1"]),
                "site": rng.choice(["North", "West"]), "outcome": "",
            }
        )  # fmt: skip
    return rows


def plain(value):
    """What Python gives as lists and objects, as JavaScript has them."""
    if hasattr(value, "_asdict"):
        return {key: plain(one) for key, one in value._asdict().items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def drawn_of(rng, number):
    nodes, edges = random_map(rng, sound=number % 3 > 0)
    if number % 5 == 0 and nodes:
        nodes[0]["lane"] = ""
    if number % 7 == 0:
        edges.append(
            {"from": rng.choice(["", "nowhere", nodes[0]["id"] if nodes else ""]), "to": "t0", "label": "  a   way "}
        )
        nodes.append(rng.choice([{"id": "t0", "type": "task"}, {"id": "n", "type": "box"}, {"type": "task"}, {}, None]))
    return nodes, edges


def log_of(traces, rng):
    return eventlog.cases(
        {
            "case_id": f"{number:05d}", "activity": activity, "start_ts": f"2024-03-11 {9 + place // 60:02d}:{place % 60:02d}",
            "end_ts": f"2024-03-11 {9 + place // 60:02d}:{place % 60:02d}", "role": rng.choice(ROLES), "resource": "", "site": "N",
        }
        for number, trace in enumerate(traces)
        for place, activity in enumerate(trace)
    )  # fmt: skip


@pytest.fixture(scope="module")
def maps():
    rng = random.Random(21)
    found = []
    for number in range(MAPS):
        nodes, edges = drawn_of(rng, number)
        whole = random_map(rng)
        log = log_of(random_log(rng, *whole), rng)
        if number % 3:
            nodes, edges = whole
        found.append((nodes, edges, process_map.read_map(nodes, edges), log))
    return found


def called(visit, file, name, cases):
    return visit("blank.html").evaluate(CALL, [file, name, cases])


def test_office_minutes_agree(visit):
    rng = random.Random(5)
    stamps = [
        f"{rng.randint(2008, 2032)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d} {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}"
        for _ in range(1500)
    ]
    results = called(visit, "event_log.js", "minutes", [[stamp] for stamp in stamps])
    hours = OfficeHours()
    assert [result["gives"] for result in results] == [hours.minutes(stamp) for stamp in stamps]


@pytest.mark.parametrize(
    "stamp", ["", "yesterday", "2024-02-30 10:00", "2024-03-11 24:00", "2007-01-01 09:00", "2024-03-11"]
)
def test_what_is_no_moment_is_refused_in_the_same_words(visit, stamp):
    with pytest.raises(Problem) as refused:
        OfficeHours().minutes(stamp)
    [result] = called(visit, "event_log.js", "minutes", [[stamp]])
    assert _same_words(result["problem"]) == _same_words(str(refused.value))


# As text, because the browser's driver takes long to hand over large objects.
FIGURES = """async (text) => {
  const logs = JSON.parse(text);
  const log = await import(new URL("event_log.js", document.baseURI));
  return JSON.stringify(logs.map((rows) => {
    const all = log.cases(rows);
    const real = log.withoutTestCases(all);
    return [all, real, log.closedCases(all), log.openCases(all)].map((one) => ({
      cases: one, steps: log.stepFigures(one), flow: log.flowEfficiency(one), rework: log.reworkRate(one),
      mean: log.handOffsMean(one), people: log.handOffMatrix(one, "resource"), matrix: log.handOffMatrix(one),
      variants: log.variants(one), follows: log.directlyFollows(one), bottleneck: one.length ? log.bottleneck(one) : null,
    }));
  }));
}"""


def figures(log):
    graph = eventlog.directly_follows(log)
    longest = {}
    for case in log:
        for step in case.steps:
            longest[step.activity] = max(longest.get(step.activity, 0), step.wait / 60)
    return {
        "cases": plain(log),
        "steps": [
            {"activity": name, **plain(each), "longest_wait_hours": longest[name]}
            for name, each in eventlog.step_figures(log).items()
        ],
        "flow": eventlog.flow_efficiency(log),
        "rework": eventlog.rework_rate(log),
        "mean": eventlog.hand_offs_mean(log),
        "people": [[*pair, times] for pair, times in eventlog.hand_off_matrix(log, "resource").items()],
        "matrix": [[*pair, times] for pair, times in eventlog.hand_off_matrix(log).items()],
        "variants": [[list(trace), times] for trace, times in eventlog.variants(log).items()],
        "follows": [[*pair, times, graph.cases[pair]] for pair, times in graph.counts.items()],
        "bottleneck": eventlog.bottleneck(log) if log else None,
    }


def test_all_figures_of_random_logs_and_of_northfold_s_agree(visit):
    rng = random.Random(6)
    logs = [random_rows(rng) for _ in range(LOGS)] + [rows_of("events_before"), rows_of("events_after")]
    found = json.loads(visit("blank.html").evaluate(FIGURES, json.dumps(logs)))
    for rows, result in zip(logs, found, strict=True):
        log = eventlog.cases(rows)
        of = [log, eventlog.without_test_cases(log), eventlog.closed_cases(log), eventlog.open_cases(log)]
        for mine, theirs in zip(of, result, strict=True):
            assert furthest(figures(mine), theirs) <= 1e-9


def test_a_row_that_lacks_something_is_refused_in_the_same_words(visit):
    rows = [
        *random_rows(random.Random(1)),
        {"case_id": "1", "activity": "", "start_ts": "2024-03-11 10:00", "end_ts": "x"},
    ]
    with pytest.raises(Problem) as refused:
        eventlog.cases(rows)
    [result] = called(visit, "event_log.js", "cases", [[rows]])
    assert _same_words(result["problem"]) == _same_words(str(refused.value))


MAP = """async (text) => {
  const given = JSON.parse(text);
  const rules = await import(new URL("process_map.js", document.baseURI));
  const { draw } = await import(new URL("map_drawing.js", document.baseURI));
  const { toBpmn } = await import(new URL("bpmn.js", document.baseURI));
  return JSON.stringify(given.map(([nodes, edges, log, words]) => {
    const map = rules.readMap(nodes, edges);
    const file = () => {
      try { return toBpmn(map, "A & B"); } catch (error) {
        if (!(error instanceof rules.Problem)) throw error;
        return error.message;
      }
    };
    const labels = new Map(Object.entries(words));
    const { replays, ...whole } = rules.replayLog(map, log);
    return {
      nodes: map.nodes, edges: map.edges, faults: map.faults, sound: rules.soundness(map), strict: rules.soundness(map, ["log", "reply"]),
      whole, replays, open: rules.replayLog(map, log, "confirm").fitting, pairs: rules.taskPairs(map),
      precision: rules.precision(map, log, 0.1), lanes: rules.laneFits(map, log), names: rules.lanes(map), file: file(),
      drawings: [[true, false], [false, false], [true, true], [false, true]].map(([inLanes, across]) => draw(map, { inLanes, across, labels })),
    };
  }));
}"""


def judged(drawn, log, words):
    try:
        file = bpmn.to_bpmn(drawn, "A & B")
    except Problem as problem:
        file = str(problem)
    whole = process_map.replay_log(drawn, log)
    labels = {tuple(key.split("\n")): text for key, text in words.items()}
    return {
        "nodes": plain(drawn.nodes),
        "edges": plain(drawn.edges),
        "faults": plain(drawn.faults),
        "sound": plain(process_map.soundness(drawn)),
        "strict": plain(process_map.soundness(drawn, ["log", "reply"])),
        "whole": plain(whole)
        | {
            "edges": [[*pair, cases] for pair, cases in whole.edges.items()],
            "stops": [[*pair, cases] for pair, cases in whole.stops.items()],
        },
        "replays": [plain(process_map.replay(drawn, case.trace)) for case in log],
        "open": process_map.replay_log(drawn, log, closing="confirm").fitting,
        "pairs": plain(process_map.task_pairs(drawn)),
        "precision": plain(process_map.precision(drawn, log, 0.1)),
        "lanes": plain(process_map.lane_fits(drawn, log)),
        "names": process_map.lanes(drawn),
        "file": file,
        "drawings": [
            plain(map_drawing.draw(drawn, in_lanes=in_lanes, across=across, labels=labels))
            for in_lanes, across in ((True, False), (False, False), (True, True), (False, True))
        ],
    }


@pytest.mark.slow
def test_random_maps_are_judged_replayed_drawn_and_exported_alike(visit, maps):
    words = [
        {f"{e.source}\n{e.target}": f"{n} of many, many cases" for n, e in enumerate(drawn.edges) if n % 3 == 0}
        for _, _, drawn, _ in maps
    ]
    given = [[nodes, edges, plain(log), each] for (nodes, edges, _, log), each in zip(maps, words, strict=True)]
    sound = 0
    found = json.loads(visit("blank.html").evaluate(MAP, json.dumps(given)))
    for (_, _, drawn, log), each, result in zip(maps, words, found, strict=True):
        mine = judged(drawn, log, each)
        for key, value in mine.items():
            assert furthest(value, result[key]) <= 1e-9, key
        sound += not mine["sound"]
    assert 100 <= sound <= MAPS - 30
