"""Random process maps and logs for the tests of replay: sound ones, broken ones, and cases that go over them or nearly do."""

import random

WORDS = ["receive", "log", "triage", "investigate", "courier", "approve", "reply", "confirm"]
ROLES = ("agent", "handler", "manager")


def random_map(rng: random.Random, *, sound: bool = True, twins: bool = True) -> tuple[list[dict], list[dict]]:
    """A map of tasks and gateways in random order; arrows may lead back. With ``twins`` an activity may be two tasks.

    A sound one is made by giving every node a way in from an earlier one and a way on to a later one.
    """
    count = rng.randint(2, 7)
    words = [rng.choice(WORDS) for _ in range(count)] if twins else rng.sample(WORDS, count)
    names = [f"t{n}" for n in range(count)]
    nodes = [
        {"id": name, "type": "task", "lane": rng.choice(ROLES), "activity": word}
        for name, word in zip(names, words, strict=True)
    ]
    arrows = {}
    order = ["s", *names, "e"]
    for place, name in enumerate(names, start=1):
        arrows[order[rng.randrange(place)], name] = None
    for place, name in enumerate(order[:-1]):
        if not any(source == name for source, _ in arrows):
            arrows[name, order[rng.randrange(place + 1, len(order))]] = None
    for _ in range(rng.randint(0, 4)):
        arrows[rng.choice(order[:-1]), rng.choice(order[1:])] = None
    # Everything that has two exits gets a gateway, and some gateways follow each other.
    nodes += [{"id": "s", "type": "start", "lane": ROLES[0], "activity": ""}]
    nodes += [{"id": "e", "type": "end", "lane": ROLES[0], "activity": ""}]
    edges = []
    for name in order[:-1]:
        targets = [target for source, target in arrows if source == name]
        here, number = name, 0
        while len(targets) > 1:
            number += 1
            gate = f"g{name}{number}"
            nodes.append({"id": gate, "type": "gateway", "lane": rng.choice(ROLES), "activity": ""})
            edges.append({"from": here, "to": gate, "label": "" if here == name else "else"})
            taken = [targets.pop() for _ in range(len(targets) if rng.random() < 0.5 else 1)]
            edges += [{"from": gate, "to": target, "label": f"case {n}"} for n, target in enumerate(taken)]
            here = gate
        edges += [{"from": here, "to": target, "label": "" if here == name else "else"} for target in targets]
    if not sound:
        nodes, edges = _broken(rng, nodes, edges)
    rng.shuffle(nodes)
    return nodes, edges


def _broken(rng, nodes, edges):
    nodes, edges = [dict(node) for node in nodes], [dict(edge) for edge in edges]
    for _ in range(rng.randint(1, 3)):
        what = rng.randrange(6)
        if what == 0 and edges:
            edges.pop(rng.randrange(len(edges)))
        elif what == 1:
            nodes.pop(rng.randrange(len(nodes)))
        elif what == 2 and edges:
            edges[rng.randrange(len(edges))]["label"] = ""
        elif what == 3:
            nodes.append({"id": f"x{rng.randrange(9)}", "type": rng.choice(("task", "gateway", "end", "start")),
                          "lane": "", "activity": rng.choice(("", *WORDS))})  # fmt: skip
        elif what == 4 and nodes:
            a, b = rng.choice(nodes)["id"], rng.choice(nodes)["id"]
            edges.append({"from": a, "to": b, "label": rng.choice(("", "yes"))})
        elif nodes:
            nodes[rng.randrange(len(nodes))]["type"] = rng.choice(("start", "end", "gateway", "task"))
    return nodes, edges


def walk(rng: random.Random, nodes: list[dict], edges: list[dict], most: int = 14) -> list[str] | None:
    """The activities of one random walk from the start to an end, or None if it got lost."""
    kind = {node["id"]: node for node in nodes}
    here, trace = next(node["id"] for node in nodes if node["type"] == "start"), []
    for _ in range(4 * most):
        targets = [edge["to"] for edge in edges if edge["from"] == here]
        if not targets:
            return None
        here = rng.choice(targets)
        if kind[here]["type"] == "task":
            trace.append(kind[here]["activity"])
        if kind[here]["type"] == "end":
            return trace
    return None


def random_log(rng: random.Random, nodes: list[dict], edges: list[dict], size: int = 12) -> list[list[str]]:
    """Traces of which about half were walked over the map, and the others have a step lost, added or exchanged."""
    traces = []
    while len(traces) < size:
        trace = walk(rng, nodes, edges)
        if not trace:
            trace = [rng.choice(WORDS) for _ in range(rng.randint(1, 6))]
        if rng.random() < 0.5:
            place = rng.randrange(len(trace))
            what = rng.randrange(4)
            if what == 0 and len(trace) > 1:
                trace.pop(place)
            elif what == 1:
                trace.insert(place, rng.choice(WORDS))
            elif what == 2:
                other = rng.randrange(len(trace))
                trace[place], trace[other] = trace[other], trace[place]
            else:
                trace = trace[: place + 1]
        traces.append(trace)
    return traces
