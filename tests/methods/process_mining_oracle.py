"""Asks pm4py, in a process of its own, about logs and maps: JSON in, JSON out.

Each item is ``{"traces": [[activity, ...], ...], "roles": [[role, ...], ...], "nodes": [...], "edges": [...]}``.
A map becomes a Petri net: a place for each node, a labelled transition for each task, a silent
one for each arrow. Its fitness is the share of traces with an alignment of cost 0.
"""

import json
import sys
import warnings

warnings.simplefilter("ignore")

import pandas as pd  # noqa: E402
import pm4py  # noqa: E402
from pm4py.algo.conformance.alignments.petri_net import algorithm as alignments  # noqa: E402
from pm4py.objects.petri_net.obj import Marking, PetriNet  # noqa: E402
from pm4py.objects.petri_net.utils.petri_utils import add_arc_from_to  # noqa: E402

EXACT = alignments.Variants.VERSION_DIJKSTRA_NO_HEURISTICS


def log_of(item):
    start = pd.Timestamp("2024-03-11", tz="UTC")
    return pd.DataFrame(
        [
            {
                "case:concept:name": f"{case:05d}",
                "concept:name": activity,
                "org:resource": role,
                "time:timestamp": start + pd.Timedelta(minutes=place),
            }
            for case, (trace, roles) in enumerate(zip(item["traces"], item["roles"], strict=True))
            for place, (activity, role) in enumerate(zip(trace, roles, strict=True))
        ]
    )


def net_of(item):
    net = PetriNet("map")
    final = PetriNet.Place("over")
    net.places.add(final)
    before, after = {}, {}
    for node in item["nodes"]:
        before[node["id"]] = after[node["id"]] = place = PetriNet.Place(node["id"])
        net.places.add(place)
        if node["type"] == "task":
            after[node["id"]] = done = PetriNet.Place(node["id"] + " done")
            net.places.add(done)
            step(net, place, done, node["activity"])
        if node["type"] == "end":
            step(net, place, final, None)
        if node["type"] == "start":
            begin = place
    for edge in item["edges"]:
        step(net, after[edge["from"]], before[edge["to"]], None)
    return net, Marking({begin: 1}), Marking({final: 1})


def step(net, source, target, label):
    transition = PetriNet.Transition(f"t{len(net.transitions)}", label)
    net.transitions.add(transition)
    add_arc_from_to(source, transition, net)
    add_arc_from_to(transition, target, net)


def answer(item):
    log = log_of(item)
    graph, starts, ends = pm4py.discover_dfg(log)
    found = {
        "variants": [[list(trace), count] for trace, count in pm4py.get_variants(log).items()],
        "follows": [[*pair, count] for pair, count in graph.items()],
        "starts": starts,
        "ends": ends,
    }
    if item["nodes"]:
        net = net_of(item)
        aligned = alignments.apply(log, *net, variant=EXACT)
        # A step that only the log or only the map has costs 10,000; a silent one costs 1 or nothing.
        found["fits"] = [each["cost"] < 10_000 for each in aligned]
        marks = pm4py.discover_footprints(*net)
        found["pairs"] = sorted(map(list, marks["sequence"] | marks["parallel"]))
        seen = pm4py.discover_footprints(log)
        found["precision"] = pm4py.precision_footprints(seen, marks)
    return found


if __name__ == "__main__":
    print(json.dumps([answer(item) for item in json.load(sys.stdin)]))
